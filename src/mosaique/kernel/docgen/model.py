"""The document: what a report is made of, before any format.

Frozen dataclasses, one closed vocabulary. Everything is given (the date too, never "today"), so the
same document always makes the same bytes. Text is typed as people type it: French typography is
applied by the engine at the edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from .drawing import (
    Area,
    Bar,
    BarKind,
    BarRow,
    Bars,
    Drawing,
    Fill,
    Key,
    Map,
    Panel,
    Share,
    Shares,
    Timeline,
    TimelineRow,
)
from .errors import DocumentError
from .errors import require as _require

__all__ = [
    "Area",
    "Bar",
    "BarKind",
    "BarRow",
    "Bars",
    "Block",
    "BulletList",
    "Callout",
    "Cell",
    "Column",
    "Cover",
    "Definition",
    "Definitions",
    "Document",
    "DocumentError",
    "Drawing",
    "Figure",
    "Fill",
    "Heading",
    "Hue",
    "Illustration",
    "Item",
    "Key",
    "KeyFigure",
    "KeyFigures",
    "Look",
    "Map",
    "NumberedList",
    "PageBreak",
    "Panel",
    "Paragraph",
    "Picture",
    "Quote",
    "Row",
    "Run",
    "Share",
    "Shares",
    "Table",
    "Text",
    "Tile",
    "Timeline",
    "TimelineRow",
    "Unknown",
]

Hue = Literal["bv", "ocre", "brique", "olive", "ardoise", "prune"]
ColumnKind = Literal["text", "number", "integer", "money", "etp", "percent", "date"]
CalloutKind = Literal["neutre", "attente", "bon", "refus"]

_ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
_COLOUR = re.compile(r"[0-9a-f]{6}\Z")
_CODE = re.compile(r"[0-9a-f]{16}\Z")
_LINK = re.compile(r"(https?://|mailto:|#)[^\s<>\"]+\Z")
MAX_COLUMNS = 60
MAX_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. `link` is an address, or `#anchor` inside the document."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None

    def __post_init__(self) -> None:
        if self.link is not None:
            _require(
                bool(_LINK.match(self.link)),
                f"Le lien « {self.link[:60]} » n’est pas une adresse utilisable.",
            )


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A cement tile: one of eight drawings, one of six hues. It says who, never a status."""

    drawing: int
    hue: Hue

    def __post_init__(self) -> None:
        _require(0 <= self.drawing <= 7, "Un carreau porte un dessin de 0 à 7.")


@dataclass(frozen=True, slots=True)
class Picture:
    """PNG bytes, or SVG for a logo."""

    data: bytes
    alt: str
    kind: Literal["png", "svg"] = "png"

    def __post_init__(self) -> None:
        _require(bool(self.alt.strip()), "Une image doit avoir un texte de remplacement.")
        if self.kind == "png":
            _require(self.data[:8] == b"\x89PNG\r\n\x1a\n", "L’image annoncée en PNG n’en est pas une.")
        else:
            _require(b"<svg" in self.data[:2000], "L’image annoncée en SVG n’en est pas une.")


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a chapter and opens a page; `new_page` does the same for a sheet."""

    level: int
    text: str
    anchor: str
    numbered: bool = True
    new_page: bool = False
    kicker: str = ""
    tile: Tile | None = None

    def __post_init__(self) -> None:
        _require(
            1 <= self.level <= 4,
            f"Le titre « {self.text[:60]} » a un niveau {self.level} ; de 1 à 4 attendu.",
        )
        _require(bool(self.text.strip()), "Un titre est vide.")
        _require(
            bool(_ANCHOR.match(self.anchor)), f"L’ancre « {self.anchor[:60]} » n’a pas la forme attendue."
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    small: bool = False
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    text: Text
    children: tuple[BulletList | NumberedList, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cell without value: the reason is printed, never a zero."""

    reason: str = "non communiqué"


Cell = str | int | Decimal | date | Unknown | None


@dataclass(frozen=True, slots=True)
class Column:
    """`group` puts a common header over neighbouring columns; `width` is a relative hint."""

    label: str
    kind: ColumnKind = "text"
    width: int | None = None
    group: str | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """None leaves a cell blank; a row of which nothing is known says so once, across."""

    cells: tuple[Cell, ...]
    total: bool = False
    strong: bool = False
    tile: Tile | None = None

    def __post_init__(self) -> None:
        for cell in self.cells:
            _require(
                not isinstance(cell, float | bool),
                "Un tableau ne reçoit que du texte, des nombres exacts, des dates ou « inconnu ».",
            )


@dataclass(frozen=True, slots=True)
class Table:
    """A table always says what it counts: caption, then unit, source and year under it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    source: str = ""
    year: str = ""
    note: str = ""
    wide: bool = False
    row_headers: bool = True

    def __post_init__(self) -> None:
        _require(bool(self.caption.strip()), "Un tableau doit avoir un titre.")
        _require(
            1 <= len(self.columns) <= MAX_COLUMNS,
            f"Le tableau « {self.caption[:60]} » a {len(self.columns)} colonnes ; de 1 à {MAX_COLUMNS} attendues.",
        )
        _require(len(self.rows) <= MAX_ROWS, f"Le tableau « {self.caption[:60]} » dépasse {MAX_ROWS} lignes.")
        for number, row in enumerate(self.rows, 1):
            _require(
                len(row.cells) == len(self.columns),
                f"Tableau « {self.caption[:60]} », ligne {number} : {len(row.cells)} cases pour "
                f"{len(self.columns)} colonnes.",
            )


@dataclass(frozen=True, slots=True)
class Callout:
    title: str
    text: Text
    kind: CalloutKind = "neutre"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    value: str
    label: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    figures: tuple[KeyFigure, ...]

    def __post_init__(self) -> None:
        _require(1 <= len(self.figures) <= 4, "De un à quatre chiffres clés tiennent sur une ligne.")


@dataclass(frozen=True, slots=True)
class Definition:
    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Definitions:
    entries: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    text: Text
    author: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Figure:
    picture: Picture
    caption: str
    source: str = ""
    width_mm: int = 170

    def __post_init__(self) -> None:
        _require(20 <= self.width_mm <= 170, "Une image a de 20 à 170 mm de large.")


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture drawn from data. `alt` says its result in words; `table` where the same figures are written, in a sentence
    that may hold « page {page} » when `table_anchor` is given. Two drawings stand side by side."""

    drawings: tuple[Drawing, ...]
    caption: str
    alt: str
    table: str
    source: str
    year: str = ""
    table_anchor: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _require(1 <= len(self.drawings) <= 2, "Une figure montre un dessin, ou deux côte à côte.")
        _require(bool(self.caption.strip()), "Une figure doit avoir un titre.")
        _require(
            len(self.alt.strip()) >= 20, f"La figure « {self.caption[:60]} » ne dit pas son résultat en mots."
        )
        _require(
            bool(self.table.strip()), f"La figure « {self.caption[:60]} » ne dit pas où est son tableau."
        )
        _require(bool(self.source.strip()), f"La figure « {self.caption[:60]} » ne dit pas sa source.")


Block = (
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | Table
    | Callout
    | KeyFigures
    | Definitions
    | Quote
    | PageBreak
    | Figure
    | Illustration
)


@dataclass(frozen=True, slots=True)
class Cover:
    """First page. `tiles`: one per commune, in the order of the list."""

    label: str = ""
    lines: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    tiles_caption: str = ""
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The colours an authority chose, six hexadecimal digits each: `main` for titles and heads of tables (it carries text),
    `accent` for lines. Contrast on paper is checked by who offers the choice (`colours`)."""

    main: str
    accent: str

    def __post_init__(self) -> None:
        for colour in (self.main, self.accent):
            _require(
                bool(_COLOUR.match(colour)), "Une couleur s’écrit avec six chiffres ou lettres de a à f."
            )


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    authority: str
    date: date
    author: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    running_title: str = ""
    cover: Cover | None = None
    contents: bool = True
    contents_note: Text = ""
    footer: str = ""
    code: str | None = None
    verify_url: str | None = None
    language: Literal["fr"] = "fr"
    look: Look | None = None

    def __post_init__(self) -> None:
        _require(bool(self.title.strip()), "Le document n’a pas de titre.")
        _require(bool(self.authority.strip()), "Le document ne dit pas quelle collectivité l’écrit.")
        if self.code is not None:
            _require(
                bool(_CODE.match(self.code)),
                "Le code de vérification a 16 caractères, chiffres et lettres a à f.",
            )
        if self.verify_url is not None:
            _require(
                self.verify_url.startswith(("https://", "http://")),
                "L’adresse de vérification n’en est pas une.",
            )
        anchors = [b.anchor for b in self.blocks if isinstance(b, Heading)]
        twice = sorted({a for a in anchors if anchors.count(a) > 1})
        _require(not twice, f"Deux titres portent la même ancre : {', '.join(twice[:3])}.")
        known = {"#" + a for a in anchors}
        for block in self.blocks:
            if isinstance(block, Illustration) and block.table_anchor:
                _require(
                    "#" + block.table_anchor in known,
                    f"La figure « {block.caption[:60]} » renvoie à un titre qui n’existe pas.",
                )
        for run in _runs(self.blocks, self.contents_note):
            if run.link and run.link.startswith("#"):
                _require(
                    run.link in known,
                    f"Un lien mène à « {run.link[:60]} », qui n’existe pas dans le document.",
                )


def _runs(blocks: tuple[Block, ...], note: Text) -> list[Run]:
    found: list[Run] = []

    def read(text: Text) -> None:
        if isinstance(text, tuple):
            found.extend(text)

    def items(block: BulletList | NumberedList) -> None:
        for item in block.items:
            read(item.text)
            for child in item.children:
                items(child)

    read(note)
    for block in blocks:
        if isinstance(block, Paragraph | Callout | Quote):
            read(block.text)
        elif isinstance(block, BulletList | NumberedList):
            items(block)
        elif isinstance(block, Definitions):
            for entry in block.entries:
                read(entry.text)
    return found
