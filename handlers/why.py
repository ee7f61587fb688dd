"""Why an alert came, in words: what its wish asked for and the notice states, and what of it the notice leaves open."""

from collections.abc import Sequence

from locales import N_, Translator
from locales.languages import native_name
from storage.criteria import GROUPS
from storage.tables import Filters, Posting, Wish

from . import asking
from .chat.cut import cut
from .matching import agrees
from .matching import asked as asks

LONGEST = 40  # characters of the line on a card: about one line of a phone, so that cards keep their height
ON_CARD = ("pay", "hours", "foreigners")  # a card says by itself that these are not stated
NAMES = {**asking.NAMES, "pay": N_("Pay"), "hours": N_("Time"), "occupation": N_("Work"), "start": N_("Start")}


def line(t: Translator, wish: Wish, posting: Posting, hops: int) -> str:
    """The one line of a card, as much as it holds; empty where there is nothing to say that the card does not say."""
    stated, silent = _both(t, wish, posting, hops)
    titled = t.code != "ko" and len(stated) > 1  # then the title is the occupation
    found = [said for key, said in stated.items() if not (titled and key.startswith("occupation"))]
    left = [name for key, name in silent.items() if key not in ON_CARD]
    named = t.t("not stated: {what}", what=", ".join(left)) if left else ""
    whole = " · ".join(filter(None, [_found(t, wish, found) if found else "", named]))
    if len(whole) <= LONGEST or not found:
        return whole
    while len(found) > 1 and len(_found(t, wish, found)) > LONGEST:
        found.pop()
    cut_short = f"{_found(t, wish, found)} …"
    return (
        cut_short if len(cut_short) <= LONGEST + 2 else f"{_looked_for(t, found)} …"
    )  # the name stands in the details


def lines(t: Translator, wish: Wish, posting: Posting, hops: int) -> list[str]:
    """All of it, for the details: each reason, and all that was asked and is not stated."""
    stated, silent = _both(t, wish, posting, hops)
    words = [_found(t, wish, list(stated.values()))] if stated else []
    if silent:
        left = ", ".join(silent.values())
        words.append(t.t("You asked for this too, but the notice does not state it: {what}", what=left))
    return words


def _found(t: Translator, wish: Wish, stated: Sequence[str]) -> str:
    if wish.name:
        return t.t("Your wish “{name}”: {what}", name=t.isolate(cut(wish.name, 20)), what=" · ".join(stated))
    return _looked_for(t, stated)


def _looked_for(t: Translator, stated: Sequence[str]) -> str:
    return t.t("You look for: {what}", what=" · ".join(stated))


def _both(t: Translator, wish: Wish, posting: Posting, hops: int) -> tuple[dict[str, str], dict[str, str]]:
    """What was asked for and is stated, and what is not, in words. Nothing where the wish was changed and fits no more."""
    verdict = agrees(wish, posting, hops, wish.words)
    if not verdict.ok:
        return {}, {}
    stated = {f"{key} {value}": said for key, value in verdict.reasons if (said := _said(t, wish, key, value))}
    about = asks(wish)
    return stated, {key: t.t(NAMES[key]) for key in verdict.unknown if key in about}


def _said(t: Translator, wish: Filters, key: str, value: str | int) -> str:
    match key:
        case "occupation":
            return t.term(str(value))
        case "language":
            return ", ".join(native_name(code) for code in asking.spoken({"languages": [str(value)]}))
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
