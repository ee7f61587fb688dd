"""What a source keeps back is not stored, is not said to be unknown, and still matches."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import cards, pages
from handlers.cards import Place
from handlers.clock.record import Recorder
from handlers.credits import Credit, lines
from handlers.draft import Draft
from handlers.eligibility import Eligibility
from handlers.shown import FIELDS, fingerprint, withheld
from locales import Catalogs
from storage import area_data, browse
from storage.area_search import AreaNames
from storage.store import Store
from storage.tables import Posting, Reach
from tests.engines import on_sqlite

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
HOME = 1233000000
CATALOGS = Catalogs.load()
DRAFT = Draft(
    key="1",
    title="작은도서관 책 정리",
    organisation="별빛도서관",
    workplace="광산구 월곡2동 별빛로 1",
    pay="시급 12,000원",
    hours="월~금 09:00~13:00",
    period="2027-01-04 ~ 2027-06-30",
    headcount="2명",
    target="누구나",
    foreigners="가능",
    closing="2026-12-24",
    duties="책을 정리합니다. 문의 062-000-1234",
    apply="방문",
    phone="062-000-1234",
    link="https://www.example.kr/1",
)
WORDS = ("별빛로", "12,000", "09:00", "2027", "2명", "누구나", "정리합니다", "방문", "062")


async def recorded(store: Store, shown: frozenset[str] | None, draft: Draft = DRAFT) -> Posting:
    recorder = Recorder(AreaNames.packaged(), Eligibility.load(), HOME)
    async with store.transaction() as tx:
        await area_data.load(tx)
        told = await recorder.prepare(tx, await recorder.news(tx, "board", [draft], shown), shown)
        await recorder.record(tx, "board", [draft], told)
        (posting,) = await tx.find(Posting)
    return posting


@on_sqlite
async def test_of_a_link_only_title_organisation_and_link_are_stored(store: Store) -> None:
    whole = await recorded(store, None)
    assert all(word in str(whole.facts) for word in WORDS)
    posting = await recorded(store, frozenset())
    assert (posting.title, posting.organisation) == (DRAFT.title, DRAFT.organisation)
    assert set(posting.facts) == {"link", "kept_back"}
    assert not any(word in str(posting.facts) for word in WORDS)
    shown_only = (posting.pay_kind, posting.pay_low, posting.days, posting.spans, posting.week_minutes)
    assert shown_only == (None, None, 0, [], None)
    assert (posting.starts_on, posting.headcount, posting.foreigners) == (None, None, "unknown")
    same = ("occupation_bit", "hour_bits", "pay_hourly", "scope", "closes_at", "trait_bits")
    assert [getattr(posting, name) for name in same] == [getattr(whole, name) for name in same]
    async with store.reading() as tx:
        assert await tx.find(Reach)
    assert (await recorded(store, None)).facts == whole.facts, "other terms are told anew"


@on_sqlite
@pytest.mark.parametrize("code", CATALOGS.released)
async def test_the_card_leads_to_the_notice_and_stays_short(store: Store, code: str) -> None:
    posting = await recorded(store, frozenset())
    t, place = CATALOGS.translator(code), Place("월곡2동", "월곡2동")
    card = cards.alert(t, CATALOGS.translator("ko"), posting, place, NOW)
    assert card.count("\n") < 8
    assert "12,000" not in card
    for text in ("Pay: see the notice", "Hours: see the notice", "Foreign residents: see the notice"):
        assert t.t(text) in card
    assert t.t("Last day: see the notice") in card
    assert t.t("Pay not stated") not in card


@on_sqlite
async def test_search_engines_get_nothing_of_it(store: Store) -> None:
    ko = CATALOGS.translator("ko")
    posting = await recorded(store, frozenset())
    credits = {"board": Credit("별빛 게시판", "퍼가지 마세요.")}
    async with store.reading() as tx:
        page = await pages.posting(tx, ko, posting.id, "https://x.kr", credits)
        assert lines(ko, credits, await browse.told_by(tx, posting.id)) == ["출처: 별빛 게시판", "퍼가지 마세요."]
        assert lines(ko, {}, ["board"]) == []
    assert page is not None
    assert page.data is None
    assert page.text.endswith("출처: 별빛 게시판\n퍼가지 마세요.")
    posting = await recorded(store, None)
    async with store.reading() as tx:
        page = await pages.posting(tx, ko, posting.id)
    assert page is not None
    assert page.data is not None


def test_what_is_not_stated_is_not_kept_back() -> None:
    values = {"foreigners": "unknown", "facts": {}}
    assert withheld(values, Draft("1", "가", "나", pay="시급"), frozenset())["facts"] == {"kept_back": "pay"}
    assert withheld(values, Draft("1", "가", "나"), frozenset())["facts"] == {}


def test_what_is_read_from_words_that_may_not_be_shown_is_not_shown() -> None:
    values = {"foreigners": "yes", "statuses": "F-4", "facts": {}}
    told = withheld(values, Draft("1", "가", "나", duties="F-4 가능"), {"foreigners", "target"})
    assert (told["foreigners"], told["statuses"]) == ("unknown", "")
    told = withheld(values, Draft("1", "가", "나", foreigners="F-4 가능"), {"foreigners"})
    assert told["foreigners"] == "yes"


@given(st.frozensets(st.sampled_from(FIELDS)), st.frozensets(st.sampled_from(FIELDS)))
def test_each_choice_of_fields_is_another_posting(one: frozenset[str], other: frozenset[str]) -> None:
    assert (fingerprint(DRAFT, one) == fingerprint(DRAFT, other)) == (one == other)
    assert fingerprint(DRAFT, None) == DRAFT.fingerprint
    facts = {name: getattr(DRAFT, name) for name in FIELDS} | {"link": DRAFT.link}
    told = withheld({"foreigners": "yes", "statuses": "", "facts": facts}, DRAFT, one)
    assert set(told["facts"]) - {"kept_back"} == one | {"link"}
    assert set(told["facts"].get("kept_back", "").split()) == set(FIELDS) - one
