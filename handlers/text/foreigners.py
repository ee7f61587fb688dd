"""May foreign residents apply, and with which status of stay: read from words, by a table of phrases."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .plain import plain

Answer = Literal["yes", "listed", "no", "unknown"]

_STATUS = re.compile(r"(?<![A-Za-z0-9])(?P<letter>[D-H])\s?-?\s?(?P<number>10|[1-9])(?![0-9A-Za-z])")
_KNOWN = frozenset(
    {f"D-{n}" for n in (2, 4, 8, 9, 10)}
    | {f"E-{n}" for n in range(1, 11)}
    | {f"F-{n}" for n in range(1, 7)}
    | {"G-1", "H-1", "H-2"}
)
_VERDICT = re.compile(
    r"(?P<no>불가능?|불허|제외|제한(?!\s?없)|안\s?됨|할\s?수\s?없)|(?P<yes>가능|허용|환영|포함|대상|한함|에\s?한)|(?P<wish>우대|우선|가점|가산)"
)
_PLAIN_NO = re.compile(r"(?:불가|불허|제외|안\s?됨)|^\s*(?:x|n|no|아니오|아니요|없음)\s*$", re.IGNORECASE)
_PLAIN_YES = re.compile(r"가능|허용|환영|무관|제한\s?없|누구나|^\s*(?:o|y|yes|예|네|○)\s*$", re.IGNORECASE)
_DENIED = re.compile(r"\s?(?:없|무관|아님|묻지)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LINKING = re.compile(r"비자|소지자|자격|동포|지원|채용|신청|고용|취업|또는|및|도|만|은|는|이|가|인|과|와|등|자")
_ENOUGH = re.compile(r"[^,.;]{0,4}(?:로서|으로|로\s|이어야)")


@dataclass(frozen=True, slots=True)
class Foreigners:
    """`statuses` (F-2, D-10, …; a mere F for "F비자") is filled only for "listed": these and no others are named."""

    answer: Answer
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of the table and what it says: yes, no, listed, listed:F-6 or listed:D-2|D-4."""

    pattern: re.Pattern[str]
    says: str


UNKNOWN = Foreigners("unknown")


def foreigners(text: str, phrases: Sequence[Phrase]) -> Foreigners:
    """What free text says about foreign applicants. Statuses that are allowed make a list; contradictions are unknown."""
    words = plain(text)
    allowed, refused = _statuses(words, phrases)
    if listed := sorted(allowed - refused, key=_order):
        return Foreigners("listed", tuple(listed))
    yes, no = _said("yes", words, phrases), _said("no", words, phrases)
    if refused or yes == no:
        return UNKNOWN
    return Foreigners("yes" if yes else "no")


def column(text: str, phrases: Sequence[Phrase]) -> Foreigners:
    """The same for a cell that is about foreigners alone, where a bare 가능 or 불가 is an answer."""
    words = plain(text)
    read = foreigners(words, phrases)
    if read != UNKNOWN or _statuses(words, phrases)[1]:
        return read
    if _PLAIN_NO.search(words):
        return Foreigners("no")
    return Foreigners("yes") if _PLAIN_YES.search(words) else UNKNOWN


def _said(answer: str, words: str, phrases: Sequence[Phrase]) -> bool:
    return any(
        not _DENIED.match(words, match.end())
        for phrase in phrases
        if phrase.says == answer
        for match in phrase.pattern.finditer(words)
    )


def _statuses(words: str, phrases: Sequence[Phrase]) -> tuple[set[str], set[str]]:
    """Which statuses are allowed and which refused. Each belongs to the verdict that encloses or follows it."""
    allowed: set[str] = set()
    refused: set[str] = set()
    named = [
        (m.start(), m.end(), {status}, True) for m in _STATUS.finditer(words) if (status := f"{m[1]}-{m[2]}") in _KNOWN
    ]
    students = any(status.startswith("D-") for _, _, statuses, _ in named for status in statuses)
    for phrase in phrases:
        group = set(phrase.says.removeprefix("listed:").split("|"))
        if phrase.says.startswith("listed:") and not (students and "D-2" in group):
            named += [(m.start(), m.end(), group, False) for m in phrase.pattern.finditer(words)]
    if not named:
        named = [(m.start(), m.end(), {"F"}, True) for m in re.finditer(r"(?<![A-Za-z])F\s?-?\s?비자", words)]
    groups = [(start, end) for start, end, _, explicit in named if not explicit]
    for start, end, statuses, explicit in named:
        verdict = _verdict(words, start, end, explicit, groups)
        if verdict == "yes":
            allowed |= statuses
        elif verdict == "no":
            refused |= statuses
    return allowed, refused


def _verdict(words: str, start: int, end: int, explicit: bool, groups: list[tuple[int, int]]) -> str | None:
    """yes, no or nothing about a status named at [start:end]; a code that nothing is said about is one that is asked for."""
    opened = words.rfind("(", 0, start)
    inside = opened >= 0 and ")" not in words[opened:start]
    closed = words.find(")", end) if inside else -1
    enclosing = re.search(_VERDICT.pattern + r"(?=\s?$)", words[:opened]) if inside else None
    within = _VERDICT.search(words, end, closed) if closed >= 0 else None
    if enclosing:
        if within is None or within.lastgroup == "wish":
            return enclosing.lastgroup if enclosing.lastgroup != "wish" else None
        # 가능(F-4 가능 …) stresses one status and leaves the others open.
        return "no" if within.lastgroup == "no" else None
    note = re.match(r"\s?\(([^()]*)\)", words[end:])
    own = (
        (_VERDICT.search(words, start, end) if not explicit else None)
        or (_VERDICT.search(note[1]) if note else None)
        or within
    )
    if own:
        return own.lastgroup if own.lastgroup != "wish" else None
    # What stands in the brackets of other statuses is theirs.
    rest = _BRACKETS.sub(lambda match: " " * len(match[0]), words[end:])
    following = _VERDICT.search(rest)
    if following is None or re.search(r"[.;。]\s", rest[: following.start()]):
        return "yes" if explicit or _ENOUGH.match(rest) else None
    if following.lastgroup == "wish":
        return None
    if not explicit:  # a word for people must be what the verdict is about: not "고려인 역사 …, 러시아어 가능자"
        between = (c for i, c in enumerate(rest[: following.start()], end) if not any(a <= i < b for a, b in groups))
        if re.search("[가-힣]", _LINKING.sub("", "".join(between))):
            return None
    return following.lastgroup


def _order(status: str) -> tuple[str, int]:
    letter, _, number = status.partition("-")
    return letter, int(number or 0)
