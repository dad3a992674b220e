"""The desk of servers' prompts over a real store: what is refused, what is left out, and who else sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.digest import Story
from bot.domain.draft import Usage
from bot.domain.edition import ChosenStory
from bot.domain.errors import CooldownError, NotFoundError, UsageError
from bot.domain.feed import FeedLink, FeedRead
from bot.domain.keeping import Choices
from bot.domain.order import ArticleOrder
from bot.domain.prompt_version import PromptVersion
from bot.domain.section import SectionKind
from bot.domain.source import LinkSource
from bot.prompting import PromptSet, load_prompts
from bot.services.admitting import Admission
from bot.services.briefing import BriefOptions
from bot.services.digests import DigestRunner
from bot.services.feeds import FeedDesk
from bot.services.manners import Asker, Rate, Rates
from bot.services.own_prompts import OwnPrompts
from bot.services.prompt_desk import VERSIONS_KEPT, Form, PromptDesk
from bot.services.settings_desk import SettingsDesk
from bot.services.shelf import Shelved
from bot.store.store import Store
from tests.support.stores import NOON, digest, store_in_a_file

__all__ = ["store_in_a_file"]

GUILD, ADA = 1, 7


@pytest.fixture(scope="module")
def operators() -> PromptSet:
    return load_prompts()


@pytest.fixture
def own(store: Store, operators: PromptSet) -> OwnPrompts:
    return OwnPrompts(store.prompts, operators)


@pytest.fixture
def desk(store: Store, own: OwnPrompts) -> PromptDesk:
    return PromptDesk(store.prompts, own, store.audit, clock=lambda: NOON)


async def saved(desk: PromptDesk, name: str, **changes: object) -> PromptVersion:
    """The prompt changed in these fields of its form, and saved."""
    form = replace(await desk.form(GUILD, name), **changes)  # type: ignore[arg-type]
    drafted = await desk.draft(GUILD, name, ADA, form)
    return await desk.save(GUILD, name, drafted.draft.mark, ADA)


async def added(desk: PromptDesk, name: str, kind: SectionKind = "points") -> PromptVersion:
    form = replace(await desk.fresh(GUILD, name, kind), body="At most {{ max_items }} people.")
    drafted = await desk.draft(GUILD, name, ADA, form)
    assert drafted.problems == ()
    return await desk.save(GUILD, name, drafted.draft.mark, ADA)


async def test_a_server_without_prompts_of_its_own_uses_the_operators(
    own: OwnPrompts, operators: PromptSet
) -> None:
    assert await own.of_guild(GUILD) is None
    assert await own.prompts_of(GUILD) == await own.prompts_of(0) == 0
    assert await own.in_force(GUILD) is operators


async def test_what_a_server_saves_holds_there_and_nowhere_else(desk: PromptDesk, own: OwnPrompts) -> None:
    await saved(desk, "quotes", title="Said aloud", max_items="3")
    assert await own.prompts_of(GUILD) == GUILD
    assert (await own.in_force(GUILD)).prompt("quotes").section.max_items == 3
    assert await own.prompts_of(2) == 0
    assert (await desk.form(2, "quotes")).title == "Key quotes"


async def test_a_draft_that_is_not_valid_is_kept_and_cannot_be_saved(desk: PromptDesk, own: OwnPrompts) -> None:
    bad = Form("{{ max_items }} {{ settings }}", "quotes", "Quotes", "3", "1")
    drafted = await desk.draft(GUILD, "quotes", ADA, bad)
    assert drafted.then is drafted.now
    with pytest.raises(UsageError, match="no variable here"):
        await desk.save(GUILD, "quotes", drafted.draft.mark, ADA)
    assert (await desk.drafted_form(GUILD, "quotes", drafted.draft.mark)).body == bad.body
    assert await own.prompts_of(GUILD) == 0
    assert await desk.discard(GUILD, "quotes")
    with pytest.raises(UsageError, match="thrown away"):
        await desk.save(GUILD, "quotes", drafted.draft.mark, ADA)


async def test_the_last_section_cannot_be_hidden(desk: PromptDesk) -> None:
    await saved(desk, "quotes", enabled=False)
    await saved(desk, "timeline", enabled=False)
    with pytest.raises(UsageError, match="No section would be left"):
        await saved(desk, "summary", enabled=False)


async def test_sections_of_ones_own_are_limited_and_do_not_take_a_name_that_is_there(desk: PromptDesk) -> None:
    for number in range(9):
        await added(desk, f"own{number}")
    with pytest.raises(UsageError, match="at most 12 sections"):
        await desk.fresh(GUILD, "one_more", "points")
    await desk.reset(GUILD, "own8", ADA)
    for taken in ("quotes", "voice", "evidence", "own1"):
        with pytest.raises(UsageError, match="already"):
            await desk.fresh(GUILD, taken, "points")


async def test_a_section_of_ones_own_can_be_chosen_in_the_settings(
    desk: PromptDesk, own: OwnPrompts, store: Store, operators: PromptSet
) -> None:
    await added(desk, "who")
    settings = SettingsDesk(choices=store.choices, audit=store.audit, sections=operators, own=own)
    await settings.choose(GUILD, 0, ADA, "sections", ["who", "summary"])
    assert "who" in [section.name for section in (await settings.panel(GUILD)).sections]
    admission = Admission(choices=store.choices, usage=store.usage, sections=operators, own=own)
    assert (await admission.held(GUILD, 5)).sections == ("who", "summary")
    await desk.reset(GUILD, "who", ADA)
    assert (await admission.held(GUILD, 5)).sections == ("summary",)
    await store.choices.choose(2, None, Choices(sections=("who",)))
    assert (await admission.held(2, 5)).sections is None


async def test_trials_are_bound_by_budgets_and_rates_and_not_by_where_people_may_ask(
    store: Store, operators: PromptSet
) -> None:
    rates = Rates(person=Rate(burst=2, every=60))
    admission = Admission(
        choices=store.choices, usage=store.usage, sections=operators, rates=rates, clock=lambda: NOON
    )
    await store.choices.choose(GUILD, None, Choices(only_channels=(99,), cooldown=600, daily_tokens=10))
    await store.usage.spend("w", GUILD, NOON.date(), Usage(calls=1, prompt_tokens=11))
    asker = Asker(user_id=ADA, guild_id=GUILD, channel_id=5, manages=True)
    order = ArticleOrder(sources=(LinkSource(url="sample:"),))
    afforded = [await admission.afford(asker, order) for _ in range(2)]
    assert [each.order.engine for each in afforded] == ["extractive", "extractive"]
    assert "tokens for today are spent" in str(afforded[0].notice)
    with pytest.raises(CooldownError):
        await admission.afford(asker, order)


async def test_rolling_back_to_what_is_not_valid_any_more_is_refused(
    desk: PromptDesk, store: Store, own: OwnPrompts
) -> None:
    older = PromptVersion(guild_id=GUILD, name="voice", made_by=ADA, made=NOON, text="{{ language }} {{ mood }}")
    await store.prompts.add(older, keep=9)
    assert (await own.in_force(GUILD)).parts["voice"] == own.operators.parts["voice"]  # left out, not failed
    assert (await desk.listed(GUILD))[-1].version is None
    await saved(desk, "voice", body="In {{ language }}, kindly.")
    with pytest.raises(UsageError, match="Version 1 is not valid any more: Line 1: "):
        await desk.roll_back(GUILD, "voice", 1, ADA)


async def test_rolling_back_past_a_reset_gives_the_operators_again(desk: PromptDesk, own: OwnPrompts) -> None:
    await saved(desk, "voice", body="In {{ language }}, kindly.")
    await desk.reset(GUILD, "voice", ADA)
    await desk.roll_back(GUILD, "voice", 1, ADA)
    assert (await own.in_force(GUILD)).parts["voice"] == "In {{ language }}, kindly."
    await desk.roll_back(GUILD, "voice", 2, ADA)
    assert await own.prompts_of(GUILD) == 0
    assert [version.equals for version in await desk.history(GUILD, "voice")] == [2, 1, None, None]


async def test_a_digest_is_written_by_the_prompts_of_its_server(
    desk: PromptDesk, own: OwnPrompts, store: Store
) -> None:
    asked: list[BriefOptions] = []

    class Articles:
        async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
            asked.append(options)
            raise NotFoundError()

    class NoFeeds:
        async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
            raise NotFoundError()

        async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
            return ()

    feeds = FeedDesk(NoFeeds(), store.feeds)
    runner = DigestRunner(feeds=feeds, deliveries=store.deliveries, articles=Articles(), prompt_sets=own)
    story = ChosenStory(story=Story(key="k", title="Ferry", url="https://a.example/1"))
    for guild_id in (GUILD, 2):
        await runner.brief_story(story, digest(guild_id=guild_id))
    assert [options.prompts for options in asked] == [0, 0]
    await saved(desk, "voice", body="In {{ language }}, kindly.")
    for guild_id in (GUILD, 2):
        await runner.brief_story(story, digest(guild_id=guild_id))
    assert [options.prompts for options in asked[2:]] == [GUILD, 0]


async def test_only_so_many_versions_are_kept(desk: PromptDesk) -> None:
    for number in range(VERSIONS_KEPT + 3):
        await saved(desk, "voice", body=f"In {{{{ language }}}}, take {number}.")
    assert len(await desk.history(GUILD, "voice")) == VERSIONS_KEPT
    with pytest.raises(UsageError, match="no version 1 here"):
        await desk.roll_back(GUILD, "voice", 1, ADA)
