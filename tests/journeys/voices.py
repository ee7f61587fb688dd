"""The same story told on Telegram and in the web chat: people act by the English words of the catalogs, and see their own."""

import re
from abc import ABC, abstractmethod
from typing import Any

from locales import Translator
from tests.fakes.botpeople import Bubble
from tests.fakes.botpeople import Person as TelegramPerson
from tests.fakes.webclient import WebPerson

SLOW = 30  # seconds: a map is drawn, an alert is matched, planned and sent, and the machine may be busy


class Voice(ABC):
    """One person at one platform. What was seen before an act does not answer it: every act is waited for by its answer."""

    rings = True

    def __init__(self, t: Translator) -> None:
        self.t = t

    @abstractmethod
    async def says(self, text: str) -> None: ...

    @abstractmethod
    async def _tap(self, label: str) -> None: ...

    @abstractmethod
    async def _until(self, pattern: re.Pattern[str], *, since: bool) -> str: ...

    @abstractmethod
    def all(self) -> list[str]:
        """Every message of ours as it stands now."""

    @abstractmethod
    def labels(self) -> list[str]:
        """All buttons in sight, the newest last."""

    def word(self, msgid: str, context: str = "") -> str:
        return self.t.c(context, msgid) if context else self.t.t(msgid)

    async def taps(self, msgid: str, context: str = "") -> None:
        """The newest button with this label, ticked or not."""
        label = self.word(msgid, context)
        await self._tap(label if label in self.labels() else f"✓ {label}")

    async def taps_words(self, *labels: str) -> None:
        """The newest button with one of these words, which may be no text of ours."""
        seen = [label for label in self.labels() if label.removeprefix("✓ ") in labels]
        await self._tap(seen[-1])

    async def leaves_out_what_is_silent(self) -> None:
        """The button that counts the jobs which do not state what is asked."""
        forms = {self.t.n("Leave out {n} that does not say", "Leave out {n} that do not say", n) for n in range(1, 100)}
        await self._tap(next(label for label in reversed(self.labels()) if label in forms))

    async def answered(self, msgid: str, **values: Any) -> str:
        """The answer to the last act holds this text of the catalog; values that are not given may be anything."""
        return await self._until(self._pattern(msgid, values), since=True)

    async def reads(self, text: str) -> str:
        """The answer to the last act holds these words, which are no text of ours."""
        return await self._until(re.compile(re.escape(text)), since=True)

    async def is_told(self, text: str) -> str:
        """A message with these words comes, or has come, unasked."""
        return await self._until(re.compile(re.escape(text)), since=False)

    def sees(self, text: str) -> int:
        """In how many messages these words stand."""
        return sum(text in message for message in self.all())

    def heard_of(self, names: list[str]) -> set[str]:
        return {name for name in names if self.sees(name)}

    def _pattern(self, msgid: str, values: dict[str, Any]) -> re.Pattern[str]:
        pieces = re.split(r"(\{\w+\})", self.t.t(msgid, **values))
        return re.compile("".join(".+?" if piece.startswith("{") else re.escape(piece) for piece in pieces))


class OnTelegram(Voice):
    def __init__(self, t: Translator, person: TelegramPerson) -> None:
        super().__init__(t)
        self.person, self._before = person, dict[int, int]()

    async def says(self, text: str) -> None:
        self._remember()
        await self.person.says(text)

    async def _tap(self, label: str) -> None:
        self._remember()
        await self.person.taps(label, SLOW)

    async def _until(self, pattern: re.Pattern[str], *, since: bool) -> str:
        def found() -> str | None:
            fresh = [one for one in self.person.messages if not since or self._before.get(one.id) != one.edits]
            return next((one.text for one in reversed(fresh) if pattern.search(one.text)), None)

        server, failure = self.person.server, f"{pattern.pattern!r} not in"
        return str(await server.until(found, SLOW, lambda: f"{failure} {self.person.shown[-3:]}"))

    def all(self) -> list[str]:
        return [bubble.text for bubble in self.person.messages]

    def labels(self) -> list[str]:
        return [label for bubble in self.person.messages for label in bubble.labels] + self.person.keyboard

    def pictures(self) -> list[Bubble]:
        return [bubble for bubble in self.person.messages if bubble.photo]

    def _remember(self) -> None:
        self._before = {bubble.id: bubble.edits for bubble in self.person.messages}


class OnTheWeb(Voice):
    rings = False

    def __init__(self, t: Translator, person: WebPerson) -> None:
        super().__init__(t)
        self.person, self._before = person, 0

    async def says(self, text: str) -> None:
        if not self.person.frames:
            await self.person.comes()
        self._before = len(self.person.frames)
        await self.person.says(text)

    async def _tap(self, label: str) -> None:
        self._before = len(self.person.frames)
        await self.person.taps(label)

    async def _until(self, pattern: re.Pattern[str], *, since: bool) -> str:
        def found() -> bool:
            return any(pattern.search(words) for words in self._shown(since=since))

        await self.person.until(found, pattern.pattern, SLOW)
        return next(words for words in reversed(self._shown(since=since)) if pattern.search(words))

    def all(self) -> list[str]:
        return self._shown(since=False)

    def labels(self) -> list[str]:
        lines = self.person.lines.values()
        return [button["label"] for line in lines for row in line.get("buttons", []) for button in row]

    def pictures(self) -> list[dict[str, Any]]:
        return [line["picture"] for line in self.person.lines.values() if "picture" in line]

    def _shown(self, *, since: bool) -> list[str]:
        fresh = {frame["line"] for frame in self.person.frames[self._before :] if "line" in frame}
        lines = [line for key, line in self.person.lines.items() if not line["mine"] and (not since or key in fresh)]
        return [self.person.words(line) for line in lines]
