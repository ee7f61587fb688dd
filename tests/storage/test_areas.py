"""Areas in the database: children, legal and administrative codes, widening by borders, addresses, former codes."""

from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from storage import areas
from storage.area_data import load, rows
from storage.area_search import AreaNames
from storage.area_tables import Area, AreaBorder
from storage.sealing import Keys
from storage.store import Store
from storage.transaction import Transaction
from tests.conftest import copy_of
from tests.postgres import Server, apart

HOME = 1233000000  # 광산구
WOLGOK = 1233012800
SINAN = 1287000000  # a county of islands
Address = tuple[str | None, str | None, str | None]


async def fill(url: str) -> None:
    store = Store(url, Keys.fresh())
    async with store.transaction() as tx:
        assert await load(tx) == 7507
    async with store.transaction() as tx:
        assert await load(tx) == 0, "what is there already is not loaded again"
    await store.close()


@pytest.fixture(scope="module")
def on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = copy_of(sqlite_template, tmp_path_factory.mktemp("areas"))
    apart(fill(url))
    return url


@pytest.fixture(scope="module")
def on_postgres(postgres_server: Server, postgres_template: str) -> str:
    url = postgres_server.create(postgres_template).render_as_string(hide_password=False)
    apart(fill(url))
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """All tests here only read, so one database per engine serves them all."""
    url: str = request.getfixturevalue(f"on_{request.param}")
    return url


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[Transaction]:
    async with store.reading() as tx:
        yield tx


@pytest.fixture(scope="module")
def names() -> AreaNames:
    return AreaNames.packaged()


async def test_gwangsan_has_its_21_and_79_in_the_order_of_the_alphabet(tx: Transaction) -> None:
    administrative = await areas.children(tx, HOME)
    assert len(administrative) == 21
    assert [area.name_ko for area in administrative][:3] == ["도산동", "동곡동", "본량동"]
    assert len(await areas.children(tx, HOME, "legal")) == 79


async def test_numbers_are_ordered_by_size(tx: Transaction) -> None:
    (south,) = [area for area in await areas.children(tx, 2700000000) if area.name_ko == "남구"]
    daemyeong = [area.name_ko for area in await areas.children(tx, south.code) if area.name_ko.startswith("대명")]
    assert daemyeong.index("대명2동") < daemyeong.index("대명10동")


async def test_a_province_has_districts_and_a_city_the_neighbourhoods_of_all_its_districts(tx: Transaction) -> None:
    assert {area.level for area in await areas.children(tx, 1200000000)} == {"sigungu"}
    yongin = await areas.children(tx, 4146000000)
    assert {area.level for area in yongin} == {"emd"}
    assert len({area.parent for area in yongin}) == 3


async def test_administrative_names_lead_to_legal_areas(tx: Transaction) -> None:
    wolgok_2 = next(area for area in await areas.children(tx, HOME) if area.name_ko == "월곡2동")
    assert await areas.legal_codes(tx, wolgok_2.code) == [1233012700, WOLGOK]  # a part of 산정동 belongs to it
    assert await areas.legal_codes(tx, WOLGOK) == [WOLGOK]
    assert len(await areas.legal_codes(tx, HOME)) == 79
    assert await areas.legal_codes(tx, 1200000000) == []
    assert await areas.legal_codes(tx, 1) == []
    assert await areas.district_of(tx, wolgok_2.code) == HOME == await areas.district_of(tx, HOME)


async def test_every_area_lies_in_one_and_every_neighbourhood_stands_for_legal_ones(tx: Transaction) -> None:
    everything = {area.code: area for area in await tx.find(Area)}
    assert all(area.parent in everything for area in everything.values() if area.level != "sido")
    linked = {int(row["admin_code"]) for row in rows("legal_admin")}
    assert all(area.code in linked for area in everything.values() if area.kind == "admin")


async def test_borders_are_mutual_and_leave_nobody_out(tx: Transaction) -> None:
    found = await tx.all(select(AreaBorder.code, AreaBorder.near, AreaBorder.km, AreaBorder.border))
    borders = {(code, near): (km, border) for code, near, km, border in found}
    assert all(borders[near, code] == how for (code, near), how in borders.items())
    legal = {area.code for area in await tx.find(Area, Area.level == "emd", Area.kind != "admin")}
    assert {code for code, _ in borders} == legal


async def test_reach_is_the_shortest_way_over_borders_and_ends_with_the_district(tx: Transaction) -> None:
    near = defaultdict(set)
    for code, other in await tx.all(select(AreaBorder.code, AreaBorder.near)):
        near[code].add(other)
    island = next(area.code for area in await areas.children(tx, SINAN, "legal") if area.name_ko == "안좌면")
    for own in ([WOLGOK], [WOLGOK, 1233012500], [island]):
        reach = await areas.reach(tx, own)
        one = set().union(*(near[code] for code in own)) - set(own)
        two = set().union(*(near[code] for code in one)) - one - set(own)
        assert [{code for code, hops in reach.items() if hops == n} for n in (0, 1, 2)] == [set(own), one, two]
        district = await areas.legal_codes(tx, await areas.district_of(tx, own[0]))
        assert {code for code, hops in reach.items() if hops == 3} == set(district) - set(own) - one - two
        assert one, "even an island has somewhere next to it"
    assert await areas.reach(tx, []) == {}


async def test_what_borders_on_areas_is_told_once_and_in_the_order_of_the_alphabet(tx: Transaction) -> None:
    wolgok, sanjeong = 1233012800, 1233012700
    assert [area.name_ko for area in await areas.near(tx, [wolgok])] == [
        "산정동",
        "우산동",
        "운남동",
        "하남동",
        "흑석동",
    ]
    both = await areas.near(tx, [wolgok, sanjeong])
    assert not {wolgok, sanjeong} & {area.code for area in both}
    assert len({area.code for area in both}) == len(both)
    assert both == sorted(both, key=lambda area: area.name_ko)
    assert await areas.near(tx, []) == []


async def test_former_codes_lead_to_todays_but_never_to_one_half_of_a_divided_area(tx: Transaction) -> None:
    assert await areas.current(tx, 2920012800) == WOLGOK
    assert await areas.current(tx, WOLGOK) == WOLGOK
    assert await areas.current(tx, 4159000000) == 4159000000, "화성시 lives on"
    assert await areas.current(tx, 2814000000) is None, "인천 동구 became two"
    assert await areas.current(tx, 1) is None


@pytest.mark.parametrize(
    ("digits", "code"),
    [("29200", HOME), ("12330", HOME), ("4146", 4146000000), ("12", 1200000000), ("1233012800", WOLGOK)],
)
async def test_the_first_digits_of_a_code_name_an_area(tx: Transaction, digits: str, code: int) -> None:
    place = await areas.of_code(tx, digits)
    assert place is not None
    assert place.area == code


async def test_other_digits_name_none(tx: Transaction) -> None:
    for digits in ("", "1", "29", "99", "x", "²9", "12345678901"):
        assert await areas.of_code(tx, digits) is None


@pytest.mark.parametrize(
    ("address", "full"),
    [
        (("광주광역시", "광산구", "월곡동"), "전남광주통합특별시 광산구 월곡동"),
        (("광주", "광산구", "하남동"), "전남광주통합특별시 광산구 하남동"),
        (("광주특별시", "광산구", "월곡2동"), "전남광주통합특별시 광산구 월곡2동"),
        (("광주시", "광산구", None), "전남광주통합특별시 광산구"),
        ((None, None, "월곡동"), "전남광주통합특별시 광산구 월곡동"),
        ((None, None, "가리봉동"), "서울특별시 구로구 가리봉동"),
        ((None, None, "교동"), None),
        ((None, "없는구", "월곡동"), None),
        (("서울", "없는구", "월곡동"), "서울특별시"),
        ((None, "강남구", "월곡동"), "서울특별시 강남구"),
        (("서울", None, "신사동"), "서울특별시"),
        ((None, "중구", None), None),
        ((None, "처인구", "모현읍"), "경기도 용인시 처인구 모현읍"),
        ((None, "용인시 처인구", "양지면"), "경기도 용인시 처인구 양지읍"),
        (("경기", "수원특례시 장안구", None), "경기도 수원시 장안구"),
        (("경기도", "화성시", "오산동"), "경기도 화성시 동탄구 여울동"),
        (("경기도", "광주시", "오포읍"), "경기도 광주시"),
        ((None, "광주시", None), "경기도 광주시"),
        (("전라남도", "목포시", "옥암동"), "전남광주통합특별시 목포시 옥암동"),
        (("전남", "광산구", None), "전남광주통합특별시"),
        (("광주광역시", None, None), "전남광주통합특별시"),
        (("인천", "중구", "운서동"), "인천광역시 영종구 운서동"),
        (("인천", "동구", None), "인천광역시"),
        (("서울", "종로구", "창신3동"), "서울특별시 종로구 창신제3동"),
        (("강원도", "춘천시", "교동"), "강원특별자치도 춘천시 교동"),
        ((None, "세종시", "부강면"), "세종특별자치시 부강면"),
        ((None, "세종시", None), "세종특별자치시"),
        ((None, None, None), None),
        (("", "", ""), None),
    ],
)
async def test_an_address_names_the_finest_area_that_is_certain(
    tx: Transaction, names: AreaNames, address: Address, full: str | None
) -> None:
    place = await areas.resolve_address(tx, names, *address, home=HOME)
    area = await areas.get(tx, place.area) if place else None
    assert (area.full_ko if area else None) == full
    if place and area:
        legal = await areas.legal_codes(tx, area.code) if area.level == "emd" else [area.code]
        assert (place.level, place.codes) == (area.level, tuple(legal))


async def test_names_in_the_readers_letters(tx: Transaction) -> None:
    (wolgok_2,) = [area for area in await areas.children(tx, HOME) if area.name_ko == "월곡2동"]
    assert [areas.place_name(wolgok_2, language) for language in ("ko", "en", "ru", "vi")] == [
        "월곡2동",
        "Wolgok 2-dong",
        "Вольгок 2-дон",
        "Wolgok 2-dong",
    ]
