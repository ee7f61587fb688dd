"""Traps of Babel, gettext and scripts that were measured for our languages (residents.md 0, 1.4-1.6), each held shut."""

import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from locales import Catalogs, Translator, leak
from locales.formats import Formats
from locales.languages import rows
from locales.plurals import RULES, compiled
from locales.resolver import offered, resolve

ROOT = Path(__file__).parents[2]
EVERY = tuple(rows())
DAY = date(2026, 12, 4)


@pytest.fixture(scope="module")
def ru() -> Translator:
    return Catalogs.load(["ru"]).translator("ru")


@pytest.fixture(scope="module")
def ur() -> Translator:
    """Urdu has no catalog yet: its direction and formats over the English one's texts."""
    from locales.catalogs import read

    leak.guard(["ur"])
    return Translator("ur", read("en"))


@pytest.mark.parametrize(
    "early", ["", "d.format_date(day, 'cccc', locale='ur'); d.format_skeleton('MMMEd', day, locale='ur')\n"]
)
def test_urdu_does_not_reach_korean_or_russian(early: str) -> None:
    """In a process of its own, whether Urdu is used before the catalogs are loaded or after."""
    program = (
        "from datetime import date; import babel.dates as d\n"
        f"day = date(2026, 12, 4)\n{early}"
        "from locales import Catalogs; catalogs = Catalogs.load()\n"
        "d.format_date(day, 'cccc', locale='ur'); d.format_skeleton('MMMEd', day, locale='ur')\n"
        "print(d.format_date(day, 'cccc', locale='ko'), d.format_skeleton('MMMEd', day, locale='ru'))\n"
        "print(catalogs.translator('ru').date(day), catalogs.translator('ko').date(day))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["금요일 пт, 4 дек.", "пт, 4 дек. 12월 4일(금)"]


def test_guarded_locales_share_nothing() -> None:
    from babel import localedata

    leak.guard(["ko", "ru", "ur"])
    ko, ru, root = (localedata.load(name)["days"] for name in ("ko", "ru", "root"))
    assert len({id(ko), id(ru), id(root)}) == 3
    before = localedata.load("ko")
    leak.guard(["ko", "vi"])
    assert localedata.load("ko") is before


def test_the_plural_table_has_the_forms_of_the_table_of_languages() -> None:
    assert set(RULES) == set(EVERY)
    assert {code: str(RULES[code][0]) for code in EVERY} == {
        code: row["gettext_nplurals_to_use"] for code, row in rows().items()
    }


@pytest.mark.parametrize("code", EVERY)
def test_plural_forms_are_those_of_cldr(code: str) -> None:
    """One form of ours for each of CLDR's categories, for whole numbers. Babel's own headers fail for id, my, tg, fil, bn, si."""
    count, expression = RULES[code]
    form, category = compiled(expression), Locale.parse(code).plural_form
    pairs = {(form(n), category(n)) for n in range(1001)}
    assert len(pairs) == len({ours for ours, _ in pairs}) == count


@pytest.mark.parametrize("code", EVERY)
def test_formats_of_every_language(code: str) -> None:
    leak.guard([code])
    formats = Formats(code)
    for text in (formats.date(DAY), formats.date_short(DAY), formats.days(0b0010101)):
        assert text
        assert not set("০१၁១") & set(text), "digits are 0-9"
    assert "4" in formats.date(DAY)
    assert "2026" in formats.date_short(DAY, year=True), "the calendar is Gregorian, in Thai too"
    assert [
        len(group) for group in formats.number(2236300).replace("\N{NO-BREAK SPACE}", ",").replace(".", ",").split(",")
    ] == [1, 3, 3]
    assert formats.time(18 * 60 + 30) == "18:30"
    assert len({formats.weekday(day) for day in range(7)}) == 7


@pytest.mark.parametrize(
    ("code", "said"),
    [
        *[("zh_Hans", "12月4日（周五）"), ("zh_Hant", "12月4日 週五"), ("ja", "12月4日(金)"), ("vi", "T6, 4 tháng 12")],
        *[("km", "ថ្ងៃសុក្រ ទី4 ខែធ្នូ"), ("ne", "डिसेम्बर 4, शुक्र"), ("uz", "Jum, 4-dekabr"), ("th", "ศ. 4 ธ.ค.")],
    ],
)
def test_dates_keep_each_languages_order(code: str, said: str) -> None:
    leak.guard([code])
    assert Formats(code).date(DAY) == said


def test_zero_width_spaces_of_khmer_and_lao_stay() -> None:
    leak.guard(["km", "lo"])
    from babel.dates import get_day_names

    for code, width in (("km", "wide"), ("lo", "abbreviated")):
        names = get_day_names(width, locale=code)  # type: ignore[arg-type]
        assert [Formats(code).weekday(day) for day in range(7)] == [names[day] for day in range(7)]


def test_periods() -> None:
    formats, today = Formats("en"), date(2026, 11, 24)
    assert formats.period(date(2027, 1, 4), date(2027, 9, 30), today) == "4 Jan – 30 Sep"
    assert formats.period(date(2027, 1, 4), date(2027, 12, 31), today) == "4 Jan 2027 – 31 Dec 2027"
    assert formats.period(DAY, DAY, today) == "4 Dec"
    assert formats.period(DAY, None, today) == "4 Dec –"
    assert formats.period(None, DAY) == "– 4 Dec"
    assert formats.period(None, None, today) == ""


def test_periods_in_chinese_and_uzbek() -> None:
    """People in Korea write a Chinese period with a tilde, also an open one; Uzbek years come first, in full months."""
    start, end, today = date(2027, 1, 4), date(2027, 12, 31), date(2026, 11, 24)
    chinese, uzbek = Formats("zh_Hans"), Formats("uz")
    assert chinese.period(start, end) == "1月4日～12月31日"
    assert chinese.period(start, end, today) == "2027年1月4日～2027年12月31日"
    assert (chinese.period(start, None), chinese.period(None, end)) == ("1月4日～", "～12月31日")
    assert uzbek.period(start, end, today) == "2027-yil 4-yanvar – 2027-yil 31-dekabr"
    assert uzbek.date_short(date(2027, 6, 30)) != uzbek.date_short(date(2027, 7, 30))


@pytest.mark.parametrize(
    ("bits", "said"),
    [
        (0b0011111, "Mon–Fri"),
        (0b0000011, "Mon, Tue"),
        (0b1011011, "Mon, Tue, Thu, Fri, Sun"),
        (0b1110001, "Mon, Fri–Sun"),
        (0, ""),
    ],
)
def test_days(bits: int, said: str) -> None:
    assert Formats("en").days(bits) == said


def test_the_whole_week_is_said_in_words() -> None:
    catalogs = Catalogs.load()
    said = {"ko": "매일", "en": "Every day", "ru": "ежедневно", "zh_Hans": "每天", "uz": "Har kuni"}
    said |= {"vi": "Mỗi ngày", "km": "រាល់ថ្ងៃ"}
    assert {code: catalogs.translator(code).days(0b1111111) for code in said} == said


@given(st.integers(0, 127))
def test_days_name_each_end_once(bits: int) -> None:
    parts = Formats("en").days(bits).replace("–", ", ").split(", ") if bits else []
    assert len(parts) == len(set(parts)) <= bits.bit_count()


def test_times_are_given_as_minutes_or_as_times() -> None:
    formats = Formats("ru")
    assert formats.times(time(22), 30 * 60) == "22:00–06:00"
    assert formats.times(18 * 60, 24 * 60) == "18:00–24:00"
    assert formats.time(time(9, 5)) == "09:05"


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        *[
            ("zh-hans", "zh_Hans"),
            ("zh_Hans_CN", "zh_Hans"),
            ("zh", "zh_Hans"),
            ("zh-SG", "zh_Hans"),
            ("cmn", "zh_Hans"),
        ],
        *[("zh-hans-raw", "zh_Hans"), ("zh-Hans-HK", "zh_Hans"), ("zh-hant", "zh_Hant"), ("zh-hant-tw", "zh_Hant")],
        *[
            ("zh-TW", "zh_Hant"),
            ("zh-hk", "zh_Hant"),
            ("zh-MO", "zh_Hant"),
            ("yue", "zh_Hant"),
            ("zh-TW-x-old", "zh_Hant"),
        ],
        *[("tl", "fil"), ("tl-PH", "fil"), ("fil-PH", "fil"), ("in", "id"), ("in-ID", "id"), ("it-IT", None)],
        *[
            ("uz-Cyrl", "uz"),
            ("uz_Latn_UZ", "uz"),
            ("mn-Mong", "mn"),
            ("kk-Arab", "kk"),
            ("en-raw", "en"),
            ("en-GB", "en"),
        ],
        *[("ru_RU.UTF-8", "ru"), (" KO-kr ", "ko"), ("tet", None), ("pt", None), ("he", None), ("iw", None)],
        *[("classic-zh-cn", None), ("x-uz", None), ("", None), ("-", None), (None, None), ("ZH_HANS", "zh_Hans")],
    ],
)
def test_every_seen_hint_is_resolved(hint: str | None, code: str | None) -> None:
    assert resolve(hint, EVERY) == code


@given(st.text(max_size=40))
def test_no_hint_raises_or_leaves_the_released(hint: str) -> None:
    catalogs = Catalogs(("ko", "en", "ru"), {})
    assert catalogs.resolve(hint) in {None, "ko", "en", "ru"}
    assert catalogs.specific(hint) in {None, "ko", "ru"}
    assert catalogs.offered(hint) in {None, "ko", "en", "ru"}


def test_russian_is_offered_and_never_forced() -> None:
    now = ("ko", "en", "ru")
    for hint in ("ky", "tg-TJ", "be", "uk-UA", "hy", "ka", "az", "tk", "uz-Cyrl-UZ"):
        assert (offered(hint, now), resolve(hint, now)) == ("ru", None)
    assert offered("ky", (*now, "ky")) == "ky"
    assert (offered("uz", (*now, "uz")), offered("uz-cyrl", (*now, "uz"))) == ("uz", "ru")
    assert offered("vi", now) is None
    assert offered("ky", ("ko", "en")) is None


def test_a_language_that_is_not_loaded_is_english() -> None:
    catalogs = Catalogs.load(["ko"])
    assert catalogs.released == ("ko",)
    assert catalogs.translator("vi").code == catalogs.translator("").code == "en"
    assert catalogs.native_name("zh_Hant") == "繁體中文"
    assert catalogs.native_name("xx") == "xx"


def test_a_missing_text_is_english_and_counted(ru: Translator) -> None:
    assert ru.t("Not {said} in Russian", said="yet") == "Not yet in Russian"
    assert ru.n("{n} odd thing", "{n} odd things", 5) == "5 odd things"
    assert ru.c("verb", "Never a verb") == "Never a verb"
    assert ru.missing == {"Not {said} in Russian", "{n} odd thing", "Never a verb"}
    assert ru.t("") == ""
    assert "" not in ru.missing


def test_a_doubtful_text_is_not_shown() -> None:
    catalog = Catalog(locale="ru")
    catalog.add("Apply", "Сохранить", flags=["fuzzy"])
    ru = Translator("ru", catalog)
    assert (ru.t("Apply"), ru.missing) == ("Apply", {"Apply"})


@pytest.mark.parametrize("value", ["{b}", "{0.__class__}", "{", "}", "100 %"])
def test_values_are_never_patterns(ru: Translator, value: str) -> None:
    assert ru.t("{a} and {b}", a=value) == f"{value} and {{b}}"


def test_a_count_has_groups_of_three() -> None:
    assert Catalogs.load(["en"]).translator("en").n("{n} job", "{n} jobs", 12000) == "12,000 jobs"


def test_only_right_to_left_lines_are_isolated(ru: Translator, ur: Translator) -> None:
    assert (ur.rtl, ru.rtl) == (True, False)
    assert ru.isolate("월곡2동") == "월곡2동"
    assert ur.isolate("월곡2동") == "\u2068월곡2동\u2069"
    assert ur.isolate("") == ""
    assert ur.times(840, 1020) == "\u206814:00–17:00\u2069"
    assert ur.t("Help by phone: {phone}", phone="062-000-0101") == "Help by phone: \u2068062-000-0101\u2069"
    assert ur.t("More: {link}", link="https://example.org/a") == "More: https://example.org/a"
