"""May foreign residents apply: the table of phrases, columns about foreigners, and free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.eligibility import Eligibility
from handlers.text import foreigners

TABLE = Eligibility.load()
ALL_F = ("F-2", "F-4", "F-5", "F-6")


@pytest.mark.parametrize(
    ("text", "answer", "statuses"),
    [
        ("가능", "yes", ()),
        ("외국인 지원 가능", "yes", ()),
        ("가능(취업 가능한 체류자격)", "yes", ()),
        ("가능(외국인등록·거소신고한 광산구민)", "yes", ()),
        ("가능(F-4 가능 — 2026.2.12.부터 수동 포장원 허용)", "yes", ()),
        ("국적 무관", "yes", ()),
        ("불가", "no", ()),
        ("불가(사업 지침상 국적 요건)", "no", ()),
        ("내국인만", "no", ()),
        ("외국인 지원 불가", "no", ()),
        ("", "unknown", ()),
        ("문의", "unknown", ()),
        ("F-4 불가", "unknown", ()),  # the others are not named
        ("가능(F-4 제외)", "unknown", ()),
        ("가능(F-2, F-5, F-6)", "listed", ("F-2", "F-5", "F-6")),
        ("가능(F-2·F-4·F-5·F-6)", "listed", ALL_F),
        ("가능(F-2, F-5, F-6 또는 귀화자)", "listed", ("F-2", "F-5", "F-6")),
        ("가능(F-2·F-4·F-5·F-6, D-2 허가자)", "listed", ("D-2", *ALL_F)),
        ("F‑2, F2, F - 5 비자", "listed", ("F-2", "F-5")),
        ("F-4 불가(단순노무 제한 직업), F-2·F-5·F-6 가능", "listed", ("F-2", "F-5", "F-6")),
        ("F-2, F-4(단순노무 제외), F-5", "listed", ("F-2", "F-5")),
        ("F-4 가능, D-2·D-4 불가", "listed", ("F-4",)),
        ("결혼이민자·영주권자(F-5·F-6) 가능, 그 밖의 외국인 불가", "listed", ("F-5", "F-6")),
        ("결혼이민자 및 영주권자 가능", "listed", ("F-5", "F-6")),
        ("D-2는 시간제취업 허가 후 가능", "listed", ("D-2",)),
        ("외국인 유학생 포함(시간제취업 허가 필요)", "listed", ("D-2", "D-4")),
        ("E-9, H-2, D-10 가능", "listed", ("D-10", "E-9", "H-2")),
        ("F비자 소지자", "listed", ("F",)),
    ],
)
def test_a_column_about_foreigners(text: str, answer: str, statuses: tuple[str, ...]) -> None:
    read = TABLE.read_column(text)
    assert (read.answer, read.statuses) == (answer, statuses)


@pytest.mark.parametrize(
    ("text", "answer", "statuses"),
    [
        ("만 18세 이상 광산구민(외국인등록·거소신고 포함)", "yes", ()),
        ("공고일 현재 주민등록 또는 외국인등록된 만 18세 이상", "yes", ()),
        ("대한민국 국적을 가진 자", "no", ()),
        ("결혼이민자로 한국 거주 2년 이상, TOPIK 4급 이상", "listed", ("F-6",)),
        ("재외동포 지원 가능", "listed", ("F-4",)),
        ("한국어 의사소통 가능", "unknown", ()),
        ("만 18세 이상 광산구민", "unknown", ()),
        ("고려인 역사에 관심 있는 분, 러시아어 가능자 우대", "unknown", ()),  # what the work is about
        ("결혼이민자·가족 통역과 번역, 상담 연계", "unknown", ()),
        ("결혼이민자 우대", "unknown", ()),  # preferred, not required
        ("F-6 우대", "unknown", ()),
        ("국적 요건 없음", "unknown", ()),
        ("외국인 가능, 다만 국적 요건 있음", "unknown", ()),  # contradicts itself
        ("공고일 현재 광산구에 주민등록이 되어 있는 만 18세 이상", "unknown", ()),
    ],
)
def test_free_text(text: str, answer: str, statuses: tuple[str, ...]) -> None:
    read = TABLE.read(text)
    assert (read.answer, read.statuses) == (answer, statuses)
    assert foreigners(text, TABLE.phrases) == read


@given(
    st.lists(st.sampled_from(ALL_F), min_size=1, unique=True),
    st.sampled_from([", ", "·", "/", " "]),
    st.sampled_from("-‐‑– "),
)
def test_every_way_to_list_statuses_reads_back(statuses: list[str], between: str, dash: str) -> None:
    words = between.join(status.replace("-", dash.strip()) for status in statuses)
    for text in (f"가능({words})", f"{words} 가능", f"{words} 비자 소지자"):
        read = TABLE.read_column(text)
        assert (read.answer, read.statuses) == ("listed", tuple(sorted(statuses)))


@given(
    st.text(st.sampled_from("FDEH-124569(),·. 가능불가외국인결혼이민자우대국적문의\n") | st.characters(), max_size=60)
)
def test_no_text_makes_it_raise_and_statuses_stand_only_in_lists(text: str) -> None:
    for read in (TABLE.read(text), TABLE.read_column(text)):
        assert bool(read.statuses) == (read.answer == "listed")
