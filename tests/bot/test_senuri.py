"""노인일자리's answers to drafts."""

import pytest
from hypothesis import given, settings

from bot.sources.senuri import Senuri
from bot.sources.source import SourceError
from tests.bot.apis import detail_survives, drafts, mutated, page, sample, site, survives

SENURI = site(Senuri)
ITEM = """<item><acptMthd>방문</acptMthd><deadline>{deadline}</deadline><emplymShp>CM0103</emplymShp>
<emplymShpNm>시간제일자리</emplymShpNm>
<frDd>20261120</frDd><jobId>{id}</jobId><jobclsNm>조리</jobclsNm><oranNm>한빛요양원</oranNm><organYn>N</organYn>
<recrtTitle>주방 보조 모집</recrtTitle><stmId>A</stmId><toDd>20261204</toDd>
<workPlc>030200</workPlc><workPlcNm>{place}</workPlcNm></item>"""


def items(*told: str, total: int | None = None, code: str = "00") -> bytes:
    body = f"<items>{''.join(told)}</items><totalCount>{len(told) if total is None else total}</totalCount>"
    header = f"<header><resultCode>{code}</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
    return f"<response>{header}<body>{body}</body></response>".encode()


def item(id: str = "RECR_001", place: str = "", deadline: str = "접수중") -> str:
    return ITEM.format(id=id, place=place, deadline=deadline)


DETAIL = """<response><header><resultCode>0000</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header><body><item>
<acptMthdCd>CM0804</acptMthdCd><age>65</age><ageLim>제한</ageLim><clerk>홍길동</clerk><clerkContt>010-1234-5678</clerkContt>
<clltPrnnum>2</clltPrnnum><detCnts>찬을 나르고 그릇을 씻습니다. 문의 010-1234-5678</detCnts><etcItm></etcItm>
<frAcptDd>20261120</frAcptDd>
<homepage>http://hanbit.example.kr</homepage><jobId>RECR_001</jobId><plDetAddr>광주광역시 광산구 월곡동 1</plDetAddr>
<plbizNm>한빛요양원</plbizNm><repr>홍길동</repr><toAcptDd>20261204</toAcptDd>
<wantedTitle>주방 보조 모집</wantedTitle></item></body></response>""".encode()
NOTHING = items(code="03")


def test_what_a_row_says() -> None:
    (draft,) = drafts(SENURI, items(item(place="광주광역시 광산구")))
    assert (draft.key, draft.title, draft.organisation) == ("RECR_001", "주방 보조 모집", "한빛요양원")
    assert (draft.workplace, draft.period, draft.apply) == ("광주광역시 광산구", "시간제일자리", "방문")
    assert (draft.closing, draft.pay, draft.hours) == ("2026-11-20 ~ 2026-12-04", "", "")


def test_where_it_is_is_the_employers_address_only_where_nothing_else_is_said() -> None:
    (draft,) = drafts(SENURI, items(item()))
    told = SENURI.detail(draft, SENURI.read(DETAIL, None))
    assert (told.workplace, told.known_by) == ("광주광역시 광산구 월곡동 1", "employer")
    assert (told.headcount, told.target, told.link) == ("2", "65세 이상 · 노인일자리", "http://hanbit.example.kr")
    assert "홍길동" not in repr(told)
    (draft,) = drafts(SENURI, items(item(place="광주광역시 북구")))
    told = SENURI.detail(draft, SENURI.read(DETAIL, None))
    assert (told.workplace, told.known_by) == ("광주광역시 북구", "")


def test_a_number_of_work24s_leads_there() -> None:
    (draft,) = drafts(SENURI, items(item("K990002611200001")))
    assert "wantedAuthNo=K990002611200001" in draft.link


def test_what_is_closed_one_row_and_none() -> None:
    rows = page(SENURI, items(item(), item("RECR_002", deadline="마감"))).rows
    assert [row.over for row in rows] == [False, True]
    assert page(SENURI, NOTHING).total == 0
    assert (
        page(
            SENURI,
            b"<response><header><resultCode>00</resultCode></header><body><items/><totalCount>0</totalCount></body></response>",
        ).total
        == 0
    )


def test_a_detail_of_nothing_is_gone_and_that_of_another_is_none() -> None:
    (draft,) = drafts(SENURI, items(item()))
    assert SENURI.detail(draft, SENURI.read(NOTHING, None)).gone
    for body in (DETAIL.replace(b"RECR_001", b"RECR_009"), items()):
        with pytest.raises(SourceError):
            SENURI.detail(draft, SENURI.read(body, None))


@pytest.mark.parametrize("body", [items(code="99"), b"<response/>", b"<html/>", b"{}", items(item())[:-30]])
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(SENURI, body)


def test_documented_answers() -> None:
    rows = page(SENURI, sample("senuri/getJobList_documented_example_TRANSCRIBED.xml")).rows
    assert [(row.draft.key, row.over) for row in rows] == [("K15163251110006", True)]
    (draft,) = drafts(SENURI, items(item("K15001150526033")))
    told = SENURI.detail(draft, SENURI.read(sample("senuri/getJobInfo_documented_example_TRANSCRIBED.xml"), None))
    assert told.target.startswith("60세 이상")
    assert told.known_by == "employer"


@given(mutated(items(item(), item("RECR_002")), NOTHING))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(SENURI, body)


@given(mutated(DETAIL, NOTHING))
@settings(max_examples=80, deadline=None)
def test_no_broken_detail_raises_more_than_our_error(body: bytes) -> None:
    detail_survives(SENURI, drafts(SENURI, items(item()))[0], body)
