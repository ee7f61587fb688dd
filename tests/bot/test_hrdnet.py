"""HRD-Net's courses to drafts."""

import json

import pytest
from hypothesis import given, settings

from bot.sources.hrdnet import Hrdnet
from bot.sources.source import SourceError
from tests.bot.apis import TODAY, drafts, mutated, page, site, survives

HRDNET = site(Hrdnet, regions=("29", "41"), words=("골프", "조리"), days=60)
ROW = {
    "trprId": "AIG99000000000001",
    "trprDegr": "3",
    "title": "골프장 캐디 양성",
    "subTitle": "한빛직업학교",
    "address": "광주 광산구",
    "telNo": "062-000-1234",
    "traStartDate": "2026-12-07",
    "traEndDate": "2027-01-29",
    "courseMan": "1200000",
    "realMan": "0",
    "yardMan": "20",
    "eiEmplCnt3": "14",
    "eiEmplRate3": "73.7",
    "eiEmplRate6": "D",
    "eiEmplCnt3Gt10": "Null",
    "trainTarget": "국민내일배움카드(일반)",
    "wkendSe": "1",
    "titleLink": "https://hrd.work24.go.kr/x?tracseId=AIG99000000000001&amp;tracseTme=3",
}


def answer(*rows: dict[str, str], total: int | None = None) -> bytes:
    told = "".join(
        "<scn_list>" + "".join(f"<{name}>{text}</{name}>" for name, text in row.items()) + "</scn_list>" for row in rows
    )
    count = len(rows) if total is None else total
    return f"<HRDNet><pageNum>1</pageNum><scn_cnt>{count}</scn_cnt><srchList>{told}</srchList></HRDNet>".encode()


def test_each_region_and_word_is_a_list_of_what_begins_soon() -> None:
    sweeps = HRDNET.sweeps(TODAY)
    assert [(one["srchTraArea1"], one["srchTraProcessNm"]) for one in sweeps] == [
        ("29", "골프"),
        ("29", "조리"),
        ("41", "골프"),
        ("41", "조리"),
    ]
    assert (sweeps[0]["srchTraStDt"], sweeps[0]["srchTraEndDt"]) == ("20261122", "20270121")


def test_what_a_course_says() -> None:
    (draft,) = drafts(HRDNET, answer(ROW))
    assert (draft.key, draft.kind) == ("AIG99000000000001 3", "course")
    assert (draft.title, draft.organisation, draft.workplace) == ("골프장 캐디 양성", "한빛직업학교", "광주 광산구")
    assert (draft.period, draft.headcount) == ("2026-12-07 ~ 2027-01-29", "20명")
    assert draft.duties.splitlines() == [
        "수강료: 1,200,000원",
        "본인부담: 0원",
        "취업률: 3개월 73.7%, 6개월 수료자 없음",
        "취업인원: 3개월 14명",
    ]
    assert draft.link == "https://hrd.work24.go.kr/x?tracseId=AIG99000000000001&tracseTme=3"
    assert (draft.closing, draft.pay) == ("", "")


def test_rounds_of_a_course_are_apart_and_what_has_begun_is_over() -> None:
    rows = page(HRDNET, answer(ROW, {**ROW, "trprDegr": "4", "traStartDate": "2026-11-02"})).rows
    assert [(row.draft.key[-1], row.over) for row in rows] == [("3", False), ("4", True)]
    assert page(HRDNET, answer({**ROW, "trprDegr": "9" * 200}, {**ROW, "trprId": ""})).lost == 2


def test_json_in_json_one_row_and_none() -> None:
    inner = json.dumps({"scn_cnt": 1, "srchList": [ROW]}, ensure_ascii=False)
    assert len(drafts(HRDNET, json.dumps({"returnJSON": inner}).encode())) == 1
    assert len(drafts(HRDNET, inner.encode())) == 1
    assert page(HRDNET, b"<HRDNet><scn_cnt>0</scn_cnt><srchList/></HRDNet>").total == 0


@pytest.mark.parametrize(
    "body", [b"<HRDNet/>", b"<HRDNet><message>key</message></HRDNet>", b"<html/>", b"{}", answer(ROW)[:-3]]
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(HRDNET, body)


@given(mutated(answer(ROW, {**ROW, "trprDegr": "4"})))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(HRDNET, body)
