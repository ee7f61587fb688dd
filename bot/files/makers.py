"""Which kind of file is made where, and each once while it is among the last ones."""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any

from handlers.chat.messages import File

from ..made import Made

MAKERS = {
    "table": "sheet",
    "notice": "notice",
    "qr": "qr",
    "board": "board",
}  # each brings a library of its own, which is loaded when it is wanted first
KEPT = 8  # files, of 10 kB to some MB
Make = Callable[[File], Awaitable[bytes | None]]  # the file's bytes; None where it could not be made


async def nothing(_file: File) -> bytes | None:
    """How those make who cannot."""
    return None


class Files(Made[File]):
    """Call it with a file for its bytes."""

    def __init__(self, kept: int = KEPT) -> None:
        super().__init__("file", make, kept)


def make(file: File) -> bytes:
    """The bytes of a file. Raises where its `what` lacks something: `handlers.papers` puts it together."""
    maker: Callable[[Mapping[str, Any]], bytes] = import_module(f".{MAKERS[file.kind]}", __package__).make
    return maker(file.what)
