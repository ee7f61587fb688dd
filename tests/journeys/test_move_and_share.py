"""The whole program on real sockets: from the web chat to Telegram, and a daughter on Telegram who sets up her mother there."""

import asyncio
import re

from tests.fakes.botapi import BotApi
from tests.fakes.botpeople import Person
from tests.fakes.webclient import WebPerson, people

from .process import ROW, Program

MOON = ROW.replace("별빛", "달빛")


def link(person: WebPerson, text: str) -> str:
    """The address of the newest link on a page that holds the text."""
    for line in reversed(person.lines.values()):
        for row in line.get("buttons", []):
            for button in row:
                if text in button.get("url", ""):
                    return str(button["url"])
    raise AssertionError(list(person.lines.values()))


def told(person: Person, text: str) -> int:
    return sum(text in bubble.text for bubble in person.messages)


async def comes(web: WebPerson, text: str) -> None:
    for _ in range(300):
        if web.sees(text):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{text} did not come")


async def test_from_the_web_chat_to_telegram(either_program: Program, botapi: BotApi) -> None:
    program = either_program
    await program.start()
    async with people(program.page) as made:
        web = made("ru")
        await web.comes()
        await web.says("/start ru")
        await web.says("1")
        await web.says("Вольгок")
        await web.is_told("Готово")
        await program.no_quiet()
        await web.says("перенести")
        await web.taps("В другой чат")
        await web.is_told("Никому его не показывайте")
        payload = link(web, "t.me").partition("?start=")[2]
        anna = botapi.person(language_code="ru")
        await anna.says(f"/start {payload}")
        asked = await anna.sees("Перенести сюда сообщения")
        assert "Вольгок" in asked.text
        assert "Telegram за границей" in asked.text, "Telegram's servers are named before anything is agreed to"
        await anna.taps("Перенести сюда всё")
        await anna.sees("Оставить сообщения и в старом чате?")
        await anna.taps("Нет, только здесь")
        await anna.sees("Теперь сообщения приходят сюда")
        await web.is_told("Теперь сообщения приходят в другой чат")
        assert await program.count("consents", "item = 'overseas'") == 1
        await program.no_quiet()
        program.adds("library", ROW)
        await anna.sees("별빛도서관", 30)
        await program.until("alerts", "state = 'told'", 1)
        await asyncio.sleep(1)
        assert told(anna, "별빛도서관") == 1
        assert not web.sees("별빛도서관")
        again = botapi.person(language_code="ru")
        await again.says(f"/start {payload}")
        await again.sees("Этот код уже использован")
        await web.taps("Это не я, вернуть")
        await web.is_told("Всё вернулось сюда")
        await anna.sees("вернулись в прежний чат")
        program.adds("second", MOON)
        await comes(web, "달빛도서관")
        assert not told(anna, "달빛도서관")
    assert payload[1:] not in program.words, "no code in the log"


async def test_a_daughter_on_telegram_and_her_mother(either_program: Program, botapi: BotApi) -> None:
    program = either_program
    await program.start()
    anna, mother = botapi.person(language_code="ru"), botapi.person(language_code="ko")
    await anna.says("/start")
    await anna.taps("Принимаю")
    await anna.sees("В каком районе вы живёте?")
    await anna.says("Вольгок")
    await anna.sees("Готово")
    await anna.says("/parent")
    shown = await anna.sees("Или отправьте им ссылку")
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", shown.text)
    assert code
    await mother.says(code[0].lower())
    await mother.sees("돕는 분이 준비해 드렸어요")
    await mother.taps("동의하고 시작")
    await mother.sees("돕는 분께도 알림을 똑같이 보내 드릴까요?")
    await mother.taps("네, 보내 주세요")
    await anna.sees("Вы получаете копию")
    await anna.says("/area")
    await anna.says("삼도동")
    await anna.sees("Самдо")
    await program.no_quiet()
    program.adds("library", ROW)
    await mother.sees("별빛도서관", 30)
    copy = await anna.sees("별빛도서관", 30)
    assert copy.text.startswith("Копия")
    await program.until("deliveries", "kind = 'copy' AND state = 'sent'", 1)
    assert told(anna, "별빛도서관") == told(mother, "별빛도서관") == 1
    await mother.says("/mydata")
    await mother.sees("돕는 분이 내 알림 사본을 받고 있어요")
    await mother.taps("사본 그만 보내기")
    await mother.sees("이제 사본을 보내지 않아요")
    await anna.sees("Копий сообщений больше не будет")
    program.adds("second", MOON)
    await mother.sees("달빛도서관", 30)
    await asyncio.sleep(2)
    assert not told(anna, "달빛도서관")
    assert not botapi.unanswered
