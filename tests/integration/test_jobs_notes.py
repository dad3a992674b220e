"""Model calls that were answered are not made again, whichever job goes on after a crash."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.domain.completion import CompletionRequest
from bot.domain.draft import Draft
from bot.domain.source import Known, LinkSource
from bot.domain.task import Task
from bot.engines.extractive import ExtractiveEngine
from bot.jobs.ledger import NotedEndpoint
from bot.jobs.making import parts_of
from bot.jobs.opening import Jobs
from bot.prompting import PromptSet
from bot.services.briefing import BriefOptions
from bot.services.shelf import Writer
from bot.store.database import database_url, plain_engine
from tests.support.durable import World, prompts, where, world
from tests.support.fake_endpoint import FakeEndpoint
from tests.support.postgres import postgres_url

__all__ = ["postgres_url", "prompts", "where", "world"]

LOCK = LinkSource(url="https://news.example/lock")
# As a feed tells of it: another order, but the same text, so the same briefing.
LOCK_BY_FEED = LinkSource(url=LOCK.url, known=Known(title="Lock reopens"))


class CallingEngine:
    """Makes three model calls; as many as `allowed`, then it stands still."""

    def __init__(self) -> None:
        self.endpoint = FakeEndpoint(default="{}")
        self.allowed = 1
        self._noted = NotedEndpoint(self.endpoint)

    async def write(self, task: Task) -> Draft:
        for number in range(3):
            while number >= self.allowed:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await self._noted.complete(CompletionRequest(system="Go on.", user=f"{task.documents[0].id} {number}"))
        return await ExtractiveEngine().write(task)

    @property
    def calls(self) -> list[str]:
        return [request.user.split()[1] for request in self.endpoint.requests]


@pytest.fixture
def engine(world: World, prompts: PromptSet) -> CallingEngine:
    calling = CallingEngine()
    world.parts = parts_of(
        world.store,
        reader=world.news,
        feeds=world.news,
        prompts=prompts,
        engines={"auto": calling},
        writer=Writer(prompts.digest, "llm", "fake-1"),
        poster=world.channel,
        answerer=world.channel,
        clock=world.clock,
    )
    return calling


@asynccontextmanager
async def asked(world: World, where: str, source: LinkSource) -> AsyncIterator[Jobs]:
    """Somebody waits for that article inside the block; with its end the process is gone."""
    async with world.jobs(where, worker="one") as jobs:
        waiting = asyncio.create_task(jobs.brief_once([source], BriefOptions()))
        try:
            yield jobs
        finally:
            jobs._shared.leave()
            waiting.cancel()
            await asyncio.wait({waiting})


def _table(where: str, name: str) -> str:
    return name if where.startswith("sqlite") else f"dbos.{name}"


async def _executed(where: str, statement: str) -> int:
    """The number that the statement answers; 0 where it answers nothing."""

    def run() -> int:
        with plain_engine(database_url(where)) as database, database.begin() as connection:
            result = connection.execute(text(statement))
            return int(result.scalar_one()) if result.returns_rows else 0

    return await asyncio.to_thread(run)


async def put_aside(where: str) -> None:
    """As the engine does with a job that was begun too often."""
    aside = "SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED', deduplication_id = NULL"
    which = "WHERE name = 'article' AND status <> 'SUCCESS'"
    await _executed(where, f"UPDATE {_table(where, 'workflow_status')} {aside} {which}")


async def _noted(where: str, calls: int) -> None:
    """So many calls are answered and written down."""
    look = f"SELECT count(*) FROM {_table(where, 'workflow_events')}"  # noqa: S608
    async with asyncio.timeout(20):
        while await _executed(where, look) < calls:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_the_notes_of_a_job_that_was_put_aside_are_kept_through_further_crashes(
    world: World, where: str, engine: CallingEngine
) -> None:
    async with asked(world, where, LOCK):
        await _noted(where, 1)
    await put_aside(where)
    engine.allowed = 2
    async with asked(world, where, LOCK):
        await _noted(where, 2)
    engine.allowed = 3
    async with world.jobs(where, worker="one") as jobs:
        await jobs.brief_once([LOCK], BriefOptions())
    assert engine.calls == ["0", "1", "2"]


async def test_another_order_for_the_same_text_goes_on_where_the_first_was_stopped(
    world: World, where: str, engine: CallingEngine
) -> None:
    async with asked(world, where, LOCK):
        await _noted(where, 1)
    await put_aside(where)
    engine.allowed = 3
    async with world.jobs(where, worker="one") as jobs:
        await jobs.brief_once([LOCK_BY_FEED], BriefOptions())
    assert engine.calls == ["0", "1", "2"]
