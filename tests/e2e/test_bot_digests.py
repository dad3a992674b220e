"""Digests in Discord, end to end: set up, previewed, posted, changed, stopped; and what is said when it cannot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground import Channel, Person, Playground, UnknownCommandError
from tests.support.digest_bot import DigestBot, digest_bot

pytestmark = pytest.mark.e2e


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[DigestBot]:
    """The bot online."""
    async with digest_bot(playground, tmp_path) as online:
        yield online


async def test_a_digest_is_set_up_with_autocomplete_and_its_next_run_confirmed(
    bot: DigestBot, ada: Person
) -> None:
    zones = await ada.autocomplete("digest create", "zone", "berl", bot.briefings)
    assert zones[0]["value"] == "Europe/Berlin"
    assert "07:00 now, UTC+01:00" in zones[0]["name"]
    told = await bot.create(ada, time="7:30, 18:00", days="Weekdays", feeds=bot.playground.article_url("feed.xml"))
    assert "Weekdays at 07:30 and 18:00 (Europe/Berlin)" in told
    assert "<t:1795415400:F>" in told  # Monday 23 November 2026, 06:30 UTC
    assert "nobody" in told
    offered = await ada.autocomplete("digest preview", "digest", "harb", bot.briefings)
    assert [choice["value"] for choice in offered] == ["Harbour news"]
    assert "Harbour news" in await bot.told(ada, "list")


async def test_run_now_posts_the_digest_and_notifies_nobody(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    told = await bot.run_now(ada)
    (post,) = bot.posts()
    assert "Harbour news" in post.text
    assert "swing" in post.text.lower()
    assert post.pinged == set()
    assert f"/{post.id}" in told
    assert [button["label"] for button in post.buttons] == ["About", "Delete"]


async def test_a_preview_shows_the_card_of_the_post_and_why_each_story_is_in_or_out(
    bot: DigestBot, ada: Person
) -> None:
    await bot.create(ada, days="Every day")
    preview = await bot.told(ada, "preview", {"digest": "harbour NEWS"})
    assert bot.posts() == []
    assert "in: new" in preview
    assert "out: from before the last digest" in preview
    await bot.run_now(ada)
    post = await bot.playground.wait_for_message(bot.briefings, lambda m: "Harbour news" in m.text, 30)
    assert preview.startswith(post.text)


async def test_a_long_preview_is_turned_by_buttons_also_after_a_restart(bot: DigestBot, ada: Person) -> None:
    bot.publish("orchard", "tunnel", "lantern", "glacier", "violin", "compost", "falcon", "marble", "saffron")
    await bot.create(ada, sections="summary, quotes, timeline", stories=15)
    used = await bot.digest(ada, "preview", {"digest": "Harbour news"})
    first = used.original
    assert first is not None
    assert "Page 1 of" in first.text
    await ada.click(first, "Next")
    await bot.playground.wait_until(first, lambda m: "Page 2 of" in m.text)
    bot.feature.previews.forget()
    await ada.click(first, "Back")
    await bot.playground.wait_until(first, lambda m: "Page 1 of" in m.text, 30)


async def test_a_role_is_notified_only_when_chosen_and_only_that_one(
    bot: DigestBot, ada: Person, grace: Person
) -> None:
    editors = next(role for role in bot.playground.guild.roles if role.name == "Editors")
    grace.user.roles.append(editors.id)
    told = await bot.create(ada, role=editors)
    assert f"<@&{editors.id}>" in told
    await bot.digest(ada, "preview", {"digest": "Harbour news"})
    await bot.run_now(ada)
    post = await bot.playground.wait_for_message(bot.briefings, lambda m: "Harbour news" in m.text, 30)
    assert post.pinged == {grace.id}
    assert all(m.pinged == set() for m in bot.playground.messages(bot.playground.channel("general"), by_bot=True))
    changed = await bot.told(ada, "edit", {"digest": "Harbour news", "notify_nobody": True})
    assert f"<@&{editors.id}>" not in changed


async def test_the_tick_posts_what_is_due_once_and_history_tells_it(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    bot.playground.world.clock.advance(2 * 86_400 + 2 * 3_600)  # Monday 08:00 UTC, half past nine in Berlin
    post = await bot.playground.wait_for_message(bot.briefings, lambda m: "Harbour news" in m.text, 30)
    assert "late" in post.text  # the bot found the run an hour and a half after its time
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    (run,) = await bot.desk.history(digest)
    await bot.desk.ended(run, within=timedelta(seconds=20))
    history = await bot.told(ada, "history", {"digest": "Harbour news"})
    assert "<t:1795415400:f>" in history
    assert "posted" in history
    assert f"/{post.id}" in history
    assert len(bot.posts()) == 1


async def test_an_edit_changes_only_what_is_given(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada, include="harbour, bridge", stories=3)
    (before,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    told = await bot.told(ada, "edit", {"digest": "Harbour news", "time": "6pm", "name": "Evening news"})
    (after,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    assert "Mondays at 18:00 (Europe/Berlin)" in told
    assert after.name == "Evening news"
    assert after.next_run != before.next_run
    assert (
        after.model_copy(update={"name": before.name, "schedule": before.schedule, "next_run": before.next_run})
        == before
    )
    emptied = await bot.told(ada, "edit", {"digest": "Evening news", "include": "none"})
    assert "Only with" not in emptied


async def test_a_paused_digest_has_no_next_run_until_it_is_resumed(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    assert "is paused" in await bot.told(ada, "pause", {"digest": "Harbour news"})
    assert "Next: paused" in await bot.told(ada, "list")
    assert "<t:1795415400:F>" in await bot.told(ada, "resume", {"digest": "Harbour news"})


async def test_a_deleted_digest_is_gone(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    assert "is deleted" in await bot.told(ada, "delete", {"digest": "Harbour news"})
    assert "no digest here yet" in await bot.told(ada, "list")
    assert "There is no digest" in await bot.told(ada, "preview", {"digest": "Harbour news"})


async def test_feeds_go_out_as_opml_and_come_back(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    used = await bot.digest(ada, "feeds", {"digest": "Harbour news", "export": True})
    await bot.playground.world.until(lambda: used.followups or None, timeout=10, waiting_for="the file")
    (attachment,) = used.followups[0].attachments
    assert attachment.filename == "harbour-news.opml"
    assert used.followups[0].ephemeral
    data = bot.playground.world.cdn[attachment.path].data
    known = {"name": "Copy", "time": "8", "zone": "UTC", "channel": bot.briefings}
    told = await bot.told(ada, "create", known, attachments={"opml": ("mine.opml", data)})
    assert "1 feed taken from the file" in told
    one, other = await bot.store.digests.of_guild(bot.playground.guild.id)
    assert one.feeds == other.feeds == (bot.feed,)


async def test_feeds_are_found_from_a_site_added_and_removed(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    added = bot.playground.article_url("feed.xml?from=elsewhere")
    told = await bot.told(ada, "feeds", {"digest": "Harbour news", "add": added})
    assert "from=elsewhere" in told
    told = await bot.told(ada, "feeds", {"digest": "Harbour news", "remove": "elsewhere"})
    assert "elsewhere" not in told
    assert "None of its feeds" in await bot.told(ada, "feeds", {"digest": "Harbour news", "remove": "bbc"})


async def test_who_may_not_manage_the_server_is_refused_politely(bot: DigestBot, grace: Person) -> None:
    with pytest.raises(UnknownCommandError):  # Discord does not even show it
        await bot.told(grace, "list")
    for command in bot.playground.world.commands[None].values():
        command["default_member_permissions"] = None  # an admin let everyone see it
    assert "Manage Server" in await bot.told(grace, "list")


UNUSABLE: tuple[tuple[dict[str, str | None], str], ...] = (
    ({"time": "25:00"}, "“25:00” is no time of day. Write it as 07:30"),
    ({"zone": "Mars/Olympus"}, "is no time zone"),
    ({"feeds": "{site}gone"}, "I cannot take the feed"),
    ({"feeds": "{site}swing-bridge-closure"}, "I found no feed"),
    ({"feeds": None}, "needs something to read"),
    ({"language": "Elvish"}, "I do not know a language"),
    ({"sections": "gossip"}, "gossip"),
    ({"watch": "general"}, "names no channel"),
    ({"placement": "A post in the forum"}, "is no forum"),
)


async def test_what_cannot_be_used_is_told_in_a_sentence(bot: DigestBot, ada: Person) -> None:
    site = bot.playground.article_url("")
    for given, words in UNUSABLE:
        filled = {key: value.format(site=site) if value else value for key, value in given.items()}
        told = await bot.create(ada, **filled)
        assert words in told
        assert len(told.splitlines()) == 1
    assert await bot.store.digests.of_guild(bot.playground.guild.id) == []


async def test_a_channel_that_is_closed_to_the_bot_is_told_with_how_to_open_it(
    bot: DigestBot, ada: Person
) -> None:
    bot.playground.deny(bot.briefings, "send_messages")
    told = await bot.create(ada)
    assert f"I may not post in <#{bot.briefings.id}>: I lack Send Messages" in told
    assert "under Permissions, add my role" in told
    bot.playground.allow(bot.briefings)
    assert "It is set up" in await bot.create(ada)


async def test_a_thread_and_a_forum_take_digests_too(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada, name="Threaded", placement="A thread of its own")
    await bot.create(ada, name="Forum", channel=bot.playground.channel("reading-list"))
    await bot.run_now(ada, "Threaded")
    starter = await bot.playground.wait_for_message(bot.briefings, lambda m: "Threaded" in m.text, 30)
    thread = bot.playground.world.channels[starter.id]
    assert thread.name == "Threaded, 21 Nov 2026"
    await bot.playground.wait_for_message(thread, lambda m: "Port Ellery" in m.text, 30)
    assert "Port Ellery" not in starter.text
    assert "posted" in await bot.run_now(ada, "Forum")
    post = bot.playground.channel("Forum, 21 Nov 2026")
    assert "Port Ellery" in bot.playground.messages(post, by_bot=True)[0].text
    for digest in await bot.store.digests.of_guild(bot.playground.guild.id):
        (run,) = await bot.store.deliveries.history(digest.id, 5)
        assert await bot.poster.find_posted(digest, run.key, run.due) == run.message_ids
        assert await bot.poster.find_posted(digest, "digest-99-2026-11-21T07:00", run.due) == ()


async def test_a_page_is_posted_once_however_often_it_is_tried(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    edition = await bot.desk.preview(digest)
    saved: list[int] = []

    async def save(message_id: int) -> None:
        saved.append(message_id)

    key = "digest-1-2026-11-21T07:30"
    first = await bot.poster.post(digest, edition, key, (), save)
    assert await bot.poster.post(digest, edition, key, (), save) == first  # Discord knows the nonce
    assert await bot.poster.post(digest, edition, key, first, save) == first
    bot.playground.world.clock.advance(3_600)  # and has forgotten it
    assert await bot.poster.find_posted(digest, key, edition.prepared) == first
    assert [post.id for post in bot.posts()] == list(first)
    assert saved == [*first[:-1], *first[:-1]]  # the last page is told by what comes back


@pytest.mark.parametrize("placement", ["channel", "thread", "forum"])
async def test_an_answer_of_discord_that_is_lost_makes_no_second_post(
    bot: DigestBot, ada: Person, placement: str
) -> None:
    forum = bot.playground.channel("reading-list")
    places = {"channel": "Messages in the channel", "thread": "A thread of its own", "forum": None}
    target = forum if placement == "forum" else bot.briefings
    await bot.create(ada, channel=target, placement=places[placement])
    path = "/threads$" if placement == "forum" else "/messages$"
    bot.playground.faults.add("POST", path, status=502, before=False)
    assert "posted" in await bot.run_now(ada)
    assert 502 in [request.status for request in bot.playground.requests]
    posts = [c for c in bot.playground.world.channels.values() if c.parent_id == forum.id] or bot.posts()
    assert len(posts) == 1


async def test_a_channel_that_is_gone_is_told_to_the_creator_once(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    bot.playground.delete_channel(bot.briefings)
    for _ in range(2):
        assert "failed" in await bot.run_now(ada)
        bot.playground.world.clock.advance(60)
    (notice,) = bot.playground.messages(ada.dm, by_bot=True)
    assert "is gone. Choose another with /digest edit" in notice.text


async def test_a_feed_that_fails_is_told_once_and_does_not_hold_up_the_digest(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    await bot.store.digests.update(
        digest.model_copy(update={"feeds": (*digest.feeds, bot.playground.article_url("broken"))})
    )
    for run in range(2):
        await bot.run_now(ada)
        bot.playground.world.clock.advance(3_600)
        assert len(bot.posts()) == 1, run
    notice = await bot.playground.wait_for_message(ada.dm)
    assert "could not be read" in notice.text
    assert len(bot.playground.messages(ada.dm, by_bot=True)) == 1
    assert "fails" in await bot.told(ada, "feeds", {"digest": "Harbour news"})


async def test_a_notice_that_discord_did_not_take_is_told_by_the_next_run(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada)
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    broken = (*digest.feeds, bot.playground.article_url("broken"))
    await bot.store.digests.update(digest.model_copy(update={"feeds": broken}))
    bot.playground.faults.add("POST", "/users/@me/channels$", status=503)
    await bot.run_now(ada)
    assert not bot.playground.messages(ada.dm, by_bot=True)
    for _ in range(2):
        bot.playground.world.clock.advance(3_600)
        await bot.run_now(ada)
        (notice,) = bot.playground.messages(ada.dm, by_bot=True)
        assert "could not be read" in notice.text


async def test_links_posted_in_a_watched_channel_become_stories(
    bot: DigestBot, ada: Person, general: Channel
) -> None:
    told = await bot.create(ada, feeds=None, watch=general.mention)
    assert "does not show me the words" in told
    link = bot.playground.article_url("seagrass-meadows-return")
    await ada.say(general, f"{bot.playground.mention} {link}")
    await bot.run_now(ada)
    post = await bot.playground.wait_for_message(bot.briefings, lambda m: "Harbour news" in m.text, 30)
    assert "Seagrass meadows" in post.text


async def test_about_tells_anyone_what_the_post_is(bot: DigestBot, ada: Person, grace: Person) -> None:
    await bot.create(ada)
    await bot.run_now(ada)
    post = await bot.playground.wait_for_message(bot.briefings, lambda m: "Harbour news" in m.text, 30)
    used = await grace.click(post, "About")
    assert used.original is not None
    assert used.original.ephemeral
    assert "Mondays at 07:30" in used.original.text
    assert "feed.xml" not in used.original.text  # an address may be a secret
    await bot.told(ada, "delete", {"digest": "Harbour news"})
    used = await grace.click(post, "About")
    assert used.original is not None
    assert "was deleted" in used.original.text


async def test_a_server_has_so_many_digests_and_no_more(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    async with digest_bot(playground, tmp_path, most=1) as bot:
        await bot.create(ada)
        assert "1 is the most" in await bot.create(ada, name="Another")
        assert "There is a digest" not in await bot.told(ada, "list")


async def test_an_age_restricted_channel_is_watched_only_for_another_such_channel(
    bot: DigestBot, ada: Person
) -> None:
    adults = bot.playground.create_channel("adults", nsfw=True)
    told = await bot.create(ada, watch=f"<#{adults.id}>")
    assert "age-restricted" in told
    assert f"<#{adults.id}>" in told
    assert await bot.store.digests.of_guild(bot.playground.guild.id) == []
    await bot.create(ada, watch=f"<#{adults.id}>", channel=adults)
    (digest,) = await bot.store.digests.of_guild(bot.playground.guild.id)
    assert digest.watched_channels == (adults.id,)
    moved = await bot.told(ada, "edit", {"digest": "Harbour news", "channel": bot.briefings})
    assert "age-restricted" in moved
