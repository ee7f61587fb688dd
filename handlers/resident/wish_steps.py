"""The questions behind the buttons of a wish: work, pay, first day, and those with a few answers each."""

import re
from datetime import timedelta

from locales import N_

from .. import asking, text, typed_dates
from ..chat import words as spoken
from ..chat.cut import cut
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from ..checks import wages
from ..matching import ALL
from ..wanted import wanted
from . import wish, wish_time, wish_words
from .parts import back, example, meant, picked, toggle
from .wish import held, hold

PAYS = (11_000, 12_000, 13_000, 15_000)  # won an hour, beside the minimum wage of the year
LEAST, HIGHEST = 1_000, 1_000_000  # what counts as won an hour
# Hours that a pay stands for: those of a full day, and of a month of full weeks with their paid day off (the ministry's 209).
HOURS = {"hour": 1, "day": 8, "month": 209}
_PARTED = re.compile(r"(?<=\d)[ ,.'](?=\d{3}(?!\d))")  # 11,000 and 11.000 and 11 000
_WON = re.compile(r"\s?(?:krw|won|вон[аы]?|韩元|韩币|韓元|元|វ៉ុន|₩|\\)\s?")
WITHIN = 366  # days from today in which a first day lies
FAR = N_("Please write a day to come within a year, for example {date}.")
PAST = N_("This day is over. Write a day to come, for example {date}.")
UNREAD = N_("Please write a day, for example {date} or 2027-01-04.")


# Work ---------------------------------------------------------------------------------------------------------------


async def ask_work(turn: Turn) -> None:
    t, mask = turn.t, held(turn).occupations
    options = [
        toggle(name, t.t(label), mask != ALL and mask & asking.mask_of(keys) == asking.mask_of(keys))
        for name, (label, keys) in asking.WORK.items()
    ]
    rows = [options[i : i + 2] for i in range(0, len(options), 2)]
    lines = [
        t.t("What work? Choose one or more, or write it in your own words."),
        f"{t.t('Work')}: {asking.work(t, mask)}",
    ]
    turn.ask("\n".join(lines), [*rows, [Option("any", t.t("Any work")), Option("done", t.t("Done"))]], edit=True)


async def answer_work(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    mask = 0 if kept.occupations == ALL else kept.occupations & asking.EVERY_WORK
    match answer:
        case Chosen("done"):
            return await back(turn)
        case Chosen("any"):
            mask = 0
        case Chosen(name) if name in asking.WORK:
            bits = asking.mask_of(asking.WORK[name][1])
            mask = mask & ~bits if mask & bits == bits else mask | bits
        case Said(said):
            terms = [turn.catalogs.translator(code).terms("occupation") for code in sorted({turn.t.code, "ko", "en"})]
            keys = wanted(said[:200], terms)
            groups = meant(turn, said, {name: label for name, (label, _) in asking.WORK.items()})
            bits = asking.mask_of(keys) | sum(asking.mask_of(asking.WORK[name][1]) for name in groups)
            if not bits:
                turn.say(turn.t.t("I do not know this work. Choose from the list, or look for it by a word: “Words”."))
            mask |= bits
        case _:
            pass
    # Every group chosen is every work: later ones too.
    kept.occupations = ALL if mask in (0, asking.EVERY_WORK) else mask
    hold(turn, kept)
    await turn.again()


# Pay ----------------------------------------------------------------------------------------------------------------


async def ask_pay(turn: Turn) -> None:
    t = turn.t
    least, _ = wages.minimum(turn.tx.now.astimezone(text.SEOUL).year)
    options = [Option(str(won), t.number(won)) for won in (least, *PAYS)]
    rows = [options[:3], [*options[3:], Option("0", t.t("Any pay"))], [Option("back", t.t("Back"))]]
    turn.ask(t.t("From how many won an hour? You can write another number."), rows, edit=True)


async def answer_pay(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    won = picked(answer) if isinstance(answer, Chosen) else won_of(answer)
    if won is None:
        turn.say(turn.t.t("Please write won an hour as a number, for example 11,000."))
        return await turn.again()
    kept.pay_floor = won
    hold(turn, kept)
    await back(turn)


def won_of(answer: Answer) -> int | None:
    """Won an hour of what was written; a month's pay is that of a full week."""
    if not isinstance(answer, Said):
        return None
    said = _WON.sub("원", _PARTED.sub("", spoken.plain(answer.text[:100])))
    digits = said.strip("원 ")
    if digits.isdecimal() and len(digits) < 10:
        won = int(digits)
    else:
        pay = text.parse_pay(said) or text.parse_pay(f"시급 {said}")
        if pay is None or not pay.low or pay.kind not in HOURS:
            return None
        won = pay.low // HOURS[pay.kind]
    return won if won == 0 or LEAST <= won <= HIGHEST else None


# First day ----------------------------------------------------------------------------------------------------------


async def ask_starts(turn: Turn) -> None:
    t = turn.t
    rows = [
        [Option("week", t.t("Next week")), Option("month", t.t("Next month"))],
        [Option("any", t.t("Any day")), Option("back", t.t("Back"))],
    ]
    asked = t.t("From which day can you work? You can write a date, for example {date}.", date=example(turn))
    turn.ask(asked, rows, edit=True)


async def answer_starts(turn: Turn, answer: Answer) -> None:
    kept, today = held(turn), turn.tx.now.astimezone(text.SEOUL).date()
    match answer:
        case Chosen("any"):
            kept.starts = None
        case Chosen("week"):
            kept.starts = today + timedelta(days=7 - today.weekday())
        case Chosen("month"):
            kept.starts = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        case Said(said):
            day = typed_dates.day(said, turn.t.code, today)
            if day is None or not today <= day <= today + timedelta(days=WITHIN):
                fault = UNREAD if day is None else PAST if day < today else FAR
                turn.say(turn.t.t(fault, date=example(turn)))
                return await turn.again()
            kept.starts = day
        case _:
            return await turn.again()
    hold(turn, kept)
    await back(turn)


# Questions with a few answers ---------------------------------------------------------------------------------------


async def ask_more(turn: Turn) -> None:
    t = turn.t
    groups = ("length", "korean", "languages", "foreigners", "sector", "kind")
    options = [Option(group, t.t(asking.NAMES[group])) for group in groups]
    rows = [options[:3], options[3:], [Option("name", t.t("Name")), Option("back", t.t("Back"))]]
    turn.ask(t.t("What else?"), rows, edit=True)


async def answer_more(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen(("name" | "languages") as step):
            await turn.go(step)
        case Chosen(group) if group in asking.QUESTIONS:
            await turn.go("question", group=group)
        case _:
            await turn.again()


def _group(turn: Turn) -> str:
    """Which question is open; the first one where it went with an older version."""
    group = turn.dialog.answers.get("group")
    return str(group) if group in asking.QUESTIONS else next(iter(asking.QUESTIONS))


async def ask_question(turn: Turn) -> None:
    t, group = turn.t, _group(turn)
    question, answers = asking.QUESTIONS[group]
    now = asking.answered(held(turn), group)
    options = [toggle(one.name, t.t(one.label), one == now) for one in answers]
    rows = [options[i : i + 2] for i in range(0, len(options), 2)]
    rows.append([toggle("any", t.t("Whatever"), now is None), Option("back", t.t("Back"))])
    turn.ask(t.t(question), rows, edit=True)


async def answer_question(turn: Turn, answer: Answer) -> None:
    group = _group(turn)
    answers = {one.name: one for one in asking.QUESTIONS[group][1]}
    kept = held(turn)
    if isinstance(answer, Said):
        found = meant(turn, answer.text, {name: one.label for name, one in answers.items()})
        answer = Chosen(found[0]) if len(found) == 1 else answer
    if not isinstance(answer, Chosen) or answer.value not in {*answers, "any"}:
        turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
        return await turn.again()
    asking.put(kept, group, answers.get(answer.value))
    hold(turn, kept)
    await back(turn)


async def ask_name(turn: Turn) -> None:
    t = turn.t
    turn.ask(
        t.t("How shall we call this wish?"), [[Option("none", t.t("No name")), Option("back", t.t("Back"))]], edit=True
    )


async def answer_name(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    if isinstance(answer, Said):
        kept.name = cut(" ".join(answer.text.split()), wish_words.LONGEST) or None
    elif answer == Chosen("none"):
        kept.name = None
    else:
        return await turn.again()
    hold(turn, kept)
    await back(turn)


FLOW = Flow(
    "wish",
    Step("menu", wish.ask_menu, wish.answer_menu),
    Step("work", ask_work, answer_work),
    Step("time", wish_time.ask_time, wish_time.answer_time),
    Step("grid", wish_time.ask_grid, wish_time.answer_grid),
    Step("day", wish_time.ask_day, wish_time.answer_day),
    Step("pay", ask_pay, answer_pay),
    Step("starts", ask_starts, answer_starts),
    Step("words", wish_words.ask_words, wish_words.answer_words, any_words=True),
    Step("more", ask_more, answer_more),
    Step("question", ask_question, answer_question),
    Step("languages", wish_words.ask_languages, wish_words.answer_languages),
    Step("name", ask_name, answer_name, any_words=True),
)
