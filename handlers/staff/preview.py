"""A draft as residents will see it, in each language, and what is to be said of it: checks with cures, whom it reaches."""

from dataclasses import dataclass
from zlib import crc32

from locales import Translator
from storage import alerts, audit, browse, facilities, writings
from storage.area_tables import Area
from storage.staff_tables import Facility, Writing
from storage.tables import Posting

from .. import cards
from ..chat.messages import TICK, Button, Message
from ..chat.turn import Turn
from ..checks import Finding, check
from ..places import area_of, placed
from . import cells
from .gate import Act
from .rights import may

LABEL = 32  # characters of a cure on a button


@dataclass(frozen=True, slots=True)
class Seen:
    """What a draft would be: the posting, where it is, and how many residents would be told, by language."""

    posting: Posting
    area: Area | None
    reached: dict[str, int]


async def found(turn: Turn, writing_id: int) -> Writing | None:
    """The draft behind a button; says what became of it where it is none any more."""
    t, writing = turn.t, await writings.get(turn.tx, writing_id)
    if writing is not None and writing.state in ("open", "waiting"):
        return writing
    if writing is not None and writing.state == "published" and writing.posting_id is not None:
        turn.say(t.t("It is up already."), [[turn.press(t.t("Show"), "zt", writing.posting_id)]])
    elif writing is not None and writing.state == "published":
        turn.say(t.t("It goes up within a minute."))
    else:
        turn.say(t.t("This draft was put away."), [[turn.press(t.t("New posting"), "zp")]])
    return None


async def show(turn: Turn, writing_id: int) -> None:
    """The card that residents get, and below it what to do."""
    writing = await found(turn, writing_id)
    facility = await facilities.get(turn.tx, writing.facility_id) if writing else None
    if writing is None or facility is None:
        return
    turn.end()
    seen = await _seen(turn, writing, facility)
    turn.messages.append(_card(turn, writing, seen, turn.resident.language, details=False, edit=False))
    await _below(turn, writing, facility, seen)


async def first(turn: Turn, writing_id: int) -> None:
    """The card of the first of many drafts."""
    writing = await found(turn, writing_id)
    facility = await facilities.get(turn.tx, writing.facility_id) if writing else None
    if writing is not None and facility is not None:
        seen = await _seen(turn, writing, facility)
        turn.messages.append(_card(turn, writing, seen, turn.resident.language, details=False, edit=False))


async def card(turn: Turn, writing_id: int, language: int) -> None:
    await _other(turn, writing_id, language, details=False)


async def details(turn: Turn, writing_id: int, language: int) -> None:
    await _other(turn, writing_id, language, details=True)


async def _other(turn: Turn, writing_id: int, language: int, *, details: bool) -> None:
    """The same card in another language or with all it says, in its place."""
    writing = await found(turn, writing_id)
    facility = await facilities.get(turn.tx, writing.facility_id) if writing else None
    if writing is not None and facility is not None:
        code = next((code for code in turn.catalogs.released if turn.catalogs.number(code) == language), "ko")
        seen = await _seen(turn, writing, facility)
        turn.messages.append(_card(turn, writing, seen, code, details=details, edit=True))


async def _seen(turn: Turn, writing: Writing, facility: Facility) -> Seen:
    """What recording it would make of it. It is taken back before anybody could see it."""
    tx, recorder, key = turn.tx, turn.deployment.recorder, await writings.key(turn.tx, writing)
    draft = cells.draft(writing.cells, facility, key)
    async with tx.tried():
        await recorder.record(tx, writings.DESK, [draft], await recorder.prepare(tx, [draft], facility=facility.id))
        home = (await writings.posting_ids(tx, [key]))[key]
        posting = await browse.posting(tx, home)
        assert posting is not None, "it was recorded just now"
        reached = await alerts.reached(tx, posting.id) if writing.posting_id is None else {}
        return Seen(posting, await area_of(tx, posting), reached)


def _card(turn: Turn, writing: Writing, seen: Seen, code: str, *, details: bool, edit: bool) -> Message:
    t, posting = turn.catalogs.translator(code), seen.posting
    place = placed(t, posting, seen.area)
    if details:
        text, lead = cards.details(t, posting, place, "", turn.tx.now), ""
    else:
        text = cards.alert(t, turn.ko, posting, place, turn.tx.now)
        lead = t.t("New job · {near}", near=t.t("your neighbourhood"))
    number = turn.catalogs.number
    languages = [
        turn.press(label, "zg", writing.id, number(one))
        if details
        else turn.press(label, "zv", writing.id, number(one))
        for one in turn.catalogs.released
        if (label := f"{TICK if one == code else ''}{turn.catalogs.native_name(one)}")
    ]
    rows: list[tuple[Button, ...]] = [tuple(languages[i : i + 3]) for i in range(0, len(languages), 3)]
    if details:
        rows.append((turn.press(turn.t.t("The short card"), "zv", writing.id, number(code)),))
    else:
        rows.append((turn.press(turn.t.t("All it says"), "zg", writing.id, number(code)),))
    title = cards.headline(t, posting)
    return Message(text, tuple(rows), lead, title, language=t.code, rtl=t.rtl, edit=edit, card=True)


async def _below(turn: Turn, writing: Writing, facility: Facility, seen: Seen) -> None:
    t, today = turn.t, turn.tx.now.astimezone(cards.SEOUL).date()
    findings = check(cells.draft(writing.cells, facility, ""), today)
    lines = [t.t("So residents will see it. Nobody sees it yet.")]
    if writing.posting_id is not None and (before := await writings.latest(turn.tx, writing.posting_id)):
        lines = [t.t("So residents will see it. Now it still says what it said before.")]
        lines += cells.told(t, cells.changes(before.cells, writing.cells))
        if saved := await writings.saved_by(turn.tx, seen.posting.id):
            lines.append(t.n("{n} resident who saved it is told.", "{n} residents who saved it are told.", saved))
    else:
        lines.append(_reach(turn, seen.reached))
    if writing.answer and writing.state == "open":
        lines.append(t.t("An officer asks you to change it: {words}", words=t.isolate(writing.answer)))
    lines += [f"{i}. {_said(t, one)}" for i, one in enumerate(findings, 1)]
    turn.say(
        "\n".join(lines), [*_cures(turn, writing, findings), *_buttons(turn, writing, findings)], title=t.t("Preview")
    )


def _reach(turn: Turn, reached: dict[str, int]) -> str:
    t, total = turn.t, sum(reached.values())
    if not total:
        return t.t("Nobody who gets alerts is looking for this just now. It stands in the list all the same.")
    languages = ", ".join(
        f"{turn.catalogs.native_name(code)} {t.number(n)}"
        for code, n in sorted(reached.items(), key=lambda one: -one[1])
    )
    told = t.n("{n} resident is told of it", "{n} residents are told of it", total)
    return f"{told}: {languages}"


def _said(t: Translator, finding: Finding) -> str:
    if finding.level == "block":
        return t.t("Not lawful so: {what}", what=finding.sentence(t))
    return finding.sentence(t)


def rule_number(rule: str) -> int:
    """A rule in a button."""
    return crc32(rule.encode())


def _cures(turn: Turn, writing: Writing, findings: tuple[Finding, ...]) -> list[list[Button]]:
    """A button for each cure, which says what it would write."""
    rows: list[list[Button]] = []
    for one in findings if may(turn.who, "write", writing.facility_id) else ():
        if one.cure is None:
            continue
        words = f"{turn.t.number(one.cure.won)}원" if one.cure.won else one.cure.words
        words = words if len(words) <= LABEL else f"{words[: LABEL - 1]}…"
        label = turn.t.t("Change to: {words}", words=words) if words else turn.t.t("Take it out")
        rows.append([turn.press(label, "zk", writing.id, rule_number(one.rule))])
    return rows


def _buttons(turn: Turn, writing: Writing, findings: tuple[Finding, ...]) -> list[list[Button]]:
    t, rows = turn.t, list[list[Button]]()
    levels = {one.level for one in findings}
    label = t.t("Publish as it is") if "warn" in levels else t.t("Publish")
    decides = writing.state == "waiting" and may(turn.who, "approve", writing.facility_id)
    if "block" not in levels and decides:
        rows.append([turn.press(label, "zy", writing.id, writing.revision, main=True)])
    elif "block" not in levels and writing.state == "open" and may(turn.who, "publish", writing.facility_id):
        rows.append([turn.press(label, "zu", writing.id, writing.revision, main=True)])
    if decides:
        rows.append([turn.press(t.t("Send back"), "zb", writing.id)])
    edit = t.t("Correct") if writing.state == "open" else t.t("Take back and correct")
    if may(turn.who, "write", writing.facility_id):
        rows.append([turn.press(edit, "ze", writing.id), turn.press(t.t("Put away"), "zd", writing.id)])
    return rows


async def cure(turn: Turn, writing_id: int, rule: int) -> None:
    """What a check proposes is written into its cell."""
    writing = await found(turn, writing_id)
    facility = await facilities.get(turn.tx, writing.facility_id) if writing else None
    if writing is None or facility is None:
        return
    today = turn.tx.now.astimezone(cards.SEOUL).date()
    for one in check(cells.draft(writing.cells, facility, ""), today):
        if one.cure is not None and rule_number(one.rule) == rule:
            await writings.write(turn.tx, writing, {**writing.cells, one.cure.column: one.cure.words})
            await note(turn, "edit", writing)
            break
    await show(turn, writing_id)


async def overtaken(turn: Turn, writing: Writing) -> bool:
    """Whether somebody else changed or closed the posting since this correction began; then it was said what."""
    if writing.posting_id is None or writing.seen is None:
        return False
    t, home = turn.t, writing.posting_id
    revision = await writings.revision(turn.tx, home)
    posting = await browse.posting(turn.tx, home)
    if posting is not None and posting.closed_at is not None and writing.created_at < posting.closed_at <= turn.tx.now:
        turn.say(t.t("It was closed meanwhile."), [[turn.press(t.t("Open it again"), "zm", home)]])
        return True
    if revision == writing.seen:
        return False
    base, latest = await _base(turn, writing), await writings.latest(turn.tx, home)
    theirs = cells.changes(base, latest.cells) if latest else []
    if not theirs:
        return False
    lines = [t.t("Somebody changed this posting while you wrote. Nothing of theirs or yours is lost."), ""]
    lines += [t.t("They changed:"), *cells.told(t, theirs), t.t("You change:")]
    lines += cells.told(t, cells.changes(base, writing.cells))
    rows = [
        [turn.press(t.t("Put mine on top"), "zon", writing.id)],
        [turn.press(t.t("Leave theirs"), "zd", writing.id)],
    ]
    turn.say("\n".join(lines), rows)
    return True


async def _base(turn: Turn, writing: Writing) -> dict[str, str]:
    """The words that a correction began from."""
    before = await writings.published(turn.tx, writing.posting_id or 0, writing.seen)
    return before[0].cells if before else {}


async def go_on(turn: Turn, writing_id: int) -> None:
    """One's own changes on top of what others changed meanwhile."""
    writing = await found(turn, writing_id)
    latest = await writings.latest(turn.tx, writing.posting_id) if writing and writing.posting_id else None
    if writing is None:
        return
    if latest is None or writing.posting_id is None:  # nothing was shown of it yet, so nothing changed meanwhile
        return await show(turn, writing.id)
    mine = {column: after for column, _, after in cells.changes(await _base(turn, writing), writing.cells)}
    revision = await writings.revision(turn.tx, writing.posting_id)
    await writings.write(turn.tx, writing, {**latest.cells, **mine}, revision)
    await note(turn, "edit", writing)
    await show(turn, writing.id)


async def put_away(turn: Turn, writing_id: int) -> None:
    writing = await found(turn, writing_id)
    if writing is not None:
        await writings.settle(turn.tx, [writing.id], writing.state, "dropped")
        await note(turn, "put away", writing)
        rows = [[turn.press(turn.t.t("Back to the facility"), "zf", writing.facility_id)]]
        turn.say(turn.t.t("Put away. Residents see nothing of it."), rows)


async def note(turn: Turn, act: str, writing: Writing) -> None:
    """A line of the log about a draft."""
    await audit.write(turn.tx, turn.resident.id, act, "draft", writing.id, writing.facility_id)


ACTS = {
    "zw": Act(show, 1, "see", "writing"),
    "zv": Act(card, 2, "see", "writing"),
    "zg": Act(details, 2, "see", "writing"),
    "zk": Act(cure, 2, "write", "writing"),
    "zon": Act(go_on, 1, "write", "writing"),
    "zd": Act(put_away, 1, "write", "writing"),
}
