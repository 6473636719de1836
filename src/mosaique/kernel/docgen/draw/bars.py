"""Bars on both sides of zero, each with its value in words: what has no bar says why."""

from __future__ import annotations

from decimal import Decimal

from mosaique.kernel.typography import typographie

from ..drawing import Bar, Bars, Fill, Panel
from ..measure import text_width
from ..styles import INK, RULE, RULE_STRONG, SOFT
from .ink import LINE, SIZE, SMALL, Canvas, legend, wrap

_GAP = 14.0
_SERIES: tuple[Fill, ...] = ("blanc", "plein", "raies", "points")


def draw(canvas: Canvas, drawing: Bars, x: float, width: float) -> float:
    counts = [max(len(panel.series), 1) for panel in drawing.panels]
    longest = max(text_width(typographie(row.label), SIZE, True) for row in drawing.rows)
    label = min(longest + 8, width * 0.36)
    each = (width - label - _GAP * (len(drawing.panels) - 1)) / len(drawing.panels)
    top = _heads(canvas, drawing, x + label, each)
    if series := next((p.series for p in drawing.panels if p.series), ()):
        top += legend(canvas, list(zip(_SERIES, series, strict=False)), x + label, top, width - label)
    first_line = top
    rooms = [_room(drawing, number, counts, each) for number in range(len(drawing.panels))]
    for row in drawing.rows:
        lines = wrap(row.label, SIZE, label - 8, bold=row.strong)
        height = max(len(lines) * LINE, max(counts) * 10.5) + 3
        for rank, line in enumerate(lines):
            canvas.text(x, top + 9 + rank * LINE, line, bold=row.strong)
        start = 0
        for number, panel in enumerate(drawing.panels):
            left = x + label + number * (each + _GAP)
            bars = row.bars[start : start + counts[number]]
            start += counts[number]
            for rank, bar in enumerate(bars):
                fill = _SERIES[rank] if panel.series else "plein"
                _bar(
                    canvas, bar, fill, left, each, rooms[number], top + 1.5 + rank * 10.5,
                    strong=row.strong, tall=8.0 if panel.series else 8.5,
                )  # fmt: skip
        top += height
        canvas.line(x, top, x + width, top, RULE_STRONG if row.strong else RULE, 0.4)
    for number in range(len(drawing.panels)):
        room, low, high = rooms[number]
        zero = x + label + number * (each + _GAP) + _at(Decimal(0), low, high, each - room)
        canvas.line(zero, first_line, zero, top, INK, 0.7)
    return top + 1


def _heads(canvas: Canvas, drawing: Bars, x: float, each: float) -> float:
    titles = [wrap(panel.title, SIZE, each, bold=True) for panel in drawing.panels]
    for number, lines in enumerate(titles):
        for rank, line in enumerate(lines):
            canvas.text(x + number * (each + _GAP), 8.5 + rank * LINE, line, bold=True)
    return max(map(len, titles)) * LINE + 5


def _room(drawing: Bars, number: int, counts: list[int], each: float) -> tuple[float, Decimal, Decimal]:
    """Width kept for the values in words, and both ends of the scale."""
    panel: Panel = drawing.panels[number]
    start = sum(counts[:number])
    bars = [bar for row in drawing.rows for bar in row.bars[start : start + counts[number]]]
    words = max(text_width(typographie(bar.text), SMALL, True) for bar in bars) + 6
    known = [bar.value for bar in bars if bar.value is not None]
    low = panel.low if panel.low is not None else min([*known, Decimal(0)])
    high = panel.high if panel.high is not None else max([*known, Decimal(0)])
    if low == high:
        high = low + 1
    return min(words, each * 0.68), min(low, Decimal(0)), max(high, Decimal(0))


def _at(value: Decimal, low: Decimal, high: Decimal, width: float) -> float:
    return float((value - low) / (high - low)) * (width - 2) + 1


def _bar(
    canvas: Canvas,
    bar: Bar,
    fill: Fill,
    x: float,
    each: float,
    room: tuple[float, Decimal, Decimal],
    top: float,
    *,
    strong: bool,
    tall: float,
) -> None:
    words, low, high = room
    width = each - words
    zero = _at(Decimal(0), low, high, width)
    if bar.value is not None:
        end = _at(min(max(bar.value, low), high), low, high, width)
        left, right = min(zero, end), max(zero, end)
        canvas.rect(x + left, top, max(right - left, 0.6), tall, "raies" if bar.kind == "partial" else fill)
    elif bar.kind == "unknown":  # a fixed box beside the axis: a sign, not a length
        left = zero + 2 if zero + 14 <= width else zero - 14
        canvas.rect(x + left, top, 12, tall, "hachures")
    canvas.text(
        x + each, top + 7, typographie(bar.text), SMALL, bold=strong, anchor="end",
        colour=INK if bar.kind in ("known", "partial") else SOFT,
    )  # fmt: skip
