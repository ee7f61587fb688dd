"""Invitations in every condition: expired, used, forwarded, one's own, for less than one has, taken back; and what they show."""

import re

from handlers.chat.events import Said, Tapped
from handlers.chat.messages import Message
from handlers.chat.presses import Press
from storage import audit, facilities, invitations, moves, staff
from storage.outbox_tables import Delivery
from storage.staff_tables import Invitation
from storage.transaction import Transaction
from tests.conftest import Clock

from .staffed import World


async def presses(world: World, tx: Transaction, who: str, verb: str, *ids: int) -> Message:
    return (await world.hear(tx, who, Tapped(Press(verb, ids).pack()))).messages[-1]


async def says(world: World, tx: Transaction, who: str, text: str) -> list[str]:
    return [message.plain for message in (await world.hear(tx, who, Said(text))).messages]


def token_in(message: Message) -> str:
    found = re.search(r"#join=([\w-]{32})$", message.text, re.MULTILINE)
    assert found, message.text
    return found[1]


async def test_a_link_is_shown_once_with_its_code_to_scan(world: World) -> None:
    world.deployment.messengers.append(("Telegram", "https://t.me/a_bot"))
    async with world.store.transaction() as tx:
        shown = await presses(world, tx, "officer", "yj", world.things["facility"]["A"])
        token = token_in(shown)
        assert f"https://t.me/a_bot?start=j{token}" in shown.text
        assert shown.title == "초대 · 시설 담당 · 별빛도서관"
        assert shown.file is not None
        assert (shown.file.kind, shown.file.what) == ("qr", {"url": f"https://example.org/#join={token}"})
        kept = await tx.find(Invitation)
        assert token not in str([one.model_dump() for one in kept]), "only its hash is kept"
        world.deployment.web = ""
        world.deployment.messengers.clear()
        shown = await presses(world, tx, "officer", "yj", world.things["facility"]["A"])
        assert re.search(r"^/join [\w-]{32}$", shown.text, re.MULTILINE)
        assert shown.file is None


async def test_used_expired_and_unknown_are_told_apart(world: World, clock: Clock) -> None:
    a = world.things["facility"]["A"]
    async with world.store.transaction() as tx:
        first, second = [token_in(await presses(world, tx, "officer", "yj", a)) for _ in range(2)]
        assert "없는 초대" in (await says(world, tx, "stranger", "/join"))[0]
        assert "없는 초대" in (await says(world, tx, "stranger", f"/join {first[:-1]}"))[0]
        said = await says(world, tx, "stranger", f"/start j{first}")
        assert said[0].endswith("별빛도서관 · 시설 담당")
        assert "이름이 어떻게 되세요?" in said[1]
        assert "오늘 할 일" in "".join(await says(world, tx, "stranger", "건너뛰기"))
        assert "오늘 할 일" in "".join(await says(world, tx, "stranger", f"/join {first}")), "the same link once more"
        said = await says(world, tx, "resident", f"/join {first}")
        assert "이미 쓴 링크예요(11월 24일(화) 12:00)" in said[0]
        assert "보낸 사람에게" in said[0], "a forwarded one is noticed by who should have had it"
        assert await staff.role(tx, world.staff["resident"]) is None
    clock.forward(days=7)
    async with world.store.transaction() as tx:
        assert "기간이 지난" in (await says(world, tx, "resident", f"/join {second}"))[0]
        assert await staff.role(tx, world.staff["resident"]) is None


async def test_who_made_it_is_told_and_dismisses_a_stranger_with_one_tap(world: World) -> None:
    async with world.store.transaction() as tx:
        token = token_in(await presses(world, tx, "officer", "yj", world.things["facility"]["A"]))
        await says(world, tx, "stranger", f"/join {token}")
        [owed] = await tx.find(Delivery)
        assert (owed.kind, owed.chat_id) == ("receipt", world.chats["officer"])
        assert owed.body["what"] == "joined"
        stranger = world.staff["stranger"]
        assert owed.body["person"] == stranger
        assert "내보냈어요" in (await presses(world, tx, "officer", "yz", stranger)).text
        assert await staff.was(tx, stranger)
        assert "담당자가 아니에요" in (await says(world, tx, "stranger", "/today"))[0]
        acts = [(line.act, line.by, line.subject_id) for line in reversed(await audit.lines(tx))]
        assert acts == [
            ("invite", world.staff["officer"], None),
            ("join", stranger, stranger),
            ("dismiss", world.staff["officer"], stranger),
        ]


async def test_what_gives_no_more_is_not_used_up(world: World) -> None:
    a, b = world.things["facility"]["A"], world.things["facility"]["B"]
    async with world.store.transaction() as tx:
        token = token_in(await presses(world, tx, "officer", "yj", a))
        for who in ("owner", "officer", "approver", "manager A"):
            before = await staff.who(tx, world.staff[who])
            said = await says(world, tx, who, f"/join {token}")
            assert "이미 담당자예요" in said[0], who
            assert await staff.who(tx, world.staff[who]) == before
        assert "반가워요" in (await says(world, tx, "manager B", f"/join {token}"))[0], "one more facility"
        who = await staff.who(tx, world.staff["manager B"])
        assert who is not None
        assert who.facilities == {a, b}
        token = token_in(await presses(world, tx, "officer", "yj", a))
        assert "반가워요" in (await says(world, tx, "viewer", f"/join {token}"))[0], "more than before"
        token = token_in(await presses(world, tx, "officer", "yj", a))
        assert "반가워요" in (await says(world, tx, "dismissed", f"/join {token}"))[0], "who was dismissed comes back"


async def test_a_link_is_taken_back_and_one_of_a_closed_facility_is_over(world: World) -> None:
    a = world.things["facility"]["A"]
    async with world.store.transaction() as tx:
        shown = await presses(world, tx, "officer", "yj", a)
        made = (await tx.find(Invitation))[0].id
        assert "쓸 수 없어요" in (await presses(world, tx, "owner", "yo", made)).text
        assert "기간이 지난" in (await says(world, tx, "stranger", f"/join {token_in(shown)}"))[0]
        of_the_owner = await invitations.invite(tx, "printed at the start", "owner")
        await presses(world, tx, "officer", "yo", of_the_owner)
        assert await invitations.accept(tx, "printed at the start", world.staff["owner"]), "that is nobody's to end"
        token = token_in(await presses(world, tx, "officer", "yj", a))
        await facilities.change(tx, a, state="closed")
        assert "닫혔어요" in (await says(world, tx, "stranger", f"/join {token}"))[0]
        assert "닫은 시설" in (await presses(world, tx, "officer", "yj", a)).text


async def test_the_way_back_is_for_that_person_only(world: World) -> None:
    manager = world.staff["manager A"]
    async with world.store.transaction() as tx:
        first = token_in(await presses(world, tx, "officer", "yr", manager))
        token = token_in(await presses(world, tx, "officer", "yr", manager))
        assert "기간이 지난" in (await says(world, tx, "stranger", f"/join {first}"))[0], "a newer one ends it"
        assert "다른 기기에서" in (await says(world, tx, "manager A", f"/join {token}"))[0]
        for who in ("officer", "manager B", "dismissed"):
            assert "다른 사람의 링크" in (await says(world, tx, who, f"/join {token}"))[0], who
        said = await says(world, tx, "resident", f"/join {token}")
        assert "다시 들어왔어요" in said[0]
        assert "오늘 할 일" in said[1]
        assert "담당자가 쓰는 곳" in (await says(world, tx, "manager A", "/today"))[0], "the old device"
        who = await staff.who(tx, manager)
        assert who is not None
        assert who.facilities == {world.things["facility"]["A"]}
        assert [line.act for line in await audit.lines(tx)] == ["back", "renew", "renew"]


async def test_an_officer_makes_no_way_into_what_is_above(world: World) -> None:
    async with world.store.transaction() as tx:
        for verb in ("yr", "yx", "yz"):
            for who in ("owner", "officer"):
                turn = await world.hear(tx, "officer", Tapped(Press(verb, (world.staff[who],)).pack()))
                assert turn.refused
        shown = await presses(world, tx, "officer", "yi")
        assert [button.label for button in shown.flat()] == [
            "담당 공무원",
            "공고 확인 담당",
            "시설 담당",
            "보기만",
            "그만두기",
        ]
        assert (await world.hear(tx, "officer", Said("owner"))).dialog.step == "role", "no word of it gives more"


async def test_a_second_device_by_a_one_time_code(world: World) -> None:
    async with world.store.transaction() as tx:
        shown = await presses(world, tx, "manager A", "ye")
        assert "내 이름으로 담당자 일을" in shown.text
        code = shown.title
        assert "이미 담당자" not in (await says(world, tx, "stranger", f"/move {code}"))[0]
        turn = await world.hear(tx, "stranger", Said("1"))
        assert turn.messages[-1].text == "됐어요. 이 채팅에서도 담당자로 일할 수 있어요."
        for who in ("stranger", "manager A"):
            assert "오늘 할 일" in (await says(world, tx, who, "/today"))[0]
        [owed] = await tx.find(Delivery)
        assert (owed.chat_id, owed.body["what"]) == (world.chats["manager A"], "device")
        await presses(world, tx, "manager A", "mu", owed.body["move"])
        assert "담당자가 쓰는 곳" in (await says(world, tx, "stranger", "/today"))[0]
        assert "오늘 할 일" in (await says(world, tx, "manager A", "/today"))[0]
        code = (await presses(world, tx, "manager A", "ye")).title
        assert "다른 채팅에 써" in (await says(world, tx, "officer", f"/move {code}"))[0]
        assert await moves.comes(tx, world.staff["manager A"]) is not None
