"""What is ready is shown, what is made in no time is waited for, and the same is made once for all who ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.domain.brief import Brief
from bot.domain.errors import NotFoundError
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.source import LinkSource
from bot.domain.task import Report, say_nothing
from bot.jobs import soon as soon_room
from bot.jobs.ports import Parts
from bot.jobs.soon import AT_ONCE, WAITING, Soon
from bot.services.briefing import BriefOptions
from bot.services.shelf import Shelved
from tests.support.briefs import brief

pytestmark = pytest.mark.unit


class Desk:
    """A Briefer that is held up while `gate` is clear, and a shelf."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_work = 0
        self.most = 0
        self.fails: Exception | None = None
        self.shelved: dict[str, Brief] = {}
        self.looks = 0

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions, report: Report) -> Shelved:
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        try:
            await self.gate.wait()
            if self.fails:
                raise self.fails
            self.made.append(sources[0].url)
            return Shelved(brief(), paid=True)
        finally:
            self.at_work -= 1

    async def brief(self, sources: Sequence[LinkSource], options: BriefOptions) -> Brief | None:
        self.looks += 1
        return self.shelved.get(sources[0].url)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Nobody bears to be without a sign for longer than a moment."""
    monkeypatch.setattr(soon_room, "UNNOTICED", 0.02)
    return Desk()


@pytest.fixture
async def soon(desk: Desk) -> AsyncIterator[Soon]:
    parts = cast("Parts", SimpleNamespace(briefer=desk, at_hand=desk))
    made = Soon(parts, lambda order: order.engine != "llm", lambda _: say_nothing)
    yield made
    await made.close()


def order(url: str = "https://courier.example/harbour", **wishes: Any) -> ArticleOrder:
    return ArticleOrder(sources=(LinkSource(url=url),), **wishes)


async def test_what_is_made_in_no_time_is_there_and_remembered_for_a_moment(desk: Desk, soon: Soon) -> None:
    made = await soon.brief(order())
    assert made is not None
    assert await soon.brief(order()) is made
    assert (len(desk.made), desk.looks) == (1, 1)


async def test_the_same_is_made_once_however_many_ask_and_goes_on_when_they_are_told_to_wait(
    desk: Desk, soon: Soon
) -> None:
    desk.gate.clear()
    assert await asyncio.gather(*(soon.brief(order()) for _ in range(5))) == [None] * 5
    waiting = [asyncio.create_task(soon.made(order())) for _ in range(3)]
    await asyncio.sleep(0)
    desk.gate.set()
    first, *others = await asyncio.gather(*waiting)
    assert all(other is first for other in others)
    assert len(desk.made) == 1
    assert await soon.brief(order()) is first.brief


async def test_few_are_written_at_a_time_and_the_others_know_their_place(desk: Desk, soon: Soon) -> None:
    desk.gate.clear()
    orders = [order(f"https://courier.example/{number}") for number in range(AT_ONCE + 3)]
    waiting = [asyncio.create_task(soon.made(one)) for one in orders]
    await asyncio.sleep(0.01)
    assert desk.at_work == AT_ONCE
    assert [soon.ahead(one) for one in orders] == [0] * AT_ONCE + [AT_ONCE, AT_ONCE + 1, AT_ONCE + 2]
    desk.gate.set()
    await asyncio.gather(*waiting)
    assert desk.most == AT_ONCE
    assert soon.ahead(orders[-1]) == 0


async def test_there_is_room_for_so_many_and_for_whoever_asks_for_one_of_them(desk: Desk, soon: Soon) -> None:
    desk.gate.clear()
    waiting = [
        asyncio.create_task(soon.made(order(f"https://courier.example/{number}"))) for number in range(WAITING)
    ]
    await asyncio.sleep(0.01)
    assert not soon.makes(order())
    assert await soon.brief(order()) is None
    assert soon.makes(order("https://courier.example/0"))
    desk.gate.set()
    await asyncio.gather(*waiting)
    assert soon.makes(order())


async def test_what_costs_something_or_hangs_in_discord_is_not_made_here(desk: Desk, soon: Soon) -> None:
    for other in (order(engine="llm"), order(f"{ATTACHED}https://cdn.example/file.txt")):
        assert not soon.makes(other)
        assert await soon.brief(other) is None
    ready = order("https://courier.example/ready", engine="llm")
    desk.shelved[ready.sources[0].url] = brief()
    assert await soon.brief(ready) is desk.shelved[ready.sources[0].url]
    assert desk.made == []


async def test_a_failure_is_told_to_who_waits_for_it_and_not_remembered(desk: Desk, soon: Soon) -> None:
    desk.fails = NotFoundError()
    assert await soon.brief(order()) is None
    with pytest.raises(NotFoundError):
        await soon.made(order())
    desk.fails = None
    assert await soon.brief(order()) is not None


async def test_who_wishes_it_anew_gets_it_anew_and_own_prompts_are_not_remembered(desk: Desk, soon: Soon) -> None:
    for wish in (order(fresh=True), order(prompts=7)):
        assert await soon.brief(wish) is not await soon.brief(wish)
    assert len(desk.made) == 4
