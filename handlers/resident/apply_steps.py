"""The questions of applying in chat, one after the other; what is typed may be in any alphabet and any style."""

from .. import cards
from ..chat.events import Contact, Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from .apply import LONGEST_WORDS, answer_keep, answer_review, ask_keep, ask_review, following, refused, stopped, wanted

LONGEST_NAME = 80  # characters
WORKING = 15  # years of age from which one may work: Labour Standards Act art. 64


async def _go_on(turn: Turn, **said: object) -> None:
    posting = await wanted(turn)
    if posting is not None:
        turn.dialog.answers |= said
        await turn.go(following(turn.dialog.answers, posting))


async def ask_name(turn: Turn) -> None:
    posting = await wanted(turn)
    if posting is None:
        return
    t = turn.t
    lines = [
        t.t(
            "We will send your application to {organisation}. About 2 minutes.",
            organisation=t.isolate(posting.organisation),
        ),
        t.t("We never ask for money, bank books, registration numbers or passports."),
        "",
        t.t("Write your name, in any alphabet."),
    ]
    turn.ask("\n".join(lines), [[Option("stop", t.t("Leave it"))]], title=cards.headline(t, posting))


async def answer_name(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            return stopped(turn)
        case Said(text) if not refused(turn, text):
            name = " ".join(text.split())
            if 0 < len(name) <= LONGEST_NAME and any(letter.isalpha() for letter in name):
                return await _go_on(turn, name=name)
            turn.say(turn.t.t("A name has letters, at most {n} of them.", n=str(LONGEST_NAME)))
    await turn.again()


async def ask_contact(turn: Turn) -> None:
    t = turn.t
    rows = [
        [Option("phone", t.t("Send my phone number"), ask="contact")],
        [Option("chat", t.t("Only in this chat"))],
        [Option("back", t.t("Back")), Option("stop", t.t("Leave it"))],
    ]
    turn.ask(t.t("How may they answer you? Choose, or write a phone number."), rows)


async def answer_contact(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            return stopped(turn)
        case Chosen("chat"):
            return await _go_on(turn, contact="chat")
        case Contact(phone, own) if own and (number := digits(phone)):
            return await _go_on(turn, contact=number)
        case Said(text) if not refused(turn, text):
            if number := digits(text):
                return await _go_on(turn, contact=number)
            turn.say(turn.t.t("That is not a phone number. Or choose “{label}”.", label=turn.t.t("Only in this chat")))
    await turn.again()


def digits(text: str) -> str:
    """A phone number written in any style, as its digits with their "+"; empty where it is none."""
    kept = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    rest = text.strip().lstrip("+")
    fits = 8 <= len(kept) <= 15 and all(letter.isdecimal() or letter in " -.()·" for letter in rest)
    return ("+" if text.strip().startswith("+") else "") + kept if fits else ""


async def ask_born(turn: Turn) -> None:
    t = turn.t
    lines = [
        t.t("Write your year of birth, for example 1998."),
        t.t("We do not ask for the day, and never for your registration number."),
    ]
    turn.ask("\n".join(lines), [[Option("back", t.t("Back")), Option("stop", t.t("Leave it"))]])


async def answer_born(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            return stopped(turn)
        case Said(text) if not refused(turn, text):
            year, this = born(text), turn.tx.now.astimezone(cards.SEOUL).year
            if year is None or not this - 110 <= year <= this:
                turn.say(turn.t.t("That is not a year of birth."))
            elif this - year < WORKING:
                turn.end()
                text = turn.t.t("Under {age} nobody may work. Nothing was sent, and nothing is kept.", age=str(WORKING))
                return turn.say(text, [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0)]])
            else:
                return await _go_on(turn, born=year)
    await turn.again()


def born(text: str) -> int | None:
    """A year as it is typed, "1998" or "1998년"; None for anything else."""
    kept = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    return int(kept) if len(kept) == 4 and len(text) <= 12 else None


async def ask_hours(turn: Turn) -> None:
    posting = await wanted(turn)
    if posting is None:
        return
    t, today = turn.t, turn.tx.now.astimezone(cards.SEOUL).date()
    lines = [t.t("Can you work at these times?"), cards.hours(t, posting, week=False), cards.period(t, posting, today)]
    rows = [
        [Option("all", t.t("Yes, all")), Option("some", t.t("Some of them"))],
        [Option("ask", t.t("I ask first")), Option("back", t.t("Back"))],
        [Option("stop", t.t("Leave it"))],
    ]
    turn.ask("\n".join(line for line in lines if line), rows)


async def answer_hours(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("stop"):
            return stopped(turn)
        case Chosen("all" | "some" | "ask" as hours):
            return await _go_on(turn, hours=hours)
    await turn.again()


async def ask_words(turn: Turn) -> None:
    text = turn.t.t(
        "Write what they should know, at most {n} letters: what you did before, which languages you speak.",
        n=str(LONGEST_WORDS),
    )
    turn.ask(text, [[Option("back", turn.t.t("Back"))]])


async def answer_words(turn: Turn, answer: Answer) -> None:
    match answer:
        case Said(text) if not refused(turn, text):
            if len(text) <= LONGEST_WORDS:
                return await turn.go("review", remember=False, words=text.strip())
            turn.say(turn.t.t("That is too long: {n} letters.", n=turn.t.number(len(text))))
    await turn.again()


FLOW = Flow(
    "apply",
    Step("name", ask_name, answer_name, any_words=True),
    Step("contact", ask_contact, answer_contact),
    Step("born", ask_born, answer_born),
    Step("hours", ask_hours, answer_hours),
    Step("review", ask_review, answer_review),
    Step("words", ask_words, answer_words, any_words=True),
    Step("keep", ask_keep, answer_keep),
)
