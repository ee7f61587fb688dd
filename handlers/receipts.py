"""What a chat is told of moves and copies that happened elsewhere: owed messages of the interactive lane, never missed."""

from collections.abc import Mapping
from typing import Any

from storage import copies, deliveries
from storage.deliveries import Owed
from storage.transaction import Transaction

from .chat.messages import Button
from .chat.turn import Turn

INTERACTIVE = 0


async def owe(tx: Transaction, chat_id: int, what: str, about: int, **body: Any) -> None:
    """Queue a receipt, once for each `what` and row it is `about`."""
    once = f"receipt:{chat_id}:{what}:{about}"
    await deliveries.queue(tx, [Owed(once, chat_id, "receipt", INTERACTIVE, body={"what": what, **body})])


async def say(turn: Turn, body: Mapping[str, Any]) -> None:
    t, what = turn.t, body.get("what")
    if what == "moved":
        lines = [
            t.t("Your alerts come to another chat now, where your code was written."),
            t.t("Was it not you? Press the button within 24 hours, and all comes back here."),
        ]
        if not body.get("both"):
            lines.insert(1, t.t("Nothing more comes here."))
        turn.say("\n".join(lines), [[turn.press(t.t("It was not me, undo"), "mu", body["move"])]])
    elif what == "undone":
        lines = [t.t("The alerts went back to the chat that they came from. What was here before is here again.")]
        turn.say("\n".join(lines), [[turn.press(t.t("Help"), "he")]])
    elif what == "agreed":
        turn.say(t.t("The person you help agreed and gets alerts now."))
    elif what == "copies" and await copies.get(turn.tx, body["copy"]):
        turn.say(t.t("You get a copy of each alert for the person you help."), [[stop(turn, body["copy"])]])
    elif what == "stopped":
        text = t.t("There are no more copies of alerts. One of you stopped them.")
        turn.say(text, [[turn.press(t.t("Jobs near me"), "pg", 0, 0)]])


def stop(turn: Turn, copy_id: int) -> Button:
    """One tap, on either side."""
    return turn.press(turn.t.t("Stop copies"), "cs", copy_id)
