"""/language: the language of everything from now on, in its own name."""

from storage import residents

from ..chat import words
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option
from ..chat.messages import Button
from ..chat.turn import Turn

# What people write for a language beside its own name, its English name and its code.
CALLED = {
    "ko": "한국말 korean корейский koreyscha корейсча 韩语 韓語 韩国语",
    "en": "영어 английский inglizcha инглизча 英语 英語 英文",
    "ru": "러시아어 ruscha русча 俄语 俄語",
    "zh_Hans": "중국어 китайский xitoycha 中文 汉语 漢語 普通话 普通話 简体 中国话",
    "uz": "우즈베크어 우즈벡어 узбекский oʻzbek ўзбекча узбекча",
    "vi": "베트남어 вьетнамский vyetnamcha 越南语",
    "km": "크메르어 캄보디아어 cambodian кхмерский 柬埔寨语",
}


def options(turn: Turn) -> list[list[Option]]:
    """Every released language, two a row."""
    found = [Option(code, turn.catalogs.native_name(code)) for code in turn.catalogs.released]
    return [found[i : i + 2] for i in range(0, len(found), 2)]


def question(turn: Turn) -> str:
    """Said in English and Korean: it is not known yet which one is read."""
    return "\n".join(turn.catalogs.translator(code).t("Choose your language") for code in ("en", "ko"))


def label(turn: Turn) -> str:
    """A button that everybody finds: "Language / 언어"."""
    return " / ".join(turn.catalogs.translator(code).t("Language") for code in ("en", "ko"))


def written(turn: Turn, text: str) -> str | None:
    """The released language that a typed word names, in whatever language it is said."""
    said = words.plain(text)
    for code in turn.catalogs.released:
        names = (code, turn.catalogs.native_name(code), turn.catalogs.english_name(code), *CALLED.get(code, "").split())
        if said in map(words.plain, names):
            return code
    return None


def answered(turn: Turn, answer: Answer) -> str | None:
    """The language that was chosen or written."""
    if isinstance(answer, Chosen):
        return turn.catalogs.resolve(answer.value)
    return written(turn, answer.text) if isinstance(answer, Said) else None


async def language(turn: Turn, argument: str = "") -> None:
    code = (written(turn, argument) or turn.catalogs.resolve(argument)) if argument else None
    if code is not None:
        return await choose(turn, turn.catalogs.number(code))
    buttons = [
        turn.press(turn.catalogs.native_name(code), "la", turn.catalogs.number(code)) for code in turn.catalogs.released
    ]
    rows: list[list[Button]] = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    turn.say(question(turn), rows)


async def choose(turn: Turn, number: int) -> None:
    """A tapped language, by its number; an open question is put again in it."""
    code = next((code for code in turn.catalogs.released if turn.catalogs.number(code) == number), None)
    if code is None:
        return await language(turn)
    await residents.change(turn.tx, turn.resident, language=code)
    if turn.dialog.flow:
        return await turn.again()
    turn.say(turn.t.t("From now on we write to you in English."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
