"""When we write: at once, daily or weekly, not in one's quiet hours, not while one pauses, and how shift work lies."""

from datetime import datetime, time, timedelta
from typing import Any

from locales import N_
from storage import due, residents

from .. import pace, shifts, text, typed_dates, typed_times
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from . import alerts, start
from .notice import VERSION, day
from .parts import back, example, meant, picked, toggle

HOURS = (7, 9, 12, 18, 20)  # of the day, that are offered
WINDOWS = {"usual": (21 * 60, 8 * 60), "short": (23 * 60, 6 * 60), "day": (8 * 60, 17 * 60), "none": (0, 0)}
PAUSES = {"1": N_("One day"), "3": N_("Three days"), "7": N_("A week"), "30": N_("A month")}
PATTERNS = {"two": N_("Two shifts"), "three": N_("Three shifts"), "four": N_("주주야야비비")}
SAID = {shifts.DAY: "주", shifts.EVENING: "저", shifts.NIGHT: "야", shifts.OFF: "비"}
LONGEST = 366  # days of a pause
BEGAN = timedelta(days=60)  # so far back the first day of shifts may lie when it is said without its year
MORNING = time(8)


async def when(turn: Turn) -> None:
    """The button of the overview; whoever has not agreed yet begins at the start."""
    if turn.resident.state != "active":
        return await start.start(turn)
    await turn.begin("pace")


def told(turn: Turn) -> list[str]:
    """When this person is written to, a line each."""
    t, who = turn.t, turn.resident
    lines = [rhythm(turn)]
    if turn.capabilities.rings and who.daily_at is None:
        if who.quiet_from == who.quiet_until:
            lines.append(t.t("At any hour, at night too"))
        else:
            lines.append(t.t("Nothing between {times}", times=t.times(who.quiet_from, who.quiet_until)))
    if who.paused_until and who.paused_until > turn.tx.now:
        lines.append(t.t("Paused until {date}", date=t.date(who.paused_until.astimezone(text.SEOUL).date())))
    if who.shifts and who.shifts_from:
        off = list(shifts.days_off(who.shifts, who.shifts_from, turn.tx.now.astimezone(text.SEOUL).date()))
        dates = ", ".join(t.date(day) for day in off[:4]) or t.t("none in the next two weeks")
        lines.append(t.t("Your days off: {dates}", dates=dates))
    return lines


def kept(turn: Turn) -> list[str]:
    """The same as it is kept, whether or not it matters now."""
    t, who = turn.t, turn.resident
    lines = told(turn)
    if not turn.capabilities.rings or who.daily_at is not None:
        lines.append(t.t("Quiet hours: {times}", times=t.times(who.quiet_from, who.quiet_until)))
    if who.shifts and who.shifts_from:
        said = _said(who.shifts)
        lines.append(t.t("Shifts: {pattern}, from {date}", pattern=said, date=t.date_short(who.shifts_from, year=True)))
    if who.asked_at:
        lines.append(t.t("Asked whether to write less: {date}", date=day(t, who.asked_at)))
    return lines


def _said(pattern: str) -> str:
    return "".join(SAID[letter] for letter in pattern)


def rhythm(turn: Turn) -> str:
    t, who = turn.t, turn.resident
    if who.daily_at is None:
        return t.t("New jobs come at once")
    hour = f"{who.daily_at // 60:02}:{who.daily_at % 60:02}"
    if who.weekly_on is None:
        return t.t("Once a day, at {time}", time=hour)
    return t.t("Once a week, {weekday} at {time}", weekday=t.formats.weekday(who.weekly_on), time=hour)


async def change(turn: Turn, **values: Any) -> None:
    """Set when they are written to. What was put off is looked at anew; an agreement that nothing needs is taken back."""
    who = turn.resident
    await residents.change(turn.tx, who, **values)
    if not pace.at_night(who.quiet_from, who.quiet_until, who.daily_at):
        await residents.withdraw(turn.tx, who, "night")
    await due.anew(turn.tx, who.id)


async def _agreed(turn: Turn, **values: int | None) -> None:
    """The same, after the agreement that messages at night need (Network Act, art. 50 (3))."""
    who = turn.resident
    now = {"quiet_from": who.quiet_from, "quiet_until": who.quiet_until, "daily_at": who.daily_at}
    wanted = {name: values.get(name, value) for name, value in now.items()}
    night = pace.at_night(int(wanted["quiet_from"] or 0), int(wanted["quiet_until"] or 0), wanted["daily_at"])
    if night and not await residents.agreed(turn.tx, who, "night"):
        return await turn.go("night", wanted=values)
    await change(turn, **values)
    await back(turn)


async def ask_menu(turn: Turn) -> None:
    t, who = turn.t, turn.resident
    rows = [
        [
            toggle("now", t.t("At once"), who.daily_at is None),
            toggle("day", t.t("Once a day"), who.daily_at is not None and who.weekly_on is None),
            toggle("week", t.t("Once a week"), who.weekly_on is not None),
        ],
        [Option("quiet", t.t("Quiet hours")), Option("pause", t.t("Pause")), Option("shifts", t.t("Shift work"))],
        [Option("done", t.t("Done"))],
    ]
    turn.ask("\n".join(told(turn)), rows, title=t.t("When we write"), edit=True)


async def answer_menu(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("now"):
            await change(turn, daily_at=None, weekly_on=None)
            await turn.again()
        case Chosen("day"):
            await turn.go("hour", weekly=None)
        case Chosen("week"):
            await turn.go("weekday")
        case Chosen(("quiet" | "pause" | "shifts") as step):
            await turn.go(step)
        case Chosen("done"):
            turn.end()
            await alerts.overview(turn)
        case _:
            turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
            await turn.again()


async def ask_weekday(turn: Turn) -> None:
    t = turn.t
    days = [Option(str(day), t.formats.weekday(day)) for day in range(7)]
    turn.ask(t.t("On which day of the week?"), [days, [Option("back", t.t("Back"))]], edit=True)


async def answer_weekday(turn: Turn, answer: Answer) -> None:
    if (weekday := picked(answer)) is not None:
        return await turn.go("hour", weekly=weekday)
    turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
    await turn.again()


async def ask_hour(turn: Turn) -> None:
    t = turn.t
    hours = [Option(str(hour * 60), f"{hour:02}:00") for hour in HOURS]
    turn.ask(t.t("At what time? You can write another one, for example 08:30."), [hours, [Option("back", t.t("Back"))]])


async def answer_hour(turn: Turn, answer: Answer) -> None:
    minute = typed_times.moment(answer.text) if isinstance(answer, Said) else picked(answer)
    if minute is None:
        turn.say(turn.t.t("Please write a time, for example 08:30."))
        return await turn.again()
    await _agreed(turn, daily_at=minute, weekly_on=turn.dialog.answers.get("weekly"))


async def ask_quiet(turn: Turn) -> None:
    t = turn.t
    rows = [
        [Option(name, t.times(*WINDOWS[name])) for name in ("usual", "short")],
        [Option("day", t.t("{times} (I work at night)", times=t.times(*WINDOWS["day"])))],
        [Option("none", t.t("No quiet hours")), Option("back", t.t("Back"))],
    ]
    turn.ask(t.t("When shall nothing come? You can write it, for example 22:00~07:00."), rows, edit=True)


async def answer_quiet(turn: Turn, answer: Answer) -> None:
    window = WINDOWS.get(answer.value) if isinstance(answer, Chosen) else None
    if isinstance(answer, Said):
        window = typed_times.window(answer.text)
    if window is None:
        turn.say(turn.t.t("Please write from when to when, for example 22:00~07:00."))
        return await turn.again()
    await _agreed(turn, quiet_from=window[0], quiet_until=window[1])


async def ask_night(turn: Turn) -> None:
    t = turn.t
    rows = [[Option("agree", t.t("I agree")), Option("refuse", t.t("I do not agree"))]]
    lines = [
        t.t("Then messages may come between 21:00 and 08:00. For that we need your agreement apart."),
        t.t("You can take it back here at any time."),
    ]
    turn.ask("\n".join(lines), rows)


async def answer_night(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("agree"):
        await residents.consent(turn.tx, turn.resident, "night", VERSION)
        await change(turn, **turn.dialog.answers.get("wanted", {}))
        return await back(turn)
    if answer == Chosen("refuse"):
        return await back(turn)
    turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
    await turn.again()


async def ask_pause(turn: Turn) -> None:
    t = turn.t
    options = [Option(days, t.t(label)) for days, label in PAUSES.items()]
    rows = [options[:2], options[2:], [Option("back", t.t("Back"))]]
    if turn.resident.paused_until and turn.resident.paused_until > turn.tx.now:
        rows[2].insert(0, Option("0", t.t("Go on now")))
    turn.ask(t.t("For how long? You can write a date. What comes meanwhile waits for you."), rows, edit=True)


async def answer_pause(turn: Turn, answer: Answer) -> None:
    now = turn.tx.now
    if (days := picked(answer)) is not None:
        until = now + timedelta(days=days)
    elif (found := _until(turn, answer)) is None:
        turn.say(turn.t.t("Please write a day to come within a year, for example {date}.", date=example(turn)))
        return await turn.again()
    else:
        until = found
    await due.pause(turn.tx, turn.resident, until if until > now else None)
    await back(turn)


def _until(turn: Turn, answer: Answer) -> datetime | None:
    """The morning of a day that was written."""
    today = turn.tx.now.astimezone(text.SEOUL).date()
    day = typed_dates.day(answer.text, turn.t.code, today) if isinstance(answer, Said) else None
    if day is None or not 0 < (day - today).days <= LONGEST:
        return None
    return datetime.combine(day, MORNING, text.SEOUL).astimezone(turn.tx.now.tzinfo)


async def ask_shifts(turn: Turn) -> None:
    t = turn.t
    options = [Option(name, t.t(label)) for name, label in PATTERNS.items()]
    lines = [
        t.t("We then say on how many of your days off a job lies. Which shifts do you work?"),
        t.t("You can write your own: 주 is a day, 야 a night, 비 a day off, for example 주주야야비비."),
    ]
    turn.ask(
        "\n".join(lines), [options, [Option("none", t.t("No shift work")), Option("back", t.t("Back"))]], edit=True
    )


async def answer_shifts(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("none"):
        await residents.change(turn.tx, turn.resident, shifts="", shifts_from=None)
        return await back(turn)
    if isinstance(answer, Said) and (found := meant(turn, answer.text, PATTERNS)) and not shifts.read(answer.text):
        answer = Chosen(found[0])
    pattern = shifts.PRESETS.get(answer.value) if isinstance(answer, Chosen) else None
    if isinstance(answer, Said):
        pattern = shifts.read(answer.text)
    if pattern is None:
        turn.say(turn.t.t("Please write the days one after the other, for example 주주야야비비."))
        return await turn.again()
    await turn.go("first", pattern=pattern)


async def ask_first(turn: Turn) -> None:
    t = turn.t
    rows = [[Option("0", t.t("Today")), Option("1", t.t("Tomorrow"))], [Option("back", t.t("Back"))]]
    asked = t.t("Which day is the first of it? You can write a date, for example {date}.", date=example(turn))
    turn.ask(asked, rows)


async def answer_first(turn: Turn, answer: Answer) -> None:
    t, pattern = turn.t, turn.dialog.answers.get("pattern", "")
    today = turn.tx.now.astimezone(text.SEOUL).date()
    if (ahead := picked(answer)) is not None:
        first = today + timedelta(days=ahead)
    else:
        read = typed_dates.day(answer.text, t.code, today - BEGAN) if isinstance(answer, Said) else None
        if read is None or abs((read - today).days) > LONGEST:
            turn.say(t.t("Please write a day, for example {date} or 2027-01-04.", date=example(turn)))
            return await turn.again()
        first = read
        turn.say(t.t("Shifts: {pattern}, from {date}", pattern=_said(pattern), date=t.date(first)))
    await residents.change(turn.tx, turn.resident, shifts=pattern, shifts_from=first)
    await back(turn)


FLOW = Flow(
    "pace",
    Step("menu", ask_menu, answer_menu),
    Step("weekday", ask_weekday, answer_weekday),
    Step("hour", ask_hour, answer_hour),
    Step("quiet", ask_quiet, answer_quiet),
    Step("night", ask_night, answer_night),
    Step("pause", ask_pause, answer_pause),
    Step("shifts", ask_shifts, answer_shifts),
    Step("first", ask_first, answer_first),
)
