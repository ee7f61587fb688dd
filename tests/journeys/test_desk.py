"""The desk at the web chat: each role sees its own work, a number opens it, and words mean their own thing to residents."""

from datetime import timedelta

from sqlalchemy import text

from storage import facilities, invitations
from storage.outbox_tables import Source
from storage.staff_tables import Invitation, Writing
from storage.tables import Posting
from tests.fakes.webclient import WebPerson

from .centre import Centre, last
from .test_first_alert import ROW

TOMORROW = ROW.replace("2026-12-24", "2026-11-25")


def labels(worker: WebPerson) -> list[str]:
    """The buttons of the newest message."""
    line = list(worker.lines.values())[-1]
    return [button["label"] for row in line.get("buttons", []) for button in row]


async def test_an_officer_sees_what_waits_and_a_number_opens_it(centre: Centre) -> None:
    await centre.world.sheet("library", TOMORROW)
    officer = await centre.worker("officer", None)
    assert "담당자 · 박복지 · 담당 공무원" in last(officer)
    assert "1. 내일까지 마감인데 지원했다는 분이 없는 공고가 2개 있어요." in last(officer), "one is an example"
    await officer.says("1")
    ours = next(line for line in last(officer).splitlines() if "작은도서관 책 정리" in line)
    await officer.says(ours[0])
    assert officer.sees("별빛도서관")
    async with centre.app.store.transaction() as tx:
        await tx.put(Source, ["name"], name="work24", failures=3)
        await invitations.invite(tx, "token", "manager", made_by=1, facility_id=await facilities.make(tx, "햇살복지관"))
        [made] = await tx.find(Invitation)
        await invitations.accept(tx, "token", 2)
        posting = (await tx.find(Posting, Posting.organisation == "별빛도서관"))[0]
        await tx.execute(text("UPDATE postings SET held_at = changed_at WHERE id = :id").bindparams(id=posting.id))
    await officer.says("오늘")
    assert "하루 사이에 초대가 1번 쓰였어요." in last(officer)
    assert "답하지 않는 곳: work24" in last(officer)
    assert "공고 1개를 가려 두었어요. 봐 주세요." in last(officer)
    joined = next(line for line in last(officer).splitlines() if "초대가" in line)
    await officer.says(joined[0])
    assert "시설 담당 · 햇살복지관" in last(officer)
    assert made.facility_id is not None


async def test_a_manager_sees_nothing_of_other_facilities(centre: Centre) -> None:
    manager = await centre.worker()
    async with centre.app.store.transaction() as tx:
        other = await facilities.make(tx, "별빛도서관")
        ours = await facilities.named(tx, "햇살복지관")
        assert ours is not None
        soon = {"closes_at": tx.now + timedelta(hours=9), "created_at": tx.now, "changed_at": tx.now}
        for title, facility in (("급식 도우미", ours.id), ("책 정리", other)):
            await tx.add(Posting, title=title, facility_id=facility, spans=[], facts={}, matched_revision=1, **soon)
            cells = {"title": f"{title} 초안"}
            await tx.add(Writing, facility_id=facility, written_by=1, cells=cells, created_at=tx.now, changed_at=tx.now)
        await tx.put(Source, ["name"], name="work24", failures=3)
    await manager.says("오늘 할 일")
    assert "없는 공고가 1개 있어요" in last(manager)
    assert "쓰다 만 공고가 1개 있어요" in last(manager)
    assert "work24" not in last(manager)
    await manager.says("1")
    assert "급식 도우미" in last(manager)
    assert "책 정리" not in last(manager)
    await manager.taps("오늘 할 일")
    await manager.says("2")
    assert "급식 도우미 초안" in last(manager)
    assert "책 정리 초안" not in last(manager)
    for payload in ("dj", "ds"):
        await manager.sends({"tap": payload, "message": None, "id": f"forged{payload}"})
        await manager.until(lambda payload=payload: f"forged{payload}" in manager.acknowledged)
        assert "work24" not in last(manager)


async def test_help_says_both_sides_and_the_residents_view_is_a_tap_away(centre: Centre) -> None:
    worker = await centre.worker()
    assert "지금은 기다리는 일이 없어요." in last(worker)
    await worker.says("/help")
    assert worker.sees("/jobs")
    assert "담당자 도움말" in last(worker)
    assert "창구에서 등록: 휴대폰이 없는 분을 등록하고" in last(worker)
    assert "시설·담당자" not in last(worker)
    await worker.taps("오늘 할 일")
    assert {"창구에서 등록", "도움말", "주민 화면 보기"} <= set(labels(worker))
    await worker.taps("주민 화면 보기")
    assert worker.sees("지원할 수 있는 일자리")


async def test_to_a_resident_the_same_words_mean_todays_jobs_and_the_phone(centre: Centre) -> None:
    minsu: WebPerson = centre.person("ko")
    await minsu.comes()
    await minsu.says("/start ko")
    await minsu.taps("동의하고 시작")
    await minsu.says("월곡동")
    await minsu.says("오늘")
    assert "일자리" in last(minsu)
    await minsu.says("담당자")
    assert "062-000-0000" in last(minsu)
    await minsu.says("/help")
    assert not minsu.sees("담당자 도움말")
    await minsu.sends({"tap": "dk", "message": None, "id": "forged"})
    await minsu.until(lambda: "forged" in minsu.acknowledged)
    assert "담당자가 쓰는 곳" in last(minsu)
