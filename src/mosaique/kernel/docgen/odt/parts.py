"""Everything of an ODT around its text: named styles, page masters, metadata, fonts, manifest."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from mosaique.kernel.typography import typographie

from .. import pictures
from ..docx.parts import FACES, footer_lines
from ..model import Document
from ..package import XML, xml_attr, xml_text
from ..pictures import Placed
from ..styles import (
    COVER,
    FONT,
    GREEN,
    INK,
    LANDSCAPE,
    MM,
    PLAIN_COVER,
    PORTRAIT,
    STYLES,
    PageSize,
    Style,
)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NS = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("office", _OASIS + "office:1.0"),
        ("style", _OASIS + "style:1.0"),
        ("text", _OASIS + "text:1.0"),
        ("table", _OASIS + "table:1.0"),
        ("draw", _OASIS + "drawing:1.0"),
        ("fo", _OASIS + "xsl-fo-compatible:1.0"),
        ("svg", _OASIS + "svg-compatible:1.0"),
        ("meta", _OASIS + "meta:1.0"),
        ("config", _OASIS + "config:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("xlink", "http://www.w3.org/1999/xlink"),
        ("ooo", "http://openoffice.org/2004/office"),
    )
)
_FONTS = Path(__file__).parent.parent / "fonts"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

# Names the office suites know, so that navigation and contents work on them.
_BUILTIN = {
    "corps": ("Text_20_body", "Text body"),
    "titre1": ("Heading_20_1", "Heading 1"),
    "titre2": ("Heading_20_2", "Heading 2"),
    "titre3": ("Heading_20_3", "Heading 3"),
    "titre4": ("Heading_20_4", "Heading 4"),
    "legende": ("Caption", "Caption"),
    "citation": ("Quotations", "Quotations"),
    "titre-contenu": ("Contents_20_Heading", "Contents Heading"),
    "contenu1": ("Contents_20_1", "Contents 1"),
    "contenu2": ("Contents_20_2", "Contents 2"),
    "couv-titre": ("Title", "Title"),
    "couv-sous-titre": ("Subtitle", "Subtitle"),
    "en-tete": ("Header", "Header"),
    "pied": ("Footer", "Footer"),
}
SEQUENCES = ("Tableau", "Figure")


def style_name(key: str) -> str:
    return _BUILTIN[key][0] if key in _BUILTIN else STYLES[key].word


def pt(points: float) -> str:
    return f"{round(points, 2):g}pt"


class Pictures:
    """Pictures of the document, each stored once under a name drawn from its content."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._frames = 0

    def frame(self, placed: Placed, *, page: bool = False) -> str:
        """A picture in its line of text, or laid on the first page's corner."""
        name = f"Pictures/{hashlib.sha256(placed.png).hexdigest()[:24]}.png"
        self.files[name] = placed.png
        self._frames += 1
        where = (
            'text:anchor-type="page" text:anchor-page-number="1" svg:x="0mm" svg:y="0mm" draw:style-name="ImagePage"'
            if page
            else 'text:anchor-type="as-char" draw:style-name="ImageLigne"'
        )
        alt = f"<svg:title>{xml_text(placed.alt)}</svg:title>" if placed.alt else ""
        return (
            f'<draw:frame draw:name="Image {self._frames}" {where} svg:width="{placed.width_mm:g}mm" '
            f'svg:height="{placed.height_mm:g}mm" draw:z-index="0"><draw:image xlink:href="{name}" '
            f'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>{alt}</draw:frame>'
        )


def font_faces() -> str:
    sources = "".join(
        f'<svg:font-face-uri xlink:href="Fonts/AtkinsonNext-{face}.ttf" xlink:type="simple">'
        '<svg:font-face-format svg:string="truetype"/></svg:font-face-uri>'
        for face in FACES
    )
    return (
        f'<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="\'{FONT}\', Arial" '
        'style:font-family-generic="swiss" style:font-pitch="variable">'
        f"<svg:font-face-src>{sources}</svg:font-face-src></style:font-face></office:font-face-decls>"
    )


def _paragraph_style(key: str, style: Style) -> str:
    name, display = _BUILTIN.get(key, (style.word, style.name))
    attributes = f'style:name="{name}" style:display-name="{display}" style:family="paragraph"'
    if style.parent:
        attributes += f' style:parent-style-name="{style_name(style.parent)}"'
    if style.outline:
        attributes += (
            f' style:default-outline-level="{style.outline}" style:next-style-name="{style_name("corps")}"'
        )
    return (
        f"<style:style {attributes}>{paragraph_properties(style)}"
        f'<style:text-properties fo:font-size="{pt(style.size)}" fo:color="#{style.colour}" '
        f'fo:font-weight="{"bold" if style.bold else "normal"}" '
        f'fo:font-style="{"italic" if style.italic else "normal"}"/></style:style>'
    )


def paragraph_properties(style: Style) -> str:
    # A bar at the left takes 3 points and its gap 7: together the indent of the text.
    left = 0.0 if style.border_left else style.left
    right = 0.0 if style.fill else style.right
    made = (
        f'fo:margin-top="{pt(style.before)}" fo:margin-bottom="{pt(style.after)}" fo:margin-left="{pt(left)}" '
        f'fo:margin-right="{pt(right)}" fo:text-indent="{pt(-style.hanging)}" fo:text-align="{style.align}" '
        f'fo:orphans="2" fo:widows="2" '
    )
    made += f'fo:line-height="{pt(style.line) if style.line else "100%"}" '
    if style.keep_next:
        made += 'fo:keep-with-next="always" '
    if style.keep_lines:
        made += 'fo:keep-together="always" '
    if style.fill:
        made += f'fo:background-color="#{style.fill}" fo:padding-top="{pt(style.pad_top)}" '
        made += f'fo:padding-bottom="{pt(style.pad_bottom)}" fo:padding-left="7pt" fo:padding-right="{pt(style.right)}" '
        made += f'fo:border-left="3pt solid #{style.border_left}" style:join-border="false" '
    elif style.border_bottom:
        made += f'fo:border-bottom="0.75pt solid #{style.border_bottom}" fo:padding-bottom="4pt" '
    tabs = ""
    if style.leader_tab:
        stop = PORTRAIT.text_width - style.left
        tabs = (
            f'<style:tab-stops><style:tab-stop style:position="{pt(stop)}" style:type="right" '
            'style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        )
    return f"<style:paragraph-properties {made}>{tabs}</style:paragraph-properties>"


def _list_levels(kind: str) -> str:
    made = ""
    for n in range(1, 11):
        style = STYLES[f"{kind}{min(n, 3)}"]
        align = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            f'text:list-tab-stop-position="{pt(style.left)}" fo:text-indent="{pt(-style.hanging)}" '
            f'fo:margin-left="{pt(style.left)}"/></style:list-level-properties>'
        )
        if kind == "puce":
            sign = "•" if n % 2 else "–"
            made += f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="{sign}">{align}</text:list-level-style-bullet>'
        else:
            made += (
                f'<text:list-level-style-number text:level="{n}" style:num-suffix="." style:num-format="1">'
                f"{align}</text:list-level-style-number>"
            )
    return made


def _outline() -> str:
    levels = ""
    for n in range(1, 11):
        numbered = f'style:num-format="1" text:display-levels="{n}"' if n <= 2 else 'style:num-format=""'
        levels += (
            f'<text:outline-level-style text:level="{n}" {numbered}>'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            f'<style:list-level-label-alignment text:label-followed-by="{"space" if n <= 2 else "nothing"}" '
            'fo:text-indent="0pt" fo:margin-left="0pt"/></style:list-level-properties></text:outline-level-style>'
        )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


_HEADER_TOP, _FOOTER_BOTTOM = 13 * MM, 8 * MM


def _page_layout(name: str, size: PageSize, *, header: bool) -> str:
    """The header and the footer take the whole of their margin: the text keeps a known height."""
    top = _HEADER_TOP if header else size.top
    orientation = "landscape" if size is LANDSCAPE else "portrait"
    head = pt(size.top - _HEADER_TOP)
    head_style = (
        f'<style:header-style><style:header-footer-properties svg:height="{head}" fo:margin-bottom="4mm" '
        'style:dynamic-spacing="false"/></style:header-style>'
        if header
        else "<style:header-style/>"
    )
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{pt(size.width)}" '
        f'fo:page-height="{pt(size.height)}" style:print-orientation="{orientation}" fo:margin-top="{pt(top)}" '
        f'fo:margin-bottom="{pt(_FOOTER_BOTTOM)}" fo:margin-left="{pt(size.side)}" fo:margin-right="{pt(size.side)}"/>'
        f"{head_style}<style:footer-style><style:header-footer-properties "
        f'svg:height="{pt(size.bottom - _FOOTER_BOTTOM)}" fo:margin-top="3mm" style:dynamic-spacing="false"/>'
        "</style:footer-style></style:page-layout>"
    )


def _footer(document: Document, pictures_: Pictures, name: str, *, number: bool) -> str:
    qr = document.verify_url
    lines = "".join(
        f'<text:p text:style-name="Footer">{xml_text(line)}</text:p>'
        for line in footer_lines(document) or [""]
    )
    page = '<text:page-number text:select-page="current">1</text:page-number>'
    cells = []
    if qr:
        placed = Placed(pictures.qr_png(qr), 11, 11, "Code QR de vérification")
        cells.append(f'<text:p text:style-name="Image">{pictures_.frame(placed)}</text:p>')
    cells.append(lines)
    cells.append(f'<text:p text:style-name="NumeroPage">{page if number else ""}</text:p>')
    columns = "".join(
        f'<table:table-column table:style-name="{name}.{letter}"/>' for letter in ("ABC" if qr else "BC")
    )
    body = "".join(
        f'<table:table-cell table:style-name="PiedCellule" office:value-type="string">{c}</table:table-cell>'
        for c in cells
    )
    return (
        f'<table:table table:name="{name}" table:style-name="{name}">{columns}<table:table-row>{body}</table:table-row>'
        '</table:table><text:p text:style-name="PiedFin"/>'
    )


def _footer_styles(name: str, size: PageSize, *, qr: bool) -> str:
    widths = {"A": 14 * MM, "C": 20 * MM}
    widths["B"] = size.text_width - widths["C"] - (widths["A"] if qr else 0)
    made = (
        f'<style:style style:name="{name}" style:family="table"><style:table-properties '
        f'style:width="{pt(size.text_width)}" table:align="left"/></style:style>'
    )
    for letter, width in sorted(widths.items()):
        made += (
            f'<style:style style:name="{name}.{letter}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{pt(width)}"/></style:style>'
        )
    return made


@cache
def _named_styles() -> str:
    text = (
        f'style:font-name="{FONT}" fo:font-size="{pt(STYLES["corps"].size)}" fo:language="fr" fo:country="FR" '
        f'fo:color="#{INK}" fo:hyphenate="false" style:letter-kerning="false"'
    )
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties style:tab-stop-distance="12.5mm" '
        f'fo:hyphenation-ladder-count="no-limit"/><style:text-properties {text}/></style:default-style>'
        '<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/>'
        "</style:default-style>"
        '<style:default-style style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
        "</style:default-style>"
        '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
        + "".join(_paragraph_style(key, style) for key, style in STYLES.items())
        + '<style:style style:name="Internet_20_link" style:display-name="Internet link" style:family="text">'
        f'<style:text-properties fo:color="#{GREEN}" style:text-underline-style="solid" '
        'style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>'
        '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text">'
        f'<style:text-properties fo:color="#{INK}" style:text-underline-style="none"/></style:style>'
        f'<text:list-style style:name="Puces">{_list_levels("puce")}</text:list-style>'
        f'<text:list-style style:name="Numeros">{_list_levels("numero")}</text:list-style>'
        '<style:style style:name="Graphics" style:family="graphic"/>' + _outline()
    )


def styles_xml(document: Document, pictures_: Pictures) -> str:
    qr = bool(document.verify_url)
    mural = document.cover is not None and bool(document.cover.tiles)
    running = xml_text(typographie(document.running_title or document.title))
    authority = xml_text(typographie(document.authority))
    automatic = (
        _page_layout("pmPortrait", PORTRAIT, header=True)
        + _page_layout("pmPaysage", LANDSCAPE, header=True)
        + _page_layout("pmCouverture", COVER if mural else PLAIN_COVER, header=False)
        + _footer_styles("PiedPortrait", PORTRAIT, qr=qr)
        + _footer_styles("PiedPaysage", LANDSCAPE, qr=qr)
        + _footer_styles("PiedCouverture", PORTRAIT, qr=qr)
        + '<style:style style:name="PiedCellule" style:family="table-cell"><style:table-cell-properties '
        'fo:padding="0pt" fo:border="none" style:vertical-align="bottom"/></style:style>'
        '<style:style style:name="PiedFin" style:family="paragraph" style:parent-style-name="Footer">'
        '<style:paragraph-properties fo:line-height="1pt"/><style:text-properties fo:font-size="1pt"/></style:style>'
        + graphic_styles()
    )
    for name, size in (("TetePortrait", PORTRAIT), ("TetePaysage", LANDSCAPE)):
        automatic += (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Header">'
            f'<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="{pt(size.text_width)}" '
            'style:type="right"/></style:tab-stops></style:paragraph-properties></style:style>'
        )
    masters = ""
    for name, layout in (("Portrait", "pmPortrait"), ("Paysage", "pmPaysage")):
        head = f'<style:header><text:p text:style-name="Tete{name}">{authority}<text:tab/>{running}</text:p></style:header>'
        foot = _footer(document, pictures_, f"Pied{name}", number=True)
        masters += (
            f'<style:master-page style:name="{name}" style:page-layout-name="{layout}">{head}'
            f"<style:footer>{foot}</style:footer></style:master-page>"
        )
    foot = _footer(document, pictures_, "PiedCouverture", number=False)
    masters += (
        '<style:master-page style:name="Couverture" style:page-layout-name="pmCouverture" '
        f'style:next-style-name="Portrait"><style:footer>{foot}</style:footer></style:master-page>'
    )
    return (
        f'{XML}<office:document-styles {NS} office:version="1.3">{font_faces()}<office:styles>{_named_styles()}'
        f"</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def graphic_styles() -> str:
    return (
        '<style:style style:name="ImageLigne" style:family="graphic" style:parent-style-name="Graphics">'
        '<style:graphic-properties style:vertical-pos="middle" style:vertical-rel="line" fo:padding="0pt" '
        'fo:border="none" fo:margin="0pt"/></style:style>'
        '<style:style style:name="ImagePage" style:family="graphic" style:parent-style-name="Graphics">'
        '<style:graphic-properties style:wrap="run-through" style:run-through="background" '
        'style:horizontal-pos="from-left" style:horizontal-rel="page" style:vertical-pos="from-top" '
        'style:vertical-rel="page" fo:padding="0pt" fo:border="none" fo:margin="0pt"/></style:style>'
    )


def _meta(document: Document) -> str:
    moment = f"{document.date.isoformat()}T00:00:00"
    return (
        f'{XML}<office:document-meta {NS} office:version="1.3"><office:meta><meta:generator>Mosaïque</meta:generator>'
        f"<dc:title>{xml_text(typographie(document.title))}</dc:title>"
        f"<dc:subject>{xml_text(typographie(document.subtitle))}</dc:subject>"
        f"<meta:initial-creator>{xml_text(document.author)}</meta:initial-creator>"
        f"<dc:creator>{xml_text(document.author)}</dc:creator><meta:creation-date>{moment}</meta:creation-date>"
        f"<dc:date>{moment}</dc:date><dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
    )


def _settings() -> str:
    items = {
        "EmbedFonts": "true",
        "AddParaTableSpacing": "false",
        "AddParaTableSpacingAtStart": "true",
        "AddExternalLeading": "true",
        "UseFormerLineSpacing": "false",
        "IgnoreTabsAndBlanksForLineCalculation": "false",
    }
    rows = "".join(
        f'<config:config-item config:name="{name}" config:type="boolean">{value}</config:config-item>'
        for name, value in items.items()
    )
    return (
        f'{XML}<office:document-settings {NS} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:configuration-settings">'
        f"{rows}</config:config-item-set></office:settings></office:document-settings>"
    )


def package_files(document: Document, content: str, pictures_: Pictures) -> list[tuple[str, bytes | str]]:
    styles = styles_xml(document, pictures_)
    files: list[tuple[str, bytes | str]] = [
        ("content.xml", content),
        ("styles.xml", styles),
        ("meta.xml", _meta(document)),
        ("settings.xml", _settings()),
    ]
    files += [
        (f"Fonts/AtkinsonNext-{face}.ttf", (_FONTS / f"AtkinsonNext-{face}.ttf").read_bytes())
        for face in FACES
    ]
    files += sorted(pictures_.files.items())
    types = {"xml": "text/xml", "ttf": "application/x-font-ttf", "png": "image/png"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{xml_attr(name)}" manifest:media-type="{types[name.rsplit(".", 1)[1]]}"/>'
        for name, _ in files
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
        f"{entries}</manifest:manifest>"
    )
    return [("mimetype", MEDIA_TYPE), *files, ("META-INF/manifest.xml", manifest)]
