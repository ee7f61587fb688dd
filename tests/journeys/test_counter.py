"""A welfare centre enters a grandmother who has no phone, tells her of a job, prints a sheet, and ends it; over the web chat."""

from dataclasses import replace

from sqlalchemy import text

from handlers.chat.capabilities import NARROW
from handlers.chat.events import Tapped
from handlers.chat.presses import Press
from storage import facilities, staff, walk_ins
from storage.tables import Chat

from .centre import Centre, last
from .test_first_alert import ROW
from .world import World

NAME = "김복순"


async def test_a_grandmother_is_entered_told_of_a_job_and_leaves_nothing_behind(either_centre: Centre) -> None:
    centre = either_centre
    worker = await centre.worker()
    assert worker.sees("담당자 · 박복지")
    assert worker.sees("햇살복지관")
    await centre.enters(worker, NAME, "010 1234 5678")
    assert worker.sees("010-1234-5678")
    assert await centre.world.count("walk_ins", "paper") == 1
    assert await centre.world.count("consents", "item = 'alerts' AND version LIKE '%paper'") == 1
    await centre.world.sheet("library", ROW)
    await centre.world.until("alerts", "state = 'waiting'", 1)
    await worker.says("오늘")
    assert worker.sees("전화가 없는 1명에게 전할 새 일자리가 있어요.")
    await worker.says("1")
    assert f"1. {NAME}" in last(worker)
    await worker.says("1")
    assert "작은도서관 책 정리" in last(worker)
    await worker.taps("종이로 뽑기")
    assert worker.sees("우리 동네 새 일자리")
    await worker.taps("전했어요")
    assert await centre.world.count("alerts", "state = 'told'") == 1
    assert await centre.world.count("deliveries") == 0, "nothing was ever owed to a chat"
    await centre.world.tidy()
    assert await centre.world.count("walk_ins") == 1, "who has no chat is not forgotten for that"
    await worker.taps("등록한 분들")
    await worker.says("1")
    await worker.taps("끝내기")
    await worker.taps("네, 지울게요")
    assert worker.sees("모두 지웠어요")
    assert await centre.leftovers() == {}
    assert await centre.naming(NAME) == await centre.naming("1234") == 0
    assert await centre.world.count("residents") == 1, "the worker"
    assert await centre.acts() == ["enter", "told", "end"]


async def test_what_must_not_be_kept_is_refused_wherever_it_is_typed(centre: Centre) -> None:
    worker = await centre.worker()
    await worker.says("담당자")
    await worker.taps("창구에서 등록")
    await worker.taps("새로 등록하기")
    await worker.taps("English")
    assert worker.sees("We never ask for money, bank books, registration numbers or passports."), (
        "in their own language"
    )
    assert worker.sees("통장"), "and in Korean"
    await worker.taps("종이에 서명했어요")
    for number in ("500101-2345678", "Kim Bok-sun M12345678", "010-1234-5678 500101 2345678"):
        await worker.says(number)
        assert worker.sees("저장하지 않았어요")
    await worker.says("Kim Bok-sun")
    await worker.says("500101-2345678")
    await worker.says("일이삼사")
    assert "전화번호를 적어 주세요" in "".join(map(worker.words, list(worker.lines.values())[-2:]))
    await worker.taps("전화가 없어요")
    await worker.says("500101-2345678")
    await worker.says("월곡동")
    await worker.says("월곡 M12345678")
    await worker.says("청소")
    assert "청소" in last(worker)
    for secret in ("2345678", "M12345678"):
        assert await centre.naming(secret) == 0
    assert await centre.world.count("walk_ins") == 1


async def test_who_does_not_agree_or_is_entered_already_is_not_entered(centre: Centre) -> None:
    worker = await centre.worker()
    await worker.says("담당자")
    await worker.taps("창구에서 등록")
    await worker.taps("새로 등록하기")
    await worker.taps("한국어")
    await worker.taps("종이로 뽑기")
    await worker.taps("동의 안 하세요")
    assert worker.sees("아무것도 저장하지 않았어요")
    assert await centre.world.count("residents") == 1
    await centre.enters(worker, NAME, "01012345678")
    await centre.enters(worker, "Kim", "+82 10-1234-5678")
    assert "이미 등록한 분과 비슷해요" in last(worker)
    await worker.taps("같은 분이에요")
    assert NAME in last(worker)
    await centre.enters(worker, "김 복순", "")
    await worker.taps("다른 분이에요")
    assert await centre.world.count("walk_ins") == 2


async def test_another_centres_people_are_not_seen_and_names_hide_from_an_empty_chair(centre: Centre) -> None:
    worker = await centre.worker()
    await centre.enters(worker, NAME, "010-1234-5678")
    other, officer = await centre.worker(facility="별빛도서관"), await centre.worker("officer", None)
    [who] = await centre.entered()
    for payload in (f"qp.{who}", f"qx.{who}", f"qt.{who}.1", f"qe.{who}", f"qc.{who}", f"qs.{who}", f"qd.{who}"):
        await other.sends({"tap": payload, "message": None, "id": f"forged{payload.replace('.', '')}"})
        await other.until(lambda: "맡은 일이 아니에요" in last(other) or "할 수 없" in last(other), payload)
        assert not other.sees(NAME)
    async with centre.app.store.transaction() as tx:
        nobodys = await walk_ins.enter(tx, walk_ins.Entry("박노아", "ko", 1233012800), 1, "paper")
    await other.sends({"tap": Press("qp", (nobodys,)).pack(), "message": None, "id": "forged"})
    await other.until(lambda: "forged" in other.acknowledged)
    assert not other.sees("박노아"), "whom officers entered for no facility is not a manager's either"
    await other.says("담당자")
    await other.taps("창구에서 등록")
    assert "0명이 등록돼 있어요" in last(other)
    assert await centre.world.count("walk_ins") == 2
    await officer.taps("창구에서 등록")
    await officer.taps("등록한 분들")
    assert NAME in last(officer)
    centre.world.clock.forward(minutes=31)
    await officer.taps("등록한 분들")
    assert "●●●" in last(officer)
    assert NAME not in last(officer)
    await officer.says("2")
    assert "●●●" in last(officer)
    assert "1234" not in last(officer)


async def test_an_entry_is_changed_bit_by_bit(centre: Centre) -> None:
    worker = await centre.worker()
    await centre.enters(worker, NAME)
    for button, said, shown in (
        ("이름", "이순자", "이순자"),
        ("전화번호", "02 123 4567", "02-123-4567"),
        ("동네", "삼도동", "삼도동"),
        ("하는 일", "돌봄", "돌봄"),
        ("언어", "русский", "Русский"),
    ):
        await worker.taps("고치기")
        await worker.taps(button)
        await worker.says(said)
        assert shown in last(worker), button
    assert await centre.world.count("neighbourhoods") == 1
    assert await centre.world.count("residents", "language = 'ru'") == 1
    assert (await centre.acts()) == ["enter", *["edit"] * 5]


async def test_who_gets_a_phone_takes_everything_along(centre: Centre) -> None:
    worker = await centre.worker()
    await centre.enters(worker, NAME, "010-1234-5678", work="청소")
    await centre.world.sheet("parks", ROW.replace("작은도서관 책 정리", "공원 청소"))
    await centre.world.until("alerts", "state = 'waiting'", 1)
    await worker.says("담당자")
    await worker.says("1")
    await worker.says("1")
    await worker.taps("휴대폰이 생겼어요")
    code = last(worker).splitlines()[1]
    grandmother = centre.person("ko")
    await grandmother.comes()
    await grandmother.says(code)
    assert "돕는 분이 준비해 드렸어요" in last(grandmother)
    assert not grandmother.sees(NAME)
    await grandmother.taps("동의하고 시작")
    await grandmother.is_told("공원 청소")
    assert await centre.world.count("walk_ins") == 0
    assert await centre.world.count("wishes", "occupations != -1") == 1
    await centre.world.until("alerts", "state = 'told'", 1)
    await worker.is_told("도와 드리는 분이 동의했어요")
    assert await centre.naming(NAME) == 0
    await grandmother.says(code)
    assert await centre.world.count("residents", "state = 'active'") == 1


async def test_whoever_lost_the_facility_meanwhile_enters_nobody(centre: Centre) -> None:
    worker = await centre.worker()
    await centre.worker(facility="별빛도서관")
    async with centre.app.store.transaction() as tx:
        library = await facilities.named(tx, "별빛도서관")
        assert library is not None
        me = (await staff.everybody(tx))[0].resident_id
        await staff.appoint(tx, me, "manager", [library.id])
    await worker.says("담당자")
    await worker.taps("창구에서 등록")
    await worker.taps("새로 등록하기")
    await worker.taps("햇살복지관")
    await worker.taps("한국어")
    await worker.taps("종이에 서명했어요")
    await worker.says(NAME)
    await worker.taps("전화가 없어요")
    await worker.says("월곡동")
    async with centre.app.store.transaction() as tx:
        await tx.execute(text("DELETE FROM manages WHERE facility_id != :id").bindparams(id=library.id))
    await worker.taps("아무 일이나")
    assert "이제 이 시설을 맡고 있지 않아요" in last(worker)
    assert await centre.world.count("walk_ins") == 0


async def test_names_do_not_leave_the_country(world: World) -> None:
    """On a messenger whose servers are abroad nobody is entered, and names are not shown."""
    world.narrow.capabilities = replace(NARROW, abroad=True)
    officer = world.person("officer", language="ko")
    await officer.says("/help")
    async with world.store.transaction() as tx:
        [chat] = await tx.find(Chat)
        await staff.appoint(tx, chat.resident_id, "officer")
        entry = walk_ins.Entry(NAME, "ko", 1233012800, "010-1234-5678")
        person = await walk_ins.enter(tx, entry, chat.resident_id, "paper")
    await officer.sends(Tapped("qn"))
    assert officer.sees("웹 채팅에서 등록해 주세요")
    for payload in ("qw.0", Press("qp", (person,)).pack()):
        await officer.sends(Tapped(payload))
        assert officer.sees("●●●"), payload
        assert not officer.sees(NAME)
        assert not officer.sees("1234")


async def test_the_sheet_is_in_their_language_and_names_nobody(world: World) -> None:
    world.narrow.capabilities = replace(NARROW, files=True)
    officer = world.person("officer", language="ko")
    await officer.says("/help")
    async with world.store.transaction() as tx:
        [chat] = await tx.find(Chat)
        await staff.appoint(tx, chat.resident_id, "officer")
        entry = walk_ins.Entry(NAME, "vi", 1233012800, "010-1234-5678")
        person = await walk_ins.enter(tx, entry, chat.resident_id, "paper")
    await officer.sends(Tapped(Press("qs", (person,)).pack()))
    [file] = [message.file for message in officer.last if message.file is not None]
    assert file.kind == "board"
    [head] = file.what["heads"]
    assert (head["language"], head["title"]) == ("vi", "Việc mới gần bạn")
    assert len(file.what["jobs"]) > 1
    assert all(part["title"] and len(part["lines"]) == 4 for job in file.what["jobs"] for part in job["parts"])
    assert NAME not in str(file.what)
