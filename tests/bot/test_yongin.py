"""Yongin's own answers to drafts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sources.source import SourceError
from bot.sources.yongin import Yongin
from tests.bot.apis import drafts, mutated, page, sample, site, survives

YONGIN = site(Yongin, base="https://apis.example.kr/yongin/getJobs")
ROW = {
    "no": "10",
    "co_nm": "별빛재가센터",
    "sj": "요양보호사 모집 (동백동) 주3일 오전 근무하실 분을 모십니...",
    "reg_ymd": "2026-11-20",
    "ddln_ymd": "2026-12-04",
    "duty_cn": "어르신 돌봄 담당자: 홍길동",
    "rcpt_ddln_day": "채용시까지 2026-12-04",
    "eplymt_form": "기간의 정함이 없는 근로계약",
    "rcrtmt_noppl": "1명",
    "wage_cdn": "시급 11,000원 이상",
    "crr_cdn": "경력무관",
    "acbg": "학력무관",
    "plc_work": "기흥구 동백동",
    "work_hr_form": "주3일 (오전) 9시 00분 ~ (정오) 12시 00분",
    "rcpt_mthd": "방문",
    "prfrnl_cdn": "(준)고령자(50세이상)",
    "telno": "031-000-1234",
}


def answer(*rows: dict[str, Any], total: int | None = None, code: int = 0) -> bytes:
    told = {
        "resultCode": code,
        "resultMsg": "NORMAL_CODE",
        "totalCount": len(rows) if total is None else total,
        "items": rows,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def test_what_a_row_says() -> None:
    (draft,) = drafts(YONGIN, answer(ROW))
    assert (draft.organisation, draft.workplace) == ("별빛재가센터", "경기도 용인시 기흥구 동백동")
    assert (draft.pay, draft.headcount, draft.hours) == (ROW["wage_cdn"], "1명", ROW["work_hr_form"])
    assert draft.target == "학력무관 · 경력무관 · 우대: (준)고령자(50세이상)"
    assert draft.closing == "2026-11-20 ~ 2026-12-04 (채용시까지)"
    assert "홍길동" not in repr(draft)


def test_a_row_number_is_no_name() -> None:
    (one,), (other,) = drafts(YONGIN, answer(ROW)), drafts(YONGIN, answer({**ROW, "no": "11"}))
    assert one == other
    (third,) = drafts(YONGIN, answer({**ROW, "plc_work": "용인시 처인구"}))
    assert third.key != one.key
    assert third.workplace == "용인시 처인구"


def test_one_row_and_none() -> None:
    told = json.loads(answer(ROW))
    for shape in ({"item": ROW}, {"item": [ROW]}, ROW, [ROW]):
        assert len(drafts(YONGIN, json.dumps({**told, "items": shape}).encode())) == 1
    assert page(YONGIN, answer()).total == 0
    assert page(YONGIN, answer(code=3)).total == 0


@pytest.mark.parametrize("body", [answer(code=30), b"{}", b"<html/>", b"[]", answer(ROW)[:-3]])
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(YONGIN, body)


def test_the_documented_fields_are_those_that_are_read() -> None:
    names = {line.split(",")[0] for line in sample("yongin/response_fields.csv").decode().splitlines()[1:]}
    assert set(ROW) <= names


@given(mutated(answer(ROW, {**ROW, "sj": "다른 모집"})))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(YONGIN, body)
