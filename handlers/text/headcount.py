"""How many people a notice looks for."""

import re

from .plain import plain

_PEOPLE = re.compile(r"(?<![0-9.,])([0-9]{1,4})\s?(?:명|인)(?![가-힣]*원)")
_TOTAL = re.compile(r"(?:총|합계|계)\s?:?\s?([0-9]{1,4})\s?(?:명|인)")
_OPEN = re.compile(
    r"약간|[0○oO]{1,3}\s?(?:명|인)|이상|이내|내외|이하|최대|[0-9]\s?(?:명|인)?\s?[~-]\s?[0-9]|(?<![가-힣])각(?![가-힣])"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BARE = re.compile(r"[0-9]{1,4}")


def parse_headcount(text: str) -> int | None:
    """The number of people, parts added up (네팔어 1명, 몽골어 1명); None for 0명, 00명, 약간 명, ranges and "at least"."""
    words = plain(text)
    outside = _BRACKETS.sub(" ", words)
    if not _PEOPLE.search(outside) and not _BARE.fullmatch(outside.strip()):
        outside = words
    if total := _TOTAL.search(outside):
        return int(total[1]) or None
    if _BARE.fullmatch(outside.strip()):
        return int(outside) or None
    parts = [int(number) for number in _PEOPLE.findall(outside)]
    if not parts or 0 in parts or _OPEN.search(re.sub(r"(?<=[1-9])0+", "", outside)):
        return None
    return sum(parts)
