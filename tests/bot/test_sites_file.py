"""Sites in sources.toml: their keys stand in the environment, and what is wrong is said in plain words."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.sources import config
from bot.sources.api import Api

KEYED = '[[source]]\nname = "work"\nkind = "work24"\nkey = "env:WORK_KEY"\n'
WORK24 = KEYED + 'regions = ["29200"]\n'
KEYS = {"WORK_KEY": "SECRET", "EMPTY_KEY": " ", "ODD_KEY": "SEC RET", "CODED_KEY": "SECRET%2B%3D"}


async def nobody() -> datetime | None:
    return None


def faults(tmp_path: Path, words: str) -> list[str]:
    try:
        read(tmp_path, words)
    except config.BadSources as bad:
        return bad.faults
    return []


def read(tmp_path: Path, words: str) -> list[Api]:
    path = tmp_path / "sources.toml"
    path.write_text(words, encoding="utf-8")
    found = config.read(path, "광산구", nobody, None, KEYS)
    assert all(isinstance(one, Api) for one in found)
    return [one for one in found if isinstance(one, Api)]


def test_a_site_needs_little(tmp_path: Path) -> None:
    (work,) = read(tmp_path, WORK24)
    assert (work.every, work.most, work.site.asking.key) == (1800, 1600, "SECRET")
    (work,) = read(tmp_path, WORK24 + 'every = 600\nquota = 10\nspread = 5\nbase_url = "http://x.kr/"\n')
    assert (work.every, work.most, work.spread) == (600, 8, 5)
    assert (work.site.asking.base, work.site.asking.regions) == ("http://x.kr", ("29200",))


def test_a_key_in_its_encoded_form_is_the_same_key(tmp_path: Path) -> None:
    (work,) = read(tmp_path, WORK24.replace("WORK_KEY", "CODED_KEY"))
    assert work.site.asking.key == "SECRET+="


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WORK24.replace('key = "env:WORK_KEY"\n', ""), 'needs key, as "env:NAME"'),
        (WORK24.replace("env:WORK_KEY", "SECRET"), 'key must be written as "env:NAME"'),
        (WORK24.replace('"env:WORK_KEY"', "3"), 'key must be written as "env:NAME"'),
        (WORK24.replace("WORK_KEY", "NO_KEY"), "there is no NO_KEY in the environment"),
        (WORK24.replace("WORK_KEY", "EMPTY_KEY"), "there is no EMPTY_KEY in the environment, or it is empty"),
        (WORK24.replace("WORK_KEY", "ODD_KEY"), "ODD_KEY can't be a key"),
        (KEYED, "needs regions, codes as the site writes them"),
        (WORK24 + 'base_url = "x.kr"\n', "base_url must begin with"),
        (KEYED + "regions = []\n", "regions must be a list of text"),
        (KEYED + "regions = [29200]\n", "regions must be a list of text"),
        (WORK24 + "quota = 0\n", "quota must be a whole number"),
        (WORK24 + "quota = true\n", "quota must be a whole number"),
        (WORK24 + "spread = -1\n", "spread must be a number of seconds"),
        (WORK24 + "every = 100\nspread = 101\n", "spread must be a number of seconds"),
        (WORK24 + 'every = "x"\n', "every must be a number of seconds"),
        (WORK24 + "every = 10\n", "every must be 60 seconds or more"),
        (WORK24 + 'allow = ["redirect"]\n', "allow can only be ['private'] here"),
        (WORK24 + 'url = "http://x.kr"\n', "'url' is nothing that a source of kind 'work24' has"),
        (WORK24 + 'colour = "red"\n', "'colour' is not understood"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_and_without_a_key(tmp_path: Path, words: str, said: str) -> None:
    found = faults(tmp_path, words)
    assert any(said in fault for fault in found), found
    assert "SECRET" not in str(found)
    assert "SEC RET" not in str(found)


GOV = '[[source]]\nname = "g"\nkind = "govsupport"\nkey = "env:WORK_KEY"\nbase_url = "http://x.kr/l?a=b"\n'
ELEMENTS = 'elements = {rows = "item", title = "t", closes = "c"}\n'


@pytest.mark.parametrize("kind", ["alio", "seoul", "gyeonggi", "senuri", "gojobs", "saramin", "hrdnet"])
def test_most_sites_need_a_key_alone(tmp_path: Path, kind: str) -> None:
    (one,) = read(tmp_path, KEYED.replace("work24", kind))
    assert type(one.site).__name__.lower() == kind
    assert one.every >= 3600
    assert one.site.asking.base.startswith("http")
    assert "SECRET" not in repr(one.site.asking)


def test_what_other_sites_need(tmp_path: Path) -> None:
    (one,) = read(tmp_path, GOV + ELEMENTS)
    assert one.site.asking.base == "http://x.kr/l?a=b"
    assert read(tmp_path, KEYED.replace("work24", "cleaneye") + 'regions = ["007001"]\n')
    assert read(tmp_path, KEYED.replace("work24", "yongin") + 'base_url = "https://x.kr/y"\n')
    assert read(tmp_path, '[[source]]\nname = "p"\nkind = "jobposting"\nurls = ["https://x.kr/y"]\n')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (KEYED.replace("work24", "cleaneye"), "needs regions, codes as the site writes them"),
        (KEYED.replace("work24", "yongin"), "needs base_url, the address from the site's own guide"),
        ('[[source]]\nname = "p"\nkind = "jobposting"\n', "needs urls, the addresses of its pages"),
        ('[[source]]\nname = "p"\nkind = "jobposting"\nurls = ["x.kr"]\n', "urls must begin with http"),
        ('[[source]]\nname = "p"\nkind = "jobposting"\nurls = []\n', "urls must be a list"),
        (
            '[[source]]\nname = "p"\nkind = "jobposting"\nurls = ["http://x.kr"]\nkey = "env:WORK_KEY"\n',
            "'key' is nothing that",
        ),
        (KEYED.replace("work24", "gojobs") + "days = 2000\n", "days must be a whole number from 1 to 1000"),
        (KEYED.replace("work24", "gojobs") + 'words = "x"\n', "words must be a list"),
        (WORK24 + 'words = ["x"]\n', "'words' is nothing that"),
        (GOV, "needs elements, the names of the fields"),
        (GOV + 'elements = "x"\n', "elements must be a table of names"),
        (GOV + "elements = {rows = 3}\n", "elements must be a table of names"),
        (GOV + 'elements = {rows = "r", colour = "c"}\n', "elements: 'colour' is not understood"),
        (GOV + 'elements = {rows = "r"}\n', "elements needs title"),
    ],
)
def test_what_is_wrong_with_them(tmp_path: Path, words: str, said: str) -> None:
    found = faults(tmp_path, words)
    assert any(said in fault for fault in found), found
    assert "SECRET" not in str(found)
