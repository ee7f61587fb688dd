"""Every press and every question of staff, for every role and for own, foreign, missing and impossible ids: who may not, does
nothing. Who may stands in who_may.py, by hand; an act that is not there fails."""

from collections.abc import Iterator
from typing import cast, get_args

import pytest
from sqlmodel import col, delete

from handlers.chat.events import Pinned, Said, Sent, Tapped, Unreadable, What
from handlers.chat.flow import Flow
from handlers.chat.presses import BIGGEST, Choice, Press
from handlers.staff import gate
from handlers.staff.rights import Right
from handlers.staff.routes import ACTS, FLOWS
from storage import audit, dialogs
from storage.staff_tables import Manages
from tests.conftest import Clock
from tests.engines import on_sqlite

from .staffed import PEOPLE, World, undone
from .who_may import OF_THEIR_OWN, OVER, PRESSES, QUESTIONS, UNDER

SAYS: tuple[What, ...] = (
    *(
        Said("1"),
        Said("별빛작은도서관"),
        Said("뒤로"),
        Said("네"),
        Tapped(Choice(1, 0).pack()),
        Tapped(Choice(7, 1).pack()),
    ),
    *(Pinned(35.1, 126.8), Unreadable("photo"), Sent("sheet.xlsx", b"PK")),
)


def allowed(who: str, roles: str, of: str, whose: str, verb: str = "") -> bool:
    """By the tables that were written by hand."""
    role = PEOPLE[who]
    if not role or role not in roles.split() or whose in ("missing", "impossible"):
        return False
    if verb in OVER:
        return whose in UNDER[role] and whose != who
    return of in ("", "staff") or role != "manager" or who == f"manager {whose}"


def tries(world: World, verb: str) -> Iterator[tuple[str, Press]]:
    """(whose the first id is, a press with it), with several values for what follows."""
    act = ACTS[verb]
    if act.of:
        for whose, id_ in world.things[act.of].items():
            for more in (0, 1, 5, BIGGEST) if act.count > 1 else (0,):
                yield whose, Press(verb, (id_, *[more] * (act.count - 1)))
    else:
        for more in (0, 1, 2, 987_654, BIGGEST) if act.count else (0,):
            yield "", Press(verb, (more,) * act.count)


def test_each_act_and_each_flow_is_decided_here() -> None:
    new = sorted(set(ACTS) - set(PRESSES))
    assert not new, f"say in who_may.PRESSES which roles may press these: {new}"
    asked = sorted({flow.name for flow in FLOWS} - set(QUESTIONS))
    assert not asked, f"say in who_may.QUESTIONS which roles may be asked these: {asked}"


@on_sqlite
@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_not_press_does_nothing(world: World, who: str) -> None:
    tried = 0
    async with world.store.transaction() as tx:
        before = await world.rows(tx)
    for verb in sorted(set(ACTS) & set(PRESSES)):
        async with world.store.transaction() as tx:
            for whose, press in tries(world, verb):
                if not allowed(who, PRESSES[verb], ACTS[verb].of, whose, verb):
                    turn = await world.hear(tx, who, Tapped(press.pack()))
                    assert turn.refused, f"{who} pressed {press} ({whose})"
                    assert turn.who is None or verb in OVER
                    assert turn.messages, "and was told so"
                    tried += 1
        async with world.store.transaction() as tx:
            assert await world.rows(tx) == before, f"{who} changed something by {verb}"
    assert tried > 10


@on_sqlite
@pytest.mark.parametrize("who", [who for who, role in PEOPLE.items() if role])
async def test_who_may_press_is_let_in_and_nothing_breaks(world: World, who: str) -> None:
    for verb in sorted(set(ACTS) & set(PRESSES)):
        for whose, press in tries(world, verb):
            if verb in OF_THEIR_OWN:
                continue
            if allowed(who, PRESSES[verb], ACTS[verb].of, whose, verb):
                async with undone(world.store) as tx:
                    turn = await world.hear(tx, who, Tapped(press.pack()))
                    assert not turn.refused, f"{who} pressed {press} ({whose})"
                    assert turn.messages, f"{who} heard nothing of {press}"
                    assert (await audit.verify(tx))[1] is None


@on_sqlite
@pytest.mark.parametrize("who", PEOPLE)
async def test_a_question_is_put_to_nobody_who_may_not_answer(world: World, who: str) -> None:
    """Also one that was open when the role, or the facility, was taken away."""
    async with world.store.transaction() as tx:
        before = await world.rows(tx)
    for flow in FLOWS:
        roles, about = QUESTIONS[flow.name]
        for whose, id_ in world.things[about].items() if about else [("", 0)]:
            if allowed(who, roles, about, whose):
                continue
            async with world.store.transaction() as tx:
                for step in _steps(flow):
                    for says in SAYS:
                        answers = {about: id_} if about else {}
                        opened = dialogs.Open(1, flow.name, step, answers, [step], ["yes", "no", "back"])
                        await dialogs.save(tx, world.chats[who], opened)
                        turn = await world.hear(tx, who, says)
                        assert turn.refused, f"{who} was heard in {flow.name}.{step} by {says}"
                        assert turn.dialog.flow is None
            async with world.store.transaction() as tx:
                assert await world.rows(tx) == before, f"{who} changed something in {flow.name}"


@on_sqlite
async def test_a_flow_about_something_needs_to_know_about_what(world: World) -> None:
    for flow in FLOWS:
        if about := QUESTIONS[flow.name][1]:
            for answers in ({}, {about: "1"}, {about: None}):
                async with undone(world.store) as tx:
                    opened = dialogs.Open(1, flow.name, _steps(flow)[0], dict(answers))
                    await dialogs.save(tx, world.chats["owner"], opened)
                    assert (await world.hear(tx, "owner", Said("1"))).refused


async def test_a_role_that_is_taken_away_in_the_middle_ends_the_question(world: World) -> None:
    press = Press("yw", (world.things["facility"]["A"], 0)).pack()
    async with world.store.transaction() as tx:
        assert (await world.hear(tx, "other officer", Tapped(press))).dialog.flow == "facility_again"
        await world.hear(tx, "owner", Tapped(Press("yz", (world.staff["other officer"],)).pack()))
    async with world.store.transaction() as tx:
        before = await world.rows(tx)
        turn = await world.hear(tx, "other officer", Said("새 이름"))
        assert turn.dialog.flow is None
        assert turn.who is None
        turn = await world.hear(tx, "other officer", Tapped(press))
        assert turn.refused
        assert "담당자가 아니에요" in turn.messages[0].text
        assert await world.rows(tx) == before


@on_sqlite
async def test_of_each_kind_of_thing_a_manager_is_let_in_to_their_own_only(world: World) -> None:
    """The gate itself, also for rights and things that no press has yet."""
    for right in get_args(Right):
        for of, ids in world.things.items():
            for whose, id_ in ids.items():
                async with undone(world.store) as tx:
                    turn = await world.turn(tx, "manager A")
                    let = await gate.let_in(turn, right, cast(gate.Of, of), id_)
                    expected = whose == "A" and right in (
                        "desk",
                        "see",
                        "write",
                        "publish",
                        "counter",
                        "concerns",
                        "applicants",
                    )
                    assert let == expected, f"{right} for {of} of {whose}"


async def test_a_facility_that_is_taken_away_is_foreign(world: World) -> None:
    a = world.things["facility"]["A"]
    async with world.store.transaction() as tx:
        assert not (await world.hear(tx, "manager A", Tapped(Press("yf", (a,)).pack()))).refused
        await tx.execute(delete(Manages).where(col(Manages.resident_id) == world.staff["manager A"]))
        assert (await world.hear(tx, "manager A", Tapped(Press("yf", (a,)).pack()))).refused


async def test_names_are_hidden_after_half_an_hour_until_somebody_says_that_they_are_there(
    world: World, clock: Clock
) -> None:
    list_, show = Tapped(Press("yl").pack()), Tapped(Press("yh").pack())
    async with world.store.transaction() as tx:
        seen = (await world.hear(tx, "owner", list_)).messages[-1]
        assert "approver" in seen.plain
        assert seen.names
    clock.forward(minutes=30)
    async with world.store.transaction() as tx:
        seen = (await world.hear(tx, "owner", list_)).messages[-1]
        words = seen.plain + "".join(button.label for button in seen.flat())
        assert not any(who in words for who in PEOPLE), "not on the buttons either"
        assert not seen.names
        assert seen.flat()[-1].label == "이름 보기"
        seen = (await world.hear(tx, "owner", list_)).messages[-1]
        assert not any(who in seen.plain for who in PEOPLE), "to look again is not to say who one is"
        seen = (await world.hear(tx, "owner", show)).messages[-1]
        assert "approver" in seen.plain, "the same list, with names"
        assert "owner" in (await world.hear(tx, "owner", list_)).messages[-1].plain
    clock.forward(minutes=29)
    async with world.store.transaction() as tx:
        assert (await world.hear(tx, "owner", list_)).messages[-1].names


def _steps(flow: Flow) -> list[str]:
    return list(flow._steps)
