"""The narrow profile is KakaoTalk's: held against its limits where the table is at hand."""

import json
from pathlib import Path

import pytest

from handlers.chat.capabilities import NARROW

LIMITS = Path(__file__).parents[2] / "../shared/contracts/kakao/limits.json"


@pytest.mark.skipif(not LIMITS.exists(), reason="the table of limits is not here")
def test_the_narrow_profile_is_kakaotalks() -> None:
    limits = json.loads(LIMITS.read_text(encoding="utf-8"))
    assert limits["outputs"][1] == NARROW.bubbles
    assert limits["quickReplies"][1] == NARROW.quick_replies == NARROW.buttons
    assert limits["simpleText.text"]["max"] == NARROW.text
    assert limits["button.label"]["vertical"] == NARROW.label
    assert (NARROW.synchronous, NARROW.edits, NARROW.location, NARROW.contact) == (True, False, False, False)
