"""What search engines are told of a posting: schema.org's JobPosting, only what is known."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.job_data import job_posting
from storage.area_tables import Area
from storage.tables import Posting

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def posting(**values: Any) -> Posting:
    given = {"id": 7, "title": "책 정리", "organisation": "별빛도서관", "facts": {}, "created_at": AT, "changed_at": AT}
    return Posting(**{**given, **values})


def area(level: str, name: str) -> Area:
    names = {"name_ko": name, "full_ko": name, "name_en": name, "full_en": name, "name_ru": name}
    return Area(code=1, level=level, kind="both", lat=0, lon=0, **names)


AREAS = [area("emd", "월곡동"), area("sigungu", "광산구"), area("sido", "전남광주통합특별시")]


def test_everything_known_is_told() -> None:
    pay = {"pay_kind": "hour", "pay_low": 12000, "pay_high": 13000}
    facts = {"workplace": "월곡2동 12"}
    data = job_posting(
        posting(closes_at=AT, week_minutes=540, headcount=2, facts=facts, **pay), "All of it", AREAS, "https://a/p/7"
    )
    assert data["title"] == "책 정리"
    assert data["description"] == "All of it"
    assert data["datePosted"] == "2026-11-24"
    assert data["validThrough"] == "2026-11-24T03:00:00+00:00"
    assert data["employmentType"] == "PART_TIME"
    assert data["totalJobOpenings"] == 2
    assert data["hiringOrganization"]["name"] == "별빛도서관"
    assert data["url"] == "https://a/p/7"
    assert data["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "KR",
        "streetAddress": "월곡2동 12",
        "addressLocality": "광산구",
        "addressRegion": "전남광주통합특별시",
    }
    value = {"@type": "QuantitativeValue", "minValue": 12000, "maxValue": 13000, "unitText": "HOUR"}
    assert data["baseSalary"] == {"@type": "MonetaryAmount", "currency": "KRW", "value": value}


def test_what_is_not_known_is_not_told() -> None:
    data = job_posting(posting(), "", [])
    assert not {"validThrough", "employmentType", "totalJobOpenings", "baseSalary", "url"} & set(data)
    assert data["jobLocation"]["address"] == {"@type": "PostalAddress", "addressCountry": "KR"}


@pytest.mark.parametrize(
    ("minutes", "kind"), [(2400, "FULL_TIME"), (2399, None), (2100, None), (2099, "PART_TIME"), (0, "PART_TIME")]
)
def test_between_part_and_full_time_nothing_is_said(minutes: int, kind: str | None) -> None:
    assert job_posting(posting(week_minutes=minutes), "", []).get("employmentType") == kind


PAY_KINDS = st.sampled_from(["hour", "day", "month", "year", "session", "piece", None])
WON = st.none() | st.integers(min_value=0, max_value=10**9)


@given(PAY_KINDS, WON, WON)
def test_a_salary_has_a_unit_and_an_amount_or_is_left_out(kind: str | None, low: int | None, high: int | None) -> None:
    salary = job_posting(posting(pay_kind=kind, pay_low=low, pay_high=high), "", []).get("baseSalary")
    assert (salary is None) == (kind in ("session", "piece", None) or not low)
    if salary:
        assert salary["value"]["unitText"] == str(kind).upper()
        assert ("value" in salary["value"]) != ("maxValue" in salary["value"])
