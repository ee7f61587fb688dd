"""Staff on the web chat and on Telegram: the owner's link, an officer, a librarian; locked out, let in again; dismissed."""

import re

from handlers.staff import join
from storage import audit, staff

from .people import Town
from .voices import OnTelegram, Voice

LIBRARY = "별빛작은도서관"


async def owner_of(town: Town) -> Voice:
    async with town.world.store.transaction() as tx:
        token = await join.invite_owner(tx)
    owner = town.person("ko", "Owner")
    await owner.says(f"/owner {token}")
    await owner.answered("What is your name? Other staff see it, residents do not.")
    await owner.says("김총괄")
    await owner.answered("Today's work")
    return owner


def link_in(text: str) -> str:
    """The token of the link that a message shows, whichever way it leads."""
    found = re.search(r"(?:#join=|start=j|/join )([\w-]{32})", text)
    assert found, text
    return found[1]


async def invited(maker: Voice, role: str, facility: str = "") -> str:
    await maker.taps("Facilities and staff")
    await maker.answered("Facilities and staff")
    await maker.taps("Invite")
    await maker.answered("What shall the person do?")
    await maker.taps(role)
    if facility:
        await maker.answered("For which facility?")
        await maker.says(facility)
    return link_in(await maker.answered("Give this to one person only. It works once, until {date}."))


async def comes_in(who: Voice, token: str, name: str) -> None:
    """By the page's link, or by the messenger's start link."""
    await who.says(f"/start j{token}" if isinstance(who, OnTelegram) else f"/join {token}")
    await who.answered("What is your name? Other staff see it, residents do not.")
    await who.says(name)
    await who.answered("Today's work")


async def makes_the_library(officer: Voice) -> None:
    await officer.taps("Facilities and staff")
    await officer.answered("Facilities and staff")
    await officer.taps("Facilities")
    await officer.answered("Facilities")
    await officer.taps("New facility")
    await officer.says(LIBRARY)
    await officer.answered("What is it?")
    await officer.taps("Small library")
    await officer.answered("What is its address?")
    await officer.says("광주 광산구 월곡로 1 (월곡동)")
    await officer.answered("Which telephone may residents call?")
    await officer.says("전화 있어요")
    await officer.answered("That is no telephone number. For example: 062-960-0000")
    await officer.says("062-960-1234")
    await officer.answered("How do residents apply there? For example: call, then come by with a CV.")
    await officer.says("전화하고 이력서를 들고 오세요")
    await officer.answered("Shall an officer look at each posting before residents see it?")
    await officer.taps("No, at once")
    assert "062-960-1234" in await officer.reads(LIBRARY)


async def test_from_the_owners_link_to_a_librarian_who_is_let_in_again(town: Town) -> None:
    owner = await owner_of(town)
    officer, librarian = town.person("ko", "Officer"), town.person("ko", "Librarian")
    token = await invited(owner, "Officer")
    await comes_in(officer, token, "박담당")
    await owner.is_told(owner.t.t("Your invitation was used: {time}.", time="11월 24일(화) 12:00"))
    stranger = town.person("ko", "Stranger")
    await stranger.says(f"/join {token}")
    await stranger.answered("If that was not you, tell the person who sent it to you.")
    await officer.says(f"/join {token}")  # the same link once more: nothing happens twice
    await officer.answered("Today's work")
    await makes_the_library(officer)
    await officer.says("/today")
    await officer.answered("Today's work")
    token = await invited(officer, "Facility manager", LIBRARY)
    await comes_in(librarian, token, "이사서")
    await officer.is_told(LIBRARY)
    await librarian.says("/today")
    await librarian.answered("Today's work")
    assert not librarian.sees("박담당"), "who else is of the staff is not a manager's to see"

    # Another browser: the data of the old one is gone. Two taps from the desk.
    await officer.says("/today")
    await officer.answered("Today's work")
    await officer.taps("Facilities and staff")
    await officer.answered("Facilities and staff")
    await officer._tap(officer.t.t("New link: {name}", name="이사서"))
    token = link_in(
        await officer.answered("Whoever opens it is that person here, and the devices of before are signed out.")
    )
    again = town.person("ko", "Librarian")
    await again.says(f"/start j{token}" if isinstance(again, OnTelegram) else f"/join {token}")
    await again.answered("You are in again, with all that you had.")
    await librarian.says("/today")
    await librarian.answered("This is for staff.")
    await again.says("/today")
    await again.answered("Today's work")

    # Dismissed, in the middle of whatever.
    await officer.says("/today")
    await officer.answered("Today's work")
    await officer.taps("Facilities and staff")
    await officer.reads("이사서")
    await officer._tap("이사서")
    await officer.reads("이사서")
    await officer.taps("Dismiss")
    await officer.answered("Dismiss this person? At once no button of theirs does anything. What they posted stays.")
    await officer.taps("Yes, dismiss")
    await officer.answered("Dismissed. From now on this person can do nothing here.")
    await again.says("/today")
    await again.answered("You no longer act as staff. Nothing was done. If that is a mistake, ask an officer.")
    async with town.world.store.reading() as tx:
        lines, wrong = await audit.verify(tx)
        assert wrong is None
        acts = [line.act for line in reversed(await audit.lines(tx))]
        assert acts == ["join", "invite", "join", "facility-new", "invite", "join", "renew", "back", "dismiss"]
        assert lines == len(acts)
        assert [who.role for who in await staff.everybody(tx)] == ["owner", "officer"]
