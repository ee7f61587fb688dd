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
    assert "2027-12-03" in await mina.answered("Preview") or mina.sees("12월 3일")
    await mina.taps_words(*[mina.t.t(one) for one in ("Publish", "Publish as it is")])  # three
    await mina.answered("It is up. Residents whom it fits are told now.")
    assert await town.world.count("postings", "organisation = '별빛도서관' AND state = 'open'") == 1
    async with town.world.store.reading() as tx:
        assert (await audit.verify(tx))[1] is None
        acts = [line.act for line in await audit.lines(tx, library)]
        assert acts == ["publish", "write", "publish", "write", "join"]
