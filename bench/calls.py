"""Ordinary calls of python-telegram-bot over our transport, against its own (httpx) and against aiogram, 64 at a time.

What no transport on aiohttp can go below is measured beside it: the library over no network, and aiohttp posting the same.
`python -m bench.calls [--runs 5]`; aiogram is pinned in requirements-bench.lock, which `make bench` installs.
"""

import argparse
import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import median

import aiohttp
import orjson
import uvloop
from aiogram import Bot as Aiogram
from telegram import Bot
from telegram.request import RequestData

from bot.platforms.telegram.transport import Transport

from .botserver import TOKEN, running
from .report import Goal, finish, say

AT_ONCE = 64
# Calls in one run; the library's own transport takes long.
N = {"ours": 3000, "aiogram": 3000, "httpx": 400, "ptb_alone": 3000, "aiohttp_alone": 3000}
TIMES = {"httpx": 20.0, "aiogram": 1.0}  # as fast as these at least so many times
SHARE = 0.8  # of what is reachable
TEXT = "<b>작은도서관 책 정리</b>\n광주광역시 광산구 노인복지관 · 월곡2동\n\n시간당 11,000원\n월~금 09:00~12:00"

ANSWER = b'{"ok":true,"result":{"message_id":1,"date":1800000000,"chat":{"id":1,"type":"private"},"text":"x"}}'

Call = Callable[[int], Awaitable[object]]


class Nowhere(Transport):
    """The answer is there at once: what is left is the library's own work."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: object, **more: object
    ) -> tuple[int, bytes]:
        return 200, ANSWER


async def measured(call: Call, n: int) -> float:
    """Calls a second."""
    left = iter(range(1, n + 1))

    async def hand() -> None:
        for i in left:
            await call(i)

    started = time.perf_counter()
    await asyncio.gather(*(hand() for _ in range(AT_ONCE)))
    return n / (time.perf_counter() - started)


async def run(runs: int) -> dict[str, list[float]]:
    async with running() as url:
        transport = Transport(url, TOKEN, connections=AT_ONCE)
        ours = Bot(TOKEN, base_url=f"{url}/bot", request=transport, get_updates_request=transport)
        httpx = Bot(TOKEN, base_url=f"{url}/bot")
        nowhere = Nowhere(url, TOKEN)
        alone = Bot(TOKEN, base_url=f"{url}/bot", request=nowhere, get_updates_request=nowhere)
        session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
        aiogram = _aiogram(url)

        async def post(i: int) -> bytes:
            data = orjson.dumps({"chat_id": i, "text": TEXT, "parse_mode": "HTML"})
            headers = {"Content-Type": "application/json"}
            async with session.post(f"{url}/bot{TOKEN}/sendMessage", data=data, headers=headers) as answer:
                return await answer.read()

        await ours.initialize()
        await httpx.initialize()
        calls: dict[str, Call] = {
            "ours": lambda i: ours.send_message(i, TEXT, parse_mode="HTML"),
            "aiogram": lambda i: aiogram.send_message(i, TEXT, parse_mode="HTML"),
            "httpx": lambda i: httpx.send_message(i, TEXT, parse_mode="HTML"),
            "ptb_alone": lambda i: alone.send_message(i, TEXT, parse_mode="HTML"),
            "aiohttp_alone": post,
        }
        gc.collect()
        gc.freeze()
        rates: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(runs):
            for name, call in calls.items():
                rates[name].append(await measured(call, N[name]))
            say(", ".join(f"{name} {told[-1]:.0f}/s" for name, told in rates.items()))
        await ours.shutdown()
        await httpx.shutdown()
        await session.close()
        await aiogram.session.close()
    return rates


def _aiogram(url: str) -> Aiogram:
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    return Aiogram(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


def ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """The middle of the ratios of each run."""
    return median(one / other for one, other in zip(of, to, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    rates = uvloop.run(run(parser.parse_args().runs))
    us = {name: [1e6 / rate for rate in told] for name, told in rates.items()}
    floors = [ptb + post for ptb, post in zip(us["ptb_alone"], us["aiohttp_alone"], strict=True)]
    figures: dict[str, float] = {f"{name}_a_second": round(median(told)) for name, told in rates.items()}
    figures |= {f"{name}_us": round(median(told), 1) for name, told in us.items()}
    figures["reachable_times_httpx"] = round(ratio(us["httpx"], floors), 2)
    goals = {f"times_{other}": Goal(ratio(us[other], us["ours"]), least, least=True) for other, least in TIMES.items()}
    goals["share_of_the_reachable"] = Goal(ratio(floors, us["ours"]), SHARE, least=True)
    finish(figures, goals)


if __name__ == "__main__":
    main()
