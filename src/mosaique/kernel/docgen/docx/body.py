"""The text of a DOCX: cover, contents already filled, paragraphs, tables, sections."""

from __future__ import annotations

from functools import cache

from mosaique.kernel.typography import typographie

from .. import pictures
from ..cover import CoverParts, cover_parts
from ..flow import PAGE_MARK, FigureCells, Flow, Grid, Para, Part
from ..model import Document, Run
from ..package import XML, xml_attr, xml_text
from ..styles import (
    COVER,
    INK,
    LANDSCAPE,
    MM,
    PLAIN_COVER,
    PORTRAIT,
    RULE_STRONG,
    SOFT,
    STYLES,
    ZEBRA,
    PageSize,
    palette,
)
from ..tables import TILE_GAP, TILE_SPACE, CellPlan, RowPlan, TablePlan
from .named import NS, list_numbers, twips
from .parts import Media, drawing


def document_xml(document: Document, flow: Flow, pages: dict[str, int], media: Media) -> str:
    return _Writer(document, flow, pages, media).write()


@cache
def _ppr(style: str) -> str:
    # "corps" is Word's own default: naming it would only weigh.
    return "" if style == "corps" else f'<w:pStyle w:val="{STYLES[style].word}"/>'


class _Writer:
    def __init__(self, document: Document, flow: Flow, pages: dict[str, int], media: Media) -> None:
        self.document, self.flow, self.pages, self.media = document, flow, pages, media
        self.bookmarks = {anchor: f"_Toc{n:06d}" for n, anchor in enumerate(pages, 1)}
        self.bookmark_ids = {anchor: n for n, anchor in enumerate(pages, 1)}
        self.numbers = list_numbers(flow)
        self.palette = palette(document.look)
        self.out: list[str] = []

    def write(self) -> str:
        sections: list[tuple[list[str], str]] = []
        if self.document.cover is not None:
            parts = cover_parts(self.document)
            size = COVER if parts.mural else PLAIN_COVER
            sections.append((self._cover(parts), self._section(size, "C")))
        if self.flow.contents or self.flow.note:
            sections.append((self._contents(), self._section(PORTRAIT, "P")))
        for part in self.flow.parts:
            size, name = (LANDSCAPE, "L") if part.landscape else (PORTRAIT, "P")
            sections.append((self._part(part), self._section(size, name)))
        if not sections:
            sections.append((["<w:p><w:pPr></w:pPr></w:p>"], self._section(PORTRAIT, "P")))
        body: list[str] = []
        for rank, (paragraphs, section) in enumerate(sections):
            if rank == len(sections) - 1:
                body += [*paragraphs, section]
            else:
                body += [*paragraphs[:-1], _with_section(paragraphs[-1], section)]
        return f"{XML}<w:document {NS}><w:body>{''.join(body)}</w:body></w:document>"

    def _section(self, size: PageSize, name: str) -> str:
        orient = ' w:orient="landscape"' if size is LANDSCAPE else ""
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="rIdheader{name}"/>'
            f'<w:footerReference w:type="default" r:id="rIdfooter{name}"/><w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(size.width)}" w:h="{twips(size.height)}"{orient}/>'
            f'<w:pgMar w:top="{twips(size.top)}" w:right="{twips(size.side)}" w:bottom="{twips(size.bottom)}" '
            f'w:left="{twips(size.side)}" w:header="{twips(13 * MM)}" w:footer="{twips(8 * MM)}" w:gutter="0"/></w:sectPr>'
        )

    def _cover(self, cover: CoverParts) -> list[str]:
        lines = []
        first = drawing(self.media, cover.mural, anchor=True) if cover.mural else ""
        if cover.logo:
            lines.append(
                f"<w:p><w:pPr>{_ppr('logo')}</w:pPr><w:r>{first}{drawing(self.media, cover.logo)}</w:r></w:p>"
            )
            first = ""
        for style, text in cover.lines:
            lead = f"<w:r>{first}</w:r>" if first else ""
            first = ""
            lines.append(f"<w:p><w:pPr>{_ppr(style)}</w:pPr>{lead}{self._runs((Run(text),))}</w:p>")
        if cover.strip:
            lines.append(
                f'<w:p><w:pPr>{_ppr("image")}<w:spacing w:before="480"/></w:pPr><w:r>{drawing(self.media, cover.strip)}</w:r></w:p>'
            )
        if cover.caption:
            lines.append(f"<w:p><w:pPr>{_ppr('petit')}</w:pPr>{self._runs((Run(cover.caption),))}</w:p>")
        return lines

    def _contents(self) -> list[str]:
        lines = [f"<w:p><w:pPr>{_ppr('titre-contenu')}</w:pPr>{self._runs((Run('Contenu'),))}</w:p>"]
        lines += [self._para(note) for note in self.flow.note]
        count = len(self.flow.contents)
        for rank, entry in enumerate(self.flow.contents):
            name = self.bookmarks[entry.anchor]
            page_of = _instruction(f" PAGEREF {name} \\h ")
            begin = (
                _field_char("begin") + _instruction(' TOC \\o "1-2" \\h \\z \\u ') + _field_char("separate")
                if rank == 0
                else ""
            )
            end = _field_char("end") if rank == count - 1 else ""
            lines.append(
                f'<w:p><w:pPr>{_ppr(f"contenu{entry.level}")}</w:pPr>{begin}<w:hyperlink w:anchor="{name}" w:history="1">'
                f'<w:r><w:t xml:space="preserve">{xml_text(entry.text)}</w:t></w:r><w:r><w:tab/></w:r>'
                f"{_field_char('begin')}{page_of}{_field_char('separate')}"
                f"<w:r><w:t>{entry.page}</w:t></w:r>{_field_char('end')}</w:hyperlink>{end}</w:p>"
            )
        # The section ends here: on a line of the contents themselves, its footer would be lost.
        lines.append(
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
        )
        return lines

    def _part(self, part: Part) -> list[str]:
        lines = []
        for item in part.items:
            match item:
                case Para():
                    lines.append(self._para(item))
                case Grid():
                    lines.append(self._table(item))
                case FigureCells():
                    lines.append(self._key_figures(item))
        return lines

    def _para(self, item: Para) -> str:
        ppr = _ppr(item.style)
        if item.keep_next and not STYLES[item.style].keep_next:
            ppr += "<w:keepNext/>"
        if item.break_before:
            ppr += "<w:pageBreakBefore/>"
        if item.number == "" and item.outline in (1, 2):
            ppr += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        elif item.in_list and item.in_list.ordered:
            level, number = item.in_list.level - 1, self.numbers[item.in_list.list_id]
            ppr += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        text = self._runs(item.runs)
        if item.sequence:
            name, number = item.sequence
            counted = _instruction(f" SEQ {name} \\* ARABIC ")
            text = (
                f'<w:r><w:t xml:space="preserve">{name}\u00a0</w:t></w:r>{_field_char("begin")}'
                f"{counted}{_field_char('separate')}<w:r><w:t>{number}</w:t></w:r>"
                f'{_field_char("end")}<w:r><w:t xml:space="preserve">. </w:t></w:r>{text}'
            )
        if item.picture:
            gap = '<w:r><w:t xml:space="preserve">  </w:t></w:r>' if text else ""
            text = f"<w:r>{drawing(self.media, item.picture)}</w:r>{gap}{text}"
        if item.anchor:
            number = self.bookmark_ids[item.anchor]
            name = self.bookmarks[item.anchor]
            text = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{text}<w:bookmarkEnd w:id="{number}"/>'
        return f"<w:p><w:pPr>{ppr}</w:pPr>{text}</w:p>"

    def _runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        look = ("<w:b/><w:bCs/>" if run.bold else "") + ("<w:i/><w:iCs/>" if run.italic else "")
        if run.link:
            look = '<w:rStyle w:val="Hyperlink"/>' + look
        text = run.text
        if run.link and run.link.startswith("#"):
            text = text.replace(PAGE_MARK, str(self.pages[run.link[1:]]))
        pieces = xml_text(text).split("\n")
        content = "<w:br/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces)
        made = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"
        if not run.link:
            return made
        if run.link.startswith("#"):
            return (
                f'<w:hyperlink w:anchor="{self.bookmarks[run.link[1:]]}" w:history="1">{made}</w:hyperlink>'
            )
        return f'<w:hyperlink r:id="{self.media.link(run.link)}" w:history="1">{made}</w:hyperlink>'

    def _table(self, grid: Grid) -> str:
        plan = grid.plan
        widths = [twips(w) for w in plan.widths]
        caption = xml_attr(typographie(plan.table.caption))
        out = [
            (
                '<w:tbl><w:tblPr><w:tblStyle w:val="TableauRapport"/>'
                f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
                '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
                f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>'
            ),
            *(f'<w:gridCol w:w="{w}"/>' for w in widths),
            "</w:tblGrid>",
        ]
        head_style = _ppr(f"{plan.style}-tete")
        for rank, (cells, height) in enumerate(zip(plan.header, plan.header_heights, strict=True)):
            last = rank == len(plan.header) - 1
            out.append(
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/><w:tblHeader/></w:trPr>'
            )
            place = 0
            for cell in cells:
                line = self.palette.head_rule if last or cell.text else ""
                out.append(
                    self._cell(
                        cell, sum(widths[place : place + cell.span]), head_style, border=line, low=True
                    )
                )
                place += cell.span
            out.append("</w:tr>")
        style = _ppr(plan.style)
        out += [self._row(row, plan, widths, style) for row in plan.rows]
        out.append("</w:tbl>")
        return "".join(out)

    def _row(self, row: RowPlan, plan: TablePlan, widths: list[int], style: str) -> str:
        height = twips(row.height + plan.extra)
        out = [f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>']
        place = 0
        for cell in row.cells:
            width = sum(widths[place : place + cell.span])
            lead = ""
            if place == 0 and row.tile:
                tile = pictures.tile(row.tile)
                lead = f"<w:r>{drawing(self.media, tile)}</w:r><w:r><w:t>{TILE_GAP}</w:t></w:r>"
            fill = ZEBRA if row.zebra and not row.total else ""
            out.append(self._cell(cell, width, style, fill=fill, top=row.total, lead=lead))
            place += cell.span
        out.append("</w:tr>")
        return "".join(out)

    @staticmethod
    def _cell(
        cell: CellPlan,
        width: int,
        style: str,
        *,
        fill: str = "",
        border: str = "",
        low: bool = False,
        top: bool = False,
        lead: str = "",
    ) -> str:
        props = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.span > 1:
            props += f'<w:gridSpan w:val="{cell.span}"/>'
        if border:
            props += f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{border}"/></w:tcBorders>'
        elif top:
            props += (
                f'<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
            )
        if fill:
            props += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        props += f'<w:vAlign w:val="{"bottom" if low else "center"}"/>'
        align = f'<w:jc w:val="{cell.align}"/>' if cell.align != "left" else ""
        if lead:
            align = f'<w:ind w:left="{twips(TILE_SPACE)}" w:hanging="{twips(TILE_SPACE)}"/>{align}'
        look = "<w:b/><w:bCs/>" if cell.bold else ""
        if cell.muted:
            look += f'<w:color w:val="{SOFT}"/>'
        rpr = f"<w:rPr>{look}</w:rPr>" if look else ""
        text = (
            "<w:br/>".join(f'<w:t xml:space="preserve">{p}</w:t>' for p in xml_text(cell.text).split("\n"))
            if cell.text
            else ""
        )
        run = f"<w:r>{rpr}{text}</w:r>" if text else ""
        return f"<w:tc><w:tcPr>{props}</w:tcPr><w:p><w:pPr>{style}{align}</w:pPr>{lead}{run}</w:p></w:tc>"

    def _key_figures(self, item: FigureCells) -> str:
        width = twips(PORTRAIT.text_width) // len(item.cells)
        edges = "".join(
            f'<w:{e} w:val="single" w:sz="8" w:space="0" w:color="{self.palette.edge}"/>'
            for e in ("top", "bottom")
        )
        inside = f'<w:insideV w:val="single" w:sz="4" w:space="0" w:color="{RULE_STRONG}"/>'
        out = [
            (
                f'<w:tbl><w:tblPr><w:tblW w:w="{width * len(item.cells)}" w:type="dxa"/><w:tblBorders>{edges}{inside}</w:tblBorders>'
                '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="120" w:type="dxa"/><w:left w:w="120" w:type="dxa"/>'
                '<w:bottom w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
            ),
            f'<w:gridCol w:w="{width}"/>' * len(item.cells),
            f'</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(item.height)}" w:hRule="atLeast"/></w:trPr>',
        ]
        opening = "<w:pageBreakBefore/>" if item.break_before else ""
        for value, label, source in item.cells:
            first = f"<w:p><w:pPr>{_ppr('chiffre')}{opening}</w:pPr>{self._runs((Run(value),))}</w:p>"
            rest = "".join(
                f"<w:p><w:pPr>{_ppr('chiffre-libelle')}</w:pPr>{self._runs((Run(text),))}</w:p>"
                for text in (label, source)
                if text
            )
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{first}{rest}</w:tc>')
        out.append("</w:tr></w:tbl>")
        return "".join(out)


def _with_section(paragraph: str, section: str) -> str:
    """The last paragraph of a section carries its page settings."""
    return paragraph.replace("</w:pPr>", f"{section}</w:pPr>", 1)


def _field_char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{xml_attr(text)}</w:instrText></w:r>'
