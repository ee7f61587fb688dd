"""What the page is told by the rest of the program: whose site it is, and what its public pages show."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.chat.events import Address
from handlers.pages import JobPage

from ...files import Make
from ...files import nothing as no_files
from ...pictures import Draw, nothing

Job = tuple[int, str, str]  # posting id, title, text of a few lines


@dataclass(frozen=True)
class Site:
    """`names` are the municipality's by language code; `messengers` are (name, address) of those switched on."""

    names: Mapping[str, str]
    phone: str = ""
    location: bool = True  # offer the browser's location
    messengers: Sequence[tuple[str, str]] = ()
    url: str = ""  # the public address, where there is one: its origin may open the WebSocket
    embedders: Sequence[str] = ()  # the origins whose pages may show the chat in a frame
    trial: bool = False  # nothing is configured, and the page says so

    def name(self, code: str) -> str:
        return self.names.get(code) or self.names.get("en") or next(iter(self.names.values()), "")


async def _no_jobs(_language: str, _offset: int, _limit: int) -> tuple[int, Sequence[Job]]:
    return 0, ()


async def _no_posting(_language: str, _posting: int) -> JobPage | None:
    return None


def _no_privacy(_language: str) -> str:
    return ""


async def _no_question(_address: Address) -> bool:
    return False


@dataclass(frozen=True)
class Content:
    """The public pages' words, all by language code, and the pictures and files of the chat.

    `jobs(language, offset, limit)` answers how many are open and one page of them, `posting(language, id)` one of them
    or None, `privacy(language)` the notice, `draw(picture)` its PNG or None,
    `make(file)` its bytes or None, `takes_files(address)` whether the open question of that chat does.
    """

    jobs: Callable[[str, int, int], Awaitable[tuple[int, Sequence[Job]]]] = field(default=_no_jobs)
    posting: Callable[[str, int], Awaitable[JobPage | None]] = field(default=_no_posting)
    privacy: Callable[[str], str] = field(default=_no_privacy)
    draw: Draw = field(default=nothing)
    make: Make = field(default=no_files)
    takes_files: Callable[[Address], Awaitable[bool]] = field(default=_no_question)
