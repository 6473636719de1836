"""One whole and its parts, side by side, each with a pattern of its own and its figures in the legend."""

from __future__ import annotations

from decimal import Decimal

from ..drawing import Fill, Shares
from .ink import LINE, SIZE, Canvas, wrap

_FILLS: tuple[Fill, ...] = ("plein", "raies", "points", "croix", "lignes", "anneaux", "damier", "blanc")
_TALL = 30.0


def draw(canvas: Canvas, drawing: Shares, x: float, width: float) -> float:
    total = sum((part.value for part in drawing.parts), Decimal(0))
    at = x
    for fill, part in zip(_FILLS, drawing.parts, strict=False):
        wide = float(part.value / total) * width
        if wide > 0:
            canvas.rect(at, 1, wide, _TALL, fill)
        at += wide
    top, column = _TALL + 9.0, width / 2
    lowest = top
    half = -(-len(drawing.parts) // 2)
    for rank, (fill, part) in enumerate(zip(_FILLS, drawing.parts, strict=False)):
        if rank == half:
            lowest, top = max(lowest, top), _TALL + 9.0
        left = x + (column if rank >= half else 0)
        canvas.rect(left, top, 16, 9, fill)
        lines = wrap(part.text, SIZE, column - 26)
        for line, words in enumerate(lines):
            canvas.text(left + 20, top + 7.6 + line * LINE, words)
        top += 4 + LINE * len(lines)
    return max(lowest, top)
