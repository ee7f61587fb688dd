"""Titles become occupations of the glossary, or None when unsure."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers
from handlers.matching import OCCUPATIONS
from handlers.occupations import by_code, occupation

DOMAIN = Path(__file__).parents[2] / "../shared/domain"


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("작은도서관 책 정리·대출 도우미", "library_assistant"),
        ("도서관 청소원 채용", "cleaner"),  # the work, not the place
        ("청소년 문화의집 안내", None),
        ("지역아동센터 저녁 돌봄 보조 선생님", "childcare_helper"),
        ("노인 맞춤 돌봄 도우미", None),
        ("다함께돌봄센터 학습 도우미", "learning_tutor"),
        ("결혼이민자 통번역지원사(베트남어)", "interpreter"),
        ("복지관 경로식당 주방 보조", "kitchen_helper"),
        ("지역아동센터 급식 도우미", "kitchen_helper"),
        ("마을 공동 급식 조리원", "cook"),
        ("산후조리원 간호사", None),
        ("공원 풀 뽑기·환경정비 단기 참여자", "park_maintenance"),
        ("등하교 교통안전 도우미", "school_traffic_guide"),
        ("공영주차장 주차 안내", "parking_guide"),
        ("아파트 경비원 모집", "security_guard"),
        ("출장 경비 정산 담당", None),
        ("복지관 셔틀버스 운전원", "driver"),
        ("행사 안내 보조", "event_staff"),
        ("아동안전지킴이집 서류 정리", "office_assistant"),
        ("수영장 안전요원", "safety_staff"),
        ("물류센터 수동 포장(단기)", "packer"),
        ("물류센터 상하차", "logistics"),
        ("건설현장 정리 보조", "construction_helper"),
        ("재가 요양보호사", "caregiver"),
        ("무인민원발급기·키오스크 안내", None),
        ("실버 카페 바리스타", None),
        ("", None),
    ],
)
def test_titles(title: str, key: str | None) -> None:
    assert occupation(title) == key


def test_a_further_text_helps_only_where_it_names_one_occupation() -> None:
    assert occupation("직원 채용", "사무 보조원(공공기관)") == "office_assistant"
    assert occupation("직원 채용", "청소, 경비, 운전") is None
    assert occupation("경비원", "청소") == "security_guard"


# The 40 examples, each decided by eye.
SYNTHETIC = {
    **dict.fromkeys((1, 4, 5, 20, 25, 29), "library_assistant"),
    **dict.fromkeys((2, 14), "childcare_helper"),
    **dict.fromkeys((6, 7), "interpreter"),
    **dict.fromkeys((8, 30), "kitchen_helper"),
    **dict.fromkeys((27, 28, 38), "office_assistant"),
    9: "cleaner",
    10: "school_traffic_guide",
    11: "park_maintenance",
    12: "event_staff",
    13: "learning_tutor",
    21: "driver",
    23: "cook",
    34: "packer",
    35: "construction_helper",
}


@pytest.mark.skipif(not DOMAIN.exists(), reason="the examples are not here")
def test_the_examples() -> None:
    with (DOMAIN / "postings_synthetic.csv").open(encoding="utf-8", newline="") as lines:
        found = {int(row["id"].removeprefix("SYN-")): occupation(row["title"]) for row in csv.DictReader(lines)}
    assert len(found) == 40
    assert {number: key for number, key in found.items() if key} == SYNTHETIC


@given(st.text(max_size=400))
def test_no_title_makes_it_raise(title: str) -> None:
    key = occupation(title, title)
    assert key is None or key in OCCUPATIONS


def test_every_occupation_of_the_glossary_can_be_named() -> None:
    words = (
        "사서, 아이돌봄, 학습지도, 주방보조, 조리사, 청소, 경비, 주차, 교통안전, 사무보조, 통역, 요양보호사, 사회복지사, "
        "운전, 환경정비, 포장, 상하차, 농장, 생산직, 서빙, 행사보조, 조사원, 안전요원, 자료입력, 건설현장"
    )
    assert {occupation(word) for word in words.split(", ")} == set(OCCUPATIONS)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("work24 561101 건물 청소원", "cleaner"),
        ("work24 561101", "cleaner"),
        ("work24 561105 세차원", None),  # within cleaning, but none of ours
        ("work24 622904", None),
        ("work24 550103 시설 요양보호사", "caregiver"),
        ("work24 550101 간병인", None),
        ("work24 231104 방과후 교사", "learning_tutor"),
        ("work24 024400 행사 기획자", None),
        ("work24 561101 사서", None),  # renumbered: the name means something else
        ("work24 5", None),
        ("seoul J01302 건물 청소원", None),  # no table of these codes
        ("work24", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_code_is_known_by_its_longest_row_and_believed_unless_its_name_contradicts(
    said: str, key: str | None
) -> None:
    assert by_code(said) == key


def test_every_row_of_the_codes_is_one_of_the_glossary_and_its_name_does_not_contradict() -> None:
    lines = (Path(handlers.__file__).parent / "tables/occupation_codes.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert len({(row["table"], row["code"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["version"]
        if row["occupation"]:
            assert row["occupation"] in OCCUPATIONS
            assert by_code(f"{row['table']} {row['code']} {row['name']}") == row["occupation"], row


def test_recorded_names_of_codes_agree_with_ours() -> None:
    recorded = Path(__file__).parents[3] / "shared/samples/codes/work24_occupation.csv"
    if not recorded.exists():
        pytest.skip("the recorded codes are not here")
    names = {row["code"]: row["name"] for row in csv.DictReader(recorded.read_text(encoding="utf-8").splitlines())}
    known = {code: by_code(f"work24 {code}") for code in names if len(code) == 6}
    assert sum(key is not None for key in known.values()) > 60
    for code, key in known.items():
        if key:
            named = occupation(names[code])
            assert named in (None, key) or by_code(f"work24 {code} {names[code]}") in (None, key), (code, names[code])
