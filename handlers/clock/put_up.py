"""What staff published becomes postings: one at once in its turn, a long sheet a hundred a tick."""

from collections import defaultdict
from collections.abc import Sequence

from storage import facilities, writings
from storage.staff_tables import Writing
from storage.transaction import Transaction

from ..staff import cells
from .record import Recorder

TOGETHER = 100  # recorded in one commit, so that nobody's tap waits long


async def put_up(tx: Transaction, recorder: Recorder, some: Sequence[Writing]) -> None:
    """Record these writings as the desk's postings; saying the same twice changes nothing."""
    theirs: dict[int, list[Writing]] = defaultdict(list)
    for writing in some:
        theirs[writing.facility_id].append(writing)
    for facility_id, written in theirs.items():
        facility = await facilities.get(tx, facility_id)
        assert facility is not None, "a writing's facility stays"
        keys = {writing.id: await writings.key(tx, writing) for writing in written}
        drafts = [cells.draft(writing.cells, facility, keys[writing.id]) for writing in written]
        told = await recorder.prepare(tx, drafts, facility=facility_id)
        await recorder.record(tx, writings.DESK, drafts, told)
        homes = await writings.posting_ids(tx, list(keys.values()))
        for writing in written:
            if writing.posting_id is None:
                await writings.shown_as(tx, writing.id, homes[keys[writing.id]])
        await writings.belongs(tx, list(homes.values()), facility_id)


async def put_up_due(tx: Transaction, recorder: Recorder) -> bool:
    """Record the next of what was published; True while more may be left."""
    some = await writings.unshown(tx, TOGETHER)
    await put_up(tx, recorder, some)
    return len(some) == TOGETHER
