"""Files at the fake Bot API server: what people send lies there, and is fetched by getFile and /file/."""

import asyncio
import itertools
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .botrules import Bad

LARGEST = 20 * 2**20  # bytes that a bot can download: https://core.telegram.org/bots/api#getfile


class Sent(bytes):
    """A file that the bot sent, with its name as the form said it."""

    name: str

    def __new__(cls, data: bytes, name: str) -> "Sent":
        made = super().__new__(cls, data)
        made.name = name
        return made


@dataclass
class Kept:
    """A file somebody sent. `endless` never stops, `slow` sends a byte now and then, `status` refuses."""

    data: bytes
    size: int | None
    endless: bool = False
    slow: float = 0.0
    status: int = 200


class Files:
    """`fetched` are the paths that were asked for."""

    token: str

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.fetched: list[str] = []
        self._file_ids = itertools.count(1)

    def keeps(self, name: str | None, data: bytes, size: int | None = -1, **how: Any) -> dict[str, Any]:
        """A document as a message carries it. `size` is what is told of it, None for nothing."""
        ref = f"BQACAgIAAxkBAAI{next(self._file_ids)}"
        told = len(data) if size == -1 else size
        self.kept[ref] = Kept(data, told, **how)
        document: dict[str, Any] = {"file_id": ref, "file_unique_id": f"unique{ref[-4:]}"}
        document |= {"file_name": name} if name is not None else {}
        return document | ({"file_size": told} if told is not None else {})

    async def _getFile(self, parameters: dict[str, Any]) -> dict[str, Any]:
        kept = self.kept.get(parameters["file_id"])
        if kept is None:
            raise Bad(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if (kept.size or 0) > LARGEST:
            raise Bad(400, "Bad Request: file is too big")
        told = {} if kept.size is None else {"file_size": kept.size}
        ref = parameters["file_id"]
        return {"file_id": ref, "file_unique_id": f"unique{ref[-4:]}", "file_path": f"documents/{ref} 1.bin", **told}

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.fetched.append(path)
        kept = self.kept.get(path.removeprefix("documents/").removesuffix(" 1.bin"))
        if request.match_info["token"] != self.token or kept is None:
            return web.Response(status=404)
        if kept.status != 200:
            return web.Response(status=kept.status)
        answer = web.StreamResponse()
        await answer.prepare(request)
        for i in itertools.count():
            piece = b"x" * 65536 if kept.endless else kept.data[i * 65536 : (i + 1) * 65536]
            if not piece:
                break
            if kept.slow:
                await asyncio.sleep(kept.slow)
                piece = piece[:1]
            await answer.write(piece)
        await answer.write_eof()
        return answer
