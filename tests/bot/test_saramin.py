"""사람인's answers to drafts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sources.saramin import Saramin
from bot.sources.source import SourceError
from tests.bot.apis import TODAY, drafts, mutated, page, sample, site, survives

SARAMIN = site(Saramin, regions=("103000",))
JOB = {
    "url": "http://www.saramin.co.kr/zf_user/jobs/relay/view?rec_idx=990001&utm_source=job-search-api",
    "active": 1,
    "company": {"detail": {"href": "http://www.saramin.co.kr/x", "name": "(주)별빛"}},
    "position": {
        "title": "매장 &amp; 창고 직원",
        "location": {"code": "103010", "name": "광주 &gt; 광산구,광주 &gt; 광주전체"},
        "job-type": {"code": "2", "name": "계약직"},
        "job-mid-code": {"code": "1", "name": "물류"},
        "experience-level": {"code": 0, "min": 0, "max": 0, "name": "경력무관"},
        "required-education-level": {"code": "0", "name": "학력무관"},
    },
    "keyword": "창고,매장",
    "salary": {"code": "99", "name": "면접후 결정"},
    "id": "990001",
    "posting-timestamp": "1795104000",
    "opening-timestamp": "1795100400",
    "expiration-timestamp": "1796310000",
    "close-type": {"code": "1", "name": "접수마감일"},
}


def answer(*jobs: dict[str, Any], total: str | None = None) -> bytes:
    told = {"count": len(jobs), "start": 0, "total": str(len(jobs)) if total is None else total, "job": jobs}
    return json.dumps({"jobs": told}, ensure_ascii=False).encode()


def test_json_is_asked_for_and_words_one_by_one() -> None:
    assert SARAMIN.accept == "application/json"
    url = SARAMIN.url(SARAMIN.sweeps(TODAY)[0], 2)
    assert "start=1&count=110" in url
    assert "loc_cd=103000" in url
    assert [sweep["keywords"] for sweep in site(Saramin, words=("청소", "주방")).sweeps(TODAY)] == ["청소", "주방"]


def test_what_a_job_says() -> None:
    (draft,) = drafts(SARAMIN, answer(JOB))
    assert (draft.key, draft.title, draft.organisation) == ("990001", "매장 & 창고 직원", "(주)별빛")
    assert draft.workplace == "광주 광산구, 광주"
    assert (draft.period, draft.target, draft.pay) == ("계약직", "학력무관 · 경력무관", "면접후 결정")
    assert draft.closing == "2026-11-20 ~ 2026-12-04"
    assert draft.link == JOB["url"]


def test_a_date_beside_until_filled_does_not_count() -> None:
    for code in ("2", "3", "4"):
        row = page(SARAMIN, answer({**JOB, "close-type": {"code": code}, "expiration-timestamp": "1"})).rows[0]
        assert (row.draft.closing, row.over) == ("채용시까지", False)


def test_one_job_as_an_object_and_none() -> None:
    told = json.loads(answer(JOB))
    told["jobs"]["job"] = JOB
    assert len(drafts(SARAMIN, json.dumps(told).encode())) == 1
    assert page(SARAMIN, answer()).total == 0
    assert page(SARAMIN, answer({**JOB, "active": 0})).rows[0].over
    xml = b"<job-search><jobs count='1' start='0' total='1'><job><id>1</id></job></jobs></job-search>"
    with pytest.raises(SourceError):
        page(SARAMIN, xml)


@pytest.mark.parametrize(
    "body",
    [
        b'{"error": "invalid access-key"}',
        b'{"code": 1, "message": "x"}',
        b"{}",
        b'{"jobs": {"job": []}}',
        b"<html>limited</html>",
        answer(JOB)[:-2],
    ],
)
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(SARAMIN, body)


def test_recorded_answers() -> None:
    told = page(SARAMIN, sample("saramin/job_search_4jobs_2022-02_real.json"))
    assert (told.total, len(told.rows), told.lost) == (4, 4, 0)
    first = told.rows[0].draft
    assert (first.key, first.workplace) == ("42338312", "서울, 서울 강남구")
    assert first.closing.endswith("2022-02-27")
    with pytest.raises(SourceError, match="invalid access-key"):
        page(SARAMIN, sample("errors/saramin_invalid_key_test_authored.json"))


@given(mutated(answer(JOB, {**JOB, "id": "2"})))
@settings(max_examples=150, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(SARAMIN, body)
