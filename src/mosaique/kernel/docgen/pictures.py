"""Pictures ready to place: size of a PNG, SVG turned to PNG for office files, QR codes."""

from __future__ import annotations

import io
import json
import re
import struct
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
import typst

from .model import DocumentError, Picture, Tile
from .tiles import HUES, TILE_MM, tile_svg

_MAX_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A PNG with the size it takes on paper; an empty `alt` marks a decoration."""

    png: bytes
    width_mm: float
    height_mm: float
    alt: str = ""
    svg: str = ""  # a drawing of ours: the PDF takes it as it is
    title: str = ""


def png_size(data: bytes) -> tuple[int, int]:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        raise DocumentError("L’image jointe n’est pas une image PNG lisible.")
    width, height = struct.unpack(">II", data[16:24])
    if not width or not height or width * height > _MAX_PIXELS:
        raise DocumentError(
            "L’image jointe est vide ou trop grande pour un document (40 millions de points au plus)."
        )
    return width, height


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in points, read from the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            if not width or not height or width * height > _MAX_PIXELS:
                break
            return width, height
        at += 2 + length
    raise DocumentError("L’image jointe n’est pas une image JPEG lisible, ou elle est trop grande.")


LOGO_MM = (60, 18)  # the box of the cover
_LOGO_PPI = 300


def logo_png(data: bytes) -> bytes:
    """A PNG or a JPEG drawn again at the size a cover needs: what is kept is light, and holds a picture and nothing else.

    Raises `DocumentError` (French) for what is no picture or is too large to be drawn.
    """
    kind = "png" if data[:8] == b"\x89PNG\r\n\x1a\n" else "jpg"
    width, height = png_size(data) if kind == "png" else jpeg_size(data)
    height_mm = min(LOGO_MM[0] * height / width, LOGO_MM[1])
    source = (
        f"#set page(width: {height_mm * width / height:.2f}mm, height: {height_mm:.2f}mm, margin: 0pt, fill: none)\n"
        f'#image("logo.{kind}", width: 100%, height: 100%)'
    )
    try:
        with TemporaryDirectory() as folder:
            Path(folder, f"logo.{kind}").write_bytes(data)
            Path(folder, "logo.typ").write_text(source)
            drawn: bytes | list[bytes] = typst.compile(
                str(Path(folder, "logo.typ")), root=folder, format="png", ppi=_LOGO_PPI
            )
    except RuntimeError:
        raise DocumentError(
            "Cette image ne peut pas être dessinée : elle est abîmée. Enregistrez-la à nouveau."
        ) from None
    return drawn if isinstance(drawn, bytes) else drawn[0]


def svg_ratio(data: bytes) -> float:
    """Width over height, read from viewBox, else from width and height."""
    head = data[:4000].decode("utf-8", "replace")
    if box := re.search(r'viewBox="\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)', head):
        width, height = float(box[1]), float(box[2])
    else:
        sizes = [re.search(rf'<svg[^>]*\b{name}="([\d.]+)', head) for name in ("width", "height")]
        if not all(sizes):
            raise DocumentError("Le logo SVG ne dit pas ses dimensions (viewBox). Enregistrez-le en PNG.")
        width, height = (float(s[1]) for s in sizes if s)
    if width <= 0 or height <= 0:
        raise DocumentError("Le logo SVG a une dimension nulle.")
    return width / height


@lru_cache(maxsize=256)
def rasterise(svg: str, width_mm: float, ppi: int = 220) -> bytes:
    """SVG to PNG by the engine that also makes the PDF: one drawing, the same everywhere."""
    source = (
        f"#set page(width: {width_mm}mm, height: auto, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    try:
        result = typst.compile(source.encode(), format="png", ppi=ppi, sys_inputs={"svg": svg})
    except RuntimeError:
        raise DocumentError("Le logo SVG ne peut pas être dessiné. Enregistrez-le en PNG.") from None
    return result if isinstance(result, bytes) else result[0]


_DRAWING_PPI = 200
_drawn: OrderedDict[str, bytes] = OrderedDict()  # the two office files of a freeze share their pictures
_KEPT = 64


def rasterised(wanted: list[Placed]) -> list[Placed]:
    """Our drawings as PNG, all in one go, one a page: with our fonts and no other, so always the same bytes."""
    missing = list(dict.fromkeys(one.svg for one in wanted if one.svg and one.svg not in _drawn))
    made = dict(zip(missing, _pages_of(missing, wanted), strict=True)) if missing else {}
    done = [replace(one, png=made.get(one.svg) or _drawn[one.svg]) if one.svg else one for one in wanted]
    _drawn.update(made)
    while len(_drawn) > _KEPT:
        _drawn.popitem(last=False)
    return done


def _pages_of(svgs: list[str], wanted: list[Placed]) -> list[bytes]:
    size = {one.svg: (one.width_mm, one.height_mm) for one in wanted}
    source = (
        "#let all = json(bytes(sys.inputs.drawings))\n"
        "#for (drawing, width, height) in all { page(width: width * 1mm, height: height * 1mm, margin: 0pt, fill: none, "
        'image(bytes(drawing), format: "svg", width: 100%)) }'
    )
    inputs = {"drawings": json.dumps([[svg, *size[svg]] for svg in svgs])}
    pages = typst.compile(
        source.encode(), format="png", ppi=_DRAWING_PPI, font_paths=fonts(), sys_inputs=inputs
    )
    return pages if isinstance(pages, list) else [pages]


@cache
def fonts() -> typst.Fonts:
    """Our typefaces and no other."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(__file__).parent / "fonts")])


@lru_cache(maxsize=1)
def _tile_pngs() -> dict[Tile, bytes]:
    """Every tile in one go, one a page: forty-eight calls would cost half a second."""
    tiles = [Tile(drawing, hue) for drawing in range(8) for hue in HUES]
    source = (
        f"#set page(width: {TILE_MM}mm, height: {TILE_MM}mm, margin: 0pt, fill: none)\n"
        '#for tile in json(bytes(sys.inputs.tiles)) { image(bytes(tile), format: "svg", width: 100%) }'
    )
    inputs = {"tiles": json.dumps([tile_svg(tile) for tile in tiles])}
    pages = typst.compile(source.encode(), format="png", ppi=220, sys_inputs=inputs)
    return dict(zip(tiles, pages if isinstance(pages, list) else [pages], strict=True))


def tile(wanted: Tile) -> Placed:
    """A tile as a small decoration beside a name."""
    return Placed(_tile_pngs()[wanted], TILE_MM, TILE_MM)


def placed(picture: Picture, *, width_mm: float, max_height_mm: float) -> Placed:
    """Fit a picture in a box without stretching it."""
    if picture.kind == "svg":
        ratio = svg_ratio(picture.data)
    else:
        width, height = png_size(picture.data)
        ratio = width / height
    height_mm = min(width_mm / ratio, max_height_mm)
    width_mm = round(height_mm * ratio, 2)
    data = picture.data if picture.kind == "png" else rasterise(picture.data.decode("utf-8"), width_mm)
    return Placed(data, width_mm, round(height_mm, 2), picture.alt)


@lru_cache(maxsize=64)
def qr_png(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=1, dark="#1a2630")
    return out.getvalue()
