"""Jobs on the real engine and both databases: done once, shared, answered, kept through a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.source import LinkSource
from bot.jobs.orders import ArticleOrder, BriefOrder
from bot.prompting import PromptSet, load_prompts
from tests.support.durable import World, where, world_in
from tests.support.postgres import postgres_url

__all__ = ["postgres_url", "where"]

RUN = "2026-03-04T07:00"


@pytest.fixture(scope="module")
def prompts() -> PromptSet:
    return load_prompts(None)


@pytest.fixture
async def world(where: str, prompts: PromptSet) -> AsyncIterator[World]:
    async with world_in(where, prompts) as opened:
        yield opened


def order(key: str, url: str = "https://news.example/lock", **changes: object) -> BriefOrder:
    known: dict[str, object] = {
        "key": key,
        "guild_id": 1,
        "article": ArticleOrder(sources=(LinkSource(url=url),)),
        "place": {"channel": 5},
    }
    return BriefOrder.model_validate(known | changes)


async def test_an_order_is_briefed_and_answered(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        outcome = await jobs.outcome(order("m1"))
    assert outcome.brief
    assert world.channel.answers == {"m1": outcome.brief}


async def test_a_due_digest_is_posted_once_and_moves_on(world: World, where: str) -> None:
    digest = await world.digest()
    async with world.jobs(where):
        assert await world.settled((digest.id, RUN)) == ["posted"]
    assert [key for key, _ in world.channel.posts] == [f"digest-{digest.id}-{RUN}"]
    moved = await world.store.digests.get(digest.id)
    assert moved
    assert moved.next_run
    assert moved.next_run > world.clock.now
