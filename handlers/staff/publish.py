"""From a draft to what residents see: published at once, or after an officer has looked; sent back with words."""

from collections.abc import Mapping
from typing import Any

from storage import browse, deliveries, facilities, staff, writings
from storage.deliveries import Owed
from storage.staff_tables import Facility, Writing
from storage.tables import Posting

from .. import cards, papers
from ..chat.events import Said
from ..chat.flow import Answer, Option, Step
from ..chat.messages import Button
from ..chat.turn import Turn
from ..checks import check
from ..clock.put_up import put_up
from . import cells, preview
from .gate import Act, flow
from .rights import may

KIND = "writing"  # of the messages that tell an author what became of it
INTERACTIVE = 0


async def publish(turn: Turn, writing_id: int, revision: int) -> None:
    """A draft as it was shown in the preview. What is no draft any more, or reads otherwise by now, is shown instead."""
    writing = await preview.found(turn, writing_id)
    if writing is None:
        return
    if writing.revision != revision:
        return await preview.show(turn, writing.id)
    await offer(turn, writing)


async def offer(turn: Turn, writing: Writing) -> None:
    """Publish a draft, or hand it to an officer, unless something stands in the way: then that is said."""
    facility = await facilities.get(turn.tx, writing.facility_id)
    if facility is None or await _stopped(turn, writing, facility):
        return
    if facility.checked and not may(turn.who, "approve", facility.id):
        if await writings.settle(turn.tx, [writing.id], "open", "waiting"):
            await preview.note(turn, "submit", writing)
        t = turn.t
        turn.say(
            t.t("An officer looks at it now. When it is up, or something should change, we write to you here."),
            [[turn.press(t.t("Back to the facility"), "zf", facility.id)]],
        )
        return
    if await writings.settle(turn.tx, [writing.id], "open", "published", turn.resident.id):
        await _up(turn, writing, "publish" if writing.posting_id is None else "correct")


async def approve(turn: Turn, writing_id: int, revision: int) -> None:
    """What waits for an officer is published. Of two who decide at once the second is told who was first."""
    writing = await _waiting(turn, writing_id)
    if writing is None:
        return
    if writing.revision != revision:
        return await preview.show(turn, writing.id)
    facility = await facilities.get(turn.tx, writing.facility_id)
    if facility is None or await _stopped(turn, writing, facility):
        return
    if await writings.settle(turn.tx, [writing.id], "waiting", "published", turn.resident.id):
        await _owe(turn, writing)
        await _up(turn, writing, "approve")
    else:
        await _waiting(turn, writing_id)


async def _stopped(turn: Turn, writing: Writing, facility: Facility) -> bool:
    """Whether something keeps it from being published now; then it was said."""
    today = turn.tx.now.astimezone(cards.SEOUL).date()
    if any(one.level == "block" for one in check(cells.draft(writing.cells, facility, ""), today)):
        await preview.show(turn, writing.id)
        return True
    return await preview.overtaken(turn, writing)


async def _up(turn: Turn, writing: Writing, act: str) -> None:
    await put_up(turn.tx, turn.deployment.recorder, [writing])
    await preview.note(turn, act, writing)
    now = await writings.get(turn.tx, writing.id)
    posting = await browse.posting(turn.tx, now.posting_id) if now and now.posting_id else None
    if now is not None and posting is not None:
        await done(turn, now, posting)


async def done(turn: Turn, writing: Writing, posting: Posting) -> None:
    """That it is up: where it is, and what can be done with it."""
    t = turn.t
    first = writing.seen is None
    lines = [
        t.t("It is up. Residents whom it fits are told now.") if first else t.t("Changed. Residents see it so now.")
    ]
    if not first and (saved := await writings.saved_by(turn.tx, posting.id)):
        lines.append(t.n("{n} resident who saved it is told.", "{n} residents who saved it are told.", saved))
    if turn.deployment.web:
        lines.append(f"{turn.deployment.web}/p/{posting.id}")
    turn.say("\n".join(lines), [*manage(turn, writing, posting)], title=posting.title)
    if first:
        await _papers(turn, writing, posting)


async def _papers(turn: Turn, writing: Writing, posting: Posting) -> None:
    """What goes on paper: a code, where there is an address to lead to, and the formal notice."""
    t, facility = turn.t, await facilities.get(turn.tx, writing.facility_id)
    if turn.deployment.web:
        code = papers.qr(t, posting.title, f"{turn.deployment.web}/p/{posting.id}")
        turn.say(t.t("A code for posters and leaflets. It leads to the posting."), file=code)
    if facility is not None:
        day = turn.tx.now.astimezone(cards.SEOUL).date()
        notice = papers.notice(writing.cells, facility, writing.id, day)
        turn.say(t.t("The formal notice as a document."), file=notice)


def manage(turn: Turn, writing: Writing, posting: Posting) -> list[list[Button]]:
    """What its facility does with a posting that is shown."""
    t, home = turn.t, writing.posting_id or posting.id
    first = [turn.press(t.t("Correct"), "zc", home), turn.press(t.t("More time to apply"), "zh", home)]
    second = [
        turn.press(t.t("Close it"), "zj", home),
        turn.press(t.t("Back to the facility"), "zf", writing.facility_id),
    ]
    undo = [] if writing.seen is None else [[turn.press(t.t("Undo"), "zz", writing.id)]]
    return [first, *undo, second]


async def _waiting(turn: Turn, writing_id: int) -> Writing | None:
    """A draft that waits; says what became of it where it waits no more."""
    t, writing = turn.t, await writings.get(turn.tx, writing_id)
    if writing is not None and writing.state == "waiting":
        return writing
    who = await staff.who(turn.tx, writing.decided_by) if writing and writing.decided_by else None
    name = who.name if who and who.name else t.t("another officer")
    rows = [[turn.press(t.t("What waits"), "zq")]]
    if writing is not None and writing.state == "published":
        turn.say(t.t("It is up already. Decided by: {name}", name=t.isolate(name)), rows)
    elif writing is not None and writing.answer:
        turn.say(t.t("It was sent back already. Decided by: {name}", name=t.isolate(name)), rows)
    else:
        turn.say(t.t("It waits no more: its author took it back."), rows)
    return None


async def back(turn: Turn, writing_id: int) -> None:
    """An officer sends it back, and says why."""
    if await _waiting(turn, writing_id) is not None:
        await turn.begin("writing_back", writing=writing_id)


async def _ask_why(turn: Turn) -> None:
    t = turn.t
    turn.ask(
        t.t("What should change? Write it in a sentence; its author reads it."), [[Option("leave", t.t("Cancel"))]]
    )


async def _answer_why(turn: Turn, answer: Answer) -> None:
    t, writing_id = turn.t, int(turn.dialog.answers["writing"])
    if not isinstance(answer, Said):
        turn.end()
        return await preview.show(turn, writing_id)
    turn.end()
    writing = await _waiting(turn, writing_id)
    if writing is None:
        return
    words = cells.tidy("answer", answer.text)[:500]
    await writings.settle(turn.tx, [writing_id], "waiting", "open", turn.resident.id, words)
    await preview.note(turn, "send back", writing)
    await _owe(turn, writing)
    turn.say(t.t("Sent back. Its author is told."), [[turn.press(t.t("What waits"), "zq")]])


async def waiting(turn: Turn) -> None:
    """What waits for an officer."""
    t, some = turn.t, await writings.waiting(turn.tx, turn.who.facilities if turn.who else ())
    if not some:
        return turn.say(t.t("Nothing waits for you."), [[turn.press(t.t("Today's work"), "dk")]])
    lines, numbers = [], []
    for i, one in enumerate(some[:9], 1):
        facility = await facilities.get(turn.tx, one.facility_id)
        name = t.isolate(facility.name) if facility else ""
        lines.append(f"{i}. {t.isolate(one.cells.get('title', ''))} · {name}")
        numbers.append(turn.press(str(i), "zw", one.id))
    title = t.n("{n} posting waits for you", "{n} postings wait for you", len(some))
    turn.say("\n".join(lines), [numbers[:5], numbers[5:]], title=title)


async def _owe(turn: Turn, writing: Writing) -> None:
    """Its author hears what was decided."""
    chat_id = await staff.chat_of(turn.tx, writing.written_by)
    if chat_id is not None and writing.written_by != turn.resident.id:
        once = f"{KIND}:{chat_id}:{writing.id}:{writing.revision}:{int(turn.tx.now.timestamp())}"
        await deliveries.queue(turn.tx, [Owed(once, chat_id, KIND, INTERACTIVE, body={"writing": writing.id})])


async def tell(turn: Turn, body: Mapping[str, Any]) -> None:
    """What became of a draft that its author handed in; nothing where they took it up again themselves."""
    t, writing = turn.t, await writings.get(turn.tx, body.get("writing", 0))
    if writing is None:
        return
    title = writing.cells.get("title", "")
    if writing.state == "published" and writing.posting_id is not None:
        lines = [t.t("An officer looked at it. It is up.")]
        lines += [f"{turn.deployment.web}/p/{writing.posting_id}"] if turn.deployment.web else []
        turn.say(
            "\n".join(lines), [[turn.press(t.t("Show"), "zt", writing.posting_id)]], lead=t.t("Staff"), title=title
        )
    elif writing.state == "open" and writing.answer:
        text = t.t("An officer asks you to change it: {words}", words=t.isolate(writing.answer))
        turn.say(text, [[turn.press(t.t("Correct"), "ze", writing.id)]], lead=t.t("Staff"), title=title)


ACTS = {
    "zu": Act(publish, 2, "publish", "writing"),
    "zy": Act(approve, 2, "approve", "writing"),
    "zb": Act(back, 1, "approve", "writing"),
    "zq": Act(waiting, 0, "approve"),
}
FLOWS = (flow("writing_back", "approve", "writing", Step("why", _ask_why, _answer_why, any_words=True)),)
