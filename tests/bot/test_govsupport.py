"""Public works posts to drafts, by a table of the operator's; the element names here are made up."""

import pytest
from hypothesis import given, settings

from bot.sources.govsupport import Govsupport
from bot.sources.source import SourceError
from handlers.text import parse_hours, parse_pay
from tests.bot.apis import KEY, drafts, mutated, page, site, survives

ELEMENTS = {
    "rows": "post",
    "total": "cnt",
    "id": "no",
    "title": "sj",
    "organisation": "org",
    "workplace": "addr",
    "area": "cd",
    "pay_kind": "wageSe",
    "pay": "wage",
    "hours_from": "st",
    "hours_to": "en",
    "headcount": "people",
    "group": "weak",
    "opens": "bgn",
    "closes": "end",
    "duties": "cn",
    "apply": "mth",
}
GOVSUPPORT = site(
    Govsupport, base="https://www.work24.example.kr/list.do?returnType=XML", regions=("29200",), elements=ELEMENTS
)
ROW = (
    "<post><no>{id}</no><sj>공공근로 환경정비</sj><org>광산구청</org><addr>광주광역시 광산구 월곡동</addr><cd>29200</cd>"
    "<wageSe>시급</wageSe>"
    "<wage>10320</wage><st>0900</st><en>1300</en><people>12</people><weak>취업취약계층</weak><bgn>20261120</bgn><end>20261204</end>"
    "<cn>거리 청소</cn><mth>방문</mth></post>"
)


def answer(*ids: str, total: int | None = None) -> bytes:
    rows = "".join(ROW.format(id=id) for id in ids)
    return f"<list><head><cnt>{len(ids) if total is None else total}</cnt></head>{rows}</list>".encode()


def test_the_address_keeps_its_own_parameters() -> None:
    url = GOVSUPPORT.url({}, 2)
    assert url.startswith("https://www.work24.example.kr/list.do?returnType=XML&authKey=SECRET%2B")
    assert "startPage=2&display=100&region=29200" in url
    other = site(
        Govsupport, base="https://x.kr/l", elements={**ELEMENTS, "key": "serviceKey", "page": "pageNo", "size": "rows_"}
    )
    assert "serviceKey=" in other.url({}, 1)
    assert KEY not in url


def test_what_a_row_says() -> None:
    (draft,) = drafts(GOVSUPPORT, _one())
    assert (draft.key, draft.title, draft.organisation, draft.sector) == (
        "G1",
        "공공근로 환경정비",
        "광산구청",
        "public",
    )
    assert (draft.workplace, draft.area) == ("광주광역시 광산구 월곡동", "29200")
    pay, hours = parse_pay(draft.pay), parse_hours(draft.hours)
    assert pay is not None
    assert hours is not None
    assert (pay.low, hours.spans) == (10320, ((540, 780),))
    assert (draft.headcount, draft.target, draft.apply) == ("12", "취업취약계층", "방문")
    assert draft.closing == "2026-11-20 ~ 2026-12-04"


def test_none_and_what_is_over() -> None:
    assert page(GOVSUPPORT, answer()).total == 0
    assert page(GOVSUPPORT, b"<list><messageCd>006</messageCd></list>").total == 0
    assert page(GOVSUPPORT, answer("G1").replace(b"20261204", b"20261101")).rows[0].over
    assert page(GOVSUPPORT, answer("")).rows[0].draft.key


@pytest.mark.parametrize(
    "body", [b"<list/>", b"<list><message>key</message></list>", b"<html/>", b"[]", answer("G1")[:-3]]
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(GOVSUPPORT, body)


def _one() -> bytes:
    return answer("G1")


@given(mutated(answer("G1", "G2")))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(GOVSUPPORT, body)
