"""What an ODT holds around its text: pictures, page masters, metadata, fonts, manifest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mosaique.kernel.typography import typographie

from .. import pictures
from ..cover import footer_lines
from ..model import Document
from ..package import XML, xml_attr, xml_text
from ..pictures import Placed
from ..styles import (
    COVER,
    FACES,
    LANDSCAPE,
    MM,
    PLAIN_COVER,
    PORTRAIT,
    PageSize,
)
from .named import NS, OASIS, font_faces, named_styles, pt

_FONTS = Path(__file__).parent.parent / "fonts"
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


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
        if placed.title:
            alt = (
                f"<svg:title>{xml_text(placed.title)}</svg:title><svg:desc>{xml_text(placed.alt)}</svg:desc>"
            )
        return (
            f'<draw:frame draw:name="Image {self._frames}" {where} svg:width="{placed.width_mm:g}mm" '
            f'svg:height="{placed.height_mm:g}mm" draw:z-index="0"><draw:image xlink:href="{name}" '
            f'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>{alt}</draw:frame>'
        )


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
        f'{XML}<office:document-styles {NS} office:version="1.3">{font_faces()}<office:styles>{named_styles(document.look)}'
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
        f'{XML}<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
        f"{entries}</manifest:manifest>"
    )
    return [("mimetype", MEDIA_TYPE), *files, ("META-INF/manifest.xml", manifest)]
