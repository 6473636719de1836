"""Pictures made of data: maps, bars, shares, timelines. Like the rest of a document they are frozen dataclasses, drawn by us.

A status is a pattern and a word, never a hue alone: what is printed in black and white says the same. What is unknown is
hatched and says so; it is never drawn as a zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .errors import require

#: plein = full, clair = pale, raies = diagonal, lignes = horizontal, points = dots, anneaux = rings, croix = crosses, damier = checks,
#: blanc = white and dashed, hachures = unknown.
Fill = Literal[
    "plein", "clair", "raies", "lignes", "points", "anneaux", "croix", "damier", "blanc", "hachures"
]
#: known: a bar; partial: what is known of it, hatched; none: no bar (« sans effet »); unknown: never a length.
BarKind = Literal["known", "partial", "none", "unknown"]

MAX_BAR_ROWS = 40  # what one page holds
MAX_SHARES = 8
_PATH = re.compile(r"[MmLlHhVvZz0-9 .,-]+\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend: what a pattern means, with its count in words."""

    fill: Fill
    word: str


@dataclass(frozen=True, slots=True)
class Area:
    """A shape of a map. `x`, `y`: the best place for its name; `number` is written where the name finds no room."""

    path: str
    fill: Fill
    x: int = 0
    y: int = 0
    label: str = ""
    number: str = ""
    strong: bool = False  # drawn above the others, with a thick outline

    def __post_init__(self) -> None:
        require(bool(_PATH.match(self.path)), "Un contour de carte n’est pas lisible.")


@dataclass(frozen=True, slots=True)
class Map:
    """Shapes in a frame of `width` by `height`, drawn `width_mm` wide; names are placed in the order given."""

    width: int
    height: int
    areas: tuple[Area, ...]
    keys: tuple[Key, ...] = ()
    width_mm: int = 170

    def __post_init__(self) -> None:
        require(self.width > 0 and self.height > 0, "Une carte a des dimensions.")
        require(bool(self.areas), "Une carte montre au moins un contour.")


@dataclass(frozen=True, slots=True)
class Bar:
    """`text` is always printed beside; only a known or partly known value has a length."""

    text: str
    value: Decimal | None = None
    kind: BarKind = "known"

    def __post_init__(self) -> None:
        require(bool(self.text.strip()), "Une barre dit toujours sa valeur en mots ou en chiffres.")
        require(
            (self.value is not None) == (self.kind in ("known", "partial")),
            "Une valeur inconnue ou nulle n’a pas de longueur ; une valeur connue en a une.",
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """A column of bars. `series`: what the bars of one row are, when there are several; `low`, `high`: the same scale for
    several pictures."""

    title: str
    series: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BarRow:
    """One line of every panel, panel after panel, series after series."""

    label: str
    bars: tuple[Bar, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    panels: tuple[Panel, ...]
    rows: tuple[BarRow, ...]
    width_mm: int = 170

    def __post_init__(self) -> None:
        require(1 <= len(self.panels) <= 3, "Un graphique en barres a de une à trois colonnes.")
        lines = len(self.rows) * max(max(len(p.series), 1) for p in self.panels)
        require(
            1 <= lines <= MAX_BAR_ROWS,
            f"Un graphique en barres a de 1 à {MAX_BAR_ROWS} lignes ; scindez-le en plusieurs.",
        )
        wanted = sum(max(len(p.series), 1) for p in self.panels)
        require(
            all(len(row.bars) == wanted for row in self.rows),
            "Une ligne du graphique n’a pas une barre par colonne.",
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `text` stands in the legend (« Albi : 12 000 €, 34 % »)."""

    text: str
    value: Decimal

    def __post_init__(self) -> None:
        require(self.value >= 0, "Une part ne peut pas être négative.")


@dataclass(frozen=True, slots=True)
class Shares:
    parts: tuple[Share, ...]

    def __post_init__(self) -> None:
        require(1 <= len(self.parts) <= MAX_SHARES, f"Un partage se dessine avec {MAX_SHARES} parts au plus.")
        require(sum(part.value for part in self.parts) > 0, "Un partage a un total.")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One date (or None: « à fixer ») for each kind of step, in the timeline's order."""

    label: str
    days: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps on a scale of years, each kind with a shape of its own."""

    kinds: tuple[str, ...]
    rows: tuple[TimelineRow, ...]

    def __post_init__(self) -> None:
        require(1 <= len(self.kinds) <= 5, "Un calendrier montre de une à cinq sortes d’étapes.")
        require(
            1 <= len(self.rows) <= MAX_BAR_ROWS, f"Un calendrier a de 1 à {MAX_BAR_ROWS} lignes ; scindez-le."
        )
        require(
            all(len(row.days) == len(self.kinds) for row in self.rows),
            "Une ligne du calendrier n’a pas une date par étape.",
        )
        require(any(day for row in self.rows for day in row.days), "Un calendrier montre au moins une date.")


Drawing = Map | Bars | Shares | Timeline
