"""Areas: found by what people write and where they stand, widened by borders, and never guessed."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import areas
from storage.area_data import load
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.letters import sound
from storage.store import Store
from storage.transaction import Transaction

HOME = 1233000000  # 광산구
WOLGOK = 1233012800


@pytest.fixture(scope="module")
def names() -> AreaNames:
    return AreaNames.packaged()


@pytest.fixture(scope="module")
def polygons() -> Polygons:
    return Polygons()


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[Transaction]:
    async with store.transaction() as tx:
        await load(tx)
        yield tx


@pytest.mark.parametrize(
    "text",
    [
        *(
            "월곡동",
            "월곡",
            "월 곡 동",
            "광산 월곡",
            "광산구 월곡동",
            "광주 월곡동",
            "광주광역시 광산구 월곡동",
            "월곡동에 살아요",
            "월곡동이에요",
        ),
        *(
            "wolgok",
            "Wolgok-dong",
            "WOLGOK DONG",
            "I live in Wolgok",
            "Вольгок",
            "вольгок-дон",
            "Вольгок-тон",
            "в Вольгок",
        ),
        *("1233012800", "2920012800"),
    ],
)
def test_wolgok_is_found_at_once(names: AreaNames, text: str) -> None:
    hit = names.search(text, home=HOME)[0]
    assert (hit.code, hit.unique_at_home) == (WOLGOK, True)


@pytest.mark.parametrize("text", ["월굑동", "윌곡동", "wolgock", "Вольгоке", "ㅇㄱㄷ"])
def test_typos_and_initials_lead_there_but_ask(names: AreaNames, text: str) -> None:
    hits = names.search(text, home=HOME, limit=12)
    assert WOLGOK in {hit.code for hit in hits}
    assert not hits[0].unique_at_home


def test_gwangju_city_is_gyeonggis(names: AreaNames) -> None:
    assert names.search("광주시", home=HOME)[0].full_ko == "경기도 광주시"


def test_a_name_elsewhere_is_shown_in_full_and_never_taken_at_once(names: AreaNames) -> None:
    hits = names.search("교동", home=HOME)
    assert len(hits) > 1
    assert not any(hit.unique_at_home for hit in hits)


@pytest.mark.parametrize("text", ["", " ", "xyzzy", "🙂", "ㅁ" * 500, "a" * 5000, "0000000000", "'; DROP TABLE areas"])
def test_what_is_no_place_finds_nothing_and_raises_nothing(names: AreaNames, text: str) -> None:
    assert not any(hit.exact for hit in names.search(text, home=HOME))


def test_spellings_of_one_name_sound_alike() -> None:
    assert sound("Wolgok-dong") == sound("Вольгок-дон") == sound("wolgok dong")
    assert sound("Suwan") == sound("Сувань")


async def test_any_neighbourhood_is_found_by_its_full_name(names: AreaNames, tx: Transaction) -> None:
    for area in (await areas.children(tx, HOME, "legal"))[::5] + (await areas.children(tx, 4146000000, "admin"))[::5]:
        assert names.search(area.full_ko, home=HOME)[0].full_ko == area.full_ko


async def test_gwangsan_has_its_21_and_79(tx: Transaction) -> None:
    assert len(await areas.children(tx, HOME, "admin")) == 21
    assert len(await areas.children(tx, HOME, "legal")) == 79


async def test_administrative_names_lead_to_legal_areas(tx: Transaction) -> None:
    wolgok_2 = next(area for area in await areas.children(tx, HOME, "admin") if area.name_ko == "월곡2동")
    assert WOLGOK in await areas.legal_codes(tx, wolgok_2.code)
    assert await areas.legal_codes(tx, WOLGOK) == [WOLGOK]
    assert len(await areas.legal_codes(tx, HOME)) == 79


async def test_reach_widens_by_borders_and_ends_with_the_district(tx: Transaction) -> None:
    reach = await areas.reach(tx, [WOLGOK])
    assert reach[WOLGOK] == 0
    assert {1, 2, 3} <= set(reach.values())
    assert {area.code for area in await areas.children(tx, HOME, "legal")} <= set(reach)
    for code, hops in reach.items():
        if hops == 1:
            assert (await areas.reach(tx, [code]))[WOLGOK] == 1


async def test_an_island_reaches_its_nearest_shores(tx: Transaction, names: AreaNames) -> None:
    ulleung = names.search("울릉군 울릉읍", home=HOME)[0]
    assert list((await areas.reach(tx, [ulleung.code])).values()).count(1) >= 1


async def test_former_codes_lead_to_todays(tx: Transaction) -> None:
    assert await areas.current(tx, 2920012800) == WOLGOK
    assert await areas.current(tx, WOLGOK) == WOLGOK
    assert await areas.current(tx, 1) is None


@pytest.mark.parametrize(
    ("address", "full", "level"),
    [
        (("광주광역시", "광산구", "월곡동"), "전남광주통합특별시 광산구 월곡동", "emd"),
        (("광주", "광산구", "하남동"), "전남광주통합특별시 광산구 하남동", "emd"),
        ((None, None, "월곡동"), "전남광주통합특별시 광산구 월곡동", "emd"),
        (("전남광주통합특별시", "광산구", None), "전남광주통합특별시 광산구", "sigungu"),
        (("서울", "강남구", None), "서울특별시 강남구", "sigungu"),
        ((None, "처인구", "모현읍"), "경기도 용인시 처인구 모현읍", "emd"),
        (("서울", None, None), "서울특별시", "sido"),
        ((None, None, "교동"), None, ""),
        ((None, None, None), None, ""),
    ],
)
async def test_addresses_name_places(
    tx: Transaction, names: AreaNames, address: tuple[str | None, ...], full: str | None, level: str
) -> None:
    place = await areas.resolve_address(tx, names, *address, home=HOME)
    area = await areas.get(tx, place.area) if place else None
    assert (area.full_ko if area else None) == full
    assert place is None or place.level == level


async def test_loading_twice_loads_once(tx: Transaction) -> None:
    assert await load(tx) == 0


def test_a_location_is_its_neighbourhood(polygons: Polygons) -> None:
    assert polygons.find(35.17056, 126.81081) == WOLGOK


@pytest.mark.parametrize(
    "point", [(0, 0), (35.68, 139.76), (39.03, 125.75), (35.0, 125.0), (37.5, 130.0), (float("nan"), 127)]
)
def test_sea_and_abroad_are_refused(polygons: Polygons, point: tuple[float, float]) -> None:
    assert polygons.find(*point) is None


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_no_location_raises(lat: float, lon: float) -> None:
    assert Polygons().find(lat, lon) is None or 32.9 <= lat <= 38.9
