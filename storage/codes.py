"""One-time codes as they are kept: only their HMAC, for a quarter of an hour, used once; and the wrong tries, which are few."""

from datetime import timedelta

from sqlmodel import col, delete, func, or_, select, update

from .move_tables import Code, WrongCode
from .transaction import Transaction

LIFE = timedelta(minutes=15)
TOLD = timedelta(days=1)  # so long a code that is over is told from one that never was
HOUR = timedelta(hours=1)
TRIES = 5  # wrong ones an hour from one chat
ALL_TRIES = 200  # from everybody together: whoever floods this stops moving by code for an hour, and gets in nowhere


def _digest(tx: Transaction, code: str) -> str:
    return tx.keys.digest(f"code {code}")


async def make(tx: Transaction, code: str, kind: str, resident_id: int, chat_id: int) -> None:
    """Keep a new code (`move`, `parent` or `counter`) of this chat; an earlier one for the same ends. Staff make codes for
    several people.
    """
    mine = (col(Code.chat_id) == chat_id, col(Code.kind) == kind, col(Code.resident_id) == resident_id)
    still = (col(Code.used_at).is_(None), col(Code.expires_at) > tx.now)
    await tx.execute(update(Code).where(*mine, *still).values(expires_at=tx.now))
    digest = _digest(tx, code)
    life = {"made_at": tx.now, "expires_at": tx.now + LIFE}
    await tx.add(Code, digest=digest, kind=kind, resident_id=resident_id, chat_id=chat_id, **life)


async def find(tx: Transaction, code: str) -> Code | None:
    """The row of a code, also of one that was used or is over."""
    return await tx.get(Code, digest=_digest(tx, code))


async def claim(tx: Transaction, code_id: int) -> Code | None:
    """Use a code up. Of two who come at once one gets it, the other None."""
    valid = (col(Code.id) == code_id, col(Code.used_at).is_(None), col(Code.expires_at) > tx.now)
    won = await tx.scalar(update(Code).where(*valid).values(used_at=tx.now).returning(col(Code.id)))
    return None if won is None else await tx.get(Code, id=code_id)


async def end(tx: Transaction, resident_id: int) -> None:
    """The resident's open codes lead nowhere any more."""
    theirs = (col(Code.resident_id) == resident_id, col(Code.used_at).is_(None), col(Code.expires_at) > tx.now)
    await tx.execute(update(Code).where(*theirs).values(expires_at=tx.now))


async def open_now(tx: Transaction, resident_id: int) -> int:
    """How many of the resident's codes are open."""
    theirs = (col(Code.resident_id) == resident_id, col(Code.used_at).is_(None), col(Code.expires_at) > tx.now)
    return int(await tx.scalar(select(func.count()).select_from(Code).where(*theirs)))


async def may_try(tx: Transaction, chat_id: int) -> bool:
    """Whether a code from this chat is looked up at all."""
    lately = col(WrongCode.at) > tx.now - HOUR
    everybody = await tx.scalar(select(func.count()).select_from(WrongCode).where(lately))
    mine = await tx.scalar(select(func.count()).select_from(WrongCode).where(lately, col(WrongCode.chat) == chat_id))
    return bool(everybody < ALL_TRIES and mine < TRIES)


async def wrong(tx: Transaction, chat_id: int) -> None:
    """Somebody tried a code that does not exist."""
    await tx.add(WrongCode, chat=chat_id, at=tx.now)


async def forget(tx: Transaction) -> None:
    """Codes that are over for a day, and tries older than what counts."""
    await tx.execute(delete(Code).where(or_(col(Code.expires_at) < tx.now - TOLD, col(Code.used_at) < tx.now - TOLD)))
    await tx.execute(delete(WrongCode).where(col(WrongCode.at) <= tx.now - HOUR))
