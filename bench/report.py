"""How a bench tells its figures: lines to read while it runs, and one JSON object as the last line."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

import orjson


@dataclass(frozen=True, slots=True)
class Goal:
    """`value` meets the goal when it is at most (or, with `least`, at least) `goal`."""

    value: float
    goal: float
    least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.goal if self.least else self.value <= self.goal


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def middle(values: list[float], digits: int = 3) -> float:
    return round(median(values), digits)


def finish(figures: Mapping[str, object], goals: Mapping[str, Goal]) -> None:
    """The last line: {"figures": {...}, "goals": {name: {"value", "goal", "met"}}}."""
    told = {name: {"value": round(g.value, 3), "goal": g.goal, "met": g.met} for name, g in goals.items()}
    say(orjson.dumps({"figures": figures, "goals": told}).decode())
