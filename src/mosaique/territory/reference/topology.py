"""Outlines that share their borders: from rings to arcs and back, as quantised TopoJSON.

Pure Python. A border between two communes is written once, so the 101 files of outlines are half the size
of plain GeoJSON and two neighbours can never drift apart.  The result is standard TopoJSON: any map tool
can open it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Point = tuple[int, int]
Ring = list[Point]
Polygon = list[Ring]

#: One ten-thousandth of a degree, about ten metres: the precision of the source.
SCALE = 10_000


def quantise(geometry: Mapping[str, object]) -> list[Polygon]:
    """Rings of a GeoJSON Polygon or MultiPolygon as integers, without repeated or closing points."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    raw: Iterable[Sequence[Sequence[Sequence[float]]]] = (
        [coordinates] if kind == "Polygon" else coordinates  # type: ignore[list-item, assignment]
    )
    polygons = []
    for polygon in raw:
        rings = []
        for ring in polygon:
            points: Ring = []
            for lon, lat in ring:
                point = (round(lon * SCALE), round(lat * SCALE))
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 1 and points[0] == points[-1]:
                points.pop()
            if len(points) >= 3:
                rings.append(points)
        if rings:
            polygons.append(rings)
    return polygons


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where a border begins or ends: seen with different neighbours in different rings."""
    neighbours: dict[Point, frozenset[Point]] = {}
    found: set[Point] = set()
    for ring in rings:
        for i, point in enumerate(ring):
            pair = frozenset((ring[i - 1], ring[(i + 1) % len(ring)]))
            if neighbours.setdefault(point, pair) != pair:
                found.add(point)
    return found


def encode(shapes: Mapping[str, list[Polygon]]) -> dict[str, object]:
    """TopoJSON of shapes keyed by code; the order of the codes and of the arcs is deterministic."""
    junctions = _junctions(ring for code in sorted(shapes) for polygon in shapes[code] for ring in polygon)
    numbers: dict[tuple[Point, ...], int] = {}

    def number(arc: Ring) -> int:
        key = tuple(arc)
        if key in numbers:
            return numbers[key]
        backwards = key[::-1]
        if backwards in numbers:
            return ~numbers[backwards]
        numbers[key] = len(numbers)
        return numbers[key]

    def cut(ring: Ring) -> list[int]:
        starts = [i for i, point in enumerate(ring) if point in junctions]
        if not starts:
            # A ring of its own (island, or an enclave and its hole): begin at the same point both times.
            start = ring.index(min(ring))
            turned = ring[start:] + ring[:start]
            return [number([*turned, turned[0]])]
        arcs = []
        for start, end in zip(starts, starts[1:] + [starts[0] + len(ring)], strict=True):
            arcs.append(number([ring[i % len(ring)] for i in range(start, end + 1)]))
        return arcs

    geometries: list[dict[str, object]] = []
    for code in sorted(shapes):
        cuts = [[cut(ring) for ring in polygon] for polygon in shapes[code]]
        if len(cuts) == 1:
            geometries.append({"type": "Polygon", "id": code, "arcs": cuts[0]})
        else:
            geometries.append({"type": "MultiPolygon", "id": code, "arcs": cuts})
    deltas = []
    for arc in numbers:
        x, y = arc[0]
        steps = [[x, y]]
        for nx, ny in arc[1:]:
            steps.append([nx - x, ny - y])
            x, y = nx, ny
        deltas.append(steps)
    return {
        "type": "Topology",
        "transform": {"scale": [1 / SCALE, 1 / SCALE], "translate": [0, 0]},
        "objects": {"communes": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": deltas,
    }


def absolute(deltas: Sequence[Sequence[int]]) -> list[int]:
    """An arc of differences as one flat list x, y, x, y… of absolute integers."""
    x = y = 0
    flat: list[int] = []
    for dx, dy in deltas:
        x += dx
        y += dy
        flat += (x, y)
    return flat


def join(arcs: Sequence[Sequence[int]], numbers: Sequence[int]) -> Ring:
    """A ring (without its closing point) from numbered flat arcs; ~n means arc n walked backwards."""
    ring: Ring = []
    for n in numbers:
        flat = arcs[n if n >= 0 else ~n]
        points = list(zip(flat[::2], flat[1::2], strict=True))
        if n < 0:
            points.reverse()
        ring.extend(points[:-1])
    return ring
