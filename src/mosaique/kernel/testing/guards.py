"""Guards: undefined template variables fail, writes outside services fail, GETs do not write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from mosaique.kernel import service

# Tables a GET may write: the session, the two reading tables, the cache (rate limits).
READING_TABLES = (
    "django_session",
    "access_readmark",
    "journal_reading",
    "kernel_cache",
    "django_content_type",
)
_NOT_NAMES = ("INTO", "FROM", "OR", "ONLY", "IGNORE", "REPLACE")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class UndefinedVariable(Exception):
    """A template used a variable that does not exist."""


class FailOnUndefined(str):
    """Value for `string_if_invalid`: rendering it is an error. Django probes it with `in` and `%`."""

    def __new__(cls) -> "FailOnUndefined":
        return super().__new__(cls, "%s")

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: Any) -> str:
        raise UndefinedVariable(f"undefined template variable: {name}")


def is_write(sql: str) -> str | None:
    """The table a statement writes, or None."""
    words = sql.lstrip("( \n").split(None, 4)
    if not words or words[0].upper() not in _WRITES:
        return None
    names = [word.strip('"') for word in words[1:5] if word.upper() not in _NOT_NAMES]
    return names[0] if names else None


class WroteWhereForbidden(AssertionError):
    pass


@contextmanager
def no_writes(*, except_tables: tuple[str, ...] = READING_TABLES) -> Iterator[None]:
    """Fail when anything is written in the block (a GET), but for the reading tables."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        table = is_write(sql)
        if table and table not in except_tables:
            raise WroteWhereForbidden(f"a GET wrote {table}: {sql[:120]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@contextmanager
def writes_only_in_services(*, except_tables: tuple[str, ...] = READING_TABLES) -> Iterator[None]:
    """Fail when a row is written outside a service (views and tasks call services; nothing else writes)."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        table = is_write(sql)
        if table and table not in except_tables and not service.inside():
            raise WroteWhereForbidden(f"written outside a service: {sql[:120]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
