"""Fills of a map where no style sheet reaches it: images, documents.  On pages the classes ``m-*`` do the work."""

from __future__ import annotations

from .tiles import COLOURS, FIGURES, Tile

PAPER, INK, HALO = "#faf6ec", "#1a2630", "#fffefa"


def _stripes(name: str, ground: str, figure: str, width: int) -> str:
    return (
        f'<pattern id="{name}" width="10" height="10" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="10" height="10" fill="{ground}"/>'
        f'<rect width="{width}" height="10" fill="{figure}"/></pattern>'
    )


def _square(name: str, side: int, ground: str, figure: str) -> str:
    return (
        f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<rect width="{side}" height="{side}" fill="{ground}"/>{figure}</pattern>'
    )


def _dots(name: str, ground: str, figure: str) -> str:
    dots = "".join(f'<circle cx="{c}" cy="{c}" r="2" fill="{figure}"/>' for c in (3.5, 10.5))
    return _square(name, 14, ground, dots)


#: Plain = yes or done, diagonal = yes if or in progress, lines = to check or tacit, blue dots = later, ochre dots
#: = waiting, crosses = no, dashed outline = unknown.  Value: plain colour, or identifier of a pattern.
STATES = {
    "m-fait": "#79b5ad", "m-oui": "#79b5ad", "m-vide": HALO,
    "m-si": "url(#p-si)", "m-cours": "url(#p-cours)", "m-verif": "url(#p-verif)", "m-tacite": "url(#p-verif)",
    "m-tard": "url(#p-tard)", "m-rien": "url(#p-rien)", "m-non": "url(#p-non)",
}  # fmt: skip
#: Classes whose name needs no halo: the ground is plain.
PLAIN = frozenset(name for name, fill in STATES.items() if fill.startswith("#"))

DEFINITIONS = {
    "p-si": _stripes("p-si", "#e3efeb", "#4d938c", 4),
    "p-cours": _stripes("p-cours", "#dbebe7", "#6fa8a5", 3),
    "p-verif": _square("p-verif", 12, "#cbe2dd", '<path d="M0 6h12" stroke="#4d938c" stroke-width="2.2"/>'),
    "p-tard": _dots("p-tard", "#dfe7f2", "#3c5a85"),
    "p-rien": _dots("p-rien", "#fbecca", "#b97d14"),
    "p-non": _square(
        "p-non", 13, "#f8e1d7", '<path d="M2.5 2.5l8 8m0-8l-8 8" stroke="#a5412a" stroke-width="1.6"/>'
    ),
}


def tile_pattern(tile: Tile) -> str:
    """The pattern of a commune's tile, softened so that a name stays readable over it."""
    ground, figure = COLOURS[tile.hue]
    return (
        f'<pattern id="{tile.pattern_id}" width="20" height="20" patternUnits="userSpaceOnUse">'
        f'<rect width="20" height="20" fill="{ground}"/>'
        f'<g transform="scale(.8334)" fill="{figure}" opacity=".55">{FIGURES[tile.drawing]}</g></pattern>'
    )
