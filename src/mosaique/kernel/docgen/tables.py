"""Tables made ready: cells printed, columns sized, rows measured, too many columns cut in several tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from mosaique.kernel import typography as t

from .measure import count_lines, longest_word, text_width
from .model import Cell, Column, Run, Table, Tile, Unknown
from .styles import LANDSCAPE, MM, PORTRAIT, STYLES
from .tiles import TILE_MM

PAD_X, PAD_Y = 5.0, 3.0
TILE_GAP = "\u00a0\u00a0"
EMPTY = "Aucune ligne"
# A row's stated height exceeds what its text needs by this much, borders included, so that no
# engine finds it too small and stretches it.
_SLACK = 1.5
# What a tile and its gap take at the largest cell size; a name on two lines aligns after it.
TILE_SPACE = TILE_MM * MM + text_width(TILE_GAP, STYLES["cellule"].size)
_NUMERIC = {"number", "integer", "money", "etp", "percent"}


@dataclass(slots=True)
class CellPlan:
    text: str
    align: str = "left"
    bold: bool = False
    muted: bool = False
    span: int = 1


@dataclass(slots=True)
class RowPlan:
    cells: list[CellPlan]
    height: float
    total: bool = False
    zebra: bool = False
    tile: Tile | None = None


@dataclass(slots=True)
class TablePlan:
    """Widths and heights in points; `style` is the cells' paragraph style."""

    table: Table
    widths: list[float]
    style: str
    landscape: bool
    header: list[list[CellPlan]]
    header_heights: list[float]
    rows: list[RowPlan]
    tiles: bool
    extra: float = 0.0  # added to every row by the pagination, to keep away from a doubtful page end
    aligns: list[str] = field(default_factory=list)

    @property
    def header_height(self) -> float:
        return sum(self.header_heights)


def print_cell(cell: Cell, column: Column) -> str:
    """A cell as a French reader expects it."""
    match cell:
        case None:
            return ""
        case Unknown():
            return t.typographie(cell.reason)
        case str():
            return t.typographie(cell)
        case date():
            return t.date_long(cell)
    match column.kind:
        case "money":
            return t.money(cell, signed=column.signed)
        case "etp":
            return t.etp(cell, signed=column.signed, unit=False)
        case "percent":
            return t.percent(cell, signed=column.signed)
        case "integer":
            return t.integer(cell, signed=column.signed)
    places = -int(cell.as_tuple().exponent) if isinstance(cell, Decimal) else 0
    return t.decimal_number(cell, max(places, 0), signed=column.signed)


def plan(table: Table) -> list[TablePlan]:
    """The least cramped way to print the table: upright, then across, then cut in several."""
    attempts = [("cellule", True), ("cellule-fine", True)] if table.wide else [
        ("cellule", False), ("cellule-fine", False), ("cellule", True), ("cellule-fine", True)
    ]  # fmt: skip
    for style, landscape in [*attempts, ("cellule-menue", True)]:
        if widths := _widths(table, style, landscape):
            return [_plan(table, widths, style, landscape)]
    parts = _cut(table)
    return [p for part in parts for p in plan(part)] if len(parts) > 1 else [_forced(table)]


def _cut(table: Table) -> list[Table]:
    """Halve the columns, the first one repeated, until each part fits across a page."""
    columns = table.columns
    if len(columns) <= 2:
        return [table]
    middle = 1 + (len(columns) - 1) // 2
    if columns[middle].group:
        # Do not cut inside a group of columns when a group's edge is at hand.
        edges = [i for i in range(2, len(columns)) if columns[i].group != columns[i - 1].group]
        middle = min(edges, key=lambda edge: abs(edge - middle), default=middle)
    parts = []
    for number, picked in enumerate(([*range(middle)], [0, *range(middle, len(columns))])):
        suffix = "" if number == 0 else " (suite)"
        rows = tuple(replace(row, cells=tuple(row.cells[i] for i in picked)) for row in table.rows)
        caption = table.caption.removesuffix(" (suite)") + (
            suffix or table.caption[len(table.caption.removesuffix(" (suite)")) :]
        )
        parts.append(
            replace(table, columns=tuple(columns[i] for i in picked), rows=rows, caption=caption, wide=True)
        )
    return parts


def _available(landscape: bool) -> float:
    return (LANDSCAPE if landscape else PORTRAIT).text_width


def _needs(table: Table, style: str) -> tuple[list[float], list[float]]:
    """For each column, the width below which a word is cut and the width beyond which nothing wraps."""
    size, head = STYLES[style].size, STYLES[f"{style}-tete"].size
    least, most = [], []
    for index, column in enumerate(table.columns):
        texts = {print_cell(row.cells[index], column) for row in table.rows if not _spanned(row.cells)}
        bold = {
            print_cell(row.cells[index], column)
            for row in table.rows
            if row.total or row.strong or index == 0
        }
        label = t.typographie(column.label)
        room = 2 * PAD_X + 1 + (TILE_SPACE if index == 0 and any(row.tile for row in table.rows) else 0)
        low = [longest_word(x, size) for x in texts] + [longest_word(x, size, True) for x in bold]
        high = [text_width(x, size) for x in texts] + [text_width(x, size, True) for x in bold]
        low.append(longest_word(label, head, True))
        # A long heading may wrap; it should not widen a column of numbers.
        high.append(min(text_width(label, head, True), max(70.0, longest_word(label, head, True))))
        least.append(max(low) * 1.02 + room)
        most.append(max(high) * 1.02 + room)
    return least, most


def _widths(table: Table, style: str, landscape: bool) -> list[float] | None:
    available = _available(landscape)
    least, most = _needs(table, style)
    # Text beyond a third of the page may always be cut: one endless word must not push a table across.
    least = [
        min(low, available / 3) if c.kind == "text" else low
        for low, c in zip(least, table.columns, strict=True)
    ]
    if sum(least) > available:
        return None
    if (
        table.columns[0].kind == "text"
        and len(least) > 4
        and sum(least) + 40 > available
        and least[0] < most[0] * 0.6
    ):
        return None
    hints = [c.width for c in table.columns]
    if all(hints):
        total = sum(h for h in hints if h)
        wished = [available * (h or 0) / total for h in hints]
        if all(w >= low for w, low in zip(wished, least, strict=True)):
            return wished
    spare = available - sum(least)
    wants = [max(high - low, 0.0) for low, high in zip(least, most, strict=True)]
    if table.row_headers and wants[0] <= spare:
        # Names that do not wrap make lines of one height, easier to follow across a page.
        least[0], wants[0], spare = least[0] + wants[0], 0.0, spare - wants[0]
    if sum(wants) > spare:
        # Square roots keep one talkative column from starving the others.
        shares = _share(spare, wants)
        return [low + share for low, share in zip(least, shares, strict=True)]
    widths = [max(low, high) for low, high in zip(least, most, strict=True)]
    rest = available - sum(widths)
    # What is left goes to text columns first, then evenly.
    heavy = [2.0 if c.kind == "text" else 1.0 for c in table.columns]
    return [w + rest * h / sum(heavy) for w, h in zip(widths, heavy, strict=True)]


def _share(spare: float, wants: list[float]) -> list[float]:
    given = [0.0] * len(wants)
    open_ = {i for i, w in enumerate(wants) if w > 0}
    while open_ and spare > 0.01:
        weight = sum(wants[i] ** 0.5 for i in sorted(open_))
        full = {i for i in open_ if given[i] + spare * wants[i] ** 0.5 / weight >= wants[i]}
        if not full:
            for i in sorted(open_):
                given[i] += spare * wants[i] ** 0.5 / weight
            break
        for i in sorted(full):
            spare -= wants[i] - given[i]
            given[i] = wants[i]
        open_ -= full
    return given


def _forced(table: Table) -> TablePlan:
    least, _ = _needs(table, "cellule-menue")
    available = _available(True)
    return _plan(table, [available * low / sum(least) for low in least], "cellule-menue", True)


def _spanned(cells: tuple[Cell, ...]) -> bool:
    """A row of which nothing is known says so once, across."""
    first = cells[1] if len(cells) > 2 else None
    return isinstance(first, Unknown) and all(c == first for c in cells[1:])


def _plan(table: Table, widths: list[float], style: str, landscape: bool) -> TablePlan:
    body = STYLES[style]
    widths = [round(w * 20) / 20 for w in widths]
    widths[-1] = round((_available(landscape) - sum(widths[:-1])) * 20) / 20
    aligns = ["right" if c.kind in _NUMERIC else "left" for c in table.columns]
    header = _header(table, aligns)
    tiles = any(row.tile for row in table.rows)

    def height(cells: list[CellPlan], look: str, first_extra: float) -> float:
        size, line, place, lines = STYLES[look].size, STYLES[look].line, 0, 1
        for cell in cells:
            room = sum(widths[place : place + cell.span]) - 2 * PAD_X - (first_extra if place == 0 else 0)
            needed = count_lines((Run(cell.text, bold=cell.bold),), size, room)[1] if cell.text else 1
            lines, place = max(lines, needed), place + cell.span
        return lines * line + 2 * PAD_Y + _SLACK

    rows = []
    for number, row in enumerate(table.rows):
        strong = row.total or row.strong
        if _spanned(row.cells) and isinstance(reason := row.cells[1], Unknown):
            cells = [
                CellPlan(
                    print_cell(row.cells[0], table.columns[0]), aligns[0], bold=table.row_headers or strong
                ),
                CellPlan(t.typographie(reason.reason), "center", muted=True, span=len(widths) - 1),
            ]
        else:
            cells = [
                CellPlan(
                    print_cell(cell, column),
                    aligns[i],
                    bold=strong or (i == 0 and table.row_headers),
                    muted=isinstance(cell, Unknown),
                )
                for i, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
            ]
        extra = TILE_SPACE if tiles and row.tile else 0.0
        rows.append(RowPlan(cells, height(cells, style, extra), row.total, number % 2 == 1, row.tile))
    if not rows:
        rows = [RowPlan([CellPlan(EMPTY, muted=True, span=len(widths))], body.line + 2 * PAD_Y + _SLACK)]
    heights = [height(cells, f"{style}-tete", 0) for cells in header]
    return TablePlan(table, widths, style, landscape, header, heights, rows, tiles, aligns=aligns)


def _header(table: Table, aligns: list[str]) -> list[list[CellPlan]]:
    labels = [
        CellPlan(t.typographie(c.label), align, bold=True)
        for c, align in zip(table.columns, aligns, strict=True)
    ]
    if not any(c.group for c in table.columns):
        return [labels]
    groups = []
    for name, members in groupby(table.columns, key=lambda c: c.group):
        count = len(list(members))
        if name:
            groups.append(CellPlan(t.typographie(name), "center", bold=True, span=count))
        else:
            groups.extend(CellPlan("", bold=True) for _ in range(count))
    return [groups, labels]
