"""What a source lets us show of its postings: what it keeps back serves matching, and is stored no longer than for that."""

from collections.abc import Collection, Mapping
from typing import Any

from .draft import Draft

# Words of a draft that a source may keep back. Title, organisation, link and neighbourhood are shown always.
FIELDS = (
    *("workplace", "pay", "hours", "period", "headcount", "target"),
    *("foreigners", "closing", "duties", "apply", "phone"),
)
BACK = "kept_back"  # the fact that names which of them this posting's notice states, and we do not show
# Columns that are read from these words for showing only; what matching and closing read stays.
_COLUMNS: dict[str, dict[str, Any]] = {
    "pay": {"pay_kind": None, "pay_low": None, "pay_high": None},
    "hours": {"days": 0, "spans": [], "week_minutes": None},
    "period": {"starts_on": None, "ends_on": None},
    "headcount": {"headcount": None},
    "foreigners": {"foreigners": "unknown", "statuses": ""},
}


def withheld(values: Mapping[str, Any], draft: Draft, shown: Collection[str]) -> dict[str, Any]:
    """A posting's columns without what may not be shown of it.

    Whether foreigners may apply is read from other words too, so it goes with whatever it was read from.
    """
    back = [name for name in FIELDS if name not in shown and getattr(draft, name)]
    read_from = {"foreigners"} if draft.foreigners else {"target", "duties"}
    if values["foreigners"] != "unknown" and not read_from <= set(shown):
        back = list(dict.fromkeys([*back, "foreigners"]))
    facts = {name: words for name, words in values["facts"].items() if name == "link" or name in shown}
    kept = {column: empty for name in back for column, empty in _COLUMNS.get(name, {}).items()}
    return {**values, **kept, "facts": {**facts, **({BACK: " ".join(back)} if back else {})}}


def fingerprint(draft: Draft, shown: Collection[str] | None) -> str:
    """Changes when what is said does, and when what may be shown of it does."""
    return draft.fingerprint if shown is None else " ".join([draft.fingerprint, "only", *sorted(shown)])


def keeps_back(facts: Mapping[str, str], name: str) -> bool:
    """Whether the notice states this and we do not show it."""
    return name in facts.get(BACK, "").split()
