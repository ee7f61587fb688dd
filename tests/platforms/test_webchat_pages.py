"""The public pages: readable without script, in the reader's language, with nothing that a strict policy would refuse."""

import re
from collections.abc import AsyncIterator

import orjson
import pytest
from aiohttp import ClientSession

from bot.platforms.webchat import Content, Site, WebChat, demo
from bot.platforms.webchat.pages import STATIC, accepted
from bot.platforms.webchat.words import WORDS
from bot.web import Web
from handlers.pages import JobPage
from handlers.staff.rights import RIGHTS
from locales import Catalogs
from storage.store import Store

URL = "https://jobs.example"
EVIL = "<script>alert('x')</script>"


async def jobs(language: str, offset: int, limit: int) -> tuple[int, list[tuple[int, str, str]]]:
    found = [(i, f"Job {i} in {language} {EVIL}", "Mon–Fri · 12,000 won/h\nApply by Fri") for i in range(1, 51)]
    return len(found), found[offset : offset + limit]


async def posting(language: str, number: int) -> JobPage | None:
    title, text = f"Job {number} in {language} {EVIL}", f"All about it\n\n{EVIL}"
    if number > 51:
        return None
    return JobPage(
        number, title, text, closed=number == 51, data=None if number == 51 else {"title": f"{EVIL}</script>"}
    )


@pytest.fixture
async def site(sqlite_store: Store) -> AsyncIterator[ClientSession]:
    names = {"ko": "광산구", "en": "Gwangsan-gu"}
    messengers = (("Telegram", "https://t.me/example"), ("Evil", "javascript:alert(1)"))
    content = Content(jobs, posting, lambda language: f"Notice in {language}")
    chat = WebChat(sqlite_store, Catalogs.load(), Site(names, "062-000-0000", messengers=messengers, url=URL), content)
    web = Web("127.0.0.1", 0, chat.routes())
    await web.start()
    async with ClientSession(web.address) as session:
        yield session
    await web.stop()


async def get(site: ClientSession, path: str, accept: str = "", status: int = 200) -> str:
    async with site.get(path, headers={"Accept-Language": accept}) as answer:
        assert answer.status == status, path
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        return await answer.text()


async def test_the_landing_page_says_who_what_and_what_never(site: ClientSession) -> None:
    page = await get(site, "/", "ko")
    for words in (
        "광산구",
        "한국어",
        "English",
        "Русский",
        "https://t.me/example",
        "062-000-0000",
        "Job 1 in ko",
        "/p/1?",
    ):
        assert words in page, words
    assert "javascript:" not in page
    assert 'href="/?lang=ru"' in page


@pytest.mark.parametrize(
    ("accept", "path", "language"),
    [
        ("", "/", "ko"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "/", "ru"),
        ("en;q=0.5, ru;q=0.9", "/", "ru"),
        ("xx, en-GB;q=0.1", "/", "en"),
        ("vi-VN,vi;q=0.9,en-US;q=0.8", "/", "vi"),
        ("km-KH,km;q=0.9,en;q=0.8", "/", "km"),
        ("en", "/?lang=km", "km"),
        ("ru", "/?lang=en", "en"),
        ("ru", "/?lang=nonsense", "ru"),
        ("ru;q=bad,,;;", "/", "ko"),
    ],
)
async def test_the_page_is_in_the_readers_language(site: ClientSession, accept: str, path: str, language: str) -> None:
    assert f'<html lang="{language}"' in await get(site, path, accept)


@pytest.mark.parametrize("path", ["/", "/jobs", "/jobs?from=20", "/p/7", "/p/51", "/privacy", "/p/99"])
async def test_no_page_holds_anything_inline_or_foreign(site: ClientSession, path: str) -> None:
    page = await get(site, path, "en", {"/p/99": 404, "/p/51": 410}.get(path, 200))
    assert EVIL not in page
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert re.search(r'src="/static/|type="application/(ld\+)?json"', script)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert address.startswith(("/", "#", "tel:", "https://t.me/")), address


async def test_every_link_of_our_pages_leads_somewhere(site: ClientSession) -> None:
    seen, todo = set(), ["/"]
    while todo and len(seen) < 40:
        path = todo.pop()
        seen.add(path)
        found = re.findall(r'(?:href|src)="(/[^"#]*)', await get(site, path.replace("&amp;", "&")))
        todo += [link for link in found if link not in seen and link not in todo]
    assert any(path.startswith("/p/") for path in seen)


async def test_all_jobs_come_in_pages(site: ClientSession) -> None:
    second = await get(site, "/jobs?from=20&lang=en")
    assert "Job 21 in en" in second
    assert "Job 20 in en" not in second
    assert "from=40" in second
    assert "from=60" not in await get(site, "/jobs?from=40")
    await get(site, "/jobs?from=-1")
    await get(site, "/jobs?from=99999999999999999999")


async def test_a_posting_has_a_page_with_words_for_messengers_previews(site: ClientSession) -> None:
    page = await get(site, "/p/7", "ru")
    assert re.search(r'<meta property="og:title" content="Job 7 in ru [^"<]*&lt;script', page)
    assert '<meta property="og:locale" content="ru_RU">' in page
    assert f'<meta property="og:url" content="{URL}/p/7?lang=ru">' in page
    assert '<meta property="og:site_name" content="' in page
    assert 'href="/?start=p007-ru&amp;lang=ru"' in page
    assert 'href="https://t.me/example?start=p007-ru"' in page
    assert 'href="/p/7?lang=en"' in page, "the switch"
    assert "Открыть в Telegram" in page
    await get(site, "/p/999999999999999999", status=404)
    await get(site, "/p/x", status=404)


async def test_a_postings_data_is_one_block_that_no_title_ends(site: ClientSession) -> None:
    page = await get(site, "/p/7")
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert orjson.loads(data) == {"title": f"{EVIL}</script>"}
    assert "noindex" not in page


async def test_a_closed_posting_says_so_to_people_and_search_engines(site: ClientSession) -> None:
    page = await get(site, "/p/51", "ko", 410)
    assert "ld+json" not in page
    assert "noindex" in page
    assert "t.me" not in page
    assert 'href="/jobs?lang=ko"' in page


async def test_what_is_not_here_says_so_in_the_visitors_language(site: ClientSession) -> None:
    for code in ("ko", "en", "ru"):
        words = Catalogs.load().translator(code).t("This page is not here.")
        assert words in await get(site, "/p/99", code, 404)


async def test_a_signs_link_opens_the_page_in_its_language(site: ClientSession) -> None:
    assert '<html lang="ru"' in await get(site, "/?start=ake3qrk-ru-49qdb584", "ko")
    assert '<html lang="ko"' in await get(site, "/?start=%3Cscript%3E", "ko")


async def test_the_pages_words_come_in_every_released_language(site: ClientSession) -> None:
    for code in Catalogs.load().released:
        async with site.get(f"/ui/{code}.json") as answer:
            words = await answer.json()
        assert words["code"] == code
        assert words["send"]
        assert "{municipality}" not in words["run_by"]
    async with site.get("/ui/xx.json") as answer:
        assert answer.status == 404


async def test_nothing_outside_the_static_folder_is_served(site: ClientSession) -> None:
    for path in ("/static/../client.py", "/static/%2e%2e/client.py", "/static/", "/static/nothing.js"):
        async with site.get(path) as answer:
            assert answer.status in (403, 404), path


def test_accept_language_is_read_by_weight() -> None:
    assert accepted("en;q=0.5, ru, *;q=0.1") == ["ru", "en"]


def test_the_script_never_makes_markup_of_words() -> None:
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )
        assert text.count("\n") <= 300


def test_every_word_the_script_asks_for_is_there() -> None:
    known = {*WORDS, "code", "tag", "native", "known", "rtl", "letter", "location_on", "embedders"}
    for path in STATIC.glob("*.js"):
        asked = set(re.findall(r"\b(?:words|ui)\.(\w+)", path.read_text(encoding="utf-8")))
        assert asked <= ({*demo.WORDS, "code", "tag"} if path.name == "demo.js" else known), path


def test_every_role_has_a_word_for_the_head() -> None:
    assert set(RIGHTS) <= set(WORDS)
