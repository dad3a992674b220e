"""A server's own prompts, end to end: looked at, written in the form, tried, saved, gone back on, and in force."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.source import LinkSource
from bot.playground import Message, Person, Playground
from bot.services.briefing import BriefOptions
from tests.support.whole_bot import WholeBot, whole_bot

pytestmark = pytest.mark.e2e


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[WholeBot]:
    """The bot online, without a model."""
    async with whole_bot(playground, tmp_path) as online:
        yield online


async def edited(bot: WholeBot, who: Person, prompt: str, **typed: Any) -> list[Message]:
    """`/prompts edit`, the form filled and sent: all that is answered."""
    form = await who.slash("prompts edit", {"prompt": prompt})
    return await bot.answers(await who.submit_modal(form, typed))


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


async def pressed(bot: WholeBot, who: Person, message: Message, label: str, says: str) -> str:
    """Press it, and wait until the message says that."""
    await who.click(message, label)
    await bot.playground.wait_until(message, lambda m: says in m.text, 30)
    return message.text


async def titles(bot: WholeBot, article: str = "swing-bridge-closure") -> list[str]:
    """The sections of a briefing that is ordered by the prompts of this server."""
    options = BriefOptions(prompts=bot.playground.guild.id)
    brief = await bot.jobs.brief_once([LinkSource(url=bot.playground.article_url(article))], options)
    return [section.title for section in brief.sections]


async def test_all_prompts_are_listed_and_one_is_shown_with_its_file(bot: WholeBot, ada: Person) -> None:
    (listed,) = await bot.whispered(ada, "prompts show")
    assert "**Key quotes** (`quotes`)" in listed.text
    assert "`voice`" in listed.text
    assert "evidence" in listed.text  # and why it is not to be changed
    assert "`evidence`" not in listed.text
    shown, file = await bot.whispered(ada, "prompts show", {"prompt": "quotes"})
    assert "At most {{ max_items }} direct quotes" in shown.text
    assert [attachment.filename for attachment in file.attachments] == ["quotes.md"]
    offered = await ada.autocomplete("prompts edit", "prompt", "quo")
    assert [choice["value"] for choice in offered] == ["quotes"]


async def test_a_prompt_is_typed_tried_saved_and_in_force(bot: WholeBot, ada: Person) -> None:
    assert await titles(bot) == ["Summary", "Key quotes", "Timeline"]
    *card, summary = await edited(bot, ada, "quotes", title="Said aloud", max_items="1", order="1")
    assert card[0].text.index("Said aloud") < card[0].text.index("Summary")
    assert "Title: “Said aloud” instead of “Key quotes”." in summary.text
    assert "The built-in engine wrote this" in summary.text
    assert "Said aloud: items: 1 instead of" in summary.text
    assert labels(summary) == ["Save", "Try again", "Change", "Discard"]
    assert await bot.store.prompts.current(bot.playground.guild.id) == []  # not before it is saved
    assert "Version 1" in await pressed(bot, ada, summary, "Save", "in force")
    assert await titles(bot) == ["Said aloud", "Summary", "Timeline"]
    (entry,) = await bot.store.audit.recent(bot.playground.guild.id, 9)
    assert (entry.kind, entry.what, entry.before, entry.after) == ("prompt", "quotes", None, 1)
    assert entry.made_by == ada.id


async def test_what_is_wrong_is_told_with_its_line_and_what_was_typed_is_kept(bot: WholeBot, ada: Person) -> None:
    bad = "At most {{ max_items }}.\n{% for a in range(10**9) %}x{% endfor %}"
    (told,) = await edited(bot, ada, "quotes", body=bad)
    assert "Line 2: a loop is not allowed here." in told.text
    assert labels(told) == ["Change", "Discard"]
    again = await ada.click(told, "Change")
    assert again.modal is not None
    assert repr(bad)[1:-1] in str(again.modal)
    fixed = await bot.answers(await ada.submit_modal(again, {"body": "At most {{ max_items }} quotes."}))
    assert "Save" in labels(fixed[-1])
    (stale,) = await bot.answers(await ada.click(told, "Change"))
    assert "replaced by a newer one" in stale.text


async def test_secrets_and_files_are_out_of_reach(bot: WholeBot, ada: Person) -> None:
    for reaching in ("{{ ''.__class__ }}", "{{ settings }}", "{% include 'x' %}", "{{ self.__init__ }}"):
        (told,) = await edited(bot, ada, "voice", body="{{ language }} " + reaching)
        assert "Line 1: " in told.text
        assert "Save" not in labels(told)
    (numbers,) = await edited(bot, ada, "quotes", max_items="4000", order="first")
    assert "max\\_items: “4000” is no number from 1 to 40." in numbers.text
    assert "order: “first” is no number" in numbers.text


async def test_versions_are_listed_rolled_back_and_given_up(bot: WholeBot, ada: Person) -> None:
    for title in ("First words", "Second words"):
        summary = (await edited(bot, ada, "quotes", title=title))[-1]
        await pressed(bot, ada, summary, "Save", "in force")
    (history,) = await bot.whispered(ada, "prompts history", {"prompt": "quotes"})
    assert history.text.index("**2**") < history.text.index("**1**")
    offered = await ada.autocomplete("prompts rollback", "version", "", given={"prompt": "quotes"})
    assert [choice["value"] for choice in offered] == [2, 1]
    (back,) = await bot.whispered(ada, "prompts rollback", {"prompt": "quotes", "version": 1})
    assert "Version 3 of “quotes” is in force; it is as version 1 was." in back.text
    assert (await titles(bot))[1] == "First words"
    (given_up,) = await bot.whispered(ada, "prompts reset", {"prompt": "quotes"})
    assert "the operator's again" in given_up.text
    assert (await titles(bot, "night-bus-strike"))[1] == "Key quotes"
    (nothing,) = await bot.whispered(ada, "prompts reset", {"prompt": "quotes"})
    assert "the operator's here already" in nothing.text
    (never,) = await bot.whispered(ada, "prompts rollback", {"prompt": "quotes", "version": 9})
    assert "no version 9" in never.text


async def test_a_section_of_ones_own_is_added(bot: WholeBot, ada: Person) -> None:
    form = await ada.slash("prompts add", {"name": "Who is who", "kind": "points"})
    typed = {"title": "Who is who", "body": "At most {{ max_items }} people, each with a role."}
    summary = (await bot.answers(await ada.submit_modal(form, typed)))[-1]
    assert "“who\\_is\\_who” is a new section." in summary.text
    assert "leaves “Who is who” empty: only a model can write it" in summary.text
    await pressed(bot, ada, summary, "Save", "in force")
    (listed,) = await bot.whispered(ada, "prompts show")
    assert "`who_is_who`" in listed.text
    (twice,) = await bot.answers(await ada.slash("prompts add", {"name": "quotes", "kind": "points"}))
    assert "already" in twice.text


async def test_only_who_manages_the_server_may_use_the_buttons(bot: WholeBot, ada: Person, grace: Person) -> None:
    summary = (await edited(bot, ada, "quotes", title="Mine"))[-1]
    summary.visible_to = grace.id  # as if somebody forged a click
    refused = await grace.click(summary, "Save")
    assert refused.original is not None
    assert "Only people who may manage this server" in refused.original.text
    assert await bot.store.prompts.current(bot.playground.guild.id) == []


async def test_a_draft_is_saved_after_a_restart(playground: Playground, ada: Person, tmp_path: Path) -> None:
    async with whole_bot(playground, tmp_path) as before:
        summary = (await edited(before, ada, "quotes", title="Said aloud"))[-1]
    async with whole_bot(playground, tmp_path) as after:
        assert "Version 1" in await pressed(after, ada, summary, "Save", "in force")


async def test_what_is_typed_while_the_bot_restarts_is_taken(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    async with whole_bot(playground, tmp_path):
        form = await ada.slash("prompts edit", {"prompt": "quotes"})
    async with whole_bot(playground, tmp_path) as after:
        typed = {"title": "Said aloud", "body": "At most {{ max_items }} quotes.", "enabled": "no"}
        summary = (await after.answers(await ada.submit_modal(form, typed)))[-1]
        assert "Title: “Said aloud” instead of “Key quotes”." in summary.text
        assert "Shown only when it is asked for." in summary.text


async def test_a_model_reads_the_servers_words_and_the_trial_is_paid_by_the_server(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    model = {"llm_base_url": playground.model_url, "llm_model": "stand-in"}
    async with whole_bot(playground, tmp_path, **model) as bot:
        body = "You write in {{ language }}, as a ferryman speaks."
        summary = (await edited(bot, ada, "voice", body=body))[-1]
        assert "as a ferryman speaks" in str(playground.model.requests[-1])
        assert (await bot.store.usage.spent(playground.guild.id, datetime.now(UTC).date())).calls == 1
        await pressed(bot, ada, summary, "Save", "in force")
        (tried, *_, told) = await bot.whispered(
            ada, "prompts try", {"link": playground.article_url("night-bus-strike")}
        )
        assert "bus" in tried.text.lower()
        assert "by the prompts of this server" in told.text


async def test_a_spent_budget_leaves_the_built_in_engine_to_try_with(
    playground: Playground, ada: Person, tmp_path: Path
) -> None:
    settings = {"llm_base_url": playground.model_url, "llm_model": "stand-in", "guild_daily_tokens": 0}
    async with whole_bot(playground, tmp_path, **settings) as bot:
        summary = (await edited(bot, ada, "quotes", title="Said aloud"))[-1]
        assert "The built-in engine wrote this" in summary.text
        assert playground.model.requests == []
