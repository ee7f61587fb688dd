"""The weekly sheet for a notice board as PDF: A4 in large letters, some jobs a page, each with a code that leads to it."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ..paper import EDGE, GREEN, HEIGHT, PALE, SOFT, WHITE, WIDTH, Paper

TOP, FOOT, GAP = 46.0, 26.0, 5.0  # millimetres
PAGE = 16.0  # millimetres for the number of the page
PER_PAGE = {1: 4, 2: 3}  # jobs, by the number of languages
CODE = 42.0  # millimetres
TITLE, LINE, LEAST = 24.0, 17.0, 11.0  # points; the least is read from half a metre
WIDE = WIDTH - 2 * EDGE


def make(what: Mapping[str, Any]) -> bytes:
    """`heads` says by language (one or two: `language`, `name`, `run_by`, `title`, `week`, `how`, `help`) what stands above
    and below, `jobs` what stands between: `url` (or nothing), and of each language `title` and `lines`. `made` is a moment
    in ISO 8601.
    """
    heads, jobs = what["heads"], what["jobs"]
    if len(heads) not in PER_PAGE or not jobs:
        raise ValueError("a sheet has one or two languages, and at least one job")
    some = PER_PAGE[len(heads)]
    pages = [jobs[i : i + some] for i in range(0, len(jobs), some)]
    languages = [head["language"] for head in heads]
    letters = "".join(map(str, _letters([heads, jobs]))) + "0123456789/ …"
    with tempfile.TemporaryDirectory() as folder:
        paper = Paper(Path(folder), heads[0]["title"], letters, languages, datetime.fromisoformat(what["made"]))
        for i, shown in enumerate(pages):
            if i:
                paper.pdf.add_page()
            _head(paper, heads)
            tall = (HEIGHT - TOP - FOOT) / some
            for j, job in enumerate(shown):
                _job(paper, languages, job, TOP + j * tall, tall)
                if j:
                    paper.rule(TOP + j * tall)
            _foot(paper, heads, f"{i + 1} / {len(pages)}")
        return paper.finish()


def _letters(said: Any) -> list[str]:
    """Every text within."""
    if isinstance(said, str):
        return [said]
    inner = said.values() if isinstance(said, Mapping) else said
    return [text for one in inner for text in _letters(one)]


def _head(paper: Paper, heads: Sequence[Mapping[str, str]]) -> None:
    paper.band(0, TOP - GAP, GREEN)
    each = (TOP - GAP - 6) / len(heads)
    for i, head in enumerate(heads):
        top, code = 3 + i * each, head["language"]
        title = [head["title"], head["week"]]
        paper.text(code, title, EDGE, top, WIDE * 0.64, each, 30, bold=True, colour=WHITE)
        said = [head["name"], head["run_by"]]
        paper.text(code, said, EDGE + WIDE * 0.66, top, WIDE * 0.34, each, 15, colour=WHITE, align="R")


def _job(paper: Paper, languages: Sequence[str], job: Mapping[str, Any], top: float, tall: float) -> None:
    """The titles one below the other, then the lines of each language side by side."""
    wide, top, tall = WIDE, top + GAP, tall - 2 * GAP
    if job["url"]:
        wide -= CODE + GAP
        paper.qr(job["url"], job["parts"][0]["title"], WIDTH - EDGE - CODE, top + (tall - CODE) / 2, CODE)
    spoken = list(zip(languages, job["parts"], strict=True))
    room, below = tall * 0.42 / len(spoken), top
    for i, (code, part) in enumerate(spoken):
        size = TITLE if i == 0 else TITLE * 0.8
        below = paper.text(code, [part["title"]], EDGE, below, wide, room, size, least=LEAST, bold=True, middle=False)
    below += 1
    each = (wide - GAP * (len(spoken) - 1)) / len(spoken)
    for i, (code, part) in enumerate(spoken):
        left = EDGE + i * (each + GAP)
        paper.text(code, part["lines"], left, below, each, top + tall - below, LINE, least=LEAST, middle=False)


def _foot(paper: Paper, heads: Sequence[Mapping[str, str]], page: str) -> None:
    top, wide = HEIGHT - FOOT, WIDE - PAGE - GAP
    paper.band(top, FOOT, PALE)
    each = (wide - GAP * (len(heads) - 1)) / len(heads)
    for i, head in enumerate(heads):
        said = [text for text in (head["how"], head["help"]) if text]
        paper.text(head["language"], said, EDGE + i * (each + GAP), top + 2, each, FOOT - 4, 14, least=8.0)
    left = WIDTH - EDGE - PAGE
    paper.text(heads[0]["language"], [page], left, top + 2, PAGE, FOOT - 4, 17, colour=SOFT, align="R")
