"""The HTTP server: headers on every answer, what operators ask, and a busy port that gives way."""

import pytest
from aiohttp import ClientSession, web
from prometheus_client import CollectorRegistry, Counter

from bot.web import HEADERS, NotReady, Web, loopback


async def fine(request: web.Request) -> web.Response:
    return web.Response(text=str(loopback(request)))


async def ask(address: str, path: str, **headers: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(address + path, headers=headers) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path
        return answer.status, await answer.text()


async def test_every_answer_is_secured_the_refusals_too() -> None:
    server = Web("127.0.0.1", 0, [web.get("/fine", fine)])
    await server.start()
    assert await ask(server.address, "/fine") == (200, "True")
    assert (await ask(server.address, "/nothing"))[0] == 404
    assert await ask(server.address, "/fine", **{"X-Forwarded-For": "203.0.113.9"}) == (200, "False")
    await server.stop()


async def test_ready_only_once_started_and_while_the_store_answers() -> None:
    broken, why = False, ""

    async def alive() -> None:
        if why:
            raise NotReady(why)
        if broken:
            raise ConnectionError

    server = Web("127.0.0.1", 0, alive=alive)
    await server.start()
    assert (await ask(server.address, "/healthz"))[0] == 200
    assert (await ask(server.address, "/readyz"))[0] == 503
    server.ready = True
    assert (await ask(server.address, "/readyz"))[0] == 200
    broken = True
    assert (await ask(server.address, "/readyz"))[0] == 503
    why = "the disk is full"
    assert await ask(server.address, "/readyz") == (503, "the disk is full\n")
    await server.stop()


async def test_metrics_are_brought_up_to_date_and_survive_a_broken_store() -> None:
    registry = CollectorRegistry()
    counter = Counter("seen", "How often", registry=registry)

    async def refresh() -> None:
        counter.inc()
        if counter._value.get() > 1:
            raise ConnectionError

    server = Web("127.0.0.1", 0, registry=registry, refresh=refresh)
    await server.start()
    assert "seen_total 1.0" in (await ask(server.address, "/metrics"))[1]
    assert "seen_total 2.0" in (await ask(server.address, "/metrics"))[1]
    await server.stop()


async def test_metrics_are_for_this_machine_and_whoever_brings_the_token() -> None:
    away = {"X-Forwarded-For": "203.0.113.9"}
    for token, said, status in (
        ("", {}, 404),
        ("", {"Authorization": "Bearer "}, 404),
        ("t0ken", {}, 404),
        ("t0ken", {"Authorization": "Bearer t0kem"}, 404),
        ("t0ken", {"Authorization": "Bearer t0ken"}, 200),
    ):
        server = Web("127.0.0.1", 0, registry=CollectorRegistry(), metrics_token=token)
        await server.start()
        assert (await ask(server.address, "/metrics", **away, **said))[0] == status
        assert (await ask(server.address, "/metrics"))[0] == 200
        await server.stop()


async def test_a_busy_port_gives_way_to_the_next_free_one() -> None:
    first = Web("127.0.0.1", 0)
    await first.start()
    assert not first.moved
    second = Web("127.0.0.1", first.port)
    await second.start()
    assert second.moved
    assert second.port > first.port
    assert (await ask(second.address, "/healthz"))[0] == 200
    await second.stop()
    await first.stop()


async def test_an_address_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(OSError, match="192"):
        await Web("192.0.2.1", 8080).start()
