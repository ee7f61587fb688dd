"""Of every kind of source: what matters to people makes a posting another, what is merely counted beside it never does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.sources import feed
from bot.sources.site import DetailedSite, Site
from bot.sources.work24 import Work24
from handlers.draft import Draft, as_of
from handlers.sheet import read_sheet
from tests.bot import test_alio as alio
from tests.bot import test_cleaneye as cleaneye
from tests.bot import test_gojobs as gojobs
from tests.bot import test_govsupport as govsupport
from tests.bot import test_gyeonggi as gyeonggi
from tests.bot import test_hrdnet as hrdnet
from tests.bot import test_jobposting as jobposting
from tests.bot import test_saramin as saramin
from tests.bot import test_senuri as senuri
from tests.bot import test_seoul as seoul
from tests.bot import test_yongin as yongin
from tests.bot.apis import TODAY, drafts, site
from tests.bot.test_feed import NOW
from tests.fixtures import work24
from tests.handlers.test_sheet import GOOD, csv

Swap = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """How an answer of a kind is read, and what in it may be put in place of what."""

    name: str
    body: bytes
    read: Callable[[bytes], list[Draft]]
    matters: tuple[Swap, ...]
    counted: tuple[Swap, ...]


def listed(one: Site) -> Callable[[bytes], list[Draft]]:
    return lambda body: drafts(one, body)


def detailed(one: Site, row: bytes) -> Callable[[bytes], list[Draft]]:
    """Details read onto the list's only row."""
    assert isinstance(one, DetailedSite)
    return lambda body: [one.detail(drafts(one, row)[0], one.read(body, None))]


WORK24 = site(Work24, regions=("29200",))
K = work24.row()["wantedAuthNo"]
ITEM = (
    "<item><title>책 정리</title><guid>g1</guid><link>https://www.example.kr/1</link><description>급여: 시급 11,000원&lt;br&gt;"
    "근무시간: 월~금 09:00~12:00&lt;br&gt;근무장소: 광산구 월곡2동&lt;br&gt;마감일: 2026-12-04&lt;br&gt;조회수 12"
    "</description></item>"
)
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>시청</title>{ITEM}</channel></rss>'.encode()

KINDS = [
    Kind(
        "sheet",
        csv(
            f"{GOOD},조회수 12".replace("2026-12-24", "2026-12-24 (D-30)"),
            header="공고명,기관,근무지,급여,근무시간,마감,전화,비고",
        ),
        lambda body: list(read_sheet(body, "a.csv", TODAY).drafts),
        (("12000원", "13000원"), ("14:00", "15:00"), ("월곡2동", "월곡1동"), ("2026-12-24", "2026-12-23")),
        (("D-30", "D-29"), ("조회수 12", "조회수 345")),
    ),
    Kind(
        "feed",
        FEED,
        lambda body: list(feed.items(body, None, "https://www.example.kr/rss", NOW).drafts),
        (("11,000원", "12,000원"), ("09:00", "10:00"), ("월곡2동", "월곡1동"), ("2026-12-04", "2026-12-05")),
        (
            ("조회수 12", "조회수 13"),
            ("<title>책 정리", "<title>[D-3] 책 정리"),
            ("/1</link>", "/1;jsessionid=AB12</link>"),
        ),
    ),
    Kind(
        "work24",
        work24.listed([work24.row()], 1),
        listed(WORK24),
        (("11,000원", "12,000원"), ("주5일", "주3일"), ("월곡동", "우산동"), ("26-12-20", "26-12-19")),
        (("561101", "561102"), ("202611201000", "202611211000"), ("<total>1<", "<total>2<")),
    ),
    Kind(
        "work24's details",
        work24.detailed(K),
        detailed(WORK24, work24.listed([work24.row()], 1)),
        (
            ("11,000원", "12,000원"),
            ("9시 00분", "8시 00분"),
            ("월곡동 12-3", "우산동 12-3"),
            ("2026.12.20", "2026.12.19"),
        ),
        (("<jobCont>", "<readCnt>4</readCnt><jobCont>"),),
    ),
    Kind(
        "alio",
        alio.answer(alio.ROW),
        listed(alio.ALIO),
        (("광주,전남", "광주"), ("20261204", "20261203"), ('"recrutNope": "3"', '"recrutNope": "4"')),
        (('"decimalDay": 12', '"decimalDay": 11'),),
    ),
    Kind(
        "seoul",
        seoul.answer(seoul.ROW),
        listed(seoul.SEOUL),
        (("11000원", "12000원"), ("10시 30분", "11시 30분"), ("동대문구", "중랑구"), ("2026-12-08", "2026-12-09")),
        (('"MNGR_NM"', '"INQIRE_CO": 12, "MNGR_NM"'),),
    ),
    Kind(
        "gyeonggi",
        gyeonggi.answer(gyeonggi.ROW),
        listed(gyeonggi.GYEONGGI),
        (("20261220", "20261219"), ("용인시", "용인시 기흥구"), ("신입", "경력")),
        (("주방 보조 모집", "주방 보조 모집 (D-12)"), ('"list_total_count": 1', '"list_total_count": 2')),
    ),
    Kind(
        "senuri",
        senuri.items(senuri.item(place="광주광역시 광산구")),
        listed(senuri.SENURI),
        (("20261204", "20261203"), ("광산구", "북구"), ("시간제일자리", "계약직")),
        (("<totalCount>1", "<totalCount>2"), ("<organYn>N</organYn>", "<organYn>N</organYn><rdcnt>3</rdcnt>")),
    ),
    Kind(
        "gojobs",
        gojobs.items(gojobs.item()),
        listed(gojobs.GOJOBS),
        (("20261204", "20261203"), ("29200", "29201"), ("e03", "e02")),
        (("<readnum>5", "<readnum>6"),),
    ),
    Kind(
        "gojobs's details",
        gojobs.DETAIL,
        detailed(gojobs.GOJOBS, gojobs.items(gojobs.item())),
        (("11,500원", "12,500원"), ("09:00", "10:00"), ("월곡2동", "월곡1동"), ("20261204", "20261203")),
        (("<idx>", "<readnum>7</readnum><idx>"),),
    ),
    Kind(
        "saramin",
        saramin.answer(saramin.JOB),
        listed(saramin.SARAMIN),
        (("면접후 결정", "2,800만원"), ("광산구", "북구"), ("1796310000", "1796223600"), ("계약직", "정규직")),
        (('"active": 1', '"active": 1, "read-cnt": "12", "apply-cnt": "3"'),),
    ),
    Kind(
        "cleaneye",
        cleaneye.answer(cleaneye.ROW),
        listed(cleaneye.CLEANEYE),
        (("2026-12-04", "2026-12-03"), ("월곡동", "우산동"), ("<YEARINCOME>0", "<YEARINCOME>연봉 3,000만원")),
        (("<NO>", "<HIT>12</HIT><NO>"),),
    ),
    Kind(
        "yongin",
        yongin.answer(yongin.ROW),
        listed(yongin.YONGIN),
        (
            ("11,000원", "12,000원"),
            ("9시 00분", "8시 00분"),
            ("동백동", "마북동"),
            ("채용시까지 2026-12-04", "채용시까지 2026-12-05"),
        ),
        (('"no": "10"', '"no": "11"'), ("어르신 돌봄", "어르신 돌봄 (조회수 12)")),
    ),
    Kind(
        "hrdnet",
        hrdnet.answer(hrdnet.ROW),
        listed(hrdnet.HRDNET),
        (("2026-12-07", "2026-12-08"), ("<courseMan>1200000", "<courseMan>1300000"), ("광산구", "북구")),
        (("<trprId>", "<regCourseMan>12</regCourseMan><trprId>"), ("<wkendSe>", "<stdgScor>9</stdgScor><wkendSe>")),
    ),
    Kind(
        "govsupport",
        govsupport.answer("1"),
        listed(govsupport.GOVSUPPORT),
        (("10320", "10700"), ("0900", "1000"), ("월곡동", "우산동"), ("20261204", "20261203")),
        (("<sj>공공근로", "<hit>3</hit><sj>공공근로"), ("거리 청소", "거리 청소 조회수 3")),
    ),
    Kind(
        "jobposting",
        jobposting.html(jobposting.JOB),
        listed(jobposting.SITE),
        (("11000", "11500"), ("09:00", "10:00"), ("월곡동", "우산동"), ("2026-12-04", "2026-12-05")),
        (("그릇을 씻습니다.", "그릇을 씻습니다. 조회수 12"), ("</body>", "<p>조회수 12</p></body>")),
    ),
]


def fingerprint(kind: Kind, body: bytes) -> str:
    [draft] = kind.read(body)
    return as_of(draft, TODAY).fingerprint


def swapped(kind: Kind, swap: Swap) -> bytes:
    old, new = (one.encode() for one in swap)
    assert old in kind.body, swap
    return kind.body.replace(old, new)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_matters_makes_it_another(kind: Kind) -> None:
    for swap in kind.matters:
        assert fingerprint(kind, swapped(kind, swap)) != fingerprint(kind, kind.body), swap


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_counted_does_not(kind: Kind) -> None:
    for swap in kind.counted:
        assert fingerprint(kind, swapped(kind, swap)) == fingerprint(kind, kind.body), swap


@pytest.mark.parametrize(
    ("name", "before"),
    [("work24's details", "<jobCont>"), ("seoul", "어르신"), ("gojobs's details", "○ 급여"), ("jobposting", "그릇을")],
)
def test_a_count_in_the_middle_of_a_text_may_grow(name: str, before: str) -> None:
    [kind] = [one for one in KINDS if one.name == name]
    put = f"{before}조회수 12 " if before.startswith("<") else f"조회수 12 {before}"
    assert fingerprint(kind, swapped(kind, (before, put))) == fingerprint(
        kind, swapped(kind, (before, put.replace("12", "1,345")))
    )


def test_a_sheet_that_counts_the_days_says_the_same_tomorrow() -> None:
    def on(day: date, left: int) -> str:
        [draft] = read_sheet(csv(GOOD.replace("2026-12-24", f"D-{left}")), "a.csv", day).drafts
        return as_of(draft, day).fingerprint

    assert on(TODAY, 9) == on(TODAY + timedelta(days=1), 8) == on(TODAY + timedelta(days=9), 0)
    assert on(TODAY, 9) != on(TODAY + timedelta(days=1), 9)  # the last day was moved


def test_a_last_day_that_is_past_closes() -> None:
    for kind, old in ((KINDS[4], "20261204"), (KINDS[5], "2026-12-08"), (KINDS[8], "20261204")):
        assert kind.read(kind.body)
        name = {"alio": alio.ALIO, "seoul": seoul.SEOUL, "gojobs": gojobs.GOJOBS}[kind.name]
        over = kind.body.replace(old.encode(), old.replace("12", "01").encode())
        assert all(row.over for row in name.page(name.read(over, None), TODAY).rows)
