"""Numbers and addresses in free text: what is a person's is masked, what is an office's leads to applying."""

import re
from urllib.parse import urlsplit

from .plain import plain

_D = r"[0-9０-９]"
_GAP = r"\s?[-‐‑‒–—−－.)·]?\s?"
_ALONE = r"(?<![0-9０-９A-Za-z])"  # ids such as K1501125… hold mobile-like digits
_MOBILE = re.compile(
    rf"{_ALONE}(?:\+?82{_GAP}\(?0?\)?|\(?[0０])[1１][016789０１６７８９]{_GAP}{_D}{{3,4}}{_GAP}{_D}{{4}}(?!{_D})"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}\s?[@＠]\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_BIRTH = rf"{_D}{{2}}(?:[0０][1-9１-９]|[1１][0-2０-２])(?:[0０][1-9１-９]|[12１２]{_D}|[3３][01０１])"
_REGISTRATION = re.compile(rf"{_ALONE}(?:{_D}{{6}}\s?[-‐‑‒–—−－]\s?{_D}{{7}}|{_BIRTH}\s?{_D}{{7}})(?!{_D})(?![A-Za-z])")
# Korea's own (M12345678, M123A4567) and most others': one or two letters and seven or eight digits.
_PASSPORT = re.compile(
    rf"{_ALONE}(?:[A-Za-z]{{1,2}}{_D}{{7,8}}|[A-Za-z]{_D}{{3}}[A-Za-z]{_D}{{4}})(?![0-9０-９A-Za-z])"
)
_OFFICE = re.compile(
    r"(?<![0-9A-Za-z-])\(?(?P<area>0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50[0-9]?))\)?[\s.)-]{0,3}(?P<mid>[0-9]{3,4})[\s.-]{0,3}(?P<end>[0-9]{4})(?![0-9])"
    r"|(?<![0-9A-Za-z-])(?P<short>1[568][0-9]{2})-(?P<last>[0-9]{4})(?![0-9-])"
)
_FAX = re.compile(r"(?:팩스|팩시밀리|fax|f\.?)\s?(?:번호)?\s?[:(.)]?\s?$", re.IGNORECASE)
_LINK = re.compile(r"(?<![A-Za-z])https?://[A-Za-z0-9\-._~:/?#@!$&*+,;=%]+", re.IGNORECASE)


def mask(text: str) -> str:
    """Free text with mobile numbers, e-mail addresses and registration numbers of persons blotted out; never for ids."""
    text = _REGISTRATION.sub("******-*******", text)
    text = _MAIL.sub("***@***", text)
    return _MOBILE.sub("010-****-****", text)


def find_registration_number(text: str) -> bool:
    """Whether a text holds a resident or foreigner registration number (6 + 7 digits), which must not be kept at all."""
    return _REGISTRATION.search(text) is not None


def identifies(text: str) -> bool:
    """Whether a text holds the number of a registration or of a passport."""
    return find_registration_number(text) or _PASSPORT.search(text) is not None


def unidentified(text: str) -> str:
    """The text with such numbers blotted out."""
    return _PASSPORT.sub("*********", _REGISTRATION.sub("******-*******", text))


def phones(text: str) -> list[str]:
    """Office telephones in the order named, written with hyphens; mobile and fax numbers are left out."""
    words = plain(text)
    found = []
    for match in _OFFICE.finditer(words):
        if not _FAX.search(words[: match.start()]):
            parts = (match["area"], match["mid"], match["end"]) if match["area"] else (match["short"], match["last"])
            found.append("-".join(parts))
    return list(dict.fromkeys(found))


def links(text: str) -> list[str]:
    """Web addresses (http and https only, no log-in part) in the order named."""
    found = []
    for match in _LINK.finditer(text):
        link = match[0].rstrip(".,;:!?&*")
        host = urlsplit(link).netloc
        if "." in host and "@" not in host:
            found.append(link)
    return list(dict.fromkeys(found))
