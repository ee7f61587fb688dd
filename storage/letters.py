"""Letters of names: Hangul taken apart, and one rough sound for romanized and Cyrillic spellings of a Korean name."""

import re
import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
UNIT = re.compile(r"(특별자치도|특별자치시|통합특별시|특별시|광역시|도|시|군|구|읍|면|동|가)$")
# Longest first; what is alike to a Korean ear becomes one letter. Cyrillic by the Kontsevich system and by ear.
CYRILLIC = {
    "дж": "c",
    "чх": "c",
    "тх": "t",
    "пх": "p",
    "кх": "k",
    "нъ": "n",
    "йо": "o",
    "йе": "e",
    "уо": "wo",
    "а": "a",
    "б": "p",
    "в": "w",
    "г": "k",
    "д": "t",
    "е": "e",
    "ё": "o",
    "ж": "c",
    "з": "c",
    "и": "i",
    "й": "",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "l",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "p",
    "х": "h",
    "ц": "c",
    "ч": "c",
    "ш": "s",
    "щ": "s",
    "ъ": "",
    "ы": "u",
    "ь": "",
    "э": "e",
    "ю": "u",
    "я": "a",
    "қ": "k",
    "ғ": "k",
    "ң": "n",
}
LATIN = {
    "yeo": "o",
    "yae": "e",
    "wae": "we",
    "woo": "u",
    "eui": "i",
    "yu": "u",
    "yo": "o",
    "ya": "a",
    "ye": "e",
    "ui": "i",
    "oo": "u",
    "ee": "i",
    "eo": "o",
    "eu": "u",
    "ae": "e",
    "oe": "we",
    "ou": "o",
    "sh": "s",
    "ch": "c",
    "ng": "n",
    "kh": "k",
    "th": "t",
    "ph": "p",
    "g": "k",
    "d": "t",
    "b": "p",
    "f": "p",
    "v": "w",
    "r": "l",
    "q": "k",
    "j": "c",
    "z": "c",
}


def bare(name: str) -> str:
    """A name without its unit: 광산구 -> 광산; a one-letter rest stays whole."""
    match = UNIT.search(name)
    return name[: match.start()] if match and match.start() else name


def initials(name: str) -> str:
    """The initial consonants of a Hangul name: 월곡동 -> ㅇㄱㄷ."""
    return "".join(INITIALS[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in name)


def is_initials(text: str) -> bool:
    return bool(text) and set(text) <= set(INITIALS)


def jamo(text: str) -> str:
    """Hangul as single letters, so that one wrong stroke is one wrong letter."""
    return unicodedata.normalize("NFD", text)


def sound(name: str) -> str:
    """A rough sound shared by spellings: Wolgok, Вольгок and Vol'gok are one. Empty for Hangul."""
    text = unicodedata.normalize("NFC", name).lower()
    if re.search("[а-яёқғң]", text):
        text = _replaced(text, CYRILLIC)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = _replaced(re.sub("[^a-z0-9]", "", text), LATIN)
    return re.sub(r"(.)\1+", r"\1", re.sub("[^a-z0-9]", "", text))


def _replaced(text: str, table: dict[str, str]) -> str:
    return re.sub("|".join(sorted(table, key=len, reverse=True)), lambda found: table[found.group()], text)
