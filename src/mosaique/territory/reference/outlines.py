"""Outlines of communes, read per département on demand and kept as compact arrays.

``of(codes)`` opens only the départements concerned; the few last used stay in memory (about 150 kB each), so a
territory over three départements is drawn without reading a file twice.
"""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .store import DATA
from .topology import SCALE, absolute, join

Ring = tuple[tuple[float, float], ...]
#: Outer ring, then holes; points are (longitude, latitude), the closing point is not repeated.
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one commune."""

    insee: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class _Department:
    arcs: tuple[array[int], ...]
    shapes: dict[str, list[list[list[int]]]]


def department_of(insee: str) -> str:
    """« 81 » for 81308, « 2A » for 2A004, « 974 » for 97411."""
    return insee[:3] if insee.startswith("97") else insee[:2]


@lru_cache(maxsize=8)
def _department(code: str) -> _Department | None:
    if not code.isalnum():
        return None
    path = DATA / "outlines" / f"{code}.json.gz"
    if not path.is_file():
        return None
    topology = json.loads(gzip.decompress(path.read_bytes()))
    arcs = tuple(array("i", absolute(deltas)) for deltas in topology["arcs"])
    shapes = {
        geometry["id"]: [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for geometry in topology["objects"]["communes"]["geometries"]
    }
    return _Department(arcs, shapes)


def _ring(arcs: tuple[array[int], ...], numbers: list[int]) -> Ring:
    return tuple((x / SCALE, y / SCALE) for x, y in join(arcs, numbers))


def of(codes: Iterable[str]) -> dict[str, Outline]:
    """Outlines of these INSEE codes, in the order given; a code without outline is left out."""
    found: dict[str, Outline] = {}
    for code in codes:
        department = _department(department_of(code))
        if department is None or code not in department.shapes:
            continue
        found[code] = Outline(
            code,
            tuple(
                tuple(_ring(department.arcs, ring) for ring in polygon) for polygon in department.shapes[code]
            ),
        )
    return found


def _size(ring: Ring) -> float:
    """Twice the surface of a ring, whichever way it turns."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)))


def dissolved(insee: str, parts: Iterable[Outline]) -> Outline:
    """Several communes as one: the lines they share, point for point, are taken away; what is left is joined again."""
    edges = {
        (start, end)
        for part in parts
        for polygon in part.polygons
        for ring in polygon
        for start, end in zip(ring, (*ring[1:], ring[0]), strict=True)
    }
    kept = sorted((start, end) for start, end in edges if (end, start) not in edges)
    after: dict[tuple[float, float], list[tuple[float, float]]] = {}
    for start, end in kept:
        after.setdefault(start, []).append(end)
    rings: list[Ring] = []
    for first, _ in kept:
        ring, point = [], first
        while after.get(point):
            ring.append(point)
            point = after[point].pop()
        if len(ring) >= 3:
            rings.append(tuple(ring))
    # The largest is the outer one; drawn with « evenodd », the others are enclaves or islands.
    rings.sort(key=_size, reverse=True)
    return Outline(insee, (tuple(rings),) if rings else ())
