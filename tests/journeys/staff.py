"""The staff of a town: a facility, who comes in by an invitation, and the presses that the desk carries."""

from dataclasses import dataclass

from handlers.chat.presses import Press
from storage import facilities, invitations

from .people import Town
from .voices import OnTelegram, OnTheWeb, Voice


@dataclass
class Desk:
    town: Town

    async def facility(self, name: str, **values: object) -> int:
        async with self.town.world.store.transaction() as tx:
            return await facilities.make(tx, name, **values)

    async def joins(self, name: str, role: str, facility_id: int | None = None, language: str = "ko") -> Voice:
        """By an invitation, in Korean unless said otherwise."""
        who = self.town.person(language, name)
        token = f"invited {name} as {role}".replace(" ", "-")
        async with self.town.world.store.transaction() as tx:
            await invitations.invite(tx, token, role, facility_id=facility_id, made_by=1)
        await who.says(f"/join {token}")
        await who.answered("Today's work")
        return who


async def press(who: Voice, verb: str, *ids: int) -> None:
    """A button that stands in another part of the chat, or that somebody made up."""
    payload = Press(verb, ids).pack()
    if isinstance(who, OnTheWeb):
        who._before = len(who.person.frames)
        line = max(line for line in who.person.lines if isinstance(line, int))
        await who.person._act({"tap": payload, "message": line}, None)
    elif isinstance(who, OnTelegram):
        who._remember()
        who.person.presses(payload, who.person.messages[-1])
