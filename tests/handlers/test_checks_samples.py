"""Checks over recorded notices of others: nothing lawful is blocked. Without the recordings these tests are skipped."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.checks import check
from handlers.checks.words import SENTENCES
from handlers.draft import Draft

SAMPLES = Path(__file__).parents[3] / "shared/samples"
SYNTHETIC = Path(__file__).parents[3] / "shared/domain/postings_synthetic.csv"

pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the recordings are not here")


def texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield re.sub("<[^>]+>", " ", told)
    for one in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from texts(one)


def test_no_words_of_recorded_notices_are_blocked() -> None:
    """Read by eye: none of them asks what may not be asked; one prefers women in a programme for disabled people."""
    read = 0
    for path in sorted(SAMPLES.glob("*/*.json")):
        for text in texts(json.loads(path.read_text(encoding="utf-8"))):
            for at in range(0, len(text), 1800):
                read += 1
                found = check(Draft("1", "-", "-", duties=text[at : at + 2000]), date(2026, 8, 7))
                assert not [str(one) for one in found if one.rule in SENTENCES and one.level == "block"], path.name
    assert read > 3000


def test_recorded_rows_of_work24_pay_enough_but_for_rounding() -> None:
    lines = (SAMPLES / "work24/gangnam_257_2026-08-07.csv").read_text(encoding="utf-8-sig").splitlines()
    for row in csv.DictReader(lines):
        words = {"pay": row["annual_salary"], "hours": row["working_condition"], "workplace": row["location"]}
        found = check(Draft("1", row["position_title"], row["company_name"], **words), date(2026, 8, 7))  # type: ignore[arg-type]
        assert not [str(one) for one in found if one.level == "block"], row["position_title"]


def test_only_the_faulty_ones_of_the_invented_postings_are_blocked() -> None:
    blocked = {}
    for row in csv.DictReader(SYNTHETIC.read_text(encoding="utf-8").splitlines()):
        words = {"pay": row["pay"], "hours": row["hours"], "period": row["period"], "target": row["target"]}
        words |= {"closing": row["apply-by"], "duties": row["description"], "workplace": row["address"]}
        told = Draft(row["id"], row["title"], row["organisation"], headcount=row["headcount"], **words)  # type: ignore[arg-type]
        if rules := {one.rule for one in check(told, date(2026, 11, 24)) if one.level == "block"}:
            blocked[row["id"]] = rules
    assert blocked == {
        "SYN-037": {"wage", "sex", "looks"},
        "SYN-038": {"employer", "registration_number", "origin", "family"},
    }
