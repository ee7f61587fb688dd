"""A posting as schema.org's JobPosting, for search engines (developers.google.com/search/docs/appearance/structured-data)."""

from typing import Any

from storage.area_tables import Area
from storage.tables import Posting

UNIT = {"hour": "HOUR", "day": "DAY", "month": "MONTH", "year": "YEAR"}  # a session and a piece have no word there
FULL_TIME = 40 * 60  # minutes a week: the legal full week (Labour Standards Act, art. 50)
PART_TIME = 35 * 60  # below it nobody counts a job as full; what lies between is not said


def job_posting(posting: Posting, description: str, areas: list[Area], url: str = "") -> dict[str, Any]:
    """Only what is known. `areas` lead from the workplace outwards; `description` is what the page says in words."""
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": posting.title,
        "description": description,
        "identifier": {"@type": "PropertyValue", "name": posting.organisation, "value": str(posting.id)},
        "datePosted": posting.created_at.date().isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": posting.organisation},
        "jobLocation": {"@type": "Place", "address": _address(posting, areas)},
        "directApply": False,
    }
    if posting.closes_at is not None:
        data["validThrough"] = posting.closes_at.isoformat()
    if posting.week_minutes is not None and not PART_TIME <= posting.week_minutes < FULL_TIME:
        data["employmentType"] = "FULL_TIME" if posting.week_minutes >= FULL_TIME else "PART_TIME"
    if posting.headcount:
        data["totalJobOpenings"] = posting.headcount
    if salary := _salary(posting):
        data["baseSalary"] = salary
    return {**data, "url": url} if url else data


def _address(posting: Posting, areas: list[Area]) -> dict[str, str]:
    names = {area.level: area.name_ko for area in reversed(areas)}
    known = {
        "streetAddress": posting.facts.get("workplace", "") or names.get("emd", ""),
        "addressLocality": names.get("sigungu", ""),
        "addressRegion": names.get("sido", ""),
    }
    return {"@type": "PostalAddress", "addressCountry": "KR", **{key: name for key, name in known.items() if name}}


def _salary(posting: Posting) -> dict[str, Any] | None:
    unit, low, high = UNIT.get(posting.pay_kind or ""), posting.pay_low, posting.pay_high
    if unit is None or not low:
        return None
    amount = {"minValue": low, "maxValue": high} if high and high != low else {"value": low}
    value = {"@type": "QuantitativeValue", **amount, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": "KRW", "value": value}
