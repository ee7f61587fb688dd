"""클린아이's answers to drafts."""

import pytest
from hypothesis import given, settings

from bot.sources.cleaneye import Cleaneye
from bot.sources.source import SourceError
from tests.bot.apis import TODAY, drafts, mutated, page, site, survives

CLEANEYE = site(Cleaneye, regions=("007001", "007009"))
ROW = {
    "NO": "990001",
    "ENT_NAME": "한빛시설관리공단",
    "ENT_TITLE": "수영장 안전요원 채용",
    "ENT_RECRUIT": "체육",
    "JOB_TYPE": "기간제",
    "EMPLOY_GB": "신입+경력",
    "EMPLOY_NUM": "2",
    "PUB_DATE": "2026-11-20",
    "PUB_END_DATE": "2026-12-04",
    "SIDO_CD": "007001",
    "ADDRESS": "광주광역시 광산구 월곡동 1",
    "YEARINCOME": "0",
    "JUDGE_METHOD": "서류, 면접",
    "ACCUSATION": "누리집 https://www.hanbit.example.kr 접수",
    "JOB_SEEK_ETC": "수상인명구조",
    "POSITION": "9급",
    "ENT_LICENSE1": "수상구조사",
    "ENT_LICENSE2": "-",
    "URL": "https://job.example.kr/view?no=990001&amp;a=1",
}


def answer(*rows: dict[str, str], code: str = "0", message: str = "NORMAL", total: int | None = None) -> bytes:
    told = "".join(
        "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in row.items()) + "</item>" for row in rows
    )
    header = f"<header><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></header>"
    count = len(rows) if total is None else total
    return f"<response>{header}<body><items>{told}</items><totalCount>{count}</totalCount></body></response>".encode()


def test_each_region_is_a_list() -> None:
    assert [sweep["sidoCd"] for sweep in CLEANEYE.sweeps(TODAY)] == ["007001", "007009"]
    assert "sidoCd=007009" in CLEANEYE.url(CLEANEYE.sweeps(TODAY)[1], 1)


def test_what_a_row_says() -> None:
    (draft,) = drafts(CLEANEYE, answer(ROW))
    assert (draft.key, draft.title, draft.organisation) == ("990001", "수영장 안전요원 채용", "한빛시설관리공단")
    assert (draft.workplace, draft.period, draft.headcount, draft.pay) == (
        "광주광역시 광산구 월곡동 1",
        "기간제",
        "2",
        "",
    )
    assert draft.target == "신입+경력 · 수상구조사 · 수상인명구조"
    assert draft.closing == "2026-11-20 ~ 2026-12-04"
    assert draft.link == "https://job.example.kr/view?no=990001&a=1"
    assert "https://www.hanbit.example.kr" in draft.apply
    for unknown in ("-1", "0", ""):
        assert drafts(CLEANEYE, answer({**ROW, "EMPLOY_NUM": unknown}))[0].headcount == ""


def test_nothing_is_no_failure() -> None:
    assert page(CLEANEYE, answer(code="99", message="NOTEXISTDATA")).total == 0
    assert page(CLEANEYE, answer()).total == 0
    assert page(CLEANEYE, answer({**ROW, "PUB_END_DATE": "2026-11-01"})).rows[0].over


@pytest.mark.parametrize("body", [answer(code="99", message="x"), b"<response/>", b"<html/>", b"{}", answer(ROW)[:-30]])
def test_an_error_is_no_empty_list(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(CLEANEYE, body)


@given(mutated(answer(ROW, {**ROW, "NO": "2"})))
@settings(max_examples=120, deadline=None)
def test_no_broken_answer_raises_more_than_our_error(body: bytes) -> None:
    survives(CLEANEYE, body)
