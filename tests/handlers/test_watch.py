"""The owner hears of sources that do not work: once a trouble, once for several, not at night, and again when they work."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from handlers.chat.capabilities import TELEGRAM
from handlers.chat.messages import Message
from handlers.clock.watch import Watch
from handlers.deliver import Composer
from handlers.deployment import Deployment
from locales import Catalogs
from storage import area_data, areas, deliveries, postings, residents, troubles
from storage.area_lookup import Polygons
from storage.area_search import AreaNames
from storage.deliveries import EVERY_LANE, Settled, Verdict
from storage.outbox_tables import Delivery
from storage.store import Store
from storage.tables import Staff
from tests.conftest import Clock
from tests.engines import on_sqlite
from tests.storage.people import person

SITES = ("alio", "city", "work24")


@dataclass
class Scene:
    store: Store
    clock: Clock
    watch: Watch
    composer: Composer
    failures: dict[str, int]

    async def poll(self, source: str, why: str = "") -> None:
        """One poll: it fails for a reason, or goes well. In a transaction of its own, as the poller does it."""
        async with self.store.transaction() as tx:
            failures = await postings.polled(tx, source, "failed" if why else "good", {}, [why], None)
            await self.watch.polled(tx, source, failures, why)

    async def fails(self, *sources: str, why: str = "silent", times: int = 3) -> None:
        for _ in range(times):
            for source in sources:
                await self.poll(source, why)

    async def sent(self, state: str = "sent") -> list[str]:
        """What goes out now, as its readers see it, without the lead."""
        async with self.store.transaction() as tx:
            claimed = await deliveries.claim(tx, 50, EVERY_LANE, "mine", 30)
        told: Sequence[Message | None]
        async with self.store.reading() as tx:
            told = await self.composer(tx, claimed, TELEGRAM)
        async with self.store.transaction() as tx:
            for one, message in zip(claimed, told, strict=True):
                if message is None:
                    await deliveries.withhold(tx, one.id, "mine", "nothing to say")
                else:
                    await deliveries.intend(tx, [one.bound], f"key{one.id}.", "mine", 30)
                    await deliveries.settle(tx, [Settled(one.id, one.chat_id, "mine", Verdict(state))])  # type: ignore[arg-type]
        return [f"{one.title}\n{one.text}" for one in told if one is not None]

    async def queued(self) -> list[Delivery]:
        async with self.store.reading() as tx:
            return await tx.find(Delivery, Delivery.state == "queued", order=Delivery.id)


@pytest.fixture
async def scene(store: Store, clock: Clock) -> Scene:
    async with store.transaction() as tx:
        await area_data.load(tx)
        area = await areas.get(tx, 1233000000)
        await person(tx, "12345", language="en", state="guest")
    assert area is not None
    deployment = Deployment(area, AreaNames.packaged(), Polygons())
    watch = Watch("telegram:12345", ["telegram"], (), dict.fromkeys(SITES, 3), {"sheets": 3})
    return Scene(store, clock, watch, Composer(Catalogs.load(), deployment), {})


async def test_the_third_failure_is_told_once_and_so_is_that_it_works_again(scene: Scene) -> None:
    await scene.fails("alio", why="key", times=2)
    assert await scene.queued() == []
    await scene.fails("alio", why="key", times=4)
    assert await scene.sent() == [], "others may fail in the same minutes"
    scene.clock.forward(minutes=6)
    (said,) = await scene.sent()
    assert said.splitlines()[:4] == [
        "1 source does not work",
        "alio: since Tue 24 Nov 12:00",
        "The key was refused.",
        "Look on the site whether the key is still valid, and approved for this service.",
    ]
    await scene.fails("alio", why="key", times=20)
    scene.clock.forward(hours=3)
    await scene.poll("alio")
    scene.clock.forward(minutes=6)
    assert await scene.sent() == ["It works again\nalio (Tue 24 Nov 12:00 – Tue 24 Nov 15:06)"]
    await scene.poll("alio")
    async with scene.store.reading() as tx:
        assert await troubles.marks(tx) == {}


async def test_several_together_are_one_message_by_what_is_wrong(scene: Scene) -> None:
    await scene.fails("work24", why="quota")
    scene.clock.forward(minutes=2)
    await scene.fails("city", "sheets", why="silent")
    scene.clock.forward(minutes=4)
    (said,) = await scene.sent()
    assert said.startswith("3 sources do not work\n")
    assert said.count("The site did not answer.") == 1
    assert "city: since Tue 24 Nov 12:02\nsheets: since" in said
    assert "Residents are not told." in said


async def test_what_works_before_it_was_told_is_not_told(scene: Scene) -> None:
    await scene.fails("alio")
    scene.clock.forward(minutes=2)
    await scene.poll("alio")
    scene.clock.forward(minutes=6)
    assert await scene.sent() == []
    assert await scene.queued() == []


async def test_a_source_that_comes_and_goes_is_no_flood(scene: Scene) -> None:
    said: list[str] = []
    for _ in range(24):  # two hours
        await scene.fails("alio")
        scene.clock.forward(minutes=4)
        said += await scene.sent()
        await scene.poll("alio")
        scene.clock.forward(minutes=1)
        said += await scene.sent()
    assert len(said) <= 4


async def test_a_night_is_kept_unless_no_site_answers(scene: Scene) -> None:
    scene.clock.forward(hours=14)  # 2:00
    await scene.fails("alio", "sheets")
    scene.clock.forward(hours=1)
    assert await scene.sent() == []
    await scene.fails("city", "work24")
    scene.clock.forward(minutes=6)
    (said,) = await scene.sent()
    assert said.startswith("4 sources do not work\n")


async def test_a_night_ends(scene: Scene) -> None:
    scene.clock.forward(hours=14)
    await scene.fails("alio")
    scene.clock.forward(hours=6, minutes=1)  # 8:01
    assert len(await scene.sent()) == 1


async def test_who_comes_later_hears_of_what_still_does_not_work(scene: Scene) -> None:
    scene.watch = Watch("", ["telegram"], (), scene.watch.after)
    await scene.fails("alio")
    assert await scene.queued() == []
    async with scene.store.transaction() as tx:
        resident, _ = await person(tx, "77", language="ko", state="guest")
        await tx.add(Staff, resident_id=resident, role="owner", since=tx.now)
    scene.clock.forward(hours=1)
    await scene.poll("alio", "silent")
    scene.clock.forward(minutes=6)
    (said,) = await scene.sent()
    assert "alio" in said
    assert "11월 24일" in said, "in the owner's language"


async def test_an_owner_who_never_agreed_is_not_forgotten_like_a_passer_by(scene: Scene) -> None:
    async with scene.store.transaction() as tx:
        resident, _ = await person(tx, "77", state="guest")
        await tx.add(Staff, resident_id=resident, role="owner", since=tx.now)
    scene.clock.forward(days=2)
    async with scene.store.transaction() as tx:
        assert await residents.tidy(tx) == 1, "but the other one is"


async def test_a_new_trouble_after_the_good_news_is_told_anew(scene: Scene) -> None:
    await scene.fails("alio")
    scene.clock.forward(minutes=6)
    assert len(await scene.sent()) == 1
    await scene.poll("alio")
    scene.clock.forward(minutes=31)
    assert len(await scene.sent()) == 1
    await scene.fails("alio", why="answer")
    scene.clock.forward(minutes=31)
    (said,) = await scene.sent()
    assert "ilgam probe alio" in said


@on_sqlite
async def test_in_doubt_it_is_said_again_as_such(scene: Scene) -> None:
    await scene.fails("alio")
    scene.clock.forward(minutes=6)
    await scene.sent("uncertain")
    (said,) = await scene.sent()
    assert "You may have got this message before." in said
    await scene.poll("alio")
    scene.clock.forward(minutes=36)
    assert (await scene.sent())[0].startswith("It works again")


@on_sqlite
async def test_a_source_that_is_no_longer_configured_is_no_trouble(scene: Scene) -> None:
    await scene.fails("alio")
    async with scene.store.transaction() as tx:
        await troubles.retire(tx, ["city"])
    scene.clock.forward(minutes=6)
    assert await scene.sent() == []
