"""잡알리오's answers to drafts."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from bot.sources.alio import Alio
from bot.sources.source import SourceError
from handlers.eligibility import Eligibility
from tests.bot.apis import drafts, mutated, page, sample, site, survives

ALIO = site(Alio, regions=("R3015", "R3023"))
ROW = {
    "recrutPblntSn": 990001,
    "instNm": "한빛진흥원",
    "recrutPbancTtl": "한빛진흥원 기간제 직원 채용",
    "ncsCdNmLst": "경영.회계.사무",
    "hireTypeLst": "R1010,null,R1040",
    "hireTypeNmLst": "정규직,null,비정규직",
    "workRgnNmLst": "광주,전남",
    "recrutSe": "R2020",
    "recrutSeNm": "경력",
    "acbgCondNmLst": "학력무관",
    "recrutNope": "3",
    "prefCondCn": "장애인\r\n보훈",
    "aplyQlfcCn": "○ 자격\r\n담당자: 홍길동",
    "scrnprcdrMthdExpln": "서류 → 면접",
    "pbancBgngYmd": "20261120",
    "pbancEndYmd": "20261204",
    "srcUrl": "www.hanbit.example.kr",
    "ongoingYn": "Y",
    "decimalDay": 12,
}


def answer(*rows: dict[str, Any], total: int | str | None = None, code: int | str = 200) -> bytes:
    told = {
        "resultCode": code,
        "resultMsg": "성공",
        "totalCount": len(rows) if total is None else total,
        "result": rows,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def test_how_it_is_asked() -> None:
    url = ALIO.url({}, 2)
    assert "workRgnLst=R3015%2CR3023" in url
    assert "serviceKey=SECRET%2B%2F%3D%3D" in url
    assert "pageNo=2" in url


def test_what_a_row_says() -> None:
    (draft,) = drafts(ALIO, answer(ROW))
    assert (draft.key, draft.title, draft.organisation) == ("990001", "한빛진흥원 기간제 직원 채용", "한빛진흥원")
    assert (draft.sector, draft.workplace, draft.known_by) == ("public", "광주, 전남", "province")
    assert (draft.period, draft.headcount) == ("정규직, 비정규직", "3")
    assert draft.target == "학력무관 · 경력 · 장애인 보훈"
    assert draft.closing == "2026-11-20 ~ 2026-12-04"
    assert draft.link.endswith("recruitView.do?idx=990001")
    assert "홍길동" not in repr(draft)
    assert (draft.pay, draft.hours, draft.foreigners) == ("", "", "")


def test_the_days_that_are_left_are_no_change() -> None:
    (one,), (other,) = drafts(ALIO, answer(ROW)), drafts(ALIO, answer({**ROW, "decimalDay": 11}))
    assert one.fingerprint == other.fingerprint


def test_a_competition_for_foreigners() -> None:
    (draft,) = drafts(ALIO, answer({**ROW, "recrutSe": "R2040", "recrutSeNm": "외국인전형"}))
    assert Eligibility.load().read_column(draft.foreigners).answer == "yes"


@pytest.mark.parametrize("code", [0, 200, "00", "200"])
def test_codes_of_success(code: int | str) -> None:
    assert len(drafts(ALIO, answer(ROW, code=code))) == 1


def test_rows_in_wrappers_one_row_and_none() -> None:
    told = {"resultCode": 200, "totalCount": 1, "result": {"item": ROW}}
    assert len(drafts(ALIO, orjson.dumps(told))) == 1
    assert len(drafts(ALIO, orjson.dumps({**told, "result": [{"item": ROW}]}))) == 1
    assert len(drafts(ALIO, orjson.dumps({**told, "result": ROW}))) == 1
    for nothing in ("", None, []):
        assert page(ALIO, orjson.dumps({**told, "totalCount": "0", "result": nothing})).total == 0
    assert page(ALIO, answer(code=3)).total == 0
    assert page(ALIO, answer({**ROW, "recrutPblntSn": None})).lost == 1


def test_what_is_over() -> None:
    rows = page(
        ALIO,
        answer(
            ROW, {**ROW, "recrutPblntSn": 2, "pbancEndYmd": "20261101"}, {**ROW, "recrutPblntSn": 3, "ongoingYn": "N"}
        ),
    ).rows
    assert [row.over for row in rows] == [False, True, True]


@pytest.mark.parametrize(
    "body",
    [
        answer(code=7),
        answer(code="30"),
        answer(code=""),
        b"{}",
        b'{"result": []}',
        b"<html></html>",
        b"[]",
        answer(ROW)[:-9],
    ],
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(ALIO, body)


@pytest.mark.parametrize("name", ["alio/item_300658_from_test.json", "alio/item_kps_2024-05_real_subset.json"])
def test_recorded_rows(name: str) -> None:
    (draft,) = drafts(ALIO, answer({"recrutPblntSn": 1, **json.loads(sample(name))}))
    assert draft.workplace in ("서울", "전남")
    assert draft.closing
    assert draft.target


def test_recorded_errors() -> None:
    for name in ("alio_auth_error_test_authored.json", "datagokr_gateway_key_not_registered_test_authored.xml"):
        with pytest.raises(SourceError, match="refuses"):
            page(ALIO, sample(f"errors/{name}"))


@given(mutated(answer(ROW, {**ROW, "recrutPblntSn": 2}), answer(code=3)))
@settings(max_examples=150, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(ALIO, body)
