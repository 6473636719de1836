"""What a home showed, kept by the process for as long as nothing has happened that could change it.

A home asks every room; most visits find it as it was, and an act in one room leaves what the others show. One query tells
what happened: the territory's last journal lines (every act leaves one, whoever reads it) with what is stored on the
territory itself. Each part of a home says which rooms it reads, and is made again only after an act that may have written
there. Kept apart for each person, mandate and access card: nothing composed for one reader is ever shown to another.
Only what is written from given facts alone (`Memory.written`) is the same for whoever is told these.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import Lock
from typing import Any, TypeVar, cast

from django.template.loader import render_to_string

from mosaique.access.actor import Actor
from mosaique.journal import verbs
from mosaique.kernel import clock
from mosaique.kernel.prepared import Prepared
from mosaique.territory.models import Territory

#: What a process keeps: homes of some tens of kilobytes, and their parts.
MOST = 2_000

#: Rooms whose content a home shows, each with the rooms its services also write in (a test reads the imports). An act of any
#: other room (a mandate, a member of a group, a help call) may change who reads what: it makes everything again.
WRITES_IN = {
    "discussions": (),
    "inventory": (),
    "costing": (),
    "scheme": ("costing",),
    "consultation": ("scheme", "costing"),
}  # fmt: skip
CONTENT = tuple(WRITES_IN)

#: However little happens, nothing kept is older (seconds): the net under whatever would leave no line.
OLDEST = 300
#: Lines read each time. Two transactions may end in another order than they began: the last line alone would hide one.
WINDOW = 20

Fact = TypeVar("Fact")
_STATE = Prepared(
    lambda pk: (
        Territory.objects.filter(pk=pk)
        .order_by("-acts__pk")
        .values_list("adoption_target", "state", "opened_at", "epci__name", "acts__pk", "acts__verb")[:WINDOW]
    )
)
_FACTS = 4


@dataclass(frozen=True, slots=True)
class State:
    """What a territory is known by. `acts`: room → a number that grows with each act that may have written there."""

    territory_id: int
    facts: tuple[Any, ...]
    acts: dict[str, int]

    def of(self, rooms: tuple[str, ...]) -> Hashable:
        """What a part that reads these rooms is known by; it also rests on who reads what (« »)."""
        return self.territory_id, self.facts, tuple(self.acts[room] for room in ("", *rooms))


@dataclass(slots=True)
class _Seen:
    """What this process last saw of a territory's journal."""

    lines: frozenset[int]
    acts: dict[str, int] = field(default_factory=dict)


_kept: "OrderedDict[Hashable, Any]" = OrderedDict()
_seen: dict[int, _Seen] = {}
_number = count(1)
_lock = Lock()


def forget() -> None:
    """Drop everything (tests, whose journal starts again at each of them)."""
    with _lock:
        _kept.clear()
        _seen.clear()


def state_of(territory_id: int) -> State | None:
    """Read what happened since this process last asked. One query; None for a territory that is not there."""
    rows = _STATE.rows(territory_id)
    if not rows:
        return None
    lines = {row[_FACTS]: row[_FACTS + 1] for row in rows if row[_FACTS] is not None}
    with _lock:
        seen = _seen.get(territory_id)
        if seen is None:
            seen = _seen[territory_id] = _Seen(frozenset(lines), dict.fromkeys(("", *CONTENT), next(_number)))
        else:
            _take_note(seen, lines)
        return State(territory_id, rows[0][:_FACTS], dict(seen.acts))


def _take_note(seen: _Seen, lines: dict[int, str]) -> None:
    new = [verb for pk, verb in lines.items() if pk not in seen.lines]
    if not new:
        return
    missed = len(new) == len(lines) and bool(seen.lines)  # nothing in common: more happened than is read here
    room_of = verbs.rooms()
    for room in {""} if missed else {room_of.get(verb, "") for verb in new}:
        for changed in (room, *WRITES_IN[room]) if room in WRITES_IN else ("", *CONTENT):
            seen.acts[changed] = next(_number)
    seen.lines = frozenset(lines)


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


@dataclass(frozen=True, slots=True)
class Memory:
    """Where the parts of one page are found again. Without a state (a page that knows none), each is made."""

    state: State | None = None
    whose: Hashable = None

    def own(self, name: str, rooms: tuple[str, ...], make: Callable[[], Fact]) -> Fact:
        """A part as this person may read it. `rooms`: those of `CONTENT` whose tables it reads."""
        return self._part((name, self.whose), rooms, make)

    def common(self, name: Hashable, rooms: tuple[str, ...], make: Callable[[], Fact]) -> Fact:
        """A fact of the territory that does not depend on who asks (`name` holds all that it depends on)."""
        return self._part((name,), rooms, make)

    def written(self, template: str, **facts: Hashable) -> str:
        """A piece written from these facts alone: found again as long as they are the same, whatever has happened and whoever
        they are told to."""
        if self.state is None:
            return render_to_string(template, facts)
        about = (template, tuple(facts.items()), _slot())
        return cast(str, _remember(about, lambda: render_to_string(template, facts)))

    def _part(self, about: tuple[Hashable, ...], rooms: tuple[str, ...], make: Callable[[], Fact]) -> Fact:
        if self.state is None:
            return make()
        return cast(Fact, _remember((*about, self.state.of(rooms), _slot()), make))


def _slot() -> int:
    """Midnight, whatever the zone of the territory, begins a new one."""
    return int(clock.now().timestamp()) // OLDEST


def home(
    actor: Actor, own: dict[str, datetime], compose: Callable[[Memory], dict[str, Any]]
) -> dict[str, Any]:
    """The home of this person as it was if nothing has happened, else as `compose` makes it now. One query.

    `own`: the person's reading marks (what they have read since is no longer news to them).
    An administrator's home also tells of territories where they do not act: it is always made anew.
    """
    if actor.is_operator or actor.mandate is None:
        return compose(Memory())
    # Asked before composing: what happens meanwhile changes the numbers, and is seen at the next visit.
    state = state_of(actor.mandate.territory_id)
    memory = Memory(
        state,
        (
            actor.person_id, actor.mandate.id, actor.via_shared_mailbox, json.dumps(actor.card, sort_keys=True),
            tuple(sorted(own.items())),
        ),
    )  # fmt: skip
    return memory.own("home", CONTENT, lambda: compose(memory))
