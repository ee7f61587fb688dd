"""A QR code as PNG, to be printed or shown: the title large above it, the address to type below."""

import io
import tempfile
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFont

from ..fonts import Font, family
from ..lettering import LEADING, Pen, fit

WIDTH, EDGE = 1200, 80  # pixels
TITLE, URL = 300, 120  # heights of the places for both texts
TITLE_SIZES, URL_SIZES = (96.0, 36.0), (48.0, 24.0)  # pixels, most and least
QUIET = 4  # modules of white around a QR code (ISO/IEC 18004)
INK, PAPER = "#18201c", "white"


def make(what: Mapping[str, Any]) -> bytes:
    """`title` and `url` are texts, `language` is that of the title."""
    title, url, language = what["title"], what["url"], what["language"]
    code = segno.make(url, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=QUIET)]
    dot = (WIDTH - 2 * EDGE) // len(rows)
    side = dot * len(rows)
    image = Image.new("RGB", (WIDTH, EDGE + TITLE + side + URL + EDGE), PAPER)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = (WIDTH - side) // 2 + x * dot, EDGE + TITLE + y * dot
                draw.rectangle((left, top, left + dot - 1, top + dot - 1), fill="black")
    with tempfile.TemporaryDirectory() as folder:
        fonts = family(Path(folder), title + url, language)
        _write(draw, fonts, "B", title, language, EDGE, TITLE, TITLE_SIZES)
        _write(draw, fonts, "", url, language, EDGE + TITLE + side, URL, URL_SIZES)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(
    draw: ImageDraw.ImageDraw,
    fonts: list[Font],
    style: str,
    text: str,
    language: str,
    top: float,
    tall: float,
    sizes: tuple[float, float],
) -> None:
    pen = ImagePen(fonts, style)
    fitted = fit(pen, [text], language, WIDTH - 2 * EDGE, tall, sizes)
    y = top + (tall - fitted.tall) / 2
    for line in (line for lines in fitted.texts for line in lines):
        x = (WIDTH - pen.width(line) * fitted.size) / 2
        for font, run in pen.runs(line, round(fitted.size)):
            draw.text((x, y + fitted.size), run, fill=INK, font=font, anchor="ls")
            x += font.getlength(run)
        y += fitted.size * LEADING


class ImagePen(Pen):
    """Letters of fonts that lie in files."""

    def __init__(self, fonts: list[Font], style: str) -> None:
        self._paths = {letter: font.styles[style] for font in fonts for letter in font.letters}
        self._font = cache(ImageFont.truetype)

    def runs(self, line: str, size: int) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """Stretches of one font."""
        grouped = groupby(line, self._paths.get)
        return [(self._font(path, size), "".join(letters)) for path, letters in grouped if path]

    def width(self, line: str) -> float:
        return sum(font.getlength(run) for font, run in self.runs(line, 100)) / 100
