"""경기 잡아바's answers to drafts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sources.gyeonggi import Gyeonggi
from bot.sources.source import SourceError
from tests.bot.apis import drafts, mutated, page, sample, site, survives

GYEONGGI = site(Gyeonggi, regions=("4146",))
ROW = {
    "ENTRPRS_NM": "(주)별빛",
    "PBANC_CONT": "주방 보조 모집",
    "WORK_REGION_CD_CONT": "4146",
    "WORK_REGION_CONT": "용인시",
    "CAREER_DIV": "신입",
    "RECRUT_FIELD_NM": "음식ㆍ서비스직",
    "RCPT_BGNG_DE": "20261120",
    "RCPT_END_DE": "20261220",
    "URL": "https://www.jobs.example.kr/Recruit/GI_Read/99000001?Oem_Code=1",
}


def answer(*rows: dict[str, Any], total: int | None = None, code: str = "INFO-000") -> bytes:
    head = [
        {"list_total_count": len(rows) if total is None else total},
        {"RESULT": {"CODE": code, "MESSAGE": ""}},
        {"api_version": "1.0"},
    ]
    told: list[dict[str, Any]] = [{"head": head}]
    return json.dumps({"GGJOBABARECRUSTM": [*told, {"row": rows}] if rows else told}, ensure_ascii=False).encode()


def test_what_a_row_says() -> None:
    told = page(GYEONGGI, answer(ROW, total=147592))
    draft = told.rows[0].draft
    assert told.total == 147592
    assert draft.key == "www.jobs.example.kr 99000001"
    assert (draft.title, draft.organisation, draft.sector) == ("주방 보조 모집", "(주)별빛", "private")
    assert (draft.workplace, draft.area) == ("경기도 용인시", "4146")
    assert (draft.closing, draft.target) == ("2026-11-20 ~ 2026-12-20", "신입")
    assert draft.link == ROW["URL"]
    assert (draft.pay, draft.hours) == ("", "")


def test_without_a_number_in_its_link_a_row_is_known_by_what_it_says() -> None:
    (one,), (other,) = (
        drafts(GYEONGGI, answer({**ROW, "URL": ""})),
        drafts(GYEONGGI, answer({**ROW, "URL": None, "CAREER_DIV": "경력"})),
    )
    assert one.key == other.key
    assert one.link == ""


def test_other_cities_and_what_is_over() -> None:
    rows = page(GYEONGGI, answer(ROW, {**ROW, "WORK_REGION_CD_CONT": "4111"}, {**ROW, "RCPT_END_DE": "20261101"})).rows
    assert [(row.elsewhere, row.over) for row in rows] == [(False, False), (True, False), (False, True)]


def test_none() -> None:
    assert page(GYEONGGI, answer(code="INFO-200")).total == 0
    assert page(GYEONGGI, b'{"RESULT": {"CODE": "INFO-200", "MESSAGE": ""}}').total == 0


@pytest.mark.parametrize(
    "body",
    [
        answer(code="ERROR-290"),
        b'{"RESULT": {"CODE": "ERROR-300"}}',
        b"{}",
        b'{"GGJOBABARECRUSTM": ""}',
        b"<html/>",
        answer(ROW)[:-2],
    ],
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(GYEONGGI, body)


def test_recorded_answers() -> None:
    (draft,) = drafts(GYEONGGI, sample("gyeonggi_jobaba/list_1row_2026-05_real.json"))
    assert draft.key == "www.jobkorea.co.kr 49276193"
    assert draft.closing == "2026-05-29 ~ 2026-06-28"
    assert page(GYEONGGI, sample("gyeonggi_jobaba/list_head_only_test_authored.json")).total == 0


@given(mutated(answer(ROW), answer(code="INFO-200")))
@settings(max_examples=150, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(GYEONGGI, body)
