"""Orders that cost nothing are no jobs, and are kept as well as if they were."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import NotFoundError
from bot.playground import Channel, Message, Person, Playground
from bot.services.shelf import NEVER
from tests.support.chat_fixtures import Nutgraf, running
from tests.support.small_bot import until

LINK = "https://courier.example/harbour"


@pytest.fixture
async def nutgraf(playground: Playground, tmp_path: Path) -> AsyncIterator[Nutgraf]:
    """The bot online, all of whose briefings cost nothing."""
    async with running(playground, folder=tmp_path, free=True) as bot:
        yield bot


def has_card(message: Message) -> bool:
    return "Key quotes" in message.text


async def asked_slowly(
    playground: Playground, bot: Nutgraf, who: Person, where: Channel
) -> tuple[Message, Message]:
    """A mention whose briefing takes its time, and the note that answers it."""
    bot.briefer.gate.clear()
    asked = await who.say(where, f"{playground.mention} {LINK}")
    return asked, await playground.wait_for_message(where, lambda m: "Reading" in m.text, after=asked)


async def held(bot: Nutgraf) -> list[str]:
    """The keys of what only the book of answers knows to be under way."""
    return [answered.key for answered in await bot.store.answers.held(NEVER)]


async def test_a_slow_one_is_answered_in_its_note_and_was_no_job(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    asked, note = await asked_slowly(playground, nutgraf, ada, general)
    again = await grace.say(general, f"{playground.mention} {LINK}")
    other = await playground.wait_for_message(general, lambda m: "Reading" in m.text, after=again)
    assert await held(nutgraf) == [str(asked.id), str(again.id)]
    await until(lambda: str(again.id) in nutgraf.jobs._held)
    nutgraf.briefer.gate.set()
    for message in (note, other):
        await playground.wait_until(message, has_card)
    assert len(nutgraf.briefer.asked) == 1, "who asks for the same waits for the same work"
    assert await nutgraf.jobs.depth() == {}
    await settled(nutgraf)
    for key, message in ((str(asked.id), note), (str(again.id), other)):
        kept = await nutgraf.store.answers.get(key)
        assert kept is not None
        assert kept.brief is not None
        assert kept.message_ids == (message.id,)


async def test_what_was_held_is_answered_by_the_next_process_in_the_same_messages(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path, free=True) as bot:
        _, note = await asked_slowly(playground, bot, ada, general)
        used = await grace.slash("brief", {"link": f"{LINK}/2", "private": True}, general)
        await until(lambda: len(bot.briefer.asked) == 2)
    async with running(playground, folder=tmp_path, free=True) as bot:
        await playground.wait_until(note, has_card)
        assert used.original is not None
        await playground.wait_until(used.original, has_card)
        await settled(bot)
        kept = await bot.store.answers.get(str(used.id))
        assert kept is not None
        assert kept.place.token is None, "the key to answer in somebody's name is gone with its use"
    assert len(playground.messages(general, by_bot=True)) == 2


async def test_a_failure_is_told_once_and_not_again_after_a_restart(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path, free=True) as bot:
        bot.briefer.outcomes.append(NotFoundError())
        _, note = await asked_slowly(playground, bot, ada, general)
        bot.briefer.gate.set()
        await playground.wait_until(note, lambda m: "Reading" not in m.text)
        assert "Try again" in str(note.components)
        await settled(bot)
    told = note.text
    async with running(playground, folder=tmp_path, free=True) as bot:
        assert await bot.jobs.depth() == {}
        assert bot.briefer.asked == []
    assert note.text == told


async def test_who_cancels_is_heard_and_a_restart_does_not_take_it_up(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path, free=True) as bot:
        _, note = await asked_slowly(playground, bot, ada, general)
        await ada.click(note, "Cancel")
        await playground.wait_until(note, lambda m: "Cancelled by Ada" in m.text)
        await settled(bot)
    async with running(playground, folder=tmp_path, free=True) as bot:
        assert await bot.jobs.depth() == {}
    assert "Cancelled by Ada" in note.text


async def test_what_discord_does_not_take_becomes_a_job_that_tries_again(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    _, note = await asked_slowly(playground, nutgraf, ada, general)
    playground.faults.add("PATCH", r"/messages/\d+$", times=2, status=503)  # which nobody below tries again
    nutgraf.briefer.gate.set()
    await playground.wait_until(note, has_card, 60)
    assert [m.id for m in playground.messages(general, by_bot=True)] == [note.id]
    await settled(nutgraf)


async def test_a_note_that_was_deleted_is_let_go(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    _, note = await asked_slowly(playground, nutgraf, ada, general)
    await ada.delete(note)
    nutgraf.briefer.gate.set()
    await settled(nutgraf)
    assert playground.messages(general, by_bot=True) in ([], [note])


async def settled(bot: Nutgraf) -> None:
    """Wait until nothing is held any more."""
    left = await held(bot)
    while left:
        await asyncio.sleep(0.02)
        left = await held(bot)
