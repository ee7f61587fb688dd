"""Everybody who applied for a posting, as rows of a sheet in Korean: what a facility takes along to its meeting."""

from collections.abc import Sequence

from locales import Translator
from storage import applications, audit, browse
from storage.application_tables import Application
from storage.transaction import Transaction

from .. import cards
from ..chat.messages import File
from ..chat.turn import Turn
from ..questions import asked
from ..tracks import TRACKS
from . import names
from .gate import Act

HEADS = ("지원 번호", "이름", "태어난 해", "연락", "쓰는 말", "되는 시간", "한마디", "물음과 답", "지금", "지원한 때")
HOURS = {"all": "다 됨", "some": "일부만", "ask": "먼저 물어봄"}


async def rows(tx: Transaction, ko: Translator, found: Sequence[Application]) -> list[list[str]]:
    """A row for each application, under `HEADS`."""
    made = []
    for one in found:
        form, said = one.form, asked([step.word for step in await applications.milestones(tx, one.id)])
        made.append(
            [
                str(one.id),
                str(form.get("name", "")),
                str(form.get("born", "")),
                "대화방" if form.get("contact") == "chat" else str(form.get("contact", "")),
                str(form.get("language", "")),
                HOURS.get(str(form.get("hours")), ""),
                str(form.get("words", "")),
                "\n".join(f"{ko.t(question.asks)} {ko.t(answer) if answer else '…'}" for question, answer in said),
                ko.t(TRACKS[one.track].stage(one.stage).name),
                f"{one.made_at.astimezone(cards.SEOUL):%Y-%m-%d %H:%M}",
            ]
        )
    return made


async def export(turn: Turn, posting_id: int) -> None:
    """The sheet as a file; that it was taken is written down."""
    t, posting = turn.t, await browse.posting(turn.tx, posting_id)
    found = await applications.for_posting(turn.tx, posting_id)
    if turn.who is None or posting is None or not found:
        return turn.say(t.t("Nobody has applied yet."), [[turn.press(t.t("Applications"), "ib")]], lead=t.t("Staff"))
    if names.hidden(turn):
        text = t.t("Names are hidden, since nobody was here for a while.")
        return names.show(turn, turn.press("", "iz", posting_id), text)
    if turn.capabilities.abroad:
        text = t.t("Names would pass through servers outside Korea here. They stand in the web chat.")
        return turn.say(text, [[turn.press(t.t("Everybody who applied"), "ip", posting_id)]], lead=t.t("Staff"))
    await audit.write(turn.tx, turn.who.resident_id, "export", "posting", posting_id, posting.facility_id)
    what = {"heads": list(HEADS), "rows": await rows(turn.tx, turn.ko, found)}
    text = t.t("Everybody who applied. Delete the file when you have decided; that you took it is noted.")
    file = File(f"지원서 {posting_id}", "table", what)
    back = [[turn.press(t.t("Everybody who applied"), "ip", posting_id)]]
    turn.say(text, back, lead=t.t("Staff"), title=cards.headline(t, posting), file=file, names=True)


ACTS = {"iz": Act(export, 1, "applicants", "posting")}
