"""What a facility hears of its applicants, without names: somebody applied, chose a time, can't come, or took it back."""

from storage import browse, deliveries, readers, staff
from storage.application_tables import Application
from storage.deliveries import Owed
from storage.transaction import Transaction

KIND = "inbox"  # of the delivery to a manager
ROUTINE = 2


async def facility(tx: Transaction, one: Application, word: str) -> None:
    """Owe each manager of the posting's facility a line about it: once for each word a minute."""
    posting = await browse.posting(tx, one.posting_id)
    if posting is None or posting.facility_id is None:
        return
    owed = []
    for manager in await staff.managers(tx, posting.facility_id):
        chat_id = await readers.chat_of(tx, manager)
        if chat_id is not None:
            once = f"{KIND}:{chat_id}:{one.id}:{word}:{tx.now:%Y%m%d%H%M}"
            owed.append(Owed(once, chat_id, KIND, ROUTINE, body={"application": one.id, "word": word}))
    await deliveries.queue(tx, owed)
