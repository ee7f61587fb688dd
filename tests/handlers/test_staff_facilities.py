"""Facilities as officers make and change them, and what managers see of theirs."""

from handlers.chat.events import Said, Tapped
from handlers.chat.messages import Message
from handlers.chat.presses import Press
from storage import audit, facilities
from storage.staff_tables import Writing
from storage.transaction import Transaction
from tests.engines import on_sqlite
from tests.storage.people import on_the_map

from .staffed import World

pytestmark = on_sqlite


async def presses(world: World, tx: Transaction, who: str, verb: str, *ids: int) -> Message:
    return (await world.hear(tx, who, Tapped(Press(verb, ids).pack()))).messages[-1]


async def says(world: World, tx: Transaction, who: str, *texts: str) -> str:
    for text in texts:
        turn = await world.hear(tx, who, Said(text))
    return "\n".join(message.plain for message in turn.messages)


async def test_a_new_one_in_a_few_answers_that_may_be_left_out(world: World) -> None:
    async with world.store.transaction() as tx:
        await presses(world, tx, "officer", "yn")
        assert "어떤 곳인가요?" in await says(world, tx, "officer", "  하늘   아동센터 ")
        assert "주소가" in await says(world, tx, "officer", "아동센터")
        assert "어느 동네인가요?" in await says(world, tx, "officer", "건너뛰기")
        assert "어느 동네인가요?" in await says(world, tx, "officer", "없는동네이름")
        said = await says(world, tx, "officer", "건너뛰기", "건너뛰기", "건너뛰기", "네, 먼저 볼게요")
        assert "하늘 아동센터" in said
        assert "먼저 확인: 네" in said
        made = await facilities.named(tx, "하늘 아동센터")
        assert made is not None
        assert (made.kind, made.checked, made.address, made.area) == ("children", True, "", None)
        line = (await audit.lines(tx))[0]
        assert (line.act, line.subject_id, line.facility_id) == ("facility-new", made.id, made.id)


async def test_of_two_with_one_name_the_second_is_the_first(world: World) -> None:
    async with world.store.transaction() as tx:
        await presses(world, tx, "officer", "yn")
        said = await says(
            world, tx, "officer", "별빛도서관", "도서관", "건너뛰기", "건너뛰기", "건너뛰기", "건너뛰기", "1"
        )
        assert "같은 이름의 시설이 이미 있어요" in said
        assert len(await facilities.some(tx)) == 2
        b = world.things["facility"]["B"]
        await presses(world, tx, "officer", "yw", b, 0)
        assert "같은 이름의 시설이 이미 있어요" in await says(world, tx, "officer", "별빛도서관")
        assert "시설 이름이 무엇인가요?" in await says(world, tx, "officer", "가" * 61)
        assert (await facilities.get(tx, b)).name == "달빛복지관"  # type: ignore[union-attr]


async def test_each_answer_is_changed_by_itself_and_the_area_follows_the_address(world: World) -> None:
    a = world.things["facility"]["A"]
    async with world.store.transaction() as tx:
        code = next(
            code
            for code in world.deployment.names.codes
            if world.deployment.names.search("월곡동", 1233000000)[0].code == code
        )
        await on_the_map(tx, code)
        await presses(world, tx, "officer", "yw", a, 2)
        assert "주소: 광산구 월곡로 1 (월곡동)" in await says(world, tx, "officer", "광산구 월곡로 1 (월곡동)")
        assert (await facilities.get(tx, a)).area == code  # type: ignore[union-attr]
        await presses(world, tx, "officer", "yw", a, 4)
        assert "전화번호가 아니에요" in await says(world, tx, "officer", "없어요")
        assert "062-960-0000" in await says(world, tx, "officer", "062-960-0000")
        await presses(world, tx, "officer", "yw", a, 6)
        assert "먼저 확인: 네" in await says(world, tx, "officer", "2")
        await presses(world, tx, "officer", "yw", a, 5)
        assert "별빛도서관" in await says(world, tx, "officer", "그만두기")
        acts = [line.act for line in await audit.lines(tx)]
        assert acts == ["facility-change"] * 3
        assert all(line.facility_id == a for line in await audit.lines(tx))


async def test_a_closed_one_is_offered_no_more(world: World) -> None:
    a = world.things["facility"]["A"]
    async with world.store.transaction() as tx:
        assert "닫을까요?" in (await presses(world, tx, "officer", "yc", a)).text
        for _ in range(2):  # tapped twice, it is closed once
            assert "닫은 시설" in (await presses(world, tx, "officer", "yd", a)).text
        assert [line.act for line in await audit.lines(tx)] == ["facility-close"]
        writings = {row.facility_id: row.state for row in await tx.find(Writing)}
        assert writings == {a: "dropped", world.things["facility"]["B"]: "open"}
        shown = await presses(world, tx, "officer", "yk", 0)
        assert "별빛도서관" not in shown.text
        assert "시설 1곳" in shown.text
        assert "닫은 시설이에요" in (await presses(world, tx, "manager A", "yf", a)).text
        await presses(world, tx, "officer", "yw", a, 0)
        assert (await facilities.get(tx, a)).name == "별빛도서관"  # type: ignore[union-attr]


async def test_thirty_seven_are_read_in_pages_and_found_by_a_part_of_the_name(world: World) -> None:
    async with world.store.transaction() as tx:
        for i in range(35):
            await facilities.make(tx, f"{i:02} 작은도서관", kind="small_library")
        first = await presses(world, tx, "officer", "yk", 0)
        assert "시설 37곳" in first.text
        assert [button.label for button in first.flat()][8] == "뒤쪽"
        last = await presses(world, tx, "officer", "yk", 99)
        assert "별빛도서관" in last.text
        assert "앞쪽" in [button.label for button in last.flat()]
        await presses(world, tx, "officer", "yi")
        assert "이름의 일부를" in await says(world, tx, "officer", "시설 담당")
        assert "초대 · 시설 담당 · 17 작은도서관" in await says(world, tx, "officer", "17 작은")


async def test_a_manager_sees_theirs_without_what_is_not_theirs_to_do(world: World) -> None:
    async with world.store.transaction() as tx:
        shown = await presses(world, tx, "manager A", "yl")
        assert shown.title == "별빛도서관"
        assert [button.label for button in shown.flat()] == ["오늘 할 일"]
        shown = await presses(world, tx, "viewer", "yl")
        assert "달빛복지관" in shown.text
        assert "새 시설" not in [button.label for button in shown.flat()]
