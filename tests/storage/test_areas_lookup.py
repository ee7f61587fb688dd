"""A location to its neighbourhood: the right one on land, none at sea or abroad, and no error for nonsense."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.area_data import rows
from storage.area_lookup import Polygons

POLYGONS = Polygons()


def test_nearly_all_centres_lie_in_their_own_area() -> None:
    links: dict[str, set[int]] = {}
    for row in rows("legal_admin"):
        links.setdefault(row["admin_code"], set()).add(int(row["legal_code"]))
    missed = []
    for row in rows("regions"):
        if row["level"] == "emd":
            code = POLYGONS.find(float(row["lat"]), float(row["lon"]))
            if code not in (links[row["code"]] if row["kind"] == "admin" else {int(row["code"])}):
                missed.append(row["full_ko"])
    assert len(missed) <= 20


@pytest.mark.parametrize(
    "point",
    [
        (0, 0),
        (35.68, 139.76),  # Tokyo
        (39.03, 125.75),  # Pyongyang
        (35.0, 125.0),  # the Yellow Sea
        (37.5, 130.0),  # the East Sea
        (126.81, 35.17),  # the two swapped
        (float("nan"), 127),
        (37, float("inf")),
    ],
)
def test_sea_and_abroad_are_refused(point: tuple[float, float]) -> None:
    assert POLYGONS.find(*point) is None


def test_a_pier_counts_and_the_open_sea_does_not() -> None:
    """South from a shore of 해운대 the answer stays for some hundred metres and then ends."""
    found = [POLYGONS.find(35.1585 - metres / 111_000, 129.1604) for metres in range(0, 3000, 50)]
    assert found[0] is not None
    assert found[-1] is None
    land = found.index(None)
    assert not any(found[land:]), "no second shore"


CODES = {int(row["code"]) for row in rows("regions") if row["level"] == "emd" and row["kind"] != "admin"}


@given(st.floats(33, 38.7), st.floats(125, 130))
@settings(max_examples=150, deadline=None)
def test_a_point_in_or_near_korea_is_a_legal_area_or_none(lat: float, lon: float) -> None:
    assert POLYGONS.find(lat, lon) in CODES | {None}


@given(st.floats(), st.floats())
@settings(max_examples=150, deadline=None)
def test_no_location_raises(lat: float, lon: float) -> None:
    assert POLYGONS.find(lat, lon) in CODES | {None}
