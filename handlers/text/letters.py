"""Which letters bytes are written in, where a few of them are damaged."""

import re

_HANGUL = re.compile("[가-힣]")


def is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are so by a few damaged ones only: most of their letters are Korean in it.

    CP949 fits many such bytes, and would read other letters in them without a word.
    """
    text = data.decode("utf-8", "replace")
    return _HANGUL.subn("", text)[1] > text.count("\ufffd")
