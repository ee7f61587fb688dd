"""Backup, restore, takeover and new keys as an operator meets them: commands, their words and their exit codes."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.live import Stamp

from .test_cli import ilgam


@pytest.fixture
def town(tmp_path: Path, loaded: Path) -> Path:
    """A folder in which the bot has read its examples."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(loaded, tmp_path / "var" / "ilgam.db")
    assert ilgam(tmp_path, "poll").returncode == 0
    return tmp_path


def test_a_backup_and_back(town: Path) -> None:
    made = ilgam(town, "backup", "a.backup")
    assert (made.returncode, "keep a copy of var/keys apart" in made.stdout) == (0, True)
    again = ilgam(town, "backup", "a.backup")
    assert (again.returncode, again.stderr) == (2, "a.backup exists already. Name a new file.\n")
    here = ilgam(town, "restore", "a.backup")
    assert (here.returncode, "is not empty" in here.stderr) == (2, True)
    new = {"ILGAM_DATABASE_URL": "sqlite:///var/new.db"}
    done = ilgam(town, "restore", "a.backup", **new)
    assert (done.returncode, "say: ilgam takeover" in done.stdout) == (0, True)
    taken = ilgam(town, "takeover", "--yes", **new)
    assert (taken.returncode, "live now" in taken.stdout) == (0, True)
    again = ilgam(town, "takeover", "--yes", **new)
    assert (again.returncode, "live already" in again.stderr) == (2, True)
    assert all("Traceback" not in said.stderr for said in (made, here, done, taken, again))


def test_without_the_keys_there_is_no_backup_and_no_restore(town: Path) -> None:
    assert ilgam(town, "backup", "a.backup").returncode == 0
    (town / "var" / "keys").rename(town / "kept")
    new = {"ILGAM_DATABASE_URL": "sqlite:///var/new.db"}
    for said in (ilgam(town, "backup", "b.backup"), ilgam(town, "restore", "a.backup", **new)):
        assert (said.returncode, "no key file" in said.stderr) == (2, True)
    assert not (town / "var" / "keys").exists(), "no new key is made in its place"
    (town / "var" / "keys").write_text("not a key\n", encoding="ascii")
    assert "does not hold keys" in ilgam(town, "backup", "b.backup").stderr
    missing = ilgam(town, "restore", "nothing.backup", **new)
    assert missing.returncode == 2
    assert "Traceback" not in missing.stderr


def test_what_needs_the_bot_stopped_says_so(town: Path) -> None:
    with Stamp(town / "var" / "live").held():
        for command in (("takeover", "--yes"), ("retire", "--yes"), ("keys", "rotate"), ("run",)):
            said = ilgam(town, *command)
            assert (said.returncode, "running here" in said.stderr) == (2, True), command
        assert ilgam(town, "backup", "a.backup").returncode == 0, "a backup does not"


def test_nobody_takes_over_by_mistake(town: Path) -> None:
    (town / "var" / "live").unlink()
    said = ilgam(town, "takeover")  # nobody answers the question
    assert said.returncode == 1
    assert (town / "var" / "live").exists() is False
    (town / "var" / "sources.toml").write_text(
        '[[source]]\nname = "away"\nkind = "sheet"\nurl = "http://127.0.0.1:1/x.csv"\nevery = 60\n', encoding="utf-8"
    )
    said = ilgam(town, "takeover", "--yes")
    assert said.returncode == 2
    assert "away: failed" in said.stderr
    assert "--anyway" in said.stderr
    (town / "var" / "sources.toml").rename(town / "kept")
    said = ilgam(town, "takeover", "--yes", "--anyway")
    assert (said.returncode, "Bring that of the copy before" in said.stderr) == (2, True)
    said = ilgam(town, "poll")
    assert (said.returncode, "not live" in said.stdout) == (1, True)
    assert not (town / "var" / "sources.toml").exists(), "a silent copy makes none"
    (town / "kept").rename(town / "var" / "sources.toml")
    assert "live now" in ilgam(town, "takeover", "--yes", "--anyway").stdout
    with sqlite3.connect(town / "var" / "ilgam.db") as database:
        [(given,)] = database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'postings'").fetchall()
    database.close()
    assert given > 1_000_000, "the copy before may have given the next ids"


def test_a_copy_that_is_put_down_is_not_live(town: Path) -> None:
    assert "silent now" in ilgam(town, "retire", "--yes").stdout
    again = ilgam(town, "retire", "--yes")
    assert (again.returncode, "not live" in again.stderr) == (2, True)
    assert "nothing is in doubt" in ilgam(town, "takeover", "--yes").stdout


def test_new_keys_and_keys_that_do_not_fit(town: Path) -> None:
    keys = town / "var" / "keys"
    before = keys.read_text(encoding="ascii")
    said = ilgam(town, "keys", "rotate")
    assert (said.returncode, "sealed with the new key" in said.stdout) == (0, True)
    assert keys.read_text(encoding="ascii").endswith(before)
    assert len(keys.read_text(encoding="ascii").split()) == 2
    assert os.stat(keys).st_mode & 0o777 == 0o600
    with sqlite3.connect(town / "var" / "ilgam.db") as database:
        database.execute("INSERT INTO residents (id, language, created_at) VALUES (1, 'ko', '2026-11-24 00:00:00')")
        values = "1, 'web', 'web', 'x', 1, '2026-11-24 00:00:00'"
        database.execute(
            f"INSERT INTO chats (id, platform, account, address, resident_id, created_at) VALUES ({values})"
        )
        database.execute("INSERT INTO lines (chat_id, mine, body, at) VALUES (1, 1, x'00', '2026-11-24 00:00:00')")
    database.close()
    for command in (("poll",), ("run",)):
        bad = ilgam(town, *command)
        assert (bad.returncode, "do not open what the database holds" in bad.stderr) == (2, True)
    two = keys.read_text(encoding="ascii")
    bad = ilgam(town, "keys", "rotate")
    assert (bad.returncode, "none of the keys" in bad.stderr) == (2, True)
    assert two in keys.read_text(encoding="ascii")
