"""The real process when no file takes a byte more: it says so, sends nothing that it could not note first, and recovers."""

import asyncio
from collections import Counter

from sqlalchemy import text

from storage.transaction import Transaction
from tests.fakes.botapi import BotApi

from .process import ROW, Program
from .test_killed import received, subscribe

PEOPLE = 120
SORRY = "У нас что-то сломалось"


async def test_a_full_disk_in_the_middle_of_a_fan_out(program: Program, botapi: BotApi) -> None:
    await subscribe(program, botapi, PEOPLE)
    anna = botapi.person(5_012_345_678, language_code="ru")
    await program.start()
    program.adds("library", ROW)
    await botapi.until(lambda: len(received(botapi)) >= PEOPLE / 4, 60)
    program.fill_disk()
    await asyncio.sleep(1)
    before = len(received(botapi))
    assert before < PEOPLE
    status, words = await program.ready()
    assert (status, "takes no writes" in words) == (503, True)
    await anna.says("/start")
    answer = await anna.sees(SORRY, 20)
    assert await program.count("residents") == PEOPLE, "nothing is half-done"
    assert len(received(botapi)) == before, "what can't be noted is not sent"
    async with program.store() as store, store.reading() as tx:
        noted = await states(tx)
    assert set(got(botapi)) <= {address for address, state in noted.items() if state in ("sending", "sent")}

    program.fill_disk(False)
    for _ in range(100):
        if (await program.ready())[0] == 200:
            break
        await asyncio.sleep(0.1)
    assert (await program.ready())[0] == 200, "without a restart"
    await anna.says("/start")
    assert (await anna.sees("Здравствуйте", 20)).id > answer.id
    # What was leased and could not be noted waits a minute for its lease; that minute is not waited for here.
    await program.execute("UPDATE deliveries SET lease_until = created_at WHERE state = 'leased'")
    await program.until("deliveries", "state IN ('sent', 'uncertain')", PEOPLE, 150)
    assert set(got(botapi).values()) == {1}
    async with program.store() as store, store.reading() as tx:
        ended = await states(tx)
    assert {address for address, state in ended.items() if state == "sent"} <= set(got(botapi))


async def states(tx: Transaction) -> dict[int, str]:
    rows = await tx.all(text("SELECT address, d.state FROM deliveries d JOIN chats c ON c.id = d.chat_id"))
    return {int(row.address): row.state for row in rows}


def got(botapi: BotApi) -> Counter[int]:
    return Counter(bubble.chat for bubble in received(botapi))
