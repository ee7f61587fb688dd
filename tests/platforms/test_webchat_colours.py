"""Contrast by WCAG 2.1's formula, computed over the page's colours, light and dark: text at least 4.5 to 1."""

import re

import pytest

from bot.platforms.webchat.pages import STATIC

TEXT = [
    ("ink", "bg"),
    ("ink", "surface"),
    ("soft", "bg"),
    ("soft", "surface"),
    ("press-ink", "press"),
    ("press-ink", "bg"),
    ("press-ink", "surface"),
    ("main-ink", "main"),
    ("ink", "mine"),
    ("note-ink", "note"),
    ("bg", "ink"),
    ("ink", "press"),
    ("soft", "press"),
]
SHAPES = [("focus", "bg"), ("focus", "surface"), ("main", "bg")]  # WCAG 1.4.11: 3 to 1


def schemes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{([^}]*)\}", (STATIC / "style.css").read_text(encoding="utf-8"))
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks[:2])
    assert light.keys() == dark.keys()
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(scheme: str) -> None:
    colours = schemes()[scheme]
    for ink, paper in TEXT:
        assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    for shape, paper in SHAPES:
        assert contrast(colours[shape], colours[paper]) >= 3, (shape, paper)


def test_the_formula_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
