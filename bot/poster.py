"""The poster that hangs at a facility: one A4 page whose QR codes lead into each messenger and the web chat."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from locales import Translator

from .paper import EDGE, GREEN, HEIGHT, PALE, SOFT, WHITE, WIDTH, Paper

TOP, FOOT, GAP = 33.0, 27.0, 6.0  # millimetres
LARGEST = 40.0  # points
LARGEST_CODE = 86.0  # millimetres


@dataclass(frozen=True)
class Way:
    """One QR code: what stands above it, where it leads, and the address to type instead."""

    label: str
    url: str
    typed: str


@dataclass(frozen=True)
class Part:
    """The poster in one language, with its ways in, the name of the municipality, and its help phone if there is one."""

    t: Translator
    ways: Sequence[Way]
    municipality: str
    phone: str = ""

    @property
    def name(self) -> str:
        return self.t.t("Dongne Ilgam")

    @property
    def run_by(self) -> str:
        return self.t.t("Run by the {municipality} office · free", municipality=self.municipality)

    @property
    def headline(self) -> str:
        return self.t.t("Jobs near your home: we tell you as soon as there is one")

    @property
    def steps(self) -> list[str]:
        said = (
            self.t.t("Point your phone's camera at a code."),
            self.t.t("Say yes in the chat."),
            self.t.t("New jobs come to you. It is free."),
        )
        return [f"{i}. {step}" for i, step in enumerate(said, 1)]

    @property
    def help(self) -> str:
        return self.t.t("Help by phone: {phone}", phone=self.phone) if self.phone else ""

    @property
    def letters(self) -> str:
        ways = [text for way in self.ways for text in (way.label, way.typed)]
        return "".join([self.name, self.run_by, self.headline, *self.steps, self.help, *ways])


def poster(parts: Sequence[Part], place: str, now: datetime) -> bytes:
    """The page as PDF. One part fills it, two share it; more would be too small to read from two metres."""
    if not 1 <= len(parts) <= 2 or not all(part.ways for part in parts):
        raise ValueError("a poster has one or two languages, and something to lead to")
    with tempfile.TemporaryDirectory() as folder:
        page = Page(Path(folder), parts, place, now)
        page.head()
        tall = (HEIGHT - TOP - FOOT) / len(parts)
        for i, part in enumerate(parts):
            page.part(part, TOP + i * tall, tall, first=i == 0)
        page.foot()
        return page.finish()


class Page(Paper):
    """Each text is as large as its place allows."""

    def __init__(self, folder: Path, parts: Sequence[Part], place: str, now: datetime) -> None:
        self.parts, self.place = parts, place
        title = " · ".join(dict.fromkeys(part.name for part in parts))
        letters = "".join([place, *(part.letters for part in parts)])
        super().__init__(folder, title, letters, [part.t.code for part in parts], now)

    def head(self) -> None:
        self.band(0, TOP, GREEN)
        half, code = (WIDTH - 2 * EDGE) / 2, self.parts[0].t.code
        names = list(dict.fromkeys(part.name for part in self.parts))
        self.text(code, names, EDGE, 4, half, TOP - 8, 38, bold=True, colour=WHITE)
        run_by = [part.run_by for part in self.parts]
        self.text(code, run_by, EDGE + half, 4, half, TOP - 8, 19, colour=WHITE, align="R")

    def part(self, part: Part, top: float, tall: float, *, first: bool) -> None:
        """The headline, then the codes with what to do beside or below them."""
        code, wide = part.t.code, WIDTH - 2 * EDGE
        if not first:
            self.rule(top)
        alone = len(self.parts) == 1
        head = tall * (0.24 if alone else 0.29)
        self.text(code, [part.headline], EDGE, top + GAP, wide, head - GAP, LARGEST, bold=True)
        beside = 1.0 if alone else 0.68  # the share of the width that the codes may take
        side = min(tall - head - 24, LARGEST_CODE, wide / len(part.ways) - GAP, (wide * beside - GAP) / 2)
        left, below = EDGE, top + head + 2 + side + 16
        for way in part.ways:
            self.code(code, way, left, top + head + 2, side)
            left += side + GAP
        if alone:
            self.text(code, part.steps, EDGE, below, wide, top + tall - below - GAP, 28, apart=0.4)
        elif (room := WIDTH - EDGE - left) > 40:
            self.text(code, part.steps, left, top + head + 11, room, side, 22, apart=0.5)

    def code(self, language: str, way: Way, left: float, top: float, side: float) -> None:
        """One QR code in black on white: the label above, the address to type below."""
        self.text(language, [way.label], left, top, side, 9, 22, bold=True, colour=GREEN, align="C")
        self.qr(way.url, way.label, left, top + 9, side)
        self.text(language, [way.typed], left, top + 9 + side, side, 6, 13, colour=SOFT, align="C")

    def foot(self) -> None:
        top, wide, code = HEIGHT - FOOT, WIDTH - 2 * EDGE, self.parts[0].t.code
        self.band(top, FOOT, PALE)
        help_ = [part.help for part in self.parts if part.help]
        self.text(code, help_, EDGE, top + 3, wide * 0.62, FOOT - 6, 22, bold=True)
        self.text(code, [self.place], EDGE + wide * 0.64, top + 3, wide * 0.36, FOOT - 6, 17, colour=SOFT, align="R")
