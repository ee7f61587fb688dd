"""Every kind's recording, played again after it was cut, flipped, put into other letters and spiked: nothing escapes the
poller, every outcome is named, and no posting is closed, lost or turned into nonsense."""

import re
from collections.abc import AsyncIterator, Iterable

import pytest
from aiohttp import web

from storage.store import Store
from storage.tables import Posting
from tests.bot.kinds import KINDS, Scene, is_named, scene
from tests.bot.mutations import HEAVY, MUTATIONS, SPIKES, cuts, flips, spiked
from tests.engines import on_sqlite
from tests.fakes.site import Answering, answer

every = pytest.mark.parametrize("kind", KINDS)
FORMS = ("work24", "alio", "jobposting", "feed", "sheet")  # one of each
NAMELESS = ("yongin", "sheet")  # whose postings have no ids: one that says something else is another one


@pytest.fixture
async def played(kind: str, store: Store) -> AsyncIterator[Scene]:
    """The kind's scene; after the test its good answer must bring back all that it told at first."""
    async with scene(kind, store) as one:
        first = said(await one.postings())
        yield one
        one.serve()
        for _ in range(2):  # what a detail said is asked for again
            await one.forget()
            assert (await one.poll()).outcome == "good"
        now = said(await one.postings())
        assert {id: now[id] for id in first} == first


def said(postings: Iterable[Posting]) -> dict[int | None, tuple[object, ...]]:
    return {
        one.id: (one.state, one.title, one.organisation, one.pay_hourly, one.closes_at, one.facts) for one in postings
    }


async def holds(one: Scene, first: set[str], mutation: str, *, replaced: bool = False) -> None:
    """What must be true after any answer. `replaced`: it may tell others in the place of those it told first.

    A page of the web does not say how many postings it has, so one that becomes unreadable as such is taken away.
    """
    polled = await one.poll()
    assert is_named(polled), (mutation, polled)
    keys = await one.keys()
    least = 1 if one.kind == "jobposting" else len(first)
    assert len(keys) >= least if replaced else first <= keys, (mutation, polled)
    for posting in await one.postings():
        assert re.search(r"[^\W\d_]", posting.title), (mutation, posting)
        assert len(posting.title) <= 300, mutation
        assert posting.organisation.strip(), (mutation, posting)
        assert "\0" not in str(posting.facts), (mutation, posting)


def ended(body: bytes) -> Answering:
    """An answer that says neither how long it is nor where it ends, as when a site breaks off and nobody can tell."""

    async def answering(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: identity\r\n\r\n" + body)
        request.transport.close()
        return web.Response()

    return answering


@on_sqlite
@every
async def test_a_cut_flipped_or_mutated_answer(kind: str, played: Scene) -> None:
    first, body = await played.keys(), KINDS[kind].body
    for number, told in enumerate(cuts(body)):
        played.serve(ended(told))
        await holds(played, first, f"cut {number}")
    for name, mutate in {**MUTATIONS, **(HEAVY if kind in FORMS else {})}.items():
        mutated = mutate(body)
        if mutated is not None:
            played.serve(answer(mutated, Content_Type="text/plain; charset=utf-8"))
            await holds(played, first, name, replaced=kind in NAMELESS)
    for bits in (0x80, 0x01, 0x20):
        played.serve()
        await holds(played, first, "the good answer again")
        for number, told in enumerate(flips(body, bits)):
            played.serve(told)
            await holds(played, first, f"flip {number}", replaced=bits != 0x80)


@on_sqlite
@every
async def test_letters_under_the_other_label_are_the_same(kind: str, played: Scene) -> None:
    for letters, label in (("euc-kr", "utf-8"), ("cp949", "utf-8"), ("utf-8", "euc-kr")):
        body = KINDS[kind].body.decode().encode(letters, "ignore")
        played.serve(answer(body, Content_Type=f"text/plain; charset={label}"))
        polled = await played.poll()
        assert polled.outcome == "good"
        assert set(polled.counts) <= {"same"}, (letters, polled)


@every
async def test_a_spiked_answer(kind: str, played: Scene) -> None:
    """Every other value is replaced by one that no reader expects: the odd ones here, the even ones there."""
    first = await played.keys()
    for number, (name, spike) in enumerate(SPIKES.items(), list(KINDS).index(kind)):
        played.serve(spiked(KINDS[kind].body, spike, slice(number % 2, None, 2)))
        await holds(played, first, name, replaced=True)


@on_sqlite
@pytest.mark.parametrize("kind", [name for name, one in KINDS.items() if one.detail])
async def test_a_mutated_detail(kind: str, played: Scene) -> None:
    first, body = await played.keys(), KINDS[kind].detail
    told = [*cuts(body, 4), *flips(body, 0x80, 6), *(mutate(body) for mutate in MUTATIONS.values())]
    told += [spiked(body, spike, slice(number % 2, None, 2)) for number, spike in enumerate(SPIKES.values())]
    for number, detail in enumerate(one for one in told if one is not None):
        await played.forget()
        played.serve(detail=detail)
        await holds(played, first, f"detail {number}")
