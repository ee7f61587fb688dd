"""A resident's own words lead to occupations: in every released language, as people say and mistype them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.words import bare
from handlers.matching import OCCUPATIONS
from handlers.wanted import fold, wanted
from locales import Catalogs, terms

CATALOGS = Catalogs.load()
TABLE = Path(__file__).parents[2] / "locales/tables/occupation_words.csv"
SAID = {
    "cleaner": [
        *["청소", "청소 일", "cleaning", "janitor", "уборка", "уборщица", "работа уборщицей", "убираться", "Уборщик"],
        *["清洁", "清潔工", "保洁员", "打扫卫生", "掃地", "tozalash", "Tozalovchi", "farrosh", "тозалаш", "фаррош"],
        *["dọn dẹp", "don dep", "vệ sinh", "lau nhà", "សម្អាត", "ការងារសំអាត"],
    ],
    "kitchen_helper": [
        *["주방", "설거지", "kitchen", "dishwasher", "кухня", "на кухне", "мыть посуду", "厨房", "廚房", "洗碗工"],
        *["oshxona", "oshxonada ish", "ошхона", "idish yuvish", "phụ bếp", "phu bep", "ផ្ទះបាយ"],
    ],
    "cook": ["조리사", "요리", "cook", "повар", "хочу работать поваром", "厨师", "做飯", "oshpaz", "ошпаз", "nấu ăn"],
    "childcare_helper": [
        "아이 돌봄",
        "babysitter child",
        "няня",
        "с детьми",
        "保姆",
        "照看孩子",
        "bola qarash",
        "enaga",
    ],
    "learning_tutor": [
        "숙제 지도",
        "tutor",
        "репетитор",
        "учительница",
        "家教",
        "oʻqituvchi",
        "o'qituvchi",
        "ўқитувчи",
    ],
    "security_guard": ["경비원", "guard", "охранник", "сторожем", "保安", "qorovul", "қоровул", "bảo vệ", "bao ve"],
    "interpreter": ["통역", "translator", "переводчик", "翻译", "翻譯", "tarjimon", "таржимон", "phiên dịch", "បកប្រែ"],
    "caregiver": ["요양보호사", "elderly", "сиделка", "护工", "养老院", "疗养保护士", "keksalar", "қариялар", "hộ lý"],
    "driver": ["운전", "driver", "водитель", "шофёром", "司机", "開車", "haydovchi", "ҳайдовчи", "lái xe", "lai xe"],
    "packer": ["포장", "packing", "упаковщица", "包装", "打包", "qadoqlash", "қадоқлаш", "đóng gói", "dong goi"],
    "logistics": ["상하차", "warehouse", "грузчик", "склад", "仓库", "装卸工", "ombor", "юк ташиш", "bốc xếp"],
    "farm_work": ["농장", "farm", "на ферме", "теплица", "农场", "大棚", "fermada", "issiqxona", "nông nghiệp"],
    "factory_work": ["공장 일", "factory", "завод", "на фабрику", "工厂", "車間", "zavod", "завод иши", "nhà máy"],
    "server": ["서빙", "waitress", "официантка", "服务员", "餐廳", "ofitsiant", "официант", "phục vụ"],
    "construction_helper": ["건설 현장", "construction", "на стройке", "разнорабочий", "工地", "qurilish", "xây dựng"],
    "park_maintenance": ["공원 관리", "park", "дворник", "公园", "园林绿化", "bogʻbon", "боғбон", "công viên"],
    "parking_guide": ["주차", "parking", "парковка", "停车场", "avtoturargoh", "bãi xe"],
    "library_assistant": ["도서관", "library", "библиотека", "图书馆", "圖書館", "kutubxona", "кутубхона", "thư viện"],
    "school_traffic_guide": ["등하교", "school crossing", "в школе", "学校", "maktab", "мактаб", "giao thông"],
    "office_assistant": ["사무 보조", "office", "в офисе", "办公室", "文员", "ofis", "idora", "văn phòng", "van phong"],
}


@pytest.mark.parametrize(("key", "said"), [(key, said) for key, every in SAID.items() for said in every])
def test_words_of_every_language_mean_an_occupation(key: str, said: str) -> None:
    assert key in wanted(said)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        *[
            ("убощица", "cleaner"),
            ("уборщитса", "cleaner"),
            ("kithcen", "kitchen_helper"),
            ("oshhona", "kitchen_helper"),
        ],
        *[("qoravul", "security_guard"), ("haydovci", "driver"), ("официнат", "server"), ("warehous", "logistics")],
    ],
)
def test_one_wrong_letter_of_a_long_word_is_forgiven(said: str, key: str) -> None:
    assert wanted(said) == [key]


@pytest.mark.parametrize(
    "said",
    [
        *["", " ", "?", "hello", "day", "привет", "товар", "караван", "Wolgok"],
        *[
            "월곡동",
            "청소년",
            "停",
            "你好",
            "qalaysiz",
            "xin chào",
            "việc không nặng",
            "làm lâu dài",
            "េ",
            "🙂",
            "Вольгок",
            "аб",
            "rdfg",
        ],
    ],
)
def test_other_words_mean_none(said: str) -> None:
    assert wanted(said, [CATALOGS.translator(code).terms("occupation") for code in CATALOGS.released]) == []


def test_parking_is_no_park() -> None:
    assert wanted("parking") == ["parking_guide"]
    assert wanted("парковка") == ["parking_guide"]
    assert wanted("park") == ["park_maintenance"]
    assert wanted("bogʻcha") == ["childcare_helper"]


def test_words_of_a_term_find_it_where_nothing_else_does() -> None:
    names = CATALOGS.translator("ru").terms("occupation")
    assert wanted("помощник") == []
    assert {"kitchen_helper", "library_assistant", "event_staff"} <= set(wanted("помощник", [names]))


@pytest.mark.parametrize("code", CATALOGS.released)
def test_every_occupation_is_found_by_its_own_name(code: str) -> None:
    names = CATALOGS.translator(code).terms("occupation")
    assert [key for key, name in names.items() if key not in wanted(name, [names])] == []


def test_the_table_has_every_occupation_and_language() -> None:
    assert set(terms.spoken()) == set(OCCUPATIONS)
    assert set(terms.spoken()) == set(CATALOGS.translator("en").terms("occupation"))
    with TABLE.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    columns = {code.replace("_", "-") for code in CATALOGS.released}
    assert columns <= set(rows[0])
    for row in rows:
        for column in columns - {"ko"}:  # Korean titles are understood by patterns
            assert row[column], (row["key"], column)
        for word in ";".join(row.values()).split(";")[1:]:
            assert word == word.strip() == word.lower(), (row["key"], word)


def test_apostrophes_and_marks() -> None:
    assert {fold(f"O{mark}zbek") for mark in ("ʻ", "ʼ", "‘", "’", "'", "`", "´", "")} == {"ozbek"}
    assert bare(fold("Dọn  Dẹp")) == "don dep"
    assert bare(fold("Ещё")) == "еще"
    assert fold("ផ្ទះបាយ") == bare("ផ្ទះបាយ") == "ផ្ទះបាយ"


@given(st.text(max_size=100))
def test_any_words_mean_known_occupations_or_none(said: str) -> None:
    assert set(wanted(said)) <= set(OCCUPATIONS)
