"""Channels that a server switched on: links briefed unasked or on a reaction, and nothing anywhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.keeping import Automatic, Choices
from bot.playground import Channel, Message, Person, Playground
from tests.support.whole_bot import WholeBot, whole_bot

pytestmark = pytest.mark.e2e


@asynccontextmanager
async def switched(
    playground: Playground, folder: Path, channel: Channel, to: Automatic, *, content: bool = True
) -> AsyncIterator[WholeBot]:
    """The bot, with `channel` switched on."""
    playground.allow_message_content(allowed=content)
    async with whole_bot(playground, folder, discord_message_content=content) as bot:
        await bot.store.choices.choose(playground.guild.id, channel.id, Choices(automatic=to))
        yield bot


def has_card(message: Message) -> bool:
    return "Key quotes" in message.text


async def test_a_link_in_a_channel_switched_to_links_is_briefed(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    briefings = playground.channel("briefings")
    async with switched(playground, tmp_path, briefings, "links"):
        elsewhere = await ada.say(general, playground.article_url("swing-bridge-closure"))
        chatter = await ada.say(briefings, "good morning")
        posted = await ada.say(briefings, f"See {playground.article_url('swing-bridge-closure')}")
        card = await playground.wait_for_message(briefings, has_card, 30, after=posted)
    assert card.reply_to == posted.id
    assert playground.messages(general, by_bot=True) == []
    assert elsewhere.id
    assert [m.reply_to for m in playground.messages(briefings, by_bot=True)] == [posted.id]
    assert chatter.id


async def test_a_link_that_cannot_be_read_is_passed_over_unasked(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    briefings = playground.channel("briefings")
    async with switched(playground, tmp_path, briefings, "links") as bot:
        await ada.say(briefings, "<https://held.example/x> is not for you")
        posted = await ada.say(briefings, playground.article_url("swing-bridge-closure"))
        await playground.wait_for_message(briefings, has_card, 30, after=posted)
        await bot.settled()
    assert len(playground.messages(briefings, by_bot=True)) == 1


async def test_a_reaction_has_a_message_briefed_once_and_only_where_that_was_chosen(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    briefings = playground.channel("briefings")
    async with switched(playground, tmp_path, briefings, "reaction") as bot:
        link = playground.article_url("swing-bridge-closure")
        elsewhere, posted = await ada.say(general, link), await ada.say(briefings, link)
        await grace.react(elsewhere, "📰")
        await grace.react(posted, "👍")
        await bot.settled()
        assert playground.messages(briefings, by_bot=True) == []
        await grace.react(posted, "📰")
        await playground.wait_for_message(briefings, has_card, 30, after=posted)
        await ada.react(posted, "📰")
        await bot.settled()
    assert len(playground.messages(briefings, by_bot=True)) == 1
    assert playground.messages(general, by_bot=True) == []


async def test_without_message_content_nothing_is_heard_and_nothing_said(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    briefings = playground.channel("briefings")
    async with switched(playground, tmp_path, briefings, "links", content=False) as bot:
        await ada.say(briefings, playground.article_url("swing-bridge-closure"))
        await asyncio.sleep(0.1)
        await bot.settled()
    assert playground.messages(briefings, by_bot=True) == []


async def test_with_message_content_a_reply_to_somebody_elses_link_is_briefed(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with switched(playground, tmp_path, playground.channel("briefings"), "links"):
        posted = await ada.say(general, playground.article_url("swing-bridge-closure"))
        asked = await grace.say(general, playground.mention, reply_to=posted)
        card = await playground.wait_for_message(general, has_card, 30, after=asked)
    assert card.reply_to == asked.id
