"""In a group the bot says once where it works, in Korean and English, and keeps quiet about everything else."""

from collections.abc import Awaitable, Callable

import pytest

from handlers.chat import groups
from handlers.chat.events import Address, Blocked, CameBack, Event, Moved, Said, Tapped, Unreadable, What
from handlers.chat.messages import Message
from locales import Catalogs
from storage.outbox_tables import Memo
from storage.store import Store
from tests.conftest import Clock

CATALOGS = Catalogs.load()
Hear = Callable[..., Awaitable[list[Message]]]
GROUP, PRIVATE = "-1001", "https://t.me/ilgam_test_bot"


@pytest.fixture
def hear(store: Store) -> Hear:
    async def hear(what: What, id: str = GROUP, private: str = PRIVATE) -> list[Message]:
        event = Event(Address("telegram", "1", id), what, "5", "ru", group=True, private=private)
        async with store.transaction() as tx:
            return list((await groups.take(tx, event, CATALOGS)).messages)

    return hear


async def test_it_says_once_where_it_works(hear: Hear, clock: Clock) -> None:
    (message,) = await hear(CameBack())
    assert message.text.splitlines() == [
        "저는 일대일 대화에서만 일해요. 거기로 말을 걸어 주시면 집 가까운 일자리를 찾아 드려요.",
        "I work in private chats. Write to me there, and I will find jobs near you.",
    ]
    (button,) = message.flat()
    assert (button.url, button.label) == (PRIVATE, "일대일 대화 열기 · Open the private chat")
    for what in (Said("/jobs"), Said("@ilgam_test_bot jobs?"), Tapped("ap.1"), Unreadable("photo"), CameBack()):
        assert await hear(what) == []
    assert await hear(Said("/jobs"), "-1002"), "another group has heard nothing yet"
    clock.forward(days=1)
    assert await hear(Tapped("ap.1")) == []
    assert len(await hear(Said("/jobs"))) == 1


async def test_where_the_bot_has_no_name_there_is_no_button(hear: Hear) -> None:
    (message,) = await hear(Said("/start"), private="")
    assert message.buttons == ()


async def test_what_was_said_moves_with_the_group_and_goes_with_the_bot(hear: Hear, store: Store) -> None:
    assert len(await hear(Said("/jobs"))) == 1
    assert await hear(Moved("-1009")) == []
    assert await hear(Said("/jobs"), "-1009") == []
    assert await hear(Blocked(), "-1009") == []
    async with store.reading() as tx:
        assert not [memo for memo in await tx.find(Memo) if memo.name.startswith("group")]
    assert len(await hear(CameBack(), "-1009")) == 1
    assert await hear(Moved("-1010"), "-1011") == []
