"""Residents look at jobs: what their wishes accept, wherever they look, sorted, page by page in the same message."""

import re

import pytest
from sqlalchemy import text

from handlers.chat.capabilities import WEB
from handlers.chat.events import Tapped
from handlers.chat.messages import Message
from handlers.chat.presses import Press
from tests.fakes.narrow import Person

from .test_wishes import EVENING, MORNING, NEXT_DOOR, SILENT
from .world import World


async def wish(anna: Person, *said: str) -> None:
    """Through the real conversation: one question and its answer after the other."""
    await anna.says("/alerts")
    await anna.says("1")
    for words in said:
        await anna.says(words)
    await anna.says("Save")


def shown(anna: Person) -> Message:
    return next(message for message in anna.last if "\n1. " in message.text)


async def test_jobs_are_those_that_the_wishes_accept(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await world.sheet("first", MORNING, EVENING, SILENT, NEXT_DOOR)
    await world.until("deliveries", "state = 'sent'", 4)  # what is pushed can be typed, too
    await wish(anna, "Work", "kitchen helper", "Done", "Pay", "12,900")
    await anna.says("/jobs")
    assert anna.sees("Only what you look for: Kitchen helper")
    assert "13,000 won/h" in shown(anna).text
    await anna.says("/alerts")
    await anna.says("Add a wish")
    await anna.says("Words")
    await anna.says("돌봄")
    await anna.says("Save")
    await anna.says("/jobs")
    assert anna.sees("돌봄")
    both = "\n".join(message.plain for message in anna.last)
    assert "13,000 won/h" in both, "the first wish still counts"


async def test_a_list_is_never_empty_and_says_why(world: World) -> None:
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    await wish(anna, "Pay", "900,000", "Words", "없는말없는말")
    await anna.says("/jobs")
    assert anna.sees("Nothing fits what you look for today. Without your wishes:")
    assert shown(anna).text.count("\n1. ") == 1


async def test_lists_are_sorted_and_turned_in_their_own_message(world: World) -> None:
    world.narrow.capabilities = WEB
    anna = world.person("anna", language="en")
    await world.subscribe(anna)
    assert "Newest first" not in anna.labels, "the first list asks for nothing yet"
    assert "Choose work and hours" in anna.labels
    await world.sheet("first", MORNING, EVENING, SILENT)
    await world.until("postings", "organisation IN ('별빛도서관', '달빛식당', '구청')", 3)
    await anna.says("/jobs")
    assert not anna.last[0].edit
    assert {"Newest first", "Closing first", "Best pay first"} <= set(anna.labels)
    await anna.taps("Next 3")
    assert anna.last[0].edit
    assert anna.sees("4–6 / ")
    await anna.taps("Previous 3")
    assert not anna.sees(" / ")
    await anna.taps("Best pay first")
    assert anna.last[0].edit
    assert anna.sees("Best pay first")
    assert "Nearest first" in anna.labels
    assert "Best pay first" not in anna.labels
    await anna.taps("Newest first")
    assert "11,000 won/h" in shown(anna).text, "of what came last"
    await anna.taps("Choose work and hours")
    assert anna.sees("Your alerts")


async def test_words_can_be_sorted_and_turned_until_something_else_is_asked(world: World) -> None:
    anna = world.person("anna", language="ko")
    await world.subscribe(anna)
    await world.sheet(
        "many", *(MORNING.replace("별빛", f"{i}해오름").replace("11000", f"{11 + i}000") for i in range(5))
    )
    await world.until("postings", "organisation LIKE '%해오름도서관'", 5)
    await anna.says("해오름")
    assert anna.sees("해오름")
    await anna.taps("다음 2개")
    assert anna.sees("4–5 / 5")
    await anna.taps("돈 많은 것부터")
    assert "15,000" in shown(anna).text.split("\n\n")[1]
    old = next(button for message in anna.last for button in message.flat() if button.label == "다음 2개")
    await anna.says("/alerts")
    await anna.sends(Tapped(old.payload))
    assert anna.sees("찾는 일을 한 번 더 써 주세요")


async def test_saved_jobs_come_in_pages(world: World) -> None:
    anna = world.person("anna", language="ko")
    await world.subscribe(anna)
    postings = await world.postings()
    for posting_id in postings[:4]:
        await anna.sends(Tapped(Press("sv", (posting_id,)).pack()))
    await anna.says("/saved")
    assert anna.sees("저장한 일자리 4개")
    await anna.taps("다음 1개")
    assert anna.sees("4–4 / 4")
    await anna.sends(Tapped(Press("ls", (2, 9, 300)).pack()))
    assert anna.sees("4–4 / 4"), "a forged or late page is the last one"


async def test_an_alert_says_what_it_was_wished_by(world: World) -> None:
    anna, boris = world.person("anna", language="en"), world.person("boris", language="en")
    await world.subscribe(anna)
    await world.subscribe(boris)
    await wish(anna, "Work", "cleaning", "Done", "Time", "weekdays morning", "Done")
    await world.sheet("first", MORNING)
    card = await anna.is_pushed("별빛도서관")
    assert card.lead == "New job · your neighbourhood"
    line = card.text.split("\n")[1]
    assert line.startswith("You look for: ")
    assert "Mon–Fri morning" in line
    assert len(card.plain.split("\n")) <= 10
    plain = await boris.is_pushed("별빛도서관")
    assert plain.text.split("\n")[1] == "", "who wished for nothing is told nothing more"
    await anna.taps("Details")
    assert anna.sees("Why you got this: it is in Wolgok-dong")
    assert anna.sees("Mon–Fri morning")
    await boris.taps("Details")
    assert boris.sees("Why you got this: it is in Wolgok-dong")
    assert not boris.sees("You look for")


@pytest.mark.parametrize("code", ["ko", "en", "ru", "vi", "zh_Hans", "uz", "km"])
async def test_a_list_is_one_message_on_the_narrowest_platform(world: World, code: str) -> None:
    anna = world.person("anna", language=code)
    await anna.says("/start")
    await anna.says("1")
    await anna.says("월곡동")
    title = "아주 긴 이름의 " * 30
    await world.sheet("long", *(MORNING.replace("아침", title).replace("별빛", f"{i}별빛") for i in range(7)))
    await world.until("postings", "organisation LIKE '%별빛도서관'", 7)
    await wish_by_hand(world)
    await anna.says("/jobs")
    assert len(anna.last) == 1
    await anna.sends(Tapped(Press("ls", (0, 3, 3)).pack()))
    assert len(anna.last) == 1
    assert not re.search(r"^\d+\. .*\n\d+\. ", anna.last[0].text, re.MULTILINE), "no choice had to become a line"


async def wish_by_hand(world: World) -> None:
    async with world.store.transaction() as tx:
        await tx.execute(text("UPDATE wishes SET occupations = 1 << 5 | 1 << 14, hours = 17895697, pay_floor = 10320"))
