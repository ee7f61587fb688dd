"""The form of a backup: one compressed file of lines that belongs to no engine, with a checksum sealed by the keys at its end.

First a manifest; for each table its name and columns, then a line for each row; last the checksum of all that came before.
"""

import base64
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from cryptography.fernet import InvalidToken
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, LargeBinary

from .sealing import Keys

FORM = 1  # of the file; the rows' own form is told by the schema's revision
DAMAGED = "This file is cut or was altered. Take another backup."
FOREIGN = "The keys are not those of this backup. Bring the key file that was in use when it was made."


class BadBackup(Exception):
    """A backup can't be written or used. The message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. `rows` and `counters` (the highest id ever given) are by table; `at` is an ISO moment."""

    revision: str
    municipality: int
    at: str
    rows: dict[str, int]
    counters: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


class Writer:
    """Writes lines into an open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6)
        self._sum = hashlib.sha256()

    def manifest(self, manifest: Manifest) -> None:
        self.line({"ilgam": "backup", "form": FORM, **asdict(manifest)})

    def line(self, value: Any) -> None:
        data = orjson.dumps(value) + b"\n"
        self._sum.update(data)
        self._zip.write(data)

    def end(self, keys: Keys) -> None:
        """The checksum, and a seal of it that only the same keys open: nobody else can alter the file unnoticed."""
        total = self._sum.hexdigest()
        self._zip.write(orjson.dumps({"sum": total, "seal": keys.fernet.encrypt(total.encode()).decode()}) + b"\n")
        self._zip.close()


def manifest(line: Any) -> Manifest:
    """What the first line says. BadBackup when it is no backup, or one of a later form."""
    if not isinstance(line, dict) or line.pop("ilgam", None) != "backup":
        raise BadBackup("This file is no backup of Dongne Ilgam.")
    if line.pop("form", None) != FORM:
        raise BadBackup("This backup was made by a newer version of the program. Install that version first.")
    return Manifest(**line)


def read(path: Path, keys: Keys) -> Iterator[Any]:
    """Every line as it was written, the manifest first.

    Raises BadBackup for what is wrong with the file, at its end at the latest: whoever acts on a line before must be able
    to undo that. OSError when the file can't be read.
    """
    digest = hashlib.sha256()
    ahead = b""  # the last line is not one of the content
    try:
        with gzip.open(path, "rb") as file:
            for data in file:
                if ahead:
                    digest.update(ahead)
                    yield orjson.loads(ahead)
                ahead = data
        end = orjson.loads(ahead)
        total, seal = str(end["sum"]), str(end["seal"])
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError, KeyError, TypeError) as error:
        raise BadBackup(DAMAGED) from error
    if total != digest.hexdigest():
        raise BadBackup(DAMAGED)
    try:
        sealed = keys.fernet.decrypt(seal)
    except InvalidToken as error:
        raise BadBackup(FOREIGN) from error
    if sealed.decode() != total:
        raise BadBackup(DAMAGED)


# Values: what JSON does not know is written as text ----------------------------------------------------------------


def kind(column: Column[Any]) -> str:
    """How a column's values are written: moment, date, bytes, json, flag or plain."""
    for known, name in (
        (DateTime, "moment"),
        (Date, "date"),
        (LargeBinary, "bytes"),
        (JSON, "json"),
        (Boolean, "flag"),
    ):
        if isinstance(column.type, known):
            return name
    return "plain"


def encode(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "moment":
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if kind == "date":
        return value.isoformat()
    return base64.b64encode(value).decode() if kind == "bytes" else value


def decode(kind: str, value: Any, postgres: bool) -> Any:
    """A value as the engine takes it: SQLite keeps moments without their zone, PostgreSQL has no NUL in texts."""
    if value is None:
        return None
    if kind == "moment":
        moment = datetime.fromisoformat(value)
        return moment if postgres else moment.replace(tzinfo=None)
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "bytes":
        return base64.b64decode(value)
    return without_nul(value) if postgres else value


def without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    if isinstance(value, dict):
        return {without_nul(name): without_nul(one) for name, one in value.items()}
    return value
