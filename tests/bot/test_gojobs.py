"""나라일터's answers to drafts."""

import pytest
from hypothesis import given, settings

from bot.sources.gojobs import Gojobs
from bot.sources.source import SourceError
from tests.bot.apis import TODAY, detail_survives, drafts, mutated, page, sample, site, survives

GOJOBS = site(Gojobs, regions=("29200",), days=30)
ITEM = """<item><areacode>{area}</areacode><enddate>{end}</enddate><idx>{id}</idx><insttname>한빛시 도서관과</insttname>
<moddate>20261120</moddate>
<readnum>{read}</readnum><regdate>20261120</regdate><title>도서관 기간제 근로자 채용</title>
<type01>{one}</type01><type02>{two}</type02></item>"""


def item(
    id: int = 990001, area: str = "29200", end: str = "20261204", read: int = 5, one: str = "e03", two: str = "g02"
) -> str:
    return ITEM.format(id=id, area=area, end=end, read=read, one=one, two=two)


def items(*told: str, total: int | None = None, code: str = "00") -> bytes:
    rows = f"<items>{''.join(told)}</items>" if told else ""
    header = f"<header><resultCode>{code}</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
    count = len(told) if total is None else total
    return f"<response>{header}<body>{rows}<totalCount>{count}</totalCount></body></response>".encode()


TEXT = """&lt;p&gt;○ 근무장소: 광산구 월곡2동 별빛도서관&lt;/p&gt;&lt;p&gt;○ 급여: 시급 11,500원&lt;/p&gt;
&lt;p&gt;○ 근무시간: 월~금 09:00~13:00&lt;/p&gt;
&lt;p&gt;○ 담당자: 홍길동 010-1234-5678&lt;/p&gt;"""
DETAIL = items().replace(
    b"<totalCount>0</totalCount>",
    f"<item><idx>990001</idx><begindate>20261120</begindate><enddate>20261204</enddate><contents>{TEXT}</contents>"
    "<link01>www.hanbit.example.kr/1</link01></item>".encode(),
)


def test_a_window_is_always_asked_for_and_words_one_by_one() -> None:
    (sweep,) = GOJOBS.sweeps(TODAY)
    assert (sweep["Begin_de"], sweep["End_de"]) == ("20261023", "20261122")
    worded = site(Gojobs, words=("광산구", "북구"))
    assert [sweep["title"] for sweep in worded.sweeps(TODAY)] == ["광산구", "북구"]
    assert "title=%EA%B4%91" in worded.url(worded.sweeps(TODAY)[0], 1)


def test_what_a_row_says() -> None:
    (draft,) = drafts(GOJOBS, items(item()))
    assert (draft.key, draft.organisation, draft.area, draft.sector) == ("990001", "한빛시 도서관과", "29200", "public")
    assert (draft.period, draft.closing) == ("계약직", "2026-11-20 ~ 2026-12-04")
    assert draft.link.endswith("empmnsn=990001")
    assert drafts(GOJOBS, items(item(one="g02", two="e03")))[0].period == "계약직", "told by its letter"
    assert drafts(GOJOBS, items(item(read=9)))[0].fingerprint == draft.fingerprint, "readers are no change"


def test_what_a_detail_adds() -> None:
    (draft,) = drafts(GOJOBS, items(item()))
    told = GOJOBS.detail(draft, GOJOBS.read(DETAIL, None))
    assert (told.workplace, told.pay) == ("광산구 월곡2동 별빛도서관", "시급 11,500원")
    assert told.hours == "월~금 09:00~13:00"
    assert told.link == "http://www.hanbit.example.kr/1"
    assert "홍길동" not in repr(told)
    assert GOJOBS.detail(draft, GOJOBS.read(items(code="03"), None)).gone
    with pytest.raises(SourceError):
        GOJOBS.detail(draft, GOJOBS.read(items(item(5)), None))


def test_other_regions_what_is_over_and_none() -> None:
    rows = page(GOJOBS, items(item(1), item(2, area="11440"), item(3, end="20261101"))).rows
    assert [(row.elsewhere, row.over) for row in rows] == [(False, False), (True, False), (False, True)]
    assert page(GOJOBS, items()).total == 0


@pytest.mark.parametrize(
    "body", [items(code="04"), b"<response/>", b"<html/>", b'{"response": {}}', items(item())[:-30]]
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(GOJOBS, body)


def test_recorded_answers() -> None:
    told = page(site(Gojobs), sample("gojobs/getList_2rows_2026-01_real.xml"))
    assert [row.draft.key for row in told.rows] == ["275459", "281207"]
    assert told.rows[0].draft.closing == "2026-01-12 ~ 2026-01-21"
    assert page(GOJOBS, sample("gojobs/getList_no_items_test_authored.xml")).rows == ()


@given(mutated(items(item(), item(2))))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(GOJOBS, body)


@given(mutated(DETAIL))
@settings(max_examples=80, deadline=None)
def test_no_broken_detail_raises_more_than_our_error(body: bytes) -> None:
    detail_survives(GOJOBS, drafts(GOJOBS, items(item()))[0], body)
