"""Small immutable values that components show. Rooms build them; templates read them; nothing is looked up.

A tag accepts any object with the same attributes; these classes only guarantee that every attribute exists.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

HUES = ("bv", "ocre", "brique", "olive", "ardoise", "prune")
Hue = Literal["bv", "ocre", "brique", "olive", "ardoise", "prune"]
StepState = Literal["fait", "encours", "avenir"]


@runtime_checkable
class TileLike(Protocol):
    """Whatever carries a tile: a drawing from 0 to 7 and a hue by name."""

    @property
    def drawing(self) -> int: ...

    @property
    def hue(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tile:
    """Identity of a commune, an EPCI or a theme; never a status."""

    drawing: int
    hue: str

    def __post_init__(self) -> None:
        if not 0 <= self.drawing <= 7 or self.hue not in HUES:
            raise ValueError(f"no such tile: {self.drawing}, {self.hue}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number and what it counts: « 21 jours », « de réponse pour une déclaration préalable »."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing expected of the person. `title` is an infinitive; `action` is the button of the first line."""

    title: str
    url: str
    why: str = ""
    due: date | None = None
    action: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the nine steps of the process."""

    name: str
    state: StepState
    when: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A date that commands the rest. `interval` is what separates it from the mark before."""

    day: date
    label: str
    interval: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled address; `current` when it is the page being read."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file offered: `kind` is the word in the square (PDF, ODT…)."""

    kind: str
    title: str
    detail: str
    url: str
    digest: str = ""
    action: str = "Télécharger"


@dataclass(frozen=True, slots=True)
class Event:
    """A line of history, newest first; `here` is the one being read, or the one `said` to hold."""

    title: str
    detail: str = ""
    url: str = ""
    here: bool = False
    said: str = "celle que vous lisez"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A pattern, its word and its count. `mark` is a CSS class: m-oui, m-si, b-ocre…"""

    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a stacked bar: its weight and its CSS class."""

    weight: float
    mark: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A line of « Qui peut voir ceci ? »: who may, or who may not."""

    text: str
    allowed: bool = True
