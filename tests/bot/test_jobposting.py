"""JobPostings in pages of the web: JSON-LD and microdata, with the bad habits that were seen."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sources.jobposting import Jobposting
from bot.sources.source import SourceError
from tests.bot.apis import TODAY, drafts, mutated, page, sample, site, survives

SITE = site(Jobposting, urls=("https://www.hanbit.example.kr/jobs",))
JOB = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "주방 보조",
    "description": "&lt;p&gt;그릇을 씻습니다.&lt;/p&gt;&lt;p&gt;담당자: 홍길동 010-1234-5678&lt;/p&gt;",
    "identifier": {"@type": "PropertyValue", "name": "별빛식당", "value": "J1"},
    "datePosted": "2026-11-20",
    "validThrough": "2026-12-04T18:00",
    "employmentType": ["PART_TIME", "TEMPORARY"],
    "hiringOrganization": {"@type": "Organization", "name": "별빛식당"},
    "jobLocation": {
        "@type": "Place",
        "address": {"addressRegion": "광주광역시", "addressLocality": "광산구", "streetAddress": "월곡동 1"},
    },
    "baseSalary": {"currency": "KRW", "value": {"minValue": 11000, "maxValue": 12000, "unitText": "HOUR"}},
    "workHours": "월~금 09:00~13:00",
    "totalJobOpenings": 2,
    "educationRequirements": {"credentialCategory": "high school"},
    "experienceRequirements": {"monthsOfExperience": 12},
    "url": "/jobs/1",
}
MICRODATA = """<div itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">주차 <b>안내</b></h1>
<span itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
<span itemprop="name">별빛마트</span></span>
<div itemprop="jobLocation" itemscope><div itemprop="address" itemscope><span itemprop="addressRegion">경기도</span>
<span itemprop="addressLocality">용인시</span></div></div>
<meta itemprop="datePosted" content="2026-11-20"><time itemprop="validThrough" datetime="2026-12-04">12월 4일</time>
<div itemprop="description"><p>차를 안내합니다.</p></div><a itemprop="url" href="https://mart.example.kr/1">보기</a></div>"""


def html(*told: Any, more: str = "") -> bytes:
    blocks = "".join(
        f'<script type="application/ld+json">{json.dumps(one, ensure_ascii=False)}</script>' for one in told
    )
    head = '<link rel="canonical" href="https://www.hanbit.example.kr/jobs">'
    return f"<!DOCTYPE html><html><head>{head}{blocks}</head><body>{more}</body></html>".encode()


def test_each_page_is_a_list() -> None:
    assert SITE.url(SITE.sweeps(TODAY)[0], 1) == "https://www.hanbit.example.kr/jobs"


def test_what_json_ld_says() -> None:
    (draft,) = drafts(SITE, html(JOB))
    assert (draft.key, draft.title, draft.organisation, draft.sector) == ("J1", "주방 보조", "별빛식당", "private")
    assert draft.workplace == "광주광역시 광산구 월곡동 1"
    assert (draft.pay, draft.hours, draft.headcount) == ("시급 11,000원 ~ 12,000원", "월~금 09:00~13:00", "2")
    assert (draft.period, draft.target) == ("시간제 · 기간제", "high school · 경력 12개월")
    assert draft.closing == "2026-11-20 ~ 2026-12-04 18:00"
    assert draft.link == "https://www.hanbit.example.kr/jobs/1"
    assert draft.duties.startswith("그릇을 씻습니다.")
    assert "홍길동" not in repr(draft)


def test_what_microdata_says() -> None:
    (draft,) = drafts(SITE, html(more=MICRODATA))
    assert (draft.title, draft.organisation, draft.workplace) == ("주차 안내", "별빛마트", "경기도 용인시")
    assert (draft.closing, draft.link) == ("2026-11-20 ~ 2026-12-04", "https://mart.example.kr/1")
    assert draft.key == "https://mart.example.kr/1"
    assert draft.duties == "차를 안내합니다."


@pytest.mark.parametrize(
    "shape",
    [
        [JOB],
        {"@graph": [{"@type": "WebPage"}, JOB]},
        {"@type": "ItemList", "itemListElement": [{"item": JOB}]},
        {**JOB, "@type": ["Thing", "JobPosting"]},
    ],
)
def test_wherever_it_stands(shape: Any) -> None:
    assert len(drafts(SITE, html({"@type": "Organization"}, shape))) == 1


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        ({"currency": "", "value": {"value": 0, "unitText": ""}}, ""),
        ({"currency": "KRW", "value": {"value": "2,100,000", "unitText": "month"}}, "월급 2,100,000원"),
        ({"currency": "KRW", "value": "11000", "unitText": "HOUR"}, "시급 11,000원"),
        ({"currency": "USD", "value": {"value": 20, "unitText": "HOUR"}}, ""),
        ({"currency": "KRW", "value": {"value": 11000}}, ""),
        ("협의", ""),
        (None, ""),
    ],
)
def test_pay_only_where_it_is_said_in_won_with_its_unit(salary: Any, pay: str) -> None:
    assert drafts(SITE, html({**JOB, "baseSalary": salary}))[0].pay == pay


def test_bad_habits() -> None:
    odd = {
        **JOB,
        "employmentType": "eCommerce",
        "identifier": "R7",
        "jobLocation": "서울 강남구",
        "hiringOrganization": "별빛",
        "url": None,
    }
    (draft,) = drafts(SITE, html(odd))
    assert (draft.period, draft.key, draft.workplace, draft.organisation) == ("", "R7", "서울 강남구", "별빛")
    assert draft.link == "https://www.hanbit.example.kr/jobs"
    (draft,) = drafts(SITE, html({**JOB, "datePosted": "2021-2-8", "validThrough": ""}))
    assert draft.closing == ""
    raw = html(JOB).replace("그릇을".encode(), "그릇을\n".encode())
    assert len(drafts(SITE, raw)) == 1


def test_a_block_that_cannot_be_read_is_missed() -> None:
    told = page(
        SITE,
        html(JOB).replace(b"</head>", b'<script type="application/ld+json">{"@type": "JobPosting",</script></head>'),
    )
    assert (len(told.rows), told.lost) == (1, 1)


@pytest.mark.parametrize("body", [b"", b"<html></html>", html({"@type": "WebPage"}), b"{}", b"\xff\xfe", b"<", b"x"])
def test_a_page_without_any_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceError):
        page(SITE, body)


def test_a_recorded_block() -> None:
    (draft,) = drafts(SITE, html(json.loads(sample("jsonld/coupang_jobposting_2021.json"))))
    assert draft.title
    assert (draft.pay, draft.period) == ("", "")
    assert "<p>" not in draft.duties
    assert "&lt;" not in draft.duties


@given(mutated(html(JOB), html(more=MICRODATA)))
@settings(max_examples=150, deadline=None)
def test_no_broken_page_raises_more_than_our_error(body: bytes) -> None:
    survives(SITE, body)
