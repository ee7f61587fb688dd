"""A librarian posts twice a year: six questions the first time, three taps the next; officers act, look and correct, too."""

from storage import audit

from .people import Town
from .staff import Desk, press


async def test_a_librarian_posts_and_three_residents_hear_of_it_in_their_languages(town: Town) -> None:
    desk, residents = Desk(town), {}
    library = await desk.facility(
        "별빛도서관", address="광산구 월곡2동 하남대로 1", phone="062-960-0000", apply="방문 접수"
    )
    mina = await desk.joins("미나", "manager", library)
    for language, neighbourhood in (("ko", "월곡동"), ("ru", "Вольгок"), ("vi", "Wolgok")):
        residents[language] = town.person(language, language)
        await town.joins(residents[language], neighbourhood)

    await press(mina, "zp")
    await mina.answered("Nothing was posted yet.")
    await mina.taps("New posting")
    await mina.answered("What is the work? First the title, then in a new line what there is to do.")
    await mina.says("도서관 책 정리: 책 정리, 대출과 반납")
    await mina.answered("Where is it? With the neighbourhood.")
    await mina.taps_words("광산구 월곡2동 하남대로 1")
    await mina.answered("On which days, from when to when?")
    await mina.says("월·수·금 14:00~17:00")
    await mina.answered("What is the pay?")
    await mina.says("넉넉히")
    await mina.answered("What is the pay?")
    await mina.says("시급 10,320원")
    await mina.answered("From when to when, and how many people?")
    await mina.says("2027-01-04 ~ 2027-06-30, 2명")
    await mina.answered("What is the last day to apply?")
    await mina.says("12월 4일 18시")
    text = await mina.answered("Preview")
    assert "10,700" in text
    assert mina.t.n("{n} resident is told of it", "{n} residents are told of it", 3) in text
    await mina.taps_words(mina.t.t("Change to: {words}", words="10,700원"))
    text = await mina.answered("Preview")
    assert "10,700" not in text
    for name, said in (("Русский", "10 700"), ("Tiếng Việt", "10.700"), ("한국어", "10,700")):
        await mina.taps_words(name)
        assert said in (await mina.reads("별빛도서관")).replace("\N{NO-BREAK SPACE}", " ")
    assert await town.world.count("postings", "organisation = '별빛도서관'") == 0, "nobody sees a preview"
    await mina.taps("Publish")
    await mina.answered("It is up. Residents whom it fits are told now.")
    for language, said in (("ko", "10,700원"), ("ru", "10 700"), ("vi", "10.700")):
        card = await residents[language].is_told("별빛도서관")
        assert said in card.replace("\N{NO-BREAK SPACE}", " ")

    town.world.clock.forward(days=366)
    await press(mina, "zp")  # one
    await mina.reads("별빛도서관")
    await mina.taps("The last one again, with new dates")  # two
    await mina.answered("Preview")
    await mina.taps_words(*[mina.t.t(one) for one in ("Publish", "Publish as it is")])  # three
    await mina.answered("It is up. Residents whom it fits are told now.")
    assert await town.world.count("postings", "organisation = '별빛도서관' AND closes_at > '2027-12-03'") == 1
    async with town.world.store.reading() as tx:
        assert (await audit.verify(tx))[1] is None
        acts = [line.act for line in await audit.lines(tx, library)]
        assert acts == ["publish", "write", "publish", "edit", "write", "join"]


WORDS = {
    "title": "주방 보조",
    "workplace": "광산구 월곡2동",
    "hours": "월~금 09:00~13:00",
    "pay": "시급 13,000원",
    "period": "2027-01-04 ~ 2027-06-30",
    "headcount": "1명",
    "closing": "2026-12-04",
    "phone": "062-960-0000",
}


async def test_an_officer_acts_for_another_facility_and_a_manager_only_for_their_own(town: Town) -> None:
    desk = Desk(town)
    names = ["가람도서관", "나래복지관", "다온어린이집", *(f"별{n}센터" for n in range(9))]
    ids = {name: await desk.facility(name) for name in names}
    officer = await desk.joins("선우", "officer")
    manager = await desk.joins("미나", "manager", ids["가람도서관"])

    await press(officer, "zp")
    await officer.answered("For which facility? You can also type its name.")
    await officer.taps_words("ㄴ")
    await officer.answered("For which facility? You can also type its name.")
    assert "나래복지관" in officer.labels()
    await officer.says("다온")
    await officer.reads("다온어린이집")
    await officer.answered("Nothing was posted yet.")
    await desk.writes(officer, ids["다온어린이집"], WORDS)
    await officer.taps("Publish")
    await officer.answered("It is up. Residents whom it fits are told now.")
    assert await town.world.count("postings", f"facility_id = {ids['다온어린이집']} AND state = 'open'") == 1

    posting = (await town.world.postings())[-1]
    for verb, about in (
        ("zf", ids["다온어린이집"]),
        ("zn", ids["다온어린이집"]),
        ("zc", posting),
        ("zj", posting),
        ("zw", 1),
    ):
        await press(manager, verb, about)
        await manager.answered("This is not yours to do. Ask an officer.")
    await press(manager, "zr", posting, 0)
    await manager.answered("This is not yours to do. Ask an officer.")
    assert await town.world.count("postings", f"id = {posting} AND state = 'open'") == 1


async def test_what_a_manager_of_a_new_facility_writes_is_looked_at_first(town: Town) -> None:
    desk = Desk(town)
    centre = await desk.facility("새싹아동센터", checked=True, phone="062-960-1111")
    manager = await desk.joins("미나", "manager", centre)
    one, two = await desk.joins("선우", "officer"), await desk.joins("하늘", "approver")
    draft = await desk.writes(manager, centre, {**WORDS, "pay": ""})
    await manager.taps("Publish as it is")
    await manager.answered(
        "An officer looks at it now. When it is up, or something should change, we write to you here."
    )
    assert await town.world.count("postings", "organisation = '새싹아동센터'") == 0

    await press(one, "zq")
    await one.reads("새싹아동센터")
    await one.taps_words("1")
    await one.answered("Preview")
    await one.taps("Send back")
    await one.answered("What should change? Write it in a sentence; its author reads it.")
    await one.says("급여를 적어 주세요.")
    await one.answered("Sent back. Its author is told.")
    await manager.is_told("급여를 적어 주세요.")
    await press(manager, "zx", draft, 4)
    await manager.answered("Write what it should say.")
    await manager.says("시급 13,000원")
    await manager.answered("Preview")
    await manager.taps("Publish")
    await manager.answered(
        "An officer looks at it now. When it is up, or something should change, we write to you here."
    )

    for officer in (one, two):
        await press(officer, "zw", draft)
        await officer.answered("Preview")
    await two.taps("Publish")
    await two.answered("It is up. Residents whom it fits are told now.")
    await one.taps("Publish")
    await one.answered("It is up already. Decided by: {name}")
    await manager.is_told(manager.t.t("An officer looked at it. It is up."))
    assert await town.world.count("postings", "organisation = '새싹아동센터' AND state = 'open'") == 1


async def test_two_officers_correct_one_posting_and_nothing_of_either_is_lost(town: Town) -> None:
    desk = Desk(town)
    kitchen = await desk.facility("나래복지관", phone="062-960-2222")
    one, two = await desk.joins("선우", "officer"), await desk.joins("하늘", "officer")
    anna = town.person("ru", "anna")
    await town.joins(anna, "Вольгок")
    await desk.writes(one, kitchen, WORDS)
    await one.taps("Publish")
    await one.answered("It is up. Residents whom it fits are told now.")
    posting = (await town.world.postings())[-1]
    await anna.is_told("나래복지관")
    await anna.taps("Save")
    await anna.answered("Saved: {title}")

    for officer, number, words in ((one, "5", "시급 14,000원"), (two, "4", "월~금 10:00~13:00")):
        await press(officer, "zc", posting)
        await officer.answered("What is to be changed?")
        await officer.taps_words(number)
        await officer.answered("Write what it should say.")
        await officer.says(words)
        text = await officer.answered("Preview")
        assert words in text
    await one.taps("Publish")
    text = await one.answered("Changed. Residents see it so now.")
    assert one.t.n("{n} resident who saved it is told.", "{n} residents who saved it are told.", 1) in text
    await two.taps("Publish")
    text = await two.answered("They changed:")
    assert "시급 14,000원" in text
    await two.taps("Put mine on top")
    await two.answered("Preview")
    await two.taps("Publish")
    await two.answered("Changed. Residents see it so now.")
    where = f"id = {posting} AND pay_low = 14000 AND facts LIKE '%10:00~13:00%'"
    assert await town.world.count("postings", where) == 1
    await anna.is_told(anna.t.t("Changed · a job you saved"))

    await press(two, "zh", posting)
    await two.reads("주방 보조")
    await two.taps_words(two.t.n("{n} day more", "{n} days more", 7))
    await two.answered("Changed. Residents see it so now.")
    assert await town.world.count("postings", f"id = {posting} AND closes_at > '2026-12-11'") == 1
    await two.taps("Undo")
    await two.answered("Changed. Residents see it so now.")
    assert await town.world.count("postings", f"id = {posting} AND closes_at < '2026-12-05'") == 1
    await two.taps("Close it")
    await two.answered("Why is it closed? Residents who saved it hear that it is.")
    await two.taps("Somebody was found")
    await two.answered("Closed. Nobody is sent there any more.")
    assert await town.world.count("postings", f"id = {posting} AND state = 'closed'") == 1
    await anna.is_told(anna.t.t("Closed · a job you saved"))
    await two.taps("Open it again")
    await two.answered("Changed. Residents see it so now.")
    assert await town.world.count("postings", f"id = {posting} AND state = 'open'") == 1
    town.world.clock.forward(days=30)
    await two.says("/today")
    await two.answered("Today's work")
    await press(two, "zm", posting)
    await two.answered("Write what it should say.")
    await two.says("2027-01-15")
    await two.answered("Preview")
    await two.taps("Publish")
    await two.answered("Changed. Residents see it so now.")
    assert await town.world.count("postings", f"id = {posting} AND state = 'open'") == 1
