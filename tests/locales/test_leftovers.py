"""What the look for English left over finds, and what it must not take for English."""

import pytest

from locales import Catalogs
from tests.leftovers import left_over, texts

CATALOGS = Catalogs.load()
OTHERS = [code for code in CATALOGS.released if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_one_english_text_among_others_is_found(code: str) -> None:
    t = CATALOGS.translator(code)
    whole = "\n".join([t.t("New job · {near}", near=t.t("your neighbourhood")), f"{t.t('Where')}: 광산구 월곡2동"])
    assert left_over(code, whole) == []
    for english in (
        "Apply by Fri 4 Dec",
        "12,000 won/h",
        "5 days left",
        "Where: 광산구",
        "Save",
        "Hello. Apply by 4 Dec now",
    ):
        assert left_over(code, f"{whole} · {english}"), english
        assert left_over(code, f"{english}\n{whole}"), english


@pytest.mark.parametrize("code", OTHERS)
def test_what_the_catalog_itself_says_is_never_english(code: str) -> None:
    for text in texts(code):
        assert left_over(code, text) == [], text


def test_english_is_no_fault_in_english() -> None:
    assert left_over("en", "Apply by Fri 4 Dec") == []
    assert "Save" in texts("en")
