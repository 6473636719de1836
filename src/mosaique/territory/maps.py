"""Maps of communes as SVG, drawn on the server, light enough for a page and whole enough for a document.

    svg = map_of([Area("81308", "m-oui", label="Valence-d'Albigeois"), …])

The shapes of a territory are projected once and kept (`Frame`); a page only pays for its own states and names.

The map is decorative (``aria-hidden``): a counted legend and a table always follow it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, radians

from .naming import curly
from .patterns import DEFINITIONS, HALO, INK, PAPER, PLAIN, STATES, tile_pattern
from .perimeter import gathered
from .pole import area, distance, pole
from .reference.outlines import Outline, dissolved
from .reference.outlines import of as outlines_of
from .tiles import Tile

WIDTH, MAX_HEIGHT, MARGIN = 800, 720, 3
FONT, LINE = 17, 1.1
#: The letters of a narrow map (a phone, half a projected screen): `frontend/css/components/map.css`.
NARROW_FONT = 25
_LETTER = 0.53 * FONT
#: A name longer than this goes on two lines, then three.
_ONE_LINE, _TWO_LINES = 12, 28

Ring = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Area:
    """What is shown of a commune: its fill (a class ``m-*`` or its tile), and, when asked, name, note and link."""

    code: str
    fill: str | Tile
    title: str = ""
    href: str = ""
    label: str = ""
    note: str = ""
    #: Keeps its name on small screens, and is named before the others.
    prominent: bool = False


class Markup(str):
    """Text that templates print as it is: everything in it is escaped already."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return self


@dataclass(frozen=True, slots=True)
class MapSvg:
    """A drawn map: ``{{ map }}`` in a template, ``standalone`` for an image or a document."""

    view_box: str
    shapes: str
    standalone_shapes: str
    patterns: str
    standalone_patterns: str
    width: int
    height: int
    #: Names asked for that found no room; the table beside the map has them.
    unlabelled: tuple[str, ...] = ()

    def __str__(self) -> str:
        # Apart from the map, or the style of its outlines would be drawn on the figures of the tiles too.
        patterns = (
            f'<svg width="0" height="0" class="vh" aria-hidden="true"><defs>{self.patterns}</defs></svg>'
            if self.patterns
            else ""
        )
        return Markup(
            f'{patterns}<svg class="communes" viewBox="{self.view_box}" aria-hidden="true">{self.shapes}</svg>'
        )

    @property
    def standalone(self) -> str:
        """A complete SVG file that needs no style sheet."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self.view_box}" width="{self.width}" '
            f'height="{self.height}"><defs>{self.standalone_patterns}</defs>'
            f'<g stroke="{PAPER}" stroke-width="2.5" stroke-linejoin="round">{self.standalone_shapes}</svg>'
        )


class _Projection:
    """Local equirectangular: true shapes at the middle latitude, which is exact enough for an EPCI."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        points = [p for o in outlines for polygon in o.polygons for p in polygon[0]]
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        self.west, self.north = min(lons), max(lats)
        self.squeeze = cos(radians((min(lats) + max(lats)) / 2))
        across = max((max(lons) - self.west) * self.squeeze, 1e-6)
        down = max(self.north - min(lats), 1e-6)
        self.scale = min(WIDTH / across, MAX_HEIGHT / down)
        self.height = round(down * self.scale)
        # A territory taller than wide stays in the middle of the same frame.
        self.shift = (WIDTH - across * self.scale) / 2

    def ring(self, ring: Sequence[tuple[float, float]]) -> Ring:
        """Rounded points, without those that rounding made equal: neighbours share theirs, so no gap opens."""
        points: Ring = []
        for lon, lat in ring:
            x = round((lon - self.west) * self.squeeze * self.scale + self.shift)
            y = round((self.north - lat) * self.scale)
            if not points or points[-1] != (x, y):
                points.append((x, y))
        while len(points) > 1 and points[0] == points[-1]:
            points.pop()
        return points


def _number(value: int) -> str:
    return str(value) if value < 0 else f" {value}"


def _path(polygons: list[list[Ring]]) -> str:
    parts = []
    for rings in polygons:
        for ring in rings:
            x, y = ring[0]
            steps = [f"M{x}{_number(y)}l"]
            for nx, ny in ring[1:]:
                steps.append(f"{_number(nx - x)}{_number(ny - y)}")
                x, y = nx, ny
            parts.append("".join(steps).replace("l ", "l") + "z")
    return "".join(parts)


def _project(outline: Outline, projection: _Projection) -> list[list[Ring]]:
    polygons = []
    for polygon in outline.polygons:
        rings = [ring for ring in map(projection.ring, polygon) if len(ring) >= 3]
        if rings:
            polygons.append(rings)
    if not polygons:  # smaller than a dot at this scale: still there
        x, y = projection.ring(outline.polygons[0][0])[0]
        polygons.append([[(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1)]])
    return polygons


def lines_of(name: str) -> list[str]:
    """A name on one, two or three lines, cut after a hyphen or at a space, as even as possible."""
    name = curly(name)
    if len(name) <= _ONE_LINE:
        return [name]
    pieces = name.replace("-", "-\n").replace(" ", "\n").split("\n")
    if len(pieces) == 1:
        return [name]

    def joined(parts: list[str]) -> str:
        return " ".join(parts).replace("- ", "-")

    two = [[joined(pieces[:i]), joined(pieces[i:])] for i in range(1, len(pieces))]
    best = min(two, key=lambda lines: max(map(len, lines)))
    if len(name) > _TWO_LINES and len(pieces) > 2:
        best = min(
            (
                [joined(pieces[:i]), joined(pieces[i:j]), joined(pieces[j:])]
                for i in range(1, len(pieces) - 1)
                for j in range(i + 1, len(pieces))
            ),
            key=lambda lines: max(map(len, lines)),
        )
    return best


Box = tuple[float, float, float, float]


def _overlaps(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


#: Where else to try a name, from its best place, when another name is already there.
_NUDGES = ((0, 0), (0, -12), (0, 12), (-14, 0), (14, 0), (0, -24), (0, 24), (-28, 0), (28, 0), (-20, -16), (20, -16),
           (-20, 16), (20, 16), (-45, 0), (45, 0), (0, -40), (0, 40))  # fmt: skip


def _room(
    rings: list[Ring], best: tuple[float, float], half: float, tall: float, taken: list[Box]
) -> tuple[float, float, Box] | None:
    """Centre and box of a name: its best place, or one near it that is free and still inside."""
    best_x, best_y = best
    for dx, dy in _NUDGES:
        if (dx or dy) and distance(best_x + dx, best_y + dy, rings) < 5:
            continue
        x = min(max(best_x + dx, half - MARGIN), WIDTH + MARGIN - half)
        y = best_y + dy
        box = (x - half, y - tall / 2, x + half, y + tall / 2)
        if not any(_overlaps(box, other) for other in taken):
            return x, y, box
    return None


def _labels(areas: Sequence[Area], frame: Frame) -> tuple[list[tuple[Area, str, bool]], list[str]]:
    """Names where there is room: those that matter first, in the order given, then the largest communes' names;
    a name never covers another. With each, whether a narrow map, whose letters are larger, has room for it too."""
    placed: list[tuple[Area, str, bool]] = []
    boxes: list[Box] = []
    narrow: list[Box] = []
    left_out: list[str] = []
    rank = {a.code: (0, i) if a.prominent else (1, -frame.size(a.code)) for i, a in enumerate(areas)}
    for shown in sorted((a for a in areas if a.label), key=lambda a: rank[a.code]):
        lines = lines_of(shown.label) + ([shown.note] if shown.note else [])
        half, tall = max(map(len, lines)) * _LETTER / 2, len(lines) * FONT * LINE
        spot = _room(frame.largest[shown.code], frame.pole(shown.code), half, tall, boxes)
        if spot is None:
            left_out.append(shown.code)
            continue
        x, y, box = spot
        boxes.append(box)
        first = round(y - tall / 2 + FONT * 0.85)
        spans = "".join(
            f'<tspan x="{x:.0f}"{f" dy={chr(34)}{LINE}em{chr(34)}" if i else ""}>{escape(line)}</tspan>'
            for i, line in enumerate(lines)
        )
        wide = half * NARROW_FONT / FONT
        top = first - NARROW_FONT * 0.85
        large = (x - wide, top, x + wide, top + len(lines) * NARROW_FONT * LINE)
        fits = shown.prominent and not any(_overlaps(large, other) for other in narrow)
        if fits:
            narrow.append(large)
        placed.append((shown, f'<text x="{x:.0f}" y="{first}">{spans}</text>', fits))
    return placed, left_out


class Frame:
    """The shapes of a set of communes, projected once: paths, sizes and best places of names."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        projection = _Projection(list(outlines.values()))
        self.height = projection.height
        self.paths: dict[str, str] = {}
        self.largest: dict[str, list[Ring]] = {}
        self._poles: dict[str, tuple[float, float]] = {}
        for code, outline in outlines.items():
            polygons = _project(outline, projection)
            holes = ' fill-rule="evenodd"' if any(len(rings) > 1 for rings in polygons) else ""
            self.paths[code] = f'{holes} d="{_path(polygons)}"/>'
            self.largest[code] = max(polygons, key=lambda rings: area(rings[0]))

    def size(self, code: str) -> float:
        return area(self.largest[code][0])

    def pole(self, code: str) -> tuple[float, float]:
        if code not in self._poles:
            self._poles[code] = pole(self.largest[code])
        return self._poles[code]


@dataclass(frozen=True, slots=True)
class Shape:
    """One commune in its frame: its path, and the best place for its name."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Shapes:
    """What a document keeps of a map: a later vintage of the outlines changes nothing of it."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def shapes_of(codes: Sequence[str]) -> Shapes | None:
    """The outlines of these communes in one frame, in the order of their codes; None when none is known."""
    frame = _frame(tuple(sorted(set(codes))))
    if frame is None:
        return None
    found = []
    for code in sorted(frame.paths):
        x, y = frame.pole(code)
        path = frame.paths[code].partition(' d="')[2].partition('"')[0]
        found.append(Shape(code, path, round(x), round(y)))
    return Shapes(WIDTH, frame.height, tuple(found))


@lru_cache(maxsize=32)
def _frame(codes: tuple[str, ...]) -> Frame | None:
    found = _outlines(codes)
    return Frame(found) if found else None


def _outlines(codes: Sequence[str]) -> dict[str, Outline]:
    """The shipped outlines; that of a commune nouvelle is made from those of the communes it gathers."""
    found = outlines_of(codes)
    for code in codes:
        if code not in found and "-" in code:
            parts = _outlines(gathered(code))
            if parts:
                found[code] = dissolved(code, parts.values())
    return found


def map_of(areas: Sequence[Area]) -> MapSvg:
    """The map of these communes from the shipped outlines; the frame is kept for the next page."""
    return _draw(_frame(tuple(sorted({a.code for a in areas}))), areas)


def draw(outlines: Mapping[str, Outline], areas: Sequence[Area]) -> MapSvg:
    """Draw the communes of ``areas`` that have an outline, in the order given."""
    kept = {a.code: outlines[a.code] for a in areas if a.code in outlines}
    return _draw(Frame(kept) if kept else None, areas)


def _draw(frame: Frame | None, areas: Sequence[Area]) -> MapSvg:
    if frame is None:
        return MapSvg(f"0 0 {WIDTH} 1", "", "</g>", "", "", WIDTH, 1, tuple(a.code for a in areas if a.label))
    shown = [a for a in areas if a.code in frame.paths]
    on_page, alone = [], []
    for item in shown:
        path = frame.paths[item.code]
        if isinstance(item.fill, Tile):
            fill = paint = f'fill="url(#{item.fill.pattern_id})"'
        else:
            fill, paint = f'class="{escape(item.fill)}"', f'fill="{STATES[item.fill]}"'
            if item.fill == "m-vide":
                paint += ' stroke="#47535b" stroke-width="2" stroke-dasharray="5 4"'
        title = f"<title>{escape(item.title)}</title>" if item.title else ""
        shape = f"<path {fill}{path}"
        if item.href:
            shape = f'<a href="{escape(item.href)}" tabindex="-1">{title}{shape}</a>'
        elif title:
            shape = f"<g>{title}{shape}</g>"
        on_page.append(shape)
        alone.append(f"<path {paint}{path}")
    names, left_out = _labels(shown, frame)
    halo = f'paint-order="stroke" stroke="{HALO}" stroke-width="4" stroke-linejoin="round"'
    alone.append(
        f'</g><g font-family="Atkinson Next, Atkinson Hyperlegible, sans-serif" font-weight="600" '
        f'font-size="{FONT}" text-anchor="middle" fill="{INK}" {halo}>'
    )
    for item, text, fits in names:
        classes = ["" if fits else "discret", "uni" if item.fill in PLAIN else ""]
        on_page.append(f'<g class="{" ".join(filter(None, classes))}">{text}</g>')
        alone.append(text)
    alone.append("</g>")
    tiles = sorted({a.fill for a in shown if isinstance(a.fill, Tile)})
    tile_patterns = "".join(map(tile_pattern, tiles))
    states = {a.fill for a in shown if isinstance(a.fill, str)}
    used = {STATES[s].removeprefix("url(#").removesuffix(")") for s in states if s not in PLAIN}
    height = frame.height + 2 * MARGIN
    missing = [a.code for a in areas if a.label and a.code not in frame.paths]
    return MapSvg(
        view_box=f"-{MARGIN} -{MARGIN} {WIDTH + 2 * MARGIN} {height}",
        shapes="".join(on_page),
        standalone_shapes="".join(alone),
        patterns=tile_patterns,
        standalone_patterns=tile_patterns + "".join(DEFINITIONS[name] for name in sorted(used)),
        width=WIDTH + 2 * MARGIN,
        height=height,
        unlabelled=(*left_out, *missing),
    )
