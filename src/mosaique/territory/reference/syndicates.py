"""Syndicats of the country, as listed in 2023: proposed by département and by name, never taken for today's truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .store import read_table
from .text import core, fold

NATURES = {
    "SIVU": "syndicat à vocation unique",
    "SIVOM": "syndicat à vocation multiple",
    "SMF": "syndicat mixte fermé",
    "SMO": "syndicat mixte ouvert",
    "PETR": "pôle d’équilibre territorial et rural",
    "POLEM": "pôle métropolitain",
}


@dataclass(frozen=True, slots=True)
class Syndicate:
    siren: str
    name: str
    department: str
    nature: str

    @property
    def nature_label(self) -> str:
        return NATURES[self.nature]


@cache
def _every() -> dict[str, Syndicate]:
    return {
        row["siren"]: Syndicate(row["siren"], row["nom"].replace("'", "’"), row["departement"], row["nature"])
        for row in read_table("syndicats.csv.gz")
    }


@cache
def _folded() -> dict[str, str]:
    return {body.siren: f" {fold(body.name)}" for body in _every().values()}


def syndicate(siren: str) -> Syndicate | None:
    """The syndicat of that SIREN in the list of 2023."""
    return _every().get(siren)


def count() -> int:
    return len(_every())


def search(
    text: str, departments: frozenset[str] = frozenset(), *, most: int = 12
) -> tuple[list[Syndicate], int]:
    """Those whose name holds every word typed, or whose SIREN it is; those of `departments` first. And how many in all."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdecimal() and len(digits) == 9:
        found = syndicate(digits)
        return ([found], 1) if found else ([], 0)
    words = [f" {word}" for word in fold(text[:100]).split()]
    if not words:
        return [], 0
    folded = _folded()
    hits = [body for body in _every().values() if all(word in folded[body.siren] for word in words)]
    hits.sort(key=lambda body: (body.department not in departments, folded[body.siren], body.siren))
    return hits[:most], len(hits)


def quoting(names: list[str], departments: frozenset[str]) -> list[Syndicate]:
    """Those of these départements whose own name quotes one of these places. A name of two letters quotes nothing."""
    wanted = {f" {core(fold(name))} " for name in names}
    wanted = {name for name in wanted if len(name) > 5}
    folded = _folded()
    return [
        body
        for body in _every().values()
        if body.department in departments and any(name in f"{folded[body.siren]} " for name in wanted)
    ]
