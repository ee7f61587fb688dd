"""One tick of looking for changes: whoever saved a posting or applied to it hears once of each change, and when it closes."""

from collections.abc import Sequence

from storage import changes, deliveries, former, moves
from storage.changes import Change
from storage.deliveries import Owed
from storage.due import ROUTINE
from storage.former import Former
from storage.transaction import Transaction

from .. import pace


async def tell_changes(tx: Transaction, platforms: Sequence[str], silent: Sequence[str] = ()) -> int:
    """Queue change notices; returns how many. A notice is named by chat, posting and revision, so none goes twice.

    `silent` names platforms that wake nobody; elsewhere quiet hours defer. Of several changes that one person was not told
    yet, one notice tells all: from what stood first to what stands when it leaves.
    """
    await moves.steady(tx)
    after = await changes.since(tx)
    found = await changes.found(tx, after, platforms) if after is not None else []
    if found or after is None:
        await changes.looked(tx)
    before, waiting = await former.take(tx), await changes.waiting(tx, found)
    owed, replaced = [], []
    for one in found:
        once = f"{'closed' if one.closed else 'change'}:{one.chat_id}:{one.posting_id}:{one.revision}"
        was = _was(one, before.get(one.posting_id))
        if earlier := waiting.get((one.chat_id, one.posting_id)):
            if earlier.once == once:
                continue
            replaced.append(earlier.id)
            known = earlier.body.get("was")
            was = former.fold(known, was) if known is not None and was is not None else None
        quiet = one.platform not in silent
        owed.append(
            Owed(
                once,
                one.chat_id,
                "change",
                ROUTINE,
                posting_id=one.posting_id,
                revision=one.revision,
                body={} if was is None else {"was": was},
                not_before=pace.due(tx.now, one.quiet_from, one.quiet_until) if quiet else None,
                expires_at=None if one.closed else one.closes_at,
            )
        )
    await changes.replace(tx, replaced)
    return len(await deliveries.queue(tx, owed))


def _was(one: Change, before: Former | None) -> former.Values | None:
    """What the posting said before, as this person may know it; None where that is not known."""
    if before is None:
        return {"state": "open"} if one.closed else None
    return None if before.merged and one.carried else before.values
