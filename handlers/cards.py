"""A posting as words: one line of a list, the card of an alert, the details. Pure: it is given all it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from locales import N_, Translator
from storage.tables import Posting

from .chat.cut import cut
from .checks import pay_below
from .shown import keeps_back

SEOUL = ZoneInfo("Asia/Seoul")
LONGEST = 60  # characters of a title in a list, so that its pages stay one message

# {won} is a number with thousands separators.
PAY = {
    "hour": N_("{won} won an hour"),
    "day": N_("{won} won a day"),
    "month": N_("{won} won a month"),
    "year": N_("{won} won a year"),
    "session": N_("{won} won each time"),
    "piece": N_("{won} won a piece"),
}
PAY_SHORT = {**PAY, "hour": N_("{won} won/h"), "month": N_("{won} won/month"), "day": N_("{won} won/day")}


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace's name for the reader, and in Korean."""

    name: str
    korean: str

    def both(self, t: Translator) -> str:
        return self.korean if t.code == "ko" or self.name == self.korean else f"{self.name} ({t.isolate(self.korean)})"


def looked_at(t: Translator) -> str:
    """In place of a posting that staff must look at first."""
    return t.t("Some people say that something is wrong with this job. We are looking at it.")


def never_asked(t: Translator) -> str:
    """Said wherever one is told how to apply."""
    return t.t("Who gives work never asks you for money, a bank book or a registration number to apply.")


def headline(t: Translator, posting: Posting) -> str:
    """The occupation in the reader's language; the Korean title for Korean readers and where none was recognised."""
    if t.code != "ko" and posting.occupation:
        return t.term(posting.occupation)
    return t.isolate(posting.title)


def pay(t: Translator, posting: Posting, *, short: bool = False) -> str:
    if not posting.pay_kind or not posting.pay_low:
        return t.t("Pay: see the notice") if keeps_back(posting.facts, "pay") else t.t("Pay not stated")
    won = t.number(posting.pay_low)
    if posting.pay_high and posting.pay_high != posting.pay_low:
        won = f"{won}~{t.number(posting.pay_high)}"
    patterns = PAY_SHORT if short else PAY
    return t.t(patterns.get(posting.pay_kind, PAY["session"]), won=won)


def hours(t: Translator, posting: Posting, *, week: bool = True) -> str:
    parts = []
    if posting.days:
        parts.append(t.days(posting.days))
    if posting.spans:
        parts.append(", ".join(t.times(start, end) for start, end in posting.spans[:2]))
    words = " ".join(parts)
    if week and posting.week_minutes:
        words = f"{words} · " if words else ""
        return f"{words}{t.t('{hours} h a week', hours=t.number(posting.week_minutes / 60))}"
    if keeps_back(posting.facts, "hours"):
        return t.t("Hours: see the notice")
    return words or t.t("Hours not stated")


def period(t: Translator, posting: Posting, today: date) -> str:
    return " · ".join(filter(None, [lasts(t, posting, today), places(t, posting)]))


def lasts(t: Translator, posting: Posting, today: date) -> str:
    if posting.starts_on and posting.starts_on == posting.ends_on:
        return t.t("{date}, one day", date=t.date(posting.starts_on))
    return t.period(posting.starts_on, posting.ends_on, today) if posting.starts_on or posting.ends_on else ""


def places(t: Translator, posting: Posting) -> str:
    return t.n("{n} place", "{n} places", posting.headcount) if posting.headcount else ""


def last_day(closes_at: datetime) -> tuple[date, str]:
    """The last day to apply and its hour; midnight belongs to the day before and needs no hour."""
    local = closes_at.astimezone(SEOUL)
    if (local.hour, local.minute) in ((0, 0), (23, 59)):
        return (local - timedelta(minutes=1)).date(), ""
    return local.date(), f"{local:%H:%M}"


def closing(t: Translator, posting: Posting, now: datetime, *, left: bool = True) -> str:
    if keeps_back(posting.facts, "closing"):
        return t.t("Last day: see the notice")
    if posting.closes_at is None:
        return t.t("Open until filled") if posting.until_filled else t.t("Last day not stated")
    day, hour = last_day(posting.closes_at)
    words = t.t("Apply by {date}", date=f"{t.date(day)} {hour}".strip())
    if posting.until_filled:
        words = f"{words} · {t.t('may close earlier')}"
    elif left:
        days = (day - now.astimezone(SEOUL).date()).days
        words = f"{words} · {t.n('{n} day left', '{n} days left', days) if days > 0 else t.t('last day today')}"
    return words


def foreigners(t: Translator, posting: Posting) -> str:
    if posting.foreigners == "yes":
        return t.t("Foreign residents: the notice says yes")
    if posting.foreigners == "listed":
        return t.t("Foreign residents: only {statuses}", statuses=posting.statuses)
    if posting.foreigners == "no":
        return t.t("Foreign residents: the notice says Korean nationals only")
    if keeps_back(posting.facts, "foreigners"):
        return t.t("Foreign residents: see the notice")
    return t.t("Foreign residents: not stated, please ask")


def line(t: Translator, posting: Posting, place: Place, now: datetime, number: int = 0) -> str:
    """Three short lines of a list."""
    title = headline(t, posting)
    title = title if len(title) <= LONGEST else f"{cut(title, LONGEST)}…"
    head = f"{title} — {t.isolate(place.name)}"
    inner = "    " if number else ""
    first = f"{number}. {head}" if number else head
    second = f"{inner}{hours(t, posting, week=False)} · {pay(t, posting, short=True)}"
    return f"{first}\n{second}\n{inner}{closing(t, posting, now, left=False)}"


def alert(t: Translator, ko: Translator, posting: Posting, place: Place, now: datetime, why: str = "") -> str:
    """The body of a card: at most 8 lines below its lead and title. `why` takes the place of the empty one."""
    organisation = " · ".join(filter(None, [t.isolate(posting.organisation), place.both(t)]))
    money = pay(t, posting)
    if t.code != "ko" and posting.pay_low:
        money = f"{money} ({t.isolate(pay(ko, posting))})"
    lines = [organisation, why, money, hours(t, posting), period(t, posting, now.date()), foreigners(t, posting)]
    if t.code != "ko":
        lines.append(t.t("Your status: ask 1345 first"))
    lines.append(closing(t, posting, now))
    return "\n".join(text for i, text in enumerate(lines) if text or i == 1)


def details(
    t: Translator,
    posting: Posting,
    place: Place,
    why: str,
    now: datetime,
    told_by: Sequence[tuple[str, str]] = (),
    credit: Sequence[str] = (),
) -> str:
    """Everything we know, in the reader's frame and the notice's own words, and where the pay is too low to be lawful.

    `told_by` are the sources that tell it, the one of its title first, by their names and as residents read them; `credit`
    are the lines that they want below.
    """
    facts = posting.facts
    rows = [
        (t.t("What you will do"), facts.get("duties", ""), "duties"),
        (t.t("Who"), facts.get("target", ""), "target"),
        (t.t("Foreign residents"), facts.get("foreigners", ""), "foreigners"),
        (t.t("Where"), facts.get("workplace", "") or place.korean, "place"),
        (t.t("Pay"), facts.get("pay", ""), "pay"),
        (t.t("Hours"), facts.get("hours", ""), "hours"),
        (t.t("Ask"), facts.get("phone", ""), "phone"),
    ]
    head = [t.isolate(posting.title)] if headline(t, posting) != t.isolate(posting.title) else []
    head += [t.isolate(posting.organisation)] if posting.organisation else []
    body = [f"{label}: {t.isolate(words)}{_from(t, posting, field, told_by)}" for label, words, field in rows if words]
    tail = (
        [t.t("Also on: {sources}", sources=", ".join(t.isolate(shown) for _, shown in told_by[1:]))]
        if told_by[1:]
        else []
    )
    tail += [why] if why else []
    if below := pay_below(posting, now.astimezone(SEOUL).date()):
        words = t.t(
            "The pay looks lower than the minimum wage of {year}. Ask before you start. Advice: 1350", **below.values
        )
        tail.append(words)
    if posting.example:
        tail.append(t.t("This is an example, not a real job."))
    if t.code != "ko":
        tail.append(t.t("The words above are the notice's own, in Korean."))
    return "\n".join([*head, closing(t, posting, now), "", *body, "", *tail, *credit]).strip()


def _from(t: Translator, posting: Posting, field: str, told_by: Sequence[tuple[str, str]]) -> str:
    """Whose words these are, where the title is another one's."""
    source = (posting.told_by or {}).get(field, "").split("/", 1)[0]
    shown = dict(told_by[1:]).get(source)
    return f" ({t.isolate(shown)})" if shown else ""


def original(posting: Posting) -> str:
    """The notice in Korean, as its source gave it."""
    facts = posting.facts
    order = (
        "workplace",
        "pay",
        "hours",
        "period",
        "headcount",
        "target",
        "foreigners",
        "closing",
        "duties",
        "apply",
        "phone",
    )
    return "\n".join([posting.organisation, *(facts[name] for name in order if facts.get(name))]).strip()
