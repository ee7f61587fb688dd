"""The program as a process of its own: how soon it is ready, with its data already there, and how much memory it holds idle.

Telegram is on, at a local server. `python -m bench.idle [--runs 5]`
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import aiohttp

from .botserver import TOKEN, running
from .report import Goal, finish, say

READY, MEMORY = 2.5, 150.0  # seconds, MB
PORT = 18080
IDLE = 3.0  # seconds after which memory and CPU are looked at
ROOT = Path(__file__).parents[1]


async def start(folder: Path, api: str) -> tuple[float, float, float]:
    """Seconds until /readyz says so, MB of resident memory after a while, and the share of one core it takes idle."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ILGAM_")}
    told = {
        "PYTHONPATH": str(ROOT),
        "ILGAM_TELEGRAM_TOKEN": TOKEN,
        "ILGAM_TELEGRAM_API": api,
        "ILGAM_HTTP_PORT": str(PORT),
    }
    started = time.perf_counter()
    quiet = asyncio.subprocess.DEVNULL
    arguments = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*arguments, cwd=folder, env=clean | told, stdout=quiet, stderr=quiet)
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while not await _ready(session):
                assert process.returncode is None, "it ended"
                await asyncio.sleep(0.01)
        ready = time.perf_counter() - started
        await asyncio.sleep(IDLE)
        before, seconds = _cpu(process.pid), time.perf_counter()
        await asyncio.sleep(IDLE)
        idle = (_cpu(process.pid) - before) / (time.perf_counter() - seconds)
        return ready, _memory(process.pid), idle
    finally:
        process.terminate()
        await process.wait()


async def _ready(session: aiohttp.ClientSession) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{PORT}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _cpu(pid: int) -> float:
    """Seconds of CPU so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def run(runs: int) -> list[tuple[float, float, float]]:
    with tempfile.TemporaryDirectory(prefix="ilgam-bench-") as folder:
        async with running() as api:
            say(f"first start, that makes the database: {await start(Path(folder), api)}")
            told = []
            for _ in range(runs):
                told.append(await start(Path(folder), api))
                say(f"ready after {told[-1][0]:.2f} s, {told[-1][1]:.0f} MB, {told[-1][2]:.1%} of a core")
            return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    told = asyncio.run(run(parser.parse_args().runs))
    ready, memory, idle = (median(values) for values in zip(*told, strict=True))
    figures = {"ready_s": round(ready, 2), "memory_mb": round(memory, 1), "idle_of_one_core": round(idle, 4)}
    finish(figures, {"ready_s": Goal(ready, READY), "memory_mb": Goal(memory, MEMORY)})


if __name__ == "__main__":
    main()
