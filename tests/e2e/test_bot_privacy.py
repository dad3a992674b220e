"""Privacy, end to end: what is kept is told, and what is forgotten is in no table any more."""

from __future__ import annotations

import asyncio
import sqlite3
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.keeping import Choices
from bot.playground import Channel, Message, Person, Playground
from bot.services.privacy import CleanUp, PrivacyDesk
from bot.services.retention import retention_of
from tests.support.stores import digest
from tests.support.whole_bot import WholeBot, whole_bot

pytestmark = pytest.mark.e2e

WORD = "Zyxomma"
TEXT = (
    f"The {WORD} council voted on Monday to close the old bridge for nine weeks of repairs, by 9 votes to 6.\n\n"
    f"“{WORD} has waited long enough for this bridge,” said council leader Ada Lind after the vote.\n\n"
    "The work is to cost 3.2 million kronor, and to end on 14 April 2026."
)


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[WholeBot]:
    """The bot online."""
    async with whole_bot(playground, tmp_path) as online:
        yield online


def holding(folder: Path, word: str) -> set[str]:
    """The tables of the bot's database in which `word` stands, in plain sight or packed."""
    with sqlite3.connect(folder / "nutgraf.db") as there:
        names = [row[0] for row in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name
            for name in names
            for row in there.execute(f'SELECT * FROM "{name}"')  # noqa: S608  the names of its tables
            for value in row
            if word in _plain(value)
        }


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        try:
            return zlib.decompress(value).decode()
        except zlib.error:
            return repr(value)
    return str(value)


async def pasted(bot: WholeBot, who: Person, text: str = TEXT, channel: Channel | None = None) -> Message:
    """`/brief text:`, answered."""
    used = await who.slash("brief", {"text": text}, channel)
    assert used.original is not None
    await bot.playground.wait_until(used.original, lambda message: "Lind" in message.text, 30)
    await until_noted(bot, who)
    return used.original


async def until_noted(bot: WholeBot, who: Person) -> None:
    """Wait until the answer is written down: it is shown a moment before."""
    async with asyncio.timeout(15):
        while True:
            keys = await bot.store.answers.of_asker(who.id)
            found = [await bot.store.answers.get(key) for key in keys]
            if found and all(answered and answered.brief for answered in found) and not await bot.jobs.depth():
                return
            await asyncio.sleep(0.05)


async def confirmed(bot: WholeBot, who: Person, command: str, given: dict[str, Any] | None = None) -> str:
    """`/forget …` and its button."""
    (asked,) = await bot.whispered(who, command, given)
    await who.click(asked, "Forget it for good")
    await bot.playground.wait_until(asked, lambda message: "forgotten" in message.text, 30)
    return asked.text


async def test_anybody_is_told_what_is_kept_and_for_how_long(bot: WholeBot, grace: Person) -> None:
    (told,) = await bot.whispered(grace, "privacy")
    assert "so that its buttons work: **30 days**" in told.text
    assert "I keep no briefing that you asked for." in told.text
    assert "no text is sent anywhere" in told.text


async def test_in_direct_messages_a_person_reads_what_is_kept_and_has_it_forgotten(
    bot: WholeBot, grace: Person, tmp_path: Path
) -> None:
    await pasted(bot, grace, TEXT, grace.dm)
    used = await grace.slash("privacy", None, grace.dm)
    assert "I keep 1 briefing that you asked for." in (await bot.answers(used))[0].text
    (asked,) = await bot.answers(await grace.slash("forget me", None, grace.dm))
    await grace.click(asked, "Forget it for good")
    await bot.playground.wait_until(asked, lambda message: "forgotten" in message.text, 30)
    assert await asyncio.to_thread(holding, tmp_path, WORD) == set()
    assert await asyncio.to_thread(holding, tmp_path, str(grace.id)) == set()


async def test_what_a_person_handed_in_is_in_no_table_after_forget_me(
    playground: Playground, ada: Person, grace: Person, tmp_path: Path
) -> None:
    general = playground.channel("general")
    model = {"llm_base_url": playground.model_url, "llm_model": "stand-in"}  # with a model it is a durable job
    async with whole_bot(playground, tmp_path, **model) as bot:
        link = playground.article_url("swing-bridge-closure")
        asked = await grace.say(general, f"{playground.mention} {link}")
        await playground.wait_for_message(general, lambda m: "Port Ellery" in m.text, 30, after=asked)
        await until_noted(bot, grace)
        await pasted(bot, ada)
        before = await asyncio.to_thread(holding, tmp_path, WORD)
        assert {"answers", "documents", "briefs", "operation_outputs"} <= before
        told = await confirmed(bot, ada, "forget me")
        assert "with 1 briefing." in told
        assert "1 text or file went with it" in told
        assert "stays there until somebody deletes it" in told
        assert await asyncio.to_thread(holding, tmp_path, WORD) == set()
        assert await asyncio.to_thread(holding, tmp_path, str(ada.id)) == set()
        assert len(await bot.store.answers.of_asker(grace.id)) == 1
        assert "documents" in await asyncio.to_thread(holding, tmp_path, "Port Ellery")


async def test_an_order_under_way_is_stopped_and_its_note_says_so(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    playground.model.delay = 6.0
    model = {"llm_base_url": playground.model_url, "llm_model": "stand-in"}
    async with whole_bot(playground, tmp_path, **model) as bot:
        asked = await ada.say(general, f"{playground.mention} {TEXT}")
        note = await playground.wait_for_message(general, after=asked)
        used = await ada.slash("brief", {"link": playground.article_url("swing-bridge-closure")}, general)
        assert used.original is not None
        for message in (note, used.original):
            await playground.wait_until(message, lambda m: "Writing…" in m.text, 20)
        assert "with 2 briefings." in await confirmed(bot, ada, "forget me")
        assert await bot.jobs.depth() == {}, "the model is not waited for any more"
        await asyncio.sleep(playground.model.delay)  # by now the model would have answered
        await bot.settled()
        for message in (note, used.original):
            assert "I was asked to forget this briefing" in message.text
            assert not message.buttons
        assert await asyncio.to_thread(holding, tmp_path, WORD) == set()
        assert await asyncio.to_thread(holding, tmp_path, str(ada.id)) == set()
        assert len(playground.messages(general, by_bot=True)) == 3  # with the answer to /forget


async def test_a_file_that_hung_in_discord_is_in_no_table_after_forget_me(
    bot: WholeBot, ada: Person, tmp_path: Path
) -> None:
    used = await ada.slash("brief", {"private": True}, attachments={"file": ("council.txt", TEXT.encode())})
    assert used.original is not None
    await bot.playground.wait_until(used.original, lambda message: "Lind" in message.text, 30)
    await until_noted(bot, ada)
    assert {"answers", "documents", "briefs"} <= await asyncio.to_thread(holding, tmp_path, WORD)
    assert "1 text or file went with it" in await confirmed(bot, ada, "forget me")
    assert await asyncio.to_thread(holding, tmp_path, WORD) == set()
    assert await asyncio.to_thread(holding, tmp_path, "council.txt") == set()


async def test_a_channel_is_forgotten_with_its_threads_and_no_other(bot: WholeBot, ada: Person) -> None:
    guild, general = bot.playground.guild.id, bot.playground.channel("general")
    briefings = bot.playground.channel("briefings")
    thread = await ada.open_thread(general, "Harbour")
    await bot.settled()
    for place, name in ((general, "Alder"), (thread, "Birch"), (briefings, "Cedar")):
        await pasted(bot, ada, TEXT.replace(WORD, name), place)
    told = await confirmed(bot, ada, "forget channel", {"channel": general})
    assert "with 2 briefings." in told
    (left,) = await bot.store.answers.of_guild(guild)
    answered = await bot.store.answers.get(left)
    assert answered is not None
    assert answered.place.channel_id == briefings.id


async def test_a_server_is_forgotten_whole_and_only_by_who_manages_it(
    bot: WholeBot, ada: Person, grace: Person, tmp_path: Path
) -> None:
    guild = bot.playground.guild.id
    await pasted(bot, grace)
    await bot.store.digests.add(digest(guild_id=guild, next_run=None))
    await bot.store.choices.choose(guild, None, Choices(language="de"))
    for command in ("forget server", "forget channel"):
        (refused,) = await bot.whispered(grace, command)
        assert "Only people who may manage this server" in refused.text
    await confirmed(bot, ada, "forget server")
    assert await bot.store.digests.of_guild(guild) == []
    assert await bot.store.answers.of_guild(guild) == []
    assert await asyncio.to_thread(holding, tmp_path, WORD) == set()
    assert await asyncio.to_thread(holding, tmp_path, str(guild)) == set()


async def test_nobody_confirms_for_another(bot: WholeBot, ada: Person, grace: Person) -> None:
    await pasted(bot, ada)
    (asked,) = await bot.whispered(ada, "forget me")
    asked.visible_to = grace.id  # as if somebody forged a click
    await grace.click(asked, "Forget it for good")
    await bot.playground.wait_until(asked, lambda message: "Only the person" in message.text, 30)
    assert len(await bot.store.answers.of_asker(ada.id)) == 1


async def test_a_server_that_was_left_is_forgotten_days_later_unless_the_bot_is_back(
    bot: WholeBot, ada: Person
) -> None:
    guild = bot.playground.guild
    await bot.store.choices.choose(guild.id, None, Choices(language="de"))
    due = await bot.store.digests.add(
        digest(guild_id=guild.id, next_run=datetime(2020, 1, 1, tzinfo=UTC), paused=True)
    )
    bot.playground.set_guild_away(guild)
    await bot.settled()
    assert await bot.store.departures.gone(datetime.now(UTC)) == []  # an outage
    bot.playground.set_guild_away(guild, away=False)
    bot.playground.remove_bot(guild)
    await noted(bot, [guild.id])
    bot.playground.add_bot(guild)
    await noted(bot, [])
    bot.playground.remove_bot(guild)
    await noted(bot, [guild.id])
    desk = PrivacyDesk(bot.store.answers, bot.store.digests, bot.store.housekeeping, bot.jobs)

    async def clean(days: float) -> None:
        cleaning = CleanUp(
            desk,
            bot.store.housekeeping,
            bot.store.departures,
            retention_of(bot.settings),
            after=timedelta(days=30),
            clock=lambda: datetime.now(UTC) + timedelta(days=days),
        )
        assert await cleaning.once()
        assert not await cleaning.once()  # once a day

    await clean(29)
    assert await bot.store.digests.get(due.id)
    await clean(30.1)
    assert await bot.store.digests.get(due.id) is None
    assert await bot.store.choices.choices(guild.id) == Choices()


async def noted(bot: WholeBot, guilds: list[int]) -> None:
    """Wait until exactly those are noted as left."""
    async with asyncio.timeout(10):
        while await bot.store.departures.gone(datetime.now(UTC)) != guilds:  # noqa: ASYNC110 - a table tells nobody
            await asyncio.sleep(0.02)


async def test_a_server_that_was_left_while_the_bot_was_away_is_noted_at_its_start(
    playground: Playground, tmp_path: Path
) -> None:
    async with whole_bot(playground, tmp_path) as before:
        await before.store.choices.choose(71, None, Choices(language="de"))
        await before.store.choices.choose(playground.guild.id, None, Choices(language="de"))
        await before.store.departures.left([playground.guild.id], datetime.now(UTC))
    async with whole_bot(playground, tmp_path) as after:
        await noted(after, [71])
