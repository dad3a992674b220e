"""Where answers go in the local Discord, for tests of what posts them there as a worker does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.client import use_api
from bot.chat.surfaces import Surfaces
from bot.chat.wire import worker_wire
from bot.domain.answer import Place
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.playground import Channel, Message, Person, Playground

ARTICLE = ArticleOrder(sources=(LinkSource(url="https://news.example/lock"),))
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
async def surfaces(playground: Playground) -> AsyncIterator[Surfaces]:
    """Over a worker's wire, which hears nothing."""
    use_api(playground.api_url, playground.gateway_url)
    async with worker_wire(playground.token) as wire:
        yield Surfaces(wire)


def replying(playground: Playground, asker: Person, channel: Channel, message: Message, **known: Any) -> Place:
    """A reply to the `message` by which `asker` asked in `channel`, a minute ago."""
    return _place(playground, asker, channel, {"kind": "reply", "message_id": message.id} | known)


def interacting(playground: Playground, asker: Person, channel: Channel, token: str, **known: Any) -> Place:
    """The answer to an interaction of `asker` in `channel`, a minute old."""
    told = {"kind": "interaction", "application_id": playground.bot.id, "token": token}
    return _place(playground, asker, channel, told | known)


def _place(playground: Playground, asker: Person, channel: Channel, known: dict[str, Any]) -> Place:
    where = {"guild_id": playground.guild.id, "channel_id": channel.id, "asker_id": asker.id}
    return Place.model_validate({"asked": datetime.now(UTC) - A_MINUTE} | where | known)
