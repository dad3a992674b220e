"""Patience, at its real length: a model that takes three minutes, and half a minute without gateway meanwhile.

One scenario, with the default settings: it mostly waits.
"""

from __future__ import annotations

import asyncio
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.playground import Channel, Interaction, Message, Person, Playground
from bot.playground.model import Answer
from bot.playground.stand_in import JsonObject, answer
from tests.support.discord_schema import problems
from tests.support.whole_bot import whole_bot

pytestmark = pytest.mark.e2e

SLOW, AWAY = 180.0, 30.0  # seconds
BACK = 150.0  # seconds: the gateway's time away, and discord.py's longest pauses between two tries to connect
BRIDGE, MEADOWS, BOOK = "swing-bridge-closure", "seagrass-meadows-return", "library-book-returned"


def slowly(request: JsonObject) -> Answer:
    """What the endpoint says, three minutes later."""
    return Answer(answer(request), delay=SLOW)


def has_card(message: Message) -> bool:
    return "Key quotes" in message.text


def edits(playground: Playground, path: str) -> list[float]:
    """When a message was edited, in seconds of the playground's time."""
    return [r.at.timestamp() for r in playground.requests if r.method == "PATCH" and re.search(path, r.path)]


def questions(playground: Playground) -> list[str]:
    """What the model was asked, call by call, without the boundary of chance around the article."""
    return [
        "".join(re.findall(r"^\[\d+\] .*$", request["messages"][-1]["content"], re.MULTILINE))
        for request in playground.model.requests
    ]


async def original(playground: Playground, used: Interaction) -> Message:
    """The answer to an interaction, acknowledged within a second."""
    assert used.answer is not None
    assert used.original is not None
    assert (used.original.created - used.created).total_seconds() < 1
    return used.original


async def test_three_minutes_of_a_slow_model_and_half_a_minute_without_gateway_lose_nothing(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    linus = playground.person("linus")
    playground.model.queue(slowly, slowly)
    model = {"llm_base_url": playground.model_url, "llm_model": "stand-in"}
    async with whole_bot(playground, tmp_path, **model) as bot:
        asked = await ada.say(general, f"{playground.mention} {playground.article_url(BRIDGE)}")
        note = await playground.wait_for_message(general, after=asked)
        assert (note.created - asked.created).total_seconds() < 1
        used = await grace.slash("brief", {"link": playground.article_url(MEADOWS)}, general)
        answered = await original(playground, used)
        for message in (note, answered):
            await playground.wait_until(message, lambda m: "Writing…" in m.text, 20)

        await playground.gateway_away(AWAY)
        await asyncio.sleep(AWAY / 3)
        same = await linus.say(general, f"{playground.mention} {playground.article_url(BRIDGE)}")
        other = await grace.say(general, f"{playground.mention} {playground.article_url(BOOK)}")
        quick = await playground.wait_for_message(general, has_card, BACK, after=other)
        assert quick.reply_to == other.id
        shared = await playground.wait_for_message(general, lambda m: m.reply_to == same.id, after=same)
        await playground.wait_until(shared, lambda m: "Writing…" in m.text)
        assert (quick.created - other.created).total_seconds() > AWAY / 2, "the gateway was away"
        assert playground.gateway.resumed >= 1

        for message in (note, answered, shared):
            assert not has_card(message)
            await playground.wait_until(message, lambda m: "I am still at it" in m.text or has_card(m), 120)
        for message in (note, answered, shared):
            await playground.wait_until(message, has_card, SLOW)
            assert "stand-in" in message.text, "the model wrote it: the built-in engine did not step in"
        await bot.settled()

    said = playground.messages(general, by_bot=True)
    replies = [m.reply_to for m in said if m.id != answered.id]
    assert sorted(r or 0 for r in replies) == sorted([asked.id, same.id, other.id]), "each once, each in its place"
    assert len(questions(playground)) == len(set(questions(playground))) == 3, "each article once, however slow"
    for path in (f"/messages/{note.id}$", f"/messages/{shared.id}$", r"/webhooks/.*/messages/@original$"):
        times = edits(playground, path)
        assert 2 <= len(times) <= 5
        assert all(later - sooner > 1 for sooner, later in pairwise(times[:-1]))
    assert playground.limit_report().disobeyed == 0
    assert playground.unknown_routes == []
    assert problems(playground.requests) == []
