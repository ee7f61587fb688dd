"""`python -m locales`: what extraction finds and refuses, what update keeps, what a new catalog starts with, what check says."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales.__main__ import main
from locales.catalogs import read
from locales.checking import PARTICLE, catalog_faults, check
from locales.extraction import extract, faults
from locales.plurals import RULES

CODE = """
TITLE = N_("Jobs near me")
def say(t, count, date):
    t.t("Apply by {date}", date=date)
    f"{t.t('Inside an f-string')}"
    t.t(
        "Two "
        "lines"
    )
    t.n("{n} job", "{n} jobs", count)
    t.c("verb", "Open")
    t.t("Open")
    t.t(TITLE)
    t.t(PAY[count])
    t.t(PAY.get(count))
    t.t("")
"""
MSGIDS = {"Jobs near me", "Apply by {date}", "Inside an f-string", "Two lines", "{n} job", "Open"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one file of code and a Korean, an English and a Russian catalog, all of them empty."""
    for room in ("handlers", "bot", "locales"):
        (tmp_path / room).mkdir()
    (tmp_path / "handlers/say.py").write_text(CODE, encoding="utf-8")
    assert main(["extract"], tmp_path) == 0
    for code in ("ko", "en", "ru"):
        assert main(["new", code], tmp_path) == 0
    return tmp_path


def po(root: Path, code: str) -> Path:
    return root / "locales" / code / "LC_MESSAGES/messages.po"


def put(root: Path, code: str, msgid: str, text: str, before: str = "") -> None:
    path = po(root, code)
    whole = path.read_text(encoding="utf-8")
    assert whole.count(f'msgid "{msgid}"\nmsgstr ""') == 1
    path.write_text(
        whole.replace(f'msgid "{msgid}"\nmsgstr ""', f'{before}msgid "{msgid}"\nmsgstr "{text}"'), encoding="utf-8"
    )


def test_every_marked_text_is_found(root: Path) -> None:
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in extract(root) if message.id}
    assert found == MSGIDS
    assert extract(root).get("Open", "verb") is not None
    assert faults(root) == []


def test_the_template_holds_words_only(root: Path) -> None:
    template = (root / "locales/messages.pot").read_text(encoding="utf-8")
    assert "say.py" not in template
    assert "Date" not in template
    assert not [line for line in template.splitlines() if line.startswith("#")]


@pytest.mark.parametrize(
    "call",
    [
        *['t.t(f"Apply by {date}")', 't.t("Apply by {}".format(date))', 't.t("Apply by " + date)', 't.t("%s" % date)'],
        *[
            't.t("a" if date else "b")',
            't.t(" ".join(words))',
            "t.t()",
            "N_(title)",
            'N_(f"{title}")',
            "t.n(one, many, 2)",
        ],
        *[
            't.n("{n} job", f"{n} jobs", 2)',
            "t.c(context, 'Open')",
            't.t("{won:,} won", won=won)',
            't.t("{0} won")',
            't.t("{")',
        ],
    ],
)
def test_texts_that_cannot_be_translated_are_refused(root: Path, call: str) -> None:
    (root / "bot/bad.py").write_text(call, encoding="utf-8")
    refused = [fault for fault in faults(root) if fault.startswith("bot/bad.py:1: ")]
    assert len(refused) == 1


def test_update_keeps_what_was_translated_and_matches_nothing_by_likeness(root: Path) -> None:
    put(root, "ko", "Apply by {date}", "{date}까지")
    put(root, "ko", "Jobs near me", "내 둘레 일자리", "# said by a reader\n#, fuzzy\n")
    (root / "handlers/say.py").write_text(CODE.replace("Apply by {date}", "Apply by {date}!"), encoding="utf-8")
    assert main(["update"], root) == 0
    ko = read("ko", root / "locales")
    new, doubtful = ko.get("Apply by {date}!"), ko.get("Jobs near me")
    assert new is not None
    assert not new.string
    assert not new.fuzzy
    assert doubtful is not None
    assert (doubtful.string, doubtful.fuzzy, doubtful.user_comments) == ("내 둘레 일자리", True, ["said by a reader"])
    assert "까지" not in po(root, "ko").read_text(encoding="utf-8"), "what is no longer said goes"
    before = po(root, "ko").read_bytes()
    assert main(["update"], root) == 0
    assert po(root, "ko").read_bytes() == before


def test_update_keeps_russian_forms_and_sorts(root: Path) -> None:
    path = po(root, "ru")
    whole = path.read_text(encoding="utf-8")
    for form, text in enumerate(("{n} вакансия", "{n} вакансии", "{n} вакансий")):
        whole = whole.replace(f'msgstr[{form}] ""', f'msgstr[{form}] "{text}"')
    path.write_text(whole, encoding="utf-8")
    assert main(["update"], root) == 0
    message = read("ru", root / "locales").get("{n} job")
    assert message is not None
    assert message.string == ("{n} вакансия", "{n} вакансии", "{n} вакансий")
    msgids = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("msgid ")]
    assert msgids == sorted(msgids)


@pytest.mark.parametrize("code", [code for code in RULES if code not in {"ko", "en", "ru"}])
def test_a_new_catalog_has_our_plural_header(root: Path, code: str) -> None:
    assert main(["new", code], root) == 0
    count, expression = RULES[code]
    assert f"nplurals={count}; plural={expression};" in po(root, code).read_text(encoding="utf-8")
    catalog = read(code, root / "locales")
    assert (catalog.num_plurals, str(catalog.locale)) == (count, code)
    assert not any("header" in fault for fault in catalog_faults(code, catalog, extract(root)))


@pytest.mark.parametrize(
    "arguments", [[], ["new"], ["new", "tet"], ["new", "zh-Hans"], ["new", "ko"], ["new", "../x"], ["zip"]]
)
def test_a_command_that_is_not_understood_does_nothing(root: Path, arguments: list[str]) -> None:
    before = sorted(root.rglob("*"))
    assert main(arguments, root) == 2
    assert sorted(root.rglob("*")) == before


def test_check_says_each_fault_as_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"], root) == 1
    said = capsys.readouterr().out
    for msgid in MSGIDS:
        assert f"ko: {msgid!r}: missing" in said
        assert f"ru: {msgid!r}: missing" in said
    assert "en: " not in said, "the msgids are the English texts"


def test_a_damaged_or_absent_catalog_is_a_fault_and_no_trace(root: Path) -> None:
    po(root, "ko").write_text('msgid "Open"\nmsgstr "열기"\n<<<<<<< ours\n', encoding="utf-8")
    unread = [fault for fault in check(root, ("ko", "vi")) if "cannot be read" in fault]
    assert [fault[:3] for fault in unread] == ["ko:", "vi:"]


def test_an_old_template_is_told(root: Path) -> None:
    (root / "locales/messages.pot").write_text("", encoding="utf-8")
    assert any("messages.pot" in fault for fault in check(root, ()))


@pytest.mark.parametrize(
    ("msgid", "text", "fault"),
    [
        *[
            ("Until {date}", "{date}까지", None),
            ("Until {date}", "{day}까지", "placeholders"),
            ("Until {date}", "까지", "placeholders"),
        ],
        *[("Until", "{date}까지", "placeholders"), ("Until {date}", "{date}까지 {", "placeholders")],
        *[("Until {date}", "{date:%d}까지", "placeholders"), ("Until {date}", "{date}을 봐요", "particle")],
        *[("Yes ", "네", "ends"), ("Yes ", "네 ", None), ("Yes", " 네", "ends"), ("Yes\n", "네", "ends")],
        *[("Yes\nNo", "네 아니요", "lines"), ("Yes\nNo", "네\n아니요", None), ("Yes", "", "missing")],
    ],
)
def test_each_text_is_checked(msgid: str, text: str, fault: str | None) -> None:
    wanted, ko = Catalog(), Catalog(locale="ko")
    wanted.add(msgid)
    ko.add(msgid, text)
    found = catalog_faults("ko", ko, wanted)
    assert all(fault in said for said in found[:1]) if fault else found == []
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    "texts", [("{n} вакансия", "{n} вакансии", ""), ("{n} вакансия", "{n} вакансии"), ("{n} вакансия",)]
)
def test_every_plural_form_is_wanted(texts: tuple[str, ...]) -> None:
    wanted, ru = Catalog(), Catalog(locale="ru")
    ru.mime_headers = [("Plural-Forms", f"nplurals=3; plural={RULES['ru'][1]};")]
    wanted.add(("{n} job", "{n} jobs"))
    ru.add(("{n} job", "{n} jobs"), texts)
    assert catalog_faults("ru", ru, wanted) == ["'{n} job': missing"]


@pytest.mark.parametrize("code", ["id", "my", "tg", "fil", "si", "bn"])
def test_the_plural_header_that_babel_would_write_is_refused(code: str) -> None:
    assert "plural header" in catalog_faults(code, Catalog(locale=code), Catalog())[0]


@pytest.mark.parametrize("particle", ["을", "를", "이", "가", "은", "는", "와", "과", "으로", "로"])
@pytest.mark.parametrize("text", ["{x}P", "{x}P 봐요", "“{x}”P 봐요", "「{x}」P.", "{x}P(를) 봐요", "{x}P:"])
def test_a_particle_right_after_a_placeholder_is_found(particle: str, text: str) -> None:
    assert PARTICLE.search(text.replace("P", particle))


@pytest.mark.parametrize("text", ["{n}이나 와요", "{x}이라고 써요", "{x}로는", "{x}예요", "{x}이에요", "{x}이랑"])
def test_longer_particles_are_found(text: str) -> None:
    assert PARTICLE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "{date}까지",
        "{place}에서",
        "{n}명이 와요",
        "{n}가지 일",
        "{n}개를",
        "{place} 은행",
        "{n}이상",
        "{name}님은",
        "{date}부터",
        "{n}과목",
    ],
)
def test_other_words_after_a_placeholder_are_no_particles(text: str) -> None:
    assert not PARTICLE.search(text)
