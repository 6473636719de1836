"""A column of a section: what a cell may hold, how typed text becomes a stored value, how it is shown. No Django here.

A stored value is a canonical string (« 0.50 », « 2027-12-31 », a choice's code): JSON keeps no float and no locale.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from mosaique.kernel import typography
from mosaique.kernel.quantity import BadNumber, parse_decimal

Kind = Literal["text", "int", "etp", "money", "date", "choice"]
MAX_TEXT = 300
EARLIEST, LATEST = 1900, 2100
# « M. Durand », « Mme Petit »: a line describes a post, never a person.
_PERSON = re.compile(r"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+[A-ZÀ-ÖØ-Þ]")
# A group of posts on one line is legitimate: saying so is the way out of the question about hours.
_GROUP = re.compile(r"\s*(?:groupe|gr\.?)\s*$", re.IGNORECASE)
_DATE = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?$")


# Heads of the hidden columns of an exported file: which line this is, and what it said when it left.
ROW_HEAD, MARK_HEAD = "_ligne", "_reperes"


class Refusal(ValueError):
    """The text cannot be taken; the message is the French sentence to show.

    `offers`: what the person probably meant, as (words of the button, text it types).
    """

    def __init__(self, message: str, offers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.offers = offers


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is stored; everything else is how it is asked for and shown."""

    name: str
    label: str
    kind: Kind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    help: str = ""
    long_label: str = ""  # for screen readers, when the head of the column is short
    required: bool = False
    unknown: bool = True
    total: bool = False
    # One line is one post: beyond this, people have usually typed hours.
    soft_maximum: Decimal | None = None
    width: str = ""  # CSS class of the <col>
    card: str = "l3"  # CSS class of the cell when the table becomes cards
    suggest: bool = False  # names of the territory's bodies are offered
    labels: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.labels.update(dict(self.choices))

    @property
    def numeric(self) -> bool:
        return self.kind in ("int", "etp", "money")

    @property
    def spoken(self) -> str:
        return self.long_label or self.label


def head_of(column: Column) -> str:
    """The label without its invisible hyphens: the head of the column in a file, its name in a sentence."""
    return column.label.replace("\u00ad", "")


_UNITS = {"an": "année"}


def file_head(column: Column) -> str:
    """The head of the column in a file, with its unit where the label does not say it: « Entretien par an (€) »."""
    label, unit = head_of(column), _UNITS.get(column.unit, column.unit)
    said = not unit or plain(unit) in plain(label)
    return label if said else f"{label} ({unit})"


def plain(text: str) -> str:
    """Without accents, case or marks: how a word typed by hand is compared with a choice."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).lower().split())


def clean(column: Column, text: str, *, stored: str | None = None) -> str:
    """The canonical value of what was typed; empty stays empty. Raises `Refusal`.

    `stored` is the value already kept: typing again what was accepted once is accepted again.
    """
    text = (
        " ".join(text.replace("\x00", "").split())
        if column.kind != "text"
        else text.replace("\x00", "").strip()
    )
    if not text:
        return ""
    if column.kind == "text":
        return _text(text)
    if column.kind == "choice":
        return _choice(column, text)
    if column.kind == "date":
        return _date(text)
    return _number(column, text, stored)


def _text(text: str) -> str:
    text = re.sub(r"\s*[\r\n]+\s*", " ", text)
    if len(text) > MAX_TEXT:
        raise Refusal(
            f"Ce texte compte {len(text)} caractères ; la case en garde {MAX_TEXT}. Raccourcissez-le."
        )
    if _PERSON.search(text):
        raise Refusal("On dirait le nom d’une personne. Décrivez le poste ou l’objet, jamais un nom.")
    return text


def _choice(column: Column, text: str) -> str:
    if text in column.labels:
        return text
    word = plain(text)
    for code, label in column.choices:
        if word in (plain(label), plain(code)):
            return code
    shown = ", ".join(label for _, label in column.choices[:8]) + ("…" if len(column.choices) > 8 else ".")
    raise Refusal(f"« {text[:60]} » ne fait pas partie des choix : {shown}")


def _date(text: str) -> str:
    if found := _ISO.match(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DATE.match(text):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    else:
        raise Refusal(f"« {text[:40]} » n’est pas une date complète. Exemple attendu : 31/12/2027.")
    try:
        value = date(year, month, day)
    except ValueError:
        raise Refusal(f"Le {text[:40]} n’existe pas au calendrier.") from None
    if not EARLIEST <= year <= LATEST:
        raise Refusal(f"L’année {year} semble une faute de frappe.")
    return value.isoformat()


def _number(column: Column, text: str, stored: str | None) -> str:
    group = bool(column.soft_maximum and _GROUP.search(text))
    text = _GROUP.sub("", text) if group else text
    text = re.sub(r"\s*(?:ETP|€|euros?|j(?:ours?)?)\s*$", "", text, flags=re.IGNORECASE)
    try:
        value = parse_decimal(text, places=0 if column.kind == "int" else 2)
    except BadNumber as bad:
        raise Refusal(str(bad)) from None
    if column.unit == "an" and not EARLIEST <= value <= LATEST:
        raise Refusal(f"L’année {value} semble une faute de frappe. Exemple attendu : 2019.")
    canonical = str(value)
    if column.soft_maximum is not None and value > column.soft_maximum and not group and canonical != stored:
        shown = typography.decimal_number(value, 0 if value == value.to_integral_value() else 2)
        raise Refusal(
            f"{shown} ETP pour un seul poste : avez-vous saisi des heures ? Un agent à 35 heures par semaine compte "
            f"pour 1 ETP. Si la ligne décrit plusieurs postes, écrivez « {shown} groupe ».",
            _meant(value, shown),
        )
    return canonical


_FULL_TIME = 35  # hours a week
_FEW_HOURS = 5  # below, several posts are likelier than hours


def _meant(value: Decimal, text: str) -> tuple[tuple[str, str], ...]:
    """Hours a week typed for a full-time equivalent, or several posts on one line."""
    offers = [(f"C’est bien {text}, pour plusieurs postes", f"{text} groupe")]
    if _FEW_HOURS <= value <= _FULL_TIME:
        etp = typography.decimal_number((value / _FULL_TIME).quantize(Decimal("0.01")), 2)
        offers.insert(0, (f"Mettre {etp}", etp))
    return tuple(offers)


def shown(column: Column, value: str) -> str:
    """What a person reads in the cell for this stored value."""
    if not value:
        return ""
    if column.kind == "choice":
        return column.labels.get(value, value)
    if column.kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    if column.kind == "int" and column.unit == "an":
        return value  # a year has no thousands separator
    if column.numeric:
        return _number_shown(value, 0 if column.kind == "int" else 2)
    return value


@lru_cache(maxsize=8192)
def _number_shown(value: str, places: int) -> str:
    """The same few thousand figures come back in every table and file."""
    return typography.decimal_number(Decimal(value), places)
