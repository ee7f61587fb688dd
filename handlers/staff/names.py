"""Names of people, which staff see until nobody touched their desk for half an hour, and again once they say that it is them."""

from collections.abc import Mapping

from storage import staff

from ..chat.flow import Option
from ..chat.messages import Button, Table
from ..chat.presses import Press, unpack
from ..chat.turn import Rows, Turn
from .gate import Act, guarded

HIDDEN = "hidden"  # in the answers of a chat without an open question: what was shown without names


def named(turn: Turn, name: str) -> str:
    """A person's name, or that it is hidden just now."""
    return turn.t.t("(name hidden)") if hidden(turn) else name


def hidden(turn: Turn) -> bool:
    return turn.who is None or turn.who.hidden


def show(turn: Turn, again: Button, text: str, rows: Rows = (), *, title: str = "", table: Table | None = None) -> None:
    """Say what names people (each by `named`). `again` is the press that shows the same once more.

    The button that shows names comes last, so that a typed number means what it meant before.
    """
    more: list[list[Option | Button]] = []
    if hidden(turn):
        if turn.dialog.flow is None:
            turn.dialog.answers = {HIDDEN: again.payload}
        more = [[turn.press(turn.t.t("Show names"), "yh", main=True)]]
    turn.say(text, [*rows, *more], lead=turn.t.t("Staff"), title=title, table=table, names=not hidden(turn))


def again(acts: Mapping[str, Act]) -> Act:
    """The press by which a person says that it is them: what was shown without names comes with them."""

    async def here(turn: Turn) -> None:
        await staff.here(turn.tx, turn.resident.id)
        if turn.dialog.flow is not None:
            return await turn.again()
        press = unpack(turn.dialog.answers[HIDDEN]) if HIDDEN in turn.dialog.answers else Press("dk")
        turn.end()
        if isinstance(press, Press) and press.verb in acts:
            handler, _ = guarded(acts)[press.verb]
            await handler(turn, *press.ids)

    return Act(here, 0, "desk")
