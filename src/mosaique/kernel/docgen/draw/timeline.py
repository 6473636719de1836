"""Dates on a scale of years: one line a subject, one shape a kind of step."""

from __future__ import annotations

from datetime import date

from mosaique.kernel.typography import typographie

from ..drawing import Timeline
from ..measure import text_width
from ..styles import INK, RULE, RULE_STRONG, SOFT
from .ink import LINE, SIZE, SMALL, Canvas, number, wrap

_TO_SET = "à fixer"


def draw(canvas: Canvas, drawing: Timeline, x: float, width: float) -> float:
    longest = max(text_width(typographie(row.label), SIZE) for row in drawing.rows)
    label = min(longest + 10, width * 0.36)
    missing = [_missing(drawing, row.days) for row in drawing.rows]
    room = min(max(text_width(said, SMALL) for said in missing) + 8, width * 0.26) if any(missing) else 0.0
    left, right = x + label + 6, x + width - room - 6
    known = [day for row in drawing.rows for day in row.days if day]
    first, last = date(min(known).year, 1, 1), date(max(known).year + 1, 1, 1)
    span = (last - first).days
    top = _keys(canvas, drawing, x, width) + 15
    rows = [wrap(row.label, SIZE, label - 4) for row in drawing.rows]
    heights = [
        max(len(lines), len(wrap(said, SMALL, room - 6)) if said else 1) * LINE + 5
        for lines, said in zip(rows, missing, strict=True)
    ]
    bottom = top + sum(heights)
    for year in range(first.year, last.year + 1):
        at = left + (date(year, 1, 1) - first).days / span * (right - left)
        canvas.line(at, top - 3, at, bottom, RULE, 0.5)
        if year < last.year:
            middle = left + (date(year, 7, 2) - first).days / span * (right - left)
            canvas.text(middle, top - 6, str(year), SMALL, bold=True, anchor="middle")
    canvas.line(x, top - 2, x + width, top - 2, RULE_STRONG, 0.7)
    if room:
        canvas.text(x + width, top - 6, typographie(_TO_SET).capitalize(), SMALL, bold=True, anchor="end")
    for row, lines, said, height in zip(drawing.rows, rows, missing, heights, strict=True):
        for rank, line in enumerate(lines):
            canvas.text(x, top + 9 + rank * LINE, line)
        middle = top + height / 2 - 0.5
        places = [
            (kind, left + (day - first).days / span * (right - left))
            for kind, day in enumerate(row.days)
            if day
        ]
        if len(places) > 1:
            canvas.line(
                min(p for _, p in places), middle, max(p for _, p in places), middle, RULE_STRONG, 0.8
            )
        for kind, at in places:
            _shape(canvas, kind, at, middle)
        for rank, line in enumerate(wrap(said, SMALL, room - 6) if said else ()):
            canvas.text(x + width, top + 9 + rank * LINE, line, SMALL, anchor="end", colour=SOFT)
        top += height
        canvas.line(x, top, x + width, top, RULE, 0.4)
    return top + 1


def _missing(drawing: Timeline, days: tuple[date | None, ...]) -> str:
    return ", ".join(kind.lower() for kind, day in zip(drawing.kinds, days, strict=True) if day is None)


def _keys(canvas: Canvas, drawing: Timeline, x: float, width: float) -> float:
    at, top = x, 0.0
    for rank, kind in enumerate(drawing.kinds):
        said = typographie(kind)
        needed = 16 + text_width(said, SIZE)
        if at > x and at + needed > x + width:
            at, top = x, top + 14
        _shape(canvas, rank, at + 5, top + 5)
        canvas.text(at + 14, top + 8, said)
        at += needed + 14
    return top + 14


def _shape(canvas: Canvas, kind: int, x: float, y: float) -> None:
    """Ring, triangle, square, lozenge, cross: told apart without colour."""
    look = f'stroke="#{INK}" stroke-width="1" stroke-linejoin="round"'
    px, py = number(x), number(y)
    match kind:
        case 0:
            canvas.add(f'<circle cx="{px}" cy="{py}" r="3.6" fill="#ffffff" {look}/>')
        case 1:
            canvas.add(f'<path d="M{px} {number(y - 4)}l4 7h-8z" fill="{canvas.pale}" {look}/>')
        case 2:
            canvas.add(
                f'<rect x="{number(x - 3.5)}" y="{number(y - 3.5)}" width="7" height="7" fill="{canvas.full}" {look}/>'
            )
        case 3:
            canvas.add(f'<path d="M{px} {number(y - 4.6)}l4.6 4.6-4.6 4.6-4.6-4.6z" fill="#ffffff" {look}/>')
        case _:
            canvas.add(f'<path d="M{number(x - 3.5)} {number(y - 3.5)}l7 7m0-7l-7 7" fill="none" {look}/>')
