"""What a section is: its columns, its sentences, its figures. Pure: rows come in as values, nothing is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mosaique.inventory.columns import Column

# Under this number of posts in a field, people would be recognised.
FEW = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A row that counts: stored values and reasons of absence, by column. Cells still refused are in neither."""

    values: dict[str, str]
    unknown: dict[str, str]

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str) -> Decimal | None:
        return Decimal(self.values[name]) if self.values.get(name) else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that may enter the report. `missing`: how many lines gave no number; never counted as zero."""

    name: str
    label: str
    value: Decimal | None
    unit: str
    unknown: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section of the inventory."""

    name: str
    slug: str  # in the address
    letter: str
    short: str  # « Personnel »
    title: str  # « Qui travaille pour la commune de {commune} ? »; {commune}, {de_commune}
    lead: str
    minutes: int
    heading: str  # of the table
    add: str  # button
    noun: str  # « poste »
    nouns: str  # « postes »
    feminine: bool
    columns: tuple[Column, ...]
    # The sentence other communes read once shared: (name of the commune, lines) → sentence.
    sentence: Callable[[str, Sequence[Line]], str]
    figures: Callable[[Sequence[Line]], list[Figure]]
    # Lines are shown to the other communes, or only the sentence (staff: people would be recognised).
    detail_for_communes: bool = True
    # Column heads that must never arrive from a file.
    forbidden_heads: tuple[str, ...] = ("nom", "prenom", "agent", "nom de l'agent", "nom prenom", "matricule")
    # Totals published over at least five communes: names of figures.
    totals: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def asked(self) -> str:
        """What it asks of any commune, for who chooses the sections: « Qui travaille pour la commune ? Environ 10 minutes. »"""
        return f"{self.title.replace(' {de_commune}', '')} Environ {self.minutes} minutes."

    @property
    def first(self) -> Column:
        return self.columns[0]


def add_up(lines: Sequence[Line], name: str) -> tuple[Decimal | None, int]:
    """The sum of a column and how many lines gave none. No number at all is None, not zero."""
    known = [number for line in lines if (number := line.number(name)) is not None]
    missing = len(lines) - len(known)
    return (sum(known, Decimal(0)) if known else None), missing


def summed(lines: Sequence[Line], column: str, name: str, label: str, unit: str) -> Figure:
    value, missing = add_up(lines, column)
    return Figure(name, label, value, unit, "inconnu" if value is None else "", missing)


def counted(name: str, label: str, value: int, unit: str, missing: int = 0) -> Figure:
    return Figure(name, label, Decimal(value), unit, "", missing)


def in_range(count: int) -> str:
    """A number told without telling it: « 4 à 6 », « 10 à 15 », « plus de 100 »."""
    for low, high in ((1, 3), (4, 6), (7, 10), (11, 20), (21, 50), (51, 100)):
        if low <= count <= high:
            return f"{low} à {high}"
    return "plus de 100"
