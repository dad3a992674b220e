"""Fixtures of the local Discord, for the folders that test over sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playground import Channel, Person, Playground
from tests.support.discord_schema import problems
from tests.support.small_bot import pointed_at


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A fresh local Discord that discord.py talks to while the test runs.

    Afterwards: no request missed a route, and what was accepted fits Discord's own schema where that is at hand.
    """
    async with Playground() as open_playground, pointed_at(open_playground):
        yield open_playground
    assert open_playground.unknown_routes == []
    assert problems(open_playground.requests) == []


@pytest.fixture
def ada(playground: Playground) -> Person:
    """A member who may manage the guild."""
    return playground.person("ada")


@pytest.fixture
def grace(playground: Playground) -> Person:
    """A member without further permissions."""
    return playground.person("grace")


@pytest.fixture
def general(playground: Playground) -> Channel:
    """The channel #general."""
    return playground.channel("general")
