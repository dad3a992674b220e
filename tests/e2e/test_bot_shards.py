"""Two processes' worth of clients, each with one of two shards of the same local Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.chat.shards import connected, readings
from bot.playground import Channel, Playground
from bot.settings import Settings, load_settings
from tests.support.chat_fixtures import Nutgraf, front, office
from tests.support.small_bot import until

COUNT = 2


def _one_of(shard: int) -> Settings:
    return load_settings(_env_file=None, shard_ids=str(shard), shard_count=COUNT)


def shard_of(guild_id: int) -> int:
    return (guild_id >> 22) % COUNT


@pytest.fixture
async def fleet(playground: Playground) -> AsyncIterator[list[Nutgraf]]:
    """A client a shard, the first with shard 0."""
    async with AsyncExitStack() as stack:
        behind = await stack.enter_async_context(office())
        clients = [front(playground, behind, settings=_one_of(shard)) for shard in range(COUNT)]
        yield [await stack.enter_async_context(client) for client in clients]


def _channel_on(playground: Playground, shard: int, person: Any) -> Channel:
    """A channel of a guild that falls to `shard`, with `person` in it."""
    while (
        shard_of((guild := playground.create_guild("Second Newsroom", people=[person], with_bot=True)).id) != shard
    ):
        pass
    return playground.channel("lounge", guild=guild)


async def test_each_guild_is_heard_by_the_client_of_its_shard_and_answered_once(
    playground: Playground, fleet: list[Nutgraf]
) -> None:
    ada = playground.person("ada")
    channels = [_channel_on(playground, shard, ada) for shard in range(COUNT)]
    for channel in channels:
        await ada.say(channel, f"{playground.mention} https://news.example/lock/{channel.id}")
    await until(lambda: len(fleet[0].briefer.asked) == COUNT)
    await until(lambda: all(playground.messages(channel, by_bot=True) for channel in channels))
    for shard, client in enumerate(fleet):
        assert {shard_of(guild.id) for guild in client.client.guilds} <= {shard}
    assert [len(playground.messages(channel, by_bot=True)) for channel in channels] == [1, 1]


async def test_commands_are_registered_by_the_process_with_shard_0_only(
    playground: Playground, fleet: list[Nutgraf]
) -> None:
    puts = [request for request in playground.requests if request.method == "PUT" and "commands" in request.path]
    assert len(puts) <= 1
    assert fleet


async def test_readiness_and_latency_are_told_by_shard(playground: Playground, fleet: list[Nutgraf]) -> None:
    for shard, client in enumerate(fleet):
        assert await connected(client.client)() is None
        assert list(client.client.shards) == [shard]
        named = [
            reading.labels for reading in readings(client.client) if reading.name == "gateway_latency_seconds"
        ]
        assert named in ([], [(str(shard),)])
    await playground.gateway.away(30)
    second = connected(fleet[1].client)
    await until(fleet[1].client.shards[1].is_closed)
    assert await second() == "Not connected: shard 1."
