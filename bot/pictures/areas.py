"""Draws a map of areas from our own boundaries: what was chosen, its neighbours paler, the rest as land, and the sea."""

import io
from collections.abc import Mapping
from functools import partial
from importlib.resources import as_file, files

from PIL import Image, ImageDraw, ImageFont

from handlers.chat.messages import Picture
from storage.area_lookup import Polygons

from .layout import EDGE, SIDE, Kind, Label, Layout, Ring, layout

FINE = 2  # boundaries are drawn so many times larger, then made smaller: so their edges are smooth
SEA, LINE, INK, HALO, SOFT = "#d4e5ef", "#ffffff", "#14201a", "#ffffff", "#5b6b64"
FILL: Mapping[Kind, str] = {"rest": "#ece8df", "near": "#c3e6d2", "chosen": "#52b788"}
OUTLINE = "#0b6b4b"
SLIT = 90.0  # metres between neighbours, at most
FEW = 6  # parts that get thick outlines
HALOED = 3  # pixels of white around letters
WEIGHTS: Mapping[Kind, int] = {"chosen": 700, "near": 500, "rest": 400}
SOURCE = "경계: 국토교통부 · 국토지리정보원 (단순화)"  # its licence asks that it is told: storage/regions/README.md
SOURCE_SIZE = 15


def draw(polygons: Polygons, picture: Picture) -> bytes:
    """The map as PNG, SIDE pixels square. ValueError where there are no boundaries of what was chosen."""
    letters = Letters()
    planned = layout(polygons, picture, partial(letters.width, "chosen"))
    image = _land(planned)
    pen = ImageDraw.Draw(image)
    letters.write(pen, "rest", SOURCE, SOURCE_SIZE, SIDE - EDGE, SIDE - EDGE / 2, SOFT, anchor="rs")
    for label in planned.labels:
        _name(pen, letters, label)
    file = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(file, "PNG", optimize=True)
    return file.getvalue()


def _land(planned: Layout) -> Image.Image:
    image = Image.new("RGB", (SIDE * FINE, SIDE * FINE), SEA)
    pen = ImageDraw.Draw(image)
    for shape in planned.shapes:  # neighbours were made simpler each by itself, which leaves slits between them
        _line(pen, shape.shore, FILL["rest"], max(2, round(SLIT * planned.scale)))
    for shape in planned.shapes:
        _fill(pen, shape.shore, FILL[shape.kind])
        for hole in shape.holes:
            _fill(pen, hole, SEA)
    for shape in planned.shapes:
        for ring in (shape.shore, *shape.holes):
            _line(pen, ring, LINE, 2)
    chosen = [shape for shape in planned.shapes if shape.kind == "chosen"]
    for shape in chosen:
        for ring in (shape.shore, *shape.holes):
            _line(pen, ring, OUTLINE, 4 if len(chosen) <= FEW else 2)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _fill(pen: ImageDraw.ImageDraw, ring: Ring, colour: str) -> None:
    pen.polygon(_fine(ring), fill=colour)


def _line(pen: ImageDraw.ImageDraw, ring: Ring, colour: str, width: int) -> None:
    points = _fine(ring)
    pen.line([*points, *points[:2]], fill=colour, width=width * FINE, joint="curve")


def _fine(ring: Ring) -> list[tuple[float, float]]:
    return [(x * FINE, y * FINE) for x, y in zip(*ring, strict=True)]


def _name(pen: ImageDraw.ImageDraw, letters: "Letters", label: Label) -> None:
    left, top, right, bottom = label.box
    leading = (bottom - top) / sum(size for _, size in label.lines)
    for line, size in label.lines:
        top += size * leading
        base = top - size * leading * 0.25
        letters.write(pen, label.kind, line, size, (left + right) / 2, base, INK, halo=HALOED)


class Letters:
    """Noto Sans from wheels, never the machine's: one file for Hangul, another for Latin and Cyrillic."""

    def __init__(self) -> None:
        self._known: dict[tuple[Kind, bool, int], ImageFont.FreeTypeFont] = {}

    def width(self, kind: Kind, text: str, size: int) -> float:
        """In pixels, with what is around the letters."""
        return self._font(kind, text, size).getlength(text) + 2 * HALOED

    def write(
        self,
        pen: ImageDraw.ImageDraw,
        kind: Kind,
        text: str,
        size: int,
        x: float,
        y: float,
        colour: str,
        *,
        halo: int = 0,
        anchor: str = "ms",
    ) -> None:
        font = self._font(kind, text, size)
        pen.text((x, y), text, fill=colour, font=font, anchor=anchor, stroke_width=halo, stroke_fill=HALO)

    def _font(self, kind: Kind, text: str, size: int) -> ImageFont.FreeTypeFont:
        korean = any(ord(letter) > 0x2E80 for letter in text)
        if (kind, korean, size) not in self._known:
            package, name = (
                ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc") if korean else ("manimgx_fonts", "NotoSans[wght].ttf")
            )
            with as_file(files(package) / name) as path:
                font = ImageFont.truetype(path, size, index=1 if korean else 0)  # of the collection: Korean
            axes = [axis["name"] for axis in font.get_variation_axes()]
            font.set_variation_by_axes([WEIGHTS[kind] if name == b"Weight" else 100 for name in axes])
            self._known[kind, korean, size] = font
        return self._known[kind, korean, size]
