"""A location to its neighbourhood, from packed boundaries that are unpacked when the first location comes."""

import json
import math
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .area_data import opened

CELL = 2000  # of the grid, in 1e-5 degree: about 2 km
NEAR = 300.0  # metres a location may lie off a boundary: piers, simplified shores
METRES = 1.1095  # of 1e-5 degree of latitude, at Korea's
Ring = tuple["array[int]", "array[int]"]
Points = tuple[Sequence[float], Sequence[float]]
Part = tuple[int, tuple[int, int, int, int], list[Ring]]  # legal code; left, low, right, high; shore, then holes


class Polygons:
    """Legal neighbourhoods as rings. `find` is pure; nothing about a location is kept."""

    def __init__(self) -> None:
        self._grid: dict[tuple[int, int], list[int]] = {}
        self._parts: list[Part] = []

    def find(self, lat: float, lon: float) -> int | None:
        """The legal code at a location in degrees, or None for sea, abroad and nonsense."""
        if not (32.9 <= lat <= 38.9 and 124.3 <= lon <= 132.1):
            return None
        x, y = lon * 1e5, lat * 1e5
        inside, parts = [], self.parts()
        for i in self._grid.get((int(x // CELL), int(y // CELL)), ()):
            code, (left, low, right, high), rings = parts[i]
            if left <= x <= right and low <= y <= high and sum(around(ring, x, y) for ring in rings) % 2:
                inside.append(((right - left) * (high - low), code))
        return min(inside)[1] if inside else self._nearest(x, y)

    def parts(self) -> list[Part]:
        """Every connected part of every neighbourhood, in 1e-5 degree, east and north."""
        if not self._parts:
            self._unpack()
        return self._parts

    def _nearest(self, x: float, y: float) -> int | None:
        across = METRES * math.cos(math.radians(y / 1e5))
        best, found = NEAR, None
        column, row = int(x // CELL), int(y // CELL)
        near = {i for dx in (-1, 0, 1) for dy in (-1, 0, 1) for i in self._grid.get((column + dx, row + dy), ())}
        for i in sorted(near):
            code, (left, low, right, high), rings = self._parts[i]
            if max(left - x, x - right) * across > best or max(low - y, y - high) * METRES > best:
                continue
            metres = away(rings[0], x, y, across, METRES)
            if metres < best:
                best, found = metres, code
        return found

    def _unpack(self) -> None:
        """Takes half a second, once; safe to happen in a thread, or in two at a time."""
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        unpacked: list[Part] = []
        for code, parts in _polygons(opened("legal_polygons.json").decode("ascii")):
            for part in parts:
                rings = [_ring(deltas) for deltas in part]
                xs, ys = rings[0]
                box = (min(xs), min(ys), max(xs), max(ys))
                for column in range(box[0] // CELL, box[2] // CELL + 1):
                    for row in range(box[1] // CELL, box[3] // CELL + 1):
                        grid[column, row].append(len(unpacked))
                unpacked.append((int(code), box, rings))
        self._grid = dict(grid)
        self._parts = unpacked


def _polygons(text: str) -> Iterator[tuple[str, list[list[list[int]]]]]:
    """Codes and their parts, read one by one: the whole as lists would take 60 MB for a moment."""
    decode = json.JSONDecoder().raw_decode
    codes, at = decode(text, text.index("[", text.index('"codes"')))
    at = text.index("[", text.index('"polys"', at)) + 1
    for code in codes:
        parts, at = decode(text, at)
        at += 1  # the comma
        yield code, parts


def _ring(deltas: list[int]) -> Ring:
    xs, ys = array("i"), array("i")
    x = y = 0
    for i in range(0, len(deltas), 2):
        x += deltas[i]
        y += deltas[i + 1]
        xs.append(x)
        ys.append(y)
    return xs, ys


def around(ring: Points, x: float, y: float) -> bool:
    """Whether a ring goes around a point (ray casting)."""
    xs, ys = ring
    inside = False
    x1, y1 = xs[-1], ys[-1]
    for x2, y2 in zip(xs, ys, strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def away(ring: Points, x: float, y: float, across: float = 1.0, along: float = 1.0) -> float:
    """From a point to a ring's nearest edge, where a unit of x is `across` long and one of y `along`."""
    best = math.inf
    xs, ys = ring
    ax, ay = (xs[-1] - x) * across, (ys[-1] - y) * along
    for px, py in zip(xs, ys, strict=True):
        bx, by = (px - x) * across, (py - y) * along
        dx, dy = bx - ax, by - ay
        long = dx * dx + dy * dy
        t = max(0.0, min(1.0, -(ax * dx + ay * dy) / long)) if long else 0.0
        best = min(best, math.hypot(ax + t * dx, ay + t * dy))
        ax, ay = bx, by
    return best
