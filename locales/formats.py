"""Dates, times, days, numbers and periods as each language writes them. Times are Korean, HH:mm; the calendar is Gregorian."""

from datetime import date as Day
from datetime import time as Clock

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

# (with weekday, day and month, with year) as our script or people write them; other languages follow CLDR's own order.
# Russian is here because CLDR's pattern for it uses a stand-alone name (ccc), which other locales' data leaks into.
# Vietnamese writes 4/12, but in Korea that could be read as 12 April; "thg" and "Th 6" are CLDR's own abbreviations only.
PATTERNS = {
    "ko": ("M월 d일(EEE)", "M월 d일", "y년 M월 d일"),
    "en": ("EEE d MMM", "d MMM", "d MMM y"),
    "ru": ("EEE, d MMM", "d MMM", "d MMM y"),
    "vi": ("EEEEE, d 'tháng' M", "d 'tháng' M", "d 'tháng' M, y"),
    "km": ("'ថ្ងៃ'EEEE 'ទី'd 'ខែ'MMM", "d MMM", "d MMM y"),
    "zh_Hans": ("M月d日（EEE）", "M月d日", "y年M月d日"),
    "uz": ("EEE, d-MMMM", "d-MMMM", "y-'yil' d-MMMM"),  # short names of June and July differ by one letter: iyn, iyl
}
WEEKDAYS = {"vi": "EEEEE", "km": "EEEE"}  # T6 as calendars have it; CLDR's short Khmer Thursday is cut off in mid-word
# What stands between two days of a calendar, two weekdays, two times.
BETWEEN = {"ko": ("~", "~", "~"), "zh_Hans": ("～", "至", "–")}
COMMAS = {"ko": "·", "ja": "・", "zh_Hans": "、", "zh_Hant": "、", "ur": "، "}
MONDAY = Day(2024, 1, 1)
FAR = 335  # days from today, eleven months: further away a day and month could be taken for the wrong year's
SPACES = str.maketrans({"\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}"})
EVERY_DAY = 0b1111111


class Formats:
    """One language's formats. Digits are always 0-9: phones must be tappable, and one compares sums with a Korean contract."""

    def __init__(self, code: str) -> None:
        self._locale = Locale.parse(code)
        known = self._locale.datetime_skeletons
        self._day, self._short, self._year = PATTERNS.get(code) or (
            str(known[skeleton].pattern) for skeleton in ("MMMEd", "MMMd", "yMMMd")
        )
        self._weekday = WEEKDAYS.get(code, "EEE")
        self._until, self._through, self._dash = BETWEEN.get(code, (" – ", "–", "–"))
        self._comma = COMMAS.get(code, ", ")

    def date(self, day: Day) -> str:
        """Weekday, day and month: "12월 4일(금)", "Fri 4 Dec"."""
        return self._date(day, self._day)

    def date_short(self, day: Day, *, year: bool = False) -> str:
        """Day and month: "1월 4일", "4 Jan"."""
        return self._date(day, self._year if year else self._short)

    def period(self, start: Day | None, end: Day | None, today: Day | None = None) -> str:
        """ "4 Jan – 30 Jun"; one end may be open. Both show the year where one of them is over 11 months from today."""
        known = [day for day in (start, end) if day is not None]
        far = today is not None and any(abs((day - today).days) > FAR for day in known)
        if start == end:
            return self.date_short(known[0], year=far) if known else ""
        return self._until.join(self.date_short(day, year=far) if day else "" for day in (start, end)).strip()

    def time(self, at: int | Clock) -> str:
        """Minutes of the day, or a time, as HH:mm; past midnight it goes on from 00:00, and 24:00 is itself."""
        minutes = at.hour * 60 + at.minute if isinstance(at, Clock) else at
        if minutes != 24 * 60:
            minutes %= 24 * 60
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def times(self, start: int | Clock, end: int | Clock) -> str:
        return f"{self.time(start)}{self._dash}{self.time(end)}"

    def weekday(self, index: int) -> str:
        """Short name of a weekday, Monday 0. Never stripped: Khmer and Lao names hold zero-width spaces."""
        return self._date(MONDAY.replace(day=1 + index), self._weekday)

    def days(self, bits: int) -> str:
        """Days of a mask (Monday 1): runs of three and more as a range, "Mon–Fri", else a list."""
        parts, chosen = [], [day for day in range(7) if bits >> day & 1]
        while chosen:
            run = 1
            while run < len(chosen) and chosen[run] == chosen[0] + run:
                run += 1
            names, chosen = [self.weekday(day) for day in chosen[:run]], chosen[run:]
            parts += [f"{names[0]}{self._through}{names[-1]}"] if run > 2 else names
        return self._comma.join(parts)

    def number(self, n: float) -> str:
        """To one decimal, in groups of three digits with the language's signs, where Nepali and Bengali would write 22,36,300."""
        return format_decimal(n, format="#,##0.#", locale=self._locale).translate(SPACES)

    def _date(self, day: Day, pattern: str) -> str:
        return format_date(day, pattern, locale=self._locale).translate(SPACES)
