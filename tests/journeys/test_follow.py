"""A mother follows the library next door: its openings come wherever they are, say why, and end in one tap."""

from sqlalchemy import text

from handlers.ways import Way, sign_code
from storage import areas, facilities, follows, signs
from storage.area_search import AreaNames

from .people import Town, row

LIBRARY = "느티나무도서관"
NEAR, FAR = row("오후도서관", LIBRARY), row("캠퍼스카페", LIBRARY)


async def made(town: Town) -> int:
    async with town.world.store.transaction() as tx:
        return await facilities.make(tx, LIBRARY)


async def link(town: Town, language: str) -> str:
    """What the QR code of the library's first posting says."""
    async with town.world.store.reading() as tx:
        job = await tx.scalar(text("SELECT min(id) FROM postings WHERE facility_id IS NOT NULL"))
    return f"/start {Way(posting=job, language=language).pack()}"


async def test_its_jobs_come_from_anywhere_until_one_follows_no_more(town: Town) -> None:
    await made(town)
    lan = town.person("vi", "Lan")
    await town.sheet("first", NEAR)
    await town.joins(lan, "Wolgok")
    await lan.says(await link(town, "vi"))
    await lan.reads(LIBRARY)
    await lan.taps("Details")
    await lan.reads("시급 12000원")
    await lan.taps("Follow this facility")
    await lan.answered("From now on we tell you of every new job here: {facility}", facility=LIBRARY)

    await town.sheet("second", FAR, row("은빛공원"))
    await lan.is_told(lan.t.t("New job · news of {facility}", facility=LIBRARY))
    await town.world.until("alerts", "state = 'told'", 2)
    assert await town.fitting() == {LIBRARY, "은빛공원"}

    await lan.says("/alerts")
    await lan.answered("Facilities you follow: {names}", names=LIBRARY)
    await lan.says("/mydata")
    await lan.answered("Facilities you follow: {names}", names=LIBRARY)
    await lan.says("/alerts")
    await lan.answered("Your alerts")
    await lan._tap(lan.t.t("{facility}: no more", facility=LIBRARY))
    await lan.answered("You follow it no more: {facility}", facility=LIBRARY)
    await town.sheet("third", FAR.replace("주말 홀 서빙", "평일 홀 서빙"))
    await town.world.until("alerts", "1 = 1", 2)
    await lan.taps("Undo")
    await lan.answered("From now on we tell you of every new job here: {facility}", facility=LIBRARY)
    await town.world.until("follows", "1 = 1", 1)


async def test_details_say_that_it_came_by_the_facility(town: Town) -> None:
    its = await made(town)
    lan = town.person("ru", "Lan")
    await town.joins(lan, "Вольгок")
    async with town.world.store.transaction() as tx:
        await follows.follow(tx, await tx.scalar(text("SELECT id FROM residents WHERE state = 'active'")), its)
    await town.sheet("far", FAR)
    await lan.is_told(lan.t.t("New job · news of {facility}", facility=LIBRARY))
    await lan.taps("Details")
    await lan.answered("Why you got this: you follow {facility}", facility=LIBRARY)
    await lan.taps("Back")
    await lan.reads(LIBRARY)
    await lan.taps("Not for me")
    await lan.answered("What does not fit? We will leave it out from now on.")
    await lan.taps("Follow no more")
    await lan.answered("You follow it no more: {facility}", facility=LIBRARY)


async def test_who_came_for_a_job_agrees_first_and_follows_then(town: Town) -> None:
    await made(town)
    await town.sheet("first", NEAR)
    minsu = town.person("ko", "Minsu")
    await minsu.says(await link(town, "ko"))
    await minsu.reads(LIBRARY)
    await minsu.taps("Details")
    await minsu.reads("시급 12000원")
    await minsu.taps("Follow this facility")
    await minsu.answered("You may say no and still look at the jobs.")
    await minsu.taps("I agree, start")
    await minsu.answered("Which neighbourhood do you live in? Type its name in any alphabet.")
    await minsu.says("수완동")
    await minsu.answered("From now on we tell you of every new job here: {facility}", facility=LIBRARY)
    assert await town.world.count("follows") == 1


async def test_the_sign_at_its_door_asks_whether_to_follow_it(town: Town) -> None:
    await made(town)
    area = AreaNames.packaged().search("월곡2동", home=1233000000)[0].code
    code = sign_code(LIBRARY, area)
    async with town.world.store.transaction() as tx:
        assert await areas.get(tx, area)
        await signs.keep(tx, code, LIBRARY, area)
    anna = town.person("ru", "Anna")
    link = Way(area, "ru", code).pack()
    await anna.says(f"/start {link}")
    await anna.answered("You came by the sign at {place}.", place=LIBRARY)
    await anna.taps("I agree, start")
    await anna.answered("Shall we also tell you of every new job here? {facility}", facility=LIBRARY)
    await anna.taps("Follow this facility")
    await anna.answered("From now on we tell you of every new job here: {facility}", facility=LIBRARY)
    before = anna.sees(anna.t.t("Follow this facility"))
    await anna.says(f"/start {link}")
    await anna.reads("Вольгок")
    assert anna.sees(anna.t.t("Follow this facility")) == before, "who follows it is not asked again"
