"""The real process on Telegram, killed with -9: residents go on where they were, nothing is lost, nothing is sent twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import area_data
from storage.migrate import migrate
from storage.outbox_tables import Delivery
from storage.sealing import Keys
from storage.store import Store
from storage.tables import Chat, Resident, Wish, WishArea
from tests.fakes.botapi import BotApi
from tests.postgres import Server

from .process import Program

WOLGOK = 1233012800
ROW = "작은도서관 책 정리,별빛도서관,광산구 월곡2동,시급 12000원,월~금 14:00~17:00,2027-12-24,외국인 지원 가능"
PEOPLE = 300
RATE = 28  # messages a second: what a bot may send


@pytest.fixture
async def botapi() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server
        server.check()


@pytest.fixture(params=["sqlite", "postgres"])
async def program(request: pytest.FixtureRequest, tmp_path: Path, botapi: BotApi) -> AsyncIterator[Program]:
    """Not started yet."""
    if request.param == "sqlite":
        program = Program(tmp_path, f"sqlite:///{tmp_path}/killed.db", botapi.token, botapi.url)
        yield program
        await program.stop()
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.create()
    program = Program(tmp_path, url.render_as_string(hide_password=False), botapi.token, botapi.url)
    yield program
    await program.stop()
    server.drop(url)


def store_of(program: Program) -> Store:
    keys = program.folder / "var" / "keys"
    return Store(program._environment["ILGAM_DATABASE_URL"], Keys.from_file(keys))


async def no_quiet(program: Program) -> None:
    """So that the story is the same at every time of day."""
    store = store_of(program)
    async with store.transaction() as tx:
        await tx.execute(text("UPDATE residents SET quiet_from = 0, quiet_until = 0"))
    await store.close()


async def test_a_resident_goes_on_where_they_were(program: Program, botapi: BotApi) -> None:
    anna = botapi.person(501, language_code="ru", first_name="Аннушка")
    await program.start()
    await anna.says("/start")
    await anna.sees("Здравствуйте")
    await anna.taps("Принимаю")
    question = await anna.sees("В каком районе вы живёте?")
    await program.kill()
    await anna.says("Вольгок")  # while nobody listens
    await program.start()
    await anna.sees("Готово", 30)
    assert sum("Готово" in bubble.text for bubble in anna.messages) == 1
    old = next(bubble for bubble in anna.messages if "Здравствуйте" in bubble.text)
    anna.presses(old.buttons[0]["callback_data"], old)
    await anna.sees("Эта кнопка больше не работает")
    await no_quiet(program)
    program.adds("library", ROW)
    card = await anna.sees("별빛도서관", 60)
    assert "Новая работа" in card.text
    await anna.taps("Подробнее")
    await botapi.until(lambda: any(bubble.edits for bubble in anna.messages), 10)
    await anna.taps("Сохранить")
    await anna.sees("Сохранено")
    await anna.blocks()
    await anna.unblocks()
    await anna.says("/saved")
    await anna.sees("1 сохранённая вакансия")
    await program.stop()
    for secret in (botapi.token, "Аннушка", "Вольгок", question.text, "501"):
        assert secret not in program.words, "the log tells who or what"


async def test_a_fan_out_of_300_is_killed_and_goes_on(program: Program, botapi: BotApi) -> None:
    for i in range(PEOPLE):
        botapi.person(1000 + i, language_code="ru")
    await subscribe(program, botapi, PEOPLE)
    await program.start()
    program.adds("library", ROW)
    for part in (1 / 4, 3 / 5):
        await botapi.until(lambda part=part: len(received(botapi)) >= PEOPLE * part, 90)
        await program.kill()
        await asyncio.sleep(0.5)
        await program.start()
    store = store_of(program)
    states = await over(store)
    got = Counter(bubble.chat for bubble in received(botapi))
    assert len(states) == PEOPLE, "every resident is owed one message, and a row says so"
    assert set(states.values()) <= {"sent", "uncertain"}
    assert set(got.values()) == {1}, "nothing is sent twice"
    assert {chat for chat, state in states.items() if state == "sent"} <= set(got), "nothing is lost"
    unnamed = set(got) - {chat for chat in states if states[chat] in ("sent", "uncertain")}
    assert not unnamed
    doubt = [chat for chat, state in states.items() if state == "uncertain"]
    assert len(doubt) <= 2 * RATE, "in doubt is only what was under way"
    await store.close()
    await program.stop()


def received(botapi: BotApi) -> list[object]:
    return [bubble for bubble in botapi.received if "별빛도서관" in bubble.text]


async def subscribe(program: Program, botapi: BotApi, people: int) -> None:
    """Residents of 월곡동 as rows, in the program's own database."""
    await migrate(program._environment["ILGAM_DATABASE_URL"])
    store = store_of(program)
    account = botapi.token.partition(":")[0]
    async with store.transaction() as tx:
        await area_data.load(tx)
        for i in range(people):
            resident = await tx.add(
                Resident, language="ru", state="active", created_at=tx.now, quiet_from=0, quiet_until=0
            )
            chat = {"platform": "telegram", "account": account, "address": str(1000 + i), "resident_id": resident}
            await tx.add(Chat, **chat, created_at=tx.now)
            wish = await tx.add(Wish, resident_id=resident, name=str(WOLGOK), created_at=tx.now, words={})
            await tx.add(WishArea, wish_id=wish, area=WOLGOK, resident_id=resident, width=1)
    await store.close()


async def over(store: Store, seconds: float = 120) -> dict[int, str]:
    """The state of each person's message, once none is under way. What hangs need not wait for its lease here."""
    async with asyncio.timeout(seconds):
        while True:
            async with store.reading() as tx:
                rows = await tx.find(Delivery)
                chats = {chat.id: int(chat.address) for chat in await tx.find(Chat)}
            if rows and len(rows) >= PEOPLE and {row.state for row in rows} <= {"sent", "uncertain"}:
                return {chats[row.chat_id]: row.state for row in rows}
            if len(rows) >= PEOPLE and {row.state for row in rows} <= {"sent", "uncertain", "sending", "leased"}:
                async with store.transaction() as tx:
                    await tx.execute(
                        text("UPDATE deliveries SET lease_until = created_at WHERE state IN ('leased', 'sending')")
                    )
            await asyncio.sleep(1)
