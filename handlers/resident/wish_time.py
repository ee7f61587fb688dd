"""When a resident can work: bands of the day and days of the week, together or each day apart, tapped or written."""

from .. import asking, text, typed_times
from ..chat import words as spoken
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option
from ..chat.turn import Turn
from ..matching import ALL
from .parts import back, meant, picked, stands, toggle
from .wish import held, hold

BANDS, DAYS = tuple(f"b{band}" for band in range(4)), tuple(f"d{day}" for day in range(7))  # options
WEEKDAYS, WEEKEND = 0b0011111, 0b1100000
# What people write for the bands beside their names.
SPOKEN = ((1, ("오전", "아침")), (2, ("오후", "낮")), (4, ("저녁",)), (8, ("밤", "야간")))


def apart(mask: int) -> tuple[int, int]:
    """The days and the bands of a mask of hours; 0 for all of them, so that the first one chosen is the only one."""
    mask = asking.EVERY if mask == ALL else mask
    days = sum(1 << day for day in range(7) if mask >> 4 * day & 15)
    bands = 0
    for day in range(7):
        bands |= mask >> 4 * day & 15
    return days % 127, bands % 15


def together(days: int, bands: int) -> int:
    """Days alone mean all day, times alone every day."""
    mask = _bits(days or 127, bands or 15)
    return ALL if mask == asking.EVERY else mask


def _bits(days: int, bands: int) -> int:
    return sum(bands << 4 * day for day in range(7) if days >> day & 1)


async def ask_time(turn: Turn) -> None:
    t, mask = turn.t, held(turn).hours
    days, bands = apart(mask)
    rows = [
        [toggle(BANDS[i], t.t(name), bool(bands >> i & 1)) for i, name in enumerate(asking.BANDS)],
        [toggle(DAYS[day], t.formats.weekday(day), bool(days >> day & 1)) for day in range(7)],
        [Option("weekdays", t.t("Weekdays")), Option("weekend", t.t("Weekend"))],
        [Option("grid", t.t("Each day apart")), Option("any", t.t("Any time")), Option("done", t.t("Done"))],
    ]
    lines = [
        t.t("When can you work? The whole working time must lie inside."),
        t.t("Morning 06–12, afternoon 12–18, evening 18–22, night 22–06."),
        f"{t.t('Time')}: {asking.times(t, mask)}",
    ]
    turn.ask("\n".join(lines), rows, edit=True)


async def answer_time(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    days, bands = apart(kept.hours)
    match answer:
        case Chosen("done"):
            return await back(turn)
        case Chosen("grid"):
            return await turn.go("grid")
        case Chosen("any"):
            days = bands = 0
        case Chosen("weekdays"):
            days = WEEKDAYS
        case Chosen("weekend"):
            days = WEEKEND
        case Chosen(value) if value in BANDS:
            bands ^= 1 << BANDS.index(value)
        case Chosen(value) if value in DAYS:
            days ^= 1 << DAYS.index(value)
        case Said(said):
            days, bands = said_time(turn, said)
            if not days and not bands:
                turn.say(turn.t.t("Please write days and times, for example “월·수·금 오전”, or choose below."))
                return await turn.again()
        case _:
            return await turn.again()
    kept.hours = together(days, bands)
    hold(turn, kept)
    await turn.again()


def said_time(turn: Turn, said: str) -> tuple[int, int]:
    """Days and bands that were written: "mornings", "월·수·금 오전", "Mon, Wed 09:00-12:00"."""
    hours = text.parse_hours(said[:200])
    bits = (text.hour_bits(hours) if hours else None) or 0
    days, bands = apart(bits) if bits else (hours.days if hours else 0, _spanned(said))
    for labels in (asking.BANDS, asking.BANDS_SAID):  # "утро" and "утром"
        for value in meant(turn, said, {str(i): label for i, label in enumerate(labels)}):
            bands |= 1 << int(value)
    folded = spoken.plain(said)
    if not bands:
        bands = sum(band for band, names in SPOKEN if any(stands(name, folded) for name in names))
    for value in meant(turn, said, {"weekdays": "Weekdays", "weekend": "Weekend"}):
        days |= WEEKDAYS if value == "weekdays" else WEEKEND
    if not days:
        names = {day: spoken.plain(turn.t.formats.weekday(day)) for day in range(7)}
        parts = set(folded.replace(",", " ").replace("·", " ").split())
        days = sum(1 << day for day, name in names.items() if name in parts)
    return days, bands


def _spanned(said: str) -> int:
    """The bands of a span without days, or with days of another language: "Mon, Wed 9am-12pm"."""
    span = typed_times.window(said)
    if span is None:
        return 0
    begins, ends = (f"{minute // 60:02}:{minute % 60:02}" for minute in span)
    hours = text.parse_hours(f"매일 {begins}~{ends}")
    return apart(text.hour_bits(hours) or 0)[1] if hours else 0


async def ask_grid(turn: Turn) -> None:
    """One day after the other: 28 buttons at once are more than one can look through."""
    t, mask = turn.t, _each(turn)
    lines = [t.t("Every day and time that suits you:"), *asking.times(t, mask).split("; ")]
    days = [toggle(str(day), t.formats.weekday(day), bool(mask >> 4 * day & 15)) for day in range(7)]
    turn.ask("\n".join(lines), [days, [Option("done", t.t("Done"))]], edit=True)


async def answer_grid(turn: Turn, answer: Answer) -> None:
    if (day := picked(answer)) is not None:
        return await turn.go("day", day=day)
    match answer:
        case Chosen("done"):
            return await back(turn)
        case Said(said):
            days, bands = said_time(turn, said)
            if bands:
                _put(turn, _each(turn) & ~_bits(days or 127, 15) | _bits(days or 127, bands))
            elif days.bit_count() == 1:
                return await turn.go("day", day=days.bit_length() - 1)
            else:
                turn.say(turn.t.t("Please write days and times, for example “월·수·금 오전”, or choose below."))
        case _:
            pass
    await turn.again()


async def ask_day(turn: Turn) -> None:
    t, day = turn.t, int(turn.dialog.answers.get("day", 0))
    here = _each(turn) >> 4 * day & 15
    bands = [toggle(str(band), t.t(name), bool(here >> band & 1)) for band, name in enumerate(asking.BANDS)]
    lines = [t.t("Morning 06–12, afternoon 12–18, evening 18–22, night 22–06.")]
    turn.ask("\n".join(lines), [bands, [Option("done", t.t("Done"))]], title=t.formats.weekday(day), edit=True)


async def answer_day(turn: Turn, answer: Answer) -> None:
    day = int(turn.dialog.answers.get("day", 0))
    if answer == Chosen("done"):
        return await turn.back()
    mask = _each(turn)
    if (band := picked(answer)) is not None:
        mask ^= 1 << 4 * day + band
    elif isinstance(answer, Said) and (bands := said_time(turn, answer.text)[1]):
        mask = mask & ~_bits(1 << day, 15) | _bits(1 << day, bands)
    if mask:
        _put(turn, mask)
    else:
        turn.say(turn.t.t("One time must stay, or no job would ever fit."))
    await turn.again()


def _each(turn: Turn) -> int:
    """The bits of every day and time that suits."""
    mask = held(turn).hours
    return asking.EVERY if mask == ALL else mask


def _put(turn: Turn, mask: int) -> None:
    kept = held(turn)
    kept.hours = ALL if mask == asking.EVERY else mask
    hold(turn, kept)
