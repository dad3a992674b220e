"""Jobs on the real engine and both databases: done once, shared, answered, kept through a restart."""

from __future__ import annotations

import pytest

from bot.domain.source import LinkSource
from bot.jobs import BriefOrder
from bot.jobs.orders import ArticleOrder
from bot.prompting import PromptSet, load_prompts
from bot.store.store import Store
from tests.support.durable import World
from tests.support.postgres import postgres_url
from tests.support.stores import address, store

__all__ = ["address", "postgres_url", "store"]

RUN = "2026-03-04T07:00"


@pytest.fixture(scope="module")
def prompts() -> PromptSet:
    return load_prompts(None)


@pytest.fixture
def world(store: Store, prompts: PromptSet) -> World:
    return World(store, prompts)


def order(key: str, url: str = "https://news.example/lock", **changes: object) -> BriefOrder:
    known: dict[str, object] = {
        "key": key,
        "guild_id": 1,
        "article": ArticleOrder(sources=(LinkSource(url=url),)),
        "place": {"channel": 5},
    }
    return BriefOrder.model_validate(known | changes)


async def test_an_order_is_briefed_and_answered(world: World, address: str) -> None:
    async with world.jobs(address) as jobs:
        outcome = await jobs.outcome(order("m1"))
    assert outcome.brief
    assert world.channel.answers == {"m1": outcome.brief}


async def test_a_due_digest_is_posted_once_and_moves_on(world: World, address: str) -> None:
    digest = await world.digest()
    async with world.jobs(address):
        assert await world.settled((digest.id, RUN)) == ["posted"]
    assert [key for key, _ in world.channel.posts] == [f"digest-{digest.id}-{RUN}"]
    moved = await world.store.digests.get(digest.id)
    assert moved
    assert moved.next_run
    assert moved.next_run > world.clock.now
