"""The real process on Telegram, killed with -9: residents go on where they were, nothing is lost, nothing is sent twice."""

import asyncio
from collections import Counter

from sqlalchemy import insert, text

from storage import area_data
from storage.migrate import migrate
from storage.outbox_tables import Alert, Delivery
from storage.tables import Chat, Resident, Wish, WishArea
from tests.fakes.botapi import BotApi
from tests.fakes.botpeople import Bubble

from .process import ROW, Program

WOLGOK = 1233012800
PEOPLE, FIRST = 300, 5_000_000_000
RATE = 28  # messages a second: what a bot may send


async def test_a_resident_goes_on_where_they_were(either_program: Program, botapi: BotApi) -> None:
    program = either_program
    anna = botapi.person(5_012_345_678, language_code="ru", first_name="Аннушка")
    await program.start()
    await anna.says("/start")
    notice = await anna.sees("Здравствуйте")
    agree = notice.buttons[0]["callback_data"]
    anna.presses(agree, notice)
    question = await anna.sees("В каком районе вы живёте?")
    await program.kill()
    anna.presses(agree, notice)  # while nobody listens: an old menu, whose present question is put again
    await anna.says("Вольгок")
    await program.start()
    await anna.sees("Готово", 30)
    assert sum("Готово" in bubble.text for bubble in anna.messages) == 1
    assert sum(bubble.text == question.text for bubble in anna.messages) == 2
    assert await program.count("consents") == 2, "alerts and servers abroad, once each"
    anna.presses(agree, notice)
    await anna.sees("Эта кнопка больше не работает")
    await program.no_quiet()
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
    for secret in (botapi.token, "Аннушка", "Вольгок", question.text, str(anna.id)):
        assert secret not in program.words, "the log tells who or what"


async def test_of_a_crowd_hardly_anybody_stays_without_an_answer(program: Program, botapi: BotApi) -> None:
    """A turn is taken when its reply may go, so that only what was being answered when the process died is lost."""
    await program.start()
    crowd = [botapi.person(language_code="ru") for _ in range(60)]
    for person in crowd:
        await person.says("/start")
    await botapi.until(lambda: len(botapi.received) >= 15, 20)
    await program.kill()
    met = await program.count("residents")
    lost = met - len(botapi.received)
    assert lost <= RATE / 2
    await program.start()
    await botapi.until(lambda: len(botapi.received) >= len(crowd) - lost, 20)
    assert await program.count("residents") == len(crowd)
    assert max(len(person.messages) for person in crowd) == 1


async def test_a_fan_out_of_300_is_killed_and_goes_on(either_program: Program, botapi: BotApi) -> None:
    program = either_program
    await subscribe(program, botapi)
    await program.start()
    program.adds("library", ROW)
    doubtful: set[int] = set()  # deliveries that were under way when the process died
    for part in (1 / 4, 3 / 5):
        await botapi.until(lambda part=part: len(received(botapi)) >= PEOPLE * part, 90)
        await program.kill()
        doubtful |= await under_way(program)
        await program.start()
    await program.until("deliveries", "state IN ('sent', 'uncertain')", PEOPLE, 90)
    async with program.store() as store, store.reading() as tx:
        rows = await tx.find(Delivery)
        address = {chat.id: int(chat.address) for chat in await tx.find(Chat)}
        alerts = Counter((alert.state, alert.maybe_seen) for alert in await tx.find(Alert))
    await program.stop()
    got = Counter(bubble.chat for bubble in received(botapi))
    sent = {address[row.chat_id] for row in rows if row.state == "sent"}
    uncertain = {address[row.chat_id] for row in rows if row.state == "uncertain"}
    assert sent | uncertain == set(botapi.people), "every resident is owed one message, and a row says so"
    assert set(got.values()) == {1}, "nothing is sent twice"
    assert sent <= set(got), "nothing is lost"
    assert set(got) - sent <= uncertain, "what arrived and is not known to have arrived is named"
    assert {row.id for row in rows if row.state == "uncertain"} == doubtful, "in doubt is only what was under way"
    assert len(doubtful) <= 2 * RATE
    told, maybe = alerts["told", False], alerts["waiting", True]
    assert (told, maybe) == (len(sent), len(uncertain)), "what is in doubt rides as one line in the next message"


async def under_way(program: Program) -> set[int]:
    """Deliveries whose outcome a killed process never wrote down; their leases need not be waited for here."""
    await asyncio.sleep(0.3)  # what a database server was told just before may still commit
    async with program.store() as store, store.transaction() as tx:
        rows = await tx.find(Delivery, Delivery.state == "sending")
        await tx.execute(text("UPDATE deliveries SET lease_until = created_at WHERE state IN ('leased', 'sending')"))
    return {row.id for row in rows}


def received(botapi: BotApi) -> list[Bubble]:
    return [bubble for bubble in botapi.received if "별빛도서관" in bubble.text]


async def subscribe(program: Program, botapi: BotApi, people: int = PEOPLE) -> None:
    """Residents of 월곡동 as rows, in the program's own database."""
    await migrate(program.database)
    account = botapi.token.partition(":")[0]
    numbers = range(1, people + 1)
    for i in numbers:
        botapi.person(FIRST + i, language_code="ru")
    awake = {"language": "ru", "state": "active", "quiet_from": 0, "quiet_until": 0}
    async with program.store() as store, store.transaction() as tx:
        await area_data.load(tx)
        at = {"created_at": tx.now}
        chat = {"platform": "telegram", "account": account, **at}
        wish = {"name": str(WOLGOK), "words": {}, **at}
        await tx.execute(insert(Resident), [{"id": i, **awake, **at} for i in numbers])
        await tx.execute(insert(Chat), [{**chat, "address": str(FIRST + i), "resident_id": i} for i in numbers])
        await tx.execute(insert(Wish), [{"id": i, "resident_id": i, **wish} for i in numbers])
        place = {"area": WOLGOK, "width": 1}
        await tx.execute(insert(WishArea), [{"wish_id": i, "resident_id": i, **place} for i in numbers])
