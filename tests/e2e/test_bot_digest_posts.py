"""What stands in a channel once a digest was posted: Delete takes it back, reactions say what is liked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground import Channel, Person, Playground
from tests.support.digest_bot import DigestBot, digest_bot
from tests.support.small_bot import until

pytestmark = pytest.mark.e2e


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[DigestBot]:
    """The bot online."""
    async with digest_bot(playground, tmp_path) as online:
        yield online


async def only_run(bot: DigestBot) -> tuple[int, ...]:
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    (run,) = await bot.store.deliveries.history(digest.id, 5)
    return run.message_ids


# --- Delete ---------------------------------------------------------------------------------------------------


async def test_whoever_set_it_up_takes_all_its_pages_back_also_after_a_restart(
    bot: DigestBot, ada: Person, grace: Person
) -> None:
    await bot.create(ada, stories=15, length="Long: four or five")
    bot.publish(*("harbour", "orchard", "museum", "railway", "library", "bakery", "lighthouse", "reservoir"))
    await bot.run_now(ada)
    pages = bot.posts()
    assert len(pages) > 1
    refused = await grace.click(pages[1], "Delete")
    assert refused.original is not None
    assert "Only whoever set this digest up" in refused.original.text
    assert all(not page.deleted for page in pages)
    await ada.click(pages[1], "Delete")
    await until(lambda: all(page.deleted for page in pages))
    await bot.until(lambda: only_run(bot), ())
    told = await bot.told(ada, "history", {"digest": "Harbour news"})
    assert "What it posted was deleted." in told
    assert "posted" in told
    bot.playground.world.clock.advance(60)
    assert "nothing new" in await bot.run_now(ada)  # deleted is not untold


@pytest.mark.parametrize("placement", ["thread", "forum"])
async def test_a_post_that_has_a_thread_is_taken_back_with_it(bot: DigestBot, ada: Person, placement: str) -> None:
    forum = bot.playground.channel("reading-list")
    if placement == "forum":
        await bot.create(ada, channel=forum)
    else:
        await bot.create(ada, placement="A thread of its own")
    await bot.run_now(ada)
    ids = await only_run(bot)
    thread = bot.playground.world.channels[ids[0]]
    inner = bot.playground.messages(thread, by_bot=True)
    await ada.click(inner[-1], "Delete")
    await until(lambda: ids[0] not in bot.playground.world.channels or all(page.deleted for page in inner))
    await until(lambda: not [m for m in bot.posts() if not m.deleted])
    await bot.until(lambda: only_run(bot), ())


async def test_a_moderator_takes_back_what_a_deleted_digest_left(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    await bot.run_now(ada)
    (post,) = bot.posts()
    await bot.told(ada, "delete", {"digest": "Harbour news"})
    await ada.click(post, "Delete")
    await until(lambda: post.deleted)


# --- reactions ------------------------------------------------------------------------------------------------


async def votes(bot: DigestBot) -> list[tuple[int, str]]:
    found = await bot.store.reactions.of_guild(bot.playground.guild.id, bot.now() - timedelta(days=1), 99)
    return sorted((vote.user_id, vote.emoji) for vote in found)


async def test_reactions_are_counted_one_a_person_and_may_be_taken_back(
    bot: DigestBot, ada: Person, grace: Person, general: Channel
) -> None:
    await bot.create(ada)
    await bot.run_now(ada)
    (post,) = bot.posts()
    elsewhere = await ada.say(general, "Lunch?")
    await grace.react(elsewhere, "👍")
    await grace.react(post, "🐸")
    await grace.react(post, "👍")
    await ada.react(post, "👎")
    wanted = sorted([(grace.user.id, "👍"), (ada.user.id, "👎")])
    await bot.until(lambda: votes(bot), wanted)
    await grace.react(post, "👎")
    await bot.until(lambda: votes(bot), sorted([(grace.user.id, "👎"), (ada.user.id, "👎")]))
    await grace.unreact(post, "👍")  # not the vote that counts
    await ada.unreact(post, "👎")
    await bot.until(lambda: votes(bot), [(grace.user.id, "👎")])


async def test_what_was_liked_is_chosen_first_and_the_preview_says_why(
    bot: DigestBot, ada: Person, grace: Person
) -> None:
    bot.publish("harbour")
    await bot.create(ada, include="harbour, orchard", stories=1)
    await bot.run_now(ada)
    (post,) = bot.posts()
    assert "Harbour council" in post.text
    people = [ada, grace, *(bot.playground.person(f"reader{number}") for number in range(4))]
    for person in people:
        await person.react(post, "👍")
    await bot.until(lambda: votes(bot), sorted((person.user.id, "👍") for person in people))
    bot.playground.world.clock.advance(3_600 * 20)
    bot.publish("orchard", "harbour quay")
    told = await bot.told(ada, "preview", {"digest": "Harbour news"})
    assert "your server liked similar stories" in told
