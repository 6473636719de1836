"""Drawing in points, as SVG: texts measured with our own font, patterns that print in black and white."""

from __future__ import annotations

import hashlib
from html import escape

from mosaique.kernel.typography import typographie

from ..drawing import Fill
from ..measure import text_width
from ..model import Look
from ..styles import FONT, INK, RULE, SOFT

SIZE, SMALL = 8.5, 8.0
LINE = 10.5
FULL, PALE = "#4d938c", "#79b5ad"  # a bar, a shape that carries a name


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def tint(colour: str, part: float) -> str:
    """`part` of the colour, the rest white."""
    channels = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "#" + "".join(f"{round(255 - (255 - c) * part):02x}" for c in channels)


def _pattern(fill: Fill) -> tuple[float, str, str]:
    """Side of the square, its content, its own transformation."""
    match fill:
        case "raies":
            return (
                6,
                '<rect width="6" height="6" fill="#e3efeb"/><rect width="2.4" height="6" fill="#4d938c"/>',
                "rotate(45)",
            )
        case "lignes":
            return (
                5,
                '<rect width="5" height="5" fill="#e9f1ee"/><path d="M0 2.5h5" stroke="#2f7770" stroke-width="1"/>',
                "",
            )
        case "points":
            return (
                6,
                (
                    '<rect width="6" height="6" fill="#e6ecf5"/><circle cx="1.5" cy="1.5" r="1.1" fill="#3c5a85"/>'
                    '<circle cx="4.5" cy="4.5" r="1.1" fill="#3c5a85"/>'
                ),
                "",
            )
        case "anneaux":
            return (
                7,
                '<rect width="7" height="7" fill="#fdf4dd"/><circle cx="3.5" cy="3.5" r="1.9" fill="none" '
                'stroke="#8a5c0a" stroke-width=".8"/>',
                "",
            )
        case "croix":
            return (
                7,
                '<rect width="7" height="7" fill="#fbece5"/><path d="M1.6 1.6l3.8 3.8m0-3.8l-3.8 3.8" '
                'stroke="#a5412a" stroke-width="1"/>',
                "",
            )
        case "damier":
            return (
                6,
                '<rect width="6" height="6" fill="#f3eaf0"/><path d="M0 0h3v3h-3zM3 3h3v3h-3z" fill="#9c7294"/>',
                "",
            )
        case "hachures":
            return (
                4,
                '<rect width="4" height="4" fill="#fffefa"/><path d="M0 0v4" stroke="#857c69" stroke-width="1"/>',
                "rotate(-45)",
            )
    raise AssertionError(fill)


class Canvas:
    """SVG pieces in the order drawn; patterns are written once, under names drawn from the picture itself."""

    def __init__(self, look: Look | None) -> None:
        self.full = f"#{look.main}" if look else FULL
        self.pale = tint(look.main, 0.45) if look else PALE
        self.pieces: list[str] = []
        self._used: dict[tuple[Fill, float], str] = {}

    def paint(self, fill: Fill, *, pale: bool = False, scale: float = 1.0) -> str:
        """The attributes that fill a shape; `scale` undoes the scale of the group it stands in."""
        if fill == "plein":
            return f'fill="{self.pale if pale else self.full}"'
        if fill == "clair":
            return 'fill="#f1eadb"'
        if fill == "blanc":
            return f'fill="#ffffff" stroke-dasharray="{number(3 * scale)} {number(2 * scale)}"'
        name = self._used.setdefault((fill, scale), f"@@{fill}{len(self._used)}")
        return f'fill="url(#{name})"'

    def add(self, piece: str) -> None:
        self.pieces.append(piece)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: Fill, *, pale: bool = False
    ) -> None:
        self.add(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
            f'{self.paint(fill, pale=pale)} stroke="#{SOFT}" stroke-width=".5"/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 0.5
    ) -> None:
        self.add(
            f'<path d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" stroke="#{colour}" '
            f'stroke-width="{number(width)}"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = SIZE,
        *,
        bold: bool = False,
        anchor: str = "start",
        colour: str = INK,
        halo: bool = False,
    ) -> None:
        """`y` is the base line."""
        look = ' font-weight="700"' if bold else ""
        look += f' text-anchor="{anchor}"' if anchor != "start" else ""
        if halo:
            look += ' paint-order="stroke" stroke="#ffffff" stroke-width="2.2" stroke-linejoin="round"'
        self.add(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="#{colour}"{look}>{escape(text)}</text>'
        )

    def svg(self, width: float, height: float) -> str:
        body = "".join(self.pieces)
        mark = "d" + hashlib.sha256(body.encode()).hexdigest()[:8]
        definitions = ""
        for (fill, scale), name in self._used.items():
            side, content, turned = _pattern(fill)
            moves = " ".join(filter(None, (f"scale({scale:.5g})" if scale != 1 else "", turned)))
            transform = f' patternTransform="{moves}"' if moves else ""
            definitions += (
                f'<pattern id="{name.replace("@@", mark)}" width="{number(side)}" height="{number(side)}" '
                f'patternUnits="userSpaceOnUse"{transform}>{content}</pattern>'
            )
        defs = f"<defs>{definitions}</defs>" if definitions else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
            f'font-family="{FONT}, Atkinson Next, sans-serif">{defs}{body.replace("@@", mark)}</svg>'
        )


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Lines of a text in this width; a word longer than it stays whole."""
    words, lines = typographie(text).split(" "), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def legend(
    canvas: Canvas, keys: list[tuple[Fill, str]], x: float, y: float, width: float, *, pale: bool = False
) -> float:
    """Patterns and their words, in lines; the height taken."""
    at, top = x, y
    for fill, word in keys:
        said = typographie(word)
        needed = 24 + text_width(said, SIZE)
        if at > x and at + needed > x + width:
            at, top = x, top + 14
        canvas.rect(at, top, 16, 9, fill, pale=pale)
        canvas.text(at + 20, top + 7.6, said)
        at += needed + 10
    return top + 12 - y
