"""The text of an ODT: cover, contents already filled, paragraphs, lists, tables."""

from __future__ import annotations

import re

from mosaique.kernel.typography import typographie

from .. import pictures
from ..cover import CoverParts, cover_parts
from ..flow import PAGE_MARK, FigureCells, Flow, Grid, ListTree, Para, grouped
from ..model import Document, Run
from ..package import XML, xml_attr, xml_text
from ..styles import INK, PORTRAIT, RULE, RULE_STRONG, SOFT, STYLES, ZEBRA, palette
from ..tables import PAD_X, PAD_Y, TILE_GAP, TILE_SPACE, CellPlan, RowPlan
from .named import NS, SEQUENCES, font_faces, pt, style_name
from .parts import Pictures, graphic_styles


def content_xml(document: Document, flow: Flow, pages: dict[str, int], pictures_: Pictures) -> str:
    return _Writer(document, flow, pages, pictures_).write()


class _Automatic:
    """Automatic styles, named in order of first use and written once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str, str], str] = {}
        self._counts: dict[str, int] = {}

    def name(self, family: str, attributes: str, properties: str) -> str:
        key = (family, attributes, properties)
        if key not in self._names:
            letter = {
                "paragraph": "P",
                "text": "T",
                "table": "Tb",
                "table-column": "Co",
                "table-row": "Ro",
            }.get(family, "Ce")
            self._counts[letter] = self._counts.get(letter, 0) + 1
            self._names[key] = f"{letter}{self._counts[letter]}"
        return self._names[key]

    def xml(self) -> str:
        return "".join(
            f'<style:style style:name="{name}" style:family="{family}"{attributes}>{properties}</style:style>'
            for (family, attributes, properties), name in self._names.items()
        )


class _Writer:
    def __init__(self, document: Document, flow: Flow, pages: dict[str, int], pictures_: Pictures) -> None:
        self.document, self.flow, self.pages, self.pictures = document, flow, pages, pictures_
        self.styles = _Automatic()
        self.palette = palette(document.look)
        self.master: str | None = None  # page master the next paragraph opens
        self.tables = 0

    def write(self) -> str:
        out: list[str] = []
        if self.document.cover is not None:
            out += self._cover(cover_parts(self.document))
        if self.flow.contents or self.flow.note:
            self.master = "Portrait"
            out += self._contents()
        for part in self.flow.parts:
            self.master = "Paysage" if part.landscape else "Portrait"
            for item in grouped(part.items):
                match item:
                    case Para():
                        out.append(self._para(item))
                    case ListTree():
                        out.append(self._list(item))
                    case Grid():
                        out.append(self._table(item))
                    case FigureCells():
                        out.append(self._key_figures(item))
        sequences = "".join(
            f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>' for name in SEQUENCES
        )
        # The first picture is anchored to the page: the format wants it before any paragraph.
        frames = [piece for piece in out if piece.startswith("<draw:frame")]
        rest = [piece for piece in out if not piece.startswith("<draw:frame")]
        return (
            f'{XML}<office:document-content {NS} office:version="1.3">{font_faces()}<office:automatic-styles>'
            f"{self.styles.xml()}{graphic_styles()}</office:automatic-styles><office:body><office:text>"
            f"<text:sequence-decls>{sequences}</text:sequence-decls>{''.join(frames)}{''.join(rest)}"
            "</office:text></office:body></office:document-content>"
        )

    def _style(
        self, key: str, *, broken: bool = False, keep: bool = False, bare: bool = False, extra: str = ""
    ) -> str:
        """The named style, or a variant of it that opens a page, keeps with what follows or loses its number."""
        master, self.master = self.master, None
        if not (master or broken or keep or bare or extra):
            return style_name(key)
        attributes = f' style:parent-style-name="{style_name(key)}"'
        if bare:
            attributes += ' style:list-style-name=""'
        properties = extra
        if master:
            attributes += f' style:master-page-name="{master}"'
        elif broken:
            properties += ' fo:break-before="page"'
        if keep:
            properties += ' fo:keep-with-next="always"'
        made = f"<style:paragraph-properties{properties}/>" if properties else "<style:paragraph-properties/>"
        return self.styles.name("paragraph", attributes, made)

    def _cover(self, cover: CoverParts) -> list[str]:
        self.master = "Couverture"
        out = [self.pictures.frame(cover.mural, page=True)] if cover.mural else []
        if cover.logo:
            name = self._style("logo")
            out.append(f'<text:p text:style-name="{name}">{self.pictures.frame(cover.logo)}</text:p>')
        out += [
            f'<text:p text:style-name="{self._style(style)}">{_escaped(text)}</text:p>'
            for style, text in cover.lines
        ]
        if cover.strip:
            name = self._style("image", extra=' fo:margin-top="24pt"')
            out.append(f'<text:p text:style-name="{name}">{self.pictures.frame(cover.strip)}</text:p>')
        if cover.caption:
            out.append(f'<text:p text:style-name="{self._style("petit")}">{_escaped(cover.caption)}</text:p>')
        return out

    def _contents(self) -> list[str]:
        out = [] if self.flow.contents else [self._para(note) for note in self.flow.note]
        if self.flow.contents:
            title = f'<text:p text:style-name="{self._style("titre-contenu")}">Contenu</text:p>'
            templates = "".join(
                f'<text:table-of-content-entry-template text:outline-level="{n}" text:style-name="Contents_20_{min(n, 2)}">'
                "<text:index-entry-link-start/><text:index-entry-chapter/><text:index-entry-text/>"
                '<text:index-entry-tab-stop style:type="right" style:leader-char="."/>'
                "<text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>"
                for n in range(1, 3)
            )
            entries = "".join(
                f'<text:p text:style-name="Contents_20_{e.level}"><text:a xlink:type="simple" xlink:href="#{e.anchor}" '
                f'text:style-name="Index_20_Link" text:visited-style-name="Index_20_Link">'
                f"{_escaped(e.text)}<text:tab/>{e.page}</text:a></text:p>"
                for e in self.flow.contents
            )
            out += [title, *(self._para(note) for note in self.flow.note)]
            out.append(
                '<text:table-of-content text:name="Contenu" text:protected="true"><text:table-of-content-source '
                f'text:outline-level="2" text:use-index-marks="false">{templates}</text:table-of-content-source>'
                f"<text:index-body>{entries}</text:index-body></text:table-of-content>"
            )
        return out

    def _para(self, item: Para) -> str:
        style = STYLES[item.style]
        name = self._style(
            item.style,
            broken=item.break_before,
            keep=item.keep_next and not style.keep_next,
            bare=item.number == "" and item.outline in (1, 2),
        )
        text = self._runs(item.runs)
        if item.sequence:
            kind, number = item.sequence
            text = (
                f'{kind}\u00a0<text:sequence text:ref-name="ref{kind}{number}" text:name="{kind}" '
                f'text:formula="ooow:{kind}+1" style:num-format="1">{number}</text:sequence>. {text}'
            )
        if item.picture:
            text = self.pictures.frame(item.picture) + ('<text:s text:c="2"/>' if text else "") + text
        if item.anchor:
            text = f'<text:bookmark text:name="{item.anchor}"/>{text}'
        if item.outline:
            return f'<text:h text:style-name="{name}" text:outline-level="{item.outline}">{text}</text:h>'
        return f'<text:p text:style-name="{name}">{text}</text:p>'

    def _list(self, tree: ListTree) -> str:
        items = []
        for para, children in tree.items:
            text = self._para(para)
            items.append(
                f"<text:list-item>{text}{''.join(self._list(child) for child in children)}</text:list-item>"
            )
        name = "Numeros" if tree.ordered else "Puces"
        return f'<text:list text:style-name="{name}">{"".join(items)}</text:list>'

    def _runs(self, runs: tuple[Run, ...]) -> str:
        out = []
        for run in runs:
            text = run.text
            if run.link and run.link.startswith("#"):
                text = text.replace(PAGE_MARK, str(self.pages[run.link[1:]]))
            made = _escaped(text)
            if run.bold or run.italic:
                look = (' fo:font-weight="bold"' if run.bold else "") + (
                    ' fo:font-style="italic"' if run.italic else ""
                )
                name = self.styles.name("text", "", f"<style:text-properties{look}/>")
                made = f'<text:span text:style-name="{name}">{made}</text:span>'
            if run.link:
                made = (
                    f'<text:a xlink:type="simple" xlink:href="{xml_attr(run.link)}" '
                    f'text:style-name="Internet_20_link">{made}</text:a>'
                )
            out.append(made)
        return "".join(out)

    def _open_table(self, widths: list[float], *, broken: bool, title: str) -> str:
        self.tables += 1
        master, self.master = self.master, None
        attributes = f' style:master-page-name="{master}"' if master else ""
        breaking = ' fo:break-before="page"' if broken and not master else ""
        style = self.styles.name(
            "table",
            attributes,
            f'<style:table-properties style:width="{pt(sum(widths))}" table:align="left"{breaking} '
            'table:border-model="collapsing" style:may-break-between-rows="true"/>',
        )
        columns = "".join(
            '<table:table-column table:style-name="'
            + self.styles.name(
                "table-column", "", f'<style:table-column-properties style:column-width="{pt(w)}"/>'
            )
            + '"/>'
            for w in widths
        )
        said = f"<table:title>{xml_text(title)}</table:title>" if title else ""
        return f'<table:table table:name="Tableau{self.tables}" table:style-name="{style}">{said}{columns}'

    def _row_style(self, height: float) -> str:
        return self.styles.name(
            "table-row",
            "",
            f'<style:table-row-properties style:min-row-height="{pt(height)}" fo:keep-together="always"/>',
        )

    def _table(self, grid: Grid) -> str:
        plan = grid.plan
        out = [self._open_table(plan.widths, broken=grid.break_before, title=typographie(plan.table.caption))]
        out.append("<table:table-header-rows>")
        for rank, (cells, height) in enumerate(zip(plan.header, plan.header_heights, strict=True)):
            last = rank == len(plan.header) - 1
            out.append(f'<table:table-row table:style-name="{self._row_style(height)}">')
            for cell in cells:
                line = f"1pt solid #{self.palette.head_rule}" if last or cell.text else "none"
                out.append(self._cell(cell, f"{plan.style}-tete", bottom=line, vertical="bottom"))
            out.append("</table:table-row>")
        out.append("</table:table-header-rows>")
        for row in plan.rows:
            out.append(self._row(row, plan.style, row.height + plan.extra))
        out.append("</table:table>")
        return "".join(out)

    def _row(self, row: RowPlan, style: str, height: float) -> str:
        out = [f'<table:table-row table:style-name="{self._row_style(height)}">']
        for rank, cell in enumerate(row.cells):
            lead = ""
            if rank == 0 and row.tile:
                lead = self.pictures.frame(pictures.tile(row.tile))
                lead += TILE_GAP
            out.append(
                self._cell(
                    cell,
                    style,
                    top=f"1pt solid #{INK}" if row.total else "",
                    bottom=f"0.5pt solid #{RULE_STRONG if row.total else RULE}",
                    fill=ZEBRA if row.zebra and not row.total else "",
                    lead=lead,
                )
            )
        out.append("</table:table-row>")
        return "".join(out)

    def _cell(
        self,
        cell: CellPlan,
        style: str,
        *,
        bottom: str,
        top: str = "",
        fill: str = "",
        vertical: str = "middle",
        lead: str = "",
    ) -> str:
        ground = f' fo:background-color="#{fill}"' if fill else ""
        upper = f' fo:border-top="{top}"' if top else ""
        name = self.styles.name(
            "table-cell",
            "",
            f'<style:table-cell-properties fo:padding-left="{pt(PAD_X)}" '
            f'fo:padding-right="{pt(PAD_X)}" fo:padding-top="{pt(PAD_Y)}" fo:padding-bottom="{pt(PAD_Y)}" '
            f'fo:border-bottom="{bottom}"{upper} style:vertical-align="{vertical}"{ground}/>',
        )
        align = {"right": "end", "center": "center", "left": "start"}[cell.align]
        look = (' fo:font-weight="bold"' if cell.bold else "") + (
            f' fo:color="#{SOFT}"' if cell.muted else ""
        )
        hang = f' fo:margin-left="{pt(TILE_SPACE)}" fo:text-indent="{pt(-TILE_SPACE)}"' if lead else ""
        properties = f'<style:paragraph-properties fo:text-align="{align}"{hang}/>'
        if look:
            properties += f"<style:text-properties{look}/>"
        para = self.styles.name("paragraph", f' style:parent-style-name="{style_name(style)}"', properties)
        span = f' table:number-columns-spanned="{cell.span}"' if cell.span > 1 else ""
        covered = "<table:covered-table-cell/>" * (cell.span - 1)
        return (
            f'<table:table-cell table:style-name="{name}" office:value-type="string"{span}>'
            f'<text:p text:style-name="{para}">{lead}{_escaped(cell.text)}</text:p></table:table-cell>{covered}'
        )

    def _key_figures(self, item: FigureCells) -> str:
        width = PORTRAIT.text_width / len(item.cells)
        out = [self._open_table([width] * len(item.cells), broken=item.break_before, title="Chiffres clés")]
        out.append(f'<table:table-row table:style-name="{self._row_style(item.height)}">')
        line = self.palette.edge
        for rank, texts in enumerate(item.cells):
            edge = f' fo:border-left="0.5pt solid #{RULE_STRONG}"' if rank else ""
            name = self.styles.name(
                "table-cell",
                "",
                f'<style:table-cell-properties fo:padding-left="6pt" fo:padding-right="5pt" fo:padding-top="6pt" '
                f'fo:padding-bottom="5pt" fo:border-top="1pt solid #{line}" fo:border-bottom="1pt solid #{line}"{edge}/>',
            )
            lines = "".join(
                f'<text:p text:style-name="{style_name(style)}">{_escaped(text)}</text:p>'
                for style, text in zip(("chiffre", "chiffre-libelle", "chiffre-libelle"), texts, strict=True)
                if text
            )
            out.append(
                f'<table:table-cell table:style-name="{name}" office:value-type="string">{lines}</table:table-cell>'
            )
        out.append("</table:table-row></table:table>")
        return "".join(out)


def _escaped(text: str) -> str:
    """Text as the format wants it: line breaks and repeated spaces are elements."""
    made = xml_text(text).replace("\n", "<text:line-break/>").replace("\t", " ")
    return re.sub(r"  +", lambda m: f' <text:s text:c="{len(m.group()) - 1}"/>', made)
