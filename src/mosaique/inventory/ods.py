"""The same spreadsheet as an OpenDocument file. Written part by part: a library that builds one object per cell would take
seconds where this takes milliseconds, and knows neither protected heads nor lists of answers."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from mosaique.inventory.columns import Column
from mosaique.inventory.layout import (
    ERROR_TEXT,
    ERROR_TITLE,
    GUIDE,
    INK,
    PAPER,
    SPARE_ROWS,
    UNKNOWN_INK,
    SectionPage,
    answers,
    guide,
    written,
)
from mosaique.inventory.models import Return, Row
from mosaique.kernel import typography

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{short}="{_NS}:{name}:1.0"'
    for short, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("number", "datastyle"),
                        ("fo", "xsl-fo-compatible"), ("config", "config"), ("meta", "meta"), ("manifest", "manifest"))
) + (
    f' xmlns:of="{_NS}:of:1.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Characters XML cannot hold.
_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FREE = '<style:table-cell-properties style:cell-protect="none" style:vertical-align="top"/>'
_STYLES = {"number": "", "text": "c-text", "unknown": "c-unknown", "date": "c-date"}


def workbook(inventory: Return, pages: Sequence[SectionPage]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED
        )  # first, and as it is: so readers know the kind
        archive.writestr(zipfile.ZipInfo("content.xml"), _content(inventory, pages), zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("styles.xml"), _paper())
        archive.writestr(zipfile.ZipInfo("settings.xml"), _settings(pages))
        title = escape(f"Inventaire {inventory.of_commune}")
        archive.writestr(
            zipfile.ZipInfo("meta.xml"),
            f'{_HEAD}<office:document-meta {_SPACES} office:version="1.3"><office:meta><dc:title>{title}</dc:title>'
            "<dc:creator>Mosaïque</dc:creator></office:meta></office:document-meta>",
        )
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
            for path, kind in (("/", MIME), *((f"{part}.xml", "text/xml") for part in ("content", "styles", "settings", "meta")))
        )  # fmt: skip
        archive.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml"),
            f'{_HEAD}<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>',
        )
    return out.getvalue()


def _paper() -> str:
    """Printed sideways, as wide as the sheet of paper."""
    return (
        f'{_HEAD}<office:document-styles {_SPACES} office:version="1.3"><office:automatic-styles>'
        '<style:page-layout style:name="l-paper"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
        'style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Paper" '
        'style:page-layout-name="l-paper"/></office:master-styles></office:document-styles>'
    )


def _content(inventory: Return, pages: Sequence[SectionPage]) -> str:
    title, lines = guide(inventory, pages)
    told = "".join(
        f"<table:table-row>{_text(line, style)}</table:table-row>"
        for line, style in ((title, "c-title"), ("", ""), *((line, "c-wrap") for line in lines))
    )
    rules = "".join(_rule(page, index, column) for page in pages for index, column in _choices(page))
    return (
        f'{_HEAD}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>{_styles()}'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"<table:content-validations>{rules}</table:content-validations>"
        f'<table:table table:name="{GUIDE}" table:style-name="t-paper"><table:table-column table:style-name="w-guide"/>{told}</table:table>'
        + "".join(_table(page) for page in pages)
        + "</office:spreadsheet></office:body></office:document-content>"
    )


def _choices(page: SectionPage) -> Iterator[tuple[int, Column]]:
    return ((index, column) for index, column in enumerate(page.spec.columns) if column.kind == "choice")


def _rule(page: SectionPage, index: int, column: Column) -> str:
    labels = ";".join('"' + label.replace('"', '""') + '"' for label in answers(column))
    condition = quoteattr(f"of:cell-content-is-in-list({labels})")
    base = quoteattr(f"'{page.spec.short}'.{_letter(index)}2")
    return (
        f'<table:content-validation table:name="{_rule_name(page, column)}" table:condition={condition} '
        f'table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address={base}>'
        f'<table:error-message table:title="{ERROR_TITLE}" table:display="true" table:message-type="warning">'
        f"<text:p>{ERROR_TEXT}</text:p></table:error-message></table:content-validation>"
    )


def _rule_name(page: SectionPage, column: Column) -> str:
    return f"{page.spec.name}-{column.name}"


def _letter(index: int) -> str:
    return chr(65 + index)  # a section has few columns


def _style_of(column: Column) -> str:
    return f"c-{column.kind}" if column.numeric or column.kind == "date" else "c-text"


def _table(page: SectionPage) -> str:
    columns = page.spec.columns
    wide = [
        "w-first" if n == 0 else "w-text" if c.kind == "text" else "w-short" for n, c in enumerate(columns)
    ]
    heads = "".join(
        _text(head, "c-head", note=column.help) for head, column in zip(page.heads, columns, strict=True)
    )
    spare = "".join(_empty(page, column) for column in columns)
    return (
        f"<table:table table:name={quoteattr(page.spec.short)} table:style-name=\"t-paper\" table:protected=\"true\">"
        '<loext:table-protection loext:select-protected-cells="true" loext:select-unprotected-cells="true" '
        'loext:insert-rows="true" loext:delete-rows="true" loext:use-autofilter="true"/>'
        + "".join(
            f'<table:table-column table:style-name="{width}" table:default-cell-style-name="{_style_of(column)}"/>'
            for width, column in zip(wide, columns, strict=True)
        )
        + '<table:table-column table:style-name="w-short" table:number-columns-repeated="2" table:visibility="collapse" '
        'table:default-cell-style-name="c-text"/>'
        + f"<table:table-header-rows><table:table-row>{heads}{_texts(page.hidden_heads)}</table:table-row></table:table-header-rows>"
        + "".join(_line(page, row) for row in page.rows)
        # Drop-downs go on below the last line.
        + f'<table:table-row table:number-rows-repeated="{SPARE_ROWS}">{spare}</table:table-row></table:table>'
    )  # fmt: skip


def _line(page: SectionPage, row: Row) -> str:
    cells = "".join(_cell(page, column, row) for column in page.spec.columns)
    return f"<table:table-row>{cells}{_texts(page.hidden(row))}</table:table-row>"


def _texts(values: Sequence[str]) -> str:
    return "".join(_text(value, "c-text") for value in values)


def _ruled(page: SectionPage, column: Column) -> str:
    return f' table:content-validation-name="{_rule_name(page, column)}"' if column.kind == "choice" else ""


def _empty(page: SectionPage, column: Column) -> str:
    return f'<table:table-cell table:style-name="{_style_of(column)}"{_ruled(page, column)}/>'


def _cell(page: SectionPage, column: Column, row: Row) -> str:
    found = written(column, row.cells.get(column.name))
    if found is None:
        return _empty(page, column)
    how, text = found
    ruled = _ruled(page, column)
    if how == "number":
        shown = text.replace(".", ",")
        return (
            f'<table:table-cell table:style-name="{_style_of(column)}"{ruled} office:value-type="float" office:value="{text}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )
    if how == "date":
        return (
            f'<table:table-cell table:style-name="c-date"{ruled} office:value-type="date" office:date-value="{text}">'
            f"<text:p>{text[8:]}/{text[5:7]}/{text[:4]}</text:p></table:table-cell>"
        )
    return _text(text, _STYLES[how], ruled)


def _text(text: str, style: str, ruled: str = "", note: str = "") -> str:
    styled = f' table:style-name="{style}"' if style else ""
    if not text:
        return f"<table:table-cell{styled}{ruled}/>"
    told = ""
    if note:
        told = f"<office:annotation>{_paragraphs(typography.typographie(note))}</office:annotation>"
    return f'<table:table-cell{styled}{ruled} office:value-type="string">{told}{_paragraphs(text)}</table:table-cell>'


def _paragraphs(text: str) -> str:
    """Lines as paragraphs; runs of spaces as elements, which readers would otherwise fold into one."""
    found = []
    for line in _BARRED.sub("", text).split("\n"):
        inside = re.sub(
            r"^ | {2,}|\t",
            lambda run: "<text:tab/>" if run[0] == "\t" else f'<text:s text:c="{len(run[0])}"/>',
            escape(line),
        )
        found.append(f"<text:p>{inside}</text:p>")
    return "".join(found)


def _styles() -> str:
    def number(name: str, places: int, grouping: str = "false") -> str:
        return (
            f'<number:number-style style:name="{name}" number:language="fr" number:country="FR"><number:number '
            f'number:decimal-places="{places}" number:min-decimal-places="{places}" number:min-integer-digits="1" '
            f'number:grouping="{grouping}"/></number:number-style>'
        )

    def cell(name: str, inside: str, data: str = "") -> str:
        linked = f' style:data-style-name="{data}"' if data else ""
        return f'<style:style style:name="{name}" style:family="table-cell"{linked}>{inside}</style:style>'

    def width(name: str, size: str) -> str:
        return (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{size}"/></style:style>'
        )

    wrap = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
    return "".join((
        number("n-int", 0), number("n-etp", 2), number("n-money", 2, "true"),
        '<number:date-style style:name="n-date" number:language="fr" number:country="FR"><number:day number:style="long"/>'
        '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
        '<number:year number:style="long"/></number:date-style>',
        '<number:text-style style:name="n-text"><number:text-content/></number:text-style>',
        cell("c-title", f'<style:text-properties fo:font-size="16pt" fo:font-weight="bold" fo:color="{INK}"/>'),
        cell("c-wrap", wrap),
        cell("c-head", f'<style:table-cell-properties style:cell-protect="protected" fo:background-color="{PAPER}" '
                       f'fo:border-bottom="0.75pt solid {INK}" fo:wrap-option="wrap" style:vertical-align="top"/>'
                       f'<style:text-properties fo:font-weight="bold" fo:color="{INK}"/>'),
        cell("c-text", _FREE, "n-text"), cell("c-int", _FREE, "n-int"), cell("c-etp", _FREE, "n-etp"),
        cell("c-money", _FREE, "n-money"), cell("c-date", _FREE, "n-date"),
        cell("c-unknown", f'{_FREE}<style:text-properties fo:font-style="italic" fo:color="{UNKNOWN_INK}"/>'),
        '<style:style style:name="t-paper" style:family="table" style:master-page-name="Paper"/>',
        width("w-guide", "19cm"), width("w-first", "7cm"), width("w-text", "5cm"), width("w-short", "3.2cm"),
    ))  # fmt: skip


def _settings(pages: Sequence[SectionPage]) -> str:
    """The head and the first column stay in sight."""

    def item(name: str, kind: str, value: object) -> str:
        return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'

    frozen = "".join((
        item("HorizontalSplitMode", "short", 2), item("VerticalSplitMode", "short", 2),
        item("HorizontalSplitPosition", "int", 1), item("VerticalSplitPosition", "int", 1), item("ActiveSplitRange", "short", 3),
        item("PositionLeft", "int", 0), item("PositionRight", "int", 1), item("PositionTop", "int", 0), item("PositionBottom", "int", 1),
    ))  # fmt: skip
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(page.spec.short)}>{frozen}</config:config-item-map-entry>"
        for page in pages
    )
    return (
        f'{_HEAD}<office:document-settings {_SPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f'<config:config-item-map-entry><config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        f"{item('ActiveTable', 'string', GUIDE)}</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
