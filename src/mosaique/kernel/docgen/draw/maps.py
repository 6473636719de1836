"""A map: shapes with their patterns, names where they find room, a legend that counts."""

from __future__ import annotations

from ..drawing import Area, Map
from ..measure import text_width
from ..styles import INK, MM, SOFT
from .ink import LINE, SIZE, Canvas, legend, number, wrap

_NUDGES = ((0.0, 0.0), (0.0, -8.0), (0.0, 8.0), (-9.0, 0.0), (9.0, 0.0), (0.0, -14.0), (0.0, 14.0), (-16.0, 0.0), (16.0, 0.0),
           (-12.0, -9.0), (12.0, -9.0), (-12.0, 9.0), (12.0, 9.0))  # fmt: skip
_NAME, _NUMBER = 7.0, 6.5
_SIDE = 110  # narrower than this, the legend stands beside
Box = tuple[float, float, float, float]


def draw(canvas: Canvas, drawing: Map, x: float, width: float) -> float:
    """Draw in this width; the height taken."""
    beside = bool(drawing.keys) and drawing.width_mm < _SIDE and width / MM > drawing.width_mm + 30
    across = min(drawing.width_mm * MM, width)
    scale = across / (drawing.width + 6)
    canvas.add(f'<g transform="translate({number(x)} 0) scale({scale:.5f}) translate(3 3)">')
    for area in sorted(drawing.areas, key=lambda a: a.strong):
        line = f'stroke="#{INK if area.strong else SOFT}" stroke-width="{number((1.8 if area.strong else 0.45) / scale)}"'
        paint = canvas.paint(area.fill, pale=not area.strong, scale=round(1 / scale, 4))
        canvas.add(f'<path {paint} {line} stroke-linejoin="round" fill-rule="evenodd" d="{area.path}"/>')
    canvas.add("</g>")
    _names(canvas, drawing, x, scale, across)
    height = (drawing.height + 6) * scale
    if not drawing.keys:
        return height
    if beside:
        top = 4.0
        for key in drawing.keys:
            canvas.rect(x + across + 16, top, 16, 9, key.fill, pale=True)
            for rank, line in enumerate(wrap(key.word, SIZE, width - across - 40)):
                canvas.text(x + across + 36, top + 7.6 + rank * LINE, line)
                top += LINE if rank else 0
            top += 15
        return max(height, top)
    return (
        height + 8 + legend(canvas, [(k.fill, k.word) for k in drawing.keys], x, height + 8, width, pale=True)
    )


def _names(canvas: Canvas, drawing: Map, x: float, scale: float, across: float) -> None:
    taken: list[Box] = []
    for area in sorted(drawing.areas, key=lambda a: not a.strong):
        size = _NAME + (1 if area.strong else 0)
        lines = _cut(area.label, size, area.strong)
        if not (lines and _place(canvas, area, lines, size, x, scale, across, taken)) and area.number:
            _place(canvas, area, [area.number], _NUMBER, x, scale, across, taken)


def _cut(name: str, size: float, bold: bool) -> list[str]:
    """A name on one or two lines, cut after a hyphen or at a space, as even as possible."""
    if not name or text_width(name, size, bold) < 46:
        return [name] if name else []
    pieces = name.replace("-", "-\n").replace(" ", "\n").split("\n")
    both = [
        [" ".join(part).replace("- ", "-") for part in (pieces[:i], pieces[i:])]
        for i in range(1, len(pieces))
    ]
    return min(both, key=lambda two: max(text_width(one, size, bold) for one in two)) if both else [name]


def _place(
    canvas: Canvas,
    area: Area,
    lines: list[str],
    size: float,
    x: float,
    scale: float,
    across: float,
    taken: list[Box],
) -> bool:
    """Write where nothing else is written; False when there is no such place."""
    half = max(text_width(line, size, area.strong) for line in lines) / 2
    tall = len(lines) * size * 1.08
    for right, down in _NUDGES:
        middle = min(max(x + (area.x + 3) * scale + right, x + half), x + across - half)
        top = max((area.y + 3) * scale + down - tall / 2, 0.0)
        box = (middle - half - 1, top, middle + half + 1, top + tall)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        for rank, line in enumerate(lines):
            canvas.text(
                middle, top + size * (0.82 + 1.08 * rank), line, size, bold=area.strong, anchor="middle",
                halo=True,
            )  # fmt: skip
        return True
    return False
