"""Cement tiles as SVG: the drawings of the identity, for covers and first columns."""

from __future__ import annotations

from .model import Hue, Tile

_DRAWINGS = (
    '<path d="M0 0h12a12 12 0 0 1-12 12zM24 24H12a12 12 0 0 1 12-12z"/><circle cx="12" cy="12" r="3.2"/>',
    (
        '<path d="M0 0q12 0 12 12Q0 12 0 0zM24 0q0 12-12 12Q12 0 24 0zM0 24q0-12 12-12 0 12-12 12z'
        'M24 24q-12 0-12-12 12 0 12 12z"/>'
    ),
    '<path d="M12 0l12 12-12 12L0 12z"/>',
    '<path d="M0 0h24L0 24z"/>',
    '<path d="M12 12L6 0h12zM12 12l12-6v12zM12 12l6 12H6zM12 12L0 18V6z"/>',
    (
        '<path fill-rule="evenodd" d="M0 0h24a24 24 0 0 1-24 24zM0 0v15A15 15 0 0 0 15 0z"/>'
        '<path d="M0 0h8a8 8 0 0 1-8 8z"/>'
    ),
    '<path d="M0 0h12v12H0zM12 12h12v12H12z"/>',
    '<path fill-rule="evenodd" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 5.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z"/>',
)
TILE_MM = 4.0
HUES: dict[Hue, tuple[str, str]] = {
    "bv": ("#0a5a5e", "#bfdcd6"),
    "ocre": ("#dfa12f", "#fbecca"),
    "brique": ("#a5412a", "#f3cdbd"),
    "olive": ("#5f6d22", "#d9dfb2"),
    "ardoise": ("#3c5a85", "#cbd8ea"),
    "prune": ("#74436a", "#e3c9dd"),
}
MURAL_COLUMNS, MURAL_ROWS = 10, 5


def tile_svg(tile: Tile) -> str:
    return _svg(24, 24, _placed(tile, 0, 0))


def mural_svg(tiles: tuple[Tile, ...]) -> str:
    """The cover's wall: every commune's tile, laid again in another order until the wall is full.

    Stepping by a number prime with the count visits every tile before any comes back, and shifting
    each turn keeps the same neighbours from meeting twice in a row.
    """
    count = len(tiles)
    step = next(s for s in (7, 11, 5, 13, 3, 1) if count == 1 or (count % s and s < count) or s == 1)
    placed = []
    for place in range(MURAL_COLUMNS * MURAL_ROWS):
        turn, rank = divmod(place, count)
        tile = tiles[(rank * step + turn * 3) % count]
        placed.append(_placed(tile, 24 * (place % MURAL_COLUMNS), 24 * (place // MURAL_COLUMNS)))
    return _svg(24 * MURAL_COLUMNS, 24 * MURAL_ROWS, "".join(placed))


def strip_size(count: int) -> tuple[int, int]:
    """Tiles per row and rows of the strip « one tile per commune »."""
    per_row = min(max(count, 16), 24) if count <= 48 else 40
    return per_row, -(-count // per_row)


def strip_svg(tiles: tuple[Tile, ...]) -> str:
    per_row, rows = strip_size(len(tiles))
    placed = [_placed(t, 26 * (n % per_row), 26 * (n // per_row)) for n, t in enumerate(tiles)]
    return _svg(26 * per_row - 2, 26 * rows - 2, "".join(placed))


def _placed(tile: Tile, x: int, y: int) -> str:
    ink, ground = HUES[tile.hue]
    return (
        f'<g transform="translate({x} {y})"><rect width="24" height="24" fill="{ground}"/>'
        f'<g fill="{ink}">{_DRAWINGS[tile.drawing]}</g></g>'
    )


def _svg(width: int, height: int, content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{content}</svg>'
