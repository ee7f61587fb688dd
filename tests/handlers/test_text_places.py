"""Places as words, and the numbers and links of free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.text import find_registration_number, links, mask, parse_address, phones

GWANGSAN = "전남광주통합특별시"


@pytest.mark.parametrize(
    ("text", "sido", "sigungu", "dong", "rest"),
    [
        (f"{GWANGSAN} 광산구 월곡2동", GWANGSAN, "광산구", "월곡2동", ""),
        (f"{GWANGSAN} 광산구 관내 각 동", GWANGSAN, "광산구", None, "관내 각 동"),
        ("광주광역시 광산구 월곡동", "광주광역시", "광산구", "월곡동", ""),
        ("광주 광산구 하남동", "광주", "광산구", "하남동", ""),
        ("광주시 광산구 월곡동", "광주시", "광산구", "월곡동", ""),
        ("광주시 오포읍", None, "광주시", "오포읍", ""),  # the city in Gyeonggi
        ("경기 광주시 등", "경기", "광주시", None, ""),
        ("서울 등", "서울", None, None, ""),
        ("서울 동대문구.", "서울", "동대문구", None, ""),
        ("경기 성남시 분당구 등", "경기", "성남시 분당구", None, ""),
        ("서울특별시 강남구 테헤란로38길", "서울특별시", "강남구", None, "테헤란로38길"),
        ("용인특례시 처인구 모현읍", None, "용인특례시 처인구", "모현읍", ""),
        ("용인시 처인구 모현읍 초부리 12-3", None, "용인시 처인구", "모현읍", "초부리 12-3"),
        ("세종특별자치시 부강면 부강행산로", "세종특별자치시", None, "부강면", "부강행산로"),
        ("제주 제주시 노형동", "제주", "제주시", "노형동", ""),
        ("서울 종로구 종로1가 10", "서울", "종로구", "종로1가", "10"),
        ("서울 강남구 역삼동 123 101동 202호", "서울", "강남구", "역삼동", "123 101동 202호"),
        (
            "경기도 용인시 기흥구 동백죽전대로 333, 207 (중동, 스프링카운티자이)",
            "경기도",
            "용인시 기흥구",
            "중동",
            "동백죽전대로 333 207",
        ),
        ("경기도 경기도 용인시 용인시 기흥구 0 00 000", "경기도", "용인시 기흥구", None, ""),
        ("경기도 기흥구 .. - * ***", "경기도", "기흥구", None, ""),
        ("서울특별시강남구역삼동", "서울특별시", "강남구", "역삼동", ""),
        ("근무지: 광산구 월곡동", None, "광산구", "월곡동", "근무지"),
        ("월곡동", None, None, "월곡동", ""),
    ],
)
def test_addresses(text: str, sido: str | None, sigungu: str | None, dong: str | None, rest: str) -> None:
    read = parse_address(text)
    assert read
    assert (read.sido, read.sigungu, read.dong, read.rest) == (sido, sigungu, dong, rest)


@pytest.mark.parametrize("text", ["", "전국", "재택근무", "광산구청 3층", "상시", "-", "협의"])
def test_what_names_no_area_is_unknown(text: str) -> None:
    assert parse_address(text) is None


@given(
    st.sampled_from([None, "서울특별시", "경기도", "경기", GWANGSAN, "강원특별자치도"]),
    st.sampled_from(["광산구", "용인시 수지구", "영암군", "김제시"]),
    st.sampled_from([None, "월곡2동", "삼호읍", "남면", "금호1·2동", "풍덕천1동"]),
    st.sampled_from(["", " 등", " .", " *", " 123-4"]),
)
def test_written_addresses_read_back(sido: str | None, sigungu: str, dong: str | None, tail: str) -> None:
    read = parse_address(" ".join(word for word in (sido, sigungu, dong) if word) + tail)
    assert read
    assert (read.sido, read.sigungu, read.dong) == (sido, sigungu, dong)


@given(st.text(st.sampled_from("서울경기도시군구읍면동리가광주용인특례(),.*- 0123등\n") | st.characters(), max_size=60))
def test_no_text_makes_an_address_raise(text: str) -> None:
    read = parse_address(text)
    assert read is None or read.sido or read.sigungu or read.dong


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("010-1234-5678 문자만", "010-****-**** 문자만"),
        ("01012345678", "010-****-****"),
        ("010 1234 5678", "010-****-****"),
        ("+82 10-1234-5678", "010-****-****"),
        ("０１０－１２３４－５６７８", "010-****-****"),
        ("담당 hong.gd@example.co.kr 앞", "담당 ***@*** 앞"),
        ("900101-1234567", "******-*******"),
        ("9001015234567", "******-*******"),
        ("문의 062-613-0000, 02)123-4567, 1588-1234", "문의 062-613-0000, 02)123-4567, 1588-1234"),
        ("K150112509020019", "K150112509020019"),
        ("2026-12-04 ~ 2027-01-05", "2026-12-04 ~ 2027-01-05"),
    ],
)
def test_what_is_a_persons_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    ("text", "found"),
    [("900101-1234567", True), ("9001015234567", True), ("주민등록번호 기재 필수", False), ("062-613-0000", False)],
)
def test_registration_numbers_are_found(text: str, found: bool) -> None:
    assert find_registration_number(text) is found
    assert not find_registration_number(mask(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("문의: 062-000-0101(평일 10~17시)", ["062-000-0101"]),
        ("02)123-4567 팩스 02-123-4568", ["02-123-4567"]),
        ("문의 : 062 - 613 - 0000, FAX: 062-613-0001", ["062-613-0000"]),
        ("(031) 324-2114 또는 1588-1234", ["031-324-2114", "1588-1234"]),
        ("010-1234-5678", []),
        ("2026-12-04 18:00, K150112509020019", []),
    ],
)
def test_office_telephones(text: str, numbers: list[str]) -> None:
    assert phones(text) == numbers


def test_links_are_of_the_web_only() -> None:
    text = "신청(https://b.go.kr/a?x=1&y=2)은 http://a.kr에서. ftp://c.kr javascript:alert(1) https://user@d.kr http://localhost https://b.go.kr/a?x=1&y=2"
    assert links(text) == ["https://b.go.kr/a?x=1&y=2", "http://a.kr"]


@given(st.text(st.sampled_from("0123456789-.() @:/httpsgokr팩스\n") | st.characters(), max_size=120))
def test_no_text_makes_the_numbers_raise_and_a_mask_leaves_no_persons(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert not find_registration_number(masked)
    phones(text)
    links(text)


@given(
    st.integers(0, 99_999_999),
    st.sampled_from(["-", " ", ".", "", "–"]),
    st.sampled_from(["연락처 ", "", "문자(", "T."]),
)
def test_every_mobile_number_is_masked(number: int, between: str, before: str) -> None:
    digits = f"{number:08}"
    assert digits[4:] not in mask(f"{before}010{between}{digits[:4]}{between}{digits[4:]} 로")
