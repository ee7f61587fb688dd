"""Languages: complete, in their own plural forms, kept apart from each other, and understood from what clients send."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from locales import Catalogs
from locales.catalogs import read
from locales.checking import PARTICLE, catalog_faults, check
from locales.extraction import extract, template
from locales.languages import released
from locales.plurals import RULES, compiled

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalogs() -> Catalogs:
    return Catalogs.load()


def test_released_catalogs_are_whole() -> None:
    assert check(ROOT, released()) == []


def test_the_template_is_what_the_code_says() -> None:
    assert (ROOT / "locales/messages.pot").read_bytes() == template(ROOT)


@pytest.mark.parametrize("break_it", ["missing", "fuzzy", "placeholder", "particle"])
def test_a_broken_catalog_is_refused(break_it: str) -> None:
    wanted, ko = extract(ROOT), read("ko")
    message = ko.get("Apply by {date}")
    assert message is not None
    if break_it == "missing":
        message.string = ""
    elif break_it == "fuzzy":
        message.flags.add("fuzzy")
    elif break_it == "placeholder":
        message.string = "{day}까지"
    else:
        message.string = "{date}을"
    assert len(catalog_faults("ko", ko, wanted)) == 1


def test_a_wrong_plural_header_is_refused() -> None:
    ru = read("ru")
    ru._num_plurals, ru._plural_expr = 2, "(n != 1)"  # type: ignore[assignment]
    assert any("plural header" in fault for fault in catalog_faults("ru", ru, extract(ROOT)))


@pytest.mark.parametrize(("n", "form"), [(1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (22, 1), (112, 2)])
def test_russian_plurals(n: int, form: int) -> None:
    assert compiled(RULES["ru"][1])(n) == form


def test_plural_expressions_are_arithmetic_only() -> None:
    with pytest.raises(ValueError, match="plural"):
        compiled("__import__('os')")


def test_no_locale_leaks_into_another() -> None:
    """In a process of its own: Urdu is loaded first, then Russian and Korean must keep their own weekdays."""
    program = (
        "from datetime import date; import babel.dates as d\n"
        "from locales import leak; leak.guard(['ur', 'ru', 'ko'])\n"
        "day = date(2026, 12, 4)\n"
        "d.format_date(day, 'cccc', locale='ur'); d.format_skeleton('MMMEd', day, locale='ur')\n"
        "print(d.format_date(day, 'cccc', locale='ko'), d.format_skeleton('MMMEd', day, locale='ru'))\n"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "금요일" in said
    assert "пт" in said


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        *[("ko-KR", "ko"), ("ru", "ru"), ("RU_ru", "ru"), ("en-GB", "en")],
        *[("vi", "vi"), ("vi-VN", "vi"), ("vi_VN.UTF-8", "vi"), ("km", "km"), ("km-KH", "km"), ("KM_kh", "km")],
        *[("zh-hans", "zh_Hans"), ("zh-Hans-CN", "zh_Hans"), ("zh_CN", "zh_Hans"), ("zh", "zh_Hans"), ("zh-TW", None)],
        *[
            ("uz", "uz"),
            ("uz-UZ", "uz"),
            ("uz-Latn-UZ", "uz"),
            ("uz_Cyrl", "uz"),
            ("x-uz", None),
            ("", None),
            (None, None),
        ],
    ],
)
def test_hints_are_resolved(catalogs: Catalogs, hint: str | None, code: str | None) -> None:
    assert catalogs.resolve(hint) == code


def test_every_seen_spelling_of_chinese_and_filipino_is_known() -> None:
    from locales.resolver import resolve

    every = ("zh_Hans", "zh_Hant", "fil", "id")
    said = {
        "zh-hans": "zh_Hans",
        "zh-CN": "zh_Hans",
        "zh": "zh_Hans",
        "zh-hant-tw": "zh_Hant",
        "zh-HK": "zh_Hant",
        "tl": "fil",
    }
    assert {hint: resolve(hint, every) for hint in said} == said


def test_english_is_never_believed_at_once(catalogs: Catalogs) -> None:
    assert catalogs.specific("en") is None
    hints = {"ru": "ru", "vi-VN": "vi", "km-KH": "km", "zh-hans": "zh_Hans", "uz": "uz"}
    assert {hint: catalogs.specific(hint) for hint in hints} == hints


def test_formats_are_those_of_the_script(catalogs: Catalogs) -> None:
    day, start, end = date(2026, 12, 4), date(2027, 1, 4), date(2027, 6, 30)
    said = [
        (
            t.date(day),
            t.period(start, end, day),
            t.days(0b10101),
            t.days(0b11111),
            t.times(14 * 60, 17 * 60),
            t.number(2236300),
        )
        for t in map(catalogs.translator, ("ko", "en", "ru", "vi", "km", "zh_Hans", "uz"))
    ]
    assert said == [
        ("12월 4일(금)", "1월 4일~6월 30일", "월·수·금", "월~금", "14:00~17:00", "2,236,300"),
        ("Fri 4 Dec", "4 Jan – 30 Jun", "Mon, Wed, Fri", "Mon–Fri", "14:00–17:00", "2,236,300"),
        (
            "пт, 4 дек.",
            "4 янв. – 30 июн.",
            "пн, ср, пт",
            "пн–пт",
            "14:00–17:00",
            "2\N{NO-BREAK SPACE}236\N{NO-BREAK SPACE}300",
        ),
        ("T6, 4 tháng 12", "4 tháng 1 – 30 tháng 6", "T2, T4, T6", "T2–T6", "14:00–17:00", "2.236.300"),
        ("ថ្ងៃសុក្រ ទី4 ខែធ្នូ", "4 មករា – 30 មិថុនា", "ច័ន្ទ, ពុធ, សុក្រ", "ច័ន្ទ–សុក្រ", "14:00–17:00", "2,236,300"),
        ("12月4日（周五）", "1月4日～6月30日", "周一、周三、周五", "周一至周五", "14:00–17:00", "2,236,300"),
        (
            "Jum, 4-dekabr",
            "4-yanvar – 30-iyun",
            "Dush, Chor, Jum",
            "Dush–Jum",
            "14:00–17:00",
            "2\N{NO-BREAK SPACE}236\N{NO-BREAK SPACE}300",
        ),
    ]


@pytest.mark.parametrize("code", ["ko", "vi", "km"])
def test_labels_of_the_card_need_no_cutting_on_the_narrowest_platform(catalogs: Catalogs, code: str) -> None:
    """What is pressed most, within KakaoTalk's 14 characters in the languages that were written with them in mind."""
    labels = ("Apply", "Save", "Details", "Not for me", "Back", "Korean original", "I applied", "Jobs near me", "Help")
    more = ("I agree, start", "I do not agree", "Privacy notice", "Use my location", "Pick from a list", "Too far")
    rest = ("Change neighbourhood", "Once a day only", "Kind of work", "Just this one", "My saved jobs", "Do not save")
    t = catalogs.translator(code)
    assert [label for msgid in labels + more + rest if len(label := t.t(msgid)) > 14] == []


def test_24_00_is_itself_and_the_night_goes_on(catalogs: Catalogs) -> None:
    assert catalogs.translator("ko").time(1440) == "24:00"
    assert catalogs.translator("ko").time(1440 + 360) == "06:00"


def test_particles_are_found_right_after_a_placeholder() -> None:
    assert PARTICLE.search("{place}을 골랐어요")
    assert not PARTICLE.search("{place} 을지로")


def test_the_empty_text_is_empty_and_not_a_header(catalogs: Catalogs) -> None:
    assert catalogs.translator("ru").t("") == ""
