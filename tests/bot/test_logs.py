"""Neither a terminal nor a log file shows a token, or the values that a failing turn had in hand."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs

TOKEN = "1000000001:a-token-that-nobody-should-see_01234"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=[Terminal, io.StringIO])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream: io.StringIO = request.param()
    logs.set_up(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_failing_turn_shows_where_and_not_who(written: io.StringIO) -> None:
    phone = "010-1234" + "-5678"
    try:
        raise ValueError(f"cannot reach https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError:
        structlog.get_logger().exception("turn failed", update="7")
    shown = written.getvalue()
    assert "turn failed" in shown
    assert "ValueError" in shown
    assert phone not in shown
    assert TOKEN not in shown


def test_a_library_that_quotes_an_address_is_redacted(written: io.StringIO) -> None:
    logging.getLogger("somebody").warning("GET /bot%s/getMe?key=%s", TOKEN, "abc")
    assert "[redacted]" in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_keys_and_passwords_in_addresses_are_blotted_out() -> None:
    for address in (
        "https://x.kr/a?serviceKey=SECRET&p=1",
        "https://x.kr/a?p=1&authKey=SECRET",
        "ftp://u:SECRET@x.kr/a",
        "http://x.kr:8088/SECRET/json/x.kr/a/1/5/",
    ):
        shown = logs.redact(f"no answer from {address} at all")
        assert "SECRET" not in shown
        assert "x.kr/a" in shown
