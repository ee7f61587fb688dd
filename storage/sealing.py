"""The keys that seal personal data: made at first start in a file only the owner may read, never kept in the database."""

import hashlib
import hmac
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet


class Keys:
    """The first key seals, every key opens; the digest key makes equal inputs comparable without opening them."""

    def __init__(self, keys: list[str]) -> None:
        self.fernet = MultiFernet([Fernet(key) for key in keys])
        # The same bytes sealed once, for what many are shown alike: that they are equal stands unsealed beside them.
        self.alike = lru_cache(maxsize=1000)(self.fernet.encrypt)
        self._digest_key = hashlib.sha256(b"digest" + keys[-1].encode()).digest()

    def digest(self, value: str) -> str:
        return hmac.new(self._digest_key, value.encode(), hashlib.sha256).hexdigest()

    @classmethod
    def fresh(cls) -> "Keys":
        return cls([Fernet.generate_key().decode()])

    @classmethod
    def add(cls, path: Path) -> None:
        """Put a new key before those in the file. The file is changed whole or not at all."""
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
        with os.fdopen(handle, "w") as out:
            out.write(Fernet.generate_key().decode() + "\n" + path.read_text())
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)

    @classmethod
    def from_file(cls, path: Path) -> "Keys":
        """Read one key a line, or make the file (0600) with a new key. ValueError says what is wrong with it."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as out:
                out.write(Fernet.generate_key().decode() + "\n")
        lines = [line.strip() for line in path.read_text().splitlines() if line.strip()]
        if not lines:
            raise ValueError(f"{path} holds no key")
        return cls(lines)
