"""Bad days: every failure is one sentence for the person, nothing is doubled, nothing pings, nothing is cut."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.errors import NoTextError, NotFoundError
from bot.domain.task import Progress
from bot.playground import Channel, Message, Person, Playground
from bot.settings import load_settings
from tests.support.briefs import brief, points, prose, quotes
from tests.support.chat_fixtures import Nutgraf, running
from tests.support.discord_schema import AT_HAND, REASON, problems
from tests.support.scripted_briefer import ScriptedBriefer
from tests.support.small_bot import until

pytestmark = pytest.mark.e2e

LINK = "https://courier.example/harbour"


def has_card(message: Message) -> bool:
    return "Summary" in message.text


async def ask(playground: Playground, person: Person, channel: Channel) -> Message:
    return await person.say(channel, f"{playground.mention} {LINK}")


async def test_a_link_that_fails_becomes_a_sentence_with_the_cure(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.outcomes.append(NotFoundError())
    asked = await ask(playground, ada, general)
    answer = await playground.wait_for_message(general, lambda m: "nothing at that address" in m.text, after=asked)
    assert "Check the link" in answer.text
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_no_text_behind_a_slash_link_is_told_in_the_same_answer(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.outcomes.append(NoTextError())
    used = await ada.slash("brief", {"link": LINK}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "no article text" in m.text)
    assert used.followups == []


async def test_a_picture_alone_is_not_briefed(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, playground.mention, files=[("cat.png", b"\x89PNG")])
    await playground.wait_for_message(general, lambda m: "only pictures" in m.text, after=asked)
    assert nutgraf.briefer.asked == []


async def test_an_attachment_that_is_too_large_is_not_downloaded(
    playground: Playground, ada: Person, general: Channel
) -> None:
    settings = load_settings(_env_file=None, fetch_max_bytes=10_000)
    async with running(playground, settings=settings) as bot:
        asked = await ada.say(general, playground.mention, files=[("long.txt", b"x" * 10_001)])
        await playground.wait_for_message(general, lambda m: "larger than" in m.text, after=asked)
        assert bot.briefer.asked == []


async def test_an_unforeseen_failure_tells_a_trace_and_logs_no_text(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    nutgraf.briefer.outcomes.append(RuntimeError("the article said: SECRET WORDS"))
    asked = await ask(playground, ada, general)
    answer = await playground.wait_for_message(general, lambda m: "trace" in m.text, after=asked)
    trace = answer.text.partition("trace ")[2][:8]
    told = [record.getMessage() for record in caplog.records if trace in record.getMessage()]
    assert len(told) == 1
    assert "RuntimeError" in told[0]
    assert "SECRET" not in caplog.text


async def test_a_channel_closed_to_the_bot_is_told_in_a_direct_message(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    playground.deny(general, "send_messages")
    await ask(playground, ada, general)
    told = await playground.wait_for_message(ada.dm)
    assert "Send Messages" in told.text
    assert "general" in told.text
    assert nutgraf.briefer.asked == []


async def test_without_the_right_to_read_history_the_answer_is_no_reply_but_still_an_answer(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    playground.deny(general, "read_message_history")
    asked = await ask(playground, ada, general)
    await playground.wait_for_message(general, has_card, after=asked)


async def test_a_rate_limited_post_is_waited_out_and_posted_once(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    fault = playground.faults.add("POST", r"/messages$", times=2, status=429, retry_after=0.02)
    asked = await ask(playground, ada, general)
    await playground.wait_for_message(general, has_card, after=asked)
    assert fault.hits == 2
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_a_post_whose_answer_got_lost_is_not_posted_twice(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    playground.faults.add("POST", r"/messages$", cut=True, before=False)
    asked = await ask(playground, ada, general)
    await playground.wait_for_message(general, has_card, after=asked)
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_a_dropped_socket_during_a_briefing_loses_and_doubles_nothing(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    asked = await ask(playground, ada, general)
    await playground.wait_for_message(general, lambda m: "Reading" in m.text, after=asked)
    assert await playground.drop_sockets(4000) == 1
    await playground.wait_for_bot()
    nutgraf.briefer.gate.set()
    await playground.wait_for_message(general, has_card, after=asked)
    assert len(nutgraf.briefer.asked) == 1
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_a_message_heard_twice_is_briefed_once(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ask(playground, ada, general)
    await playground.wait_for_message(general, has_card, after=asked)
    channel = nutgraf.client.get_channel(general.id)
    heard = await channel.fetch_message(asked.id)  # type: ignore[union-attr]
    await nutgraf.client.on_message(heard)
    assert len(nutgraf.briefer.asked) == 1


async def test_progress_is_shown_in_the_same_message(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.progress = (Progress("reading"), Progress("writing", 2, 7))
    nutgraf.briefer.gate.clear()
    asked = await ask(playground, ada, general)
    answer = await playground.wait_for_message(general, lambda m: "part 3 of 7" in m.text, after=asked)
    nutgraf.briefer.gate.set()
    await playground.wait_until(answer, has_card)


async def test_who_waits_in_line_is_told_the_place(playground: Playground, ada: Person, general: Channel) -> None:
    async with running(playground, settings=load_settings(_env_file=None, brief_concurrency=1)) as bot:
        bot.briefer.gate.clear()
        first = await ask(playground, ada, general)
        answer = await playground.wait_for_message(general, after=first)
        await until(lambda: len(bot.briefer.asked) == 1)
        second = await ada.say(general, f"{playground.mention} {LINK}/another")
        waits = await playground.wait_for_message(
            general, lambda m: "1 other briefing before" in m.text, after=second
        )
        assert "Cancel" in [button.get("label") for button in waits.buttons]
        bot.briefer.gate.set()
        await playground.wait_until(answer, has_card)
        await playground.wait_until(waits, has_card)


async def test_a_briefing_over_time_ends_in_a_sentence(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with running(playground, settings=load_settings(_env_file=None, brief_timeout_seconds=0.05)) as bot:
        bot.briefer.gate.clear()
        asked = await ask(playground, ada, general)
        await playground.wait_for_message(general, lambda m: "took longer than 1 second" in m.text, after=asked)
        assert bot.briefer.cancelled == 1


async def test_deleting_the_progress_message_stops_the_work_quietly(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    asked = await ask(playground, ada, general)
    answer = await playground.wait_for_message(general, after=asked)
    await ada.delete(answer)
    nutgraf.briefer.gate.set()
    await playground.wait_for_request("PATCH", f"/messages/{answer.id}")
    again = await ask(playground, ada, general)
    await playground.wait_for_message(general, has_card, after=again)
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_an_answer_after_fifteen_minutes_comes_as_an_ordinary_message(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    nutgraf.briefer.outcomes.append(brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),)))
    used = await ada.slash("brief", {"link": LINK}, general)
    playground.world.clock.advance(16 * 60)
    nutgraf.briefer.gate.set()
    late = await playground.wait_for_message(general, lambda m: "Page 1 of" in m.text)
    assert late.reply_to is None
    assert used.followups == []


async def test_what_was_asked_before_a_restart_is_answered_after_it(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path) as bot:
        bot.briefer.gate.clear()
        asked = await ask(playground, ada, general)
        answer = await playground.wait_for_message(general, after=asked)
        used = await ada.slash("brief", {"link": f"{LINK}/2"}, general)
        await until(lambda: len(bot.briefer.asked) == 2)
    async with running(playground, folder=tmp_path):
        await playground.wait_until(answer, has_card)
        assert used.original is not None
        await playground.wait_until(used.original, has_card)
    assert len(playground.messages(general, by_bot=True)) == 2


async def test_an_order_is_cancelled_by_who_asked_and_by_nobody_else(
    playground: Playground, nutgraf: Nutgraf, grace: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    asked = await ask(playground, grace, general)
    answer = await playground.wait_for_message(general, after=asked)
    await until(lambda: len(nutgraf.briefer.asked) == 1)
    refused = await playground.person("linus").click(answer, "Cancel")
    assert refused.original is not None
    assert "Only the person who asked" in refused.original.text
    await grace.click(answer, "Cancel")
    await playground.wait_until(answer, lambda m: "Cancelled by Grace" in m.text)
    await until(lambda: nutgraf.briefer.cancelled == 1)
    nutgraf.briefer.gate.set()
    again = await ask(playground, grace, general)
    await playground.wait_for_message(general, has_card, after=again)
    assert "Cancelled by Grace" in answer.text


async def test_nobody_is_pinged_by_what_an_article_says(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    loud = f"@everyone @here {grace.mention} <@&{playground.guild.id}> https://evil.example/x"
    nutgraf.briefer.outcomes.append(brief(sections=(points(loud), quotes((loud, loud)))))
    asked = await ask(playground, ada, general)
    card = await playground.wait_for_message(general, has_card, after=asked)
    assert card.pinged == set()
    assert not card.mention_everyone
    assert "@everyone" not in card.text
    assert "https://evil" not in card.text
    sent = [r.body for r in playground.requests if r.method in {"POST", "PATCH"} and r.path.endswith("messages")]
    assert all(body["allowed_mentions"]["parse"] == [] for body in sent)


async def test_a_long_briefing_is_one_message_whose_pages_turn_after_a_restart_too(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path) as bot:
        bot.briefer.outcomes.append(brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),)))
        asked = await ask(playground, ada, general)
        card = await playground.wait_for_message(general, lambda m: "Page 1 of 3" in m.text, after=asked)
        await grace.click(card, "▶")
        await playground.wait_until(card, lambda m: "Page 2 of 3" in m.text)
    async with running(playground, folder=tmp_path):
        await grace.click(card, "▶")
        await playground.wait_until(card, lambda m: "Page 3 of 3" in m.text)
        await grace.click(card, "◀")
        await playground.wait_until(card, lambda m: "Page 2 of 3" in m.text)
        assert playground.messages(general, by_bot=True) == [card]


async def test_a_briefing_that_is_not_kept_any_more_says_so(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.outcomes.append(brief(sections=(prose(*["Sentence after sentence. " * 100] * 3),)))
    asked = await ask(playground, ada, general)
    card = await playground.wait_for_message(general, lambda m: "Page 1 of 3" in m.text, after=asked)
    while (kept := await nutgraf.store.answers.get(str(asked.id))) is None or kept.brief is None:  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # it is written down once it stands there
    await nutgraf.store.answers.delete(str(asked.id))
    used = await ada.click(card, "▶")
    await until(lambda: bool(used.followups) or (used.original is not None and used.original.id != card.id))
    told = used.followups[0] if used.followups else used.original
    assert told is not None
    assert told.ephemeral
    assert "no longer keep" in told.text


async def test_delete_works_after_a_restart_for_the_asker_only(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with running(playground):
        asked = await ask(playground, grace, general)
        card = await playground.wait_for_message(general, has_card, after=asked)
    async with running(playground):
        linus = playground.person("linus")
        refused = await linus.click(card, "Delete")
        assert refused.original is not None
        assert refused.original.ephemeral
        assert "Only the person who asked" in refused.original.text
        assert not card.deleted
        await grace.click(card, "Delete")
        await playground.wait_for_request("DELETE", "/messages/@original")
        assert card.deleted


async def test_who_may_manage_messages_may_delete(
    playground: Playground, nutgraf: Nutgraf, grace: Person, general: Channel
) -> None:
    asked = await ask(playground, grace, general)
    card = await playground.wait_for_message(general, has_card, after=asked)
    moderator = playground.person("mod", permissions_=("manage_messages",))
    await moderator.click(card, "Delete")
    await playground.wait_for_request("DELETE", "/messages/@original")
    assert card.deleted


async def test_commands_are_registered_once_not_at_every_start(playground: Playground) -> None:
    async with running(playground):
        assert len(playground.sent("PUT", "/commands")) == 1
    async with running(playground):
        assert len(playground.sent("PUT", "/commands")) == 1


@pytest.mark.skipif(not AT_HAND, reason=REASON)
async def test_every_body_is_one_that_discord_takes(playground: Playground, ada: Person, general: Channel) -> None:
    briefer = ScriptedBriefer()
    briefer.outcomes += [brief(), brief(sections=(prose("word " * 5_000),)), NotFoundError()]
    async with running(playground, briefer=briefer):
        for _ in range(3):
            used = await ada.slash("brief", {"link": LINK}, general)
            assert used.original is not None
            await playground.wait_until(used.original, lambda m: not m.loading and bool(m.text))
        await ada.slash("brief", {}, general)
    assert problems(playground.requests) == []
