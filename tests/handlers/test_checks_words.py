"""Words that may not stand in a posting, and lawful ones that look like them; the sentences are our own."""

from datetime import date

import pytest

from handlers.checks import check, words
from handlers.checks.words import SENTENCES
from handlers.draft import Draft
from locales import Catalogs

TODAY = date(2026, 11, 24)
FORBIDDEN = [
    ("30세 이하만 지원해 주세요", "age"),
    ("만 20세 ~ 만 45세", "age"),
    ("만 65세 이하인 사람", "age"),
    ("20~30대 환영", "age"),
    ("40대 이하 우대", "age"),
    ("젊은 분을 찾습니다", "age"),
    ("나이 제한 있음(50세 미만)", "age"),
    ("1990년 이후 출생자 지원 가능", "age"),
    ("만 50세 이상", "age_from"),
    ("여성만 지원 가능", "sex"),
    ("남자분 구합니다", "sex"),
    ("남성에 한함", "sex"),
    ("성별: 여자", "sex"),
    ("30세 이하 여성, 경력 무관", "sex"),
    ("여직원 모집", "sex"),
    ("주부사원 모집", "sex"),
    ("주방 아주머니 구함", "sex"),
    ("여성 우대", "sex_preferred"),
    ("남자 선호", "sex_preferred"),
    ("용모 단정한 분", "looks"),
    ("외모 단정, 친절한 분", "looks"),
    ("키 165cm 이상", "looks"),
    ("신장 170 이상인 자", "looks"),
    ("몸무게 60kg 이하", "looks"),
    ("키 큰 분 우대", "looks"),
    ("이력서에 키와 몸무게를 적어 주세요", "looks"),
    ("예쁜 알바 구해요", "looks"),
    ("미혼 여성 우대", "marital"),
    ("미혼자만 지원", "marital"),
    ("결혼 여부를 적어 주세요", "marital"),
    ("기혼자 제외", "marital"),
    ("임산부 지원 불가", "pregnancy"),
    ("출신 지역을 적어 주세요", "origin"),
    ("이력서에 본적 기재", "origin"),
    ("호남 출신 제외", "origin"),
    ("조선족 사절", "ethnicity"),
    ("기독교인 우대", "religion"),
    ("세례교인만 지원", "religion"),
    ("종교: 천주교", "religion"),
    ("가족사항을 적어 주세요", "family"),
    ("부모님 직업을 쓰는 칸이 있습니다", "family"),
    ("재산 사항 기재", "family"),
    ("장애인 지원 불가", "disability"),
    ("노조에 가입하지 않은 분", "union"),
    ("명문대 출신 환영", "school"),
    ("사진 첨부 필수", "photo"),
    ("주민등록번호를 적어 주세요", "registration_number"),
    ("외국인등록번호를 문자로 보내 주세요", "registration_number"),
    ("주민번호 기재 필수", "registration_number"),
    ("신분증을 찍어서 카톡으로 보내 주세요", "card"),
    ("통장을 빌려 주시면 하루 10만 원", "bank"),
    ("체크카드와 비밀번호를 맡겨 주세요", "bank"),
    ("계좌 비밀번호 확인", "bank"),
    ("지원할 때 통장 사본 제출", "bank_book"),
    ("가입비 3만원 입금 후 시작", "money"),
    ("교육비 본인 부담", "money"),
    ("유니폼비 납부", "money"),
    ("물품을 먼저 구매하셔야 활동할 수 있어요", "money"),
    ("현금 수거 알바, 고수익 보장", "courier"),
    ("텔레그램으로만 연락 주세요", "courier"),
]
LAWFUL = [
    "만 18세 이상 광산구민",
    "만 60세 이상(노인일자리 및 사회활동 지원사업)",
    "노인일자리 공익활동 참여자, 만 65세 이상 기초연금 수급자",
    "청년인턴: 만 19세~39세 청년",
    "신중년 경력형 일자리, 50세~69세",
    "만 60세 이상 광산구민 우선",
    "나이 제한 없음",
    "연령, 성별 무관",
    "정년 만 60세 미만인 사람",
    "3~5세 아동 돌봄",
    "초등학생(7세~12세) 돌봄교실",
    "65세 이상 1일 3시간",
    "20대부터 60대까지 함께 일해요",
    "경력단절여성 우대(여성새로일하기센터)",
    "여성회관 안내 데스크",
    "여성의류 매장 정리",
    "여탕 청소, 여성만 지원 가능",
    "성폭력피해자 보호시설 여성 생활지도원 모집(여성에 한함)",
    "상반기 공공근로사업 참여자 모집, 작년 참여자 우선",
    "기여자 만족도 조사, 대여자만 이용",
    "하반기 채용모집 안내, 해외모집 업무",
    "교육비 부담 없이 배울 수 있어요",
    "남녀 누구나",
    "65세 이상 여성 어르신 돌봄",
    "성별: 여/남 모두",
    "여성가족부 지침에 따름",
    "여성기업 우대",
    "남자화장실과 여자화장실 청소",
    "키오스크 안내 도우미",
    "키 작은 나무 심기",
    "신장 투석실 보조",
    "20kg 쌀 나르기",
    "단정한 복장",
    "외모, 출신지, 결혼 여부는 보지 않습니다",
    "용모 등은 평가에 반영하지 않습니다",
    "체중 관리 프로그램 보조",
    "미혼모자 생활시설 조리원",
    "결혼이민자 통번역지원사",
    "결혼식장 하객 안내",
    "임산부 배려석 캠페인",
    "기본적인 한국어, 부본적기 관리",
    "고향사랑기부제 접수 보조",
    "전라남도 출신 작가 전시 안내",
    "중국인 관광객 안내",
    "고려인마을 해설, 다문화가족 환영",
    "교회 부설 어린이집 조리사(종교 무관)",
    "불교문화재 안내",
    "가족관계증명서 제출(18세 미만)",
    "재산 4억 원 이하인 광산구민",
    "가족센터 아이돌보미",
    "등록장애인 구분모집",
    "장애인 주차구역 불법 주차 안내",
    "노동조합 사무실 청소",
    "출신 학교를 적지 마세요",
    "사진은 붙이지 않습니다",
    "주민등록번호 뒷자리는 삭제 후 제출",
    "주민등록번호는 적지 마세요",
    "주민등록등본 1부",
    "주민등록번호 기재 금지",
    "최종 합격자는 신분증을 찍어 보내 주세요",
    "최종 합격 후 통장 사본 제출",
    "회원카드 대여 업무",
    "독서통장 대여 안내",
    "교육비 전액 지원",
    "가입비 없음, 교육비 무료",
    "임대보증금 납부 안내 업무",
    "등록금 마련하는 대학생 환영",
    "자판기 현금 수거",
    "보이스피싱 예방 캠페인: 현금 수거 알바 주의",
    "은행 현금 수송 보조",
]


def draft(duties: str = "", **values: str) -> Draft:
    known = {"workplace": "광산구 월곡2동", "pay": "시급 12,000원", "hours": "월~금 09:00~12:00", "headcount": "2명"}
    told = {**known, "closing": "2026-12-24", "phone": "062-000-0001", "duties": duties, **values}
    return Draft("1", "책 정리", "별빛도서관", **told)  # type: ignore[arg-type]


def rules(one: Draft) -> set[str]:
    return {finding.rule for finding in check(one, TODAY)}


@pytest.mark.parametrize(("sentence", "rule"), FORBIDDEN)
@pytest.mark.parametrize("column", ["target", "duties"])
def test_what_may_not_be_asked_is_found(sentence: str, rule: str, column: str) -> None:
    found = [one for one in check(draft(**{column: f"책을 좋아하는 분. {sentence}"}), TODAY) if one.rule in SENTENCES]
    assert rule in {one.rule for one in found}
    for one in found:
        assert one.source
        assert one.cure is not None
        assert one.cure.column == column
        assert one.cure.words.startswith("책을 좋아하는 분.")


@pytest.mark.parametrize("sentence", LAWFUL)
def test_lawful_words_that_look_alike_are_left_alone(sentence: str) -> None:
    assert rules(draft(sentence)) == set()
    assert rules(draft(target=sentence)) == set()


def test_every_rule_of_the_table_is_tried_and_has_its_sentence() -> None:
    assert {row.rule for row in words._table()} == set(SENTENCES) == {rule for _, rule in FORBIDDEN}


def test_a_cure_takes_out_the_words_and_the_commas_that_they_leave() -> None:
    [found] = check(draft(target="성실한 분, 용모 단정, 운전 가능자"), TODAY)
    assert found.cure is not None
    assert found.cure.words == "성실한 분, 운전 가능자"


def test_a_course_may_cost_money_and_be_for_an_age() -> None:
    one = Draft(
        "1", "한국어 교실", "별빛도서관", kind="course", duties="등록비 3만원 납부, 30세 이하", phone="062-000-0001"
    )
    assert rules(one) == set()


@pytest.mark.parametrize("code", Catalogs.load().released)
def test_findings_speak_every_language(code: str) -> None:
    t = Catalogs.load().translator(code)
    sentences = [one.sentence(t) for one in check(draft("용모 단정한 분, 주민번호 기재", pay="시급 9,800원"), TODAY)]
    assert len(sentences) >= 3
    assert all("{" not in one for one in sentences)
    assert code == "en" or all("may not" not in one and "below" not in one for one in sentences)


def test_personal_numbers_are_not_repeated() -> None:
    [found] = [one for one in check(draft("주민번호 기재: 010-1234-5678"), TODAY) if one.rule == "registration_number"]
    assert "1234" not in str(found)
