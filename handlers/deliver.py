"""An owed message, put into words at the moment it is sent: in the language of now, from the posting of now."""

from dataclasses import dataclass

from locales import Catalogs
from storage import browse, dialogs, wishes
from storage.outbox_tables import Delivery
from storage.tables import Chat, Posting, Resident
from storage.transaction import Transaction

from . import cards
from .chat.capabilities import Capabilities
from .chat.fit import choices, fit
from .chat.messages import Message
from .chat.turn import Turn
from .deployment import Deployment
from .places import place_of
from .resident.posting import buttons

LONGEST_DIGEST = 5  # postings spelled out in one digest


@dataclass
class Composer:
    """Puts deliveries into words. None means there is nothing left to say: the posting closed, or the person left."""

    catalogs: Catalogs
    deployment: Deployment

    async def __call__(self, tx: Transaction, delivery: Delivery, capabilities: Capabilities) -> Message | None:
        chat = await tx.get(Chat, id=delivery.chat_id)
        resident = await tx.get(Resident, id=chat.resident_id) if chat else None
        if chat is None or resident is None or resident.state != "active":
            return None
        turn = Turn(
            tx, chat, resident, self.catalogs, capabilities, self.deployment, {}, await dialogs.load(tx, chat.id)
        )
        if delivery.kind == "alert":
            await self._alert(turn, delivery)
        elif delivery.kind == "digest":
            await self._digest(turn, delivery)
        elif delivery.kind == "change":
            await self._change(turn, delivery)
        if not turn.messages:
            return None
        now, _ = fit(turn.messages[:1], capabilities)
        return now[0]

    async def _alert(self, turn: Turn, delivery: Delivery) -> None:
        posting = await self._open(turn, delivery.posting_id or 0)
        if posting is None:
            return
        t = turn.t
        place = await place_of(turn.tx, turn.t, posting)
        why = await self._why(turn, posting)
        text = cards.alert(t, turn.ko, posting, place, turn.tx.now)
        text += await self._maybe(turn, delivery)
        turn.say(text, buttons(turn, posting), lead=why, title=cards.headline(t, posting), card=True)

    async def _change(self, turn: Turn, delivery: Delivery) -> None:
        """A saved posting as it is now, and that it changed or is closed."""
        posting = await browse.posting(turn.tx, delivery.posting_id or 0)
        if posting is None:
            return
        t, title = turn.t, cards.headline(turn.t, posting)
        if await self._open(turn, posting.id) is None:
            turn.say(
                t.t("It takes no more applications."), lead=t.t("Closed · a job you saved"), title=title, card=True
            )
            return
        text = cards.alert(t, turn.ko, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now)
        turn.say(text, buttons(turn, posting), lead=t.t("Changed · a job you saved"), title=title, card=True)

    async def _digest(self, turn: Turn, delivery: Delivery) -> None:
        t = turn.t
        found = [p for i in delivery.body.get("postings", []) if (p := await self._open(turn, i)) is not None]
        if not found:
            return
        lines = [t.n("{n} new job near you", "{n} new jobs near you", len(found))]
        shown = found[:LONGEST_DIGEST]
        for i, posting in enumerate(shown, 1):
            lines += ["", cards.line(t, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now, i)]
        if len(found) > len(shown):
            lines += ["", t.t("All of them: /jobs")]
        if t.code != "ko":
            lines += ["", t.t("Foreign residents: see each notice. Your status: ask 1345.")]
        row = [turn.press(str(i), "sh", posting.id) for i, posting in enumerate(shown, 1)]
        turn.say("\n".join(lines) + await self._maybe(turn, delivery), [row])

    async def _maybe(self, turn: Turn, delivery: Delivery) -> str:
        """One line about what was sent before and may or may not have arrived."""
        found = [p for i in delivery.body.get("maybe", []) if (p := await self._open(turn, i)) is not None]
        if not found:
            return ""
        titles = "; ".join(cards.headline(turn.t, posting) for posting in found[:3])
        return "\n" + turn.t.t("You may have seen this already: {titles}", titles=titles)

    async def _open(self, turn: Turn, posting_id: int) -> Posting | None:
        posting = await browse.posting(turn.tx, posting_id)
        if posting is None or posting.state != "open":
            return None
        if posting.closes_at is not None and posting.closes_at <= turn.tx.now:
            return None
        return posting

    async def _why(self, turn: Turn, posting: Posting) -> str:
        t = turn.t
        hops = await wishes.hops(turn.tx, turn.resident.id, posting.id)
        near = {
            0: t.t("your neighbourhood"),
            1: t.t("next to your neighbourhood"),
        }.get(hops if hops is not None else 3, t.t("your district"))
        return t.t("New job · {near}", near=near)


async def offer(tx: Transaction, chat_id: int, message: Message) -> None:
    """What a pushed card offers can be typed too, unless a question is open."""
    dialog = await dialogs.load(tx, chat_id)
    if dialog.flow is None:
        dialog.offered = choices([message])
        await dialogs.save(tx, chat_id, dialog)
