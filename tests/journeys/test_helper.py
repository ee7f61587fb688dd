"""A daughter sets up her mother: consent in the mother's language, copies by a consent of their own, ended by either side."""

import asyncio

import pytest

from .carrying import MOON, anna_at_home, code_of, parents_code_of, pushed
from .test_first_alert import ROW
from .world import World


async def test_a_daughter_sets_up_her_mother_and_gets_copies_until_the_mother_stops_them(either_world: World) -> None:
    world = either_world
    anna = await anna_at_home(world)
    mother = world.person("mother", language="ko")
    await mother.says(await parents_code_of(anna))
    assert mother.sees("돕는 분이 준비해 드렸어요")
    assert mother.sees("월곡")
    assert mother.sees("14")
    assert await world.count("consents") == 1, "nothing is agreed to by coming"
    await mother.says("1")
    assert mother.sees("돕는 분께도 알림을 똑같이 보내 드릴까요?")
    assert await world.count("copies") == 0
    await mother.says("네")
    assert mother.sees("월곡")
    assert await world.count("consents", "item = 'copies' AND language = 'ko'") == 1
    await anna.is_pushed("дал согласие")
    await anna.is_pushed("Вы получаете копию")
    await anna.says("/area")
    await anna.says("삼도동")  # she looks elsewhere herself, so that only her mother is told
    await world.sheet("library", ROW)
    await mother.is_pushed("별빛")
    card = await anna.is_pushed("별빛")
    assert card.plain.startswith("Копия")
    assert pushed(world, anna, "별빛") == 1
    for one in (anna, mother):
        await one.says("/mydata")
    assert anna.sees("того, кому помогаете")
    assert mother.sees("돕는 분이 내 알림 사본을 받고 있어요")
    await mother.taps("사본 그만 보내기")
    await anna.is_pushed("Копий сообщений больше не будет")
    assert await world.count("consents", "item = 'copies' AND withdrawn_at IS NULL") == 0
    await world.sheet("second", MOON)
    await mother.is_pushed("달빛")
    await asyncio.sleep(1)
    assert not pushed(world, anna, "달빛")


async def test_the_same_alert_comes_to_the_helper_once_and_says_so(world: World) -> None:
    anna = await anna_at_home(world)
    mother = world.person("mother", language="ko")
    await mother.says(await parents_code_of(anna))
    await mother.says("1")
    await mother.says("1")
    await world.sheet("library", ROW)
    card = await anna.is_pushed("별빛")
    assert "получает и тот, кому вы помогаете" in card.plain
    await mother.is_pushed("별빛")
    await asyncio.sleep(1)
    assert pushed(world, anna, "별빛") == pushed(world, mother, "별빛") == 1
    assert await world.count("deliveries", "kind = 'copy'") == 0


async def test_the_mother_says_no_to_copies_or_to_everything(world: World) -> None:
    anna = await anna_at_home(world)
    mother = world.person("mother", language="ko")
    await mother.says(await parents_code_of(anna))
    await mother.says("2")
    assert mother.sees("아무것도 저장하지 않아요")
    assert await world.count("wishes") == 1
    await mother.says(f"/start m{(await parents_code_of(anna)).replace('-', '')}")
    await mother.says("1")
    await mother.says("2")
    assert await world.count("wishes") == 2
    assert await world.count("copies") == 0
    assert await world.count("consents", "item = 'copies'") == 0


@pytest.mark.parametrize("who", ["mother", "daughter"])
@pytest.mark.parametrize("how", ["stop", "erase"])
async def test_copies_end_when_either_leaves(world: World, who: str, how: str) -> None:
    anna = await anna_at_home(world)
    mother = world.person("mother", language="ko")
    await mother.says(await parents_code_of(anna))
    await mother.says("1")
    await mother.says("1")
    await anna.is_pushed("Вы получаете копию")
    leaver, other = (mother, anna) if who == "mother" else (anna, mother)
    if how == "stop":
        await leaver.says("/stop")
    else:
        await leaver.says("/mydata")
        await leaver.taps("모두 지우기" if who == "mother" else "Удалить всё")
        await leaver.says("1")
    assert await world.count("copies") == 0
    await other.is_pushed("Копий сообщений больше" if who == "mother" else "알림 사본은 더")
    await world.sheet("library", ROW)
    await other.is_pushed("별빛")
    await asyncio.sleep(1)
    assert not pushed(world, leaver, "별빛")
    assert pushed(world, other, "별빛") == 1


async def test_a_helper_who_moves_gets_the_copies_in_the_new_chat(world: World) -> None:
    anna = await anna_at_home(world)
    mother = world.person("mother", language="ko")
    await mother.says(await parents_code_of(anna))
    await mother.says("1")
    await mother.says("1")
    await anna.says("/area")
    await anna.says("삼도동")
    new = world.person("new", language="ru")
    await new.says(await code_of(anna))
    await new.says("1")
    await new.says("2")
    await world.sheet("library", ROW)
    assert (await new.is_pushed("별빛")).plain.startswith("Копия")
    assert not pushed(world, anna, "별빛")
