"""From the model to a flow of paragraphs and tables, the same for both office formats and for counting pages.

Everything printed is decided here once: numbers of headings and tables, labels, typography.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mosaique.kernel.typography import typographie

from . import pictures
from .draw import picture_of
from .measure import count_lines
from .model import (
    Block,
    BulletList,
    Callout,
    Definitions,
    Document,
    Figure,
    Heading,
    Illustration,
    KeyFigures,
    Look,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
)
from .pictures import Placed
from .styles import PORTRAIT
from .tables import TablePlan, plan

PAGE_MARK = "{page}"  # in a link to an anchor: the page it is on


@dataclass(slots=True)
class ListPlace:
    list_id: int
    level: int
    ordered: bool


@dataclass(slots=True)
class Para:
    style: str
    runs: tuple[Run, ...]
    anchor: str | None = None
    outline: int = 0
    number: str | None = None  # heading: "" when it has none
    in_list: ListPlace | None = None
    sequence: tuple[str, int] | None = None  # ("Tableau", 3)
    target: str | None = None  # contents entry: where it leads
    picture: Placed | None = None
    keep_next: bool = False
    break_before: bool = False

    @property
    def label(self) -> str:
        """What stands before the text and is not in the runs."""
        if self.sequence:
            return f"{self.sequence[0]}\u00a0{self.sequence[1]}. "
        return f"{self.number} " if self.number else ""


@dataclass(slots=True)
class FigureCells:
    """Key figures side by side."""

    cells: list[tuple[str, str, str]]
    height: float
    break_before: bool = False


@dataclass(slots=True)
class Grid:
    """A table, its caption and source being paragraphs before it."""

    plan: TablePlan
    break_before: bool = False
    number: int = 0


FlowItem = Para | FigureCells | Grid


@dataclass(slots=True)
class Part:
    """Consecutive items on pages of one orientation."""

    landscape: bool
    items: list[FlowItem] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    level: int
    text: str
    anchor: str
    page: int = 0


@dataclass(slots=True)
class Flow:
    contents: list[Entry]
    note: list[Para]
    parts: list[Part]


def runs_of(text: Text) -> tuple[Run, ...]:
    """Typography is applied to the whole sentence, then given back to its runs."""
    if isinstance(text, str):
        return (Run(typographie(text)),) if text else ()
    return tuple(
        replace(run, text=fixed) for run, fixed in zip(text, _typeset([r.text for r in text]), strict=True)
    )


def _typeset(pieces: list[str]) -> list[str]:
    """A private mark holds the borders of the runs while the rules look across them."""
    if len(pieces) == 1:
        return [typographie(pieces[0])]
    mark = "\ue001"
    whole = typographie(mark.join(pieces)).split(mark)
    if len(whole) == len(pieces):
        return whole
    return [typographie(piece) for piece in pieces]


def build(document: Document) -> Flow:
    builder = _Builder(document.look)
    blocks = document.blocks
    planned = [plan(block) if isinstance(block, Table) else [] for block in blocks]
    across = _orientations(blocks, [bool(plans) and plans[0].landscape for plans in planned])
    parts: list[Part] = []
    for rank, (block, landscape) in enumerate(zip(blocks, across, strict=True)):
        if isinstance(block, Paragraph):
            # The sentence that introduces a table stays with it.
            block = replace(block, keep_with_next=block.keep_with_next or _before_table(blocks, rank))
        for item in builder.items(block, planned[rank]):
            turned = item.plan.landscape if isinstance(item, Grid) else landscape
            if not parts or parts[-1].landscape != turned:
                parts.append(Part(turned))
            parts[-1].items.append(item)
    note = [Para("encadre-neutre-seul", runs_of(document.contents_note))] if document.contents_note else []
    return Flow(builder.entries if document.contents else [], note, parts)


def _before_table(blocks: tuple[Block, ...], rank: int) -> bool:
    return rank + 1 < len(blocks) and isinstance(
        blocks[rank + 1], Table | BulletList | NumberedList | Illustration
    )


def _orientations(blocks: tuple[Block, ...], tables: list[bool]) -> list[bool]:
    """Which blocks lie on landscape pages: a wide table, and what introduces and follows it.

    Going back from the table, its heading and the few paragraphs between turn with it; going on,
    plain paragraphs stay until the next heading or table. `tables`: those planned across.
    """
    wide = list(tables)
    for index in [i for i, w in enumerate(wide) if w]:
        start = index
        for back in range(index - 1, max(index - 5, -1), -1):
            block = blocks[back]
            if wide[back] or not isinstance(block, Heading | Paragraph | Callout):
                break
            if isinstance(block, Heading):
                start = back
                if block.level == 1 or block.new_page:
                    break
            elif start < index:
                break
        for turned in range(start, index):
            wide[turned] = True
        for ahead in range(index + 1, len(blocks)):
            if not isinstance(blocks[ahead], Paragraph):
                break
            wide[ahead] = True
    return wide


class _Builder:
    def __init__(self, look: Look | None) -> None:
        self.look = look
        self.entries: list[Entry] = []
        self._numbers = [0, 0]
        self._tables = self._figures = self._lists = 0

    def items(self, block: Block, plans: list[TablePlan]) -> Iterator[FlowItem]:
        match block:
            case Heading():
                yield from self._heading(block)
            case Paragraph():
                yield Para(
                    "petit" if block.small else "corps", runs_of(block.text), keep_next=block.keep_with_next
                )
            case BulletList() | NumberedList():
                self._lists += 1
                yield from self._list(block, self._lists, 1)
            case Table():
                yield from self._table(block, plans)
            case Callout():
                yield Para(f"encadre-{block.kind}-titre", runs_of(block.title))
                yield Para(f"encadre-{block.kind}", runs_of(block.text))
            case KeyFigures():
                yield self._key_figures(block)
                yield Para("apres-tableau", ())
            case Definitions():
                for entry in block.entries:
                    label = Run(typographie(f"{entry.label} :") + " ", bold=True)
                    yield Para("definition", (label, *runs_of(entry.text)))
            case Quote():
                author = (Run(typographie(f"\n{block.author}")),) if block.author else ()
                yield Para("citation", (*runs_of(block.text), *author))
            case PageBreak():
                yield Para("apres-tableau", (), break_before=True)
            case Figure():
                yield from self._figure(block)
            case Illustration():
                yield from self._illustration(block)

    def _heading(self, block: Heading) -> Iterator[Para]:
        number = ""
        if block.numbered and block.level <= 2:
            if block.level == 1:
                self._numbers = [self._numbers[0] + 1, 0]
                number = str(self._numbers[0])
            else:
                self._numbers[1] += 1
                number = f"{self._numbers[0]}.{self._numbers[1]}"
        opens_page = block.new_page or block.level == 1
        text = typographie(block.text)
        if block.kicker:
            tile = pictures.tile(block.tile) if block.tile else None
            yield Para(
                "surtitre",
                (Run(typographie(block.kicker)),),
                picture=tile,
                break_before=opens_page,
                keep_next=True,
            )
        yield Para(
            f"titre{block.level}",
            (Run(text),),
            anchor=block.anchor,
            outline=block.level,
            number=number,
            break_before=opens_page and not block.kicker,
            keep_next=True,
        )
        if block.level <= 2:
            self.entries.append(Entry(block.level, f"{number} {text}".strip(), block.anchor))

    def _list(self, block: BulletList | NumberedList, list_id: int, level: int) -> Iterator[Para]:
        ordered = isinstance(block, NumberedList)
        depth = min(level, 3)
        for item in block.items:
            style = f"{'numero' if ordered else 'puce'}{depth}"
            yield Para(style, runs_of(item.text), in_list=ListPlace(list_id, depth, ordered))
            for child in item.children:
                self._lists += 1
                yield from self._list(child, self._lists, level + 1)

    def _table(self, block: Table, plans: list[TablePlan]) -> Iterator[FlowItem]:
        for part in plans:
            table = part.table
            self._tables += 1
            yield Para("legende", runs_of(table.caption), sequence=("Tableau", self._tables), keep_next=True)
            if said := source_line(table):
                yield Para("source", runs_of(said), keep_next=True)
            yield Grid(part, number=self._tables)
            if table.note:
                yield Para("note", runs_of(table.note))
            else:
                yield Para("apres-tableau", ())

    def _key_figures(self, block: KeyFigures) -> FigureCells:
        cells = [(typographie(f.value), typographie(f.label), typographie(f.source)) for f in block.figures]
        room = PORTRAIT.text_width / len(cells) - 12
        heights = []
        for value, label, source in cells:
            lines = count_lines((Run(value),), 13.5, room, bold=True)[1] * 18
            lines += count_lines((Run(label),), 9, room)[1] * 12
            heights.append(lines + (count_lines((Run(source),), 9, room)[1] * 12 if source else 0))
        return FigureCells(cells, max(heights) + 12 + 2)

    def _figure(self, block: Figure) -> Iterator[Para]:
        self._figures += 1
        picture = pictures.placed(block.picture, width_mm=block.width_mm, max_height_mm=190)
        yield Para("image", (), picture=picture, keep_next=True)
        yield Para(
            "legende",
            runs_of(block.caption),
            sequence=("Figure", self._figures),
            keep_next=bool(block.source),
        )
        if block.source:
            yield Para("source", runs_of(f"Source : {block.source}"))

    def _illustration(self, block: Illustration) -> Iterator[Para]:
        self._figures += 1
        svg, width, height = picture_of(block.drawings, self.look)
        caption, alt = typographie(block.caption), typographie(block.alt)
        yield Para("image", (), picture=Placed(b"", width, height, alt, svg, caption), keep_next=True)
        yield Para("legende", runs_of(block.caption), sequence=("Figure", self._figures), keep_next=True)
        said = f"Source : {block.source.rstrip('.')}." + (f" Année : {block.year}." if block.year else "")
        if block.table_anchor:
            link = Run(block.table, link=f"#{block.table_anchor}")
            after = (Run(f" {block.note}"),) if block.note else ()
            yield Para("note", runs_of((Run(f"{said} "), link, *after)))
        else:
            yield Para("note", runs_of(f"{said} {block.table} {block.note}".strip()))


def with_pngs(flow: Flow) -> Flow:
    """The same flow, its drawings ready for an office file."""
    found = [i for part in flow.parts for i in part.items if isinstance(i, Para) and i.picture]
    for item, placed in zip(found, pictures.rasterised([i.picture for i in found if i.picture]), strict=True):
        item.picture = placed
    return flow


def source_line(table: Table) -> str:
    """Unit, year and source, in one line under the caption."""
    parts = []
    if table.unit:
        parts.append(f"Unité : {table.unit}.")
    if table.year:
        parts.append(f"Année : {table.year}.")
    if table.source:
        parts.append(f"Source : {table.source.rstrip('.')}.")
    return " ".join(parts)


@dataclass(slots=True)
class ListTree:
    """Paragraphs of a list put back in their nesting."""

    ordered: bool
    level: int
    items: list[tuple[Para, list[ListTree]]] = field(default_factory=list)


def grouped(items: list[FlowItem]) -> Iterator[FlowItem | ListTree]:
    """The flow with its list paragraphs gathered into lists."""
    open_lists: dict[int, ListTree] = {}
    root: ListTree | None = None
    path: list[tuple[int, ListTree]] = []
    for item in items:
        place = item.in_list if isinstance(item, Para) else None
        if place is None or not isinstance(item, Para):
            if root:
                yield root
            root, path = None, []
            open_lists.clear()
            yield item
            continue
        if place.list_id not in open_lists:
            tree = ListTree(place.ordered, place.level)
            while path and path[-1][1].level >= place.level:
                path.pop()
            if path and path[-1][1].items:
                path[-1][1].items[-1][1].append(tree)
            else:
                if root:
                    yield root
                root = tree
            open_lists[place.list_id] = tree
            path.append((place.list_id, tree))
        while path and path[-1][0] != place.list_id:
            path.pop()
        open_lists[place.list_id].items.append((item, []))
    if root:
        yield root
