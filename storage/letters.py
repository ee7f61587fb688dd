"""Letters of names: Hangul taken apart, and one rough sound for romanized and Cyrillic spellings of a Korean name."""

import re
import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# What is alike to a Korean ear becomes one letter. Cyrillic by the Kontsevich system and by ear.
CYRILLIC = (
    "дж c чх c тх t пх p кх k нъ n йо o йе e уо wo а a б p в w г k д t е e ё o ж c з c и i к k л l м m н n о o п p "
    "р l с s т t у u ф p х h ц c ч c ш s щ s ы u э e ю u я a қ k ғ k ң n ҳ h ў u ө o ү u ұ u һ h і i"
)
LATIN = (
    "yeo o yae e wae we woo u eui i yu u yo o ya a ye e ui i oo u ee i eo o eu u ae e oe we ou o sh s ch c ng n kh k "
    "th t ph p g k d t b p f p v w r l q k j c z c"
)


def _table(pairs: str) -> tuple[re.Pattern[str], dict[str, str]]:
    words = pairs.split()
    table = dict(zip(words[::2], words[1::2], strict=True))
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


_CYRILLIC, _LATIN = _table(CYRILLIC), _table(LATIN)
_DOUBLED = re.compile(r"(.)\1+")
_NEITHER = re.compile("[^a-z0-9]+")  # letter nor digit
_HANGUL = re.compile("[가-힣]")


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


def initials(name: str) -> str:
    """The initial consonants of a Hangul name: 월곡동 -> ㅇㄱㄷ."""
    return "".join(INITIALS[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in name)


def is_initials(text: str) -> bool:
    return bool(text) and set(text) <= set(INITIALS)


def jamo(text: str) -> str:
    """Hangul as single letters, so that one wrong stroke is one wrong letter."""
    return unicodedata.normalize("NFD", text)


def letters(name: str) -> str:
    """Letters and digits only, in small, without marks: Wolgok-dong -> wolgokdong, Кёнгидо -> кенгидо. Empty for Hangul."""
    if name.isascii():
        return _NEITHER.sub("", name.lower())
    if has_hangul(name):
        return ""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if c.isalnum() and (c.isascii() or c >= "а"))


def sound(name: str) -> str:
    """A rough sound shared by spellings: Wolgok, Вольгок and Vol'gok are one. Empty for Hangul."""
    text = unicodedata.normalize("NFC", name).lower()
    if not text.isascii():
        text = _replaced(text, _CYRILLIC)
        text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    text = _replaced(_NEITHER.sub("", text), _LATIN)
    return _DOUBLED.sub(r"\1", text)


def _replaced(text: str, table: tuple[re.Pattern[str], dict[str, str]]) -> str:
    pattern, values = table
    return pattern.sub(lambda found: values[found[0]], text)
