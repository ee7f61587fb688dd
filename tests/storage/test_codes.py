"""One-time codes as they are kept: as a hash, used once, over in time; and wrong tries, which are few."""

from handlers.typed_code import fresh
from storage import codes, residents
from storage.move_tables import Code, WrongCode
from storage.store import Store
from tests.conftest import Clock

from .people import person


async def test_a_code_is_kept_as_a_hash_used_once_and_over_in_time(store: Store, clock: Clock) -> None:
    code, other = fresh(), fresh()
    async with store.transaction() as tx:
        resident, chat = await person(tx, "1")
        await codes.make(tx, code, "move", resident, chat)
        row = await codes.find(tx, code)
        assert row is not None
        assert code not in str(row.model_dump())
        assert await codes.open_now(tx, resident) == 1
        assert await codes.claim(tx, row.id)
        assert await codes.claim(tx, row.id) is None
        await codes.make(tx, other, "move", resident, chat)
    clock.forward(minutes=15)
    async with store.transaction() as tx:
        row = await codes.find(tx, other)
        assert row is not None
        assert await codes.claim(tx, row.id) is None
        assert await codes.open_now(tx, resident) == 0
        assert await codes.find(tx, fresh()) is None
    clock.forward(days=2)
    async with store.transaction() as tx:
        await codes.forget(tx)
        assert not await tx.find(Code)


async def test_a_new_code_ends_the_one_before(store: Store) -> None:
    async with store.transaction() as tx:
        resident, chat = await person(tx, "1")
        first, second = fresh(), fresh()
        await codes.make(tx, first, "move", resident, chat)
        await codes.make(tx, second, "move", resident, chat)
        rows = [await codes.find(tx, code) for code in (first, second)]
        claimed = [await codes.claim(tx, row.id) for row in rows if row]
        assert [one is not None for one in claimed] == [False, True]


async def test_wrong_tries_are_counted_by_chat_and_together_and_survive_erasing(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        resident, chat = await person(tx, "1")
        _, other = await person(tx, "2")
        for _ in range(codes.TRIES):
            assert await codes.may_try(tx, chat)
            await codes.wrong(tx, chat)
        assert not await codes.may_try(tx, chat)
        assert await codes.may_try(tx, other)
        await residents.erase(tx, resident)
        for n in range(codes.ALL_TRIES - codes.TRIES):
            assert await codes.may_try(tx, other)
            await codes.wrong(tx, 1000 + n)
        assert not await codes.may_try(tx, other)
    clock.forward(hours=1)
    async with store.transaction() as tx:
        assert await codes.may_try(tx, other)
        await codes.forget(tx)
        assert not await tx.find(WrongCode)
