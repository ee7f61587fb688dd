"""Draws pictures, each once while it is among the last ones."""

from collections.abc import Awaitable, Callable

from handlers.chat.messages import Picture
from storage.area_lookup import Polygons

from ..made import Made

KEPT = 100  # pictures, of about 40 kB
Draw = Callable[[Picture], Awaitable[bytes | None]]  # the picture as PNG; None where it could not be drawn


async def nothing(_picture: Picture) -> bytes | None:
    """How those draw who cannot."""
    return None


class Drawings(Made[Picture]):
    """Call it with a picture for its PNG."""

    def __init__(self, polygons: Polygons, kept: int = KEPT) -> None:
        def draw(picture: Picture) -> bytes:
            from . import areas  # pillow is loaded when the first picture is wanted

            return areas.draw(polygons, picture)

        super().__init__("picture", draw, kept)
