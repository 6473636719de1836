"""Pictures ready to place: size of a PNG, SVG turned to PNG for office files, QR codes."""

from __future__ import annotations

import io
import json
import re
import struct
from dataclasses import dataclass
from functools import lru_cache

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


def png_size(data: bytes) -> tuple[int, int]:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        raise DocumentError("L’image jointe n’est pas une image PNG lisible.")
    width, height = struct.unpack(">II", data[16:24])
    if not width or not height or width * height > _MAX_PIXELS:
        raise DocumentError(
            "L’image jointe est vide ou trop grande pour un document (40 millions de points au plus)."
        )
    return width, height


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


@lru_cache(maxsize=64)
def qr_svg(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=1, dark="#1a2630", xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return out.getvalue().decode()
