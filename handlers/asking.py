"""What a wish asks, as choices and in words. Which answers there are to each question about a notice stands here alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locales import N_, Translator
from locales.languages import native_name
from storage.criteria import GROUPS, STRICT, TRAITS
from storage.tables import Filters

from .matching import ALL, OCCUPATIONS

BANDS = (N_("Morning"), N_("Afternoon"), N_("Evening"), N_("Night"))  # as handlers.text.hour_bits counts them
BANDS_SAID = (N_("morning"), N_("afternoon"), N_("evening"), N_("night"))
EVERY = (1 << 28) - 1  # all bands of all days
WIDTHS = (N_("only there"), N_("and next to it"), N_("and one further"), N_("and the whole district"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question about a group of traits, and which values it accepts. `stated`: silence is no answer.

    `said` is how a wish that holds it is told, where that is more than its label.
    """

    name: str
    label: str
    accepts: tuple[str, ...]
    stated: bool = False
    said: str = ""

    @property
    def told(self) -> str:
        return self.said or self.label


QUESTIONS: Mapping[str, tuple[str, tuple[Answer, ...]]] = {
    "week": (
        N_("How many hours a week?"),
        (
            Answer("to_15", N_("Less than 15 h"), ("to_15",)),
            Answer("to_30", N_("Less than 30 h"), ("to_15", "to_30")),
            Answer("to_40", N_("15 to 40 h"), ("to_30", "to_40")),
            Answer("full", N_("30 h and more"), ("to_40", "more")),
        ),
    ),
    "people": (
        N_("For whom?"),
        (
            Answer("youth", N_("15 to 17 years"), ("youth",)),
            Answer("students", N_("Students"), ("youth", "students", "young", "adults")),
            Answer("seniors", N_("60 and older"), ("seniors", "adults")),
        ),
    ),
    "length": (
        N_("For how long?"),
        (
            Answer("day", N_("One-day jobs"), ("day",)),
            Answer("month", N_("Up to a month"), ("day", "month")),
            Answer("long", N_("Longer"), ("long",)),
        ),
    ),
    "korean": (
        N_("How much Korean?"),
        (
            Answer("none", N_("No Korean needed"), ("none",)),
            Answer("some", N_("A little Korean"), ("none", "some")),
        ),
    ),
    "foreigners": (
        N_("What should the notice say about foreigners?"),
        (
            Answer("said", N_("That they may apply"), ("yes", "listed"), True, N_("they may apply")),
            Answer("silent", N_("That, or nothing"), ("yes", "listed"), said=N_("they may apply, or nothing is said")),
        ),
    ),
    "sector": (
        N_("From whom?"),
        (
            Answer("public", N_("Public bodies"), ("public",)),
            Answer("private", N_("Companies"), ("private",)),
        ),
    ),
    "kind": (
        N_("What should we tell you of?"),
        (
            Answer("job", N_("Jobs"), ("job", "pool")),
            Answer("course", N_("Courses"), ("course",)),
            Answer("programme", N_("Programmes"), ("programme", "consultation", "space")),
        ),
    ),
}

WORK: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "care": (N_("Care"), ("childcare_helper", "caregiver", "social_worker")),
    "teaching": (N_("Teaching, library"), ("learning_tutor", "library_assistant", "interpreter")),
    "kitchen": (N_("Kitchen, serving"), ("kitchen_helper", "cook", "server")),
    "cleaning": (N_("Cleaning, parks"), ("cleaner", "park_maintenance")),
    "guarding": (
        N_("Guarding, traffic"),
        ("security_guard", "parking_guide", "school_traffic_guide", "safety_staff"),
    ),
    "office": (N_("Office, events"), ("office_assistant", "data_entry", "survey_worker", "event_staff")),
    "goods": (N_("Driving, packing"), ("driver", "packer", "logistics")),
    "making": (N_("Farm, factory, building"), ("farm_work", "factory_work", "construction_helper")),
}
# Foreign languages that a notice may ask for, by the code of who speaks them: as Korean notices name them.
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "vi": ("베트남어",),
    "ru": ("러시아어",),
    "zh_Hans": ("중국어",),
    "uz": ("우즈베크어", "우즈벡어", "우즈베키스탄어"),
    "km": ("캄보디아어", "크메르어"),
    "en": ("영어",),
}
EVERY_WORK = sum(OCCUPATIONS.values())


def mask_of(keys: Sequence[str]) -> int:
    return sum(OCCUPATIONS[key] for key in set(keys))


def accepts(group: str, answer: Answer) -> int:
    """The bits that an answer leaves of its group."""
    return sum(TRAITS[group][value] for value in answer.accepts)


def answered(wish: Filters, group: str) -> Answer | None:
    """The answer that a wish holds to a question; None for "whatever"."""
    kept, strict = wish.traits & GROUPS[group], bool(wish.strict & STRICT.get(group, 0))
    fitting = [answer for answer in QUESTIONS[group][1] if accepts(group, answer) == kept]
    return next((answer for answer in fitting if answer.stated == strict), fitting[0] if fitting else None)


def put(wish: Filters, group: str, answer: Answer | None) -> None:
    """Set the answer to a question; None is "whatever"."""
    wish.traits = wish.traits & ~GROUPS[group] | (GROUPS[group] if answer is None else accepts(group, answer))
    strict = STRICT.get(group, 0)
    wish.strict = wish.strict | strict if answer and answer.stated else wish.strict & ~strict


def work(t: Translator, mask: int) -> str:
    """Whole groups by their name, the others one by one."""
    if mask == ALL or mask & EVERY_WORK == EVERY_WORK:
        return t.t("any work")
    names, left = [], mask & EVERY_WORK
    for label, keys in WORK.values():
        bits = mask_of(keys)
        if left & bits == bits:
            names.append(t.t(label))
            left &= ~bits
    names += [t.term(key) for key, bit in OCCUPATIONS.items() if left & bit]
    return ", ".join(names)


def times(t: Translator, mask: int) -> str:
    """Days that have the same bands together: "Mon–Fri morning; Sat, Sun any time"."""
    if mask == ALL or mask & EVERY == EVERY:
        return t.t("any time")
    alike: dict[int, int] = {}
    for day in range(7):
        if bands := mask >> 4 * day & 15:
            alike[bands] = alike.get(bands, 0) | 1 << day
    return "; ".join(f"{t.days(days)} {_bands(t, bands)}" for bands, days in alike.items())


def _bands(t: Translator, bands: int) -> str:
    if bands == 15:
        return t.t("any time")
    return ", ".join(t.t(name) for i, name in enumerate(BANDS_SAID) if bands >> i & 1)


def asked(t: Translator, wish: Filters, words: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """What a wish asks, as (label, words), in the order of its screen; nothing for what it leaves open."""
    found = []
    if wish.occupations != ALL:
        found.append((t.t("Work"), work(t, wish.occupations)))
    if wish.hours != ALL:
        found.append((t.t("Time"), times(t, wish.hours)))
    if wish.pay_floor:
        found.append((t.t("Pay"), t.t("from {won} won/h", won=t.number(wish.pay_floor))))
    if wish.starts:
        found.append((t.c("first day", "Start"), t.t("from {date}", date=t.date(wish.starts))))
    for group, (_, answers) in QUESTIONS.items():
        answer = answered(wish, group)
        if answer in answers and answer is not None:
            found.append((t.t(NAMES[group]), t.t(answer.told)))
    if codes := spoken(words):
        found.append((t.t(NAMES["languages"]), ", ".join(native_name(code) for code in codes)))
    if include := words.get("include"):
        found.append((t.t("With the words"), ", ".join(include)))
    if exclude := words.get("exclude"):
        found.append((t.t("Without the words"), ", ".join(exclude)))
    return found


FOREIGNERS = N_("Foreigners")
NAMES = {
    "week": N_("Hours a week"),
    "people": N_("For whom"),
    "length": N_("How long"),
    "korean": N_("Korean"),
    "foreigners": FOREIGNERS,
    "sector": N_("From whom"),
    "kind": N_("Kind"),
    "languages": N_("Languages"),
}


def spoken(words: Mapping[str, Sequence[str]]) -> list[str]:
    """Codes of the languages that the words of a wish want to be asked for."""
    return [code for code, names in LANGUAGES.items() if set(names) & set(words.get("languages", ()))]


def short(t: Translator, wish: Filters, words: Mapping[str, Sequence[str]]) -> str:
    """A wish on one line."""
    named = t.t(FOREIGNERS)
    told = (f"{name}: {said}" if name == named else said for name, said in asked(t, wish, words))
    return " · ".join(told) or t.t("Every job near you")
