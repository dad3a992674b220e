"""The books of the store, as bot.services.books promises them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.domain.draft import Usage
from bot.domain.keeping import BriefKey, Choices, FeedState, Retention
from bot.services import books
from bot.store import tables
from bot.store.database import open_database
from bot.store.store import Store, open_store
from tests.support.briefs import brief
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, delivery, digest, document, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


if TYPE_CHECKING:

    def _fills_the_protocols(
        store: Store,
    ) -> tuple[
        books.DigestBook,
        books.DeliveryBook,
        books.BriefShelf,
        books.FeedBook,
        books.SettingsBook,
        books.UsageBook,
        books.Housekeeping,
    ]:
        return (
            store.digests,
            store.deliveries,
            store.shelf,
            store.feeds,
            store.choices,
            store.usage,
            store.housekeeping,
        )


class TestDigests:
    """DigestBook."""

    async def test_a_digest_comes_back_as_it_was_stored(self, store: Store) -> None:
        asked = digest(
            include=("ferry", "Fähre", "nul \0 in a word"),
            watched_channels=(2**63 - 1,),
            sections=("summary",),
            role_id=9,
            placement="forum",
            says_nothing_new=True,
        )
        stored = await store.digests.add(asked)
        assert stored == asked.model_copy(update={"id": stored.id})
        assert await store.digests.get(stored.id) == stored

    async def test_an_instant_is_kept_whatever_zone_it_came_in(self, store: Store) -> None:
        moment = datetime(2026, 3, 4, 7, 0, tzinfo=timezone(timedelta(hours=5, minutes=45)))
        stored = await store.digests.add(digest(next_run=moment))
        read = await store.digests.get(stored.id)
        assert read is not None
        assert read.next_run == moment
        assert read.next_run.tzinfo == UTC

    async def test_a_naive_instant_is_refused(self, store: Store) -> None:
        with pytest.raises(Exception, match="aware"):
            await store.digests.due(datetime(2026, 3, 4), 10)  # noqa: DTZ001

    async def test_due_ones_come_longest_due_first_up_to_the_limit(self, store: Store) -> None:
        late = await store.digests.add(digest(next_run=NOON - MINUTE))
        exact = await store.digests.add(digest(next_run=NOON))
        await store.digests.add(digest(next_run=NOON + MINUTE))
        await store.digests.add(digest(next_run=NOON - MINUTE, paused=True))
        await store.digests.add(digest(next_run=None))
        assert await store.digests.due(NOON, 10) == [late, exact]
        assert await store.digests.due(NOON, 1) == [late]

    async def test_next_runs_are_set_for_many_at_once(self, store: Store) -> None:
        first, second, third = [await store.digests.add(digest()) for _ in range(3)]
        await store.digests.set_next_runs({second.id: None, first.id: NOON + DAY, 999: NOON})
        await store.digests.set_next_runs({})
        await store.digests.set_next_run(third.id, NOON - DAY)
        assert await store.digests.due(NOON, 10) == [third.model_copy(update={"next_run": NOON - DAY})]

    async def test_update_and_delete_say_whether_it_was_there(self, store: Store) -> None:
        stored = await store.digests.add(digest())
        changed = stored.model_copy(update={"name": "Evening", "paused": True, "next_run": None})
        assert await store.digests.update(changed)
        assert await store.digests.of_guild(1) == [changed]
        assert await store.digests.delete(stored.id)
        assert not await store.digests.delete(stored.id)
        assert not await store.digests.update(changed)
        assert await store.digests.get(stored.id) is None

    async def test_an_id_is_never_given_twice(self, store: Store) -> None:
        first = await store.digests.add(digest())
        await store.digests.delete(first.id)
        assert (await store.digests.add(digest())).id > first.id

    async def test_a_guild_sees_its_own_only_oldest_first(self, store: Store) -> None:
        mine = [await store.digests.add(digest(name=name)) for name in "ab"]
        await store.digests.add(digest(guild_id=7))
        assert await store.digests.of_guild(1) == mine


class TestDeliveries:
    """DeliveryBook."""

    async def test_a_run_starts_once_however_many_try(self, store: Store) -> None:
        run = delivery((await store.digests.add(digest())).id)
        began = await asyncio.gather(*(store.deliveries.start(run) for _ in range(20)))
        assert sorted(began) == [False] * 19 + [True]

    async def test_starting_again_changes_nothing(self, store: Store) -> None:
        run = delivery((await store.digests.add(digest())).id)
        posted = run.model_copy(update={"state": "posted", "posted": NOON, "message_ids": (5,)})
        await store.deliveries.start(run)
        await store.deliveries.finish(posted)
        assert not await store.deliveries.start(run)
        assert await store.deliveries.get(run.digest_id, run.run_key) == posted

    async def test_many_start_at_once_and_the_new_ones_are_told(self, store: Store) -> None:
        ids = [(await store.digests.add(digest())).id for _ in range(3)]
        runs = [delivery(digest_id) for digest_id in ids]
        await store.deliveries.start(runs[1])
        assert await store.deliveries.start_all([*runs, runs[0], delivery(999)]) == {runs[0].key, runs[2].key}
        assert await store.deliveries.start_all([]) == set()
        assert await store.deliveries.start_all([delivery(999)]) == set()

    async def test_a_run_of_a_deleted_digest_does_not_start(self, store: Store) -> None:
        stored = await store.digests.add(digest())
        await store.deliveries.start(delivery(stored.id))
        await store.digests.delete(stored.id)
        assert not await store.deliveries.start(delivery(stored.id))
        await store.deliveries.finish(delivery(stored.id, state="posted"))
        assert await store.deliveries.history(stored.id, 10) == []

    async def test_what_was_posted_is_kept_though_nobody_started_it(self, store: Store) -> None:
        posted = delivery((await store.digests.add(digest())).id, state="posted", message_ids=(1, 2**62))
        await store.deliveries.finish(posted)
        assert await store.deliveries.last_posted(posted.digest_id) == posted

    async def test_history_is_newest_first_and_last_posted_skips_the_others(self, store: Store) -> None:
        digest_id = (await store.digests.add(digest())).id
        runs = [
            delivery(digest_id, f"2026-03-0{day}T07:00", due=NOON + day * DAY, state=state, reason="why")
            for day, state in enumerate(("posted", "posted", "skipped", "failed", "due"))
        ]
        for run in runs:
            await store.deliveries.finish(run)
        assert await store.deliveries.history(digest_id, 3) == [runs[4], runs[3], runs[2]]
        assert await store.deliveries.last_posted(digest_id) == runs[1]
        assert await store.deliveries.unfinished(NOON + 9 * DAY, 5) == [runs[4]]
        assert await store.deliveries.unfinished(NOON, 5) == []

    async def test_told_stories_are_those_posted_since(self, store: Store) -> None:
        digest_id = (await store.digests.add(digest())).id
        for day, stories in enumerate((("a",), ("b", "c"), ("c", "d"))):
            moment = NOON + day * DAY
            run = delivery(digest_id, f"2026-03-0{day}T07:00", state="posted", posted=moment, stories=stories)
            await store.deliveries.finish(run)
        await store.deliveries.start(delivery(digest_id, "2026-03-09T07:00"))
        assert await store.deliveries.told_stories(digest_id, NOON + DAY) == {"b", "c", "d"}


class TestShelf:
    """BriefShelf."""

    async def test_a_document_is_found_by_each_address_and_by_its_id(self, store: Store) -> None:
        kept = document("Zero \0, an emoji 🚢 and more.", published=date(2026, 3, 4), url="https://a.example/1")
        await store.shelf.put_document(
            kept, ["https://a.example/1", "https://t.example/x" + "y" * 4_000], now=NOON
        )
        assert await store.shelf.document("https://a.example/1", NOON) == kept
        assert await store.shelf.document("https://t.example/x" + "y" * 4_000, NOON) == kept
        assert await store.shelf.document_by_id(kept.id) == kept
        assert await store.shelf.document("https://a.example/2", NOON) is None
        assert await store.shelf.document("https://a.example/1", NOON + MINUTE) is None

    async def test_an_address_leads_to_what_was_read_there_last(self, store: Store) -> None:
        old, new = document("The ferry is late."), document("The ferry has come.")
        await store.shelf.put_document(old, ["u"], now=NOON)
        await store.shelf.put_document(new, ["u"], now=NOON + DAY)
        assert await store.shelf.document("u", NOON) == new
        assert await store.shelf.document_by_id(old.id) == old

    async def test_one_text_on_two_sites_keeps_both_names(self, store: Store) -> None:
        ours, theirs = document(site="Courier"), document(site="Herald")
        await store.shelf.put_document(ours, ["a"], now=NOON)
        await store.shelf.put_document(theirs, ["b"], now=NOON)
        assert await store.shelf.document("a", NOON) == ours
        assert await store.shelf.document("b", NOON) == theirs

    async def test_a_brief_comes_back_under_its_key_only(self, store: Store) -> None:
        key = BriefKey.of([document()], prompts_digest="abc", engine="llm", model="m", language="en")
        await store.shelf.put_brief(key, brief(), now=NOON)
        await store.shelf.put_brief(key, brief(engine="llm"), now=NOON)
        assert await store.shelf.brief(key) == brief(engine="llm")
        for change in ({"model": "n"}, {"language": "de"}, {"sections": ("quotes",)}, {"prompts_digest": "abd"}):
            assert await store.shelf.brief(key.model_copy(update=change)) is None
        other = BriefKey.of(
            [document(site="Herald")], prompts_digest="abc", engine="llm", model="m", language="en"
        )
        assert await store.shelf.brief(other) is None

    @pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"body": b"not compressed"}])
    async def test_a_changed_row_is_not_a_brief(self, address: str, change: dict[str, object]) -> None:
        key = BriefKey.of([document()], prompts_digest="abc", engine="extractive")
        async with open_store(address) as store:
            await store.shelf.put_brief(key, brief(), now=NOON)
        async with open_database(address) as database, database.writing() as connection:
            await connection.execute(update(tables.briefs).values(change))
        async with open_store(address) as store:
            assert await store.shelf.brief(key) is None


class TestSmallBooks:
    """FeedBook, SettingsBook, UsageBook."""

    async def test_a_feeds_state_comes_back(self, store: Store) -> None:
        state = FeedState(url="https://a.example/" + "f" * 3_000, etag='"x"', asked=NOON, failures=2, reason="410")
        await store.feeds.put(state.model_copy(update={"etag": None}))
        await store.feeds.put(state)
        assert await store.feeds.states([state.url, "https://b.example"]) == {state.url: state}
        assert await store.feeds.states([]) == {}

    async def test_a_guild_is_told_of_a_failing_feed_once_until_it_works_again(self, store: Store) -> None:
        failing = FeedState(url="u", asked=NOON, failures=1)
        for _ in range(2):  # after a crash it is noted again
            await store.feeds.note_told(1, ["u", "v"])
        assert await store.feeds.told_of(1, ["u", "v", "w"]) == {"u", "v"}
        assert await store.feeds.told_of(2, ["u"]) == await store.feeds.told_of(1, []) == set()
        await store.feeds.put(failing)
        assert await store.feeds.told_of(1, ["u"]) == {"u"}
        await store.feeds.put(failing.model_copy(update={"failures": 0}))
        assert await store.feeds.told_of(1, ["u", "v"]) == {"v"}

    async def test_a_channel_inherits_what_it_did_not_choose(self, store: Store) -> None:
        await store.choices.choose(1, None, Choices(language="de", daily_tokens=5_000))
        await store.choices.choose(1, 8, Choices(language="sv", sections=("quotes",)))
        assert await store.choices.choices(1) == Choices(language="de", daily_tokens=5_000)
        assert await store.choices.choices(1, 8) == Choices(
            language="sv", daily_tokens=5_000, sections=("quotes",)
        )
        assert await store.choices.choices(1, 9) == Choices(language="de", daily_tokens=5_000)
        assert await store.choices.own(1, 8) == Choices(language="sv", sections=("quotes",))
        assert await store.choices.own(2) == Choices()
        await store.choices.choose(1, 8, Choices())
        assert await store.choices.choices(1, 8) == Choices(language="de", daily_tokens=5_000)

    async def test_work_is_counted_once_though_it_is_noted_twice(self, store: Store) -> None:
        today, cost = NOON.date(), Usage(calls=2, prompt_tokens=2**33, completion_tokens=10, seconds=0.5)
        assert await store.usage.spend("brief-1", 1, today, cost, user_id=4)
        assert not await store.usage.spend("brief-1", 1, today, cost, user_id=4)
        assert await store.usage.spend("brief-2", 1, today, Usage(calls=1, estimated=True))
        await store.usage.spend("brief-3", 1, today - DAY, cost)
        await store.usage.spend("brief-4", 2, today, cost)
        assert await store.usage.spent(1, today) == cost.plus(Usage(calls=1, estimated=True))
        assert await store.usage.spent(1, today, user_id=4) == cost
        assert await store.usage.spent(3, today) == Usage()


class TestHousekeeping:
    """Housekeeping."""

    async def test_prune_removes_what_is_old_and_nothing_else(self, store: Store) -> None:
        digest_id = (await store.digests.add(digest())).id
        key = BriefKey.of([document()], prompts_digest="abc", engine="extractive")
        for age in (1, 20):
            then = NOON - age * DAY
            await store.shelf.put_document(document(f"{age} days"), [f"u{age}"], now=then)
            await store.shelf.put_brief(key.model_copy(update={"language": str(age)}), brief(), now=then)
            await store.deliveries.finish(delivery(digest_id, f"r{age}", due=then, state="posted", posted=then))
            await store.usage.spend(f"w{age}", 1, then.date(), Usage(calls=1))
            await store.feeds.put(FeedState(url=f"f{age}", asked=then))
        await store.deliveries.start(delivery(digest_id, "unfinished", due=NOON - 20 * DAY))
        pruned = await store.housekeeping.prune(NOON, Retention(documents=10, briefs=10, deliveries=10))
        assert pruned[:5] == (1, 1, 1, 1, 1)
        assert await store.shelf.document("u1", NOON - 30 * DAY) == document("1 days")
        assert await store.shelf.document("u20", NOON - 30 * DAY) is None
        assert [run.run_key for run in await store.deliveries.history(digest_id, 9)] == ["r1", "unfinished"]
        assert set(await store.feeds.states(["f1", "f20"])) == {"f1"}
        nothing = await store.housekeeping.prune(NOON, Retention(documents=10, briefs=10, deliveries=10))
        assert not any(nothing)

    async def test_prune_of_many_rows_takes_them_all(self, store: Store) -> None:
        ids = [(await store.digests.add(digest())).id for _ in range(3)]
        runs = [delivery(i, f"r{number}", state="posted") for i in ids for number in range(400)]
        await store.deliveries.start_all(runs)
        nothing = Retention(documents=0, briefs=0, deliveries=0)
        assert (await store.housekeeping.prune(NOON, nothing)).deliveries == 1_200

    async def test_a_forgotten_guild_leaves_nothing(self, store: Store) -> None:
        mine, theirs = await store.digests.add(digest()), await store.digests.add(digest(guild_id=2))
        await store.deliveries.start(delivery(mine.id))
        for guild in (1, 2):
            await store.choices.choose(guild, None, Choices(language="de"))
            await store.usage.spend(f"w{guild}", guild, NOON.date(), Usage(calls=1))
            await store.feeds.note_told(guild, ["u"])
        await store.housekeeping.forget_guild(1)
        assert await store.digests.of_guild(1) == []
        assert await store.deliveries.get(mine.id, "2026-03-04T07:00") is None
        assert await store.choices.choices(1) == Choices()
        assert await store.usage.spent(1, NOON.date()) == Usage()
        assert await store.feeds.told_of(1, ["u"]) == set()
        assert await store.digests.of_guild(2) == [theirs]
        assert await store.choices.choices(2) == Choices(language="de")
        assert await store.feeds.told_of(2, ["u"]) == {"u"}

    async def test_a_forgotten_user_stands_nowhere(self, store: Store) -> None:
        made = await store.digests.add(digest(created_by=4))
        await store.usage.spend("w", 1, NOON.date(), Usage(calls=1), user_id=4)
        await store.housekeeping.forget_user(4)
        assert await store.digests.get(made.id) == made.model_copy(update={"created_by": 0})
        assert await store.usage.spent(1, NOON.date(), user_id=4) == Usage()
        assert await store.usage.spent(1, NOON.date()) == Usage(calls=1)


async def test_many_writers_and_readers_at_once_all_finish(store: Store) -> None:
    """More tasks than connections: they queue, and none fails for it."""
    stored = await store.digests.add(digest())

    async def one(number: int) -> bool:
        await store.digests.get(stored.id)
        began = await store.deliveries.start(delivery(stored.id, f"r{number}"))
        await store.deliveries.finish(delivery(stored.id, f"r{number}", state="posted", stories=(str(number),)))
        return began

    assert all(await asyncio.gather(*(one(number) for number in range(100))))
    assert len(await store.deliveries.history(stored.id, 200)) == 100


async def test_a_transaction_that_is_cancelled_changes_nothing(store: Store) -> None:
    stored = await store.digests.add(digest())
    work = [asyncio.create_task(store.deliveries.start(delivery(stored.id, f"r{n}"))) for n in range(20)]
    await asyncio.sleep(0)
    for task in work:
        task.cancel()
    done = await asyncio.gather(*work, return_exceptions=True)
    kept = {run.run_key for run in await store.deliveries.history(stored.id, 50)}
    assert {f"r{n}" for n, began in enumerate(done) if began is True} <= kept
    assert await store.deliveries.start(delivery(stored.id, "after"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(words=st.lists(st.text(max_size=40), max_size=4), reason=st.text(max_size=200))
def test_any_text_comes_back_as_it_was(address: str, words: list[str], reason: str) -> None:
    async def there_and_back() -> None:
        async with open_store(address) as store:
            stored = await store.digests.add(digest(include=tuple(words)))
            run = delivery(stored.id, reason=reason, stories=tuple(words))
            await store.deliveries.finish(run)
            assert await store.digests.get(stored.id) == stored
            assert await store.deliveries.get(stored.id, run.run_key) == run

    asyncio.run(there_and_back())
