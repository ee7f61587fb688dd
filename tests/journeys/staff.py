"""The staff of a town: a facility, who comes in by an invitation, and the presses that the desk carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.chat.presses import Press
from storage import facilities, invitations, staff, writings

from .people import Town
from .voices import OnTelegram, OnTheWeb, Voice


@dataclass
class Desk:
    """`people` are those who came in, each with their resident's id."""

    town: Town
    people: dict[int, int] = field(default_factory=dict)

    async def facility(self, name: str, **values: object) -> int:
        async with self.town.world.store.transaction() as tx:
            return await facilities.make(tx, name, **values)

    async def joins(self, name: str, role: str, facility_id: int | None = None, language: str = "ko") -> Voice:
        """By an invitation, in Korean unless said otherwise."""
        who = self.town.person(language, name)
        async with self.town.world.store.transaction() as tx:
            token = f"invited-{name}-as-{role}"
            before = {one.resident_id for one in await staff.everybody(tx)}
            await invitations.invite(tx, token, role, facility_id=facility_id, made_by=10**6)
        await who.says(f"/join {token}")
        await who.answered("What is your name? Other staff see it, residents do not.")
        await who.taps("Skip")
        await who.answered("Today's work")
        async with self.town.world.store.reading() as tx:
            (self.people[id(who)],) = {one.resident_id for one in await staff.everybody(tx)} - before
        return who

    async def writes(self, who: Voice, facility_id: int, said: Mapping[str, str]) -> int:
        """A draft that lies there already, opened in the preview; returns its id."""
        async with self.town.world.store.transaction() as tx:
            draft = await writings.begin(tx, facility_id, self.people[id(who)], said)
        await press(who, "zw", draft)
        await who.answered("Preview")
        return draft


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
