"""Workers that share a PostgreSQL: names, the jobs of dead ones, and what one process leaves to another."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.domain.errors import DatabaseBusyError, UsageError
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.jobs import lease as leases
from bot.jobs.lease import leased
from bot.jobs.orders import BriefOrder
from bot.jobs.removing import remove_worker
from tests.support.durable import SOMEWHERE, World, prompts, where, world
from tests.support.postgres import postgres_url

__all__ = ["postgres_url", "prompts", "where", "world"]

ON_POSTGRES = pytest.mark.parametrize("where", ["postgresql"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("where", ["sqlite"], indirect=True)


def order(key: str) -> BriefOrder:
    article = ArticleOrder(sources=(LinkSource(url="https://news.example/lock"),))
    return BriefOrder(key=key, guild_id=1, article=article, place=SOMEWHERE)


async def left_behind(world: World, where: str, worker: str) -> None:
    """An order under way in `worker`, which is gone."""
    world.news.gate.clear()
    async with world.jobs(where, worker=worker) as jobs:
        await jobs.accept(order("m1"))
        async with asyncio.timeout(15):
            while not world.news.pages_read:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    world.news.gate.set()


async def answered(world: World) -> None:
    async with asyncio.timeout(20):
        while not world.channel.answers:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@ON_POSTGRES
async def test_jobs_of_a_dead_worker_are_done_by_another(world: World, where: str) -> None:
    await left_behind(world, where, "first")
    async with world.jobs(where, worker="second"):
        await answered(world)
    assert list(world.channel.answers) == ["m1"]


@ON_POSTGRES
async def test_an_operator_hands_over_the_jobs_of_a_removed_worker(world: World, where: str) -> None:
    await left_behind(world, where, "first")
    left = await asyncio.to_thread(remove_worker, where, "first")
    assert left == {"brief": 1, "article": 1, "page": 1}
    assert await asyncio.to_thread(remove_worker, where, "first") == {}
    async with world.jobs(where, worker="second"):
        await answered(world)


@ON_POSTGRES
async def test_a_live_worker_is_not_removed(where: str) -> None:
    async with leased(where, "busy"):
        with pytest.raises(DatabaseBusyError, match="alive"):
            await asyncio.to_thread(remove_worker, where, "busy")


@ON_POSTGRES
async def test_no_two_live_processes_have_one_name(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "_PATIENCE", 0.0)
    async with leased(where, "one"):
        with pytest.raises(DatabaseBusyError, match="WORKER_ID"):
            async with leased(where, "one"):
                raise AssertionError
    async with leased(where, "one") as again:
        assert again.name == "one"


@ON_POSTGRES
async def test_processes_without_a_name_take_the_first_free_one(where: str) -> None:
    async with AsyncExitStack() as stack:
        names = [(await stack.enter_async_context(leased(where, None))).name for _ in range(3)]
        assert len(set(names)) == 3
        first = await stack.enter_async_context(leased(where, None))
        async with first.of_dead(names[0]) as dead:
            assert not dead
        async with first.of_dead("worker-999") as dead:
            assert dead
    async with leased(where, None) as again:
        assert again.name == names[0]


@ON_POSTGRES
async def test_a_lease_is_taken_again_when_its_connection_breaks(where: str) -> None:
    async with leased(where, "one") as lease:
        assert lease._connection
        lease._connection.close()
        assert await lease.hold()
        async with leased(where, "two") as other, other.of_dead("one") as dead:
            assert not dead


@ON_SQLITE
async def test_on_sqlite_there_is_no_worker_to_remove(where: str) -> None:
    with pytest.raises(UsageError, match="one process"):
        remove_worker(where, "alone")


async def test_a_process_leaves_alone_what_it_cannot_finish(world: World, where: str) -> None:
    mute = dataclasses.replace(world.parts, answerer=None, digest=None)
    async with world.jobs(where, parts=mute) as jobs:
        await jobs.accept(order("m1"))
        await asyncio.sleep(1)
        assert await jobs.depth() == {"brief": 1}
    async with world.jobs(where):
        await answered(world)


async def test_finished_jobs_are_cleaned_away_after_their_time(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        await jobs.outcome(order("m1"))
        assert await world.clean(jobs, timedelta(days=1)) == 0
        assert await world.clean(jobs, timedelta(days=-1)) >= 2


async def test_no_article_text_is_logged(world: World, where: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.channel.answer = _fails  # type: ignore[method-assign]
    async with world.jobs(where) as jobs:
        await jobs.accept(order("m1"))
        async with asyncio.timeout(15):
            while "retried" not in caplog.text:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    assert "reopened" not in caplog.text
    assert "harbour master" not in caplog.text


async def _fails(*_: object) -> None:
    raise ConnectionResetError("while posting: The lock bridge reopened, said the harbour master")
