"""Draws pictures one at a time in a thread, and keeps the last ones: what many look at is drawn once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog

from handlers.chat.messages import Picture
from storage.area_lookup import Polygons

log = structlog.get_logger()

KEPT = 100  # pictures, of about 40 kB
Draw = Callable[[Picture], Awaitable[bytes | None]]  # the picture as PNG; None where it could not be drawn


async def nothing(_picture: Picture) -> bytes | None:
    """How those draw who cannot."""
    return None


class Drawings:
    """Call it with a picture for its PNG. None, and a line in the log, where drawing fails: the words stand without."""

    def __init__(self, polygons: Polygons, kept: int = KEPT) -> None:
        self._polygons, self._most = polygons, kept
        self._drawn: OrderedDict[Picture, bytes] = OrderedDict()
        self._one = asyncio.Lock()

    async def __call__(self, picture: Picture) -> bytes | None:
        async with self._one:
            if picture not in self._drawn:
                try:
                    self._drawn[picture] = await asyncio.to_thread(self._draw, picture)
                except Exception:
                    log.exception("picture not drawn", kind=picture.kind)
                    return None
                if len(self._drawn) > self._most:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(picture)
            return self._drawn[picture]

    def _draw(self, picture: Picture) -> bytes:
        from . import areas  # pillow is loaded when the first picture is wanted

        return areas.draw(self._polygons, picture)
