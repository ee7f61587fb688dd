"""What stands where on a map of areas, as data: shapes in pixels, and labels that never lie on each other."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.chat.messages import Picture, Spot
from storage.area_lookup import Part, Polygons, around, away
from storage.area_lookup import Ring as Boundary

Kind = Literal["chosen", "near", "rest"]
SIDE = 800  # pixels: two for each of a phone's, so that the smallest letters are as large as its own small ones
EDGE = 14.0  # pixels of the picture's edge that labels leave free
GAP = 5.0  # pixels between two labels
MARGIN = 0.12  # of the frame's side, on each side of what it must show
WIDEST = 2.4  # how many times larger than what was chosen the frame may be: beyond, neighbours are cut
SMALLEST = 700.0  # metres that the frame shows at least
MAIN = 0.1  # of an area's largest part: for a smaller one, as a rock far out at sea, the frame is not made wider
METRES = 1.1095  # of 1e-5 degree of latitude, at Korea's
GRID = 16  # pixels between the places where a label may stand
SIZES: Mapping[Kind, Sequence[int]] = {
    "chosen": (42, 36, 31, 26, 22),
    "near": (32, 28, 24),
}  # pixels of the Korean name, the largest that fits
SECOND = 0.8  # how large the name in the reader's letters is beside it
LEADING = 1.25
OUT: Mapping[Kind, float] = {"chosen": 15.0, "near": 2.5}  # how many times wider than its free place a label may be
MANY = 60  # places tried for a label
FOOT = 32.0  # pixels below, where the source of the boundaries is told

Ring = tuple[Sequence[float], Sequence[float]]  # east, and south
Room = Sequence[tuple[float, float, float]]  # places: how far from the nearest edge, and where
Box = tuple[float, float, float, float]  # left, top, right, bottom
Measure = Callable[[str, int], float]  # the width of a text at a size, in pixels


@dataclass(frozen=True)
class Shape:
    """One connected part of an area: its shore, and the holes in it."""

    code: int
    kind: Kind
    shore: Ring
    holes: Sequence[Ring]
    size: float  # square pixels of its box


@dataclass(frozen=True)
class Label:
    """Lines of an area's name with their sizes, one below the other in the middle of the box."""

    code: int
    kind: Kind
    lines: tuple[tuple[str, int], ...]
    box: Box


@dataclass(frozen=True)
class Layout:
    """The largest shapes first: what lies within another is drawn upon it. `scale` is pixels a metre."""

    scale: float
    shapes: Sequence[Shape]
    labels: Sequence[Label]


def layout(polygons: Polygons, picture: Picture, measure: Measure) -> Layout:
    """Of the areas that there are boundaries for. ValueError where none of the chosen has any."""
    parts = polygons.parts()
    chosen, near = {spot.code for spot in picture.chosen}, {spot.code for spot in picture.near}
    frame = Frame.around([p for p in parts if p[0] in chosen], [p for p in parts if p[0] in near])
    shapes = []
    for code, box, rings in parts:
        if frame.sees(box):
            kind: Kind = "chosen" if code in chosen else "near" if code in near else "rest"
            shore, *holes = map(frame.ring, rings)
            shapes.append(Shape(code, kind, shore, holes, frame.size(box)))
    shapes.sort(key=lambda shape: -shape.size)
    return Layout(SIDE / frame.side / METRES, shapes, _labels(shapes, picture, measure))


@dataclass(frozen=True)
class Frame:
    """The part of the land that is seen: a square around a centre, in 1e-5 degree of latitude from side to side."""

    x: float
    y: float
    side: float

    @classmethod
    def around(cls, chosen: Sequence[Part], near: Sequence[Part]) -> "Frame":
        """All of what was chosen, and as much of its neighbours as leaves it large enough to be seen."""
        if not chosen:
            raise ValueError("there are no boundaries of what was chosen")
        own = _union(_main(chosen))
        x, y, width = _middle(own)
        side = max(width * (1 + 2 * MARGIN), SMALLEST / METRES)
        if near:
            all_x, all_y, all_width = _middle(_union([*_main(chosen), *_main(near)]))
            if all_width <= width * WIDEST:
                x, y = all_x, all_y
            side = max(side, min(all_width * (1 + MARGIN), width * WIDEST))
        return cls(x, y, side)

    @property
    def flat(self) -> float:
        """How much shorter a degree of longitude is."""
        return math.cos(math.radians(self.y / 1e5))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place stands, in pixels."""
        scale = SIDE / self.side
        return (x - self.x) * self.flat * scale + SIDE / 2, (self.y - y) * scale + SIDE / 2

    def ring(self, ring: Boundary) -> Ring:
        places = [self.at(x, y) for x, y in zip(*ring, strict=True)]
        return [x for x, _ in places], [y for _, y in places]

    def size(self, box: tuple[int, int, int, int]) -> float:
        scale = SIDE / self.side
        return (box[2] - box[0]) * self.flat * (box[3] - box[1]) * scale * scale

    def sees(self, box: tuple[int, int, int, int]) -> bool:
        (left, bottom), (right, top) = self.at(box[0], box[1]), self.at(box[2], box[3])
        return right > 0 and left < SIDE and bottom > 0 and top < SIDE


def _main(parts: Sequence[Part]) -> list[Part]:
    """Each area without its small parts."""
    largest: dict[int, float] = {}
    for part in parts:
        largest[part[0]] = max(largest.get(part[0], 0.0), _extent(part))
    return [part for part in parts if _extent(part) >= largest[part[0]] * MAIN]


def _extent(part: Part) -> float:
    """Twice a part's size, without its holes (Gauss's shoelace)."""
    xs, ys = part[2][0]
    return abs(sum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in range(len(xs))))


def _union(parts: Sequence[Part]) -> tuple[int, int, int, int]:
    boxes = [part[1] for part in parts]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _middle(box: tuple[int, int, int, int]) -> tuple[float, float, float]:
    """The middle of a box, and its longer side in 1e-5 degree of latitude."""
    left, low, right, high = box
    flat = math.cos(math.radians((low + high) / 2e5))
    return (left + right) / 2, (low + high) / 2, max((right - left) * flat, high - low)


def _labels(shapes: Sequence[Shape], picture: Picture, measure: Measure) -> list[Label]:
    """What was chosen first, in the size in which the most find room; others by the Korean name alone, if at all."""
    placed: list[Label] = []
    wanted: Sequence[tuple[Kind, Sequence[Spot]]] = (("chosen", picture.chosen), ("near", picture.near))
    for kind, spots in wanted:
        rooms = []
        for spot in spots:
            if room := sorted(_room([s for s in shapes if s.code == spot.code]), reverse=True)[:MANY]:
                rooms.append((spot, room))
        rooms.sort(key=lambda each: -each[1][0][0])  # who has the most room could stand elsewhere, but is seen best
        placed = max((_set(kind, size, rooms, placed, measure) for size in SIZES[kind]), key=len)
        named = {label.code for label in placed}
        short = [(Spot(spot.code, spot.names[:1]), room) for spot, room in rooms if spot.code not in named]
        placed = _set(kind, SIZES[kind][-1], short, placed, measure)
    return placed


def _set(
    kind: Kind, size: int, rooms: Sequence[tuple[Spot, Room]], placed: list[Label], measure: Measure
) -> list[Label]:
    """With those that are placed, the labels of one size that find room, each in its widest free place."""
    placed = [*placed]
    for spot, room in rooms:
        lines = tuple((name, round(size * SECOND) if i else size) for i, name in enumerate(spot.names))
        wide = max(measure(name, one) for name, one in lines)
        tall = sum(one for _, one in lines) * LEADING
        for free, x, y in room:
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            if wide / 2 <= free * OUT[kind] and _free(box, placed):
                placed.append(Label(spot.code, kind, lines, box))
                break
    return placed


def _room(shapes: Sequence[Shape]) -> Iterator[tuple[float, float, float]]:
    """Places within an area: how far each is from its edge or the picture's, and where."""
    for shape in shapes:
        xs, ys = shape.shore
        for i in range(_first(min(xs)), _first(min(SIDE, max(xs)))):
            for j in range(_first(min(ys)), _first(min(SIDE, max(ys)))):
                x, y = i * GRID, j * GRID
                if around(shape.shore, x, y) and not any(around(hole, x, y) for hole in shape.holes):
                    yield min(away(shape.shore, x, y), x, y, SIDE - x, SIDE - y), x, y


def _first(edge: float) -> int:
    return max(1, math.ceil(edge / GRID))


def _free(box: Box, placed: Sequence[Label]) -> bool:
    left, top, right, bottom = box
    inside = left >= EDGE and top >= EDGE and right <= SIDE - EDGE and bottom <= SIDE - FOOT
    return inside and not any(meets(box, other.box, GAP) for other in placed)


def meets(a: Box, b: Box, gap: float = 0.0) -> bool:
    """Whether two boxes lie on each other, or nearer than `gap` pixels."""
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap
