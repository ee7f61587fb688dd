"""The poster: its codes, read from the printed page, lead where they say, and its letters are all there."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
import zxingcpp
from pydantic import SecretStr

from bot.fonts import family
from bot.lettering import pieces
from bot.poster import Page, Part, Way, poster
from bot.signs import poster as made
from handlers.ways import Way as Link
from handlers.ways import read, sign_code
from locales import Catalogs
from tests.fakes.botapi import BotApi

from .world import World

WOLGOK = 1233012800
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def codes(pdf: bytes) -> set[str]:
    """What a camera reads from the page, at 100 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=100 / 72).to_pil().convert("L")
    document.close()
    return {found.text for found in zxingcpp.read_barcodes(picture)}


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = str(page.get_text_range())
    page.close()
    document.close()
    return " ".join(found.split())


async def test_its_codes_lead_where_they_say_and_the_sign_is_known(world: World, botapi: BotApi) -> None:
    telegram = {"telegram_token": SecretStr(botapi.token), "telegram_api": botapi.url}
    settings = world.app.settings.model_copy(update={**telegram, "web_url": "https://jobs.example"})
    pdf, faults = await made(settings, "월곡동", " 별빛작은도서관 ", ["ko", "ru"])
    assert not faults
    sign = sign_code("별빛작은도서관", WOLGOK)
    name = botapi.described()["username"]
    led = {}
    for url in codes(pdf):
        at = urlsplit(url)
        [payload] = parse_qs(at.query)["start"]
        led[f"{at.scheme}://{at.netloc}{at.path}", read(payload).language] = read(payload)
        assert len(payload) < 25, "short payloads make coarse codes"
    addresses = (f"https://t.me/{name}", "https://jobs.example/")
    assert led == {(at, code): Link(WOLGOK, code, sign) for at in addresses for code in ("ko", "ru")}
    said = words(pdf)
    for text in ("별빛작은도서관", "집 가까운 일자리", "Работа рядом с домом", "062-000-0000", f"t.me/{name}"):
        assert text in said, text
    minsu = world.person("minsu", language="ko")
    await minsu.says(f"/start {Link(WOLGOK, 'ko', sign).pack()}")
    assert minsu.sees("별빛작은도서관 안내문으로 오셨네요.")


async def test_what_is_wrong_is_said_at_once_and_nothing_kept(world: World) -> None:
    pdf, faults = await made(world.app.settings, "없는동네이름", "x" * 41, ["ko", "xx"])
    assert pdf == b""
    assert [fault.split(":")[0] for fault in faults] == [
        "--languages",
        "--area",
        "--place",
        "There is nothing to lead to yet",
    ]
    assert await world.count("signs") == 0


async def test_a_token_that_telegram_does_not_know_is_named_without_it(world: World, botapi: BotApi) -> None:
    token = "1:" + "x" * 30
    update = {"telegram_token": SecretStr(token), "telegram_api": botapi.url}
    _, [fault] = await made(world.app.settings.model_copy(update=update), "월곡동", "도서관", ["ko"])
    assert fault.startswith("ILGAM_TELEGRAM_TOKEN: ")
    assert token not in fault


@pytest.mark.parametrize(("languages", "count"), [(["ko"], 1), (["en", "ko"], 2), (["ko", "ru"], 3)])
def test_every_code_can_be_read_however_many_there_are(languages: list[str], count: int) -> None:
    catalogs = Catalogs.load()
    urls = [f"https://m{i}.example/?start=ake3qrk-ru-49qdb584" for i in range(count * len(languages))]
    parts = [
        Part(catalogs.translator(code), [Way("메신저", url, "m.example") for url in urls[i::2][:count]], "광산구", "1")
        for i, code in enumerate(languages)
    ]
    assert codes(poster(parts, "도서관", NOW)) == {way.url for part in parts for way in part.ways}


def test_a_poster_without_a_way_or_with_too_many_languages_is_refused() -> None:
    t = Catalogs.load().translator("ko")
    way = Way("Telegram", "https://t.me/bot", "t.me/bot")
    for parts in ([], [Part(t, [], "광산구")], [Part(t, [way], "광산구")] * 3):
        with pytest.raises(ValueError, match="one or two"):
            poster(parts, "도서관", NOW)


SAID = {
    "ko": "집 가까운 일자리",
    "ru": "Работа рядом с домом, Ёй",
    "vi": "Việc làm gần nhà, ừ ễ ợ",
    "uz": "Uyga yaqin ish, oʻzbekcha",
    "zh_Hans": "附近的工作，运营",
    "km": "ការងារនៅជិតផ្ទះ",
    "ne": "घर नजिकको काम",
    "mn": "Гэрийн ойр ажил, өү",
}


def test_letters_of_every_language_come_from_the_wheels(tmp_path: Path) -> None:
    for language, text in SAID.items():
        fonts = family(tmp_path, text, language)
        assert set(text) == {letter for font in fonts for letter in font.letters}, language
        assert all(path.exists() for font in fonts for path in font.styles.values())


def test_a_line_never_parts_a_letter_from_its_marks() -> None:
    assert pieces("附近，工", whole=False) == ["附", "近，", "工"]
    assert pieces("집 가까운", whole=True) == ["집 ", "가까운"]


def test_scripts_that_need_it_are_shaped(tmp_path: Path) -> None:
    """Without its rules a Khmer letter that belongs below another stands beside it."""
    drawn = []
    for shaped in (True, False):
        part = Part(Catalogs.load().translator("km"), [Way("누리집", "https://m.example", "m.example")], "광산구")
        page = Page(tmp_path, [part], "도서관", NOW)
        page.pdf.set_text_shaping(shaped)
        page.text("km", [part.headline], 14, 40, 180, 30, 30)
        drawn.append(page.finish())
    assert drawn[0] != drawn[1]
