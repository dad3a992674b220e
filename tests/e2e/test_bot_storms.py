"""Storms: channels that go while work is under way, limits, a gateway that is away, a slow endpoint."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from bot.domain.task import Progress
from bot.playground import Channel, Message, Person, Playground
from tests.support.chat_fixtures import Nutgraf, running
from tests.support.small_bot import until
from tests.support.whole_bot import whole_bot

pytestmark = pytest.mark.e2e

LINK = "https://courier.example/harbour"


def has_card(message: Message) -> bool:
    return "Summary" in message.text


async def idle(bot: Nutgraf) -> None:
    """Wait until no job is under way."""
    async with asyncio.timeout(20):
        while await bot.jobs.depth():  # noqa: ASYNC110  the engine has no event for it
            await asyncio.sleep(0.05)


async def test_a_channel_deleted_during_a_briefing_ends_it_quietly(
    playground: Playground, nutgraf: Nutgraf, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    desk = playground.create_channel("desk")
    nutgraf.briefer.gate.clear()
    asked = await ada.say(desk, f"{playground.mention} {LINK}")
    await playground.wait_for_message(desk, after=asked)
    await until(lambda: len(nutgraf.briefer.asked) == 1)
    playground.delete_channel(desk)
    nutgraf.briefer.gate.set()
    await idle(nutgraf)
    assert [r for r in caplog.records if r.levelno >= logging.ERROR and r.name.startswith("bot")] == []


async def test_a_storm_of_429s_is_waited_out_as_discord_says(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.progress = (Progress("writing", 1, 3),)
    storm = playground.faults.storm(1.0, retry_after=0.1)
    asked = [await ada.say(general, f"{playground.mention} {LINK}/{number}") for number in range(3)]
    for said in asked:
        card = await playground.wait_for_message(general, has_card, 30, after=said)
        assert card.text
    await idle(nutgraf)
    assert storm is not None
    report = playground.limit_report()
    assert report.disobeyed == 0
    assert sorted(m.reply_to or 0 for m in playground.messages(general, by_bot=True)) == [m.id for m in asked]


async def test_what_was_said_while_the_gateway_was_away_is_answered_once(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    await playground.gateway_away(1.5)
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    await playground.wait_for_message(general, has_card, 30, after=asked)
    await idle(nutgraf)
    assert len(nutgraf.briefer.asked) == 1
    assert [m.reply_to for m in playground.messages(general, by_bot=True)] == [asked.id]


async def test_a_session_that_is_over_begins_anew_and_goes_on(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    await playground.wait_for_message(general, after=asked)
    await playground.invalidate_session()
    await playground.wait_for_bot()
    nutgraf.briefer.gate.set()
    await playground.wait_for_message(general, has_card, 30, after=asked)
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_progress_is_told_at_a_polite_rate(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.progress = tuple(Progress("writing", done, 50) for done in range(50))
    nutgraf.briefer.gate.clear()
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    note = await playground.wait_for_message(general, lambda m: "part 50 of 50" in m.text, after=asked)
    before = note.revisions
    await asyncio.sleep(0.3)
    assert note.revisions == before <= 4, "no edit without news, and several news in one edit"
    nutgraf.briefer.gate.set()
    await playground.wait_until(note, has_card)


async def test_who_joins_work_under_way_is_told_how_far_it_is(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    nutgraf.briefer.progress = (Progress("writing", 2, 7),)
    nutgraf.briefer.gate.clear()
    notes = []
    for person in (ada, grace):
        asked = await person.say(general, f"{playground.mention} {LINK}")
        notes.append(await playground.wait_for_message(general, lambda m: "part 3 of 7" in m.text, after=asked))
    assert len(nutgraf.briefer.asked) == 1
    nutgraf.briefer.gate.set()
    for note in notes:
        await playground.wait_until(note, has_card)


async def test_an_endpoint_that_takes_its_time_is_waited_for_and_the_person_sees_it(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    playground.model.delay = 4.0
    async with whole_bot(playground, tmp_path, llm_base_url=playground.model_url, llm_model="stand-in") as bot:
        used = await ada.slash("brief", {"link": playground.article_url("swing-bridge-closure")}, general)
        assert used.original is not None
        await playground.wait_until(used.original, lambda m: "Writing" in m.text, 20)
        await playground.wait_until(used.original, lambda m: "Key quotes" in m.text, 40)
        await bot.settled()
    assert "stand-in" in used.original.text


async def test_many_at_once_are_all_answered_each_in_its_own_message(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path) as bot:
        people = [ada, grace]
        asked = [
            await people[n % 2].say(general, f"{playground.mention} {LINK}/{n % 4}?copy={n}") for n in range(12)
        ]
        for _ in asked:
            await playground.wait_for_message(general, has_card, 30)
        await idle(bot)
    replies = [m.reply_to for m in playground.messages(general, by_bot=True)]
    assert sorted(r or 0 for r in replies) == [m.id for m in asked]
