"""What stands on the cover and at the foot of pages, for every format."""

from __future__ import annotations

from dataclasses import dataclass

from mosaique.kernel.typography import typographie

from . import pictures
from .model import Document, Picture
from .pictures import Placed
from .styles import MM, MURAL_HEIGHT, PORTRAIT
from .tiles import MURAL_COLUMNS, MURAL_ROWS, mural_svg, strip_size, strip_svg


@dataclass(slots=True)
class CoverParts:
    mural: Placed | None
    logo: Placed | None
    lines: list[tuple[str, str]]  # (style, text), top to bottom
    strip: Placed | None
    caption: str


def cover_lines(document: Document) -> list[tuple[str, str]]:
    cover = document.cover
    if cover is None:
        return []
    lines = [("couv-collectivite", document.authority), ("couv-titre", document.title)]
    if document.subtitle:
        lines.append(("couv-sous-titre", document.subtitle))
    if cover.label:
        lines.append(("couv-etat", cover.label))
    lines += [("couv-ligne", line) for line in cover.lines]
    return [(style, typographie(text)) for style, text in lines]


def cover_parts(document: Document) -> CoverParts:
    cover = document.cover
    if cover is None:
        raise ValueError("no cover")
    mural = strip = None
    if cover.tiles:
        width = 210.0
        # The wall fills the width; its height follows from whole tiles, cut to no fraction.
        mural = Placed(
            pictures.rasterise(mural_svg(cover.tiles), width, 150), width, width * MURAL_ROWS / MURAL_COLUMNS
        )
        per_row, rows = strip_size(len(cover.tiles))
        strip_width = PORTRAIT.text_width / MM
        strip = Placed(
            pictures.rasterise(strip_svg(cover.tiles), strip_width, 200),
            strip_width,
            strip_width * (26 * rows - 2) / (26 * per_row - 2),
        )
        if abs(mural.height_mm * MM - MURAL_HEIGHT) > 1:
            raise AssertionError("the cover's margin and its wall disagree")
    logo = _logo(cover.logo) if cover.logo else None
    return CoverParts(mural, logo, cover_lines(document), strip, typographie(cover.tiles_caption))


def _logo(picture: Picture) -> Placed:
    return pictures.placed(picture, width_mm=pictures.LOGO_MM[0], max_height_mm=pictures.LOGO_MM[1])


def footer_lines(document: Document) -> list[str]:
    lines = [typographie(document.footer)] if document.footer else []
    if document.code:
        code = " ".join(document.code[i : i + 4] for i in range(0, 16, 4))
        lines.append(f"Code\u00a0{code}".replace(" ", "\u00a0"))
    return lines
