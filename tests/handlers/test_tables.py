"""A table is shown as what a platform can show, and no cell of it is lost on the way."""

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from handlers.chat import tables
from handlers.chat.capabilities import NARROW, TELEGRAM, WEB, Capabilities
from handlers.chat.file_names import LONGEST, safe
from handlers.chat.fit import fit
from handlers.chat.messages import Button, File, Message, Table

HEADS = ("Name", "Open", "Closing")
BUTTONS = ((Button("Back", "dk"),),)
words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C",)), max_size=30)
platforms = st.sampled_from([NARROW, TELEGRAM, WEB])


@st.composite
def drawn(draw: st.DrawFn) -> Table:
    heads = tuple(draw(st.lists(words, min_size=1, max_size=4)))
    row = st.lists(words, max_size=len(heads)).map(tuple)
    few = draw(st.lists(row, max_size=8))
    return Table("표", heads, tuple(few * draw(st.sampled_from([0, 1, 2, 9]))), more="others")


@given(drawn(), platforms, st.text(max_size=200), st.booleans())
def test_every_cell_is_in_the_text_the_table_or_the_file(
    table: Table, platform: Capabilities, text: str, card: bool
) -> None:
    own = File("notice", "notice", {"heading": "h"})
    now, later = fit([Message(text, BUTTONS, card=card, table=table, file=own)], platform)
    shown = now + later
    said = "\n".join(message.text for message in shown)
    held = {cell for message in shown if message.table for row in message.table.rows for cell in row}
    held |= {cell for m in shown if m.file and m.file.kind == "table" for row in m.file.what["rows"] for cell in row}
    flat = "".join(said.split())  # a long line may be cut between letters
    for row in table.rows:
        for cell in row:
            assert cell in held or "".join(cell.split()) in flat
    assert [button.payload for message in shown for button in message.flat()] == ["dk"]
    assert [m.file for m in shown if m.file and m.file.kind == "notice"] == ([own] if platform.files else [])
    assert not any(message.edit for message in shown if message.file)
    assert all(len(message.plain) <= platform.text for message in shown)


def table_of(n: int) -> Table:
    return Table("시설", HEADS, tuple((f"place {i}", str(i), "") for i in range(n)), more="and the rest in the file")


def test_few_rows_are_lines_where_there_are_no_tables() -> None:
    (one,) = fit([Message("Facilities", BUTTONS, table=table_of(15))], TELEGRAM)[0]
    assert one.text.split("\n") == ["Facilities", *(f"place {i} · Open: {i}" for i in range(15))]
    assert (one.table, one.file) == (None, None)


def test_many_rows_are_a_file_and_the_first_of_them() -> None:
    for platform, n in ((TELEGRAM, 16), (WEB, 61)):
        (one,) = fit([Message("Facilities", BUTTONS, table=table_of(n), edit=True)], platform)[0]
        assert one.file == tables.sheet(table_of(n))
        assert one.file.called == "시설.xlsx"
        assert one.flat() == BUTTONS[0]
        assert not one.edit
    assert one.table is not None
    assert (len(one.table.rows), one.table.more) == (tables.FIRST, "and the rest in the file")
    (one,) = fit([Message("Facilities", table=table_of(16))], TELEGRAM)[0]
    assert one.text.split("\n")[-1] == "and the rest in the file"
    assert len(one.text.split("\n")) == tables.FIRST + 2


def test_a_table_stands_as_it_is_where_there_are_tables() -> None:
    (one,) = fit([Message("Facilities", table=table_of(60))], WEB)[0]
    assert one.table is not None
    assert one.table.rows == table_of(60).rows
    assert (one.table.more, one.file) == ("", None)


def test_a_sheet_is_lines_where_no_file_can_go() -> None:
    now, later = fit([Message("here", file=tables.sheet(table_of(100)))], NARROW)
    assert "place 99 · Open: 99" in (now + later)[-1].text


@given(drawn())
def test_a_table_and_a_file_are_the_same_after_they_were_kept(table: Table) -> None:
    assert Table.kept(json.loads(json.dumps(asdict(table)))) == table
    file = tables.sheet(table)
    assert File.kept(json.loads(json.dumps(asdict(file)))) == file


@given(st.text())
def test_a_name_is_one_visible_line_that_leads_nowhere(name: str) -> None:
    found = safe(name)
    assert found == safe(found)
    assert 0 < len(found) <= LONGEST
    assert len(found.encode()) <= 255
    assert not set(found) & set('/\\:*?"<>|\n\r\t\0\u202e\u2066\u200b')
    assert found not in (".", "..")


def test_names_as_people_and_attackers_give_them() -> None:
    assert safe("채용공고 (2026).xlsx") == "채용공고 (2026).xlsx"
    assert safe("../../etc/passwd") == "etc passwd"
    assert safe("cv\u202efdp.exe") == "cvfdp.exe"
    assert safe("a\r\nSet-Cookie: b.pdf") == "a Set-Cookie b.pdf"
    assert safe("😀" * 512 + ".pdf") == "😀" * (LONGEST - 4) + ".pdf"
    assert safe("\u202e\u200b") == safe("") == "file"
