"""The cement tile of each commune: one of eight drawings in one of six hues, given once and stored.

A tile says who, never a status.  The rule is public and stable, so that two installations give the same
territory the same floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

HUES = ("bv", "ocre", "brique", "olive", "ardoise", "prune")
DRAWINGS = 8
PAIRS = DRAWINGS * len(HUES)

#: Ground and figure of each hue, for documents and images that have no style sheet.
COLOURS = {
    "bv": ("#bfdcd6", "#0a5a5e"),
    "ocre": ("#fbecca", "#dfa12f"),
    "brique": ("#f3cdbd", "#a5412a"),
    "olive": ("#d9dfb2", "#5f6d22"),
    "ardoise": ("#cbd8ea", "#3c5a85"),
    "prune": ("#e3c9dd", "#74436a"),
}

#: The figures, on a square of 24.
FIGURES = (
    '<path d="M0 0h12a12 12 0 0 1-12 12zM24 24H12a12 12 0 0 1 12-12z"/><circle cx="12" cy="12" r="3.2"/>',
    (
        '<path d="M0 0q12 0 12 12Q0 12 0 0zM24 0q0 12-12 12Q12 0 24 0z'
        'M0 24q0-12 12-12 0 12-12 12zM24 24q-12 0-12-12 12 0 12 12z"/>'
    ),
    '<path d="M12 0l12 12-12 12L0 12z"/>',
    '<path d="M0 0h24L0 24z"/>',
    '<path d="M12 12L6 0h12zM12 12l12-6v12zM12 12l6 12H6zM12 12L0 18V6z"/>',
    (
        '<path fill-rule="evenodd" d="M0 0h24a24 24 0 0 1-24 24zM0 0v15A15 15 0 0 0 15 0z"/>'
        '<path d="M0 0h8a8 8 0 0 1-8 8z"/>'
    ),
    '<path d="M0 0h12v12H0zM12 12h12v12H12z"/>',
    (
        '<path fill-rule="evenodd" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z'
        'm0 5.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z"/>'
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    drawing: int
    hue: str

    @property
    def pattern_id(self) -> str:
        """Identifier of the pattern that fills a map with this tile."""
        return f"p-c-{self.drawing}-{self.hue}"


#: The EPCI itself.
EPCI_TILE = Tile(1, "bv")


def _tile(number: int) -> Tile:
    return Tile(number % DRAWINGS, HUES[number // DRAWINGS])


def _number(tile: Tile) -> int:
    return HUES.index(tile.hue) * DRAWINGS + tile.drawing


def assign(insee_codes: Iterable[str], taken: Iterable[Tile] = ()) -> dict[str, Tile]:
    """The tile of each commune of a territory.

    ``crc32(code) mod 48``, communes in the order of their codes, next free number when taken.  Beyond 48
    communes pairs repeat: a round begins again once all 48 are laid, so that none is borne three times while
    another is borne once.  ``taken`` holds the tiles already stored, which newcomers must respect.
    """
    laid = [0] * PAIRS
    for tile in taken:
        laid[_number(tile)] += 1
    tiles: dict[str, Tile] = {}
    for code in sorted(set(insee_codes)):
        number, least = crc32(code.encode("ascii")) % PAIRS, min(laid)
        while laid[number] > least:
            number = (number + 1) % PAIRS
        laid[number] += 1
        tiles[code] = _tile(number)
    return tiles
