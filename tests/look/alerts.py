"""Alert cards with the line that says why they came: in every released language they keep their height on a phone."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

from playwright.async_api import Browser, expect

from handlers import cards
from handlers.alert_card import card_of
from handlers.chat.messages import Message
from handlers.matching import OCCUPATIONS
from handlers.why import line
from locales import Catalogs, Translator
from storage.criteria import GROUPS, TRAITS
from storage.tables import Posting, Wish

from .browser import CARD_HEIGHT, page, picture
from .scene import Scene

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
AFTERNOONS = 0b0000_0000_0010_0010_0010_0010_0010
NO_KOREAN = -1 & ~GROUPS["korean"] | TRAITS["korean"]["none"]
# What is asked, as columns of Wish: more than a line holds, what the notice leaves open, and under a long name.
WISHES: tuple[dict[str, object], ...] = (
    {"occupations": OCCUPATIONS["library_assistant"], "hours": AFTERNOONS, "pay_floor": 11_000, "traits": NO_KOREAN},
    {"traits": NO_KOREAN, "starts": date(2027, 3, 1)},
    {"name": "mornings and afternoons near home", "hours": AFTERNOONS},
)


def posting() -> Posting:
    return Posting(
        id=1,
        title="작은도서관 책 정리·대출 도우미",
        organisation="광산구다문화가족지원센터",
        occupation="library_assistant",
        occupation_bit=OCCUPATIONS["library_assistant"],
        hour_bits=0b0000_0000_0010_0000_0010_0000_0010,
        pay_kind="hour",
        pay_low=12_000,
        pay_hourly=12_000,
        days=0b0010101,
        spans=[[840, 1050]],
        week_minutes=630,
        starts_on=date(2027, 3, 3),
        ends_on=date(2027, 7, 2),
        headcount=2,
        foreigners="listed",
        statuses="F-2, F-4, F-5, F-6",
        trait_bits=65,
        closes_at=datetime(2026, 12, 24, 9, tzinfo=UTC),
        facts={},
        created_at=NOW,
        changed_at=NOW,
    )


def card(t: Translator, ko: Translator, asked: dict[str, object]) -> Message:
    wish, job = Wish(**{"resident_id": 1, "created_at": NOW, "words": {}, **asked}), posting()
    why = line(t, wish, job, 0)
    assert why, (t.code, asked)
    return card_of(t, ko, job, cards.Place("Wolgok 2-dong", "월곡2동"), 0, NOW, why)


async def alerts(browser: Browser, place: Scene) -> None:
    """In every released language an alert that says why it came is no higher than a card may be, 360 px wide."""
    catalogs = Catalogs.load()
    ko = catalogs.translator("ko")
    for code in catalogs.released:
        async with page(browser, code) as at:
            await at.goto(f"{place.address}/?lang={code}")
            await at.locator("[data-language]").first.click()
            await expect(at.locator(".ours .button").first).to_be_visible()
            address = place.talk.heard[-1].address
            for i, asked in enumerate(WISHES):
                await place.chat.send([address], card(catalogs.translator(code), ko, asked), f"{code} {i}")
                shown = at.locator(".ours").nth(i + 1)
                await expect(shown.locator(".main")).to_be_visible()
                box = await shown.bounding_box()
                assert box is not None
                assert box["height"] <= CARD_HEIGHT["100"], (code, i, box)
            await picture(at, f"alerts_{code}")


CHECKS: tuple[Callable[[Browser, Scene], Awaitable[None]], ...] = (alerts,)
