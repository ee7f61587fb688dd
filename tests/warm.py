"""`python -m bot` as a process of its own that need not import everything anew: a warm interpreter forks for each.

Importing takes two seconds of a core, and the tests start the program hundreds of times. What is forked has its own folder,
environment, files and exit code as any process; tests/look and one test of the command line start it from nothing.
"""

import asyncio
import atexit
import gc
import json
import os
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 60.0  # seconds


class Forked:
    """A process under a watcher, which says its id and in the end its exit code (of a killed one the signal, negative)."""

    def __init__(self, asked: Mapping[str, Any], out: IO[bytes], err: IO[bytes]) -> None:
        self.returncode: int | None = None
        self._watcher = socket.socket(socket.AF_UNIX)
        self._watcher.settimeout(STARTS_WITHIN)
        self._watcher.connect(str(_forks()))
        request = json.dumps(asked).encode()
        socket.send_fds(self._watcher, [len(request).to_bytes(4, "big")], [out.fileno(), err.fileno()])
        self._watcher.sendall(request)
        self.pid = int.from_bytes(self._watcher.recv(4), "big")

    def wait(self, seconds: float | None = None) -> int:
        """Its exit code; TimeoutError after so many seconds."""
        if self.returncode is None:
            self._watcher.settimeout(seconds)
            self._ended(self._watcher.recv(4))
        return self.returncode or 0

    async def ends(self) -> int:
        """The same, without holding up the loop."""
        if self.returncode is None:
            self._watcher.setblocking(False)
            self._ended(await asyncio.get_running_loop().sock_recv(self._watcher, 4))
        return self.returncode or 0

    def over(self) -> bool:
        """Whether it has ended."""
        if self.returncode is None and select.select([self._watcher], [], [], 0)[0]:
            self._ended(self._watcher.recv(4))
        return self.returncode is not None

    def send(self, number: int) -> None:
        if not self.over():
            os.kill(self.pid, number)

    def _ended(self, said: bytes) -> None:
        assert said, "the watcher died"
        self.returncode = os.waitstatus_to_exitcode(int.from_bytes(said, "big"))
        self._watcher.close()


def start(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str], out: IO[bytes], err: IO[bytes] | None = None
) -> Forked:
    """`python -m bot` with these arguments, in that folder, with exactly that environment."""
    asked = {"folder": str(folder), "arguments": list(arguments), "environment": dict(environment)}
    return Forked(asked, out, err or out)


@cache
def _forks() -> Path:
    """The address of this process's warm interpreter, which ends with it."""
    path = Path(tempfile.mkdtemp(prefix="ilgam-warm-")) / "socket"
    warm = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert warm.stdin is not None
    assert warm.stdout is not None
    atexit.register(warm.communicate)
    assert warm.stdout.readline() == b"warm\n"
    return path


def _serve(path: str) -> dict[str, Any]:
    """Fork a watcher for each who comes, until standard input closes. Returns what is asked, in the process that is to do it."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # watchers are waited for by nobody
    print("warm", flush=True)  # noqa: T201
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            return _watch(asking)
        asking.close()
    Path(path).unlink()
    Path(path).parent.rmdir()
    os._exit(0)


def _watch(asking: socket.socket) -> dict[str, Any]:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, (out, err), _, _ = socket.recv_fds(asking, 4, 2)
    asked = json.loads(asking.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
    child = os.fork()
    if child == 0:
        asking.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, own in enumerate((nothing, out, err)):
            os.dup2(own, number)
        os.closerange(3, max(nothing, out, err) + 1)
        return dict(asked)
    os.close(0)
    for own in (1, 2, out, err):
        os.close(own)
    asking.sendall(child.to_bytes(4, "big"))
    _, status = os.waitpid(child, 0)
    asking.sendall(status.to_bytes(4, "big"))
    os._exit(0)


def _become(asked: Mapping[str, Any]) -> None:
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    random.seed()
    sys.argv = ["bot", *asked["arguments"]]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    import bot.cli
    import bot.run  # noqa: F401

    gc.freeze()
    _become(_serve(sys.argv[1]))
