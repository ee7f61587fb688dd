"""Dates, times, days, numbers and periods as each language writes them. Times are Korean, HH:mm; the calendar is Gregorian."""

from collections.abc import Sequence
from datetime import date as Day

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

# Babel's stand-alone patterns (c, L) are not used: they are the ones that other locales' data leaks into.
DAY = {"ko": "M월 d일(EEE)", "en": "EEE d MMM", "ru": "EEE, d MMM", "zh_Hans": "M月d日 EEE", "vi": "EEE, d MMM"}
SHORT = {"ko": "M월 d일", "en": "d MMM", "ru": "d MMM", "zh_Hans": "M月d日", "vi": "d MMM"}
YEAR = {"ko": "y년 M월 d일", "en": "d MMM y", "ru": "d MMM y", "zh_Hans": "y年M月d日", "vi": "d MMM y"}
MONDAY = Day(2024, 1, 1)
FAR = 300  # days from today beyond which a date carries its year
SPACES = str.maketrans({"\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}"})


class Formats:
    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = Locale.parse(code)

    def date(self, day: Day) -> str:
        """Weekday, day and month: "12월 4일(금)", "Fri 4 Dec"."""
        return format_date(day, DAY.get(self.code, "EEE, d MMM"), locale=self._locale)

    def date_short(self, day: Day, *, year: bool = False) -> str:
        patterns = YEAR if year else SHORT
        return format_date(day, patterns.get(self.code, "d MMM y" if year else "d MMM"), locale=self._locale)

    def period(self, start: Day | None, end: Day | None, today: Day | None = None) -> str:
        """ "4 Jan – 30 Jun"; one end may be open. The year is shown where a date lies far away or the years differ."""
        dash = "~" if self.code == "ko" else " – "
        known = [day for day in (start, end) if day is not None]
        far = today is not None and any(abs((day - today).days) > FAR for day in known)
        parts = [self.date_short(day, year=far) if day else "" for day in (start, end)]
        return dash.join(parts).strip() if known else ""

    def time(self, minutes: int) -> str:
        """Minutes of the day as HH:mm; past midnight it goes on from 00:00, and 24:00 is itself."""
        if minutes != 24 * 60:
            minutes %= 24 * 60
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def times(self, start: int, end: int) -> str:
        return f"{self.time(start)}{'~' if self.code == 'ko' else '–'}{self.time(end)}"

    def weekday(self, index: int) -> str:
        """Short name of a weekday, Monday 0."""
        return format_date(MONDAY.replace(day=1 + index), "EEE", locale=self._locale)

    def days(self, bits: int) -> str:
        """Days of a mask (Monday 1): runs of three and more as a range, "Mon–Fri", else a list."""
        chosen = [i for i in range(7) if bits >> i & 1]
        return ("·" if self.code == "ko" else ", ").join(self._runs(chosen))

    def _runs(self, chosen: Sequence[int]) -> list[str]:
        parts: list[str] = []
        i = 0
        while i < len(chosen):
            j = i
            while j + 1 < len(chosen) and chosen[j + 1] == chosen[j] + 1:
                j += 1
            if j - i >= 2:
                dash = "~" if self.code == "ko" else "–"
                parts.append(f"{self.weekday(chosen[i])}{dash}{self.weekday(chosen[j])}")
            else:
                parts += [self.weekday(day) for day in chosen[i : j + 1]]
            i = j + 1
        return parts

    def number(self, n: int) -> str:
        """Groups of three digits with the language's separator: one compares it with a Korean contract."""
        return format_decimal(n, format="#,##0", locale=self._locale).translate(SPACES)
