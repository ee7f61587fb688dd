"""Places by the Chinese characters of their names, simplified and traditional, as residents from China write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.area_search import AreaNames
from storage.hanja import MOST, spellings

HOME = 1233000000  # 광산구
NAMES = AreaNames.packaged()


@pytest.mark.parametrize(
    ("text", "full"),
    [
        *[("月谷洞", "광산구 월곡동"), ("月谷2洞", "광산구 월곡2동"), ("月谷二洞", "광산구 월곡2동")],
        *[
            ("光山区月谷洞", "광산구 월곡동"),
            ("光山區 月谷洞", "광산구 월곡동"),
            ("光州广域市光山区月谷洞", "광산구 월곡동"),
        ],
        *[("我住在月谷洞", "광산구 월곡동"), ("家在水莞洞。", "광산구 수완동"), ("鱼龙洞", "광산구 어룡동")],
        *[
            ("魚龍洞", "광산구 어룡동"),
            ("飞鸦洞", "광산구 비아동"),
            ("林谷洞", "광산구 임곡동"),
            ("东谷洞", "광산구 동곡동"),
        ],
        *[
            ("新佳洞", "광산구 신가동"),
            ("云南洞", "광산구 운남동"),
            ("雲南洞", "광산구 운남동"),
            ("三道洞", "광산구 삼도동"),
        ],
        *[
            ("光山区", "전남광주통합특별시 광산구"),
            ("龙仁市", "경기도 용인시"),
            ("龍仁市處仁區", "경기도 용인시 처인구"),
        ],
        *[("安山市 元谷洞", "경기도 안산시 단원구 원곡동"), ("永登浦区大林洞", "서울특별시 영등포구 대림동")],
        *[("加里峰洞", "서울특별시 구로구 가리봉동"), ("金浦市", "경기도 김포시"), ("金泉市", "경상북도 김천시")],
        *[("首尔", "서울특별시"), ("水原市", "경기도 수원시"), ("论山市", "충청남도 논산시"), ("罗州市", "나주시")],
    ],
)
def test_chinese_names_lead_to_areas(text: str, full: str) -> None:
    assert NAMES.search(text, home=HOME)[0].full_ko.endswith(full)


def test_a_name_of_the_home_district_needs_no_question() -> None:
    assert NAMES.search("月谷洞", home=HOME)[0].unique_at_home
    assert not NAMES.search("大林洞", home=HOME)[0].unique_at_home


@pytest.mark.parametrize("text", ["Wolgokda yashayman", "Вольгокда яшайман", "Wolgok yashayman"])
def test_what_uzbek_hangs_on_a_name(text: str) -> None:
    assert NAMES.search(text, home=HOME)[0].full_ko.endswith("광산구 월곡동")


@pytest.mark.parametrize("text", ["你好", "清洁", "停止", "我要找工作", "谢谢", "打扫", "翻译"])
def test_other_words_are_no_places(text: str) -> None:
    assert not any(hit.exact for hit in NAMES.search(text, home=HOME))


def test_spellings() -> None:
    assert spellings("龍仁")[0] == "용인"
    assert spellings("魚龍洞")[0] == "어룡동"
    assert "김포" in spellings("金浦")
    assert {"월곡2동", "월곡이동"} <= set(spellings("月谷二洞"))
    assert spellings("월곡동") == spellings("Wolgok") == spellings("") == []
    assert spellings("谷饕") == [], "an unknown character"


@given(st.text("月谷洞龍龙金里路老李林立樂二三 월A1", max_size=30))
def test_never_too_many(text: str) -> None:
    assert len(spellings(text)) <= 2 * MOST
    NAMES.search(text, home=HOME)
