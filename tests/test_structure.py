"""The house stands: arrows run downwards, SDKs stay at home, files are short, every module says what lives there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOOR = {"bot": 2, "handlers": 1, "storage": 0, "locales": 0}
HOMES = {
    "telegram": ("bot/platforms/telegram",),
    "sqlmodel": ("storage",),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "apscheduler": ("bot/clock.py",),
    "babel": ("locales",),
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
