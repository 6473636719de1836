"""What the statutes of each EPCI held when the national base was last read: a starting point to confirm.

The base says neither the « intérêt communautaire » nor a partial transfer, and uses the classification before
2025: every line is therefore « à vérifier » and never blocks or allows anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .store import read_table

STATUS = "à vérifier"


@dataclass(frozen=True, slots=True)
class Topic:
    """A line of the classification in force since 2025."""

    code: str
    category: str
    label: str


@dataclass(frozen=True, slots=True)
class Competence:
    """A competence held by an EPCI, under its former code, and what it became in 2025 where that is known."""

    code: str
    label: str
    topics: tuple[Topic, ...]
    status: str = STATUS


@cache
def classification() -> dict[str, Topic]:
    """The 118 lines of the classification in force since 2025."""
    return {
        row["code"]: Topic(row["code"], row["categorie"], row["intitule"])
        for row in read_table("competences_2025.csv")
    }


@cache
def _former() -> dict[str, Competence]:
    became: dict[str, list[Topic]] = {}
    for row in read_table("competences_correspondance.csv"):
        if row["code_2025"]:  # empty: dropped by the new classification
            became.setdefault(row["code_ancien"], []).append(classification()[row["code_2025"]])
    return {
        row["code"]: Competence(row["code"], row["intitule"], tuple(became.get(row["code"], ())))
        for row in read_table("competences_anciennes.csv")
    }


@cache
def _held() -> dict[str, str]:
    return {row["siren"]: row["codes"] for row in read_table("competences.csv.gz")}


def of(siren: str) -> tuple[Competence, ...]:
    """Competences of an EPCI, in the order of their codes; empty when the base says nothing of it."""
    return tuple(_former()[code] for code in _held().get(siren, "").split() if code in _former())
