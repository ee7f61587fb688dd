"""The poster that hangs at a facility: one A4 page whose QR codes lead into each messenger and the web chat."""

import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

import segno
from fpdf import FPDF

from locales import Translator

from .fonts import family

WIDTH, HEIGHT, EDGE = 210.0, 297.0, 14.0  # millimetres
TOP, FOOT, GAP = 33.0, 27.0, 6.0
GREEN, INK, SOFT, PALE, WHITE = (11, 107, 75), (24, 32, 28), (85, 96, 90), (230, 242, 236), (255, 255, 255)
LARGEST, SMALLEST = 40.0, 8.0  # points
LARGEST_CODE = 86.0  # millimetres
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
UNSPACED = (
    "zh_Hans",
    "zh_Hant",
    "ja",
)  # a line may end anywhere; Khmer, Thai and their like have spaces between phrases
CLOSING = "、。，．！？：；」』）》,.!?:;)”"  # never at the beginning of a line
LEADING = 1.3  # from line to line, in sizes of the letters
POINT = 25.4 / 72  # millimetres


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


class Page:
    """Draws in millimetres, each text as large as its place allows."""

    def __init__(self, folder: Path, parts: Sequence[Part], place: str, now: datetime) -> None:
        self.parts, self.place = parts, place
        self.pdf = FPDF(format="A4")
        self.pdf.set_creation_date(now)
        self.pdf.set_title(" · ".join(dict.fromkeys(part.name for part in parts)))
        self.pdf.set_lang(parts[0].t.code.replace("_", "-"))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_text_shaping(True)
        self.pdf.c_margin = 0
        self.pdf.add_page()
        self.fonts: dict[str, dict[str, str]] = {}  # by language: the font of each letter
        letters = "".join([place, *(part.letters for part in parts)])
        for language in dict.fromkeys(part.t.code for part in parts):
            made = family(folder, letters, language)
            self.fonts[language] = {letter: font.name for font in made for letter in font.letters}
            for font in made:
                for style, path in font.styles.items():
                    self.pdf.add_font(font.name, style, path)

    def finish(self) -> bytes:
        done = bytes(self.pdf.output())
        for font in self.pdf.fonts.values():
            font.close()  # type: ignore[union-attr]
        return done

    def head(self) -> None:
        self.pdf.set_fill_color(*GREEN)
        self.pdf.rect(0, 0, WIDTH, TOP, style="F")
        half, code = (WIDTH - 2 * EDGE) / 2, self.parts[0].t.code
        names = list(dict.fromkeys(part.name for part in self.parts))
        self.text(code, names, EDGE, 4, half, TOP - 8, 38, bold=True, colour=WHITE)
        run_by = [part.run_by for part in self.parts]
        self.text(code, run_by, EDGE + half, 4, half, TOP - 8, 19, colour=WHITE, align="R")

    def part(self, part: Part, top: float, tall: float, *, first: bool) -> None:
        """The headline, then the codes with what to do beside or below them."""
        code, wide = part.t.code, WIDTH - 2 * EDGE
        if not first:
            self.pdf.set_draw_color(*GREEN)
            self.pdf.set_line_width(0.8)
            self.pdf.line(EDGE, top, WIDTH - EDGE, top)
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
        rows = [list(row) for row in segno.make(way.url, error="m", micro=False).matrix_iter(border=QUIET)]
        top, dot = top + 9, side / len(rows)
        self.pdf.set_fill_color(0, 0, 0)
        for y, row in enumerate(rows):
            x = 0
            while x < len(row):
                run = next((i for i in range(x, len(row)) if row[i] != row[x]), len(row)) - x
                if row[x]:  # a hair wider and taller, so that no printer leaves a line between two dots
                    self.pdf.rect(left + x * dot, top + y * dot, run * dot + 0.02, dot + 0.02, style="F")
                x += run
        self.pdf.link(left, top, side, side, way.url, alt_text=way.label)
        self.text(language, [way.typed], left, top + side, side, 6, 13, colour=SOFT, align="C")

    def foot(self) -> None:
        top, wide, code = HEIGHT - FOOT, WIDTH - 2 * EDGE, self.parts[0].t.code
        self.pdf.set_fill_color(*PALE)
        self.pdf.rect(0, top, WIDTH, FOOT, style="F")
        help_ = [part.help for part in self.parts if part.help]
        self.text(code, help_, EDGE, top + 3, wide * 0.62, FOOT - 6, 22, bold=True)
        self.text(code, [self.place], EDGE + wide * 0.64, top + 3, wide * 0.36, FOOT - 6, 17, colour=SOFT, align="R")

    def text(
        self,
        language: str,
        lines: Sequence[str],
        left: float,
        top: float,
        wide: float,
        tall: float,
        points: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = INK,
        align: str = "L",
        apart: float = 0.0,
    ) -> None:
        """Paragraphs in a box, at most `points` large and in the middle of its height; `apart` is in lines."""
        if not lines:
            return
        pen = Pen(self.pdf, self.fonts[language], "B" if bold else "")
        parts = [pieces(text, whole=language not in UNSPACED) for text in lines]
        while True:
            em = points * POINT
            broken = [pen.lines(part, wide / em) for part in parts]
            total = em * LEADING * (sum(map(len, broken)) + apart * (len(lines) - 1))
            widest = max(pen.width(line) for text in broken for line in text)
            if points <= SMALLEST or (total <= tall and widest * em <= wide):
                break
            points -= 0.5
        self.pdf.set_text_color(*colour)
        y = top + max(0.0, tall - total) / 2
        for part in parts:
            for line in pen.even(part, wide / em):
                slack = {"L": 0.0, "C": 0.5, "R": 1.0}[align] * (wide - pen.width(line) * em)
                pen.write(line, left + slack, y + em, points)
                y += em * LEADING
            y += apart * em * LEADING


@dataclass
class Pen:
    """Writes each letter in its font (fpdf2's own fallback fonts lose their place between lines). Widths are in ems."""

    pdf: FPDF
    fonts: Mapping[str, str]
    style: str
    known: dict[str, float] = field(default_factory=dict)

    def runs(self, line: str, points: float) -> Iterator[str]:
        """Stretches of one font, which is set for each."""
        for name, letters in groupby(line, lambda letter: self.fonts.get(letter, "")):
            if name:
                self.pdf.set_font(name, self.style, points)
                yield "".join(letters)

    def width(self, line: str) -> float:
        if line not in self.known:
            self.known[line] = sum(self.pdf.get_string_width(run) for run in self.runs(line, 100)) / (100 * POINT)
        return self.known[line]

    def write(self, line: str, x: float, y: float, points: float) -> None:
        """From the left edge, on the base line, in millimetres. In cells: fpdf2's `text` shapes no Khmer or Devanagari."""
        tall = points * POINT
        for run in self.runs(line, points):
            wide = self.pdf.get_string_width(run)
            self.pdf.set_xy(x, y - 0.8 * tall)  # a cell's base line lies so far below its top
            self.pdf.cell(wide, tall, run)
            x += wide

    def lines(self, parts: Sequence[str], wide: float) -> list[str]:
        """As many parts on each line as it has room for."""
        found, used = [""], 0.0
        for part in parts:
            if found[-1] and used + self.width(part.rstrip()) > wide:
                found.append("")
                used = 0.0
            found[-1] += part
            used += self.width(part)
        return [line.strip() for line in found]

    def even(self, parts: Sequence[str], wide: float) -> list[str]:
        """No more lines than needed, about as long as each other."""
        found, narrow = self.lines(parts, wide), wide
        while len(found) > 1:
            narrow -= wide / 100
            closer = self.lines(parts, narrow)
            if len(closer) > len(found) or max(map(self.width, closer)) > narrow:
                break
            found = closer
        return found


def pieces(text: str, *, whole: bool) -> list[str]:
    """What a line break may stand between: words with the space after them, or letters with what belongs to them."""
    if whole:
        return re.findall(r"\S+\s*", text)
    found: list[str] = []
    for letter in text:
        if found and (unicodedata.category(letter).startswith("M") or letter in CLOSING):
            found[-1] += letter
        else:
            found.append(letter)
    return found
