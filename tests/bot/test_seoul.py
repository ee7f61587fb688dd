"""Seoul's answers to drafts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sources.seoul import Seoul
from bot.sources.source import SourceError
from handlers.text import parse_hours, parse_pay
from tests.bot.apis import KEY, drafts, mutated, page, sample, site, survives

SEOUL = site(Seoul)
ROW = {
    "JO_REQST_NO": "H990002611200001",
    "JO_REGIST_NO": "K990002611200001",
    "CMPNY_NM": "별빛재가복지센터",
    "JOBCODE_NM": "요양보호사",
    "RCRIT_NMPR_CO": 1,
    "ACDMCR_NM": "학력무관",
    "EMPLYM_STLE_CMMN_MM": "시간제",
    "WORK_PARAR_BASS_ADRES_CN": "서울 동대문구.",
    "DTY_CN": "어르신 돌봄\n문의 010-1234-5678",
    "CAREER_CND_NM": "관계없음",
    "HOPE_WAGE": "시급 / 11000원 ",
    "WORK_TIME_NM": "(근무시간) (오전) 10시 30분 ~ (오후) 1시 30분",
    "WORK_TM_NM": "주5일",
    "HOLIDAY_NM": "-",
    "WEEK_WORK_HR": "15",
    "RCEPT_CLOS_NM": "마감일 (2026-12-08)",
    "RCEPT_MTH_NM": "전화",
    "MNGR_NM": "홍길동",
    "MNGR_PHON_NO": "02-000-0000",
    "JO_SJ": "요양보호사 모집",
    "JO_REG_DT": "2026-11-20",
    "GUI_LN": "",
}


def answer(*rows: dict[str, Any], total: int | None = None, code: str = "INFO-000") -> bytes:
    told = {
        "list_total_count": len(rows) if total is None else total,
        "RESULT": {"CODE": code, "MESSAGE": "말"},
        "row": rows,
    }
    return json.dumps({"GetJobInfo": told}, ensure_ascii=False).encode()


def test_the_key_stands_in_the_path() -> None:
    assert SEOUL.url({}, 2).endswith(":8088/SECRET%2B%2F%3D%3D/json/GetJobInfo/501/1000/")
    assert KEY not in SEOUL.url({}, 1)


def test_what_a_row_says() -> None:
    (draft,) = drafts(SEOUL, answer(ROW))
    assert draft.key == "K990002611200001", "Work24's number, by which it is one posting with Work24's"
    assert draft.workplace == "서울 동대문구"
    assert (draft.pay, draft.headcount, draft.closing) == ("시급 11000원", "1", "2026-12-08")
    assert draft.hours == "(근무시간) (오전) 10시 30분 ~ (오후) 1시 30분 주5일 주 15시간"
    pay, hours = parse_pay(draft.pay), parse_hours(draft.hours)
    assert pay is not None
    assert pay.low == 11000
    assert hours is not None
    assert hours.spans == ((630, 810),)
    assert hours.week_minutes == 15 * 60
    assert "홍길동" not in repr(draft)
    assert "wantedAuthNo=K990002611200001" in draft.link
    assert drafts(SEOUL, answer({**ROW, "JO_REGIST_NO": None}))[0].key == "H990002611200001"


def test_one_row_none_and_closings() -> None:
    one = json.loads(answer(ROW))
    one["GetJobInfo"]["row"] = ROW
    assert len(drafts(SEOUL, json.dumps(one).encode())) == 1
    assert page(SEOUL, b'{"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}').total == 0
    assert page(SEOUL, answer(total=0)).total == 0
    assert page(SEOUL, answer({**ROW, "RCEPT_CLOS_NM": "마감일 (2026-11-01)"})).rows[0].over
    assert drafts(SEOUL, answer({**ROW, "RCEPT_CLOS_NM": "채용시까지"}))[0].closing == "채용시까지"


@pytest.mark.parametrize(
    "body",
    [
        b'{"RESULT": {"CODE": "INFO-100", "MESSAGE": "key"}}',
        b"<RESULT><CODE>INFO-100</CODE><MESSAGE>key</MESSAGE></RESULT>",
        answer(code="ERROR-500"),
        b"{}",
        b'{"GetJobInfo": {"row": []}}',
        b'{"GetJobInfo": null}',
        b"<html></html>",
        answer(ROW)[:-5],
    ],
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(SEOUL, body)


def test_recorded_answers() -> None:
    with pytest.raises(SourceError, match="ERROR-300"):
        page(SEOUL, sample("errors/seoul_error300_test_authored.json"))
    told = json.loads(sample("seoul/row_as_republished_2025-05_partial.json"))
    row = {**ROW, "HOPE_WAGE": told["pay"], "WORK_TIME_NM": told["time"], "RCEPT_CLOS_NM": told["deadline"]}
    (draft,) = drafts(SEOUL, answer({**row, "WORK_PARAR_BASS_ADRES_CN": told["location"]}))
    pay = parse_pay(draft.pay)
    assert pay is not None
    assert (pay.low, draft.closing, draft.workplace) == (10030, "2025-07-08", "서울 동대문구")


@given(mutated(answer(ROW), answer(code="INFO-200")))
@settings(max_examples=150, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(SEOUL, body)
