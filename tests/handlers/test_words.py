"""Words outside buttons, as residents of each language type them: other apostrophes, other letters, other Chinese characters."""

import pytest

from handlers.chat.words import is_back, is_yes, meaning, number, stops
from locales import Catalogs

CATALOGS = Catalogs.load()


@pytest.mark.parametrize("mark", ["ʻ", "ʼ", "‘", "’", "'", "`", "´", "′", "＇", ""])
@pytest.mark.parametrize("word", ["To{}xtatish", "to{}xtat.", "TO{}XTATING!"])
def test_uzbek_stops_with_any_apostrophe_or_none(word: str, mark: str) -> None:
    assert stops(word.format(mark))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        *[
            ("тўхтатиш", "stop"),
            ("Тухтатиш", "stop"),
            ("停止", "stop"),
            ("停止。", "stop"),
            ("退訂", "stop"),
            ("停！", "stop"),
        ],
        *[("yordam", "help"), ("Ёрдам", "help"), ("帮助", "help"), ("幫助", "help"), ("？", "help")],
        *[("til", "language"), ("тил", "language"), ("语言", "language"), ("語言", "language"), ("换语言", "language")],
        *[("telefon", "phone"), ("qo'ng'iroq", "phone"), ("қўнғироқ", "phone"), ("电话", "phone"), ("電話", "phone")],
        *[("ish", "jobs"), ("Ish bormi?", None), ("иш", "jobs"), ("工作", "jobs"), ("找工作", "jobs")],
        *[("换手机", "move"), ("換手機", "move"), ("Kodim bor", "move"), ("код", "move"), ("다른 채팅", "move")],
        *[("父母", "parent"), ("爸媽", "parent"), ("ota onam", "parent"), ("для мамы", "parent"), ("부모님", "parent")],
        *[("停车", None), ("停止营业的店", None), ("toʻxtash joyi", None), ("清洁", None), ("tozalash", None)],
    ],
)
def test_words_of_chinese_and_uzbek(said: str, means: str | None) -> None:
    assert meaning(said) == means


@pytest.mark.parametrize("said", ["ha", "Ҳа", "xo'p", "xop", "是", "好的", "對", "네", "да"])
def test_yes(said: str) -> None:
    assert is_yes(said)


@pytest.mark.parametrize("said", ["返回", "orqaga", "орқага"])
def test_back(said: str) -> None:
    assert is_back(said)


def test_full_width_numbers() -> None:
    assert [number(said) for said in ("２", "2。", "3）", "№ 1")] == [2, 2, 3, 1]


@pytest.mark.parametrize("code", CATALOGS.released)
def test_what_the_texts_tell_to_write_is_understood(code: str) -> None:
    """The word for stopping that is quoted in each language's text, and its words for language, help, jobs and back."""
    t = CATALOGS.translator(code)
    quoted = t.t("To stop, write “stop” at any time.").replace("«", "“").replace("»", "”")
    assert stops(quoted.partition("“")[2].partition("”")[0])
    assert meaning(t.t("Language")) == "language"
    assert meaning(t.t("Help")) == "help"
    assert is_back(t.t("Back"))
