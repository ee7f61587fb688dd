"""The term base and the table of languages: whole, and different from where they come from only where the README says so."""

import csv
from pathlib import Path

import pytest

from locales import Catalogs, terms
from locales.languages import english_name, number, released, rows

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "locales/tables"
SHARED = ROOT / "../shared/domain"
here = pytest.mark.skipif(not SHARED.exists(), reason="the shared domain pages are not here")


def cells(path: Path) -> dict[tuple[str, str], str]:
    with path.open(encoding="utf-8", newline="") as source:
        return {(row["key"], column): text for row in csv.DictReader(source) for column, text in row.items()}


@here
def test_the_table_of_locales_is_the_shared_one() -> None:
    assert (TABLES / "locales.csv").read_bytes() == (SHARED / "locales.csv").read_bytes()


@here
def test_the_readme_tells_every_changed_word() -> None:
    was, now = cells(SHARED / "glossary.csv"), cells(TABLES / "glossary.csv")
    told = [line for line in (TABLES / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")][
        1:
    ]
    assert was.keys() == now.keys()
    assert told == [
        f"| {key} | {language} | {was[key, language]} | {now[key, language]} |"
        for key, language in was
        if was[key, language] != now[key, language]
    ]


def test_the_term_base_is_whole() -> None:
    with (TABLES / "glossary.csv").open(encoding="utf-8", newline="") as source:
        table = list(csv.reader(source))
    assert len(table) == len({row[0] for row in table}) == 140
    # The last column is a note, empty for most.
    assert all(len(row) == len(table[0]) and all(cell == cell.strip() != "" for cell in row[:-1]) for row in table)


def test_released_languages_are_known_and_korean_comes_first() -> None:
    assert set(released()) <= set(rows())
    assert released()[0] == "ko"
    assert len(rows()) == 22, "tet has no data in Babel and no catalog"


def test_every_language_has_a_number_of_its_own() -> None:
    assert len({number(code) for code in rows()}) == len(rows())
    assert (number("ko"), number("ru"), number("xx")) == (1, 3, 0)
    assert (english_name("zh_Hans"), english_name("xx")) == ("Chinese", "xx")


def test_terms_fall_back_to_english() -> None:
    catalogs = Catalogs.load()
    ko, ru = catalogs.translator("ko"), catalogs.translator("ru")
    assert (ko.term("cook"), ru.term("cook"), ru.term("no_such_key")) == ("조리사", "Повар", "no_such_key")
    assert len(ru.terms("occupation")) == 25
    assert ru.terms("no_such_category") == {}
    assert terms.of("ky")["occupation"]["cook"] == "Cook", "no column yet"
    assert terms.of("zh_Hans")["occupation"] != terms.of("zh_Hant")["occupation"]
