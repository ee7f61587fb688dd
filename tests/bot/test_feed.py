"""A feed's bytes to drafts: in any letters and dates, broken or whole, and never more than was said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.feed import BIGGEST, Items, Reading, items
from bot.sources.source import Refused, SourceError
from handlers.draft import Draft
from tests.fixtures.feeds import ATOM, RDF, RSS

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
URL = "http://www.hanbit.example.kr/board/rss.do?serviceKey=SECRET"


def read(
    text: str | bytes, charset: str | None = None, url: str = URL, now: datetime = NOW, **reading: object
) -> Items:
    data = text.encode() if isinstance(text, str) else text
    return items(data, charset, url, now, Reading(**reading))  # type: ignore[arg-type]


def item(*, title: str = "책 정리", link: str = "http://x.kr/1", **others: str) -> str:
    given = {"title": title, "link": link, **others}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value) + "</item>"


def rss(*entries: str, title: str = "공고") -> str:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(entries)}</channel></rss>"


def one(text: str, **others: object) -> Draft:
    [draft] = read(text, **others).drafts  # type: ignore[arg-type]
    return draft


def test_an_rss_feed() -> None:
    got = read(RSS)
    assert (got.faults, got.whole) == ((), True)
    concert, kitchen, library = got.drafts
    assert (library.key, library.title, library.organisation) == (
        "board-102",
        "[채용] 작은도서관 책 정리 도우미",
        "도서관과",
    )
    assert library.link == "http://www.hanbit.example.kr/board/view.do?no=102&menu=7"
    assert (library.pay, library.hours, library.closing) == ("시급 12,000원", "월~금 09:00~13:00", "2026-12-04 18:00")
    assert (library.workplace, library.phone) == ("광산구 월곡2동 별빛도서관", "062-000-1234")
    assert "alert(1)" not in library.duties
    assert library.duties.startswith("작은도서관에서 함께할 분을 찾습니다.\n급여 | 시급 12,000원\n")
    assert (kitchen.organisation, kitchen.link) == (
        "한빛시 채용공고",
        "http://www.hanbit.example.kr/board/view.do?no=101",
    )
    assert (kitchen.pay, kitchen.headcount, kitchen.closing) == ("일급 90,000원", "2명", "채용시까지")
    assert (concert.pay, concert.hours, concert.workplace, concert.closing) == ("", "", "", "")


def test_an_atom_feed() -> None:
    draft = one(ATOM, url="https://elsewhere.kr/feed")
    assert (draft.key, draft.title, draft.organisation) == (
        "tag:lib.example.kr,2026:7",
        "주말 사서 보조 모집",
        "달빛도서관",
    )
    assert (draft.link, draft.pay) == ("https://lib.example.kr/jobs/7.html", "시급 11,000원")
    assert draft.hours == "토, 일 10:00~14:00"


def test_an_rdf_feed() -> None:
    draft = one(RDF)
    assert (draft.key, draft.organisation) == ("center.example.kr/jobs/5", "복지센터 모집")
    assert (draft.workplace, draft.pay) == ("광산구 월곡동", "월급 60만원")


@pytest.mark.parametrize(
    ("said", "old"),
    [
        ("2026-09-20 09:00:00", True),
        ("Sun, 20 Sep 2026 09:00:00", True),
        ("2026년 9월 20일 (일)", True),
        ("20260920", True),
        ("2026-11-20", False),
        ("2027-11-20", False),
        ("어제", False),
        ("", False),
    ],
)
def test_an_old_item_without_a_last_day_is_left_out(said: str, old: bool) -> None:
    assert (read(rss(item(pubDate=said))).drafts == ()) is old
    assert len(read(rss(item(pubDate=said, description="마감일: 2026. 12. 4."))).drafts) == 1


def test_a_last_day_without_a_year_is_read_from_the_day_it_was_written() -> None:
    last_winter = rss(item(pubDate="2025-12-10", description="마감일: 12. 20."))
    assert one(last_winter).closing == "2025-12-20"


def test_without_a_zone_it_is_korean_time() -> None:
    """An item from half past midnight in Korea, where UTC still has the day before: "today" is the later one."""
    assert one(rss(item(pubDate="2026-11-24 00:30:00", description="마감: 오늘 마감"))).closing == "2026-11-24"
    assert one(rss(item(pubDate="2026-11-24T00:30:00Z", description="마감: 오늘 마감"))).closing == "2026-11-24"
    assert (
        one(rss(item(pubDate="Mon, 23 Nov 2026 14:30:00 GMT", description="마감: 내일 마감"))).closing == "2026-11-24"
    )


def test_the_key_is_the_guid_or_the_link_without_a_session() -> None:
    assert one(rss(item(guid="a1"))).key == "a1"
    assert one(rss(item(link="http://x.kr/v.do;jsessionid=AB?no=1"))).key == "x.kr/v.do?no=1"
    assert one(rss(item(link="http://x.kr/v?no=1&amp;PHPSESSID=ab&amp;m=2"))).key == "x.kr/v?no=1&m=2"
    assert one(rss(item(guid="https://x.kr/1"))).key == one(rss(item(guid="http://x.kr/1"))).key
    nameless = one(rss(item(link="")))
    assert nameless.key == one(rss(item(link="", description="자세한 내용"))).key
    assert len(one(rss(item(guid="x" * 5000))).key) <= 300


def test_the_same_item_twice_is_one_and_the_first_counts() -> None:
    got = read(rss(item(guid="a", title="새 글"), item(guid="a", title="헌 글")))
    assert [draft.title for draft in got.drafts] == ["새 글"]


def test_an_id_that_all_items_share_is_none() -> None:
    entries = [item(guid="http://x.kr/board", link=f"http://x.kr/{n}", title=f"공고 {n}") for n in range(3)]
    assert [draft.key for draft in read(rss(*entries)).drafts] == ["x.kr/2", "x.kr/1", "x.kr/0"]


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("view.do?no=1", "http://www.hanbit.example.kr/board/view.do?no=1"),
        ("/a", "http://www.hanbit.example.kr/a"),
        ("//other.kr/a", "http://other.kr/a"),
        ("http://other.kr/a", "http://other.kr/a"),
        ("javascript:alert(1)", ""),
        ("http://u:p@other.kr/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_links_are_made_absolute_and_give_nothing_away(link: str, there: str) -> None:
    draft = one(rss(item(link=link)), url="http://user:SECRET@www.hanbit.example.kr/board/rss.do?serviceKey=SECRET")
    assert draft.link == there
    assert "SECRET" not in repr(draft)


@pytest.mark.parametrize(
    ("author", "organisation"),
    [
        ("인사팀", "인사팀"),
        ("한빛시립도서관", "한빛시립도서관"),
        ("office@x.kr (한빛복지관)", "한빛복지관"),
        ("홍길동", "공고"),
        ("홍길동 주무관", "공고"),
        ("someone@x.kr (홍길동)", "공고"),
        ("someone@x.kr", "공고"),
        ("관리자", "공고"),
        ("", "공고"),
    ],
)
def test_a_person_is_no_organisation(author: str, organisation: str) -> None:
    assert one(rss(item(author=author))).organisation == organisation
    assert one(rss(item(author=author)), organisation="한빛시청").organisation == "한빛시청"


def test_only_what_is_asked_for_goes_in() -> None:
    assert [draft.key for draft in read(RSS, only=("채용", "모 집")).drafts] == ["board-101", "board-102"]
    assert [draft.key for draft in read(RSS, only=("음악회",)).drafts] == ["board-100"]


def test_what_is_not_wanted_stays_out() -> None:
    assert [draft.key for draft in read(RSS, only=("채용",), without=("조리",)).drafts] == ["board-102"]
    assert [draft.key for draft in read(RSS, without=("행사",)).drafts] == ["board-101", "board-102"]


def test_where_it_is_if_the_item_does_not_say() -> None:
    got = read(RSS, place="광산구")
    assert [draft.workplace for draft in got.drafts] == ["광산구", "광산구 수완동", "광산구 월곡2동 별빛도서관"]


def test_an_item_without_a_title_is_said() -> None:
    got = read(rss(item(title=""), item(guid="b")))
    assert (len(got.drafts), len(got.faults)) == (1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "<b>open & never closed",
        "a & b",
        "&nosuch;",
        "<o:p>word</o:p>",
        "\x0b\x00\x1f",
        "&#0;&#11;&#xD800;&#9999999;&#xFFFFFFFFF;",
    ],
)
def test_what_can_be_read_of_a_malformed_feed_goes_in(wrong: str) -> None:
    got = read(RSS.replace("함께할 분", f"함께할 분 {wrong}").replace("시민회관", f"시민회관 {wrong}"))
    assert [draft.key for draft in got.drafts] == ["board-100", "board-101", "board-102"]
    assert got.whole


def test_half_a_feed_tells_its_whole_items_and_says_so() -> None:
    whole = {draft.key: draft for draft in read(RSS).drafts}
    for end in range(600, len(RSS) - 8, 37):
        got = read(RSS[:end])
        assert not got.whole
        assert all(whole[draft.key] == draft for draft in got.drafts), "no half-written item goes in"
        assert len(got.drafts) == RSS[:end].count("</item>")


@pytest.mark.parametrize("behind", ["\n", "<!-- 0.3 s -->", "<br />Notice: undefined", "<script>x</script>", "\0"])
def test_what_stands_behind_the_end_does_not_matter(behind: str) -> None:
    assert read(RSS + behind) == read(RSS)


def test_a_feed_that_is_too_large_is_refused() -> None:
    with pytest.raises(Refused, match="2 MB"):
        read(rss(item(description="x" * BIGGEST)))


def test_a_feed_of_nothing_is_fine() -> None:
    assert read(rss()) == Items((), (), True)


@given(st.data())
@settings(max_examples=150, deadline=timedelta(seconds=5))
def test_mutated_feeds_raise_nothing_but_our_own_error(data: st.DataObject) -> None:
    feed = data.draw(st.sampled_from([RSS, ATOM, RDF])).encode(data.draw(st.sampled_from(["utf-8", "cp949", "utf-16"])))
    mutated = bytearray(feed)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(mutated)))
        upto = data.draw(st.integers(at, min(len(mutated), at + 300)))
        odd = st.sampled_from(
            [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"</item>", b"<item>", b"&#0;", b"&#xD800;", b"]>"]
        )
        mutated[at:upto] = data.draw(
            st.one_of(st.just(b""), st.binary(max_size=20), odd, st.just(bytes(mutated[at:upto]) * 3))
        )
    try:
        got = items(bytes(mutated), data.draw(st.sampled_from([None, "utf-8", "euc-kr", "\x00"])), URL, NOW)
    except SourceError:
        return
    assert len({draft.key for draft in got.drafts}) == len(got.drafts)
    for draft in got.drafts:
        assert draft.key
        assert draft.title
        assert draft.organisation
        draft.fingerprint.encode()
        repr(draft).encode()
