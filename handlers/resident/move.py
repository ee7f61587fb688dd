"""/move: a one-time code carries the subscription to another chat; there it is asked what comes, and done. Undone here."""

from storage import audit, codes, moves, residents, staff
from storage.move_tables import Code
from storage.tables import Chat, Resident

from .. import receipts, typed_code
from ..chat.events import Said
from ..chat.flow import Answer, Chosen, Flow, Option, Step
from ..chat.messages import Button
from ..chat.turn import Turn
from ..staff.rights import ROLES
from . import notice, parent
from .code import ONLY_BUTTONS, ask_wishes, gone, links, place, stopped, until


async def move(turn: Turn, argument: str = "") -> None:
    """What can be done; with a code behind the command, that code."""
    turn.end()
    if argument:
        return await bring(turn, argument)
    acts = await staff.role(turn.tx, turn.resident.id) is not None
    await turn.begin("move", "menu" if acts or turn.resident.state == "active" else "code")


async def ask_menu(turn: Turn) -> None:
    t = turn.t
    parents = [Option("parent", t.t("For my parent"))] if turn.resident.state == "active" else []
    rows = [
        [Option("move", t.t("To another chat")), *parents],
        [Option("code", t.t("I have a code")), Option("cancel", t.t("Cancel"))],
    ]
    turn.ask(t.t("You can take your alerts to another chat, or set up alerts for your parent."), rows)


async def answer_menu(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("move"):
            turn.end()
            await offer(turn)
        case Chosen("parent") if turn.resident.state == "active":
            await parent.parent(turn)
        case Chosen("code"):
            await turn.go("code")
        case Chosen("cancel"):
            stopped(turn)
        case Said(text) if typed_code.looks(text):
            await bring(turn, text)
        case _:
            await turn.again()


async def offer(turn: Turn) -> None:
    """Show a new code, and links where another platform is there to lead to."""
    t = turn.t
    code = typed_code.fresh()
    await codes.make(turn.tx, code, "move", turn.resident.id, turn.chat.id)
    acts = await staff.role(turn.tx, turn.resident.id) is not None
    lines = [
        until(turn),
        t.t("Show it to nobody: whoever writes it can act as staff in your name.")
        if acts
        else t.t("Show it to nobody: whoever writes it gets your alerts."),
    ]
    buttons = [turn.link(label, address) for label, address in links(turn, code, elsewhere=True)]
    lead = t.t("Write this code in the other chat:")
    turn.say("\n".join(lines), [[button] for button in buttons], lead=lead, title=typed_code.shown(code))


async def ask_code(turn: Turn) -> None:
    t = turn.t
    text = t.t("Write the code that the other chat shows. It has 8 letters and digits.")
    turn.ask(text, [[Option("cancel", t.t("Cancel"))]])


async def answer_code(turn: Turn, answer: Answer) -> None:
    match answer:
        case Said(text):
            await bring(turn, text)
        case Chosen("cancel"):
            stopped(turn)
        case _:
            await turn.again()


async def bring(turn: Turn, text: str) -> None:
    """A code was brought, typed or by a link: ask about what it stands for, or say what is wrong with it."""
    code = typed_code.read(text)
    if not typed_code.whole(code):
        return await _told(turn, turn.t.t("There is a mistake in this code. Please look at each letter again."))
    if not await codes.may_try(turn.tx, turn.chat.id):
        return await _told(turn, turn.t.t("There were too many wrong codes. Please wait an hour, then make a new one."))
    found = await codes.find(turn.tx, code)
    if found is None:
        await codes.wrong(turn.tx, turn.chat.id)
        return await _told(turn, turn.t.t("There is no such code. Look at it again, or make a new one."))
    coming = await moves.comes(turn.tx, found.resident_id)
    fault = await _refused(turn, found)
    if coming is None or (found.kind == "parent" and not coming.active) or fault is not None:
        return await _told(turn, fault or turn.t.t("This code is over. Make a new one in the other chat."))
    if found.kind in ("parent", "counter"):
        return await parent.bring(turn, found)
    if turn.resident.state == "new" and not turn.catalogs.specific(turn.resident.language):
        await residents.change(turn.tx, turn.resident, language=coming.language)
    await turn.begin("move", "confirm" if coming.active else "device", code=found.id)


async def _told(turn: Turn, fault: str) -> None:
    """What is wrong, and the next step: at once where a code is asked for, else behind a button."""
    if (turn.dialog.flow, turn.dialog.step) == ("move", "code"):
        turn.say(fault)
        return await turn.again()
    t = turn.t
    turn.say(fault, [[turn.press(t.t("I have a code"), "mc"), turn.press(t.t("Jobs near me"), "pg", 0, 0)]])


async def again(turn: Turn) -> None:
    """A code is to be written once more."""
    await turn.begin("move", "code")


async def _refused(turn: Turn, code: Code) -> str | None:
    """Why a code that exists leads nowhere."""
    t = turn.t
    if code.used_at is not None:
        return t.t("This code was used already. Make a new one in the other chat.")
    if code.expires_at <= turn.tx.now:
        return t.t("This code is over. Make a new one in the other chat.")
    if code.resident_id == turn.resident.id:
        return t.t("This is your own code. Write it in the other chat.")
    if await staff.role(turn.tx, turn.resident.id) is not None:
        return t.t("In this chat you act as staff. Make a code here, and write it in the other chat.")
    return None


async def ask_confirm(turn: Turn) -> None:
    t, tx = turn.t, turn.tx
    code = await tx.get(Code, id=turn.dialog.answers.get("code", 0))
    coming = await moves.comes(tx, code.resident_id) if code else None
    if code is None or coming is None:
        return gone(turn)
    lines = [
        t.t("Move the alerts of the other chat here? These come over:"),
        t.t("Neighbourhood: {place}", place=await place(turn, code.resident_id)),
        t.t("Wishes: {number}", number=coming.wishes),
        t.t("Saved jobs: {number}", number=coming.saved),
        t.t("Language: {language}", language=turn.catalogs.native_name(coming.language)),
    ]
    if coming.staff and not coming.role:
        lines.append(t.t("Rights of staff stay in the old chat."))
    if turn.capabilities.abroad:
        lines.append(t.t("Telegram's servers are outside Korea. If you do not want that, use our web chat."))
    rows = [[Option("move", t.t("Move everything here"), main=True), Option("cancel", t.t("Cancel"))]]
    turn.ask("\n".join(lines), rows)


async def answer_confirm(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("move"):
            own = turn.resident.state == "active" and await moves.alone(turn.tx, turn.chat)
            await (turn.go("wishes") if own else _after_wishes(turn))
        case Chosen("cancel"):
            stopped(turn)
        case _:
            turn.say(turn.t.t(ONLY_BUTTONS))
            await turn.again()


async def answer_wishes(turn: Turn, answer: Answer) -> None:
    if not isinstance(answer, Chosen):
        turn.say(turn.t.t(ONLY_BUTTONS))
        return await turn.again()
    turn.dialog.answers["own"] = answer.value == "own"
    await _after_wishes(turn)


async def _after_wishes(turn: Turn) -> None:
    """The old chat can go on too; of staff it is asked apart, since that carries their rights along."""
    code = await turn.tx.get(Code, id=turn.dialog.answers["code"])
    coming = await moves.comes(turn.tx, code.resident_id) if code else None
    if coming is None:
        return gone(turn)
    if coming.role:
        return await turn.go("device")
    await (_do(turn, both=False) if coming.staff else turn.go("both"))


async def ask_device(turn: Turn) -> None:
    """A code of somebody who acts as staff: whether this chat acts as them, too."""
    t, tx = turn.t, turn.tx
    code = await tx.get(Code, id=turn.dialog.answers.get("code", 0))
    coming = await moves.comes(tx, code.resident_id) if code else None
    if coming is None or coming.role is None:
        return gone(turn)
    lines = [
        t.t("Act as staff in this chat too? Role: {role}", role=t.t(ROLES[coming.role])),
        t.t("Whoever can read this chat can then do all that you may. The other chat goes on as before."),
    ]
    if turn.capabilities.abroad and not coming.active:
        lines.append(t.t("Telegram's servers are outside Korea. If you do not want that, use our web chat."))
    no = Option("here", t.t("No, only the alerts")) if coming.active else Option("cancel", t.t("Cancel"))
    turn.ask("\n".join(lines), [[Option("both", t.t("Yes, here too"), main=True), no]])


async def answer_device(turn: Turn, answer: Answer) -> None:
    match answer:
        case Chosen("both" | "here" as where):
            await _do(turn, both=where == "both")
        case Chosen("cancel"):
            stopped(turn)
        case _:
            turn.say(turn.t.t(ONLY_BUTTONS))
            await turn.again()


async def ask_both(turn: Turn) -> None:
    t = turn.t
    rows = [
        [Option("both", t.t("Yes, in both")), Option("here", t.t("No, only here"), main=True)]
    ]  # a typed "yes" is yes
    turn.ask(t.t("Also keep alerts in the old chat?"), rows)


async def answer_both(turn: Turn, answer: Answer) -> None:
    if not isinstance(answer, Chosen):
        turn.say(turn.t.t(ONLY_BUTTONS))
        return await turn.again()
    await _do(turn, both=answer.value == "both")


async def _do(turn: Turn, *, both: bool) -> None:
    """Of two chats that come with one code at once, one moves."""
    tx, answers = turn.tx, turn.dialog.answers
    code = await codes.claim(tx, answers["code"])
    own = bool(answers.get("own"))
    made = None if code is None else await moves.move(tx, code, turn.chat, own=own, both=both)
    if made is None:
        return gone(turn)
    turn.end()
    resident, chat = await tx.get(Resident, id=made.resident_id), await tx.get(Chat, id=turn.chat.id)
    assert resident is not None
    assert chat is not None
    turn.resident, turn.chat = resident, chat
    await notice.agree_abroad(turn)
    t = turn.t
    if made.both and await staff.role(tx, resident.id) is not None:
        await audit.write(tx, resident.id, "device", "staff", resident.id)
        await receipts.owe(tx, made.from_chat, "device", made.id, move=made.id)
        return turn.say(t.t("Done. You act as staff in this chat, too."), [[turn.press(t.t("Today's work"), "dk")]])
    await receipts.owe(tx, made.from_chat, "moved", made.id, move=made.id, both=made.both)
    lines = [t.t("Done. Your alerts come here now."), t.t("To stop, write “stop” at any time.")]
    turn.say("\n".join(lines), _further(turn))


def _further(turn: Turn) -> list[list[Button]]:
    return [[turn.press(turn.t.t("Jobs near me"), "pg", 0, 0), turn.press(turn.t.t("My saved jobs"), "pg", 2, 0)]]


async def undo(turn: Turn, move_id: int) -> None:
    """The button in the old chat: all comes back, within a day."""
    tx = turn.tx
    lost = await moves.undo(tx, move_id, turn.chat.id)
    if lost is None:
        text = turn.t.t("This can no longer be undone. You can begin again with /start.")
        return turn.say(text, [[turn.press(turn.t.t("Start"), "st")]])
    for chat_id in lost:
        await receipts.owe(tx, chat_id, "undone", move_id)
    chat = await tx.get(Chat, id=turn.chat.id)
    assert chat is not None
    resident = await tx.get(Resident, id=chat.resident_id)
    assert resident is not None
    turn.resident, turn.chat = resident, chat
    turn.end()
    turn.say(turn.t.t("All is back here, as it was before."), _further(turn))


FLOW = Flow(
    "move",
    Step("menu", ask_menu, answer_menu),
    Step("code", ask_code, answer_code),
    Step("confirm", ask_confirm, answer_confirm),
    Step("wishes", ask_wishes, answer_wishes),
    Step("both", ask_both, answer_both),
    Step("device", ask_device, answer_device),
)
