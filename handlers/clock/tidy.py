"""The daily sweep: what is over is forgotten, what left is erased, and only counts remain."""

from storage import deliveries, lines, postings, residents, updates
from storage.transaction import Transaction


async def tidy(tx: Transaction) -> dict[str, int]:
    """Close what is past its last day, erase who left, forget old updates and old lines. Counts by what was done."""
    done = {"closed": await postings.close_due(tx), "erased": await residents.tidy(tx)}
    await updates.forget(tx)
    done["lines"] = await lines.forget_old(tx)
    done["folded"] = await deliveries.fold(tx)
    return done
