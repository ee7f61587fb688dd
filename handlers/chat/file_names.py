"""Names of files, ours and other people's, made fit for any machine and any bubble: one line, no path, nothing hidden."""

import re
import unicodedata

from .cut import cut

LONGEST = 60  # characters: 240 bytes at most, where file systems take 255
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')  # in names on Windows; the first two lead elsewhere


def safe(name: str) -> str:
    """The name, with what may not stand in one left out; "file" where nothing is left.

    Controls, marks that turn the direction of what follows ("fdp.exe" read backwards) and halves of pairs are left out.
    """
    said = FORBIDDEN.sub(" ", name.replace("\n", " ").replace("\r", " "))
    said = "".join(letter for letter in said if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    said = " ".join(said.split()).strip(". ")
    ending = ENDING.search(said)
    tail = ending[0] if ending else ""
    head = said[: len(said) - len(tail)]
    if len(head) + len(tail) > LONGEST:
        head = cut(head, LONGEST - len(tail)).rstrip(". ") or head[: LONGEST - len(tail)]
    return f"{head}{tail}" or "file"
