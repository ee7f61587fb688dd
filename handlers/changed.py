"""What changed in a posting, in the reader's words: from what stood first to what stands now."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from locales import N_, Translator
from storage import former
from storage.richest import DAYS, MOMENTS
from storage.tables import Posting

from . import cards
from .cards import Place
from .shown import BACK, keeps_back

Says = Callable[[Translator, Posting, datetime], str]

# Words of the notice that no line below tells: it is said that they changed, not how.
TOLD = {
    "duties": N_("What you will do"),
    "target": N_("Who"),
    "foreigners": N_("Foreign residents"),
    "workplace": N_("Where"),
    "apply": N_("How"),
    "phone": N_("Ask"),
    "link": N_("How"),
}


def lines(t: Translator, was: former.Values, posting: Posting, place: Place, before: Place, now: datetime) -> list[str]:
    """A line for each change that one can see; none where all is as it was. `before` is where it was."""
    old = as_it_was(was, posting)
    found = [t.t("It is open again.")] if old.state == "closed" != posting.state else []
    found += list(_values(t, old, posting, now))
    if place != before:
        found.append(_line(t.t("Where"), before.both(t), place.both(t)))
    words = former.unlike(was, posting)
    named = [
        t.t(label) for name, label in TOLD.items() if name in words and not _told(name, old, posting, place != before)
    ]
    named += [
        t.t(label) for label, name, said in FIELDS if name in words and not said(t, old, now) + said(t, posting, now)
    ]
    if named:
        found.append(t.t("Changed: {what}", what=", ".join(dict.fromkeys(named))))
    return found


def as_it_was(was: former.Values, posting: Posting) -> Posting:
    """The posting with the values that it had."""
    values = {name: value for name, value in was.items() if name in former.COLUMNS}
    for name in DAYS:
        values |= {name: date.fromisoformat(values[name])} if values.get(name) else {}
    for name in MOMENTS:
        values |= {name: datetime.fromisoformat(values[name])} if values.get(name) else {}
    facts = {**posting.facts, **({BACK: was[BACK]} if BACK in was else {})}
    return Posting(**{**posting.model_dump(), **values, "facts": facts})


def _values(t: Translator, old: Posting, new: Posting, now: datetime) -> Iterator[str]:
    for name in ("title", "organisation"):
        if (before := getattr(old, name)) != (after := getattr(new, name)):
            yield f"{t.isolate(before) or '–'} → {t.isolate(after) or '–'}"
    for label, name, said in FIELDS:
        told = [said(t, one, now) or _silent(t, name, one) for one in (old, new)]
        if told[0] != told[1]:
            yield _line(t.t(label), *told)
    if (old.foreigners, old.statuses) != (new.foreigners, new.statuses):
        yield cards.foreigners(t, new)


def _line(label: str, before: str, after: str) -> str:
    return f"{label}: {before} → {after}"


def _silent(t: Translator, name: str, posting: Posting) -> str:
    return t.t("see the notice") if keeps_back(posting.facts, name) else t.t("not stated")


def _told(name: str, old: Posting, new: Posting, moved: bool) -> bool:
    """Whether a line tells already what changed in these words."""
    if name == "foreigners":
        return (old.foreigners, old.statuses) != (new.foreigners, new.statuses)
    return name == "workplace" and moved


def _pay(t: Translator, posting: Posting, now: datetime) -> str:
    return cards.pay(t, posting) if posting.pay_kind and posting.pay_low else ""


def _hours(t: Translator, posting: Posting, now: datetime) -> str:
    return cards.hours(t, posting) if posting.days or posting.spans or posting.week_minutes else ""


def _period(t: Translator, posting: Posting, now: datetime) -> str:
    return cards.lasts(t, posting, now.date())


def _places(t: Translator, posting: Posting, now: datetime) -> str:
    return cards.places(t, posting)


def _closing(t: Translator, posting: Posting, now: datetime) -> str:
    parts = []
    if posting.closes_at:
        day, hour = cards.last_day(posting.closes_at)
        parts.append(f"{t.date(day)} {hour}".strip())
    if posting.until_filled:
        parts.append(t.t("may close earlier") if parts else t.t("Open until filled"))
    return " · ".join(parts)


FIELDS: tuple[tuple[str, str, Says], ...] = (
    (N_("Pay"), "pay", _pay),
    (N_("Hours"), "hours", _hours),
    (N_("Period"), "period", _period),
    (N_("Places"), "headcount", _places),
    (N_("Last day"), "closing", _closing),
)
