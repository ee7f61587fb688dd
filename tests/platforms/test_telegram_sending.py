"""A parcel for Telegram has a named outcome for whatever the server or the network does, and the token shows nowhere."""

import io
import logging
from collections.abc import AsyncIterator

import pytest
import structlog.testing

from bot.platforms.telegram.client import Telegram
from bot.platforms.telegram.transport import NotSent, Transport
from handlers.chat.events import Address, Event
from handlers.chat.messages import Message, Replies
from tests.fakes.botapi import BotApi, Fault
from tests.fakes.botpeople import Person

HELLO = Message("hello")


async def silent(event: Event) -> Replies:
    return Replies()


@pytest.fixture
async def telegram(botapi: BotApi) -> AsyncIterator[Telegram]:
    telegram = Telegram(botapi.token, botapi.url, wait=5, read_timeout=0.3, patience=1)
    await telegram.start(silent)
    yield telegram
    await telegram.stop()


@pytest.fixture
def anna(botapi: BotApi) -> Person:
    return botapi.person(language_code="ru")


def at(telegram: Telegram, person: Person) -> Address:
    return Address("telegram", telegram.account, str(person.id))


async def test_a_parcel_reaches_each_address_in_order(botapi: BotApi, telegram: Telegram, anna: Person) -> None:
    boris = botapi.person()
    outcomes = await telegram.send([at(telegram, anna), at(telegram, boris)], HELLO, "key")
    assert [outcome.kind for outcome in outcomes] == ["sent", "sent"]
    assert [outcome.ref for outcome in outcomes] == [str(anna.messages[0].id), str(boris.messages[0].id)]
    assert anna.messages[0].text == boris.messages[0].text == "hello"


@pytest.mark.parametrize(
    ("fault", "kind", "reason", "arrived"),
    [
        (Fault(429, retry_after=7), "later", "", 0),
        (Fault(403, "Forbidden: bot was blocked by the user"), "gone", "403 Forbidden: bot was blocked by the user", 0),
        (Fault(403, "Forbidden: user is deactivated"), "gone", "403 Forbidden: user is deactivated", 0),
        (Fault(400, "Bad Request: chat not found"), "gone", "400 Bad Request: chat not found", 0),
        (Fault(403, "Forbidden: bot can't initiate conversation"), "refused", "403 Forbidden: bot can", 0),
        (Fault(400, 'Bad Request: wrong URL "x.kr/Anna" is bad'), "refused", "400 Bad Request: wrong URL", 0),
        (Fault(401, "Unauthorized"), "not_sent", "401 Unauthorized", 0),
        (Fault(500, "Internal Server Error"), "unknown", "500 Internal Server Error", 0),
        (Fault(500, "Internal Server Error", after=True), "unknown", "500 Internal Server Error", 1),
        (Fault(502, html=True), "unknown", "HTTP 502 without an answer of the Bot API", 0),
        (Fault(reset=True), "unknown", None, 0),
        (Fault(reset=True, after=True), "unknown", None, 1),
        (Fault(hang=True), "unknown", "SocketTimeoutError", 0),
        (Fault(hang=True, after=True), "unknown", "SocketTimeoutError", 1),
    ],
    ids=str,
)
async def test_what_the_server_does_is_the_outcome(
    botapi: BotApi, telegram: Telegram, anna: Person, fault: Fault, kind: str, reason: str | None, arrived: int
) -> None:
    botapi.fail(1, fault)
    (outcome,) = await telegram.send([at(telegram, anna)], HELLO, "key")
    assert outcome.kind == kind
    assert reason is None or outcome.reason == reason
    assert outcome.after == fault.retry_after
    assert len(anna.messages) == arrived
    (outcome,) = await telegram.send([at(telegram, anna)], HELLO, "key")
    assert outcome.kind == "sent"


async def test_a_moved_group_names_its_new_id(botapi: BotApi, telegram: Telegram) -> None:
    group = botapi.group(-200)
    group.migrated = -100_200
    (outcome,) = await telegram.send([Address("telegram", telegram.account, "-200")], HELLO, "key")
    assert (outcome.kind, outcome.reason) == ("refused", "moved:-100200")


async def test_nobody_home_is_provably_not_sent(botapi: BotApi, telegram: Telegram, anna: Person) -> None:
    await botapi.stop()
    (outcome,) = await telegram.send([at(telegram, anna)], HELLO, "key")
    assert outcome.kind == "not_sent"
    await botapi.start()
    (outcome,) = await telegram.send([at(telegram, anna)], HELLO, "key")
    assert outcome.kind == "sent"


async def test_a_name_that_does_not_exist_and_a_failed_handshake_are_provably_not_sent(botapi: BotApi) -> None:
    for api in ("http://no-such-host.invalid", botapi.url.replace("http:", "https:")):
        transport = Transport(api, botapi.token, connect=2)
        await transport.initialize()
        with pytest.raises(NotSent) as raised:
            await transport.call("sendMessage", {"chat_id": 1, "text": "x"})
        assert botapi.token not in repr(raised.value)
        await transport.shutdown()


async def test_no_place_in_the_pool_is_provably_not_sent(botapi: BotApi, anna: Person) -> None:
    transport = Transport(botapi.url, botapi.token, connect=0.1, read=0.6, connections=1)
    await transport.initialize()
    botapi.fail(1, Fault(hang=True))
    telegram = Telegram(botapi.token, botapi.url)
    telegram._transport = transport
    first, second = await telegram.send([at(telegram, anna)] * 2, HELLO, "key")
    assert (first.kind, second.kind) == ("unknown", "not_sent")
    await transport.shutdown()


async def test_before_start_and_after_stop_nothing_is_sent(botapi: BotApi, anna: Person) -> None:
    telegram = Telegram(botapi.token, botapi.url, wait=5)
    assert [o.kind for o in await telegram.send([at(telegram, anna)], HELLO, "key")] == ["not_sent"]
    await telegram.start(silent)
    await telegram.stop()
    assert [o.kind for o in await telegram.send([at(telegram, anna)], HELLO, "key")] == ["not_sent"]
    assert not anna.messages


async def test_the_token_is_in_no_log_whatever_goes_wrong(botapi: BotApi, anna: Person) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with structlog.testing.capture_logs() as ours:
            await go_wrong(botapi, anna)
        logging.getLogger("anybody").debug("heard")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "heard" in written.getvalue()
    assert "telegram not reached" in str(ours)
    assert botapi.token.partition(":")[2] not in written.getvalue() + str(ours)


async def go_wrong(botapi: BotApi, anna: Person) -> None:
    telegram = Telegram(botapi.token, botapi.url, wait=5, read_timeout=0.2, patience=0.2)
    botapi.fail(1, Fault(hang=True), "getMe")
    botapi.fail(1, Fault(502, html=True), "getUpdates")
    botapi.fail(1, Fault(reset=True), "deleteWebhook")
    botapi.fail(1, Fault(401, "Unauthorized"), "setMyCommands")
    await telegram.start(silent)
    for fault in (Fault(reset=True), Fault(hang=True), Fault(500), Fault(502, html=True)):
        botapi.fail(1, fault)
        outcomes = await telegram.send([at(telegram, anna)], HELLO, "key")
        assert botapi.token not in repr(outcomes)
    await botapi.stop()
    await telegram.send([at(telegram, anna)], HELLO, "key")
    await telegram.stop()
