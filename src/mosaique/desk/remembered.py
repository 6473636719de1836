"""What a home showed a person, kept by the process for as long as nothing has happened since.

A home asks every room; most visits find it as it was. One query tells whether anything has happened: the number of the
territory's last journal line (every act leaves one, whoever reads it), with what is stored on the territory itself.
Kept apart for each person, mandate and access card: nothing composed for one reader is ever shown to another.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar, cast

from django.db.models import OuterRef, Subquery

from mosaique.access.actor import Actor
from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared
from mosaique.territory.models import Territory

#: What a process keeps: homes of some tens of kilobytes, and facts shared between them.
MOST = 256

#: What a territory is known by until something happens there; None when nobody asked.
State = tuple[Any, ...] | None
Fact = TypeVar("Fact")

_LAST = Line.objects.filter(scope__territory_id=OuterRef("pk")).order_by("-pk").values("pk")[:1]
_STATE = Prepared(
    lambda pk: Territory.objects.filter(pk=pk).values_list(
        "adoption_target", "state", "opened_at", "epci__name", Subquery(_LAST)
    )
)
_kept: "OrderedDict[Hashable, Any]" = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Drop everything (tests, whose journal starts again at each of them)."""
    with _lock:
        _kept.clear()


def shared(state: State, about: tuple[Hashable, ...], compute: Callable[[], Fact]) -> Fact:
    """A fact of a territory that does not depend on who asks (what ids of sheets they may read is part of `about`).

    `state`: from `home`; None (a page that does not know it) computes.
    """
    if state is None:
        return compute()
    return cast(Fact, _remember((state, clock.today(), about), compute))


def _remember(key: Hashable, compute: Callable[[], Any]) -> Any:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = compute()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def home(
    actor: Actor, own: dict[str, datetime], compose: Callable[[State], dict[str, Any]]
) -> dict[str, Any]:
    """The home of this person as it was if nothing has happened, else as `compose` makes it now. One query.

    `own`: the person's reading marks (what they have read since is no longer news to them).
    An administrator's home also tells of territories where they do not act: it is always made anew.
    """
    if actor.is_operator or actor.mandate is None:
        return compose(None)
    # Asked before composing: what happens meanwhile changes the number, and is seen at the next visit.
    state = _STATE.row(actor.mandate.territory_id)
    key = (
        actor.person_id, actor.mandate.id, actor.via_shared_mailbox, json.dumps(actor.card, sort_keys=True),
        tuple(sorted(own.items())), clock.today(), state,
    )  # fmt: skip
    found: dict[str, Any] = _remember(key, lambda: compose(state))
    return found
