"""Why an alert came, in words: what its wish asked for and the notice states, and what of it the notice leaves open."""

from collections.abc import Mapping, Sequence

from locales import N_, Translator
from storage.criteria import GROUPS
from storage.tables import Filters, Posting, Wish

from . import asking
from .chat.cut import cut
from .matching import agrees
from .matching import asked as asks

LONGEST = 80  # characters of the line on a card: two lines of a phone
ON_CARD = ("pay", "hours", "foreigners")  # a card says by itself that these are not stated
NAMES = {**asking.NAMES, "pay": N_("Pay"), "hours": N_("Time"), "occupation": N_("Work"), "start": N_("Start")}


def line(t: Translator, wish: Wish, posting: Posting, hops: int) -> str:
    """The one line of a card; empty where there is nothing to say that the card does not say."""
    stated, silent = _both(t, wish, posting, hops)
    words = [_found(t, wish, stated)] if stated else []
    if left := [name for key, name in silent.items() if key not in ON_CARD]:
        words.append(t.t("not stated: {what}", what=", ".join(left)))
    said = " · ".join(words)
    return said if len(said) <= LONGEST else f"{cut(said, LONGEST)}…"


def lines(t: Translator, wish: Wish, posting: Posting, hops: int) -> list[str]:
    """All of it, for the details: each reason, and all that was asked and is not stated."""
    stated, silent = _both(t, wish, posting, hops)
    words = [_found(t, wish, stated)] if stated else []
    if silent:
        left = ", ".join(silent.values())
        words.append(t.t("You asked for this too, but the notice does not state it: {what}", what=left))
    return words


def _found(t: Translator, wish: Wish, stated: Sequence[str]) -> str:
    what = " · ".join(stated)
    if wish.name:
        return t.t("Your wish “{name}”: {what}", name=t.isolate(cut(wish.name, 20)), what=what)
    return t.t("You look for: {what}", what=what)


def _both(t: Translator, wish: Wish, posting: Posting, hops: int) -> tuple[list[str], Mapping[str, str]]:
    """What was asked for and is stated, and by name what is not. Nothing where the wish was changed and fits no more."""
    verdict = agrees(wish, posting, hops, wish.words)
    if not verdict.ok:
        return [], {}
    stated = [said for key, value in verdict.reasons if (said := _said(t, wish, key, value))]
    about = asks(wish)
    return stated, {key: t.t(NAMES[key]) for key in verdict.unknown if key in about}


def _said(t: Translator, wish: Filters, key: str, value: str | int) -> str:
    match key:
        case "occupation":
            return t.term(str(value))
        case "word":
            return f"“{t.isolate(str(value))}”"
        case "hours":
            return asking.times(t, wish.hours)
        case "pay":
            return t.t("from {won} won/h", won=t.number(wish.pay_floor))
        case "start" if wish.starts:
            return t.t("from {date}", date=t.date(wish.starts))
        case "trait":
            group = next(name for name, mask in GROUPS.items() if mask & int(value))
            answer = asking.answered(wish, group)
            return t.t(answer.told) if answer else ""
    return ""  # "near" leads the card already
