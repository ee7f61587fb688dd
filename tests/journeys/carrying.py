"""What stories about codes share: who is at home, the code that a chat shows, and what came to a chat unasked."""

import re

from tests.fakes.narrow import Person

from .test_first_alert import ROW
from .world import World

MOON = ROW.replace("별빛", "달빛")


def shown(person: Person) -> str:
    """The code on the screen."""
    found = [m.title for m in person.last if re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", m.title)]
    assert len(found) == 1, person.last
    return found[0]


async def code_of(person: Person) -> str:
    await person.says("/move")
    await person.says("1")
    return shown(person)


async def parents_code_of(person: Person) -> str:
    await person.says("/parent")
    return shown(person)


def pushed(world: World, person: Person, text: str) -> int:
    return sum(text in message.plain for message in world.narrow.pushed.get(person.name, []))


async def anna_at_home(world: World) -> Person:
    anna = world.person("old", language="ru")
    await anna.says("/start")
    await anna.says("1")
    await anna.says("Вольгок")
    return anna
