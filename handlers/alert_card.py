"""The card of an alert: how near a new job lies or who brought it, the posting, why it came, and what one may do about it."""

from datetime import datetime

from locales import Translator
from storage.areas import DISTRICT
from storage.criteria import FOLLOWED
from storage.tables import Posting

from . import cards
from .chat.messages import Message
from .resident.posting import buttons


def card_of(
    t: Translator,
    ko: Translator,
    posting: Posting,
    place: cards.Place,
    hops: int | None,
    now: datetime,
    why: str = "",
    more: str = "",
    facility: str = "",
) -> Message:
    """`hops` away from who reads; `facility` is whose it is, `more` what else is to be said below."""
    return Message(
        cards.alert(t, ko, posting, place, now, why) + more,
        tuple(tuple(row) for row in buttons(t, posting)),
        lead=lead(t, hops, facility),
        title=cards.headline(t, posting),
        language=t.code,
        rtl=t.rtl,
        card=True,
    )


def lead(t: Translator, hops: int | None, facility: str) -> str:
    """How near a new job lies, or which followed facility brought it."""
    if facility and hops == FOLLOWED:
        return t.t("New job · news of {facility}", facility=t.isolate(facility))
    near = {0: t.t("your neighbourhood"), 1: t.t("next to your neighbourhood")}.get(
        DISTRICT if hops is None else hops, t.t("your district")
    )
    return t.t("New job · {near}", near=near)
