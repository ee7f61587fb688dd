"""Words understood outside buttons, in Vietnamese and Khmer as people really type them."""

import pytest

from handlers.chat import words
from locales import Catalogs

CATALOGS = Catalogs.load()


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        *[(text, "stop") for text in ("dừng", "Dừng!", "dung", "DUNG", "ngừng", "ngung", "dừng lại", "dung lai")],
        *[
            (text, "stop")
            for text in ("ngưng", "tắt thông báo", "tat thong bao", "huỷ đăng ký", "huy dang ky", "không nhận nữa")
        ],
        *[(text, "stop") for text in ("ឈប់", "ឈប់។", "ឈ\u200bប់", "ឈប់ ", "បញ្ឈប់", "កុំផ្ញើ", "ឈប់ផ្ញើសារ")],
        *[(text, "help") for text in ("trợ giúp", "tro giup", "giúp tôi", "giup", "ជំនួយ", "ជួយ", "ជួយ\u200bខ្ញុំ")],
        *[(text, "language") for text in ("ngôn ngữ", "ngon ngu", "tiếng", "doi ngon ngu", "ភាសា", "ប្តូរភាសា")],
        *[(text, "phone") for text in ("điện thoại", "dien thoai", "ទូរស័ព្ទ", "ទូរសព្ទ")],
        *[(text, "jobs") for text in ("việc làm", "viec lam", "việc", "ការងារ", "រក\u200bការងារ")],
        *[(text, "move") for text in ("chat khác", "tôi có mã", "toi co ma", "កូដ", "ខ្ញុំមានកូដ")],
        *[(text, "parent") for text in ("cho bố mẹ", "bo me", "ឪពុកម្ដាយ", "ឪពុកម្តាយ")],
        *[(text, None) for text in ("đúng", "dùng", "tôi muốn dừng lại ở đây", "ខ្ញុំឈប់ធ្វើការនៅទីនោះ", "", "\u200b")],
    ],
)
def test_meanings(typed: str, meaning: str | None) -> None:
    assert words.meaning(typed) == meaning
    assert words.stops(typed) == (meaning == "stop")


@pytest.mark.parametrize(
    "typed", ["vâng", "vang", "dạ vâng", "có", "co", "dạ", "đúng", "đồng ý", "dong y", "បាទ", "ចាស", "យល់ព្រម។"]
)
def test_yes(typed: str) -> None:
    assert words.is_yes(typed)


@pytest.mark.parametrize("typed", ["quay lại", "quay lai", "trở lại", "ថយក្រោយ", "ត្រឡប់"])
def test_back(typed: str) -> None:
    assert words.is_back(typed)


@pytest.mark.parametrize("code", CATALOGS.released)
def test_the_words_that_our_texts_tell_people_to_write_are_understood(code: str) -> None:
    t = CATALOGS.translator(code)
    told = t.t("To stop, write “stop” at any time.")
    word = told[told.index("“" if "“" in told else "«") + 1 : told.index("”" if "”" in told else "»")]
    assert words.meaning(word) == "stop"
    assert words.meaning(t.t("Help")) == "help"
    assert words.meaning(t.t("Language")) == "language"
    assert words.is_back(t.t("Back"))


def test_two_khmer_letters_that_look_alike_are_one() -> None:
    assert words.plain("ប្ដូរតំបន់") == words.plain("ប្តូរ\u200bតំបន់")
