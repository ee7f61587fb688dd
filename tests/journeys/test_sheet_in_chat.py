"""A facility sends its postings as a file in chat: good rows go up by one tap, bad ones are named, bad files are no harm."""

import io
import zipfile

import openpyxl
import pytest

from handlers.chat.events import Said, Sent, Tapped
from handlers.chat.presses import Press
from storage import audit, facilities, invitations
from tests.fakes.narrow import Person

from .world import World

HEAD = "공고명,기관,근무지,급여,근무시간,마감,전화"
ROW = "책 정리 {n},별빛도서관,광산구 월곡2동,시급 13000원,월~금 14:00~17:00,2026-12-24,062-960-0000"


def sheet(rows: list[str]) -> bytes:
    return "\n".join([HEAD, *rows, ""]).encode()


async def librarian(world: World, name: str = "mina", **values: object) -> tuple[Person, int]:
    async with world.store.transaction() as tx:
        library = await facilities.make(tx, "별빛도서관", **values)
        await invitations.invite(tx, f"invited-{name}", "manager", facility_id=library, made_by=1)
    mina = world.person(name, language="ko")
    await mina.says(f"/join invited-{name}")
    return mina, library


async def sends(mina: Person, library: int, data: bytes | None, name: str = "공고.csv") -> str:
    await mina.sends(Tapped(Press("zs", (library,)).pack()))
    await mina.sends(Sent(name, data))
    return "\n".join(message.plain for message in mina.last)


async def test_good_rows_go_up_and_the_bad_one_is_named(either_world: World) -> None:
    world = either_world
    mina, library = await librarian(world)
    rows = [ROW.format(n=n) for n in range(150)]
    rows[70] = ROW.format(n=70).replace("2026-12-24", "언젠가")
    told = await sends(mina, library, sheet(rows))
    assert "149" in told
    assert "72번째 줄: 마감을 읽을 수 없어요" in told
    assert await world.count("postings", "organisation = '별빛도서관'") == 0
    await mina.taps("공고 149건 올리기")
    assert mina.sees("공고 149건을 올렸어요")
    await world.until("postings", f"facility_id = {library} AND state = 'open'", 149)
    assert await world.count("writings", "state = 'published' AND posting_id IS NULL") == 0
    await mina.sends(Tapped(Press("zsa", (1, 149)).pack()))
    assert mina.sees("이미 올라간 공고예요")
    assert await world.count("postings", f"facility_id = {library}") == 149
    async with world.store.reading() as tx:
        assert (await audit.lines(tx, library))[0].act == "publish"


async def test_a_sheet_speaks_for_its_own_facility_only(world: World) -> None:
    mina, library = await librarian(world)
    rows = [
        ROW.format(n=1).replace("별빛도서관", "광산구청"),
        ROW.format(n=2).replace("별빛도서관", "별빛도서관 어린이실"),
    ]
    await sends(mina, library, sheet(rows))
    await mina.taps("공고 2건 올리기")
    assert await world.count("postings", "organisation = '광산구청'") == 0
    assert await world.count("postings", f"organisation = '별빛도서관' AND facility_id = {library}") == 1
    assert await world.count("postings", "organisation = '별빛도서관 어린이실'") == 1


async def test_a_sheet_of_a_new_facility_waits_for_an_officer(world: World) -> None:
    mina, library = await librarian(world, checked=True)
    await sends(mina, library, sheet([ROW.format(n=1), ROW.format(n=2)]))
    await mina.taps("공고 2건 올리기")
    assert mina.sees("담당 공무원이 확인한 뒤에 올라가요")
    assert await world.count("writings", "state = 'waiting'") == 2
    assert await world.count("postings", "organisation = '별빛도서관'") == 0


def macros() -> bytes:
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (macros(), "매크로가 든 파일이라 열지 않았어요"),
        (bomb(), "훨씬 큰 파일이라 열지 않았어요"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 500, "비밀번호 없이"),
        (b"PK\x03\x04broken", "깨졌거나"),
        ("이름,나이\n미나,30\n".encode(), "칸 이름이 있는 줄이 없어요"),
        (("\n".join([HEAD, *["a" * 20] * 6000])).encode(), "5,000줄이나"),
        (None, "5 MB보다 크거나"),
        (b"", "칸 이름이 있는 줄이 없어요"),
    ],
    ids=["macros", "bomb", "old", "broken", "other", "long", "large", "empty"],
)
async def test_a_bad_file_is_a_clear_answer_and_no_harm(world: World, data: bytes | None, said: str) -> None:
    mina, library = await librarian(world)
    told = await sends(mina, library, data, "공고.xlsx" if data and data[:2] == b"PK" else "공고.csv")
    assert said in told, told
    assert await world.count("writings") == 0
    await mina.sends(Said("그냥 글"))
    assert mina.sees("표 파일을 여기에 보내 주세요")
    await mina.sends(Sent("공고.csv", sheet([ROW.format(n=1)])))
    assert mina.sees("올릴 수 있는 줄이 1개예요")


async def test_a_sheet_can_be_put_away(world: World) -> None:
    mina, library = await librarian(world)
    await sends(mina, library, sheet([ROW.format(n=1), ROW.format(n=2)]))
    await mina.taps("버리기")
    assert await world.count("writings", "state = 'dropped'") == 2
    world.clock.forward(days=31)
    await world.tidy()
    assert await world.count("writings") == 0
