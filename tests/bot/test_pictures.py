"""Maps of areas: what was chosen can be seen and read, labels never lie on each other, and a failure costs no words."""

import io
from collections import defaultdict
from collections.abc import Mapping

import pytest
from PIL import Image, ImageColor

from bot.pictures import Drawings
from bot.pictures.areas import FILL, OUTLINE, SEA, Letters, draw
from bot.pictures.layout import EDGE, SIDE, Label, Layout, Shape, layout, meets
from handlers.chat.messages import Picture, Spot
from storage import area_data
from storage.area_lookup import Polygons, around

ISLAND, FAR_ISLANDS, RURAL, CITY, WOLGOK = 4794025000, 1287036000, 5181033000, 1221010100, 1233012800
NAMED = {"ko": (), "ru": ("name_ru",), "en": ("name_en",)}


@pytest.fixture(scope="module")
def polygons() -> Polygons:
    return Polygons()


@pytest.fixture(scope="module")
def regions() -> Mapping[int, dict[str, str]]:
    return {int(row["code"]): row for row in area_data.rows("regions")}


@pytest.fixture(scope="module")
def borders() -> Mapping[int, set[int]]:
    near = defaultdict(set)
    for row in area_data.rows("neighbours"):
        if row["layer"] == "legal":
            near[int(row["code"])].add(int(row["neighbour"]))
    return near


@pytest.fixture
def picture(regions: Mapping[int, dict[str, str]], borders: Mapping[int, set[int]]) -> object:
    def make(*codes: int, language: str = "ko") -> Picture:
        def spot(code: int) -> Spot:
            row = regions[code]
            return Spot(code, (row["name_ko"], *(row[column] for column in NAMED[language])))

        near = set().union(*(borders[code] for code in codes)) - set(codes)
        return Picture("a map", tuple(map(spot, codes)), tuple(map(spot, sorted(near))))

    return make


def planned(polygons: Polygons, picture: Picture) -> Layout:
    letters = Letters()
    return layout(polygons, picture, lambda text, size: letters.width("chosen", text, size))


def apart(labels: list[Label]) -> bool:
    return not any(meets(a.box, b.box) for i, a in enumerate(labels) for b in labels[:i])


def within(label: Label) -> bool:
    left, top, right, bottom = label.box
    return left >= EDGE and top >= EDGE and right <= SIDE - EDGE and bottom <= SIDE - EDGE


def holds(shape: Shape, x: float, y: float) -> bool:
    return around(shape.shore, x, y) and not any(around(hole, x, y) for hole in shape.holes)


def seen(layout: Layout, kind: str) -> tuple[int, int]:
    """A pixel well inside an area of this kind, clear of labels and of smaller areas on it."""
    for shape in (shape for shape in layout.shapes if shape.kind == kind):
        (left, right), (top, bottom) = ((max(8, min(side)), min(SIDE - 40, max(side))) for side in shape.shore)
        for x, y in ((x, y) for x in range(int(left), int(right), 3) for y in range(int(top), int(bottom), 3)):
            corners = [(x + dx, y + dy) for dx in (-4, 4) for dy in (-4, 4)]
            if not all(holds(shape, *corner) for corner in corners) or _covered(layout, x, y):
                continue
            if [one for one in layout.shapes if holds(one, x, y)] == [shape]:
                return x, y
    raise AssertionError(f"nothing {kind} to be seen")


def _covered(layout: Layout, x: int, y: int) -> bool:
    return any(meets(label.box, (x - 4, y - 4, x + 4, y + 4)) for label in layout.labels)


@pytest.mark.parametrize("code", [WOLGOK, ISLAND, FAR_ISLANDS, RURAL, CITY])
@pytest.mark.parametrize("language", NAMED)
def test_what_was_chosen_is_seen_and_named(polygons: Polygons, picture: object, code: int, language: str) -> None:
    spec = picture(code, language=language)  # type: ignore[operator]
    drawn = draw(polygons, spec)
    assert len(drawn) < 200_000
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert image.size == (SIDE, SIDE)
    there = planned(polygons, spec)
    assert there.labels[0].code == code
    assert tuple(line for line, _ in there.labels[0].lines) == spec.chosen[0].names
    assert apart(list(there.labels))
    assert all(within(label) for label in there.labels)
    assert near(image.getpixel(seen(there, "chosen")), FILL["chosen"])
    assert near(image.getpixel(seen(there, "near")), FILL["near"])
    colours = image.getcolors(SIDE * SIDE)
    assert colours is not None
    assert len(colours) > 20, "letters and edges are smooth"


def near(pixel: object, colour: str) -> bool:
    """Within what a palette of 128 colours changes."""
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= 8 for a, b in zip(pixel, ImageColor.getrgb(colour), strict=True))


@pytest.mark.parametrize("language", ["ru"])  # the longest names; each language takes many seconds
def test_every_neighbourhood_of_gwangju_has_a_map_with_labels_apart(
    polygons: Polygons, regions: Mapping[int, dict[str, str]], picture: object, language: str
) -> None:
    """All legal areas of the five districts, each alone; and each district whole, as one who chose all of it."""
    districts = {code for code, row in regions.items() if row["full_ko"].split()[0] == "전남광주통합특별시"}
    districts = {code for code in districts if regions[code]["level"] == "sigungu" and regions[code]["kind"] == "gu"}
    assert len(districts) == 5
    for district in districts:
        inside = [c for c, r in regions.items() if r["parent"] == str(district) and r["kind"] in ("legal", "both")]
        for codes in [inside, *([code] for code in inside)]:
            there = planned(polygons, picture(*codes, language=language))  # type: ignore[operator]
            assert apart(list(there.labels)), codes
            assert all(within(label) for label in there.labels), codes
            named = {label.code for label in there.labels if label.kind == "chosen"}
            assert len(named) >= min(4, len(codes)), codes


def test_a_rock_far_out_does_not_make_the_island_small(polygons: Polygons, picture: object) -> None:
    """울릉읍 is half of its island, and 독도, 90 km away."""
    there = planned(polygons, picture(ISLAND))  # type: ignore[operator]
    assert max(shape.size for shape in there.shapes if shape.kind == "chosen") > SIDE * SIDE / 10


def test_around_an_island_is_sea(polygons: Polygons, picture: object) -> None:
    image = Image.open(io.BytesIO(draw(polygons, picture(FAR_ISLANDS)))).convert("RGB")  # type: ignore[operator]
    assert near(image.getpixel((10, 10)), SEA)
    assert any(near(pixel, OUTLINE) for _, pixel in image.getcolors(SIDE * SIDE) or ())


async def test_a_picture_is_drawn_once_and_the_oldest_is_let_go(polygons: Polygons, picture: object) -> None:
    drawings = Drawings(polygons, kept=1)
    first = await drawings(picture(WOLGOK))  # type: ignore[operator]
    assert first is not None
    assert await drawings(picture(WOLGOK)) is first  # type: ignore[operator]
    other = await drawings(picture(ISLAND))  # type: ignore[operator]
    assert other is not None
    assert other != first
    again = await drawings(picture(WOLGOK))  # type: ignore[operator]
    assert again is not first
    assert again == first, "the same picture to the last byte"


async def test_what_cannot_be_drawn_is_none_and_in_the_log(
    polygons: Polygons, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await Drawings(polygons)(Picture("nowhere", (Spot(1, ("없는 곳",)),))) is None
    assert "not made" in capsys.readouterr().out
