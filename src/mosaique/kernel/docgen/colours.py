"""Colours on paper: what is readable, and the nearest tone that is (WCAG 2.2, relative luminance and contrast)."""

from __future__ import annotations

import re

PAPER = "ffffff"
TEXT, LINES = 4.5, 3.0  # least contrast of words, and of what is drawn
_SIX, _THREE = re.compile(r"[0-9a-f]{6}\Z"), re.compile(r"[0-9a-f]{3}\Z")


def parse(text: str) -> str | None:
    """« #1F5F3A », « 1f5f3a » or « #195 » as six digits; None when it is no colour."""
    bare = text.strip().lower().removeprefix("#")
    if _THREE.match(bare):
        bare = "".join(2 * digit for digit in bare)
    return bare if _SIX.match(bare) else None


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str = PAPER) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def dark_enough(colour: str, least: float) -> str:
    """The same hue, no darker than it must be to stand out on paper."""
    channels = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    for part in range(1000, -1, -1):
        tried = "".join(f"{c * part // 1000:02x}" for c in channels)
        if contrast(tried) >= least:
            return tried
    return "000000"
