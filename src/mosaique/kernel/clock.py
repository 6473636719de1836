"""The only source of dates and times. Tests move it with `at`; the demonstration moves it through a file.

The demonstration's shift is a file of MOSAIQUE_DATA rather than a row: every process reads it with one `stat`,
and no page pays a query for it. It is read only when MOSAIQUE_DEMO is set.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

PARIS = ZoneInfo("Europe/Paris")
_fixed: ContextVar[datetime | None] = ContextVar("clock_fixed", default=None)
_shift_cache: tuple[int, int] = (0, 0)  # (mtime_ns, days)


def _shift_path() -> Path:
    return Path(settings.DATA) / "horloge.json"


def shift_days() -> int:
    """Whole days by which the demonstration's date is ahead of the real one (0 outside the demonstration)."""
    global _shift_cache
    if not settings.DEMO:
        return 0
    try:
        mtime = _shift_path().stat().st_mtime_ns
    except FileNotFoundError:
        return 0
    if mtime != _shift_cache[0]:
        _shift_cache = (mtime, int(json.loads(_shift_path().read_text())["days"]))
    return _shift_cache[1]


def move_to(day: date) -> None:
    """Move the demonstration's date forward to `day`; never backwards (what happened has happened)."""
    if not settings.DEMO:
        raise RuntimeError("the clock moves only in the demonstration")
    days = shift_days() + (day - today()).days
    if days < shift_days():
        raise ValueError("the demonstration's date only moves forward")
    path = _shift_path()
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps({"days": days}))
    fresh.replace(path)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(UTC) + timedelta(days=shift_days())


def today(zone: ZoneInfo = PARIS) -> date:
    """The local date in `zone` (a territory's own zone overseas)."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: ZoneInfo = PARIS) -> date:
    """The local date of a stored moment: shortly after midnight, the UTC date is still yesterday's."""
    return moment.astimezone(zone).date()


@contextmanager
def at(moment: date | datetime) -> Iterator[None]:
    """Hold the clock at a moment (a bare date means noon in Paris). For tests and seeds."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(12), PARIS)
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
