"""The command line as a person meets it: a process, its words and its exit code."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pytest

from tests import warm

ROOT = Path(__file__).parents[2]


def clean(**environment: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ILGAM_")}
    return {**kept, "PYTHONPATH": str(ROOT), **environment}


def ilgam(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = warm.start(folder, arguments, clean(**environment), out, err).wait(60)
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read().decode(), err.read().decode())


def test_a_cold_start_is_the_same(tmp_path: Path) -> None:
    """The other tests fork a warm interpreter."""
    for arguments in (("check",), ("nonsense",)):
        cold = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env=clean(),
            capture_output=True,
            text=True,
            check=False,
        )
        forked = ilgam(tmp_path, *arguments)
        assert (cold.returncode, cold.stdout, cold.stderr) == (forked.returncode, forked.stdout, forked.stderr)


@pytest.fixture
def folder(tmp_path: Path, loaded: Path) -> Path:
    """One whose database holds all areas."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(loaded, tmp_path / "var" / "ilgam.db")
    return tmp_path


def test_check_says_all_is_in_order_or_what_is_not(tmp_path: Path) -> None:
    good = ilgam(tmp_path, "check")
    assert (good.returncode, "in order" in good.stdout) == (0, True)
    bad = ilgam(tmp_path, "check", ILGAM_HTTP_PORT="x", ILGAM_OWNER="me")
    assert bad.returncode == 2
    assert bad.stderr.count("ILGAM_") == 2
    site = ilgam(tmp_path, "check", ILGAM_EMBED_ORIGINS="https://www.city.example")
    assert (site.returncode, "ILGAM_WEB_URL" in site.stderr) == (2, True)
    away = ilgam(
        tmp_path, "check", ILGAM_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:1/x", ILGAM_MUNICIPALITY="1233012800"
    )
    assert away.returncode == 2
    assert "ILGAM_DATABASE_URL" in away.stderr
    assert "ILGAM_MUNICIPALITY" in away.stderr
    assert "hunter2" not in away.stderr


def test_poll_reads_everything_and_names_what_it_could_not(tmp_path: Path) -> None:
    first = ilgam(tmp_path, "poll")
    assert "examples: good, 29 new" in first.stdout
    assert first.returncode == 0
    broken = tmp_path / "var" / "postings" / "cut.csv"
    broken.write_text('공고명,기관\n"책 정리', encoding="utf-8")
    os.utime(broken, (1, 1))
    second = ilgam(tmp_path, "poll", "postings")
    assert second.returncode == 1
    assert "cut.csv" in second.stdout
    assert "no source nope" in ilgam(tmp_path, "poll", "nope").stdout


def test_a_wrong_sources_file_is_said_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "sources.toml").write_text('[[source]]\nname = "x"\nkind = "y"\n', encoding="utf-8")
    for command in ("run", "poll", "check"):
        said = ilgam(tmp_path, command)
        assert said.returncode == 2
        assert "kind must be one of" in said.stderr
        assert "Traceback" not in said.stderr


def test_what_cannot_be_done_is_said_without_a_trace_or_a_secret(folder: Path) -> None:
    for command in ("run", "poll", "migrate"):
        said = ilgam(folder, command, ILGAM_DATABASE_URL="postgresql://u:hunter2@127.0.0.1:1/x")
        assert said.returncode == 2
        assert "ilgam check" in said.stderr
        assert "Traceback" not in said.stderr
        assert "hunter2" not in said.stderr + said.stdout
    said = ilgam(folder, "sheet", "template", "nowhere/t.xlsx")
    assert (said.returncode, "nowhere/t.xlsx can't be written" in said.stderr) == (2, True)
    said = ilgam(folder, "areas", "search", "zzzzqq")
    assert (said.returncode, said.stdout) == (1, "There is no such area.\n")


def test_areas_migrate_and_the_template(tmp_path: Path) -> None:
    assert "1233012800" in ilgam(tmp_path, "areas", "search", "Вольгок").stdout.split("\n")[0]
    assert "revision" in ilgam(tmp_path, "migrate", ILGAM_DATABASE_URL="sqlite:///m.db").stdout
    assert "Written" in ilgam(tmp_path, "sheet", "template", "t.xlsx").stdout
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames == ["공고", "쓰는 법"]


def test_a_poster_is_written_or_it_is_said_what_it_lacks(folder: Path) -> None:
    where = ("--area", "월곡동", "--place", "별빛작은도서관")
    lost = ilgam(folder, "poster", "out.pdf", *where)
    assert lost.returncode == 2
    assert "ILGAM_WEB_URL" in lost.stderr
    assert not (folder / "out.pdf").exists()
    made = ilgam(folder, "poster", "out.pdf", *where, "--languages", "ko", "ru", ILGAM_WEB_URL="https://a.example")
    assert made.stdout.strip() == "Written: out.pdf"
    assert (folder / "out.pdf").read_bytes().startswith(b"%PDF-")
    away = ilgam(
        folder, "poster", "no/such/out.pdf", *where, "--languages", "ko", "ru", ILGAM_WEB_URL="https://a.example"
    )
    assert away.returncode == 2
    assert "can't be written" in away.stderr
