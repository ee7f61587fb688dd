"""Which of the glossary's occupations a posting is: by its source's code, else by Korean words of its title; None when unsure."""

import csv
import re
from functools import cache
from importlib.resources import files

# In order of priority: the work comes before the place where it is done (도서관 청소 is cleaning, 물류센터 포장 is packing).
_WORDS = {
    "interpreter": r"통\s?번역|통역|번역",
    "caregiver": r"요양\s?보호사",
    "social_worker": r"사회\s?복지사",
    "kitchen_helper": r"(?:주방|조리|식당|급식)\s?(?:보조|도우미|이모)|조리\s?보조|배식|설거지|식기\s?세척",
    "cook": r"(?<!산후)(?<!산후 )조리원|조리사|조리\s?실무|주방장|찬모|(?<!흑백)요리사",
    "school_traffic_guide": r"교통\s?안전|교통\s?지도|등\s?하교|등하굣길|등굣길|스쿨존|녹색\s?어머니",
    "parking_guide": r"주차",
    "security_guard": r"경비(?!\s?(?:정산|처리|지급|청구|절감))|보안\s?(?:요원|직|직원|대원)",
    "cleaner": r"청소(?!년)|미화|객실\s?정비|룸\s?메이드",
    "safety_staff": r"안전\s?(?:요원|관리원|지킴이(?!집)|도우미)|인명\s?구조|라이프\s?가드",
    "park_maintenance": r"환경\s?정비|공원\s?(?:관리|정비|가꾸|지킴이)|풀\s?(?:뽑기|베기)|[제예]초|가로수(?!\s?길)|화단|녹지",
    "driver": r"운전(?!\s?(?:면허|가능|경력))|(?:버스|승합차?|택시|화물|트럭|덤프|배송)\s?기사",
    "data_entry": r"(?:자료|데이터|전산|DB)\s?(?:입력|라벨링)|타이핑",
    "survey_worker": r"조사원|통계\s?조사|실태\s?조사|설문",
    "event_staff": r"(?:행사|축제|이벤트|공연)\s?(?:안내|보조|진행|도우미|운영|지원|스태프|스탭|요원)",
    "construction_helper": r"건설\s?(?:현장|보조|일용|노무|인부|단순)|공사\s?현장|현장\s?(?:잡부|인부)|철근|형틀|비계공",
    "learning_tutor": r"학습\s?(?:도우미|지도|보조|멘토|튜터|지원)|기초\s?학력|방과\s?후\s?(?:교사|강사|지도|학습)|튜터|숙제",
    "childcare_helper": (
        r"아이\s?돌[봄보]|돌봄\s?(?:보조|교사|선생|도우미|전담|인력)|보육|등하원|베이비\s?시터"
        r"|(?:어린이집|유치원|영유?아).*교사"
    ),
    "office_assistant": (
        r"행정\s?(?:보조|사무|체험|지원(?!\s?센터)|도우미|업무|인턴)|(?<!회계)(?<!법무)사무\s?(?:보조|원|직|행정)|(?:서류|문서)\s?정리"
    ),
    "farm_work": r"농장|농작업|농가\s?일손|농촌\s?일손|과수원|수확|모종|하우스\s?작업|축사|영농",
    "factory_work": (
        r"생산직|생산\s?(?:라인|원|사원|부|자|직원|업무|현장)|제조(?:원|직|\s?및\s?가공|\s?현장)"
        r"|조립|공장\s?(?:직|일|생산|현장)|사출|프레스\s?공"
    ),
    "packer": r"포장(?!\s?(?:공사|도로))",
    "logistics": r"상\s?하차|물류|창고|하역|적재|지게차|피킹|입출고",
    "server": r"^(?!.*주방).*(?:서빙|홀\s?(?:서빙|직원|담당|알바)|식당\s?홀)",
    "library_assistant": r"도서관|사서|서가|책방|책\s?정리|도서\s?(?:정리|대출)",
}
_TABLE = {key: re.compile(words) for key, words in _WORDS.items()}
# Caring for children is not caring for these.
_ELDERLY = re.compile(r"노인|어르신|장애|환자|요양|치매|간병|경로")
_LONGEST = 300


def by_code(said: str) -> str | None:
    """The key that a source's code stands for, said as "table code name"; None for an unknown one.

    The longest row of `tables/occupation_codes.csv` that the code begins with counts. Tables are renumbered from time to time
    (Work24's was between June 2024 and September 2025), so a code whose name means another occupation is not believed.
    """
    table, code, *name = (*said.split(" ", 2), "")[:3]
    rows = _codes().get(table, {})
    row = next((rows[code[:length]] for length in range(len(code), 0, -1) if code[:length] in rows), "")
    named = _named("".join(name))
    return row if row and (not named or row in named) else None


@cache
def _codes() -> dict[str, dict[str, str]]:
    """The occupations by table and code; empty for a code that is none of ours within a group that is."""
    lines = files("handlers").joinpath("tables/occupation_codes.csv").read_text(encoding="utf-8").splitlines()
    tables: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(lines):
        tables.setdefault(row["table"], {})[row["code"]] = row["occupation"]
    return tables


def class_name(said: str) -> str:
    """The name in "table code name"."""
    return said.split(" ", 2)[2] if said.count(" ") > 1 else ""


def occupation(title: str, *more: str) -> str | None:
    """The key of the occupation in a title; where it names none, the one that a further text names alone, tried in order."""
    named = _named(title)
    if named:
        return named[0]
    for text in more:
        named = _named(text)
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _named(text: str) -> list[str]:
    text = text[:_LONGEST]
    keys = [key for key, words in _TABLE.items() if words.search(text)]
    if "childcare_helper" in keys and _ELDERLY.search(text):
        keys.remove("childcare_helper")
    return keys
