"""What a DOCX holds around its text: pictures, headers, footers, fonts, settings, relations."""

from __future__ import annotations

import uuid
from functools import cache
from pathlib import Path

from mosaique.kernel.typography import typographie

from .. import pictures
from ..cover import footer_lines
from ..flow import Flow
from ..model import Document
from ..package import XML, xml_attr, xml_text
from ..styles import (
    FACES,
    FALLBACK_FONT,
    FONT,
    LANDSCAPE,
    MM,
    PORTRAIT,
    PageSize,
)
from .named import NS, numbering_xml, styles_xml, twips

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FONTS = Path(__file__).parent.parent / "fonts"


class Media:
    """Pictures and links of one part, each stored once."""

    def __init__(self) -> None:
        self.files: dict[bytes, str] = {}
        self.links: dict[str, str] = {}
        self._shapes = 0

    def picture(self, png: bytes) -> str:
        name = self.files.setdefault(png, f"image{len(self.files) + 1}.png")
        return f"rIdImg{name.removeprefix('image').removesuffix('.png')}"

    def link(self, url: str) -> str:
        return self.links.setdefault(url, f"rIdLnk{len(self.links) + 1}")

    def next_shape(self) -> int:
        self._shapes += 1
        return self._shapes


def drawing(media: Media, placed: pictures.Placed, *, anchor: bool = False) -> str:
    """An inline picture, or one laid over the page's top left corner."""
    cx, cy = round(placed.width_mm * 36000), round(placed.height_mm * 36000)
    number, rel = media.next_shape(), media.picture(placed.png)
    # The extension marks decoration; older programs read the empty description.
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    title = f' title="{xml_attr(placed.title)}"' if placed.title else ""
    props = f'<wp:docPr id="{number}" name="Image {number}"{title} descr="{xml_attr(placed.alt)}"' + (
        "/>" if placed.alt else f">{decorative}</wp:docPr>"
    )
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Image {number}" descr="{xml_attr(placed.alt)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{rel}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    lock = '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    if not anchor:
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
            f"{props}{lock}{graphic}</wp:inline></w:drawing>"
        )
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{props}{lock}{graphic}</wp:anchor></w:drawing>"
    )


@cache
def _font_key(face: str) -> str:
    # A key drawn from the face's name: the same file every time, as the format asks for some GUID.
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"mosaique:police:{face}")).upper() + "}"


@cache
def _obfuscated(face: str) -> bytes:
    """The format's own font wrapping: the first 32 bytes are masked with the key."""
    data = bytearray((_FONTS / f"AtkinsonNext-{face}.ttf").read_bytes())
    key = bytes.fromhex(_font_key(face).strip("{}").replace("-", ""))[::-1]
    for i in range(32):
        data[i] ^= key[i % 16]
    return bytes(data)


def _font_table() -> str:
    embedded = "".join(
        f'<w:embed{face} r:id="rId{n}" w:fontKey="{_font_key(face)}"/>' for n, face in enumerate(FACES, 1)
    )
    return (
        f'{XML}<w:fonts {NS}><w:font w:name="{FONT}"><w:altName w:val="{FALLBACK_FONT}"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{embedded}</w:font></w:fonts>'
    )


_SETTINGS = (
    f'{XML}<w:settings {NS}><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="709"/>'
    '<w:autoHyphenation w:val="0"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def frames(document: Document, media: Media) -> dict[str, tuple[str, Media]]:
    """Headers and footers, with the pictures they use; one pair per orientation as tab stops differ."""
    made: dict[str, tuple[str, Media]] = {}
    running = typographie(document.running_title or document.title)
    for name, size in (("P", PORTRAIT), ("L", LANDSCAPE)):
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(size.text_width)}"/></w:tabs>'
        text = (
            f'<w:p><w:pPr><w:pStyle w:val="Header"/>{tab}</w:pPr><w:r><w:t xml:space="preserve">'
            f"{xml_text(typographie(document.authority))}</w:t></w:r><w:r><w:tab/></w:r>"
            f'<w:r><w:t xml:space="preserve">{xml_text(running)}</w:t></w:r></w:p>'
        )
        made[f"header{name}"] = (f"{XML}<w:hdr {NS}>{text}</w:hdr>", Media())
        own = Media()
        made[f"footer{name}"] = (f"{XML}<w:ftr {NS}>{_footer(document, size, own)}</w:ftr>", own)
    own = Media()
    made["footerC"] = (f"{XML}<w:ftr {NS}>{_footer(document, PORTRAIT, own, number=False)}</w:ftr>", own)
    made["headerC"] = (
        f'{XML}<w:hdr {NS}><w:p><w:pPr><w:pStyle w:val="ApresTableau"/></w:pPr></w:p></w:hdr>',
        Media(),
    )
    return made


_NO_MARGIN = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'


def _footer(document: Document, size: PageSize, media: Media, *, number: bool = True) -> str:
    qr = (
        pictures.Placed(pictures.qr_png(document.verify_url), 11, 11, "Code QR de vérification")
        if document.verify_url
        else None
    )
    widths = [14 * MM if qr else 0.0, 0.0, 20 * MM]
    widths[1] = size.text_width - widths[0] - widths[2]
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>1</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    cells = []
    if qr:
        # The picture's line must grow with it: no exact height here.
        cells.append(f'<w:p><w:pPr><w:pStyle w:val="Image"/></w:pPr><w:r>{drawing(media, qr)}</w:r></w:p>')
    cells.append(
        "".join(
            f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{xml_text(line)}</w:t></w:r></w:p>'
            for line in footer_lines(document) or [""]
        )
    )
    cells.append(f'<w:p><w:pPr><w:pStyle w:val="NumeroPage"/></w:pPr>{page if number else ""}</w:p>')
    used = [w for w in widths if w]
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in used)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(w)}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>{c}</w:tc>'
        for w, c in zip(used, cells, strict=True)
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(size.text_width)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_NO_MARGIN}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
    )
    return (
        table
        + '<w:p><w:pPr><w:pStyle w:val="ApresTableau"/><w:spacing w:before="0" w:after="0" w:line="20"/></w:pPr></w:p>'
    )


def _relations(items: list[tuple[str, str, str, bool]]) -> str:
    outside = {True: ' TargetMode="External"', False: ""}
    lines = "".join(
        f'<Relationship Id="{i}" Type="{t}" Target="{xml_attr(target)}"{outside[external]}/>'
        for i, t, target, external in items
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def _media_relations(media: Media, names: dict[bytes, str]) -> list[tuple[str, str, str, bool]]:
    found = [(media.picture(png), _REL + "image", f"media/{names[png]}", False) for png in media.files]
    return found + [(rel, _REL + "hyperlink", url, True) for url, rel in media.links.items()]


def package_files(
    document: Document, flow: Flow, main: str, made: dict[str, tuple[str, Media]], media: Media
) -> list[tuple[str, bytes | str]]:
    names: dict[bytes, str] = {}
    for owner in (media, *(own for _, own in made.values())):
        for png in owner.files:
            names.setdefault(png, f"image{len(names) + 1}.png")
    base = [
        ("rIdStyles", _REL + "styles", "styles.xml", False),
        ("rIdNumbering", _REL + "numbering", "numbering.xml", False),
        ("rIdSettings", _REL + "settings", "settings.xml", False),
        ("rIdFonts", _REL + "fontTable", "fontTable.xml", False),
    ]
    base += [(f"rId{n}", _REL + n[:6], f"{n}.xml", False) for n in made]
    moment = f"{document.date.isoformat()}T00:00:00Z"
    core = (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_text(typographie(document.title))}</dc:title>"
        f"<dc:subject>{xml_text(typographie(document.subtitle))}</dc:subject><dc:creator>{xml_text(document.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{xml_text(document.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified><dc:language>fr-FR</dc:language>'
        "</cp:coreProperties>"
    )
    app = (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Mosaïque</Application><Company>{xml_text(document.authority)}</Company></Properties>"
    )
    overrides = [
        ("word/document.xml", "document.main"),
        ("word/styles.xml", "styles"),
        ("word/numbering.xml", "numbering"),
    ]
    overrides += [("word/settings.xml", "settings"), ("word/fontTable.xml", "fontTable")]
    overrides += [(f"word/{n}.xml", n[:6]) for n in made]
    types = (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
        + "".join(f'<Override PartName="/{p}" ContentType="{_TYPE}{t}+xml"/>' for p, t in overrides)
        + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )
    root = _relations(
        [
            ("rId1", _REL + "officeDocument", "word/document.xml", False),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
                False,
            ),
            ("rId3", _REL + "extended-properties", "docProps/app.xml", False),
        ]
    )
    files: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("docProps/app.xml", app),
        ("docProps/core.xml", core),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", _relations(base + _media_relations(media, names))),
        ("word/styles.xml", styles_xml(document.look)),
        ("word/numbering.xml", numbering_xml(flow)),
        ("word/settings.xml", _SETTINGS),
        ("word/fontTable.xml", _font_table()),
        (
            "word/_rels/fontTable.xml.rels",
            _relations([(f"rId{n}", _REL + "font", f"fonts/font{n}.odttf", False) for n in range(1, 5)]),
        ),
    ]
    for name, (text, own) in made.items():
        files.append((f"word/{name}.xml", text))
        if own.files or own.links:
            files.append((f"word/_rels/{name}.xml.rels", _relations(_media_relations(own, names))))
    files += [(f"word/fonts/font{n}.odttf", _obfuscated(face)) for n, face in enumerate(FACES, 1)]
    files += [(f"word/media/{name}", png) for png, name in names.items()]
    return files
