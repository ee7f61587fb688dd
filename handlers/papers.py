"""What goes on paper: the formal notice of a posting, a QR code with its title, a week's sheet for a notice board.

Each is a `File`: all that its maker in `bot.files` needs, as plain values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from locales import Translator
from storage.staff_tables import Facility

from .chat.cut import cut
from .chat.messages import File

# A notice is an office's letter: in Korean whatever its writer reads, and in the polite form that offices write.
FACTS = {
    "title": "모집 분야",
    "headcount": "모집 인원",
    "workplace": "근무지",
    "period": "근무 기간",
    "hours": "근무 시간",
    "pay": "급여",
    "target": "지원 자격",
    "foreigners": "외국인 지원",
    "closing": "접수 마감",
    "apply": "접수 방법",
}
LEAD = "아래와 같이 함께 일할 분을 모집합니다."
DUTIES = "하는 일"
CONTACT = "문의"
NEVER = "채용 과정에서 돈, 통장, 주민등록번호, 여권을 요구하지 않습니다. 요구받으면 바로 알려 주십시오."
NAMES_ITSELF = ("공고", "모집", "채용")  # a title that says so needs no more
LONGEST = 120  # characters of a title on a sheet


def notice(cells: Mapping[str, str], facility: Facility, number: int, day: date) -> File:
    """The notice of what a facility wrote, in the cells of a sheet (a Draft's Korean texts). `number` is that of the writing."""
    said = {name: " ".join(text.split()) for name, text in cells.items()}
    title = said.get("title", "")
    phone = said.get("phone") or facility.phone
    facts = [[label, said[name]] for name, label in FACTS.items() if said.get(name)]
    if not said.get("apply") and facility.apply:
        facts.append([FACTS["apply"], facility.apply])
    duties = [line for line in cells.get("duties", "").splitlines() if line.strip()]
    what = {
        "number": f"{facility.name} 공고 제{day.year}-{number}호",
        "heading": title if any(word in title for word in NAMES_ITSELF) else f"{title} 채용 공고",
        "lead": LEAD,
        "facts": facts,
        "body": [DUTIES, *duties] if duties else [],
        "day": f"{day.year}년 {day.month}월 {day.day}일",
        "facility": facility.name,
        "contact": [f"{CONTACT}: {text}" for text in (phone, facility.address) if text],
        "never": NEVER,
    }
    return File(f"채용공고 {title}", "notice", what)


def qr(t: Translator, title: str, url: str) -> File:
    """A code that leads to `url`, under its title in the reader's language."""
    return File(f"QR {title}", "qr", {"title": cut(title, LONGEST), "url": url, "language": t.code})


@dataclass(frozen=True, slots=True)
class Job:
    """A posting on a sheet: where its code leads (or nothing), and of each language its title and lines."""

    url: str
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the jobs of a sheet, in one language."""

    t: Translator
    place: str
    municipality: str
    week: str
    phone: str

    def plain(self) -> dict[str, str]:
        t = self.t
        how = t.t("Point your phone's camera at a code: it leads to the job and how to apply.")
        never = t.t("Dongne Ilgam never asks for money, bank books, registration numbers or passports.")
        return {
            "language": t.code,
            "name": t.t("Dongne Ilgam"),
            "run_by": t.t("Run by the {municipality} office · free", municipality=self.municipality),
            "title": t.t("Jobs this week · {place}", place=self.place),
            "week": self.week,
            "how": f"{how} {never}",
            "help": t.t("Help by phone: {phone}", phone=self.phone) if self.phone else "",
        }


def board(name: str, heads: Sequence[Head], jobs: Sequence[Job], made: datetime) -> File:
    """The sheet, in one or two languages."""
    shown: list[dict[str, Any]] = []
    for job in jobs:
        parts = [{"title": _short(title), "lines": list(lines)} for title, lines in job.parts]
        shown.append({"url": job.url, "parts": parts})
    return File(name, "board", {"heads": [head.plain() for head in heads], "jobs": shown, "made": made.isoformat()})


def _short(title: str) -> str:
    said = " ".join(title.split())
    return said if len(said) <= LONGEST else f"{cut(said, LONGEST)}…"
