"""Beyond one process: an alert that another process sends reaches the page that is open here."""

from bot.platforms.webchat import Site, WebChat
from bot.platforms.webchat.connection import hashed
from bot.web import Web
from handlers.chat.events import Address
from handlers.chat.messages import Message
from locales import Catalogs
from storage.store import Store
from tests.engines import on_postgres
from tests.fakes.script import Script
from tests.fakes.webclient import people


@on_postgres
async def test_a_line_from_another_process_reaches_the_open_page(store: Store, database: str) -> None:
    here = WebChat(store, Catalogs.load(), Site({"en": "Gwangsan-gu"}))
    other_store = Store(database, store.keys)
    there = WebChat(other_store, here.catalogs, here.site)
    web = Web("127.0.0.1", 0, here.routes())
    await web.start()
    await here.start(Script(store, here))
    async with people(web.address) as person:
        anna = person()
        await anna.comes()
        await anna.says("hello")
        assert anna.token
        address = Address("web", "web", hashed(anna.token))
        outcomes = await there.send([address], Message("From afar"), "far")
        assert [outcome.kind for outcome in outcomes] == ["sent"]
        await anna.is_told("From afar")
    await here.stop()
    await web.stop()
    await other_store.close()
