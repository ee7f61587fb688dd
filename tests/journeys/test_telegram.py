"""The whole program on Telegram, as a process on real sockets: what residents do, and what its log never tells."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.botapi import BotApi
from tests.fakes.botpeople import Person
from tests.fakes.botrules import Fault

from .process import ROW, Program

MOON, SUN = ROW.replace("별빛", "달빛"), ROW.replace("별빛", "햇빛")


@pytest.fixture(params=["", "https://ilgam.example"], ids=["polling", "webhook"])
async def program(
    request: pytest.FixtureRequest, loaded: Path, tmp_path: Path, botapi: BotApi
) -> AsyncIterator[Program]:
    """The real process, not started yet: its updates are polled, or posted through a proxy."""
    shutil.copyfile(loaded, tmp_path / "program.db")
    database = f"sqlite:///{tmp_path}/program.db"
    program = Program(tmp_path, database, botapi.token, botapi.url, request.param, botapi.proxied)
    yield program
    await program.stop()
    assert bool(botapi.posts) == bool(request.param)
    assert bool(botapi.sent("getUpdates")) != bool(request.param)


async def joins(program: Program, person: Person) -> None:
    """As a Russian-speaking resident of 월곡동 whom one may write to at night."""
    await person.says("/start")
    await person.taps("Принимаю")
    await person.sees("В каком районе вы живёте?")
    await person.says("Вольгок")
    await person.sees("Готово")
    await program.no_quiet()


async def test_a_russian_speaker_hears_of_a_job_and_acts_on_it(program: Program, botapi: BotApi) -> None:
    await program.start()
    anna = botapi.person(language_code="ru", first_name="Аннушка")
    await anna.says("/start")
    await anna.sees("Здравствуйте")
    await anna.taps("Принимаю")
    await anna.sees("В каком районе вы живёте?")
    assert anna.keyboard == ["Моё место", "Выбрать из списка"]
    await anna.says("Вольгок")
    await anna.sees("Готово")
    await anna.sees("(월곡")
    assert not anna.keyboard, "the reply keyboard goes with its question"
    await program.no_quiet()

    before = len(anna.messages)
    program.adds("library", ROW)
    card = await anna.sees("별빛도서관", 30)
    assert card.text.startswith("Новая работа"), "it says why it came"
    assert card.labels == ["Откликнуться", "Сохранить", "Подробнее", "Не подходит"]
    await anna.taps("Подробнее")
    await botapi.until(lambda: card.edits == 1, 5)
    assert "광산구 월곡2동" in card.text
    await anna.taps("Назад")
    await botapi.until(lambda: card.edits == 2, 5)
    assert len(anna.messages) == before + 1, "details and the way back stand in the card's place"
    await anna.taps("Сохранить")
    await anna.sees("Сохранено: ")
    assert "Сохранено" in anna.notices
    await anna.taps("Не подходит")
    asked = await anna.sees("Что не подходит?")
    await anna.taps("Только эту")
    await botapi.until(lambda: "больше не покажем" in asked.text, 5)
    assert await program.count("marks", "verb IN ('opened', 'saved', 'hidden')") == 3
    assert not botapi.unanswered


async def test_a_pin_is_as_good_as_a_name_and_no_trace_of_it_is_kept(program: Program, botapi: BotApi) -> None:
    await program.start()
    minsu = botapi.person(language_code="ko")
    await minsu.says("/start")
    await minsu.taps("동의하고 시작")
    await minsu.sees("어느 동네에 사세요?")
    assert minsu.chat.keyboard[0]["request_location"]
    await minsu.pins(37.7, 131.2)
    await minsu.sees("한국 땅이 아닌 곳", 15)
    assert minsu.keyboard, "asked again, with the button"
    await minsu.pins(35.1689, 126.809)
    await minsu.sees("다 됐어요", 15)
    await minsu.sees("월곡동")
    assert not minsu.keyboard
    kept = b"".join(path.read_bytes() for path in program.folder.glob("program.db*"))
    assert b"35.1689" not in kept
    assert b"126.809" not in kept


async def test_who_blocked_us_is_left_alone_until_they_come_back(program: Program, botapi: BotApi) -> None:
    """One tells us by an update; of the other we only hear by the refusal of the next message."""
    await program.start()
    told, silent = (botapi.person(language_code="ru") for _ in range(2))
    for person in (told, silent):
        await joins(program, person)
    await told.blocks()
    await program.until("chats", "state = 'blocked'", 1)
    silent.chat.refuses = "Forbidden: bot was blocked by the user"
    botapi.calls.clear()
    program.adds("first", ROW)
    await program.until("chats", "state = 'blocked'", 2)
    program.adds("second", MOON)
    await program.until("postings", "organisation = '달빛도서관' AND matched_revision > 0", 1)
    await program.until("alerts", "state = 'waiting'", 0)
    assert [call["chat_id"] for call in botapi.sent()] == [silent.id], "one refusal is enough"

    for person in (told, silent):
        await person.unblocks()
    await program.until("chats", "state = 'active'", 2)
    program.adds("third", SUN)
    for person in (told, silent):
        await person.sees("햇빛도서관", 30)
        assert not [bubble for bubble in person.messages if "달빛" in bubble.text]
    await told.says("/jobs")
    await told.sees("2. ")


async def test_two_taps_at_once_forged_taps_and_a_command_in_between(program: Program, botapi: BotApi) -> None:
    program.adds("first", MOON)
    await program.start()
    anna, boris = (botapi.person(language_code="ru") for _ in range(2))
    await anna.says("/start")
    notice = await anna.sees("Здравствуйте")
    agree = notice.buttons[0]["callback_data"]
    for _ in range(2):
        anna.presses(agree, notice)
    await botapi.until(lambda: not botapi.unanswered, 5)
    await botapi.until(lambda: [b.text.startswith("В каком районе") for b in anna.messages].count(True) == 2, 5)
    assert await program.count("consents") == 2, "alerts and servers abroad, once each"

    await anna.says("/jobs")
    await anna.sees("1. ")
    for forged in (agree + "z", "sv.zzzz", "pg.0.zzzzzzz", "\N{GRINNING FACE}" * 16):
        boris.presses(forged, notice)
    anna.presses(agree + "z", notice)
    await botapi.until(lambda: not botapi.unanswered, 15)
    assert await program.count("marks") == 0
    await anna.says("Вольгок")
    await anna.sees("Готово")
    await program.no_quiet()
    program.adds("library", ROW)
    card = await anna.sees("별빛도서관", 30)
    save = next(button["callback_data"] for button in card.buttons if button["text"] == "Сохранить")
    for _ in range(2):
        anna.presses(save, card)
    boris.presses(save, card)  # has not agreed to anything
    await botapi.until(lambda: not botapi.unanswered, 5)
    assert await program.count("marks", "verb = 'saved'") == 1
    assert not [bubble for bubble in boris.messages if "Сохранено" in bubble.text]
    assert "turn failed" not in program.words


async def test_the_log_tells_of_faults_but_never_of_a_person(program: Program, botapi: BotApi) -> None:
    """Whatever goes wrong on the way: sockets, Telegram's servers, the database."""
    botapi.fail(1, Fault(code=502, html=True), "getMe")
    await program.start()
    anna = botapi.person(language_code="ru", first_name="Аннушка")
    await program.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON chats BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END"
    )
    await anna.says("/start")
    await anna.sees("У нас что-то сломалось")
    await program.execute("DROP TRIGGER broken")
    await joins(program, anna)
    await anna.shares("+82 10-1234-5678")
    await anna.sees("Я не понял")
    botapi.fail(1, Fault(code=502, html=True), "getUpdates")
    botapi.fail(1, Fault(code=400, words="Bad Request: something about Аннушка"), "answerCallbackQuery")
    botapi.fail(1, Fault(reset=True), "editMessageText")
    await anna.taps("Раз в день")
    await anna.sees("09:00", 15)
    for fault in (
        Fault(reset=True),
        Fault(code=500),
        Fault(code=429, retry_after=1),
        Fault(code=403, words="Forbidden"),
    ):
        botapi.fail(1, fault)
        await anna.says("посудомойщица")
        await asyncio.sleep(0.3)
    program.adds("library", ROW.replace("월~금", "Иванов Аннушка 010-1234-5678"))
    await program.until("postings", "organisation = '별빛도서관'", 1)
    await anna.says("посудомойщица")
    await program.stop()
    log = program.words
    for fault in ("the disk is broken", "Traceback", "tap not answered", "reply not sent", "telegram not reached"):
        assert fault in log, fault
    secrets = [secret for secret in (botapi.token.partition(":")[2], botapi.secret) if secret]
    for private in (*secrets, "Аннушка", "Вольгок", "посудомойщица", "1234-5678", "12345678", str(anna.id)):
        assert private not in log, private


async def test_one_tap_from_a_signs_link(program: Program, botapi: BotApi) -> None:
    await program.start()
    anna = botapi.person(language_code="en")
    await anna.says("/start a1233012800-ru-library")
    await anna.sees("Вольгок")
    await anna.taps("Принимаю")
    await anna.sees("Готово")
    assert await program.count("wishes", "sign = 'library'") == 1
    assert await program.count("consents", "item IN ('alerts', 'overseas')") == 2
