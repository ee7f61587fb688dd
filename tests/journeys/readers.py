"""Residents who read one language, on Telegram or in the web chat: the same acts, and all they are shown is in that language."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from locales import Catalogs, languages
from tests.fakes.botpeople import Bubble, Person
from tests.fakes.webclient import WebPerson
from tests.leftovers import left_over, texts

QUOTED = re.compile('[“«„‘「『"](.+?)[”»“’」』"]')
PATIENCE = 20.0  # seconds: many speak at once, perhaps on a busy machine
TWO = "Choose your language"  # asked in English and Korean, as it is not known yet what is read


@dataclass(frozen=True)
class Shown:
    """A message as it stands on the screen."""

    text: str
    labels: Sequence[str]


class Reader(ABC):
    """Whatever is waited for, all that is on the screen then is looked at. `t` is the reader's own language."""

    def __init__(self, catalogs: Catalogs, code: str) -> None:
        self.catalogs, self.code, self.t = catalogs, code, catalogs.translator(code)
        self._labels = texts(code) | {catalogs.native_name(each) for each in catalogs.released} | {_both(catalogs)}

    @property
    @abstractmethod
    def shown(self) -> Sequence[Shown]:
        """Everything of ours on the screen, oldest first."""

    @abstractmethod
    async def comes(self) -> None:
        """Begins: the first word of somebody whose client has this language."""

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    async def taps(self, label: str) -> None: ...

    async def sees(self, text: str, seconds: float = PATIENCE) -> Shown:
        """Wait until a message contains the text; the newest such. By then nothing on the screen is in English."""
        end = asyncio.get_running_loop().time() + seconds
        while not (found := [message for message in self.shown if text in message.text]):
            assert asyncio.get_running_loop().time() < end, f"{text!r} not among {self.shown}"
            await asyncio.sleep(0.01)
        self.looks()
        return found[-1]

    def looks(self) -> None:
        for message in self.shown:
            english = [msgid for msgid in left_over(self.code, message.text) if msgid != TWO]
            assert not english, f"English left over in {message.text!r}: {english}"
            odd = [label for label in message.labels if not label.isdigit() and not self._known(label)]
            assert not odd, f"not of this language: {odd}"

    def _known(self, label: str) -> bool:
        return label in self._labels or re.sub(r"\d+", "{n}", label) in self._labels

    @property
    def stop(self) -> str:
        """The word by which the alerts end, as the reader was told it."""
        found = QUOTED.search(self.t.t("To stop, write “stop” at any time."))
        assert found, "the word is told in quotes"
        return found[1]


class OnTelegram(Reader):
    def __init__(self, catalogs: Catalogs, code: str, person: Person) -> None:
        super().__init__(catalogs, code)
        self.person = person

    @property
    def shown(self) -> Sequence[Shown]:
        return [Shown(bubble.text, self._labels_of(bubble)) for bubble in self.person.messages]

    def _labels_of(self, bubble: Bubble) -> Sequence[str]:
        newest = bubble is self.person.messages[-1]
        return [*bubble.labels, *(self.person.keyboard if newest else [])]

    async def comes(self) -> None:
        await self.says("/start")
        if self.catalogs.specific(self.person.language_code) is None:
            await self.taps(self.catalogs.native_name(self.code))

    async def says(self, text: str) -> None:
        await self.person.says(text)

    async def taps(self, label: str) -> None:
        await self.person.taps(label, PATIENCE)


class InTheWebChat(Reader):
    def __init__(self, catalogs: Catalogs, code: str, person: WebPerson) -> None:
        super().__init__(catalogs, code)
        self.person = person

    @property
    def shown(self) -> Sequence[Shown]:
        lines = [line for line in self.person.lines.values() if not line["mine"]]
        assert {line["lang"] for line in lines} <= {self.code}
        return [
            Shown(self.person.words(line), [each["label"] for row in line.get("buttons", []) for each in row])
            for line in lines
        ]

    async def comes(self) -> None:
        await self.person.comes()
        await self.says(f"/start {self.code}")

    async def says(self, text: str) -> None:
        await self.person.says(text)

    async def taps(self, label: str) -> None:
        await self.person.taps(label)


def telegram_code(code: str) -> str:
    """The language that a Telegram client in this language reports: of several the first, as "zh-hans"."""
    return languages.rows()[code]["telegram_language_code_seen_or_expected"].split(",")[0].split()[0]


def _both(catalogs: Catalogs) -> str:
    """ "Language / 언어", the button that everybody finds."""
    return " / ".join(catalogs.translator(code).t("Language") for code in ("en", "ko"))
