"""/parent: a code with which somebody sets up alerts for a parent. The parent agrees in their own language, and says apart
from that whether the helper gets copies. The code of the counter brings in the same way what staff entered for a person.
"""

from storage import areas, codes, readers, residents, walk_ins, wishes
from storage.move_tables import Code

from .. import receipts, typed_code
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.turn import Turn
from ..places import named
from . import copies, jobs, language, notice
from .code import ONLY_BUTTONS, ask_wishes, gone, links, place, until


async def parent(turn: Turn, _argument: str = "") -> None:
    """Show a new code for a parent, with what to do with it."""
    t = turn.t
    turn.end()
    if turn.resident.state != "active":
        text = t.t("Your parent gets the same wishes as you. So first choose them for yourself.")
        return turn.say(text, [[turn.press(t.t("Start"), "st")]])
    code = typed_code.fresh()
    await codes.make(turn.tx, code, "parent", turn.resident.id, turn.chat.id)
    addresses = links(turn, code, elsewhere=False)
    lines = [
        until(turn),
        t.t("Your parent gets alerts for {place}.", place=t.isolate(await place(turn, turn.resident.id))),
        t.t("They are asked in their own language. They decide whether you get copies."),
        *([t.t("Or send them a link:"), *(address for _, address in addresses)] if addresses else []),
    ]
    lead = t.t("Write this code in your parent's chat with us:")
    turn.say("\n".join(lines), lead=lead, title=typed_code.shown(code))


async def bring(turn: Turn, code: Code) -> None:
    """A helper's code was brought, in the parent's chat; or the counter's, in the chat of who was entered there."""
    if turn.resident.state == "active":
        return await turn.begin("parent", "wishes", code=code.id)
    spoken = turn.catalogs.specific(turn.resident.language)
    await turn.begin("parent", "offered" if spoken else "language", code=code.id)


async def ask_language(turn: Turn) -> None:
    turn.ask(language.question(turn), language.options(turn))


async def answer_language(turn: Turn, answer: Answer) -> None:
    code = language.answered(turn, answer)
    if code is None:
        return await turn.again()
    await residents.change(turn.tx, turn.resident, language=code)
    await turn.go("offered")


async def ask_offered(turn: Turn) -> None:
    t, tx = turn.t, turn.tx
    code = await tx.get(Code, id=turn.dialog.answers.get("code", 0))
    chosen = await wishes.chosen(tx, code.resident_id) if code else None
    area = await areas.get(tx, chosen) if chosen else None
    if area is None:
        return gone(turn)
    lines = [
        t.t("Hello. This is Dongne Ilgam, the job alerts of {municipality}.", municipality=turn.deployment.name(t)),
        t.t("Somebody who helps you prepared this for you:"),
        t.t(
            "New jobs in {area} and next to it, in {language}?",
            area=named(t, area).both(t),
            language=turn.catalogs.native_name(t.code),
        ),
        "",
        *notice.short(turn),
    ]
    rows = [
        [Option("agree", t.t("I agree, start")), Option("refuse", t.t("I do not agree"))],
        [Option("privacy", t.t("Privacy notice")), Option("language", language.label(turn))],
    ]
    turn.ask("\n".join(lines), rows)


async def answer_offered(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("agree"):
            await _take(turn, new=True)
        case Chosen("refuse"):
            await residents.withdraw(turn.tx, turn.resident)
            await residents.change(turn.tx, turn.resident, state="guest")
            await turn.begin("start", "refused")
        case Chosen("privacy"):
            turn.say(notice.full(turn.t, turn.deployment, abroad=turn.capabilities.abroad))
            await turn.again()
        case Chosen("language"):
            await turn.go("language")
        case _:
            turn.say(turn.t.t(ONLY_BUTTONS))
            await turn.again()


async def answer_wishes(turn: Turn, answer: Answer) -> None:
    if not isinstance(answer, Chosen):
        turn.say(turn.t.t(ONLY_BUTTONS))
        return await turn.again()
    await _take(turn, new=False, own=answer.value == "own")


async def _take(turn: Turn, *, new: bool, own: bool = False) -> None:
    """Agreed: the code is used up, the wishes are the parent's own from now on, and the helper hears of it."""
    tx = turn.tx
    code = await codes.claim(tx, turn.dialog.answers["code"])
    if code is None:
        return gone(turn)
    if new:
        await notice.agree(turn)
    entered = code.kind == "counter"
    await receipts.owe(tx, code.chat_id, "agreed", code.id)
    if entered:
        await walk_ins.hand_over(tx, code.resident_id, turn.resident.id, own=own)
    elif not own:
        await wishes.copy(tx, code.resident_id, turn.resident.id)
    if new:
        await residents.change(tx, turn.resident, state="active", left_at=None)
        await wishes.first_subscriber(tx)
    if entered:
        turn.end()
        return await jobs.first(turn, welcome=new)
    await turn.go("copies", remember=False, helper=code.resident_id, new=new)


async def ask_copies(turn: Turn) -> None:
    """A question of its own: agreeing to alerts is not agreeing that somebody else reads them."""
    t = turn.t
    lines = [
        t.t("May the person who helps you get a copy of each of your alerts?"),
        t.t("You can say no. If you say yes, you can stop it at any time: /mydata"),
    ]
    turn.ask("\n".join(lines), [[Option("yes", t.t("Yes, send copies")), Option("no", t.t("No, only me"))]])


async def answer_copies(turn: Turn, answer: Answer) -> None:
    if not isinstance(answer, Chosen):
        turn.say(turn.t.t(ONLY_BUTTONS))
        return await turn.again()
    new = bool(turn.dialog.answers.get("new"))
    helper = await readers.chat_of(turn.tx, turn.dialog.answers["helper"])
    turn.end()
    if answer.value == "yes" and helper is not None:
        await copies.agree(turn, helper)
    await jobs.first(turn, welcome=new)


FLOW = Flow(
    "parent",
    Step("language", ask_language, answer_language),
    Step("offered", ask_offered, answer_offered),
    Step("wishes", ask_wishes, answer_wishes),
    Step("copies", ask_copies, answer_copies),
)
