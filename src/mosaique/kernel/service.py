"""The one way to write: a service is atomic, keyword-only, takes the actor first, knows no request and no form."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

F = TypeVar("F", bound=Callable[..., Any])
_depth: ContextVar[int] = ContextVar("service_depth", default=0)
_anonymous: ContextVar[bool] = ContextVar("service_anonymous", default=False)


def inside() -> bool:
    """True while a service runs; the tests use it to refuse writes made anywhere else."""
    return _depth.get() > 0


def is_anonymous() -> bool:
    """True inside `@service(anonymous=True)`: the journal then writes no line."""
    return _anonymous.get()


def _check_signature(fn: Callable[..., Any]) -> None:
    parameters = list(inspect.signature(fn).parameters.values())
    if not parameters or parameters[0].name != "actor":
        raise TypeError(f"{fn.__qualname__}: a service takes `actor` first")
    named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    if any(p.kind not in named for p in parameters):
        raise TypeError(f"{fn.__qualname__}: a service takes keyword arguments only")


def service(fn: Callable[..., Any] | None = None, *, anonymous: bool = False) -> Any:
    """Make a verb. Everything it writes is one transaction; nested services join the outer one.

    `anonymous=True` is for anonymous answers and secret ballots: no journal line is written inside.
    """

    def wrap(inner: F) -> F:
        _check_signature(inner)

        @functools.wraps(inner)
        def run(**kwargs: Any) -> Any:
            depth, secret = _depth.set(_depth.get() + 1), _anonymous.set(_anonymous.get() or anonymous)
            try:
                with transaction.atomic():
                    return inner(**kwargs)
            finally:
                _depth.reset(depth)
                _anonymous.reset(secret)

        run.is_service = True  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return wrap(fn) if fn is not None else wrap
