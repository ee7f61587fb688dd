"""What is asked about a person at the counter, one question a message; of a new one in a row, of an entry one by one.

The number of a registration or a passport is refused wherever it is typed, and kept nowhere.
"""

import re
import unicodedata

from storage import areas, audit, residents, walk_ins
from storage.tables import Resident

from .. import asking
from ..chat.cut import cut
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Option, Step
from ..chat.turn import Turn
from ..matching import ALL
from ..resident import language, start
from ..resident.parts import meant
from ..text import identifies
from ..wanted import wanted
from . import counter

LONGEST = 60  # letters of a name
WORD = 30  # letters of what is looked for in their own words


def known(turn: Turn) -> int | None:
    """The person whose entry is changed; None where one is being made."""
    found = turn.dialog.answers.get("person")
    return found if isinstance(found, int) else None


async def typed(turn: Turn, answer: Answer, *, only_buttons: bool = False) -> str | None:
    """What was written. None where it was something else, or must not be kept: then the question is put again."""
    t = turn.t
    if isinstance(answer, Said) and identifies(answer.text):
        turn.say(
            t.t("That looks like the number of a registration or a passport. It is not kept. Never write one here.")
        )
    elif isinstance(answer, Said) and not only_buttons:
        return answer.text
    else:
        turn.say(t.t("Please choose one of the buttons, or write its number."))
    await turn.again()
    return None


async def go_on(turn: Turn, step: str) -> None:
    """The next question, or, where an entry was changed, its page again."""
    if (person := known(turn)) is None:
        return await turn.go(step)
    assert turn.who is not None
    one = await walk_ins.get(turn.tx, person)
    await audit.write(turn.tx, turn.who.resident_id, "edit", "person", person, one.facility_id if one else None)
    await counter.person(turn, person)


def cancel(turn: Turn) -> list[Option]:
    return [Option("cancel", turn.t.t("Cancel"))]


async def stopped(turn: Turn) -> None:
    person = known(turn)
    turn.end()
    turn.say(turn.t.t("Stopped. Nothing was changed."))
    await (counter.menu(turn) if person is None else counter.person(turn, person))


async def ask_language(turn: Turn) -> None:
    turn.ask(turn.t.t("Which language do they read best?"), [*language.options(turn), cancel(turn)])


async def answer_language(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("cancel"):
        return await stopped(turn)
    code = language.answered(turn, answer)
    if code is None:
        return await turn.again()
    turn.dialog.answers["language"] = code
    person = await turn.tx.get(Resident, id=known(turn) or 0)
    if person is not None:
        await residents.change(turn.tx, person, language=code)
    await go_on(turn, "agreement")


# Who it is ------------------------------------------------------------------------------------------------------------


async def ask_name(turn: Turn) -> None:
    turn.ask(turn.t.t("What is their name? In any alphabet."), [cancel(turn)])


async def answer_name(turn: Turn, answer: Answer) -> None:
    if answer == Chosen("cancel"):
        return await stopped(turn)
    if (said := await typed(turn, answer)) is None:
        return None
    name = cut(" ".join(said.split()), LONGEST)
    if not any(letter.isalpha() for letter in name):
        turn.say(turn.t.t("Please write a name with letters."))
        return await turn.again()
    turn.dialog.answers["name"] = name
    if (person := known(turn)) is not None:
        await walk_ins.change(turn.tx, person, name=name)
    await go_on(turn, "phone")


async def ask_phone(turn: Turn) -> None:
    t = turn.t
    text = t.t("A phone number where they can be called? It is kept only for telling them of jobs.")
    turn.ask(text, [[Option("none", t.t("No phone")), Option("back", t.t("Back"))]])


async def answer_phone(turn: Turn, answer: Answer) -> None:
    phone = None
    if answer != Chosen("none"):
        if (said := await typed(turn, answer)) is None:
            return None
        if (phone := phone_of(said)) is None:
            turn.say(turn.t.t("Please write a phone number, for example 010-1234-5678."))
            return await turn.again()
    turn.dialog.answers["phone"] = phone
    if (person := known(turn)) is not None:
        await walk_ins.change(turn.tx, person, phone=phone)
    await go_on(turn, "area")


def phone_of(said: str) -> str | None:
    """A Korean number however it is written, as 010-1234-5678; None for anything else."""
    digits = re.sub(r"[\s().+\-‐-―−]", "", unicodedata.normalize("NFKC", said))
    digits = f"0{digits[2:].lstrip('0')}" if digits.startswith("82") else digits
    if not re.fullmatch(r"0[0-9]{8,10}", digits):
        return None
    area = 2 if digits.startswith("02") else 3
    return f"{digits[:area]}-{digits[area:-4]}-{digits[-4:]}"


# What they look for ---------------------------------------------------------------------------------------------------


async def ask_area(turn: Turn) -> None:
    t = turn.t
    text = "\n".join([t.t("Which neighbourhood do they live in? Its name in any alphabet."), t.t(start.EXAMPLES)])
    turn.ask(text, [[Option("list", t.t("Pick from a list")), Option("back", t.t("Back"))]])


async def answer_area(turn: Turn, answer: Answer) -> None:
    if isinstance(answer, Said) and await typed(turn, answer) is None:
        return None
    await start.answer_area(turn, answer, _lives)


async def _lives(turn: Turn, code: int) -> None:
    if not await areas.legal_codes(turn.tx, code):
        return await turn.again()
    turn.dialog.answers["area"] = code
    if (person := known(turn)) is not None:
        await walk_ins.lives(turn.tx, person, code)
    await go_on(turn, "work")


async def ask_work(turn: Turn) -> None:
    t = turn.t
    options = [Option(name, t.t(label)) for name, (label, _) in asking.WORK.items()]
    rows = [options[i : i + 2] for i in range(0, len(options), 2)]
    last = [Option("any", t.t("Any work"), main=True), Option("back", t.t("Back"))]
    turn.ask(t.t("What work do they look for? Choose, or write it in a word."), [*rows, last])


async def answer_work(turn: Turn, answer: Answer) -> None:
    mask, words = ALL, list[str]()
    match answer:
        case Chosen("any"):
            pass
        case Chosen(name) if name in asking.WORK:
            mask = asking.mask_of(asking.WORK[name][1])
        case _:
            if (said := await typed(turn, answer)) is None:
                return None
            terms = [turn.catalogs.translator(code).terms("occupation") for code in sorted({turn.t.code, "ko", "en"})]
            groups = meant(turn, said, {name: label for name, (label, _) in asking.WORK.items()})
            found = asking.mask_of([key for name in groups for key in asking.WORK[name][1]] + wanted(said[:200], terms))
            mask, words = (found, []) if found else (ALL, [cut(said.strip(), WORD)])
    turn.dialog.answers |= {"work": mask, "words": words}
    if (person := known(turn)) is not None:
        await walk_ins.ask_for(turn.tx, person, mask, words)
    await go_on(turn, "same")


ABOUT = (
    Step("language", ask_language, answer_language),
    Step("name", ask_name, answer_name, any_words=True),
    Step("phone", ask_phone, answer_phone),
    Step("area", ask_area, answer_area),
    Step("list", start.ask_list, answer_area),
    Step("work", ask_work, answer_work, any_words=True),
)
