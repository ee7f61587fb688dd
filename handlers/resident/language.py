"""/language: the language of everything from now on, in its own name."""

from storage import residents

from ..chat.flow import Option
from ..chat.messages import Button
from ..chat.turn import Turn


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


async def language(turn: Turn, argument: str = "") -> None:
    code = turn.catalogs.resolve(argument) if argument else None
    if code is not None:
        return await choose(turn, turn.catalogs.released.index(code))
    buttons = [turn.press(turn.catalogs.native_name(code), "la", i) for i, code in enumerate(turn.catalogs.released)]
    rows: list[list[Button]] = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    turn.say(question(turn), rows)


async def choose(turn: Turn, index: int) -> None:
    """A tapped language; an open question is put again in it."""
    if index >= len(turn.catalogs.released):
        return await language(turn)
    await residents.change(turn.tx, turn.resident, language=turn.catalogs.released[index])
    if turn.dialog.flow:
        return await turn.again()
    turn.say(turn.t.t("From now on we write to you in English."), [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
