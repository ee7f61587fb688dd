"""The house stands: arrows run downwards, SDKs stay at home, files are short, every module says what lives there."""

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.chat.words import MEANINGS
from handlers.routes import ROUTES

ROOT = Path(__file__).parents[1]
FLOOR = {"bot": 2, "handlers": 1, "storage": 0, "locales": 0}
HOMES = {
    "telegram": ("bot/platforms/telegram",),
    "sqlmodel": ("storage",),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "apscheduler": ("bot/clock.py",),
    "babel": ("locales",),
    "feedparser": ("bot/sources/feed.py",),
    "fpdf": ("bot/paper.py",),
    "PIL": ("bot/pictures/areas.py", "bot/files/qr.py"),
    "fontTools": ("bot/fonts.py",),
    "aiohttp": ("bot/web.py", "bot/platforms", "bot/sources", "bot/owner.py"),
}
MODULES = sorted(path for room in FLOOR for path in (ROOT / room).rglob("*.py"))
LONGEST = 300


def imports(path: Path) -> Iterator[str]:
    """The absolute names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            here = path.relative_to(ROOT).parts[: -node.level]
            yield ".".join([*here, node.module or ""])
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_the_rules_of_the_house(path: Path) -> None:
    name = path.relative_to(ROOT)
    room = name.parts[0]
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST or "migrations" in name.parts
    assert ast.get_docstring(ast.parse(text)), "a module opens with what lives there"
    for imported in imports(path):
        to = imported.split(".")[0]
        if to in FLOOR and to != room:
            assert FLOOR[to] < FLOOR[room], f"{imported} is not below {room}"
        homes = HOMES.get(to)
        assert homes is None or str(name).startswith(homes), f"{to} lives in {homes}"
        assert imported != "unittest" + ".mock"


def test_no_test_uses_mocks_or_outgrows_its_file() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "unittest" + ".mock" not in text
        assert text.count("\n") <= LONGEST, path


def test_every_module_of_the_rooms_is_in_the_wheel() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"packages = {sorted(FLOOR)}".replace("'", '"') in text


def test_every_press_that_is_offered_leads_somewhere() -> None:
    """Verbs are written where buttons are made; each must be in the index, with the ids it takes."""
    offered = set()
    for path in (ROOT / "handlers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "press":
                verb = node.args[1]
                assert isinstance(verb, ast.Constant), f"{path.name}:{node.lineno}: a verb is written out"
                offered.add((verb.value, len(node.args) - 2))
    assert offered
    assert {verb: count for verb, (_, count) in ROUTES.presses.items() if verb in dict(offered)} == dict(offered)


def test_every_meaning_of_a_word_is_a_command() -> None:
    assert set(MEANINGS.values()) <= set(ROUTES.commands)


def test_the_wheel_holds_the_rooms_and_their_data_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        *(
            "locales/ko/LC_MESSAGES/messages.po",
            "locales/tables/glossary.csv",
            "handlers/tables/eligibility_phrases.csv",
        ),
        *("storage/regions/regions.csv.gz", "storage/regions/legal_polygons.json.gz", "storage/migrations/env.py"),
        *("bot/sources/examples.csv", "bot/platforms/webchat/static/chat.js"),
    ):
        assert needed in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == set(FLOOR)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_by_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#", "\t"))]
    assert pinned
    assert all("==" in line for line in pinned)
    assert text.count("--hash=sha256:") >= len(pinned)
