"""The words of a wish: those that a notice should have, those that it should not, and the languages that it should ask for."""

import re

from .. import asking
from ..chat.cut import cut
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option
from ..chat.turn import Turn
from . import language
from .parts import back, toggle
from .wish import held, hold

MOST, LONGEST = 10, 30  # words each way, and letters of one
MINUS = "-−–—－"
_BETWEEN = re.compile(rf"[,，、;；\n]|\s(?=[{MINUS}]\S)")  # "사서，보육", "-야간 -주말"


async def ask_words(turn: Turn) -> None:
    t, kept = turn.t, held(turn)
    lines = [
        t.t("Words that the notice should have, in Korean, with commas between."),
        t.t("A minus before a word leaves out notices with it: -야간"),
    ]
    for label, key in (("With the words", "include"), ("Without the words", "exclude")):
        if found := kept.words.get(key):
            lines.append(f"{t.t(label)}: {', '.join(found)}")
    turn.ask("\n".join(lines), [[Option("none", t.t("No words")), Option("back", t.t("Back"))]], edit=True)


async def answer_words(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    languages = {key: found for key, found in kept.words.items() if key == "languages"}
    if answer == Chosen("none"):
        kept.words = languages
    elif isinstance(answer, Said):
        parts = [part.strip() for part in _BETWEEN.split(answer.text[:1000])]
        parts = [part for part in parts if part.strip(MINUS + " ")]
        if not parts:
            return await turn.again()
        exclude, include = (
            list(dict.fromkeys(cut(part.lstrip(MINUS + " "), LONGEST) for part in parts if (part[0] in MINUS) == minus))
            for minus in (True, False)
        )
        if len(include) > MOST or len(exclude) > MOST:
            turn.say(turn.t.t("Ten words are the most."))
            return await turn.again()
        kept.words = {key: found for key, found in (("include", include), ("exclude", exclude)) if found} | languages
    else:
        return await turn.again()
    hold(turn, kept)
    await back(turn)


async def ask_languages(turn: Turn) -> None:
    t, chosen = turn.t, asking.spoken(held(turn).words)
    codes = sorted(asking.LANGUAGES, key=lambda code: code != t.code)  # one's own first
    options = [toggle(code, turn.catalogs.native_name(code), code in chosen) for code in codes]
    rows = [options[i : i + 2] for i in range(0, len(options), 2)]
    rows.append([toggle("any", t.t("Whatever"), not chosen), Option("done", t.t("Done"))])
    lines = [t.t("Which languages do you speak?"), t.t("You get only jobs whose notice asks for one of them.")]
    turn.ask("\n".join(lines), rows, edit=True)


async def answer_languages(turn: Turn, answer: Answer) -> None:
    kept = held(turn)
    match answer:
        case Said(said):
            code = language.written(turn, said)
        case Chosen(value):
            code = value
        case _:
            code = None
    chosen = asking.spoken(kept.words)
    if code == "done":
        return await back(turn)
    if code == "any":
        chosen = []
    elif code in asking.LANGUAGES:
        chosen = [one for one in asking.LANGUAGES if (one in chosen) != (one == code)]
    else:
        turn.say(turn.t.t("Please choose one of the buttons, or write its number."))
        return await turn.again()
    words = {key: found for key, found in kept.words.items() if key != "languages"}
    names = [name for one in chosen for name in asking.LANGUAGES[one]]
    kept.words = {**words, "languages": names} if names else words
    hold(turn, kept)
    await turn.again()
