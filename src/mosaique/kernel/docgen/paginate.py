"""Which page each heading falls on, without a word processor.

Heights are exact (styles.py) and line counts come from the font's widths. Where two honest
estimates disagree (a line that may or may not wrap, space kept or dropped at a page top), the page is
cut by hand just before, so that every engine agrees: the estimate is not only made, it is enforced.
A heading or a caption pushed to the next page is always pushed by hand too, for the same reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from .flow import FigureCells, Flow, FlowItem, Grid, Para, Part
from .measure import count_lines
from .model import Run
from .styles import LANDSCAPE, MM, PORTRAIT, STYLES, PageSize

# Points by which a page may hold less than its nominal height (rounding of an engine).
_MARGIN = 3.0
_THIN_PAGE = 90.0  # points of text under which a last page looks forgotten
_EXTRAS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 3.0)
_SMALLEST_END = 3  # rows: a table does not leave fewer than this alone on its last page


@dataclass(slots=True, frozen=True)
class _Place:
    page: int
    used: float
    top: bool = True
    after: float = 0.0  # space asked for below the last item: the larger of two neighbours' wins


@dataclass(slots=True, frozen=True)
class _Extent:
    before: float
    heights: tuple[float, ...]
    after: float
    whole: bool  # may not be cut between its lines
    header: float = 0.0  # repeated at the top of each page
    pad: float = 0.0  # coloured band above and below
    pad_after: float = 0.0


class _Ruler:
    """One way of estimating: the hopeful one or the careful one."""

    def __init__(self, careful: bool) -> None:
        self.careful = careful

    def extent(self, item: FlowItem, size: PageSize) -> _Extent:
        match item:
            case Para():
                return self._para(item, size)
            case FigureCells():
                return _Extent(0, (item.height + 0.5 + (1 if self.careful else 0),), 0, True)
            case Grid():
                plan = item.plan
                return _Extent(
                    0, tuple(r.height + plan.extra for r in plan.rows), 0, False, plan.header_height
                )

    def _para(self, item: Para, size: PageSize) -> _Extent:
        style = STYLES[item.style]
        if item.picture and item.style == "image":
            return _Extent(0, (item.picture.height_mm * MM + (5 if self.careful else 0),), style.after, True)
        width = size.text_width - style.left - style.right
        runs = (Run(item.label, bold=style.bold), *item.runs) if item.label else item.runs
        if item.picture:
            width -= item.picture.width_mm * MM + 4
        lines = count_lines(runs, style.size, width, bold=style.bold)[1 if self.careful else 0]
        whole = style.keep_lines or lines < 4
        return _Extent(
            style.before,
            (style.line,) * lines,
            style.after,
            whole,
            pad=style.pad_top,
            pad_after=style.pad_bottom,
        )

    def place(self, extent: _Extent, at: _Place, height: float, table: bool) -> tuple[int, _Place]:
        """Where it starts and where it leaves the pen."""
        limit = height - (_MARGIN if self.careful else 0)
        before = max(extent.before, at.after) if self.careful or not at.top else 0.0
        page, used = at.page, at.used + before + extent.pad + extent.header
        rest = list(extent.heights)
        fits = _fitting(rest, limit - used)
        least = len(rest) if extent.whole else min(2, len(rest))
        if not at.top and (fits < least or (extent.whole and fits < len(rest))):
            page, used = page + 1, (extent.before if self.careful else 0.0) + extent.pad + extent.header
            fits = _fitting(rest, limit - used)
        start = page
        while fits < len(rest):
            if not table and len(rest) - fits < 2:
                fits = max(fits - 1, 1)  # no widow line
            rest = rest[max(fits, 1) :]
            page, used = page + 1, extent.header
            fits = _fitting(rest, limit - used)
        return start, _Place(page, used + sum(rest) + extent.pad_after, False, extent.after)


def _fitting(heights: list[float], room: float) -> int:
    count, used = 0, 0.0
    for height in heights:
        used += height
        if used > room + 0.01:
            break
        count += 1
    return count


_RULERS = (_Ruler(False), _Ruler(True))


def paginate(flow: Flow, *, first_page: int) -> dict[str, int]:
    """Set the page breaks in the flow and say on which page each anchor is.

    `first_page` is the page of the contents when there is one, else of the first item.
    """
    page = first_page
    if flow.contents or flow.note:
        page = _contents_end(flow, page) + 1
    anchors: dict[str, int] = {}
    for part in flow.parts:
        if part.items:
            part.items[0].break_before = False  # the section (or the contents' end) opens the page
        page = _Pager(part, page, anchors).run() + 1
    for entry in flow.contents:
        entry.page = anchors[entry.anchor]
    return anchors


def _contents_end(flow: Flow, page: int) -> int:
    items: list[FlowItem] = [Para("titre-contenu", (Run("Contenu"),), keep_next=True)]
    items += flow.note  # first: who looks for one commune need not read the list
    items += [Para(f"contenu{e.level}", (Run(f"{e.text}\u00a0… 000"),)) for e in flow.contents]
    part = Part(False, items)
    end = _Pager(part, page, {}).run()
    flow.note = [i for i in items[1 : 1 + len(flow.note)] if isinstance(i, Para)]
    return end


@dataclass(slots=True, frozen=True)
class _Laid:
    start: int
    end: int
    before: tuple[_Place, _Place]
    after: tuple[_Place, _Place]


class _Pager:
    def __init__(self, part: Part, page: int, anchors: dict[str, int]) -> None:
        self.items = part.items
        self.size = LANDSCAPE if part.landscape else PORTRAIT
        self.at = (_Place(page, 0.0), _Place(page, 0.0))
        self.anchors = anchors
        self.laid: list[_Laid] = []  # since the last page opened by hand

    def run(self) -> int:
        index = 0
        while index < len(self.items):
            end = self._chain_end(index)
            if self.items[index].break_before:
                self._fill_last_page()
            self._lay_from(index, end)
            index = end
        self._fill_last_page()
        return self.at[1].page

    def _lay_from(self, index: int, end: int) -> None:
        before = self.at
        self._lay(self.items[index:end], self.items[end] if end < len(self.items) else None)
        self.laid.append(_Laid(index, end, before, self.at))

    def _fill_last_page(self) -> None:
        """Two lines alone before a page break look like a mistake: what precedes joins them."""
        run, self.laid = self.laid, []
        page = self.at[1].page
        alone = [laid for laid in run if laid.after[1].page == page]
        rank = len(run) - len(alone)
        if rank < 1 or not alone or self.at[1].used > _THIN_PAGE:
            return
        mover = run[rank - 1]
        items = self.items[mover.start : mover.end]
        if mover.before[1].top or any(not isinstance(item, Para) for item in items):
            return
        self.items[alone[0].start].break_before = False
        items[0].break_before = True
        self.at = mover.before
        for laid in [mover, *alone]:
            self._lay(self.items[laid.start : laid.end], None)

    def _chain_end(self, index: int) -> int:
        """Items that hold together: headings and captions with what they announce."""
        end = index
        while end < len(self.items) - 1 and self._holds(self.items[end]):
            end += 1
        return end + 1

    @staticmethod
    def _holds(item: FlowItem) -> bool:
        return isinstance(item, Para) and (item.keep_next or STYLES[item.style].keep_next)

    def _lay(self, chain: list[FlowItem], following: FlowItem | None) -> None:
        if chain[0].break_before and not self.at[1].top:
            self._new_page()
        pages, after = self._try(chain)
        agreed = pages[0] == pages[1] and after[0].page == after[1].page
        moved = pages[1][0] != self.at[1].page and (len(chain) > 1 or not isinstance(chain[0], Para))
        if (not agreed or moved) and not self.at[1].top:
            chain[0].break_before = True
            self._new_page()
            pages, after = self._try(chain)
        grid = chain[-1]
        if isinstance(grid, Grid):
            pages, after = self._settle(grid, chain, following)
        for item, page in zip(chain, pages[1], strict=True):
            if isinstance(item, Para) and item.anchor:
                self.anchors[item.anchor] = page
        self.at = after

    def _settle(
        self, grid: Grid, chain: list[FlowItem], following: FlowItem | None
    ) -> tuple[tuple[list[int], list[int]], tuple[_Place, _Place]]:
        """Give rows a little air when a table's end is doubtful, leaves a lone row or drops its note."""
        note = _RULERS[1].extent(following, self.size) if isinstance(following, Para) else None
        reserve = note.before + sum(note.heights) + note.pad_after if note else 0.0
        plan = grid.plan
        fewest = sum(row.height for row in plan.rows[-_SMALLEST_END:]) - 1
        fallback: float | None = None
        for extra in _EXTRAS:
            plan.extra = extra
            pages, after = self._try(chain)
            if pages[0] != pages[1] or after[0].page != after[1].page:
                continue
            fallback = extra if fallback is None else fallback
            lone = after[1].page != pages[1][-1] and after[1].used - plan.header_height < fewest
            if not lone and after[1].used + reserve <= self.size.text_height - _MARGIN:
                return pages, after
        plan.extra = fallback or 0.0
        return self._try(chain)

    def _new_page(self) -> None:
        page = max(place.page for place in self.at) + 1
        self.at = (_Place(page, 0.0), _Place(page, 0.0))

    def _try(self, chain: list[FlowItem]) -> tuple[tuple[list[int], list[int]], tuple[_Place, _Place]]:
        results = [self._place_chain(ruler, chain, at) for ruler, at in zip(_RULERS, self.at, strict=True)]
        return (results[0][0], results[1][0]), (results[0][1], results[1][1])

    def _place_chain(self, ruler: _Ruler, chain: list[FlowItem], at: _Place) -> tuple[list[int], _Place]:
        extents = [ruler.extent(item, self.size) for item in chain]
        height = self.size.text_height
        needed, pending = 0.0, at.after
        for rank, extent in enumerate(extents):
            lines = (
                extent.heights
                if rank < len(extents) - 1 or extent.whole
                else extent.heights[: _first(chain[rank])]
            )
            needed += max(extent.before, pending) + extent.pad + extent.header + sum(lines) + extent.pad_after
            pending = extent.after
        limit = height - (_MARGIN if ruler.careful else 0)
        if not at.top and at.used + needed > limit and len(chain) > 1:
            at = _Place(at.page + 1, 0.0)
        pages = []
        for item, extent in zip(chain, extents, strict=True):
            page, at = ruler.place(extent, at, height, isinstance(item, Grid))
            pages.append(page)
        return pages, at


def _first(item: FlowItem) -> int:
    """How many lines or rows must stand under what announces them."""
    return 3 if isinstance(item, Grid) else 2
