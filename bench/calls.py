"""Ordinary calls of python-telegram-bot over our transport, against its own (httpx) and against aiogram, 64 at a time.

`python -m bench.calls [--runs 5]`; aiogram is pinned in requirements-bench.lock, which `make bench` installs.
"""

import argparse
import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from statistics import median

import uvloop
from aiogram import Bot as Aiogram
from telegram import Bot

from bot.platforms.telegram.transport import Transport

from .botserver import TOKEN, running
from .report import Goal, finish, say

AT_ONCE = 64
N = {"ours": 3000, "aiogram": 3000, "httpx": 400}  # calls in one run; its own transport takes long
TIMES = {"httpx": 20.0, "aiogram": 1.0}  # as fast as these at least so many times
TEXT = "<b>작은도서관 책 정리</b>\n광주광역시 광산구 노인복지관 · 월곡2동\n\n시간당 11,000원\n월~금 09:00~12:00"

Call = Callable[[int], Awaitable[object]]


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
        aiogram = _aiogram(url)
        await ours.initialize()
        await httpx.initialize()
        calls: dict[str, Call] = {
            "ours": lambda i: ours.send_message(i, TEXT, parse_mode="HTML"),
            "aiogram": lambda i: aiogram.send_message(i, TEXT, parse_mode="HTML"),
            "httpx": lambda i: httpx.send_message(i, TEXT, parse_mode="HTML"),
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
        await aiogram.session.close()
    return rates


def _aiogram(url: str) -> Aiogram:
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    return Aiogram(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    rates = uvloop.run(run(parser.parse_args().runs))
    figures = {f"{name}_a_second": round(median(told)) for name, told in rates.items()}
    goals = {}
    for other, least in TIMES.items():
        times = median(mine / theirs for mine, theirs in zip(rates["ours"], rates[other], strict=True))
        goals[f"times_{other}"] = Goal(times, least, least=True)
    finish(figures, goals)


if __name__ == "__main__":
    main()
