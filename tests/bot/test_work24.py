"""Work24's answers to drafts: list and detail, in the words and habits that were seen."""

import json

import pytest
from hypothesis import given, settings

from bot.sources.source import SourceError
from bot.sources.work24 import Work24
from handlers.text import parse_closing, parse_headcount, parse_hours, parse_pay
from tests.bot.apis import TODAY, detail_survives, drafts, mutated, page, sample, site, survives
from tests.fixtures import work24

WORK24 = site(Work24, regions=("29200", "41465"))
LIST = work24.listed([work24.ROW, work24.row(2)], 2)
DETAIL = work24.detailed(work24.ROW["wantedAuthNo"])


def test_the_list_is_asked_for_all_regions_at_once() -> None:
    url = WORK24.url({"empTpGb": "2"}, 3)
    assert "region=29200%7C41465" in url
    assert "startPage=3" in url
    assert "authKey=SECRET%2B%2F%3D%3D" in url


def test_what_a_row_says() -> None:
    draft = drafts(WORK24, LIST)[0]
    assert draft.key == "K120012611200001"
    assert draft.title == "오전 청소하실 분 <월곡동>"
    assert (draft.organisation, draft.sector) == ("별빛돌봄센터", "private")
    assert draft.workplace == "광주광역시 광산구 월곡동"
    assert (draft.pay, draft.hours, draft.period) == ("시급 11,000원", "주5일", "기간제(시간제)")
    assert draft.target == "학력무관 · 관계없음"
    assert draft.closing == "2026-11-20 ~ 2026-12-20 (채용시까지)"
    assert draft.link.startswith(
        "https://www.work24.go.kr/wk/a/b/1500/empDetailAuthView.do?wantedAuthNo=K120012611200001&"
    )


def test_what_a_detail_adds() -> None:
    draft = WORK24.detail(drafts(WORK24, LIST)[0], WORK24.read(DETAIL, None))
    assert draft.workplace == "광주광역시 광산구 월곡동 12-3"
    assert draft.hours == "(근무시간) (오전) 9시 00분 ~ (오후) 1시 00분 주5일"
    assert (draft.headcount, draft.pay) == ("2", "시급 11,000원 이상")
    assert draft.period == "기간의 정함이 있는 근로계약(시간제) · 10개월"
    assert draft.target == "학력무관 · 경력무관 · 우대: (준)고령자(50세이상)"
    assert draft.apply == "방문, 고용24 · 제출 서류: 이력서"
    assert "외국인 가능 (F-4, F-6)" in draft.duties
    assert "홍길동" not in repr(draft), "neither the head of the firm nor who recruits"
    closing = parse_closing(draft.closing, TODAY)
    assert closing is not None
    assert closing.until_filled
    assert closing.at is not None


@pytest.mark.parametrize(
    ("said", "pay"),
    [
        ({"sal": "월급 209 만원 ~ 350 만원", "salTpNm": "월급"}, "월급 209 만원 ~ 350 만원"),
        ({"sal": "2,760 만원", "salTpNm": "연봉"}, "연봉 2,760 만원"),
        ({"sal": "", "salTpNm": "시급", "minSal": "10320", "maxSal": "10320"}, "시급 10,320원"),
        ({"sal": "", "salTpNm": "월급", "minSal": "2100000", "maxSal": "2500000"}, "월급 2,100,000원 ~ 2,500,000원"),
        ({"sal": "", "salTpNm": "월급", "minSal": "209", "maxSal": "350"}, ""),  # 209 of what?
        ({"sal": "", "salTpNm": "면접 후 결정", "minSal": "0", "maxSal": "0"}, ""),
        ({"sal": "면접 후 결정", "salTpNm": ""}, "면접 후 결정"),
    ],
)
def test_pay_is_never_converted(said: dict[str, str], pay: str) -> None:
    assert drafts(WORK24, work24.listed([work24.row(1, **said)], 1))[0].pay == pay


@pytest.mark.parametrize(
    ("closes", "closing", "over"),
    [
        ("채용시까지", "채용시까지", False),
        ("20261224", "2026-11-20 ~ 2026-12-24", False),
        ("26/11/21", "2026-11-20 ~ 2026-11-21", True),
        ("26/11/22", "2026-11-20 ~ 2026-11-22", False),
        ("2099-12-31", "채용시까지", False),
        ("", "", False),
    ],
)
def test_closings(closes: str, closing: str, over: bool) -> None:
    row = page(WORK24, work24.listed([work24.row(1, closeDt=closes)], 1)).rows[0]
    assert (row.draft.closing, row.over) == (closing, over)


def test_one_row_and_none() -> None:
    assert len(page(WORK24, work24.listed([work24.ROW], 1)).rows) == 1
    assert page(WORK24, work24.listed([], 0)).total == 0
    assert page(WORK24, work24.NOTHING).total == 0


@pytest.mark.parametrize(
    "body",
    [
        work24.BAD_KEY.encode(),
        b"<error><message>x</message></error>",
        b"<html><body>x</body></html>",
        b'{"wantedRoot": []}',
        b"[]",
        b"",
        b"x",
        LIST[:-20],
    ],
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(WORK24, body)


def test_a_detail_of_another_posting_is_none() -> None:
    draft = drafts(WORK24, LIST)[0]
    assert WORK24.detail(draft, WORK24.read(work24.NOTHING, None)).gone
    for body in (work24.detailed("K9"), b"<wantedDtl/>", LIST):
        with pytest.raises(SourceError):
            WORK24.detail(draft, WORK24.read(body, None))


def test_the_words_of_a_real_detail_are_understood() -> None:
    told = json.loads(sample("work24/site_detail_KJKX002509020007.json"))
    said = {
        "workRegion": told["근무 예정지"],
        "salTpNm": told["임금 조건"],
        "workdayWorkhrCont": told["근무 시간"],
        "collectPsncnt": told["모집 인원"],
        "pfCond": told["우대조건"],
        "etcPfCond": told["기타 우대사항"],
        "jobCont": told["_직무내용"],
    }
    draft = WORK24.detail(drafts(WORK24, LIST)[0], WORK24.read(work24.detailed("K120012611200001", **said), None))
    pay, hours = parse_pay(draft.pay), parse_hours(draft.hours)
    assert pay is not None
    assert hours is not None
    assert (pay.low, hours.spans, parse_headcount(draft.headcount)) == (10030, ((540, 720),), 1)
    assert "(준)고령자(50세이상)" in draft.target
    assert "기흥구" in draft.workplace


@given(mutated(LIST, work24.NOTHING))
@settings(max_examples=150, deadline=None)
def test_no_broken_list_raises_more_than_our_error(body: bytes) -> None:
    survives(WORK24, body)


@given(mutated(DETAIL, work24.NOTHING))
@settings(max_examples=100, deadline=None)
def test_no_broken_detail_raises_more_than_our_error(body: bytes) -> None:
    detail_survives(WORK24, drafts(WORK24, LIST)[0], body)
