"""sources.toml: the default is valid, and every fault of another is said at once."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.sources import config
from bot.sources.feed import Feed


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
        '[[source]]\nname = "b"\nkind = "sheet"\nurl = "ftp://x"\ncolour = "red"\n[[sauce]]\n'
        '[[source]]\nname = "desk"\nkind = "examples"\n',  # what staff write is told under it
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
        "'desk' is taken",
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


FEED = '[[source]]\nname = "city"\nkind = "feed"\nurl = "https://city.kr/rss?serviceKey=SECRET"\n'


def faults(tmp_path: Path, words: str) -> list[str]:
    path = tmp_path / "sources.toml"
    path.write_text(words, encoding="utf-8")
    try:
        config.read(path, "광산구", nobody)
    except config.BadSources as bad:
        return bad.faults
    return []


@pytest.mark.parametrize(
    "words",
    [
        FEED,
        FEED + 'every = 600\nallow = ["redirect", "private"]\nonly = ["채용", "모집"]\nwithout = ["합격자"]\n'
        'organisation = "시청"\nplace = "광산구"\n',
        FEED + "allow = []\n",
        FEED + 'facility = "별빛작은도서관"\n',
        '[[source]]\nname = "s"\nkind = "sheet"\nurl = "https://docs.example.kr/pub?output=csv"\nallow = ["redirect"]\n',
    ],
)
def test_a_feed_and_its_options(tmp_path: Path, words: str) -> None:
    assert faults(tmp_path, words) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('[[source]]\nname = "a"\nkind = "feed"\n', "needs a url"),
        ('[[source]]\nname = "a"\nkind = "feed"\npath = "x"\n', "'path' is nothing that a source of kind 'feed' has"),
        ('[[source]]\nname = "a"\nkind = "feed"\nurl = "city.kr/SECRET"\n', "url must begin with"),
        ('[[source]]\nname = "a"\nkind = "feed"\nurl = "http:///SECRET"\n', "url must begin with"),
        ('[[source]]\nname = "a"\nkind = "feed"\nurl = "http://[SECRET"\n', "url must begin with"),
        ('[[source]]\nname = "a"\nkind = "feed"\nurl = "http://c.kr:SECRET"\n', "url must begin with"),
        (FEED + 'allow = "redirect"\n', "allow must be a list"),
        (FEED + "facility = 3\n", "facility must be one line of text"),
        (FEED + 'allow = ["all"]\n', "allow must be a list"),
        (FEED + "allow = [[1]]\n", "allow must be a list"),
        (FEED + 'only = "채용"\n', "only must be a list"),
        (FEED + 'without = "합격자"\n', "without must be a list"),
        (FEED + "only = []\n", "only must be a list"),
        (FEED + 'only = [""]\n', "only must be a list"),
        (FEED + "organisation = 3\n", "organisation must be text"),
        (FEED + 'place = ""\n', "place must be text"),
        (FEED + 'colour = "red"\n', "'colour' is not understood"),
        (
            '[[source]]\nname = "a"\nkind = "sheet"\npath = "x"\nallow = ["private"]\n',
            "allow is for sources with a url",
        ),
        ('[[source]]\nname = "a"\nkind = "sheet"\npath = "x"\nonly = ["a"]\n', "'only' is nothing that"),
        ('[[source]]\nname = "a"\nkind = "examples"\nurl = "http://x.kr"\n', "'url' is nothing that"),
        ('[[source]]\nname = "a"\nkind = "feeds"\nurl = "http://x.kr"\n', "kind must be one of sheet, feed, examples"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_and_without_a_key(tmp_path: Path, words: str, said: str) -> None:
    found = faults(tmp_path, words)
    assert any(said in fault for fault in found), found
    assert "SECRET" not in str(found)
    assert all("source 1: " in fault for fault in found)


def test_sources_of_one_file_share_their_manners(tmp_path: Path) -> None:
    """Two feeds of one host wait for each other, so they must be fetched by the same fetcher."""
    path = tmp_path / "sources.toml"
    path.write_text(FEED + FEED.replace('"city"', '"city2"'), encoding="utf-8")
    one, other = config.read(path, "광산구", nobody)
    assert isinstance(one, Feed)
    assert isinstance(other, Feed)
    assert one.web is other.web
