"""Which of our languages a client's hint means. Babel's negotiation misses zh-hans and tl, so one table here."""

from collections.abc import Collection

# Ways in which clients name a language, beside its plain code; from what platforms were seen to send.
NAMED = {
    "zh": "zh_Hans",
    "zh-cn": "zh_Hans",
    "zh-sg": "zh_Hans",
    "cmn": "zh_Hans",
    "zh-tw": "zh_Hant",
    "zh-hk": "zh_Hant",
    "zh-mo": "zh_Hant",
    "yue": "zh_Hant",
    "tl": "fil",
    "in": "id",
    "iw": "he",
}


def resolve(hint: str | None, released: Collection[str]) -> str | None:
    """The released language that a hint such as "ru-RU", "zh-hans" or "tl" means, or None."""
    tag = (hint or "").strip().lower().replace("_", "-")
    if not tag:
        return None
    if tag.startswith("zh-hans"):
        found = "zh_Hans"
    elif tag.startswith("zh-hant"):
        found = "zh_Hant"
    else:
        found = NAMED.get(tag) or NAMED.get(tag.split("-")[0]) or tag.split("-")[0]
    by_lower = {code.lower(): code for code in released}
    return by_lower.get(found.lower())
