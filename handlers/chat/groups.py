"""Groups: the bot says once where it works, in Korean and English, and is quiet otherwise."""

from datetime import timedelta

from locales import Catalogs
from storage import groups
from storage.transaction import Transaction

from .events import Blocked, CameBack, Event, Moved, Said
from .messages import Button, Message, Replies

QUIET = timedelta(days=1)  # who names the bot after that may not have seen what it said


async def take(tx: Transaction, event: Event, catalogs: Catalogs) -> Replies:
    """When it is added, and when it is named later than a day after it last said so."""
    group = event.address
    place = (group.platform, group.account, group.id)
    match event.what:
        case Moved(id):
            await groups.move(tx, *place, id)
        case Blocked():
            await groups.forget(tx, *place)
        case Said() | CameBack():
            told = await groups.told(tx, *place)
            if told is None or tx.now - told >= QUIET:
                await groups.tell(tx, *place)
                return Replies((_where(event, catalogs),))
        case _:
            pass
    return Replies()


def _where(event: Event, catalogs: Catalogs) -> Message:
    ko, en = (catalogs.translator(code) for code in ("ko", "en"))
    said = [t.t("I work in private chats. Write to me there, and I will find jobs near you.") for t in (ko, en)]
    label = " · ".join(t.t("Open the private chat") for t in (ko, en))
    return Message("\n".join(said), ((Button(label, url=event.private),),) if event.private else ())
