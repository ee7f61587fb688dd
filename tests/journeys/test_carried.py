"""A one-time code from chat to chat: moved, refused, mistyped, guessed at, undone; and set up for a parent, with copies."""

import asyncio
from pathlib import Path

import pytest

from handlers.typed_code import ALPHABET, fresh, whole
from storage import codes, staff
from tests.conftest import Clock

from .carrying import MOON, anna_at_home, code_of, pushed
from .conftest import watching
from .test_first_alert import ROW
from .world import World, make


async def test_all_comes_to_the_new_chat_and_the_old_one_is_told(either_world: World) -> None:
    world = either_world
    anna = await anna_at_home(world)
    new = world.person("new", language="en")
    code = await code_of(anna)
    await new.says(code.lower().replace("-", " "))
    for words in ("Вольгок", "Русский", "Настроек поиска: 1", "Сохранённых вакансий: 0"):
        assert new.sees(words), new.last
    await new.says("да")
    assert new.sees("Оставить сообщения и в старом чате?")
    await new.says("2")
    assert new.sees("Теперь сообщения приходят сюда")
    told = await anna.is_pushed("Теперь сообщения приходят в другой чат")
    assert "24 часов" in told.plain
    await world.sheet("library", ROW)
    await new.is_pushed("별빛")
    assert not pushed(world, anna, "별빛")
    await world.until("alerts", "state = 'told'", 1)
    assert await world.count("alerts") == 1
    await new.says("/mydata")
    assert new.sees("Вольгок-дон")
    await anna.says("/mydata")
    assert not anna.sees("Вольгок-дон"), "the old chat is nobody's now"


async def test_what_was_not_wanted_is_undone_with_one_tap(world: World) -> None:
    anna = await anna_at_home(world)
    thief = world.person("thief", language="ko")
    await thief.says(await code_of(anna))
    await thief.says("1")
    await thief.says("2")
    await anna.is_pushed("Это были не вы?")
    await anna.taps("Это не я, вер…")
    assert anna.sees("Всё вернулось сюда")
    await thief.is_pushed("전과 같아졌어요")
    await world.sheet("library", ROW)
    await anna.is_pushed("별빛")
    assert not pushed(world, thief, "별빛")


async def test_both_chats_go_on(world: World) -> None:
    anna = await anna_at_home(world)
    new = world.person("new", language="ru")
    await new.says(await code_of(anna))
    await new.says("1")
    await new.says("1")
    await world.sheet("library", ROW)
    for chat in (anna, new):
        await chat.is_pushed("별빛")
        assert pushed(world, chat, "별빛") == 1
        assert not pushed(world, chat, "Копия"), "it is one's own alert in both"
    await anna.says("/mydata")
    assert anna.sees("и в ваш прежний чат")
    await anna.taps("Отключить ста…")
    await world.sheet("second", MOON)
    await new.is_pushed("달빛")
    await asyncio.sleep(1)
    assert not pushed(world, anna, "달빛")


@pytest.mark.parametrize("own", [False, True])
async def test_who_was_there_already_is_asked_whose_wishes_go_on(world: World, own: bool) -> None:
    anna = await anna_at_home(world)
    new = world.person("new", language="ru")
    await new.says("/start")
    await new.says("1")
    await new.says("삼도동")
    await new.says(await code_of(anna))
    await new.says("1")
    assert new.sees("Самдо")
    await new.says("2" if own else "1")
    await new.says("2")
    await new.says("/mydata")
    assert new.sees("Самдо-дон") == own
    assert new.sees("Вольгок-дон") != own
    assert await world.count("wishes") == 2, "the others are not lost yet"
    active = await world.count("wish_areas", "active")
    assert active == await world.count("wish_areas", "active AND resident_id = 1") > 0


async def test_codes_that_lead_nowhere_are_answered_clearly(world: World, clock: Clock) -> None:
    anna = await anna_at_home(world)
    new = world.person("new", language="ru")
    code = await code_of(anna)
    await anna.says(code)
    assert anna.sees("ваш собственный код")
    swapped = code[1] + code[0] + code[2:]
    for typo in (swapped, code[:-1] + ("2" if code[-1] != "2" else "3"), "0" + code[1:]):
        if typo != code:
            await new.says(typo)
            assert new.sees("В коде ошибка"), typo
    assert await world.count("wrong_codes") == 0, "a typo is no try"
    await new.says(f"/start m{code.replace('-', '')}")
    assert new.sees("Перенести сюда")
    await new.says("2")
    assert new.sees("Ничего не изменилось")
    clock.forward(minutes=16)
    await new.says(code)
    assert new.sees("Время этого кода вышло")
    fresh_one = await code_of(anna)
    await new.says(fresh_one)
    await new.says("1")
    await new.says("2")
    third = world.person("third", language="ru")
    await third.says(fresh_one)
    assert third.sees("уже использован")
    await third.says("/start mZZZZ")
    assert not third.sees("Перенести")


async def test_guessing_is_stopped_after_five_tries_and_a_good_code_waits_too(world: World, clock: Clock) -> None:
    anna = await anna_at_home(world)
    guesser = world.person("guesser", language="ru")
    await guesser.says("/move")
    for _ in range(codes.TRIES):
        await guesser.says(fresh())
        assert guesser.sees("Такого кода нет")
    await guesser.says(await code_of(anna))
    assert guesser.sees("Подождите час")
    clock.forward(hours=1)
    await guesser.says(await code_of(anna))
    assert guesser.sees("Перенести сюда")


async def test_two_chats_at_once_have_one_winner(either_world: World) -> None:
    world = either_world
    anna = await anna_at_home(world)
    code = await code_of(anna)
    both = [world.person(f"new{n}", language="ru") for n in range(2)]
    for one in both:
        await one.says(code)
        await one.says("1")
        assert one.sees("Оставить сообщения")
    await asyncio.gather(*(one.says("2") for one in both))
    assert sorted(one.sees("Теперь сообщения приходят сюда") for one in both) == [False, True]
    assert sorted(one.sees("Ничего не изменилось") for one in both) == [False, True]
    assert await world.count("moves") == 1


async def test_staff_neither_brings_rights_nor_takes_a_code(world: World) -> None:
    anna = await anna_at_home(world)
    async with world.store.transaction() as tx:
        await staff.appoint(tx, 1, "owner")
    new = world.person("new", language="ru")
    await new.says(await code_of(anna))
    await new.says("1")
    assert new.sees("Работать как сотрудник и в этом чате?"), "asked apart from the alerts"
    await new.says("2")
    assert new.sees("Теперь сообщения приходят сюда")
    await new.says("/today")
    assert new.sees("Это для сотрудников")
    async with world.store.reading() as tx:
        assert await staff.role(tx, 1) is None
    other = await anna_at_home(world)
    assert other.name == "old"
    minsu = world.person("minsu", language="ru")
    await world.subscribe(minsu)
    await anna.says(await code_of(minsu))
    assert anna.sees("В этом чате вы сотрудник")


async def test_links_lead_to_the_other_platforms(loaded: Path, tmp_path: Path, clock: Clock) -> None:
    settings = watching(f"sqlite:///{tmp_path}/links.db", tmp_path, web_url="https://ilgam.example")
    world = await make(settings, clock, tmp_path / "postings")
    await world.app.start()
    try:
        world.app.deployment.messengers.append(("Telegram", "https://t.me/ilgam_bot"))
        anna = await anna_at_home(world)
        code = (await code_of(anna)).replace("-", "")
        assert whole(code)
        assert set(code) <= set(ALPHABET)
        urls = [button.url for message in anna.last for button in message.flat() if button.url]
        assert urls == [f"https://t.me/ilgam_bot?start=m{code}", f"https://ilgam.example/#start=m{code}"]
        await anna.says("/parent")
        assert anna.sees("https://t.me/ilgam_bot?start=m")
    finally:
        await world.app.stop()
