"""How wide words are and how many lines they take, from the font's own advance widths."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from .model import Run

_FONTS = Path(__file__).parent / "fonts"
_AFTER_HYPHEN = re.compile(r"(?<=[-–—])(?=[^\W\d])")
# A word processor rounds and may shape text a hair wider or narrower than the sum of advances.
_TIGHT, _LOOSE = 0.992, 1.004


@cache
def _widths(bold: bool) -> dict[str, int]:
    table: dict[str, int] = json.loads((_FONTS / "widths.json").read_text("utf-8"))[
        "Bold" if bold else "Regular"
    ]
    return table


def has_glyph(character: str) -> bool:
    return character in _widths(False)


@lru_cache(maxsize=65536)
def em_width(text: str, bold: bool) -> int:
    """Width in thousandths of an em; a character the font lacks counts as a wide one."""
    table = _widths(bold)
    return sum(table.get(c, 900) for c in text)


def text_width(text: str, size: float, bold: bool = False) -> float:
    return em_width(text, bold) * size / 1000


def longest_word(text: str, size: float, bold: bool = False) -> float:
    # str.split() would also cut at unbreakable spaces: cut at plain ones only.
    words = (piece for word in re.split(r"[ \n]+", text) for piece in _AFTER_HYPHEN.split(word))
    return max((text_width(w, size, bold) for w in words), default=0.0)


def count_lines(runs: tuple[Run, ...], size: float, width: float, *, bold: bool = False) -> tuple[int, int]:
    """Fewest and most lines these runs can take in this width (nearly always the same number)."""
    fewest = most = 0
    for line in _segments(runs, bold):
        fewest += _wrap(line, width * 1000 / size * _LOOSE)
        most += _wrap(line, width * 1000 / size * _TIGHT)
    return fewest, most


def _segments(runs: tuple[Run, ...], bold: bool) -> list[list[list[int]]]:
    """Lines asked for by a line break; in each, unbreakable pieces as [width, space after]."""
    lines: list[list[list[int]]] = [[[0, 0]]]
    for run in runs:
        heavy = bold or run.bold
        space = em_width(" ", heavy)
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([[0, 0]])
            current = lines[-1]
            for rank, word in enumerate(text.split(" ")):
                if rank:
                    current[-1][1] += space
                    current.append([0, 0])
                for part, piece in enumerate(_AFTER_HYPHEN.split(word)):
                    if part:
                        current.append([0, 0])
                    current[-1][0] += em_width(piece, heavy)
    return lines


def _wrap(pieces: list[list[int]], available: float) -> int:
    lines, used = 1, 0.0
    for width, space in pieces:
        if used and used + width > available:
            lines += 1
            used = 0.0
        while width > available and available > 0:
            # A word longer than the line is cut where it must be.
            lines += 1
            width -= int(available)
        used += width + space
    return lines
