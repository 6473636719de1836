"""The report as HTML, drawn from the same document as the files."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mosaique.kernel import typography
from mosaique.kernel.docgen.draw import picture_of
from mosaique.kernel.docgen.model import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Definitions,
    Heading,
    Illustration,
    Item,
    KeyFigures,
    Look,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    Text,
    Unknown,
)
from mosaique.kernel.ui.tags.atoms import icon

_T = typography.typographie


def _text(text: Text) -> SafeString:
    if isinstance(text, str):
        return format_html("{}", _T(text))
    out = SafeString("")
    for run in text:
        piece = format_html("{}", _T(run.text.replace("page {page}", "plus bas")))
        if run.bold:
            piece = format_html("<strong>{}</strong>", piece)
        if run.italic:
            piece = format_html("<em>{}</em>", piece)
        if run.link:
            piece = format_html('<a href="{}">{}</a>', run.link, piece)
        out += piece
    return out


def _cell(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Unknown):
        return _T(cell.reason)
    if isinstance(cell, date):
        return typography.date_long(cell)
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        if column.kind == "money":
            return typography.money(cell, signed=column.signed)
        if column.kind == "etp":
            return typography.etp(cell, signed=column.signed, unit=False)
        return typography.integer(cell) if isinstance(cell, int) else typography.decimal_number(cell)
    return _T(str(cell))


def _table(table: Table) -> SafeString:
    heads = format_html_join(
        "",
        '<th role="columnheader" scope="col"{}>{}</th>',
        ((mark_safe(' class="n"') if c.kind != "text" else "", _T(c.label)) for c in table.columns),
    )
    rows = []
    for row in table.rows:
        first, *others = zip(row.cells, table.columns, strict=True)
        cells = format_html_join(
            "",
            '<td role="cell" class="{}" data-l="{}">{}</td>',
            (("n" if c.kind != "text" else "", _T(c.label), _cell(v, c)) for v, c in others),
        )
        bold = "<strong>{}</strong>" if row.total else "{}"
        rows.append(
            format_html(
                '<tr role="row"><th role="rowheader" scope="row">{}</th>{}</tr>',
                format_html(bold, _cell(*first)),
                cells,
            )
        )
    notes = [
        part
        for part in (
            f"Unité : {table.unit}" if table.unit else "",
            f"Source : {table.source}" if table.source else "",
            table.year,
            table.note,
        )
        if part
    ]
    return format_html(
        '<div class="tableau" tabindex="0" role="region" aria-label="{0}"><table role="table" class="souple"><caption>{0}{1}</caption>'
        '<thead role="rowgroup"><tr role="row">{2}</tr></thead><tbody role="rowgroup">{3}</tbody></table></div>',
        _T(table.caption),
        _T(f". {'. '.join(notes)}") if notes else "",
        heads,
        mark_safe("".join(rows)),
    )


def _items(items: Iterable[Item]) -> SafeString:
    return format_html_join(
        "",
        "<li>{}{}</li>",
        ((_text(i.text), mark_safe("".join(_block(c) for c in i.children))) for i in items),
    )


def _illustration(block: Illustration, look: Look | None) -> SafeString:
    """The same drawing as in the files; its words stand for it, the table is where they say."""
    svg, _, _ = picture_of(block.drawings, look)
    table = format_html("{}", _T(block.table.replace("de la page {page}", "plus bas")))
    if block.table_anchor:
        table = format_html('<a href="#{}">{}</a>', block.table_anchor, table)
    return format_html(
        '<figure class="mt5"><div class="dessin" tabindex="0" role="img" aria-label="{}">{}</div><figcaption class="mt2"><b>{}</b><br>'
        '<span class="doux">{} {} {}</span></figcaption></figure>',
        _T(block.alt),
        mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1)),
        _T(block.caption),
        _T(f"Source : {block.source}." + (f" Année : {block.year}." if block.year else "")),
        table,
        _T(block.note),
    )


def _block(block: Block, look: Look | None = None) -> SafeString:
    if isinstance(block, Heading):
        tag = mark_safe(f"h{min(4, block.level + 1)}")
        return format_html('<{0} id="{1}" class="mt6">{2}</{0}>', tag, block.anchor, _T(block.text))
    if isinstance(block, Paragraph):
        return format_html(
            '<p class="mt3 lecture{}">{}</p>', " doux" if block.small else "", _text(block.text)
        )
    if isinstance(block, BulletList):
        return format_html('<div class="texte mt3 lecture"><ul>{}</ul></div>', _items(block.items))
    if isinstance(block, NumberedList):
        return format_html('<div class="texte mt3 lecture"><ol>{}</ol></div>', _items(block.items))
    if isinstance(block, Table):
        return format_html('<div class="mt4">{}</div>', _table(block))
    if isinstance(block, Callout):
        return format_html(
            '<div class="message mt4">{}<div><p><b>{}</b></p><p>{}</p></div></div>',
            icon("info"),
            _T(block.title),
            _text(block.text),
        )
    if isinstance(block, KeyFigures):
        rows = format_html_join(
            "", "<div><dt>{}</dt><dd>{}</dd></div>", ((_T(f.label), _T(f.value)) for f in block.figures)
        )
        return format_html('<dl class="reperes mt4">{}</dl>', rows)
    if isinstance(block, Definitions):
        rows = format_html_join(
            "", "<dt>{}</dt><dd>{}</dd>", ((_T(e.label), _text(e.text)) for e in block.entries)
        )
        return format_html('<dl class="deux mt4">{}</dl>', rows)
    if isinstance(block, Illustration):
        return _illustration(block, look)
    if isinstance(block, Quote):
        return format_html("<blockquote>{}</blockquote>", _text(block.text))
    return SafeString("")


def to_html(blocks: Iterable[Block], look: Look | None = None) -> SafeString:
    """Every block, in order; headings start at h2."""
    return mark_safe("".join(_block(block, look) for block in blocks))


def sections(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The same one level below, for a document of one chapter."""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield block.anchor, _T(block.text)


def chapters(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Anchor and title of each chapter, for the summary of the page."""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield block.anchor, _T(block.text)
