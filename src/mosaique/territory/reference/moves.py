"""Changes of communes since 2018: which present commune carries on an old one, and under what names it was known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..naming import curly
from .store import read_table, store
from .text import fold

#: INSEE kinds of change in which one commune carries on another: merger into a commune nouvelle (32), mergers
#: (31, 33), associated or delegated communes suppressed (34, 35), change of code (41, 50).  A re-established
#: commune (21) is a split: it is followed only when nothing else tells.
_CARRIES_ON = frozenset({"31", "32", "33", "34", "35", "41", "50"})


@dataclass(frozen=True, slots=True)
class Gathering:
    """A commune nouvelle made since 2018, as the official list tells it."""

    day: date
    insee: str
    name: str
    gathered: tuple[str, ...]  # names of the communes it brought together


def gatherings(codes: Collection[str]) -> list[Gathering]:
    """The communes nouvelles among these present codes, newest first."""
    wanted, found = frozenset(codes), dict[tuple[str, str], tuple[str, list[str]]]()
    for row in read_table("mouvements.csv.gz"):
        if (
            row["mod"] == "32"
            and row["type_avant"] == row["type_apres"] == "COM"
            and row["code_apres"] in wanted
        ):
            _, names = found.setdefault((row["date_effet"], row["code_apres"]), (row["nom_apres"], []))
            names.append(row["nom_avant"])
    made = [
        Gathering(date.fromisoformat(day), code, curly(name), tuple(curly(one) for one in names))
        for (day, code), (name, names) in found.items()
    ]
    return sorted(made, key=lambda one: (one.day, one.name), reverse=True)


@cache
def _moves() -> dict[str, list[dict[str, str]]]:
    """Changes by old code, oldest first."""
    moves: dict[str, list[dict[str, str]]] = {}
    for row in read_table("mouvements.csv.gz"):
        if row["type_apres"] == "COM" and row["code_avant"] != row["code_apres"]:
            moves.setdefault(row["code_avant"], []).append(row)
    return moves


def successors(code: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Former name, date of the last change and present codes behind an old code; None when unknown."""
    rows = _moves().get(code)
    if not rows:
        return None
    name = rows[-1]["nom_avant"]
    present: set[str] = set()
    since = ""
    todo, seen = [code], {code}
    while todo:
        old = todo.pop()
        steps = _moves().get(old, [])
        steps = [row for row in steps if row["mod"] in _CARRIES_ON] or steps
        latest = max((row["date_effet"] for row in steps), default="")
        for row in steps:
            if row["date_effet"] != latest:
                continue
            since = max(since, latest)
            target = row["code_apres"]
            if store().position(target) is not None:
                present.add(target)
            elif target not in seen:
                seen.add(target)
                todo.append(target)
    return (name, since, tuple(sorted(present))) if present else None


@cache
def former_names() -> list[tuple[str, str]]:
    """Names no present commune bears in the same place, each with the code of the commune that carries on."""
    found: set[tuple[str, str]] = set()
    for row in read_table("mouvements.csv.gz"):
        if row["type_apres"] != "COM":
            continue
        target = row["code_apres"]
        codes: tuple[str, ...] = (target,)
        if store().position(target) is None:
            followed = successors(target)
            codes = followed[2] if followed else ()
        if len(codes) != 1:
            continue
        present = store().commune(codes[0])
        still = store().commune(row["code_avant"])
        if present is None or fold(present.name) == fold(row["nom_avant"]):
            continue
        if still is not None and fold(still.name) == fold(row["nom_avant"]):
            continue  # re-established: the name leads to itself
        found.add((row["nom_avant"], codes[0]))
    return sorted(found)
