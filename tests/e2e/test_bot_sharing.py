"""What is shown to more people than who asked: only where the person, the bot and the channel's mark allow it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.playground import Channel, Interaction, Message, Person, Playground
from bot.playground.permissions import bits
from tests.support.chat_fixtures import Nutgraf
from tests.support.discord_schema import problems
from tests.support.harbour import DOCUMENT, harbour

pytestmark = pytest.mark.e2e

LINK = "https://courier.example/harbour"
QUESTION = "What do you want to know?"


async def answer_to(playground: Playground, used: Interaction) -> Message:
    """What an interaction was answered with, once it is there."""
    assert used.original is not None
    return await playground.wait_until(used.original, lambda m: not m.loading and bool(m.text))


async def private_card(playground: Playground, bot: Nutgraf, person: Person, channel: Channel) -> Message:
    """A briefing that only `person` sees."""
    await bot.store.shelf.put_document(DOCUMENT, now=datetime.now(UTC))
    bot.briefer.outcomes.append(harbour())
    used = await person.slash("brief", {"link": LINK, "private": True}, channel)
    assert used.original is not None
    return await playground.wait_until(used.original, lambda m: "Summary" in m.text)


def public(playground: Playground, channel: Channel) -> list[Message]:
    """What the bot posted for everyone."""
    return [m for m in playground.messages(channel, by_bot=True) if not m.ephemeral]


def may_not(playground: Playground, *names: str) -> None:
    """Takes permissions from everybody who has no role but @everyone; the bot has one."""
    everyone = next(role for role in playground.guild.roles if role.id == playground.guild.id)
    everyone.permissions &= ~bits(names)


async def test_who_may_not_post_in_a_channel_shares_nothing_there(
    playground: Playground, nutgraf: Nutgraf, grace: Person, general: Channel
) -> None:
    mine = await private_card(playground, nutgraf, grace, general)
    asked = await grace.submit_modal(await grace.click(mine, "Ask"), {QUESTION: "What did the repairs cost?"})
    answer = await answer_to(playground, asked)
    may_not(playground, "send_messages")
    told = await answer_to(playground, await grace.click(mine, "Share"))
    assert "You may not post in this channel" in told.text
    assert "Share it in a channel in which you may post" in told.text
    told = await answer_to(playground, await grace.click(answer, "Show to everyone"))
    assert "You may not post in this channel" in told.text
    assert told.ephemeral
    assert public(playground, general) == []
    assert problems(playground.requests) == []


async def test_in_a_thread_the_right_to_post_in_threads_counts(
    playground: Playground, nutgraf: Nutgraf, grace: Person, general: Channel
) -> None:
    thread = await grace.open_thread(general, "Harbour")
    mine = await private_card(playground, nutgraf, grace, thread)
    may_not(playground, "send_messages")
    shared = await answer_to(playground, await grace.click(mine, "Share"))
    assert "everyone in this channel sees it" in shared.text
    may_not(playground, "send_messages_in_threads")
    told = await answer_to(playground, await grace.click(mine, "Share"))
    assert "You may not post in this channel" in told.text
    assert len(public(playground, thread)) == 1


async def test_where_the_bot_does_not_see_the_channel_it_names_what_is_missing(
    playground: Playground, nutgraf: Nutgraf, grace: Person, general: Channel
) -> None:
    mine = await private_card(playground, nutgraf, grace, general)
    playground.deny(general, "view_channel", "send_messages")
    told = await answer_to(playground, await grace.click(mine, "Share"))
    assert "View Channel" in told.text
    assert "Ask someone who manages that channel" in told.text
    assert public(playground, general) == []
    assert await nutgraf.store.answers.of_asker(grace.id) == [str(mine.interaction.id if mine.interaction else 0)]


async def test_only_who_asked_shares(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    mine = await private_card(playground, nutgraf, ada, general)
    mine.visible_to = grace.id  # as if somebody forged a click
    told = await answer_to(playground, await grace.click(mine, "Share"))
    assert "Only the person who asked for this briefing can share it" in told.text
    assert public(playground, general) == []


async def test_what_was_asked_behind_the_age_mark_is_shared_there_and_not_elsewhere(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    adults = playground.create_channel("adults", nsfw=True)
    thread = await ada.open_thread(adults, "Harbour")
    behind = await private_card(playground, nutgraf, ada, adults)
    beside = await private_card(playground, nutgraf, ada, general)
    key = str(behind.interaction.id if behind.interaction else 0)
    kept = await nutgraf.store.answers.get(key)
    assert kept is not None
    assert kept.place.restricted
    share_of(beside)["custom_id"] = share_of(behind)["custom_id"]  # as if somebody forged a click
    told = await answer_to(playground, await ada.click(beside, "Share"))
    assert "age-restricted channel, and this one is not" in told.text
    assert "Share it in the channel where you asked for it" in told.text
    assert public(playground, general) == []

    shared = await answer_to(playground, await ada.click(behind, "Share"))
    assert "everyone in this channel sees it" in shared.text
    (posted,) = public(playground, adults)
    of_posted = await nutgraf.store.answers.of_message(posted.id)
    assert of_posted is not None
    assert of_posted.place.restricted, "what is shared stays behind the mark"

    within = await private_card(playground, nutgraf, ada, thread)
    share_of(within)["custom_id"] = share_of(behind)["custom_id"]
    assert "everyone" in (await answer_to(playground, await ada.click(within, "Share"))).text, "a thread is within"


async def test_a_channel_that_lost_its_mark_does_not_keep_it_for_what_is_asked_then(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    playground.set_nsfw(general)
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    card = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    playground.set_nsfw(general, nsfw=False)
    again = await ada.say(general, f"{playground.mention} {LINK}/2")
    later = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=again)
    marks = [await nutgraf.store.answers.of_message(message.id) for message in (card, later)]
    assert [bool(answered and answered.place.restricted) for answered in marks] == [True, False]


def share_of(message: Message) -> dict[str, str]:
    """The Share button of a card."""
    return next(c for c in message.walk() if c.get("label") == "Share")
