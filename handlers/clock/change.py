"""One tick of looking for changes: whoever saved a posting or applied to it hears once of each change, and when it closes."""

from collections.abc import Sequence

from storage import changes, deliveries, moves
from storage.deliveries import Owed
from storage.due import ROUTINE
from storage.transaction import Transaction

from .. import pace


async def tell_changes(tx: Transaction, platforms: Sequence[str], silent: Sequence[str] = ()) -> int:
    """Queue change notices; returns how many. A notice is named by chat, posting and revision, so none goes twice.

    `silent` names platforms that wake nobody; elsewhere quiet hours defer.
    """
    await moves.steady(tx)
    after = await changes.since(tx)
    found = await changes.found(tx, after, platforms) if after is not None else []
    if found or after is None:
        await changes.looked(tx)
    owed = []
    for one in found:
        quiet = one.platform not in silent
        owed.append(
            Owed(
                f"{'closed' if one.closed else 'change'}:{one.chat_id}:{one.posting_id}:{one.revision}",
                one.chat_id,
                "change",
                ROUTINE,
                posting_id=one.posting_id,
                revision=one.revision,
                not_before=pace.due(tx.now, one.quiet_from, one.quiet_until) if quiet else None,
                expires_at=None if one.closed else one.closes_at,
            )
        )
    return len(await deliveries.queue(tx, owed))
