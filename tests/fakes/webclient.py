"""A resident at the web chat: a real WebSocket, the token that the server gave, and what the page would show."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

WAIT = 20.0


class WebPerson:
    """`lines` are what the page shows, by id, in order; `notices` the short words; `token` who this is."""

    def __init__(self, session: ClientSession, address: str, language: str = "en", *, keep: bool = True) -> None:
        self.session, self.address, self.language, self.keep = session, address, language, keep
        self.token: str | None = None
        self.lines: dict[Any, dict[str, Any]] = {}
        self.frames: list[dict[str, Any]] = []
        self.acknowledged: set[str] = set()
        self.slowed: dict[str, float] = {}
        self.closed_with: int | None = None
        self._ready = asyncio.Event()
        self._news = asyncio.Condition()
        self._ws: ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None

    async def comes(self, origin: str | None = None) -> None:
        """Open the page, or come back: what was missed since the last seen line arrives."""
        self._ready.clear()
        self.closed_with = None
        ws = await self.session.ws_connect(f"{self.address}/ws", origin=origin or self.address)
        self._ws = ws
        since = max((line for line in self.lines if isinstance(line, int)), default=0)
        await ws.send_json({"hello": self.token, "language": self.language, "since": since, "keep": self.keep})
        self._reader = asyncio.create_task(self._read(ws))
        await asyncio.wait_for(self._ready.wait(), WAIT)

    async def goes(self) -> None:
        assert self._ws is not None
        assert self._reader is not None
        await self._ws.close()
        await self._reader

    async def says(self, text: str, name: str | None = None) -> None:
        await self._act({"say": text}, name)

    async def taps(self, label: str, name: str | None = None) -> None:
        """Press the newest button with this label."""
        for line in reversed(self.lines.values()):
            for row in line.get("buttons", []):
                for button in row:
                    if button["label"] == label and "payload" in button:
                        return await self._act({"tap": button["payload"], "message": line["line"]}, name)
        raise AssertionError(f"no button {label!r} in {list(self.lines.values())}")

    async def pins(self, lat: float, lon: float) -> None:
        await self._act({"pin": [lat, lon]}, None)

    async def sends(self, frame: Any) -> None:
        """Any frame at all, without waiting for what becomes of it."""
        assert self._ws is not None
        if isinstance(frame, str):
            await self._ws.send_str(frame)
        else:
            await self._ws.send_json(frame)

    def sees(self, text: str) -> bool:
        """On the page, in any line of ours."""
        return any(text in self.words(line) for line in self.lines.values() if not line["mine"])

    @property
    def said(self) -> list[str]:
        return [line["text"] for line in self.lines.values() if line["mine"]]

    @staticmethod
    def words(line: dict[str, Any]) -> str:
        return "\n".join(line[part] for part in ("lead", "title", "text") if part in line)

    async def is_told(self, text: str) -> None:
        """Wait until the page shows the text."""
        await self.until(lambda: self.sees(text), text)

    async def until(self, happened: Any, what: str = "it", seconds: float = WAIT) -> None:
        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(happened), seconds)
            except TimeoutError:
                raise AssertionError(f"{what} did not come; the page shows {self.lines}") from None

    async def _act(self, frame: dict[str, Any], name: str | None) -> None:
        name = name or uuid4().hex
        while name not in self.acknowledged:
            await self.sends({**frame, "id": name})
            await self.until(lambda: name in self.acknowledged or name in self.slowed, f"the receipt of {frame}")
            await asyncio.sleep(self.slowed.pop(name, 0.0))  # too quick: sent again, as the page does

    async def _read(self, ws: ClientWebSocketResponse) -> None:
        async for message in ws:
            if message.type is not WSMsgType.TEXT:
                break
            frame = message.json()
            self.frames.append(frame)
            self.token = frame.get("token", self.token)
            if frame.get("fresh"):
                self.lines.clear()
            if "line" in frame:
                key = frame["line"] if frame["line"] is not None else uuid4().hex
                self.lines[key] = {**self.lines.get(key, {}), **frame}
            if "slow" in frame:
                self.slowed[frame["slow"]] = frame["after"]
            if "ok" in frame:
                self.acknowledged.add(frame["ok"])
            if frame.get("ready"):
                self._ready.set()
            async with self._news:
                self._news.notify_all()
        self.closed_with = ws.close_code
        async with self._news:
            self._news.notify_all()


@asynccontextmanager
async def people(address: str) -> AsyncIterator[Any]:
    """Makes residents at a server, and sees to it that their pages are closed."""
    made: list[WebPerson] = []
    async with ClientSession() as session:

        def person(language: str = "en", *, keep: bool = True) -> WebPerson:
            made.append(WebPerson(session, address, language, keep=keep))
            return made[-1]

        yield person
        for one in made:
            if one._ws is not None:
                await one._ws.close()
            if one._reader is not None:
                await asyncio.gather(one._reader, return_exceptions=True)
