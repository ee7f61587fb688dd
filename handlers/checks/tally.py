"""What checks find in many drafts, counted for the operator: one sentence a rule."""

from collections.abc import Iterable
from datetime import date

from ..draft import Draft
from . import check
from .finding import Finding
from .form import PAST


def tally(drafts: Iterable[Draft], today: date) -> list[str]:
    """A sentence for each rule, the gravest and most frequent first, with the key of one posting. Examples are no jobs."""
    found: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for draft in drafts:
        for one in () if draft.example or draft.gone else check(draft, today):
            if one.rule != PAST:  # it is closed as soon as it is recorded
                found.setdefault((one.level, one.rule), []).append((draft.key, one))
    order = sorted(found.items(), key=lambda item: (("block", "warn", "note").index(item[0][0]), -len(item[1])))
    return [_line(level, rule, cases) for (level, rule), cases in order]


def _line(level: str, rule: str, cases: list[tuple[str, Finding]]) -> str:
    key, one = cases[0]
    source = f" ({one.source})" if one.source else ""
    return f"{level}: {rule} in {len(cases)}, as {key}: {one}{source}"
