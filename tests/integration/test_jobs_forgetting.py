"""Jobs that are deleted before their time leave nothing: no order, no result of a step, no note."""

from __future__ import annotations

import asyncio
import sqlite3

import psycopg

from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, TextSource
from bot.jobs.orders import BriefOrder
from tests.support.durable import SOMEWHERE, World, prompts, where, world
from tests.support.postgres import postgres_url

__all__ = ["postgres_url", "prompts", "where", "world"]

SECRET = "Zyxomma"
TEXT = f"The {SECRET} council met on Monday in the harbour hall. " * 12
LOCK = "https://news.example/lock"


def order(key: str, url: str) -> BriefOrder:
    article = ArticleOrder(sources=(LinkSource(url=url),))
    return BriefOrder(key=key, guild_id=1, article=article, place=SOMEWHERE)


def tables_with(where: str, word: str) -> set[str]:
    """The engine's tables that hold `word` in plain sight."""
    scheme, _, rest = where.partition("://")
    if scheme.startswith("sqlite"):
        with sqlite3.connect(rest.removeprefix("/")) as there:
            names = [row[0] for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name
                for name in names
                for row in there.execute(f'SELECT * FROM "{name}"')  # noqa: S608  our own tables' names
                if word in str(row)
            }
    with psycopg.connect(where.replace("+psycopg", "")) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'dbos'").fetchall()
        ]
        return {
            name
            for name in names
            for row in connection.execute(f'SELECT * FROM dbos."{name}"').fetchall()  # type: ignore[arg-type]  # noqa: S608
            if word in str(row)
        }


async def test_a_forgotten_order_and_its_article_leave_nothing(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        kept = await jobs.keep(TextSource(text=TEXT))
        await jobs.outcome(order("m1", kept.url))
        await jobs.outcome(order("m2", LOCK))
        assert await asyncio.to_thread(tables_with, where, SECRET)
        assert await jobs.forget(["m1", "never"], handed_in=[kept.url]) == 2
        assert await asyncio.to_thread(tables_with, where, SECRET) == set()
        assert await asyncio.to_thread(tables_with, where, "brief-m2")
        assert not await asyncio.to_thread(tables_with, where, "brief-m1")


async def test_an_order_under_way_is_stopped_and_answered_no_more(world: World, where: str) -> None:
    world.news.gate.clear()
    async with world.jobs(where) as jobs:
        await jobs.accept(order("m1", LOCK))
        async with asyncio.timeout(15):
            while not world.news.pages_read:  # noqa: ASYNC110 - what the world counts tells nobody
                await asyncio.sleep(0.02)
        assert await jobs.forget(["m1"]) == 1
        world.news.gate.set()
        await jobs.outcome(order("m2", LOCK))  # whoever else asks for the article is served
        assert not await asyncio.to_thread(tables_with, where, "brief-m1")
    assert list(world.channel.answers) == ["m2"]


async def test_runs_of_a_forgotten_digest_go_with_what_they_told(world: World, where: str) -> None:
    async with world.jobs(where, tick=False) as jobs:
        gone, stays = (
            await world.digest(),
            await world.digest(name="Stays", feeds=("https://news.example/feed/2",)),
        )
        runs = [await jobs.run_now(digest) for digest in (gone, stays)]
        await world.settled(*((run.digest_id, run.run_key) for run in runs))
        assert await jobs.forget(digests=[gone.id]) == 1
        assert not await asyncio.to_thread(tables_with, where, runs[0].key)
        assert await asyncio.to_thread(tables_with, where, runs[1].key)
