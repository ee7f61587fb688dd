"""The daily sweep: what is over is forgotten, what left is erased, and only counts remain."""

from storage import (
    applications,
    codes,
    deliveries,
    invitations,
    lines,
    moves,
    postings,
    residents,
    staff,
    updates,
    walk_ins,
    writings,
)
from storage.transaction import Transaction


async def close(tx: Transaction) -> int:
    """What is past its last day is closed. How many were."""
    return await postings.close_due(tx)


async def tidy(tx: Transaction) -> dict[str, int]:
    """Delete and erase what is due, forget old updates and lines, fold old deliveries into counts. Counts by what was done."""
    await moves.forget(tx)  # before those are forgotten whose chats tell which moves were made
    await staff.forget(tx)
    await invitations.forget(tx)
    done = {"papers": await applications.sweep(tx), "erased": await residents.tidy(tx)}
    await walk_ins.forget_closed(tx)
    await updates.forget(tx)
    await codes.forget(tx)
    await writings.forget(tx)
    done["lines"] = await lines.forget_old(tx)
    done["folded"] = await deliveries.fold(tx)
    return done
