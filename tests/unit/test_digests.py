"""A run of a digest: what is told, what is left out and why, what is read and paid for, and when it runs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.brief import PointsSection
from bot.domain.edition import Choice, DigestEdition, StoryBrief, Tastes
from bot.domain.errors import BlockedError, RateLimitedError
from bot.domain.feed import FeedItem, FeedRead
from bot.domain.keeping import FeedState
from bot.domain.order import Length
from bot.domain.schedule import Schedule
from bot.services.choosing import Question, choose_stories, story_key
from bot.services.editions import story_brief
from bot.services.feeds import LONGEST_PAUSE, FeedDesk, brought, failed, trouble_of
from bot.services.runs import advance, first_window, manual_run, plan_run
from bot.services.sharing import Sharing
from bot.services.shelf import Shelved
from bot.wording import told
from tests.support.briefs import brief
from tests.support.digest_parts import (
    GONE,
    NOW,
    SCHEDULE,
    SITE_A,
    SITE_B,
    SITE_C,
    UNREACHABLE,
    House,
    MemoryFeeds,
    TableFeeds,
    digest,
    item,
)

QUAKE = (
    item(
        SITE_A, "Strong earthquake shakes northern Chile", "A magnitude 6.8 quake near Iquique killed 12 people."
    ),
    item(
        SITE_B, "Quake near Iquique kills 14 in Chile", "Rescuers search Iquique after a 6.8-magnitude earthquake."
    ),
)
BRIDGE = item(SITE_A, "Havenport bridge closed after cracks found", "Inspectors found cracks in two pillars.")
BREAD = item(SITE_C, "How to bake a rye bread in a morning", "Flour, water, salt and some patience.")


def question(*items: FeedItem, **changes: object) -> Question:
    known: dict[str, object] = {"digest": digest(), "now": NOW, "since": NOW - timedelta(days=1), "items": items}
    return Question(**(known | changes))  # type: ignore[arg-type]


def reasons(choice: Choice) -> dict[str, str]:
    return {story.title: story.reason for story in (*(it.story for it in choice.chosen), *choice.left_out)}


def test_one_event_of_two_feeds_is_one_story_with_both_sources() -> None:
    choice = choose_stories(question(*QUAKE, BREAD))
    first = choice.chosen[0]
    assert [telling.outlet for telling in first.tellings] == ["Aster", "Birch"]
    assert first.story.reason == "in: told by 2 feeds"
    assert first.differences == ("sources differ: 12 dead (Aster), 14 dead (Birch)",)
    assert len(choice.chosen) == 2


def test_the_same_question_has_the_same_answer_in_any_order() -> None:
    one = choose_stories(question(*QUAKE, BRIDGE, BREAD))
    assert choose_stories(question(BREAD, BRIDGE, *QUAKE[::-1])) == one


def test_the_same_address_in_two_feeds_is_one_telling() -> None:
    copy = BRIDGE.model_copy(update={"feed": f"{SITE_C}/feed"})
    (chosen,) = choose_stories(question(BRIDGE, copy)).chosen
    assert len(chosen.tellings) == 1
    assert chosen.story.feeds == (f"{SITE_A}/feed",)


def test_a_story_told_before_is_out_with_the_day_it_was_told() -> None:
    told = {story_key(BRIDGE.url): datetime(2026, 3, 9, 6, tzinfo=UTC)}
    choice = choose_stories(question(BRIDGE, BREAD, told=told))
    assert reasons(choice)[BRIDGE.title] == "out: already told on Monday"
    assert [chosen.story.title for chosen in choice.chosen] == [BREAD.title]


def test_a_later_copy_by_another_feed_of_what_was_told_is_out_too() -> None:
    early = QUAKE[0].model_copy(update={"published": NOW - timedelta(hours=30)})
    told = {story_key(early.url): NOW - timedelta(hours=23)}
    choice = choose_stories(question(early, QUAKE[1], told=told))
    assert choice.chosen == ()
    assert "already told" in reasons(choice)[QUAKE[1].title]


def test_news_of_a_told_story_by_a_feed_that_told_it_is_in() -> None:
    early = QUAKE[0].model_copy(update={"published": NOW - timedelta(hours=30)})
    later = item(
        SITE_A, "Chile earthquake: Iquique survivor found after a day", "The magnitude 6.8 quake killed 12 people."
    )
    told = {story_key(early.url): NOW - timedelta(hours=23)}
    assert [it.story.title for it in choose_stories(question(early, later, told=told)).chosen] == [later.title]


def test_the_same_headline_at_a_new_address_is_told_already() -> None:
    (chosen,) = choose_stories(question(BRIDGE)).chosen
    moved = BRIDGE.model_copy(update={"url": f"{SITE_A}/2026/bridge-closed"})
    choice = choose_stories(question(moved, told=dict.fromkeys(chosen.told_keys, NOW - timedelta(days=1))))
    assert choice.chosen == ()


def test_items_from_before_the_last_digest_are_out_and_late_ones_are_in() -> None:
    old = item(SITE_A, "Old news of the harbour in Lund", hours=60)
    late = item(SITE_B, "Ferry timetable of Lund is changed", hours=30)
    choice = choose_stories(question(old, late))
    assert reasons(choice)[old.title] == "out: from before the last digest"
    assert [it.story.title for it in choice.chosen] == [late.title]


def test_undated_items_go_by_when_they_were_first_seen() -> None:
    seen_now = BRIDGE.model_copy(update={"published": None, "first_seen": NOW})
    seen_long_ago = BREAD.model_copy(update={"published": None, "first_seen": NOW - timedelta(days=4)})
    choice = choose_stories(question(seen_now, seen_long_ago))
    assert [it.story.title for it in choice.chosen] == [BRIDGE.title]
    assert choice.chosen[0].story.day is None


def test_words_let_stories_in_and_keep_them_out_and_say_so() -> None:
    wanted = digest(include=("bridge", "chile"), exclude=("earthquake",))
    choice = choose_stories(question(*QUAKE, BRIDGE, BREAD, digest=wanted))
    said = reasons(choice)
    assert said[QUAKE[0].title] == "out: has the word “earthquake”"
    assert said[BREAD.title] == "out: has none of the words asked for"
    assert [it.story.title for it in choice.chosen] == [BRIDGE.title]


def test_interests_and_reactions_lift_a_story() -> None:
    one = digest(stories=1)
    assert choose_stories(question(BRIDGE, BREAD, digest=one, tastes=Tastes(interests=("rye",)))).chosen[
        0
    ].story.title == (BREAD.title)
    liked = Tastes(feeds={f"{SITE_C}/feed": 1.0}, terms={"cracks": -1.0})
    assert choose_stories(question(BRIDGE, BREAD, digest=one, tastes=liked)).chosen[0].story.title == BREAD.title


def test_what_is_left_out_is_listed_up_to_a_limit_and_counted_in_full() -> None:
    items = [
        item(SITE_A, f"Item {number} of the archive at {number}", hours=100, path=str(number))
        for number in range(90)
    ]
    choice = choose_stories(question(*items))
    assert len(choice.left_out) == 25
    assert choice.counted_out == 90


async def test_an_edition_holds_proven_points_with_links_and_survives_json() -> None:
    house = House(*QUAKE, BRIDGE, BREAD)
    edition = await house.runner.prepare(digest(), NOW)
    assert len(edition.stories) == 3
    assert all(story.points and story.url and story.unread is None for story in edition.stories)
    assert all(len(story.points) <= 3 for story in edition.stories)
    assert DigestEdition.model_validate_json(edition.model_dump_json()) == edition
    assert set(edition.told_keys) >= {story_key(found.url) for found in (*QUAKE, BRIDGE, BREAD)}


@pytest.mark.parametrize(
    ("length", "stories", "told"),
    [("short", 5, 1), ("standard", 5, 3), ("standard", 9, 2), ("long", 5, 5), ("long", 9, 4)],
)
def test_the_length_says_how_many_points_a_story_has(length: Length, stories: int, told: int) -> None:
    points = PointsSection(name="summary", title="Summary", items=(brief().sections[0].items[0],) * 9)  # type: ignore[arg-type]
    made = brief().model_copy(update={"sections": (points,)})
    (chosen,) = choose_stories(question(BRIDGE)).chosen
    wanted = digest(length=length, stories=stories)
    assert len(story_brief(chosen, chosen.tellings[0], Shelved(made, paid=True), wanted).points) == told


async def test_a_digests_length_reaches_the_briefing() -> None:
    house = House(BRIDGE)
    await house.runner.prepare(digest(), NOW)
    await house.runner.prepare(digest(length="long"), NOW)
    assert sum(house.engine.written.values()) == 2


async def test_the_next_run_tells_none_of_it_again() -> None:
    house = House(*QUAKE, BRIDGE, BREAD)
    first = await house.runner.prepare(digest(), NOW)
    last = house.posted("2026-03-10T07:00", first.told_keys, NOW)
    second = await house.runner.prepare(digest(says_nothing_new=True), NOW + timedelta(days=1), last)
    assert second.stories == ()
    assert second.line == "Nothing new since the last digest."
    assert (await house.runner.prepare(digest(), NOW + timedelta(days=1), last)).silent


async def test_preview_and_run_are_the_same() -> None:
    house = House(*QUAKE, BRIDGE, BREAD)
    preview = await house.runner.prepare(digest(), NOW)
    run = await house.runner.prepare(digest(), NOW)
    strip = [story.model_copy(update={"usage": preview.stories[0].usage}) for story in run.stories]
    assert strip == list(preview.stories)
    assert run.left_out == preview.left_out


async def test_the_steps_one_by_one_give_what_prepare_gives() -> None:
    house = House(*QUAKE, BRIDGE)
    for url in digest().feeds:
        assert await house.runner.fetch_feed(url, NOW) is None
    choice = Choice.model_validate_json((await house.runner.choose(digest(), NOW)).model_dump_json())
    briefs = [await house.runner.brief_story(chosen, digest()) for chosen in choice.chosen]
    assert all(StoryBrief.model_validate_json(brief.model_dump_json()) == brief for brief in briefs)
    edition = await house.runner.prepare(digest(), NOW)
    assert [story.points for story in edition.stories] == [brief.points for brief in briefs]
    assert set(house.feeds.asked.values()) == {1}


async def test_many_digests_at_once_fetch_each_feed_and_write_each_article_once() -> None:
    house = House(*QUAKE, BRIDGE, BREAD)
    wanted = [digest(id=number, guild_id=number) for number in range(1, 200)]
    editions = await asyncio.gather(*(house.runner.prepare(one, NOW) for one in wanted))
    assert {len(edition.stories) for edition in editions} == {3}
    assert dict(house.feeds.asked) == dict.fromkeys(digest().feeds, 1)
    assert set(house.articles.asked.values()) == {1}
    assert set(house.engine.written.values()) == {1}
    paid = [story for edition in editions for story in edition.stories if story.usage.seconds or story.usage.calls]
    assert len(paid) <= 3


async def test_the_last_of_the_runs_that_were_due_together_reads_no_feed_again() -> None:
    house = House(*QUAKE, BRIDGE)
    await house.runner.prepare(digest(), NOW, due=NOW)
    later = NOW + timedelta(minutes=40)
    for runner in (house.runner, house.another_process()):
        assert await runner.stale_feeds(digest(), later, NOW) == []
        await runner.prepare(digest(), later, due=NOW)
    assert set(house.feeds.asked.values()) == {1}
    await house.runner.prepare(digest(), later, due=later)
    assert set(house.feeds.asked.values()) == {2}


async def test_another_process_finds_feeds_and_briefs_where_the_first_left_them() -> None:
    house = House(*QUAKE, BRIDGE)
    await house.runner.prepare(digest(), NOW)
    other = await house.another_process().prepare(digest(id=5), NOW + timedelta(minutes=3))
    assert len(other.stories) == 2
    assert set(house.feeds.asked.values()) == set(house.engine.written.values()) == {1}


async def test_a_feed_that_fails_sinks_nothing_and_is_told_with_the_reason() -> None:
    house = House(*QUAKE, BRIDGE)
    house.feeds.failing[f"{SITE_B}/feed"] = UNREACHABLE
    edition = await house.runner.prepare(digest(), NOW)
    assert len(edition.stories) == 2
    (trouble,) = edition.troubles
    assert trouble.feed == f"{SITE_B}/feed"
    assert "did not answer in time" in trouble.sentence
    assert trouble.retry_after is not None


async def test_a_failing_feed_is_left_alone_for_longer_and_longer() -> None:
    feeds = TableFeeds(*QUAKE)
    feeds.failing[QUAKE[0].feed] = GONE
    desk, now = FeedDesk(feeds, MemoryFeeds()), NOW
    for _ in range(24 * 60):
        await desk.state(QUAKE[0].feed, now)
        now += timedelta(minutes=1)
    assert feeds.asked[QUAKE[0].feed] == 9  # after 0, 5, 15, 35, 75, 155, 315, 635, 1275 minutes
    feeds.failing.clear()
    state = await desk.state(QUAKE[0].feed, now + LONGEST_PAUSE)
    assert (state.failures, state.retry_after, len(state.items)) == (0, None, 1)


async def test_an_unchanged_feed_keeps_its_items_and_sends_its_validator() -> None:
    feeds = TableFeeds(BRIDGE)
    desk = FeedDesk(feeds, MemoryFeeds())
    await desk.state(BRIDGE.feed, NOW)
    feeds.unchanged = True
    state = await desk.state(BRIDGE.feed, NOW + timedelta(hours=1))
    assert feeds.validators == [None, "v1"]
    assert [kept.url for kept in state.items] == [BRIDGE.url]


def test_what_was_once_seen_keeps_its_first_sight_and_a_date_ahead_counts_as_none() -> None:
    undated = BRIDGE.model_copy(update={"published": None})
    ahead = BREAD.model_copy(update={"published": NOW + timedelta(days=400)})
    state = brought(FeedState(url=BRIDGE.feed), FeedRead(url=BRIDGE.feed, items=(undated, ahead)), NOW)
    later = brought(state, FeedRead(url=BRIDGE.feed, items=(undated, ahead)), NOW + timedelta(days=30))
    assert {kept.moment for kept in later.items} == {NOW}


def test_a_long_feed_without_dates_does_not_become_new_again() -> None:
    items = tuple(BRIDGE.model_copy(update={"published": None, "url": f"{SITE_A}/{n}"}) for n in range(250))
    state = brought(FeedState(url=BRIDGE.feed), FeedRead(url=BRIDGE.feed, items=items), NOW)
    again = brought(state, FeedRead(url=BRIDGE.feed, items=items), NOW + timedelta(days=1))
    assert {kept.first_seen for kept in again.items} == {NOW}


def test_a_failure_keeps_the_items_and_says_why() -> None:
    state = failed(FeedState(url="https://e.org/f", items=(BRIDGE,)), "It broke.", NOW)
    trouble = trouble_of(state)
    assert state.items == (BRIDGE,)
    assert trouble is not None
    assert "It broke." in trouble.sentence


async def test_a_story_that_cannot_be_read_is_told_from_another_source() -> None:
    house = House(*QUAKE)
    house.articles.failing[QUAKE[0].url] = BlockedError("That page wants to be paid for (402).")
    (story,) = (await house.runner.prepare(digest(), NOW)).stories
    assert (story.url, story.unread) == (QUAKE[1].url, None)


async def test_a_story_that_nobody_lets_us_read_is_listed_with_the_reason_and_not_briefed() -> None:
    house = House(BRIDGE, BREAD)
    house.articles.failing[BRIDGE.url] = BlockedError("That page wants to be paid for (402).")
    edition = await house.runner.prepare(digest(), NOW)
    last = edition.stories[-1]
    assert (last.unread, last.points) == ("not read: That page wants to be paid for (402).", ())
    assert edition.stories[0].points


async def test_a_model_that_fails_leaves_the_links_standing() -> None:
    house = House(BRIDGE)
    house.engine.down = RateLimitedError()
    (story,) = (await house.runner.prepare(digest(), NOW)).stories
    assert story.unread == "not briefed: The model endpoint is busy."


async def test_work_under_way_is_shared_and_outlives_one_who_gives_up() -> None:
    sharing: Sharing[str, int] = Sharing()
    started, go = 0, asyncio.Event()

    async def work() -> int:
        nonlocal started
        started += 1
        await go.wait()
        return 7

    first, second = (asyncio.create_task(sharing.once("key", work)) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    await asyncio.sleep(0)
    go.set()
    assert await second == 7
    assert started == 1


async def test_work_that_nobody_waits_for_is_stopped() -> None:
    sharing: Sharing[str, int] = Sharing()
    stopped = asyncio.Event()

    async def work() -> int:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        return 0

    only = asyncio.create_task(sharing.once("key", work))
    await asyncio.sleep(0.01)
    only.cancel()
    await asyncio.wait_for(stopped.wait(), 5)


def test_a_run_on_time_is_made_without_a_word_and_the_next_is_set() -> None:
    plan = plan_run(digest(next_run=NOW), NOW + timedelta(seconds=20), timedelta(hours=6))
    assert plan.run is not None
    assert (plan.run.key, plan.skipped, plan.notice) == ("digest-4-2026-03-10T07:00", (), None)
    assert plan.digest.next_run == NOW + timedelta(days=1)


def test_a_late_run_says_how_late_it_is() -> None:
    plan = plan_run(digest(next_run=NOW), NOW + timedelta(hours=2, minutes=40), timedelta(hours=6))
    assert (
        told(plan.notice or "")
        == "Due at 07:00 (Europe/Berlin), 2 hours 40 minutes late: the bot was not running or busy."
    )


def test_after_days_away_only_the_latest_run_within_the_grace_is_made() -> None:
    plan = plan_run(digest(next_run=NOW), NOW + timedelta(days=3, hours=1), timedelta(hours=6))
    assert plan.run is not None
    assert plan.run.run_key == "2026-03-13T07:00"
    assert [run.run_key[:10] for run in plan.skipped] == ["2026-03-10", "2026-03-11", "2026-03-12"]
    assert {run.state for run in plan.skipped} == {"skipped"}
    assert all(run.reason for run in plan.skipped)
    late = plan_run(digest(next_run=NOW), NOW + timedelta(days=3, hours=7), timedelta(hours=6))
    assert late.run is None
    assert len(late.skipped) == 4


@pytest.mark.parametrize("changes", [{"paused": True, "next_run": NOW}, {"next_run": NOW + timedelta(hours=1)}])
def test_what_is_paused_or_not_yet_due_does_not_run(changes: dict[str, object]) -> None:
    plan = plan_run(digest(**changes), NOW, timedelta(hours=6))
    assert (plan.run, plan.skipped) == (None, ())


def test_a_digest_without_a_next_run_gets_one_and_a_paused_one_loses_it() -> None:
    assert plan_run(digest(next_run=None), NOW, timedelta(hours=1)).digest.next_run == NOW + timedelta(days=1)
    assert advance(digest(paused=True, next_run=NOW), NOW).next_run is None


def test_run_now_has_a_key_of_its_own() -> None:
    assert manual_run(digest(), NOW).run_key == "2026-03-10T07:00:00-now"


@pytest.mark.parametrize(
    ("schedule", "window"),
    [
        (SCHEDULE, timedelta(days=1)),
        (Schedule(zone="UTC", times=(time(7), time(19))), timedelta(days=1)),
        (Schedule(zone="UTC", times=(time(7),), days=frozenset({2})), timedelta(days=7)),
    ],
)
def test_a_first_digest_looks_back_as_far_as_its_runs_lie_apart(schedule: Schedule, window: timedelta) -> None:
    assert first_window(schedule, NOW) == window
