"""Doors beyond a server's channel: forwards, threads, forums, groups, and servers that do not have the bot."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.keeping import Choices
from bot.playground import Channel, Message, Person, Playground, UnknownCommandError
from tests.support.briefs import brief, prose
from tests.support.chat_fixtures import Nutgraf, running
from tests.support.discord_schema import AT_HAND, REASON, problems

pytestmark = pytest.mark.e2e

LINK = "https://courier.example/harbour"


def has_card(message: Message) -> bool:
    return "Summary" in message.text


async def test_a_forwarded_message_is_briefed_in_a_direct_message(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    posted = await ada.say(general, f"Worth a read: {LINK}")
    forwarded = await grace.forward(posted, grace.dm)
    card = await playground.wait_for_message(grace.dm, has_card, after=forwarded)
    assert card.reply_to == forwarded.id
    assert [source.url for source in nutgraf.briefer.asked[0][0]] == [LINK]  # type: ignore[union-attr]


async def test_a_forwarded_message_is_briefed_by_the_context_menu(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    forwarded = await grace.forward(await ada.say(general, LINK), general)
    used = await grace.context_menu("Brief this", forwarded)
    assert used.original is not None
    await playground.wait_until(used.original, has_card)
    assert len(nutgraf.briefer.asked) == 1


async def test_a_mention_in_a_thread_is_answered_in_the_thread(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    thread = await ada.open_thread(general, "Harbour")
    asked = await ada.say(thread, f"{playground.mention} {LINK}")
    await playground.wait_for_message(thread, has_card, after=asked)
    assert playground.messages(general, by_bot=True) == []


async def test_who_installed_the_bot_briefs_where_it_is_no_member(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person
) -> None:
    elsewhere = playground.create_guild("Somewhere else", people=[ada, grace], with_bot=False, channel="lounge")
    lounge = playground.channel("lounge", guild=elsewhere)
    with pytest.raises(UnknownCommandError):
        await grace.slash("brief", {"link": LINK}, lounge)
    ada.install()
    used = await ada.slash("brief", {"link": LINK}, lounge)
    assert used.original is not None
    await playground.wait_until(used.original, has_card)
    posted = await grace.say(lounge, LINK)
    used = await ada.context_menu("Brief this", posted)
    assert used.original is not None
    await playground.wait_until(used.original, has_card)
    with pytest.raises(UnknownCommandError):
        await ada.slash("digest list", {}, lounge)


async def test_where_it_is_no_member_a_late_answer_comes_as_a_direct_message(
    playground: Playground, nutgraf: Nutgraf, ada: Person
) -> None:
    elsewhere = playground.create_guild("Somewhere else", people=[ada], with_bot=False, channel="lounge")
    ada.install()
    nutgraf.briefer.gate.clear()
    await ada.slash("brief", {"link": LINK}, playground.channel("lounge", guild=elsewhere))
    playground.world.clock.advance(16 * 60)
    nutgraf.briefer.gate.set()
    await playground.wait_for_message(ada.dm, has_card)


async def test_a_group_without_the_bot_gets_its_answer_by_who_installed_it(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person
) -> None:
    ada.install()
    used = await ada.slash("brief", {"link": LINK}, ada.dm_with(grace, playground.person("linus"), name="Desk"))
    assert used.original is not None
    await playground.wait_until(used.original, has_card)


async def test_the_pages_of_a_threaded_briefing_stand_in_order_and_go_together(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path, choices=Choices(threads=True)) as bot:
        bot.briefer.outcomes.append(brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),)))
        asked = await ada.say(general, f"{playground.mention} {LINK}")
        first = await playground.wait_for_message(general, lambda m: "Page 1 of 3" in m.text, after=asked)
        await playground.wait_for_request("POST", f"/messages/{first.id}/threads")
        thread = playground.world.channel(first.id)
        last = await playground.wait_for_message(thread, lambda m: "Page 3 of 3" in m.text)
        pages = playground.messages(thread, by_bot=True)
        assert ["Page 2 of 3" in pages[0].text, "Page 3 of 3" in pages[1].text] == [True, True]
        await ada.click(last, "Delete")
        await playground.wait_for_request("DELETE", f"/messages/{pages[0].id}")
        assert all(message.deleted for message in (first, *pages))


@pytest.mark.skipif(not AT_HAND, reason=REASON)
async def test_every_body_of_these_doors_is_one_that_discord_takes(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.outcomes.append(brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),)))
    forwarded = await ada.forward(await ada.say(general, LINK), ada.dm)
    card = await playground.wait_for_message(ada.dm, lambda m: "Page 1 of 3" in m.text, after=forwarded)
    await ada.click(card, "▶")
    await playground.wait_until(card, lambda m: "Page 2 of 3" in m.text)
    assert problems(playground.requests) == []
