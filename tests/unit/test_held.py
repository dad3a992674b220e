"""Orders that no job has: answered once, made jobs where something is in the way, left alone at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.errors import DeliveryError, NotFoundError, NutgrafError, StorageError
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.domain.task import Progress, Report
from bot.jobs.bells import Bells
from bot.jobs.held import Held
from bot.jobs.orders import BriefOrder
from bot.jobs.ports import Ahead, Parts
from bot.jobs.shared import Enqueues, SharedWork
from bot.jobs.soon import Soon
from bot.services.shelf import Shelved
from tests.support.briefs import brief

pytestmark = pytest.mark.unit

PLACE = Place(kind="reply", channel_id=5, asker_id=3, asked=datetime(2026, 3, 4, tzinfo=UTC), message_id=7)


class Channel:
    """What people are told, and what is in the way of it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Brief | NutgrafError]] = []
        self.progress: list[Progress] = []
        self.in_the_way: Exception | None = None

    @asynccontextmanager
    async def working(self, order: BriefOrder, ahead: Ahead) -> AsyncIterator[Report]:
        assert await ahead() >= 0
        yield self.progress.append

    async def answer(self, order: BriefOrder, told: Brief | NutgrafError) -> None:
        if self.in_the_way:
            raise self.in_the_way
        self.told.append((order.key, told))


class Work:
    """Stands for Soon."""

    def __init__(self, shared: SharedWork) -> None:
        self._shared = shared
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails: Exception | None = None

    def makes(self, order: ArticleOrder) -> bool:
        return order.engine != "llm"

    def ahead(self, order: ArticleOrder) -> int:
        return 0

    async def made(self, order: ArticleOrder) -> Shelved:
        await self.gate.wait()
        if self.fails:
            raise self.fails
        return Shelved(brief(), paid=False)


class Office:
    """Held over all of them."""

    def __init__(self, *, seconds: float = 5) -> None:
        self.channel = Channel()
        self.jobs: list[str] = []
        self.full = False
        shared = SharedWork(cast("Enqueues", None), cast("Bells", None), several=False)
        self.work = Work(shared)
        parts = cast("Parts", SimpleNamespace(answerer=self.channel, bills=None))
        self.held = Held(cast("Soon", self.work), parts, shared, self._queue, seconds=seconds)

    async def _queue(self, order: BriefOrder) -> str:
        if self.full:
            raise StorageError()
        self.jobs.append(order.key)
        return order.key

    async def served(self) -> None:
        while self.held.places(("1", "2")):  # noqa: ASYNC110
            await asyncio.sleep(0)


def order(key: str = "1") -> BriefOrder:
    article = ArticleOrder(sources=(LinkSource(url=f"https://courier.example/{key}"),))
    return BriefOrder(key=key, article=article, place=PLACE)


async def test_an_order_that_is_told_twice_is_answered_once() -> None:
    office = Office()
    office.work.gate.clear()
    office.held.accept(order())
    office.held.accept(order())
    assert "1" in office.held
    assert office.held.places(("1", "2")) == {"1": PLACE}
    office.work.gate.set()
    await office.served()
    ((key, told),) = office.channel.told
    assert key == "1"
    assert isinstance(told, Brief)
    assert "1" not in office.held
    assert office.jobs == []


@pytest.mark.parametrize("failure", [NotFoundError(), RuntimeError("a bug of ours")])
async def test_what_waiting_does_not_cure_is_told(failure: Exception) -> None:
    office = Office()
    office.work.fails = failure
    office.held.accept(order())
    await office.served()
    ((_, told),) = office.channel.told
    assert isinstance(told, NutgrafError)
    assert office.jobs == []


async def test_what_takes_too_long_is_told() -> None:
    office = Office(seconds=0.01)
    office.work.gate.clear()
    office.held.accept(order())
    await asyncio.sleep(0.05)
    ((_, told),) = office.channel.told
    assert "took longer than 1 second" in str(told)


@pytest.mark.parametrize("where", ["storage", "discord"])
async def test_what_waiting_may_cure_becomes_a_job(where: str) -> None:
    office = Office()
    if where == "storage":
        office.work.fails = StorageError()
    else:
        office.channel.in_the_way = OSError("the network is away")
    office.held.accept(order())
    await office.served()
    assert office.channel.told == []
    assert office.jobs == ["1"]


async def test_what_discord_will_never_take_is_given_up() -> None:
    office = Office()
    office.channel.in_the_way = DeliveryError()
    office.held.accept(order())
    await office.served()
    assert office.jobs == []


async def test_a_full_disk_leaves_it_to_the_next_start(caplog: pytest.LogCaptureFixture) -> None:
    office = Office()
    office.work.fails = StorageError()
    office.full = True
    office.held.accept(order())
    await office.served()
    assert "waits for the next start" in caplog.text
    assert office.channel.told == []


async def test_one_is_stopped_and_at_the_end_all_are_left() -> None:
    office = Office()
    office.work.gate.clear()
    office.held.accept(order("1"))
    office.held.accept(order("2"))
    await asyncio.sleep(0)
    assert await office.held.cancel(["1", "3"]) == 1
    assert office.held.places(("1", "2")) == {"2": PLACE}
    await office.held.close()
    assert office.held.places(("1", "2")) == {}
    assert (office.channel.told, office.jobs) == ([], [])
