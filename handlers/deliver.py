"""An owed message, put into words at the moment it is sent: in the language of now, from the posting of now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from locales import Catalogs
from storage import browse, concerns, copies, dialogs, facilities, lastyear, readers, troubles, used, wishes
from storage.area_tables import Area
from storage.deliveries import Claimed
from storage.former import AREA
from storage.readers import Reader
from storage.tables import Chat, Posting, Resident, Wish
from storage.transaction import Transaction

from . import cards, changed, receipts
from .alert_card import card_of
from .chat.capabilities import Capabilities
from .chat.fit import choices, fit
from .chat.messages import Button, Message
from .chat.turn import Turn
from .deployment import Deployment
from .places import area_of, place_before, place_of, placed
from .resident import answers, applications, follow, hears, meeting, reminders
from .resident.posting import buttons
from .staff import concerns as staff_concerns
from .staff import inbox, publish
from .staff import lastyear as staff_lastyear
from .staff import troubles as staff_troubles
from .why import line

ALWAYS = (  # also to who agreed to no alerts, and to staff who are nobody's resident
    *("receipt", troubles.KIND, concerns.HELD, lastyear.KIND, publish.KIND),
    *(applications.KIND, meeting.KIND, answers.KIND, hears.KIND),
)
LONGEST_DIGEST = 5  # postings spelled out in one digest
KEPT = 2000  # cards that are kept at most, of about 2 kB


@dataclass
class Composer:
    """Puts deliveries into words. None means there is nothing left to say: the posting closed, or the person left.

    A card reads the same for everybody of one language at one distance, on one day, who was not told more of why it came:
    it is written once and kept.
    """

    catalogs: Catalogs
    deployment: Deployment
    _cards: dict[tuple[object, ...], Message] = field(default_factory=dict)
    _postings: dict[tuple[int, int | None], tuple[Posting, Area | None, str]] = field(default_factory=dict)

    async def __call__(
        self, tx: Transaction, owed: Sequence[Claimed], capabilities: Capabilities
    ) -> list[Message | None]:
        found = await readers.of(tx, [one.id for one in owed])
        asked = await wishes.some(tx, {one.wish_id for one in found.values() if one.wish_id is not None})
        return [await self._words(tx, one, found.get(one.id), asked, capabilities) for one in owed]

    async def _words(
        self,
        tx: Transaction,
        owed: Claimed,
        reader: Reader | None,
        asked: Mapping[int, Wish],
        capabilities: Capabilities,
    ) -> Message | None:
        if owed.kind in ALWAYS:
            return await self._compose(tx, owed, capabilities)
        if reader is None:
            return None
        if owed.kind != "alert" or owed.body or reader.revision is None or reader.merged_into is not None:
            return await self._compose(tx, owed, capabilities)
        if not reader.open:
            return None
        t, posting_id, why = self.catalogs.translator(reader.language), owed.posting_id or 0, ""
        wish = asked.get(reader.wish_id or 0)
        if wish is not None and (known := await self._known(tx, posting_id, reader.revision)) is not None:
            why = line(t, wish, known[0], reader.hops or 0)
        day = tx.now.astimezone(cards.SEOUL).date()
        key = (posting_id, reader.revision, reader.language, reader.hops, day, capabilities, why)
        card = self._cards.get(key)
        if card is None and (known := await self._known(tx, posting_id, reader.revision)) is not None:
            posting, area, facility = known
            ko, place = self.catalogs.translator("ko"), placed(t, posting, area)
            message = card_of(t, ko, posting, place, reader.hops, tx.now, why, facility=facility)
            if len(self._cards) >= KEPT:
                self._cards.clear()
            card = self._cards[key] = fit([message], capabilities)[0][0]
        return card

    async def _known(self, tx: Transaction, posting_id: int, revision: int) -> tuple[Posting, Area | None, str] | None:
        """The posting of a card, where it is and its facility's name; read once for all languages."""
        known = self._postings.get((posting_id, revision))
        if known is None and (posting := await browse.posting(tx, posting_id)) is not None:
            if len(self._postings) >= KEPT:
                self._postings.clear()
            facility = await facilities.name(tx, posting.facility_id)
            known = self._postings[posting_id, revision] = posting, await area_of(tx, posting), facility
        return known

    async def _compose(self, tx: Transaction, owed: Claimed, capabilities: Capabilities) -> Message | None:
        chat = await tx.get(Chat, id=owed.chat_id)
        resident = await tx.get(Resident, id=chat.resident_id) if chat else None
        if chat is None or resident is None:
            return None
        turn = Turn(tx, chat, resident, self.catalogs, capabilities, self.deployment, {}, dialogs.Open())
        if owed.kind == "alert":
            await self._alert(turn, owed)
        elif owed.kind == "digest":
            await self._digest(turn, owed)
        elif owed.kind == "change":
            await self._change(turn, owed)
        elif owed.kind == "reminder":
            await self._reminder(turn, owed)
        elif owed.kind == "did you":
            await reminders.did_you(turn, owed.posting_id or 0)
        elif owed.kind == "agreed":
            reminders.agreed(turn)
        elif owed.kind == "slower":
            reminders.slower(turn)
        elif owed.kind == "copy":
            await self._copy(turn, owed)
        elif owed.kind == "receipt":
            await receipts.say(turn, owed.body)
        elif owed.kind == applications.KIND:
            await applications.tell(turn, owed.body)
        elif owed.kind == answers.KIND:
            await answers.tell(turn, owed.body)
        elif owed.kind == meeting.KIND:
            await meeting.tell(turn, owed.body)
        elif owed.kind == hears.KIND:
            await inbox.heard(turn, owed.body)
        elif owed.kind == troubles.KIND:
            await staff_troubles.tell(turn, owed.body["notice"], again=bool(owed.body.get("maybe_seen")))
        elif owed.kind == concerns.HELD:
            await staff_concerns.tell(turn, owed.body["posting"])
        elif owed.kind == lastyear.KIND:
            await staff_lastyear.tell(turn, owed.body["posting"])
        elif owed.kind == publish.KIND:
            await publish.tell(turn, owed.body)
        if not turn.messages:
            return None
        now, _ = fit(turn.messages[:1], capabilities)
        return now[0]

    async def _alert(self, turn: Turn, delivery: Claimed) -> None:
        posting = await self._open(turn, delivery.posting_id or 0)
        if posting is None:
            return
        if posting.id != delivery.posting_id and await used.told_otherwise(
            turn.tx, turn.resident.id, posting.id, delivery.id
        ):
            return
        place = await place_of(turn.tx, turn.t, posting)
        alert = await wishes.alerted(turn.tx, turn.resident.id, posting.id)
        wish = await wishes.get(turn.tx, turn.resident.id, alert.wish_id) if alert and alert.wish_id else None
        hops = alert.hops if alert else None
        why = line(turn.t, wish, posting, hops or 0) if wish else ""
        more = await self._also(turn, delivery) + await self._maybe(turn, delivery)
        facility = await facilities.name(turn.tx, posting.facility_id)
        card = card_of(turn.t, turn.ko, posting, place, hops, turn.tx.now, why, more, facility)
        turn.messages.append(card)

    async def _change(self, turn: Turn, delivery: Claimed) -> None:
        """A saved posting as it is now, and what changed or that it is closed; nothing where all is again as it was."""
        posting = await browse.posting(turn.tx, delivery.posting_id or 0)
        if posting is None:
            return
        t, title, was = turn.t, cards.headline(turn.t, posting), delivery.body.get("was")
        if await self._open(turn, posting.id) is None:
            if was is not None and was.get("state") == "closed":
                return
            turn.say(
                t.t("It takes no more applications."), lead=t.t("Closed · a job you saved"), title=title, card=True
            )
            return
        place = await place_of(turn.tx, t, posting)
        text = cards.alert(t, turn.ko, posting, place, turn.tx.now)
        if was is not None:
            before = await place_before(turn.tx, t, posting, was.get(AREA)) if AREA in was else place
            found = changed.lines(t, was, posting, place, before, turn.tx.now)
            if not found:
                return
            text = "\n".join([*found, "", text])
        turn.say(text, buttons(turn.t, posting), lead=t.t("Changed · a job you saved"), title=title, card=True)

    async def _reminder(self, turn: Turn, delivery: Claimed) -> None:
        """A posting that one saved and that closes tomorrow, or that one asked to be reminded of."""
        posting = await self._open(turn, delivery.posting_id or 0)
        if posting is None:
            return
        t, asked = turn.t, delivery.body.get("asked")
        lead = t.t("You asked us to remind you") if asked else t.t("Closes tomorrow · a job you saved")
        text = cards.alert(turn.t, turn.ko, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now)
        turn.say(text, buttons(turn.t, posting), lead=lead, title=cards.headline(turn.t, posting), card=True)

    async def _copy(self, turn: Turn, delivery: Claimed) -> None:
        """What another is alerted to, for who helps them; in a resident's own old chat it looks like any alert."""
        copy = await copies.get(turn.tx, delivery.body.get("copy", 0))
        if copy is None or copy.chat_id != turn.chat.id:
            return  # it was ended
        t, own = turn.t, copy.resident_id == turn.resident.id
        lead = "" if own else t.t("Copy of an alert for the person you help")
        if delivery.posting_id is None:
            return await self._digest(turn, delivery, lead, [] if own else [receipts.stop(turn, copy.id)])
        if own:
            return await self._alert(turn, delivery)
        posting = await self._open(turn, delivery.posting_id)
        if posting is not None:
            text = cards.alert(t, turn.ko, posting, await place_of(turn.tx, t, posting), turn.tx.now)
            row = [turn.press(t.t("Details"), "de", posting.id), receipts.stop(turn, copy.id)]
            turn.say(text, [row], lead=lead, title=cards.headline(t, posting), card=True)

    async def _digest(self, turn: Turn, delivery: Claimed, lead: str = "", more_buttons: Sequence[Button] = ()) -> None:
        t = turn.t
        open_ = await self._shown(turn, delivery.body.get("postings", []))
        found = list({posting.id: posting for posting in open_}.values())  # two that were merged since are one
        if not found:
            return
        lines = [t.n("{n} new job near you", "{n} new jobs near you", len(found))]
        shown = found[:LONGEST_DIGEST]
        for i, posting in enumerate(shown, 1):
            lines += ["", cards.line(t, posting, await place_of(turn.tx, turn.t, posting), turn.tx.now, i)]
            if posting.facility_id and (alert := await wishes.alerted(turn.tx, turn.resident.id, posting.id)):
                lines += [f"    {why}" for why in await follow.why(turn, posting, alert.hops)]
        if len(found) > len(shown):
            lines += ["", t.t("All of them: /jobs")]
        if t.code != "ko":
            lines += ["", t.t("Foreign residents: see each notice. Your status: ask 1345.")]
        row = [turn.press(str(i), "sh", posting.id) for i, posting in enumerate(shown, 1)]
        more = await self._also(turn, delivery) + await self._maybe(turn, delivery)
        turn.say("\n".join(lines) + more, [row, more_buttons], lead=lead)

    async def _also(self, turn: Turn, delivery: Claimed) -> str:
        """One line about what goes to a person whom this one helps, too."""
        found = await self._shown(turn, delivery.body.get("also", []))
        if not found or not await copies.received(turn.tx, turn.resident.id):
            return ""
        if delivery.posting_id is not None:
            return "\n" + turn.t.t("This is also for the person you help.")
        titles = "; ".join(cards.headline(turn.t, posting) for posting in found[:3])
        return "\n" + turn.t.t("Also for the person you help: {titles}", titles=titles)

    async def _maybe(self, turn: Turn, delivery: Claimed) -> str:
        """One line about what was sent before and may or may not have arrived."""
        found = await self._shown(turn, delivery.body.get("maybe", []))
        if not found:
            return ""
        titles = "; ".join(cards.headline(turn.t, posting) for posting in found[:3])
        return "\n" + turn.t.t("You may have seen this already: {titles}", titles=titles)

    async def _shown(self, turn: Turn, ids: Sequence[int]) -> list[Posting]:
        """Those that take applications and need not be looked at first."""
        some = [await self._open(turn, posting_id) for posting_id in ids]
        return [posting for posting in some if posting is not None and posting.held_at is None]

    async def _open(self, turn: Turn, posting_id: int) -> Posting | None:
        """A posting that takes applications. One that is held has its words all the same: it is the gate that keeps it."""
        posting = await browse.posting(turn.tx, posting_id)
        if posting is None or posting.state != "open":
            return None
        if posting.closes_at is not None and posting.closes_at <= turn.tx.now:
            return None
        return posting


async def offer(tx: Transaction, told: Sequence[tuple[int, Message]]) -> None:
    """What pushed cards offer can be typed too, unless a question is open. `told` are chats and what they were shown."""
    shown = {message: choices([message]) for message in {message for _, message in told}}
    await dialogs.offer(tx, [(chat_id, shown[message]) for chat_id, message in told])
