"""A Bot API server that costs as little as possible, as a process of its own: its CPU time is nobody's who is measured.

`python -m bench.botserver LATENCY` serves on a free port of 127.0.0.1, prints it, and answers every call after LATENCY seconds.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import uvloop

TOKEN = "1000000001:a-token-of-the-bench-server-0123456789"
MESSAGE = b'{"message_id":%d,"date":1800000000,"chat":{"id":1,"type":"private"},"text":"x"}'
BOT = b'{"id":1000000001,"is_bot":true,"first_name":"Ilgam","username":"ilgam_bench_bot"}'
RESULTS = {b"sendMessage": MESSAGE, b"getMe": BOT, b"getUpdates": b"[]"}  # everything else is answered true
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
IDLE = 0.5  # seconds that an empty poll takes


class Connection(asyncio.Protocol):
    """One kept-alive connection; requests come one after the other, each with a Content-Length."""

    sent = 0

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].partition(b"\r\n")[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(head.partition(b" HTTP")[0].rpartition(b"/")[2])

    def _answer(self, method: bytes) -> None:
        result = RESULTS.get(method, b"true")
        if method == b"sendMessage":
            Connection.sent += 1
            result = MESSAGE % Connection.sent
        body = b'{"ok":true,"result":%b}' % result
        whole, latency = HEAD % len(body) + body, IDLE if method == b"getUpdates" else self._latency
        if latency:
            asyncio.get_running_loop().call_later(latency, self._write, whole)
        else:
            self._write(whole)

    def _write(self, whole: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(whole)


async def serve(latency: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(latency), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@asynccontextmanager
async def running(latency: float = 0.0) -> AsyncIterator[str]:
    """The URL of a server that runs for this long."""
    arguments = (sys.executable, "-m", "bench.botserver", str(latency))
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    uvloop.run(serve(float(sys.argv[1])))
