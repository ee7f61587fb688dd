"""The platform at the edge: it remembers who was shown what and when, refuses now and then, and is down for some hours."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.platforms.platform import Handle, Outcome
from handlers.chat.capabilities import TELEGRAM, Capabilities
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from handlers.deliver import Composer
from storage.deliveries import Claimed
from storage.transaction import Transaction

from .people import ACCOUNT

KEY = 32  # letters of an attempt key before the delivery's id


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that arrived. `postings` are those it told; `sure` is False where we were not told that it arrived."""

    resident: int
    kind: str
    once: str
    postings: tuple[int, ...]
    at: datetime
    sure: bool = True


@dataclass
class Words:
    """The real words, remembering what each delivery is about."""

    composer: Composer
    owed: dict[int, Claimed] = field(default_factory=dict)

    async def __call__(
        self, tx: Transaction, some: Sequence[Claimed], capabilities: Capabilities
    ) -> Sequence[Message | None]:
        self.owed |= {one.id: one for one in some}
        return await self.composer(tx, some, capabilities)


@dataclass
class Edge:
    """`look` hears of each attempt before it is answered; `down` are hours (from, until) without an answer."""

    chance: random.Random
    now: Callable[[], datetime]
    words: Words
    look: Callable[[int, Claimed, datetime], None]
    down: Sequence[tuple[datetime, datetime]]
    blocks: Callable[[int], bool]
    shown: list[Shown] = field(default_factory=list)
    refused: dict[int, datetime] = field(default_factory=dict)  # when each resident's chat last did not get something
    answers: Counter[str] = field(default_factory=Counter)
    name: str = "telegram"
    account: str = ACCOUNT
    capabilities: Capabilities = TELEGRAM
    rate: float | None = 1000.0  # which only says how many go together: the gate in front has no limit

    async def start(self, handle: Handle) -> None:
        """Nobody speaks here."""

    async def stop(self) -> None:
        """Nothing is open."""

    async def record(self, tx: Transaction, chat_id: int, event: Event, replies: Replies) -> None:
        """Nothing is kept."""

    async def send(self, to: Sequence[Address], message: Message, attempt_key: str) -> Sequence[Outcome]:
        owed, who, now = self.words.owed[int(attempt_key[KEY:])], int(to[0].id), self.now()
        self.look(who, owed, now)
        kind = self._answer(who, now)
        self.answers[kind] += 1
        if kind in ("sent", "lost answer"):
            told = (owed.posting_id,) if owed.posting_id is not None else tuple(owed.body.get("postings", ()))
            self.shown.append(Shown(who, owed.kind, owed.once, told, now, kind == "sent"))
        if kind != "sent":
            self.refused[who] = now
        match kind:
            case "sent":
                return [Outcome("sent", ref=str(len(self.shown)))]
            case "429":
                return [Outcome("later", after=self.chance.choice((1.0, 20.0, 90.0)))]
            case "403":
                return [Outcome("gone", reason="403 blocked")]
            case "down":
                return [Outcome("not_sent", reason="down")]
        return [Outcome("unknown", reason="timeout")]

    def _answer(self, who: int, now: datetime) -> str:
        if any(begins <= now < ends for begins, ends in self.down):
            return "down"
        if self.blocks(who):
            return "403"
        return self.chance.choices(("sent", "429", "lost answer", "lost"), (970, 20, 5, 5))[0]


def outages(start: datetime, days: int) -> list[tuple[datetime, datetime]]:
    """An hour at the time of the digests, and one that runs into the night, by turns on every third day."""
    midnight = start.replace(hour=15, minute=0)  # of the next day in Korea
    hours = (18, 20.5, 9, 6.5)
    days_ = range(0, days, 3) if days > 3 else range(days)
    begins = [midnight + timedelta(days=day, hours=hours[i % len(hours)]) for i, day in enumerate(days_)]
    return [(at, at + timedelta(hours=1)) for at in begins]


def told_by(shown: Sequence[Shown], kinds: Sequence[str]) -> dict[tuple[int, int], list[Shown]]:
    """By (resident, posting), the messages of these kinds that told it."""
    found: dict[tuple[int, int], list[Shown]] = defaultdict(list)
    for one in shown:
        for posting in one.postings if one.kind in kinds else ():
            found[one.resident, posting].append(one)
    return found
