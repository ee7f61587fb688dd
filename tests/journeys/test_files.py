"""Files both ways, on Telegram and in the web chat: one that is asked for, one that is not, and the week's sheet for a board."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import quote

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import text

from bot import dispatch
from handlers import ways
from handlers.chat.events import Sent
from handlers.chat.flow import Answer, Flow, Step
from handlers.chat.presses import Press
from handlers.chat.turn import Turn
from handlers.routes import ROUTES
from handlers.staff.join import invite_owner
from storage import facilities, staff
from storage.tables import Posting

from .people import Town, row
from .voices import OnTelegram, OnTheWeb, Voice

WOLGOK = 1233012800


async def _ask(turn: Turn) -> None:
    turn.ask("Send me the sheet")


async def _answer(turn: Turn, answer: Answer) -> None:
    match answer:
        case Sent(name, None):
            turn.say(f"{name} is too large")
        case Sent(name, data):
            turn.end()
            turn.say(f"{name} has {len(data or b'')} bytes")
        case other:
            turn.say(f"no file: {type(other).__name__}")


async def _give(turn: Turn, _argument: str) -> None:
    await turn.begin("give")


@pytest.fixture(autouse=True)
def giving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation with a question that takes a file."""
    flow = Flow("give", Step("file", _ask, _answer, files=True))
    routes = replace(ROUTES, commands={**ROUTES.commands, "give": _give}, flows={**ROUTES.flows, "give": flow})
    monkeypatch.setattr(dispatch, "ROUTES", routes)


async def sends(town: Town, who: Voice, name: str, data: bytes, told: int | None = None, n: int = 1) -> int:
    """A document on Telegram, a file with the page's button in the web chat. Returns what HTTP said."""
    size = len(data) if told is None else told
    if isinstance(who, OnTelegram):
        who._remember()
        who.person.sends(document=town.botapi.keeps(name, data, size))
        return 200
    assert isinstance(who, OnTheWeb)
    person = who.person
    who._before = len(person.frames)
    headers = {
        "Authorization": f"Bearer {person.token}",
        "Origin": person.address,
        "X-Name": quote(name),
        "X-Size": str(size),
    }
    url = f"{person.address}/chat/file/{n:024x}"
    async with person.session.post(url, data=data, headers=headers) as answer:
        return answer.status


async def test_a_file_is_taken_where_it_is_asked_for(town: Town) -> None:
    anna = town.person("en")
    await anna.says("/start en")
    await anna.says("/give")
    await anna.reads("Send me the sheet")
    await anna.says("here you are")
    await anna.reads("no file: Said")
    await sends(town, anna, "huge.xlsx", b"x", 2 * 2**30)
    await anna.reads("huge.xlsx is too large")
    await sends(town, anna, "../채용\u202e공고.xlsx", b"x" * 70_000, n=2)
    await anna.reads("채용공고.xlsx has 70000 bytes")


async def test_a_file_that_nobody_asked_for_is_never_fetched(town: Town) -> None:
    anna = town.person("en")
    await anna.says("/start en")
    assert await sends(town, anna, "photo.pdf", b"MZ" * 1000) in (200, 409)
    if isinstance(anna, OnTelegram):
        await town.botapi.until(lambda: len(anna.person.messages) > 1, 20)
    assert town.botapi.fetched == []
    assert "getFile" not in {method for method, _ in town.botapi.calls}
    assert not anna.sees("photo.pdf")


async def test_others_are_served_while_a_file_comes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction is open meanwhile: SQLite has one writer."""
    anna, boris = town.person("en"), town.person("en")
    await anna.says("/start en")
    await anna.says("/give")
    await anna.reads("Send me the sheet")
    if isinstance(anna, OnTelegram):
        anna._remember()
        anna.person.sends(document=town.botapi.keeps("slow.xlsx", b"x" * 65536 * 3, slow=1.0))
        await town.botapi.until(lambda: town.botapi.fetched, 20)
        await boris.says("/start en")
        await boris.answered("You may say no and still look at the jobs.")
        assert not anna.sees("slow.xlsx")
    else:
        slow = asyncio.create_task(_trickle(anna))
        await asyncio.sleep(0.3)
        await boris.says("/start en")
        await boris.answered("You may say no and still look at the jobs.")
        assert not anna.sees("slow.xlsx")
        await slow
    await anna.reads("slow.xlsx has 3 bytes")


async def _trickle(who: Voice) -> None:
    assert isinstance(who, OnTheWeb)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            await asyncio.sleep(0.5)
            yield b"x"

    who._before = len(who.person.frames)
    headers = {"Authorization": f"Bearer {who.person.token}", "Origin": who.person.address, "X-Name": "slow.xlsx"}
    async with who.person.session.post(
        f"{who.person.address}/chat/file/{7:024x}", data=pieces(), headers=headers
    ) as answer:
        assert answer.status == 200


# The sheet for a notice board


async def presses(who: Voice, verb: str, *ids: int) -> None:
    payload = Press(verb, ids).pack()
    if isinstance(who, OnTelegram):
        who._remember()
        who.person.presses(payload, who.person.messages[-1])
    else:
        assert isinstance(who, OnTheWeb)
        who._before = len(who.person.frames)
        await who.person._act({"tap": payload, "message": None}, None)


async def file_of(town: Town, who: Voice, words: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that came with these words."""
    if isinstance(who, OnTelegram):
        bubble = await who.person.sees(words, 30)
        return bubble.document.name, bytes(bubble.document)
    assert isinstance(who, OnTheWeb)
    file = next(line["file"] for line in who.person.lines.values() if words in line.get("text", ""))
    async with who.person.session.get(who.person.address + file["src"]) as answer:
        assert answer.status == 200
        return file["name"], await answer.read()


def read(pdf: bytes) -> tuple[str, set[str]]:
    document = pypdfium2.PdfDocument(pdf)
    said, codes = [], set()
    for page in document:
        shown = page.get_textpage()
        said.append(shown.get_text_range())
        shown.close()
        codes |= {found.text for found in zxingcpp.read_barcodes(page.render(scale=100 / 72).to_pil().convert("L"))}
    document.close()
    return " ".join(" ".join(said).split()), codes


async def _staff(town: Town, role: str, *ids: int) -> Voice:
    who = town.person("ko")
    await who.says("/start ko")
    async with town.world.store.transaction() as tx:
        token = await invite_owner(tx)
    await who.says(f"/owner {token}")
    await who.answered("What is your name? Other staff see it, residents do not.")
    await who.taps("Skip")
    await who.answered("Today's work")
    async with town.world.store.transaction() as tx:
        [found] = [one for one in await staff.everybody(tx) if one.role == "owner"]
        await staff.appoint(tx, found.resident_id, role, ids)
    return who


async def test_an_officer_prints_the_week_of_a_facility(town: Town) -> None:
    town.world.app.deployment.web = "https://jobs.example"
    await town.sheet("town", row("별빛도서관"), row("은빛공원"), row("하남공원"))
    async with town.world.store.transaction() as tx:
        await facilities.make(tx, "별빛작은도서관", area=WOLGOK, kind="library")
        await facilities.make(tx, "하남복지관")
        numbers = {one.organisation: one.id for one in await tx.find(Posting) if not one.example}
    who = await _staff(town, "officer")
    await presses(who, "jb")
    await who.answered("Whose notice board is it?")
    await who._tap("별빛작은도서관")
    await who.answered("The sheet is in Korean. Which second language?")
    await who._tap("Русский")
    await who.reads("일자리 3개")
    name, pdf = await file_of(town, who, "일자리 3개")
    assert name == "게시판에 붙일 안내지 별빛작은도서관 2026-11-24.pdf"
    said, codes = read(pdf)
    assert codes == {f"https://jobs.example/p/{numbers[one]}" for one in ("별빛도서관", "은빛공원", "하남공원")}
    for words in (
        "별빛작은도서관",
        "11월 23일(월)",
        "11월 29일(일)",
        "광산구청에서 운영해요",
        "도서관 책 정리",
        "Работа на этой неделе",
        "062-000-0000",
    ):
        assert words in said, words


async def test_a_manager_of_one_facility_is_not_asked_which_and_acts_for_no_other(town: Town) -> None:
    async with town.world.store.transaction() as tx:
        theirs = await facilities.make(tx, "우리도서관", area=WOLGOK)
        other = await facilities.make(tx, "남의도서관")
    who = await _staff(town, "manager", theirs)
    await presses(who, "jb")
    await who.answered("The sheet is in Korean. Which second language?")
    await who.taps("Only Korean")
    await who.reads("A4")
    _, pdf = await file_of(town, who, "A4")
    said, codes = read(pdf)
    assert "진짜 일자리가 아니에요" in said, "invented jobs are marked"
    async with town.world.store.reading() as tx:
        known = {one.id for one in await tx.find(Posting)}
    assert codes
    for url in codes:
        address, _, payload = url.partition("?start=")
        assert address == f"https://t.me/{town.botapi.username}"
        assert ways.read(payload).posting in known
    for verb, ids in (("jf", (other,)), ("jl", (other, 1)), ("jl", (0, 1))):
        await presses(who, verb, *ids)
        await who.answered("This is not yours to do. Ask an officer.")


async def test_a_week_without_jobs_has_no_sheet(town: Town) -> None:
    who = await _staff(town, "viewer")
    async with town.world.store.transaction() as tx:
        await tx.execute(text("UPDATE postings SET state = 'closed'"))
    await presses(who, "jm", 1)
    await who.answered("No job near there is open this week, so there is no sheet to print.")


async def test_a_resident_prints_nothing(town: Town) -> None:
    anna = town.person("en")
    await anna.says("/start en")
    await anna.answered("You may say no and still look at the jobs.")
    for verb, ids in (("jb", ()), ("jp", (0,)), ("jf", (1,)), ("jl", (1, 1)), ("jw", ()), ("jm", (1,))):
        await presses(anna, verb, *ids)
        await anna.answered("This is for staff.")
