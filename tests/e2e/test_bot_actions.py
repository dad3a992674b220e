"""What one does with a briefing: each button once, after a restart, by strangers, and when it has grown stale."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.actions.parts import ActionParts
from bot.domain.asking import Reply
from bot.domain.document import Document
from bot.domain.errors import NotFoundError
from bot.domain.keeping import Choices
from bot.playground import Channel, Interaction, Message, Person, Playground
from bot.services.briefing import BriefOptions
from bot.services.reports import REPORTS_A_DAY
from tests.support.chat_fixtures import Nutgraf, running
from tests.support.harbour import DOCUMENT, FINGERPRINT, harbour
from tests.support.small_bot import until

pytestmark = pytest.mark.e2e

LINK = "https://courier.example/harbour"


def has_card(message: Message) -> bool:
    return "Summary" in message.text


@asynccontextmanager
async def briefed(
    playground: Playground, asker: Person, channel: Channel, folder: Path | None = None, **given: Any
) -> AsyncIterator[tuple[Nutgraf, Message]]:
    """The bot online, and a briefing of the harbour in the channel."""
    async with running(playground, folder=folder, **given) as bot:
        await bot.store.shelf.put_document(DOCUMENT, now=datetime.now(UTC))
        bot.briefer.outcomes.append(harbour())
        asked = await asker.say(channel, f"{playground.mention} {LINK}")
        card = await playground.wait_for_message(channel, has_card, after=asked)
        await at_rest(bot)
        yield bot, card


async def at_rest(bot: Nutgraf) -> None:
    """Until no job is under way, which a restart would take up once more."""
    async with asyncio.timeout(10):
        while await bot.jobs.depth():  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # the jobs tell nobody that they rest


async def panel_of(playground: Playground, person: Person, card: Message) -> Message:
    """More, opened."""
    return await answer_to(playground, await person.click(card, "More …"))


async def answer_to(playground: Playground, used: Interaction) -> Message:
    """What an interaction was answered with, once it is there."""
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: not m.loading and bool(m.text or m.attachments))
    return used.original


def options_of(bot: Nutgraf) -> BriefOptions:
    """What the last briefing was wished like."""
    return bot.briefer.asked[-1][1]


# --- the same, otherwise ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pressed", "wished"),
    [
        ("Shorter", {"length": "short"}),
        ("Longer", {"length": "long"}),
        ("Write it anew", {"fresh": True}),
        ("Only quotes", {"sections": ("quotes",)}),
        ("Only timeline", {"sections": ("timeline",)}),
    ],
)
async def test_a_briefing_is_wished_otherwise_after_a_restart_too(
    playground: Playground,
    ada: Person,
    general: Channel,
    tmp_path: Path,
    pressed: str,
    wished: dict[str, object],
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        panel = await panel_of(playground, ada, card)
        assert panel.ephemeral
    async with running(playground, folder=tmp_path) as bot:
        used = await ada.click(panel, pressed)
        below = await answer_to(playground, used)
        await playground.wait_until(below, has_card)
        assert not below.ephemeral
        assert below.id != card.id
        assert {name: getattr(options_of(bot), name) for name in wished} == wished
        assert [source.url for source in bot.briefer.asked[0][0]] == [LINK]  # type: ignore[union-attr]


async def test_at_the_end_of_the_scale_no_further_step_is_offered(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        panel = await panel_of(playground, ada, card)
        shorter = await answer_to(playground, await ada.click(panel, "Shorter"))
        await playground.wait_until(shorter, has_card)
        labels = {button.get("label") for button in (await panel_of(playground, ada, shorter)).buttons}
        assert "Longer" in labels
        assert "Shorter" not in labels


async def test_what_is_written_anew_does_not_make_the_next_one_anew(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (bot, card):
        anew = await answer_to(playground, await ada.click(await panel_of(playground, ada, card), "Write it anew"))
        await playground.wait_until(anew, has_card)
        shorter = await answer_to(playground, await ada.click(await panel_of(playground, ada, anew), "Shorter"))
        await playground.wait_until(shorter, has_card)
        assert (options_of(bot).length, options_of(bot).fresh) == ("short", False)


async def test_a_language_is_picked_from_a_menu_or_typed(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (bot, card):
        panel = await panel_of(playground, ada, card)
        menu = next(c["custom_id"] for c in panel.walk() if c["type"] == 3)
        swedish = await answer_to(playground, await ada.select(panel, menu, "Svenska"))
        await playground.wait_until(swedish, has_card)
        assert options_of(bot).language == "sv"
        form = await ada.select(panel, menu, "Another language …")
        typed = await answer_to(playground, await ada.submit_modal(form, {"Its code": "LV"}))
        await playground.wait_until(typed, has_card)
        assert options_of(bot).language == "lv"
        form = await ada.select(panel, menu, "Another language …")
        refused = await ada.submit_modal(form, {"Its code": "?!"})
        await until(lambda: bool(refused.followups))
        assert "I do not know a language" in refused.followups[0].text
        assert refused.followups[0].ephemeral
        assert refused.original is not None
        assert refused.original.deleted


async def test_who_did_not_ask_gets_another_briefing_alone(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        theirs = await answer_to(playground, await grace.click(await panel_of(playground, grace, card), "Shorter"))
        await playground.wait_until(theirs, has_card)
        assert theirs.ephemeral
        assert playground.messages(general, by_bot=True).count(card) == 1


async def test_a_briefing_that_is_kept_no_more_says_so_to_the_person_alone(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (bot, card):
        panel = await panel_of(playground, ada, card)
        for key in await bot.store.answers.of_guild(playground.guild.id):
            await bot.store.answers.delete(key)
        for label in ("Evidence", "More …"):
            told = await answer_to(playground, await ada.click(card, label))
            assert told.ephemeral
            assert "no longer keep" in told.text
        used = await ada.click(panel, "Shorter")
        await until(lambda: bool(used.followups))
        assert used.followups[0].ephemeral
        assert "no longer keep" in used.followups[0].text
        asked = await ada.submit_modal(await ada.click(card, "Ask"), {"What do you want to know?": "Why?"})
        assert "no longer keep" in (await answer_to(playground, asked)).text
        reported = await ada.submit_modal(await ada.click(panel, "Report an error"), {})
        assert "no longer keep" in (await answer_to(playground, reported)).text
        file = await ada.click(panel, "Markdown")
        assert "no longer keep" in (await answer_to(playground, file)).text


async def test_too_many_wishes_are_refused_in_words(playground: Playground, ada: Person, general: Channel) -> None:
    async with briefed(playground, ada, general, choices=Choices(cooldown=600)) as (bot, card):
        used = await ada.click(await panel_of(playground, ada, card), "Shorter")
        await until(lambda: bool(used.followups))
        assert "You can ask again in" in used.followups[0].text
        assert len(bot.briefer.asked) == 1


# --- evidence --------------------------------------------------------------------------------------------------


async def test_evidence_shows_the_passage_with_its_words_marked_after_a_restart_too(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        items = await answer_to(playground, await grace.click(card, "Evidence"))
        assert items.ephemeral
    async with running(playground, folder=tmp_path):
        menus = [c for c in items.walk() if c["type"] == 3]
        assert [menu["placeholder"] for menu in menus] == ["Summary", "Key quotes", "Timeline"]
        await grace.select(items, menus[0]["custom_id"], "The repairs cost 4 million euros.")
        await playground.wait_until(items, lambda m: "Where it says that" in m.text)
        assert r"**__The repairs \*cost\* 4 million euros__**, he said." in items.text
        assert "“We are open again,” said harbour master Ola Lind." in items.text
        assert "¶2" in items.text
        await grace.select(items, menus[2]["custom_id"], "2 Jan 2026 — A storm broke the pier.")
        await playground.wait_until(items, lambda m: "**__a storm__**" in m.text)


async def test_an_article_that_is_kept_no_more_says_so(
    playground: Playground, ada: Person, general: Channel, nutgraf: Nutgraf
) -> None:
    nutgraf.briefer.outcomes.append(harbour())
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    card = await playground.wait_for_message(general, has_card, after=asked)
    items = await answer_to(playground, await ada.click(card, "Evidence"))
    menu = next(c for c in items.walk() if c["type"] == 3)
    await ada.select(items, menu["custom_id"], "The harbour reopened on Monday.")
    await playground.wait_until(items, lambda m: "no longer keep the text" in m.text)


# --- questions -------------------------------------------------------------------------------------------------

QUESTION = "What do you want to know?"


async def test_a_question_is_answered_alone_and_shown_to_everyone_on_request(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        form = await grace.click(card, "Ask")
    async with running(playground, folder=tmp_path):
        asked = await grace.submit_modal(form, {QUESTION: "What did the repairs cost?"})
        alone = await answer_to(playground, asked)
        assert alone.ephemeral
        assert "4 million euros" in alone.text
        assert "no model" in alone.text
        further = await grace.submit_modal(await grace.click(alone, "Ask"), {QUESTION: "Who is harbour master?"})
        assert "Ola Lind" in (await answer_to(playground, further)).text
    async with running(playground, folder=tmp_path):
        shown = await answer_to(playground, await grace.click(alone, "Show to everyone"))
        assert not shown.ephemeral
        assert "Asked by Grace" in shown.text
        assert "4 million euros" in shown.text
        assert [button["label"] for button in shown.buttons] == ["Ask"]
        further = await ada.say(general, f"{playground.mention} who is harbour master", reply_to=shown)
        answer = await playground.wait_for_message(general, lambda m: "Ola Lind" in m.text, after=further)
        assert answer.reply_to == further.id


async def test_what_the_article_does_not_say_is_told_so(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        form = await ada.click(card, "Ask")
        asked = await ada.submit_modal(form, {QUESTION: "Who won the chess championship in Reykjavik?"})
        assert "The article does not say." in (await answer_to(playground, asked)).text


async def test_a_reply_that_asks_is_answered_by_a_reply_and_thanks_are_left_alone(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        await grace.say(general, "Thanks!", reply_to=card)
        asked = await grace.say(general, "What did the repairs cost?", reply_to=card)
        answer = await playground.wait_for_message(general, lambda m: "4 million" in m.text, after=asked)
        assert answer.reply_to == asked.id
        named = await grace.say(general, f"{playground.mention} who is harbour master", reply_to=card, ping=False)
        answer = await playground.wait_for_message(general, lambda m: "Ola Lind" in m.text, after=named)
        assert answer.reply_to == named.id
        assert len(playground.messages(general, by_bot=True)) == 3
        await grace.click(answer, "Delete")
        await playground.wait_until(answer, lambda m: m.deleted)


async def test_an_answer_is_asked_on_by_a_reply_to_it_after_a_restart_too(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        asked = await grace.say(general, "What did the repairs cost?", reply_to=card)
        first = await playground.wait_for_message(general, lambda m: "4 million" in m.text, after=asked)
    async with running(playground, folder=tmp_path):
        asked = await ada.say(general, "Who is harbour master?", reply_to=first)
        second = await playground.wait_for_message(general, lambda m: "Ola Lind" in m.text, after=asked)
        assert second.reply_to == asked.id
        asked = await ada.say(general, "And what did the repairs cost?", reply_to=second)
        third = await playground.wait_for_message(general, lambda m: "4 million" in m.text, after=asked)
        form = await grace.click(third, "Ask")
        alone = await answer_to(playground, await grace.submit_modal(form, {QUESTION: "Who is harbour master?"}))
        assert alone.ephemeral
        assert "Ola Lind" in alone.text


async def test_a_reply_to_another_message_of_ours_asks_nothing_of_an_article(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        said = await ada.say(general, f"{playground.mention} help me")
        notice = await playground.wait_for_message(general, after=said)
        await ada.say(general, "What did the repairs cost?", reply_to=notice)
        asked = await ada.say(general, "What did the repairs cost?", reply_to=card)
        await playground.wait_for_message(general, lambda m: "4 million" in m.text, after=asked)
    assert len(playground.messages(general, by_bot=True)) == 3


class SlowDesk:
    """Answers once it may."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()

    async def ask(
        self, documents: Sequence[Document], question: str, options: BriefOptions | None = None
    ) -> Reply:
        await self.gate.wait()
        return Reply(state="not said", engine="llm", model="small")


async def test_a_slow_answer_is_acknowledged_told_and_comes(
    playground: Playground, ada: Person, general: Channel
) -> None:
    desk = SlowDesk()
    async with briefed(playground, ada, general, actions=ActionParts(questions=desk, patience=0.01)) as (_, card):
        used = await ada.submit_modal(await ada.click(card, "Ask"), {QUESTION: "Why?"})
        assert used.original is not None
        await playground.wait_until(used.original, lambda m: "Reading the article" in m.text)
        said = await ada.say(general, f"{playground.mention} why?", reply_to=card)
        note = await playground.wait_for_message(general, lambda m: "Reading the article" in m.text, after=said)
        desk.gate.set()
        await playground.wait_until(used.original, lambda m: "does not say" in m.text)
        await playground.wait_until(note, lambda m: "does not say" in m.text)
        assert "small" in note.text


async def test_an_answer_over_time_ends_in_a_sentence(
    playground: Playground, ada: Person, general: Channel
) -> None:
    parts = ActionParts(questions=SlowDesk(), longest=0.01)
    async with briefed(playground, ada, general, actions=parts) as (_, card):
        used = await ada.submit_modal(await ada.click(card, "Ask"), {QUESTION: "Why?"})
        assert "so I stopped" in (await answer_to(playground, used)).text
        asked = await ada.say(general, f"{playground.mention} why?", reply_to=card)
        await playground.wait_for_message(general, lambda m: "so I stopped" in m.text, after=asked)


async def test_who_waits_for_an_answer_is_told_of_a_restart(
    playground: Playground, ada: Person, general: Channel
) -> None:
    parts = ActionParts(questions=SlowDesk(), patience=0.01)
    async with briefed(playground, ada, general, actions=parts) as (_, card):
        used = await ada.submit_modal(await ada.click(card, "Ask"), {QUESTION: "Why?"})
        assert used.original is not None
        await playground.wait_until(used.original, lambda m: "Reading the article" in m.text)
        asked = await ada.say(general, f"{playground.mention} why?", reply_to=card)
        note = await playground.wait_for_message(general, lambda m: "Reading the article" in m.text, after=asked)
    assert "Ask it again in a minute" in used.original.text
    assert "Ask it again in a minute" in note.text


async def test_a_file_that_hung_in_discord_is_wished_otherwise_from_where_it_is_kept(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, playground.mention, files=[("harbour.txt", DOCUMENT.text.encode())])
    card = await playground.wait_for_message(general, has_card, after=asked)
    kept = await nutgraf.store.answers.of_message(card.id)
    assert kept is not None
    assert [source.url.partition(":")[0] for source in kept.order.sources] == ["kept"]


# --- files, sharing, reports -----------------------------------------------------------------------------------


async def test_files_are_sent_to_who_asks_with_words_for_who_does_not_see_them(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        panel = await panel_of(playground, grace, card)
    async with running(playground, folder=tmp_path):
        for label, name in (
            ("Markdown", "harbour-reopens-after-nine-weeks.md"),
            ("JSON", "harbour-reopens-after-nine-weeks.json"),
            ("Timeline picture", "harbour-reopens-after-nine-weeks.png"),
        ):
            sent = await answer_to(playground, await grace.click(panel, label))
            assert sent.ephemeral
            (attached,) = sent.attachments
            assert attached.filename == name
            assert attached.description


async def private_card(playground: Playground, bot: Nutgraf, person: Person, channel: Channel) -> Message:
    await bot.store.shelf.put_document(DOCUMENT, now=datetime.now(UTC))
    bot.briefer.outcomes.append(harbour())
    used = await person.slash("brief", {"link": LINK, "private": True}, channel)
    assert used.original is not None
    return await playground.wait_until(used.original, has_card)


async def test_a_private_briefing_is_shared_and_what_is_shared_has_buttons_of_its_own(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path) as bot:
        mine = await private_card(playground, bot, ada, general)
        assert mine.ephemeral
        await at_rest(bot)
    async with running(playground, folder=tmp_path):
        told = await answer_to(playground, await ada.click(mine, "Share"))
        assert "everyone in this channel sees it" in told.text
        assert told.ephemeral
        (shared,) = [m for m in playground.messages(general, by_bot=True) if not m.ephemeral]
        assert has_card(shared)
        items = await answer_to(playground, await grace.click(shared, "Evidence"))
        assert items.ephemeral
        await ada.click(shared, "Delete")
        await playground.wait_until(shared, lambda m: m.deleted)


async def test_where_the_bot_may_not_post_sharing_says_what_is_missing(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    mine = await private_card(playground, nutgraf, ada, general)
    playground.deny(general, "send_messages")
    told = await answer_to(playground, await ada.click(mine, "Share"))
    assert "Send Messages" in told.text
    assert [m for m in playground.messages(general, by_bot=True) if not m.ephemeral] == []


async def test_a_report_names_the_briefing_and_holds_no_word_of_the_article(
    playground: Playground,
    ada: Person,
    grace: Person,
    general: Channel,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with briefed(playground, ada, general, tmp_path) as (_, card):
        panel = await panel_of(playground, grace, card)
        form = await grace.click(panel, "Report an error")
    async with running(playground, folder=tmp_path) as bot:
        caplog.clear()
        sent = await grace.submit_modal(form, {"What is wrong?": "It was Tuesday."})
        thanks = await answer_to(playground, sent)
        assert "Thank you" in thanks.text
        (report,) = await bot.store.reports.recent(10)
    assert report.trace in thanks.text
    assert report.words == "It was Tuesday."
    assert (report.made_by, report.guild_id) == (grace.id, playground.guild.id)
    assert (report.documents, report.fingerprints) == ((DOCUMENT.id,), (FINGERPRINT,))
    assert report.items[0] == f"summary/1@{DOCUMENT.id}:0-38"
    assert report.engine == "extractive"
    assert "harbour of Lund" not in report.model_dump_json()
    told = [r.getMessage() for r in caplog.records if report.trace in r.getMessage()]
    assert len(told) == 1
    assert "Tuesday" not in caplog.text


async def test_who_reports_more_than_enough_in_a_day_is_told_when_to_go_on(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (bot, card):
        panel = await panel_of(playground, grace, card)
        said = ""
        for number in range(REPORTS_A_DAY + 1):
            form = await grace.click(panel, "Report an error")
            sent = await grace.submit_modal(form, {"What is wrong?": f"It was Tuesday, {number}."})
            said = (await answer_to(playground, sent)).text
        assert f"You have reported {REPORTS_A_DAY} errors today" in said
        assert "after midnight UTC" in said
        assert len(await bot.store.reports.recent(100)) == REPORTS_A_DAY
        form = await ada.click(await panel_of(playground, ada, card), "Report an error")
        others = await ada.submit_modal(form, {"What is wrong?": "It was Wednesday."})
        assert "Thank you" in (await answer_to(playground, others)).text


# --- failures, and what nobody knows ---------------------------------------------------------------------------


async def test_a_failed_briefing_is_tried_again_after_a_restart(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    async with running(playground, folder=tmp_path) as bot:
        bot.briefer.outcomes.append(NotFoundError())
        asked = await ada.say(general, f"{playground.mention} {LINK}")
        failed = await playground.wait_for_message(general, lambda m: "nothing at that" in m.text, after=asked)
        await at_rest(bot)
    async with running(playground, folder=tmp_path) as bot:
        again = await answer_to(playground, await ada.click(failed, "Try again"))
        await playground.wait_until(again, has_card)
        assert options_of(bot) == BriefOptions()


async def test_a_cancelled_briefing_is_started_again(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    nutgraf.briefer.gate.clear()
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    answer = await playground.wait_for_message(general, after=asked)
    await until(lambda: len(nutgraf.briefer.asked) == 1)
    await ada.click(answer, "Cancel")
    await playground.wait_until(answer, lambda m: "Cancelled by" in m.text)
    nutgraf.briefer.gate.set()
    again = await answer_to(playground, await ada.click(answer, "Start again"))
    await playground.wait_until(again, has_card)
    assert "Cancelled by" in answer.text


async def test_buttons_and_forms_that_nobody_knows_are_answered(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (_, card):
        for custom_id in ("nutgraf:old:1", "nutgraf:do:dance:1:1:o"):
            ask = next(c for c in card.walk() if c.get("label") == "Ask")
            ask["custom_id"] = custom_id
            told = await answer_to(playground, await ada.click(card, custom_id))
            assert "another version of me" in told.text
            assert told.ephemeral
        form = await ada.slash("brief", {}, general)
        assert form.modal is not None
        form.modal["custom_id"] = "gone"
        told = await answer_to(playground, await ada.submit_modal(form, {"The article": "x"}))
        assert "Open it once more" in told.text


async def test_every_press_is_acknowledged_however_slow_the_database_is(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with briefed(playground, ada, general) as (bot, card):
        panel = await panel_of(playground, ada, card)
        held = Held(bot.client.desk.book)
        bot.client.desk.book = held  # type: ignore[assignment]
        pressed = [await ada.click(card, label) for label in ("Evidence", "More …", "Ask")]
        pressed += [await ada.click(panel, label) for label in ("Shorter", "JSON", "Report an error")]
        assert all(used.answer is not None for used in pressed)
        held.gate.set()
        shorter = pressed[3].original
        assert shorter is not None
        await playground.wait_until(shorter, has_card)


class Held:
    """A book of answers that waits before it opens."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.gate = asyncio.Event()

    async def get(self, key: str) -> Any:
        await self.gate.wait()
        return await self._book.get(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)


async def test_where_the_bot_is_no_member_everything_works_but_sharing(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person
) -> None:
    elsewhere = playground.create_guild("Somewhere else", people=[ada, grace], with_bot=False, channel="lounge")
    lounge = playground.channel("lounge", guild=elsewhere)
    ada.install()
    card = await private_card(playground, nutgraf, ada, lounge)
    labels = {button.get("label") for button in card.buttons}
    assert "Share" not in labels
    asked = await ada.submit_modal(await ada.click(card, "Ask"), {QUESTION: "What did the repairs cost?"})
    assert "4 million" in (await answer_to(playground, asked)).text
    shorter = await answer_to(playground, await ada.click(await panel_of(playground, ada, card), "Shorter"))
    await playground.wait_until(shorter, has_card)
    assert shorter.ephemeral
    more = next(c for c in card.walk() if c.get("label") == "More …")
    more["custom_id"] = more["custom_id"].replace(":more:", ":share:")
    refused = await answer_to(playground, await ada.click(card, "More …"))
    assert "I am no member of this server" in refused.text


async def test_in_direct_messages_a_question_is_known_by_its_mark_and_thanks_are_left_alone(
    playground: Playground, nutgraf: Nutgraf, ada: Person
) -> None:
    await nutgraf.store.shelf.put_document(DOCUMENT, now=datetime.now(UTC))
    nutgraf.briefer.outcomes.append(harbour())
    asked = await ada.say(ada.dm, LINK)
    card = await playground.wait_for_message(ada.dm, has_card, after=asked)
    question = await ada.say(ada.dm, "What did the repairs cost?", reply_to=card)
    await playground.wait_for_message(ada.dm, lambda m: "4 million" in m.text, after=question)
    another = await ada.say(ada.dm, f"{LINK}/2", reply_to=card)
    await playground.wait_for_message(ada.dm, lambda m: "harbour/2" in m.text, after=another)
    thanks = await ada.say(ada.dm, "Thanks!", reply_to=card)
    wish = await ada.say(ada.dm, "Tell me about the cost", reply_to=card)
    hint = await playground.wait_for_message(ada.dm, lambda m: "end your reply with a question mark" in m.text)
    assert hint.reply_to == wish.id
    assert "“Ask”" in hint.text
    nod = await ada.say(ada.dm, "OK", reply_to=hint)
    last = await ada.say(ada.dm, "And when does it all open again", reply_to=hint)
    await playground.wait_for_message(ada.dm, lambda m: "That message is mine" in m.text, after=last)
    answered = {m.reply_to for m in playground.messages(ada.dm, by_bot=True)}
    assert not answered & {thanks.id, nod.id}, "thanks want no answer"


async def test_a_file_that_cannot_be_made_is_told(playground: Playground, ada: Person, general: Channel) -> None:
    async with briefed(playground, ada, general) as (_, card):
        panel = await panel_of(playground, ada, card)
        button = next(c for c in panel.walk() if c.get("label") == "Markdown")
        button["custom_id"] = button["custom_id"].replace(":markdown", ":papyrus")
        told = await answer_to(playground, await ada.click(panel, "Markdown"))
        assert "do not know that kind of file" in told.text
