"""A made-up country for the matching bench: areas on a hexagonal grid, wishes and postings, the same for the same seed.

Six neighbours each give 7, 19 and 37 areas within 1, 2 and 3 borders; Korea's legal neighbourhoods have 6.5, 20 and 42.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from storage.criteria import GROUPS, TRAITS

SIDE = 71  # 5,041 areas, about as many as Korea has
DISTRICT = 8  # districts are squares of 8 x 8 areas
FIRST = 1_000_000_001  # area codes; none looks like a district's
STEPS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1))
ALL = -1
SECTORS = tuple(TRAITS["sector"].values())
MONDAY = date(2026, 12, 7)  # a tenth of the wishes is for work from then on
Cell = tuple[int, int]
Row = tuple[object, ...]


@dataclass(frozen=True)
class Country:
    """Rows to load, by table. `wishes` residents have one wish each, on 1.4 areas on average."""

    wishes: int
    postings: int
    seed: int = 20261124

    def wish_areas(self) -> Iterator[Row]:
        """wish_id, area, resident_id, width, active, traits, occupations, hours, pay_floor, starts, strict, worded, seen."""
        rng = random.Random(self.seed)
        for i in range(1, self.wishes + 1):
            width = rng.choices((0, 1, 2, 3), (20, 60, 12, 8))[0]
            traits = ALL if rng.random() < 0.7 else ALL & ~GROUPS["sector"] | rng.choice(SECTORS)
            starts = None if rng.random() < 0.9 else MONDAY
            occupations = ALL if rng.random() < 0.05 else sum(1 << n for n in rng.sample(range(25), 3))
            hours = ALL if rng.random() < 0.5 else 0b0111 << rng.randrange(2)
            pay = rng.choice((0, 0, 10_320, 11_000, 12_000))
            strict = rng.choices((0, 1, 2, 4), (94, 2, 2, 2))[0]
            for area in rng.sample(range(SIDE * SIDE), rng.choices((1, 2), (60, 40))[0]):
                yield i, FIRST + area, i, width, True, traits, occupations, hours, pay, starts, strict, False, 0

    def posting_columns(self) -> Iterator[Row]:
        """id, trait_bits, starts_on, occupation_bit, hour_bits, pay_hourly."""
        rng = random.Random(self.seed + 1)
        for i in range(1, self.postings + 1):
            occupation = 0 if rng.random() < 0.1 else 1 << rng.randrange(25)
            hours = 0 if rng.random() < 0.1 else rng.choice((0b0001, 0b0010, 0b0110, 0b1100))
            pay = None if rng.random() < 0.15 else rng.choice((10_320, 10_500, 11_500, 13_000))
            starts = None if rng.random() < 0.3 else MONDAY + timedelta(days=rng.randrange(-3, 30))
            yield i, TRAITS["kind"]["job"] | rng.choice(SECTORS), starts, occupation, hours, pay

    def reach(self) -> Iterator[Row]:
        """posting_id, area, hops: own, bordering, one further, the rest of the district."""
        rng = random.Random(self.seed + 2)
        for i in range(1, self.postings + 1):
            for (x, y), hops in rings((rng.randrange(SIDE), rng.randrange(SIDE))).items():
                yield i, FIRST + x * SIDE + y, hops


def rings(start: Cell) -> dict[Cell, int]:
    """The cells around one, with their hops."""
    far, edge = {start: 0}, [start]
    for hops in (1, 2):
        around = {(x + a, y + b) for x, y in edge for a, b in STEPS}
        edge = sorted((x, y) for x, y in around if 0 <= x < SIDE and 0 <= y < SIDE and (x, y) not in far)
        far.update(dict.fromkeys(edge, hops))
    left, top = (n - n % DISTRICT for n in start)
    for x in range(left, min(left + DISTRICT, SIDE)):
        for y in range(top, min(top + DISTRICT, SIDE)):
            far.setdefault((x, y), 3)
    return far
