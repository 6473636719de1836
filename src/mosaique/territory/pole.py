"""Where a name fits best inside an outline: its pole of inaccessibility (the point furthest from any border).

Quadtree search: a square whose centre is at distance d from the border and whose half-diagonal is r cannot hold
a point further than d + r, so most squares are dropped at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from math import sqrt

Points = Sequence[tuple[float, float]]

#: Names are wider than tall: room to the sides counts less than it measures.
SQUASH = 0.6


def area(ring: Points) -> float:
    """Surface of a ring, whatever its direction."""
    total = 0.0
    x0, y0 = ring[-1]
    for x, y in ring:
        total += x0 * y - x * y0
        x0, y0 = x, y
    return abs(total) / 2


def distance(x: float, y: float, rings: Sequence[Points]) -> float:
    """Distance from a point to the nearest border: positive inside, negative outside."""
    inside = False
    nearest = float("inf")
    for ring in rings:
        ax, ay = ring[-1]
        for bx, by in ring:
            if (by > y) != (ay > y) and x < (ax - bx) * (y - by) / (ay - by) + bx:
                inside = not inside
            dx, dy = bx - ax, by - ay
            px, py = x - ax, y - ay
            length = dx * dx + dy * dy
            if length:
                t = (px * dx + py * dy) / length
                if t > 1:
                    px, py = x - bx, y - by
                elif t > 0:
                    px, py = px - t * dx, py - t * dy
            square = px * px + py * py
            if square < nearest:
                nearest = square
            ax, ay = bx, by
    root = sqrt(nearest)
    return root if inside else -root


def pole(rings: Sequence[Points], precision: float = 2.0) -> tuple[float, float]:
    """The best place for a name in a polygon (outer ring first, then holes), within ``precision``."""
    shape = [[(x * SQUASH, y) for x, y in ring] for ring in rings]
    xs, ys = [p[0] for p in shape[0]], [p[1] for p in shape[0]]
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    side = min(width, height)
    if side <= precision:
        return (left + width / 2) / SQUASH, top + height / 2
    heap: list[tuple[float, float, float, float, float]] = []

    def add(x: float, y: float, half: float) -> None:
        d = distance(x, y, shape)
        heappush(heap, (-(d + half * 1.4142135623730951), x, y, half, d))

    half = side / 2
    for i in range(int(width / side) + 1):
        for j in range(int(height / side) + 1):
            add(left + half + i * side, top + half + j * side, half)
    best = (left + width / 2, top + height / 2)
    best_distance = distance(*best, shape)
    while heap:
        bound, x, y, half, d = heappop(heap)
        if d > best_distance:
            best, best_distance = (x, y), d
        if -bound - best_distance <= precision:
            break
        half /= 2
        for dx in (-half, half):
            for dy in (-half, half):
                add(x + dx, y + dy, half)
    return best[0] / SQUASH, best[1]
