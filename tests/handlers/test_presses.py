"""Presses survive the trip through a button, and nothing else passes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.presses import BIGGEST, LIMIT, BadPress, Choice, Press, unpack
from handlers.routes import ROUTES

ids = st.integers(min_value=0, max_value=BIGGEST)


@given(st.sampled_from(sorted(ROUTES.presses)), st.lists(ids, max_size=3))
def test_durable_presses_round_trip_in_64_bytes(verb: str, rows: list[int]) -> None:
    payload = Press(verb, tuple(rows)).pack()
    assert len(payload.encode()) <= LIMIT
    assert unpack(payload) == Press(verb, tuple(rows))


@given(ids, st.integers(min_value=0, max_value=999))
def test_dialog_presses_round_trip(number: int, index: int) -> None:
    assert unpack(Choice(number, index).pack()) == Choice(number, index)


@given(st.text(max_size=100))
def test_whatever_is_unpacked_packs_to_the_same(payload: str) -> None:
    try:
        press = unpack(payload)
    except BadPress:
        return
    assert press.pack() == payload


@pytest.mark.parametrize("payload", ["", "~", "~1", "ap.", "ap.-1", "ap.00", "ap.zzzzzzzzzzzzzzzz", "한.1", "a" * 65])
def test_forged_and_cut_payloads_are_refused(payload: str) -> None:
    with pytest.raises(BadPress):
        unpack(payload)
