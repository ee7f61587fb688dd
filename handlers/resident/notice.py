"""What residents are told before they agree, in short and in full, and what agreeing writes down."""

from datetime import datetime

from locales import Translator
from storage import residents

from ..chat.turn import Turn
from ..deployment import Deployment
from ..text import SEOUL

VERSION = "2026-11-24"  # of the consent text that a person agreed to


def short(turn: Turn, *, sign: bool = False) -> list[str]:
    """The notice in the first message; `sign`: that one came by a sign is kept too."""
    t = turn.t
    lines = [t.t("To send alerts we keep three things: this chat, your language, your neighbourhood.")]
    if sign:
        lines.append(t.t("We also note which sign you came by."))
    lines.append(t.t("When you stop, we delete them within 30 days. You must be 14 or older."))
    if turn.capabilities.abroad:
        lines.append(t.t("Telegram's servers are outside Korea. If you do not want that, use our web chat."))
    return [*lines, t.t("You may say no and still look at the jobs.")]


def day(t: Translator, at: datetime) -> str:
    """The day in Korea, with its year: what is kept may be years old."""
    return t.date_short(at.astimezone(SEOUL).date(), year=True)


async def agree_abroad(turn: Turn) -> None:
    """Who moves to a messenger abroad was told so in the question, and agrees to it unless they had."""
    if turn.capabilities.abroad and not any(
        one.item == "overseas" and one.withdrawn_at is None for one in await residents.consents(turn.tx, turn.resident)
    ):
        await residents.consent(turn.tx, turn.resident, "overseas", VERSION)


async def agree(turn: Turn) -> None:
    for item in ("alerts", "overseas") if turn.capabilities.abroad else ("alerts",):
        await residents.consent(turn.tx, turn.resident, item, VERSION)


def full(t: Translator, deployment: Deployment, *, abroad: bool) -> str:
    """The notice in full: items, purpose, retention, the right to refuse and what follows (Personal Information Act, art. 15)."""
    rows = [
        t.t("Who keeps your data: {municipality}", municipality=deployment.name(t)),
        t.t("What: the address of this chat, your language, your neighbourhoods, the jobs you save"),
        t.t("If you tell us: what you look for, when we may write, your shifts"),
        t.t("If you agree to copies for a helper: their chat"),
        t.t("Also: which sign you came by, and which of our alerts you opened"),
        t.t("What for: to send you job alerts that fit, nothing else"),
        t.t("We count which signs and alerts are of use; the counts name nobody."),
        t.t("How long: until you stop, then at most 30 days. What is said in the web chat: 30 days"),
        t.t("You may refuse. Then you get no alerts, but you can still look at the jobs."),
        t.t("We never ask for money, bank books, registration numbers or passports."),
        t.t("See or erase your data at any time: /mydata"),
    ]
    if abroad:
        rows.append(t.t("Messages here pass through Telegram's servers outside Korea. The web chat does without."))
    if deployment.phone:
        rows.append(t.t("Questions: {phone}", phone=deployment.phone))
    return "\n".join(rows)
