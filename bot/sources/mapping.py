"""What rows of many sites have in common on their way to a draft: dates, closings, links, texts without persons, sectors."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.draft import key_of
from handlers.text import links, plain, unescaped, unmarked

from .tree import word

LONGEST = 4000  # characters of a text that are kept
DAMAGE = "\ufffd"  # stands where a letter could not be read
UNTIL = "채용시까지"
NEVER = 2090  # a year from which on a last day means "until filled"

_DAY = re.compile(r"(?<![0-9])(?P<y>20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9]{1,5}(?![0-9]))")
_APART = re.compile(
    r"(?<![0-9])(?P<y>(?:20)?[0-9]{2})\s?[-./년]\s?(?P<m>[01]?[0-9])\s?[-./월]\s?(?P<d>[0-3]?[0-9])(?![0-9])"
)
_CLOCK = re.compile(
    r"[0-9]\.?\s?(?:\([^()]*\)\s?|T)?\s?(?<![0-9:+])((?:[01][0-9]|2[0-4]):[0-5][0-9])(?![0-9])"
)  # said right behind a day
_OPEN = re.compile(r"채용\s?시|충원\s?시|상시|수시|모집\s?시")
# 담당자: 홍길동 names a person; 담당: 총무과 does not.
_PERSON = re.compile(
    r"(?P<label>(?:채용|인사|업무)?\s?담당(?:자|관|직원|공무원)?(?:\s?(?:성명|이름))?\s?[:：|]\s?)[가-힣]{2,4}"
    r"(?=\s|[,(/.)\]]|$)(?<![과팀실청원부소처국단])"
)
_PUBLIC = re.compile(
    r"(?:시|군|구|도)청|교육(?:지원)?청|주민센터|행정복지센터|보건소|공단|공사(?:\s|\)|$)|(?:초등|중|고등|특수)학교|국립|시립|구립|군립|도립|공립"
    r"|공공|공무원|자활센터|시니어클럽|노인복지관|의회|소방서|경찰|법원|검찰|세무서|우체국|해양수산청|진흥원|[가-힣]{2}부$"
)


def line(row: Mapping[str, Any], *names: str) -> str:
    """The first of these that says something, on one line, without markup, unescaped until nothing is left to unescape."""
    return " ".join(unmarked(word(row, *names)).split())[:300]


def headline(row: Mapping[str, Any], *names: str) -> str:
    """What a posting is called: the first of these that says something with a letter in it. A title whose letters are
    damaged is none, since residents would be alerted to it anew; one that was cut in the middle of a letter is."""
    said = (line(row, name).rstrip(DAMAGE + " ") for name in names)
    return next((one for one in said if DAMAGE not in one and re.search(r"[^\W\d_]", one)), "")


def named(*words: str) -> str:
    """The key of a posting that is known by what it says; nothing where that is damaged and would name another one."""
    return "" if DAMAGE in "".join(words) else key_of(*words)


def body(row: Mapping[str, Any], *names: str) -> str:
    """All of these that say something, a paragraph each, without markup and without the names of recruiters."""
    said = dict.fromkeys(nameless(unmarked(word(row, name))) for name in names)
    return "\n".join(text for text in said if text)[:LONGEST]


def nameless(text: str) -> str:
    return _PERSON.sub(lambda found: f"{found['label']}***", text)


def joined(*words: str, by: str = " · ") -> str:
    """What is said, each once."""
    return by.join(dict.fromkeys(one for one in words if one))


def labelled(**words: str) -> str:
    """Lines with their label, of those that say something."""
    return "\n".join(f"{label}: {said}" for label, said in words.items() if said)


def day(text: str) -> date | None:
    """The day in 20261201, 26/12/01, 2026-12-01T… or 2026. 12. 1.; None where there is none."""
    found = _DAY.search(text) or _APART.search(text)
    if found is None:
        return None
    try:
        return date(
            2000 + int(found["y"]) % 100 if len(found["y"]) == 2 else int(found["y"]), int(found["m"]), int(found["d"])
        )
    except ValueError:
        return None


def closing(closes: str, opens: str = "", until: bool = False) -> str:
    """When applications open and close, in words that `parse_closing` reads; "until filled" may stand beside the date."""
    begin, end = day(opens), day(closes)
    if end is None and closes:
        return " ".join(plain(closes).split())[:100]
    filled = until or bool(_OPEN.search(closes)) or (end is not None and end.year >= NEVER)
    if end is None or end.year >= NEVER:
        return UNTIL if filled else ""
    told = f"{begin} ~ {end}" if begin and begin <= end else f"{end}"
    clock = _CLOCK.search(plain(closes))
    return told + (f" {clock[1]}" if clock and clock[1] != "00:00" else "") + (f" ({UNTIL})" if filled else "")


def past(closes: str, today: date) -> bool:
    """Whether the last day is over. "Until filled" never is by itself."""
    end = day(closes)
    return end is not None and end < today and not _OPEN.search(closes)


def link(text: str) -> str:
    """An address made whole, or nothing where it is none (없음, a word, a script)."""
    text = unescaped(text).strip()
    if re.match(r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kr|com|net|org)(?:[/:?]|$))", text, re.I):
        text = f"http://{text}"
    text = text.replace(" ", "%20")
    return text if links(text) == [text] else ""


def sector(organisation: str) -> str:
    """Whether an employer is the public hand, by its name."""
    return "public" if _PUBLIC.search(organisation) else "private"


def occupation_code(table: str, code: str, name: str = "") -> str:
    """A source's word for an occupation as drafts say it; nothing where there is no single code."""
    return f"{table} {code} {name}".strip() if re.fullmatch(r"[0-9A-Z]{2,8}", code) else ""


def key(text: str) -> str:
    """A source's id as it is, or nothing where it can be none."""
    return text if re.fullmatch(r"\S(?:.{0,98}\S)?", text) and text.isprintable() and DAMAGE not in text else ""
