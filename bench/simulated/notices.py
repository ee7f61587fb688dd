"""What two sources tell in those days: notices at office hours that change, close and are told by both."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.draft import Draft
from handlers.matching import OCCUPATIONS
from handlers.pace import SEOUL

TITLES = {
    "kitchen_helper": "경로당 급식 도우미",
    "library_assistant": "작은도서관 책 정리",
    "cleaner": "복지관 청소 미화",
    "park_maintenance": "공원 화단 정비",
    "childcare_helper": "초등 돌봄 보조",
    "office_assistant": "행정 보조",
    "security_guard": "시설 경비",
    "driver": "셔틀 버스 기사",
}
OCCUPATIONS_TOLD = [OCCUPATIONS[key] for key in TITLES]
WORDS = ("도서관", "청소", "급식", "버스", "주말", "없는 말")
EMPLOYERS = ("광산구노인복지관", "한빛초등학교", "첨단도서관", "광산구시설관리공단", "무등산업", "새봄어린이집")
PAYS = ("시급 10,320원", "시급 11,000원", "시급 12,500원", "월 2,100,000원", "")
HOURS = ("월~금 09:00~12:00", "월~금 09:00~18:00", "토·일 10:00~16:00", "월~금 18:00~22:00", "")
PERIODS = ("2026-12-01~2026-12-31", "2027-01-04~2027-06-30", "2026-12-05", "")
SOURCES = ("board", "portal")


@dataclass(frozen=True, slots=True)
class Telling:
    """At a minute of the simulation a source tells something; `gone` drafts take it away."""

    minute: int
    source: str
    draft: Draft


def tellings(chance: random.Random, start: datetime, days: int, a_day: int, dongs: Sequence[str]) -> Iterator[Telling]:
    """About `a_day` new notices on workdays and a fifth of it at weekends, in the order of their making."""
    for day in range(days):
        morning = (start.astimezone(SEOUL) + timedelta(days=day)).replace(hour=0, minute=0)
        opens = int((morning - start).total_seconds()) // 60
        for n in range(a_day if morning.weekday() < 5 else a_day // 5):
            minute = opens + chance.choices((9, 10, 11, 14, 16, 18, 22, 5), (20, 20, 15, 15, 15, 8, 4, 3))[0] * 60
            minute += chance.randrange(0, 60, 10)
            if minute <= 0:
                continue
            told = draft(chance, f"{day}-{n}", morning, dongs)
            source = chance.choice(SOURCES)
            yield Telling(minute, source, told)
            if chance.random() < 0.15:  # the other source tells it too, a little later
                other = SOURCES[1 - SOURCES.index(source)]
                yield Telling(minute + chance.choice((10, 60, 600)), other, replace(told, key=f"x{told.key}"))
            if chance.random() < 0.15:
                later = replace(told, pay="시급 13,000원", duties=f"{told.duties} 조건이 바뀌었습니다.")
                yield Telling(minute + chance.choice((20, 300, 1500)), source, later)
            if chance.random() < 0.2:
                yield Telling(minute + chance.choice((10, 120, 900, 3000)), source, replace(told, gone=True))


def draft(chance: random.Random, key: str, morning: datetime, dongs: Sequence[str]) -> Draft:
    title = chance.choice(list(TITLES.values()))
    closes = morning + timedelta(days=chance.choice((1, 2, 4, 7, 10)))
    near = chance.random() < 0.9  # the others are known to their district only
    return Draft(
        key,
        f"{title} {key} 모집",
        f"{chance.choice(EMPLOYERS)} {key}",
        kind=chance.choices(("job", "course"), (9, 1))[0],
        sector=chance.choice(("public", "private")),
        workplace=f"광주광역시 광산구 {chance.choice(dongs)}" if near else "광주광역시 광산구",
        pay=chance.choice(PAYS),
        hours=chance.choice(HOURS),
        period=chance.choice(PERIODS),
        closing=chance.choices((f"{closes:%Y-%m-%d}", "채용 시까지"), (8, 2))[0],
        foreigners=chance.choice(("", "", "가능", "불가")),
        target=chance.choice(("", "", "65세 이상", "대학생")),
        duties=chance.choice(("책을 정리합니다.", "주말에 청소합니다.", "급식을 돕습니다.", "")),
    )
