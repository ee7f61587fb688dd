"""Weekdays in words: 월·수·금, 화~토, 토·일, 평일, 주말; as a bitmask with Monday as bit 0."""

import re

NAMES = "월화수목금토일"
WORKDAYS, WEEKEND, EVERY = 0b0011111, 0b1100000, 0b1111111
_WORDS = {"평일": WORKDAYS, "주중": WORKDAYS, "주말": WEEKEND, "매일": EVERY}

_ONE = rf"[{NAMES}](?:요일)?"
_JOINED = r"(?:\s?(?:·|,|/|\.|~|-|및|와|과|부터)\s?|\s)?"  # one way to read each space, or long lists take for ever
_COUNT = r"\s?(?:최대|평균|상한|총)?\s?[0-9]{1,3}(?:[.,][0-9]+)*\s?(?:시간|회|일|만|원)"
# A weekday stands alone: not the 월 of 월급, nor the 일 of "일 8시간" or 2일.
DAYS = re.compile(
    rf"(?:{'|'.join(_WORDS)})|(?<![가-힣0-9])(?:매주\s?)?(?!{_ONE}{_COUNT}|금일|일일|월일)(?P<days>{_ONE}(?:{_JOINED}{_ONE})*)(?:까지)?(?![가-힣0-9])"
)
_RANGE = re.compile(rf"([{NAMES}])\s?(?:~|-|부터)\s?([{NAMES}])")
_OFF = re.compile(
    r"\)?\s?(?:및|·|,)?\s?(?:법정)?\s?(?:공휴일)?\s?(?:은|는|에)?\s?(?:휴무|휴관|휴일|쉼|쉬|제외|off|불가)",
    re.IGNORECASE,
)


def find(text: str) -> list[tuple[int, int, int, bool]]:
    """Every statement of weekdays in a plain text: (from, to, bitmask, whether these are days off)."""
    return [(m.start(), m.end(), mask(m[0]), _OFF.match(text, m.end()) is not None) for m in DAYS.finditer(text)]


def mask(words: str) -> int:
    """The bitmask of one statement; a range may run over the weekend (일~목)."""
    if words in _WORDS:
        return _WORDS[words]
    words = words.replace("매주", "").replace("요일", "").replace("까지", "")
    bits = 0
    for first, last in _RANGE.findall(words):
        day = NAMES.index(first)
        while day != NAMES.index(last):
            bits |= 1 << day
            day = (day + 1) % 7
    for name in _RANGE.sub(lambda m: m[1] + m[2], words):
        if name in NAMES:
            bits |= 1 << NAMES.index(name)
    return bits
