"""A facility's sheet to drafts: finds the header by its many names, reads row by row, and says which rows it could not read."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from locales import Translator

from .checks import Finding, blocked
from .draft import Draft, key_of
from .sheet_header import find
from .sheet_table import SheetError, table
from .text import mask, parse_closing, states_nothing

__all__ = ["Fault", "Sheet", "SheetError", "read_sheet", "template"]

# What columns are called in sheets, the better names first; compared without spaces, brackets and case.
# The first is the name we print.
COLUMNS = {
    # Not 연번, 순번 and No.: those count the rows, and would give a posting another's name once a row is taken out.
    "id": ("번호", "관리번호", "공고번호", "id"),
    "title": (
        "공고명",
        "제목",
        "공고제목",
        "모집분야",
        "채용명",
        "일자리명",
        "사업명",
        "직무",
        "모집직종",
        "title",
        "jobtitle",
        "position",
    ),
    "organisation": (
        "기관",
        "기관명",
        "시설명",
        "시설",
        "기관시설",
        "업체명",
        "회사명",
        "근무기관",
        "채용기관",
        "organisation",
        "organization",
        "facility",
        "employer",
        "company",
    ),
    "sector": ("구분", "공공민간", "시설유형", "facilitytype", "sector"),
    "workplace": (
        "근무지",
        "주소",
        "근무장소",
        "근무지역",
        "근무지주소",
        "소재지",
        "장소",
        "address",
        "workplace",
        "location",
        "place",
    ),
    "pay": (
        "급여",
        "임금",
        "시급",
        "보수",
        "급여조건",
        "활동비",
        "활동수당",
        "일급",
        "월급",
        "연봉",
        "pay",
        "wage",
        "salary",
        "hourlywage",
        "monthlypay",
    ),
    "hours": ("근무시간", "시간", "근로시간", "근무요일및시간", "근무요일시간", "활동시간", "hours", "workinghours"),
    "period": ("근무기간", "기간", "계약기간", "활동기간", "채용기간", "period", "workperiod"),
    "headcount": ("모집인원", "인원", "채용인원", "선발인원", "headcount", "openings"),
    "target": (
        "자격",
        "대상",
        "지원자격",
        "자격요건",
        "모집대상",
        "응시자격",
        "신청자격",
        "target",
        "requirements",
        "qualifications",
    ),
    "foreigners": ("외국인", "외국인가능", "외국인가능여부", "외국인지원", "foreigners", "foreignereligible"),
    "closing": (
        "마감",
        "접수마감",
        "마감일",
        "접수기간",
        "모집기간",
        "지원마감",
        "신청기한",
        "접수기한",
        "applyby",
        "closing",
        "closingdate",
        "deadline",
    ),
    "duties": (
        "하는일",
        "내용",
        "업무",
        "업무내용",
        "담당업무",
        "직무내용",
        "활동내용",
        "description",
        "duties",
        "비고",
    ),
    "apply": ("접수방법", "지원방법", "신청방법", "제출방법", "howtoapply", "apply"),
    "phone": ("전화", "문의", "문의처", "연락처", "전화번호", "담당전화", "phone", "telephone", "contact"),
    "link": ("링크", "url", "공고주소", "공고링크", "홈페이지", "누리집", "link"),
}

EXAMPLE = "(보기)"
LONGEST_ID = 200  # characters; a database's index takes no more than 2,700 bytes
LONGEST, TEXT = {"title": 300, "organisation": 200}, 4000  # characters that are kept


@dataclass(frozen=True, slots=True)
class Fault:
    """A row (as numbered in the sheet) that was left out, and why, in Korean and English.

    `lost`: it may be a posting that was told before; otherwise the row says nothing of its own.
    """

    row: int
    reason: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """`complete`: nothing is lost, so what is no longer there has been taken away. A row that may not be shown is `gone`."""

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]

    @property
    def complete(self) -> bool:
        return not any(fault.lost for fault in self.faults)


def read_sheet(
    data: bytes, name: str, today: date, *, example: bool = False, korean: Translator | None = None
) -> Sheet:
    """The drafts of a sheet. SheetError where nothing in it can be trusted.

    What the checks block is told by row with its reason, in English, and in Korean too where that translator is given.
    """
    rows = table(data, name)
    header = find(rows, COLUMNS)
    at = header.at
    cut = data[:2] != b"PK" and data[-1:] not in (b"\n", b"\r")
    drafts: dict[str, Draft] = {}
    faults = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = header.cells(row)
        if not any(cells.values()):
            continue
        if reason := _fault(cells, today):
            faults.append(Fault(number, reason))
        elif cut and number == len(rows) and len(row) < len(rows[at]):
            faults.append(Fault(number, "줄이 중간에 끊겼어요 (the row breaks off where the file ends)"))
        elif (draft := _draft(cells, example)).key in drafts:
            faults.append(Fault(number, "같은 공고가 위에 또 있어요 (the same posting stands above)", lost=False))
        elif why := () if draft.example else blocked(draft, today):
            faults.append(Fault(number, " ".join(_reason(one, korean) for one in why), lost=False))
            drafts[draft.key] = replace(draft, gone=True)
        else:
            drafts[draft.key] = draft
    return Sheet(tuple(drafts.values()), tuple(faults))


def _reason(finding: Finding, korean: Translator | None) -> str:
    english = f"{finding}; {finding.source}" if finding.source else f"{finding}"
    return f"{finding.sentence(korean)} ({english})" if korean else english


def _fault(cells: dict[str, str], today: date) -> str:
    if not cells.get("title"):
        return "공고명이 비어 있어요 (no title)"
    if not re.search(r"[^\W\d_]", cells["title"]):
        return "공고명에 글자가 없어요 (the title has no letters)"
    if not cells.get("organisation") or cells["organisation"] == "(기관명 없음)":
        return "기관이 비어 있어요 (no organisation)"
    closing = cells.get("closing", "")
    if closing and not states_nothing(closing) and parse_closing(closing, today) is None:
        return f"마감을 읽을 수 없어요: {mask(closing)[:40]} (closing date not understood)"
    return ""


def _draft(cells: dict[str, str], example: bool) -> Draft:
    given: dict[str, Any] = {
        column: cells.get(column, "")[: LONGEST.get(column, TEXT)]
        for column in COLUMNS
        if column not in ("id", "sector")
    }
    sector = "private" if re.search("민간|private|기업", cells.get("sector", "")) else "public"
    given["phone"] = _phone(given["phone"])
    id = cells.get("id", "")
    key = (id if len(id) <= LONGEST_ID else key_of(id)) or key_of(
        given["title"], given["organisation"], given["workplace"]
    )
    shown = example or given["title"].startswith(EXAMPLE)  # an example of the template that was left standing
    return Draft(key=key, sector=sector, example=shown, **given)


def _phone(text: str) -> str:
    """A number that a spreadsheet took for one has lost its leading nought."""
    digits = re.sub(r"\D", "", text)
    return f"0{digits}" if re.fullmatch(r"[1-9]\d{7,9}", text) and not digits.startswith(("15", "16", "18")) else text


def template() -> bytes:
    """An XLSX with the columns, two example rows and notes on how to fill it in."""
    from .sheet_template import make

    return make({column: names[0] for column, names in COLUMNS.items()})
