"""A backup from the middle of a fan-out, restored elsewhere: nobody hears twice, and every doubt is named by a row."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import deliveries
from storage.outbox_tables import Alert, Delivery
from storage.tables import Chat
from tests.fakes.botapi import BotApi
from tests.postgres import Server

from .process import CLOSES, ROW, Program
from .test_killed import subscribe

SECOND = f"도시락 배달,수완복지관,광산구 월곡2동,시급 11000원,월~금 10:00~13:00,{CLOSES},외국인 지원 가능"
THIRD = f"경로당 도우미,첨단경로당,광산구 월곡2동,시급 12500원,월~금 09:00~12:00,{CLOSES},외국인 지원 가능"
PEOPLE = 150  # five seconds of a bot's sends: a middle to be killed in
MAYBE = "Возможно, вы уже видели"


@pytest.fixture
async def elsewhere(
    either_program: Program, request: pytest.FixtureRequest, tmp_path: Path, botapi: BotApi
) -> AsyncIterator[Program]:
    """The same program in another folder, on an empty database of the other engine."""
    server: Server | None = None
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    if either_program.database.startswith("sqlite"):
        server = request.getfixturevalue("postgres_server")
        made = server.create()
        url = made.render_as_string(hide_password=False)
    program = Program(tmp_path / "elsewhere", url, botapi.token, botapi.url)
    yield program
    await program.stop()
    if server is not None:
        server.drop(made)


async def restored(file: Path, before: Program, after: Program) -> str:
    """What an operator brings: the backup, and apart from it the keys; then the sheets."""
    shutil.copy(before.folder / "var" / "keys", after.folder / "var" / "keys")
    said = await after.run("restore", str(file))
    shutil.copytree(before.sheets, after.sheets, dirs_exist_ok=True)
    return said


def got(botapi: BotApi, words: str) -> Counter[int]:
    """By chat, how many messages have these words in their first lines: what is told as new."""
    return Counter(bubble.chat for bubble in botapi.received if words in bubble.text.partition(MAYBE)[0])


async def quiet(botapi: BotApi, seconds: float) -> None:
    """Nothing asks the server for anything."""
    calls = len(botapi.calls)
    await asyncio.sleep(seconds)
    assert botapi.calls[calls:] == []


async def all_done(program: Program) -> None:
    """Until nothing waits to be sent."""
    for _ in range(600):
        async with program.store() as store, store.reading() as tx:
            if {state for state, _ in await deliveries.depth(tx)} <= {"uncertain"}:
                return
        await asyncio.sleep(0.1)
    raise AssertionError("something still waits")


async def test_a_backup_from_the_middle_of_a_fan_out(
    either_program: Program, elsewhere: Program, botapi: BotApi, tmp_path: Path
) -> None:
    before, after = either_program, elsewhere
    await subscribe(before, botapi, PEOPLE)
    await before.start()
    before.adds("library", ROW)
    await botapi.until(lambda: got(botapi, "별빛도서관").total() >= PEOPLE / 4, 90)
    await before.until("deliveries", "1 = 1", PEOPLE)
    file = tmp_path / "night.backup"
    assert "keep a copy of var/keys apart" in await before.run("backup", str(file))
    before.adds("centre", SECOND)  # what the backup knows nothing of
    await botapi.until(lambda: got(botapi, "수완복지관").total() >= PEOPLE / 10, 90)
    await before.kill()

    assert "In doubt" in await restored(file, before, after)
    await after.start(live=False)
    await quiet(botapi, 1)
    await after.stop()
    assert "live now" in await after.run("takeover", "--yes")
    async with after.store() as store, store.reading() as tx:
        address = {chat.id: int(chat.address) for chat in await tx.find(Chat)}
        first = {address[row.chat_id]: row.state for row in await tx.find(Delivery)}
        alerts = Counter((alert.state, alert.maybe_seen) for alert in await tx.find(Alert))
    sent = {person for person, state in first.items() if state == "sent"}
    doubtful = {person for person, state in first.items() if state == "uncertain"}
    assert sent | doubtful == set(botapi.people), "every resident is owed one message, and a row says so"
    assert len(sent) >= PEOPLE / 4
    assert sent <= set(got(botapi, "별빛도서관")), "nothing is lost"
    assert alerts == {("told", False): len(sent), ("waiting", True): len(doubtful) + PEOPLE}

    await after.start()
    await quiet_sends(botapi, 2)
    after.adds("seniors", THIRD)
    await botapi.until(lambda: len(got(botapi, "첨단경로당")) == PEOPLE, 90)
    await all_done(after)
    await after.stop()
    for words in ("별빛도서관", "수완복지관", "첨단경로당"):
        assert set(got(botapi, words).values()) == {1}, "nothing comes twice as if it were new"
    for bubble in botapi.received:
        if "첨단경로당" in bubble.text:
            _, maybe, line = bubble.text.partition(MAYBE)
            assert maybe
            assert "도시락 배달" in line, "what may have been told rides along"
            assert ("Помощник в библиотеке" in line) == (bubble.chat in doubtful)
    assert await after.count("alerts", "state = 'told'") == 3 * PEOPLE
    assert await after.count("deliveries", "state = 'uncertain'") == len(doubtful), "and the doubt stays named"


async def quiet_sends(botapi: BotApi, seconds: float) -> None:
    received = len(botapi.received)
    await asyncio.sleep(seconds)
    assert len(botapi.received) == received


@pytest.mark.parametrize("either_program", ["sqlite"], indirect=True)
async def test_a_planned_move_leaves_nothing_in_doubt(
    either_program: Program, elsewhere: Program, botapi: BotApi, tmp_path: Path
) -> None:
    before, after, people = either_program, elsewhere, 90
    await subscribe(before, botapi, people)
    await before.start()
    before.adds("library", ROW)
    await botapi.until(lambda: len(botapi.received) >= people / 4, 90)
    await before.stop()
    await before.run("retire", "--yes")
    await before.start(live=False)
    file = tmp_path / "move.backup"
    await before.run("backup", str(file))
    await quiet(botapi, 1)
    await before.stop()
    assert len(botapi.received) < people
    assert "nothing is in doubt" in await restored(file, before, after)
    assert "nothing is in doubt" in await after.run("takeover", "--yes")
    await after.start()
    await botapi.until(lambda: len(botapi.received) >= people, 60)
    await all_done(after)
    await after.stop()
    assert got(botapi, "별빛도서관") == dict.fromkeys(botapi.people, 1)
    assert await after.count("deliveries", "state = 'sent'") == people


@pytest.mark.parametrize("either_program", ["postgres"], indirect=True)
async def test_of_two_that_share_a_database_the_earlier_ends(
    either_program: Program, botapi: BotApi, tmp_path: Path
) -> None:
    first = either_program
    await subscribe(first, botapi, 1)
    await first.start()
    second = Program(tmp_path / "second", first.database, botapi.token, botapi.url)
    shutil.copytree(first.folder / "var", second.folder / "var", dirs_exist_ok=True)  # with its keys and its stamp
    await second.start(live=False)
    await second.stop()
    assert "In doubt: 0" in await second.run("takeover", "--yes")
    assert await first.ends() == 3
    await first.start(live=False)
    await first.stop()
    await second.start()
    await second.stop()
