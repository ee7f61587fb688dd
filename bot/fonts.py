"""Fonts for what we draw, from wheels and never the machine's: Noto Sans in every script, made static for the words at hand.

Noto comes as variable fonts, those of Chinese, Japanese and Korean in one collection of 33 MB with cubic outlines (CFF2),
which takes minutes to make static as a whole. So only the letters that are needed are drawn, at the wanted weight.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HAN = {"ja": 0, "zh_Hans": 2, "zh_Hant": 3}  # faces of the collection: the same character is written differently
KOREAN = 1
WEIGHTS = {"": 500, "B": 800}
SMOOTH = 1.0  # units of the em square by which a curve may be off


@dataclass(frozen=True)
class Font:
    """One font in each style ("" and "B", as a file), and the letters to write in it."""

    name: str
    letters: frozenset[str]
    styles: Mapping[str, Path]


def family(folder: Path, text: str, language: str) -> list[Font]:
    """Fonts that together cover the text, each letter in one of them. Their files lie in `folder`.

    Letters that need no shaping (Latin, Cyrillic, Hangul, Han) are drawn anew; other scripts keep their rules.
    """
    left, found = {letter for letter in text if letter.isprintable()}, list[Font]()
    for name, path, number, shaped in _fonts(language):
        if not left:
            break
        with TTFont(path, fontNumber=number, lazy=True) as font:
            here = {letter for letter in left if ord(letter) in font.getBestCmap()}
        if not here:
            continue
        left -= here
        made = {}
        for style, weight in WEIGHTS.items():
            made[style] = folder / f"{name}-{language}-{weight}.ttf"
            if shaped:
                with TTFont(path) as font:
                    instantiateVariableFont(font, {"wght": weight}).save(made[style])
            else:
                _drawn(path, number, here, weight).save(made[style])
        found.append(Font(f"{name}-{language}", frozenset(here), made))
    return found


def _fonts(language: str) -> Iterator[tuple[str, Path, int, bool]]:
    """Name, file, face, and whether its script needs shaping: in the order in which they are asked for a letter."""
    with as_file(files("manimgx_fonts")) as scripts, as_file(files("manimgx_fonts_cjk")) as cjk:
        yield "latin", scripts / "NotoSans[wght].ttf", -1, False
        for number in dict.fromkeys((HAN.get(language, KOREAN), KOREAN, HAN["zh_Hans"])):
            yield f"cjk{number}", cjk / "NotoSansCJK-VF.otf.ttc", number, False
        for path in sorted(scripts.glob("NotoSans*[[]wght].ttf")):
            if path.name != "NotoSans[wght].ttf":
                yield path.name.partition("[")[0].lower(), path, -1, True


def _drawn(path: Path, number: int, letters: Iterable[str], weight: int) -> FontBuilder:
    """A static TrueType font of these letters alone."""
    with TTFont(path, fontNumber=number, lazy=True) as font:
        names = font.getBestCmap()
        chosen = {ord(letter): names[ord(letter)] for letter in sorted(letters)}
        order = list(dict.fromkeys([".notdef", *chosen.values()]))
        drawn = font.getGlyphSet(location={"wght": weight})
        glyphs, widths = {}, {}
        for name in order:
            whole, pen = DecomposingRecordingPen(drawn), TTGlyphPen(None)
            drawn[name].draw(whole)
            whole.replay(Cu2QuPen(pen, SMOOTH, reverse_direction="CFF2" in font))
            glyphs[name] = pen.glyph()
            widths[name] = (round(drawn[name].width), 0)
        made = FontBuilder(font["head"].unitsPerEm, isTTF=True)
        ascent, descent = font["hhea"].ascent, font["hhea"].descent
    made.setupGlyphOrder(order)
    made.setupCharacterMap(chosen)
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics({name: (width, made.font["glyf"][name].xMin) for name, (width, _) in widths.items()})
    made.setupHorizontalHeader(ascent=ascent, descent=descent)
    made.setupNameTable({"familyName": path.stem, "styleName": str(weight)})
    made.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWinAscent=ascent, usWinDescent=-descent)
    made.setupPost()
    return made
