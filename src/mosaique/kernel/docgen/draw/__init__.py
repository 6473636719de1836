"""From drawings (data) to SVG in points: the same data always gives the same bytes.

Door: `picture_of`. The PDF takes the SVG itself; office files take it as PNG (`pictures.rasterised`).
"""

from __future__ import annotations

from functools import lru_cache

from ..drawing import Bars, Drawing, Map, Shares, Timeline
from ..model import Look
from ..styles import MM
from . import bars, maps, shares, timeline
from .ink import Canvas

WIDTH_MM = 170.0
_GAP_MM = 6.0


@lru_cache(maxsize=256)
def picture_of(drawings: tuple[Drawing, ...], look: Look | None) -> tuple[str, float, float]:
    """SVG, width and height in millimetres, of one drawing or two side by side."""
    canvas = Canvas(look)
    if len(drawings) == 1:
        height = _draw(canvas, drawings[0], 0.0, WIDTH_MM * MM)
    else:
        first = getattr(drawings[0], "width_mm", 0)
        first = first if first <= WIDTH_MM / 2 else WIDTH_MM / 2
        height = _draw(canvas, drawings[0], 0.0, first * MM)
        left = (first + _GAP_MM) * MM
        canvas.add(f'<g transform="translate({left:.2f} 0)">')
        height = max(height, _draw(canvas, drawings[1], 0.0, WIDTH_MM * MM - left))
        canvas.add("</g>")
    return canvas.svg(WIDTH_MM * MM, height), WIDTH_MM, round(height / MM, 2)


def _draw(canvas: Canvas, drawing: Drawing, x: float, width: float) -> float:
    match drawing:
        case Map():
            return maps.draw(canvas, drawing, x, width)
        case Bars():
            return bars.draw(canvas, drawing, x, width)
        case Shares():
            return shares.draw(canvas, drawing, x, width)
        case Timeline():
            return timeline.draw(canvas, drawing, x, width)
