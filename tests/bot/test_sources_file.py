"""sources.toml: the default is valid, and every fault of another is said at once."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.sources import config


async def nobody() -> datetime | None:
    return None


def test_the_default_file_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "var" / "sources.toml"
    config.prepare(path)
    assert [source.name for source in config.read(path, "광산구", nobody)] == ["postings", "examples"]
    assert (tmp_path / "var" / "postings").is_dir()


def test_every_fault_of_the_file_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(
        '[[source]]\nname = "a"\nkind = "sheet"\n[[source]]\nname = "a"\nkind = "x"\nevery = 0\n'
        '[[source]]\nname = "b"\nkind = "sheet"\nurl = "ftp://x"\ncolour = "red"\n[[sauce]]\n',
        encoding="utf-8",
    )
    with pytest.raises(config.BadSources) as bad:
        config.read(path, "광산구", nobody)
    said = "\n".join(bad.value.faults)
    for words in (
        "either a path or a url",
        "kind must be",
        "every must be",
        "url must begin",
        "'colour'",
        "'a' is taken",
        "'sauce'",
    ):
        assert words in said


@pytest.mark.parametrize(
    "words",
    [
        "not toml",
        "",
        '[[source]]\nname = "x"\nkind = 3\n',
        '[source]\nname = "x"\nkind = "examples"\n',
        "source = 3",
        "source = [3]",
        '[[source]]\nname = " "\nkind = "examples"\n',
        '[[source]]\nname = "x"\nkind = "examples"\nevery = nan\n',
        '[[source]]\nname = "x"\nkind = "examples"\nevery = inf\n',
        '[[source]]\nname = "x"\nkind = "sheet"\npath = ""\n',
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, words: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(config.BadSources):
        config.read(path, "광산구", nobody)
