"""Jobs on the real engine and both databases: done once, shared, answered, kept through a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.errors import DeliveryError, NotFoundError
from bot.domain.order import ArticleOrder
from bot.domain.schedule import Schedule
from bot.domain.source import LinkSource, TextSource
from bot.jobs.opening import Jobs
from bot.jobs.orders import BriefOrder
from bot.services.briefing import BriefOptions
from bot.services.runs import plan_run
from tests.support.durable import MORNING, SOMEWHERE, World, prompts, where, world
from tests.support.postgres import postgres_url

__all__ = ["postgres_url", "prompts", "where", "world"]

LATER = Schedule(zone="Europe/Berlin", times=(time(7, 1),))
RUN = "2026-03-04T07:00"
LOCK = "https://news.example/lock"


def order(key: str, url: str = LOCK, **changes: object) -> BriefOrder:
    known: dict[str, object] = {
        "key": key,
        "guild_id": 1,
        "article": ArticleOrder(sources=(LinkSource(url=url),)),
        "place": SOMEWHERE,
    }
    return BriefOrder.model_validate(known | changes)


async def until(claim: Callable[[], bool], *, seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not claim():  # noqa: ASYNC110 - what the world counts tells nobody
            await asyncio.sleep(0.02)


async def test_an_article_that_many_ask_for_is_read_and_written_once(world: World, where: str) -> None:
    spellings = (LOCK, f"{LOCK}?utm_source=x", LOCK.replace("news.", "www.news."))
    async with world.jobs(where) as jobs:
        orders = [order(f"m{n}", spellings[n % 3], guild_id=n % 3) for n in range(9)]
        outcomes = await asyncio.gather(*(jobs.outcome(each) for each in orders))
    assert all(outcome.brief for outcome in outcomes)
    assert sorted(world.channel.answers) == sorted(each.key for each in orders)
    assert sum(world.news.pages_read.values()) == 1
    assert sum(world.engine.written.values()) == 1


async def test_an_order_told_twice_is_one_job(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        await asyncio.gather(jobs.outcome(order("m1")), jobs.outcome(order("m1")))
        assert await jobs.accept(order("m1")) == "brief-m1"
        await _idle(jobs)
    assert list(world.channel.answers) == ["m1"]


async def test_asked_for_no_job_the_engine_tells_of_none(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        await jobs.outcome(order("m1"))
        await _idle(jobs)
        engine = jobs._queues._engine
        assert list(await engine.ended(["brief-m1"])) == ["brief-m1"]
        assert await engine.ended([]) == {}


async def test_a_failure_is_an_answer_too(world: World, where: str) -> None:
    async with world.jobs(where) as jobs:
        outcome = await jobs.outcome(order("m1", "https://news.example/missing"))
    assert outcome.failure
    assert outcome.failure.code == "source-not-found"
    assert isinstance(world.channel.answers["m1"], NotFoundError)


async def test_text_that_was_handed_in_lies_on_the_shelf_and_not_in_the_job(world: World, where: str) -> None:
    text = "The harbour reopened on Monday.\n\n“It was time,” said mayor Ina Berg."
    async with world.jobs(where) as jobs:
        link = await jobs.keep(TextSource(text=text))
        outcome = await jobs.outcome(order("m1", link.url))
    assert link.url.startswith("kept:")
    assert outcome.brief


async def test_work_under_way_is_finished_by_the_next_process(world: World, where: str) -> None:
    world.news.gate.clear()
    digest = await world.digest()
    async with world.jobs(where) as jobs:
        await jobs.accept(order("m1"))
        await until(lambda: len(world.news.pages_read) >= 2)
    assert world.channel.posts == []
    world.news.gate.set()
    async with world.jobs(where):
        assert await world.settled((digest.id, RUN)) == ["posted"]
        await until(lambda: "m1" in world.channel.answers)
    assert len(world.channel.posts) == 1


async def test_a_cancelled_order_stops_its_article(
    world: World, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.news.gate.clear()
    async with world.jobs(where) as jobs:
        waiting = asyncio.create_task(jobs.outcome(order("m1")))
        await until(lambda: world.news.pages_read[LOCK] == 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await _idle(jobs)
        world.news.gate.set()
        again = await jobs.outcome(order("m2"))
    assert again.brief
    assert list(world.channel.answers) == ["m2"]
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_due_digest_is_posted_once_and_moves_on(world: World, where: str) -> None:
    digest = await world.digest()
    async with world.jobs(where):
        assert await world.settled((digest.id, RUN)) == ["posted"]
    assert [key for key, _ in world.channel.posts] == [f"digest-{digest.id}-{RUN}"]
    moved = await world.store.digests.get(digest.id)
    assert moved
    assert moved.next_run
    assert moved.next_run == MORNING + timedelta(days=1)


async def test_a_run_that_is_enqueued_again_is_not_made_again(world: World, where: str) -> None:
    digest = await world.digest()
    async with world.jobs(where):
        await world.settled((digest.id, RUN))
        # A crash between the queue and the book: the digest is still due, its run is made.
        await world.store.digests.set_next_run(digest.id, MORNING)
        await asyncio.sleep(0.5)
        await _settled_again(world, digest.id)
    assert len(world.channel.posts) == 1


async def test_who_queues_runs_is_told_how_many_were_new(world: World, where: str) -> None:
    digests = [await world.digest(guild_id=guild) for guild in range(1, 4)]
    plans = [await asyncio.to_thread(plan_run, digest, MORNING, timedelta(hours=1)) for digest in digests]
    async with world.jobs(where, work=False, tick=False) as jobs:
        assert await jobs.enqueue_runs(plans[:2]) == 2
        assert await jobs.enqueue_runs(plans) == 1
        assert await jobs.enqueue_runs(plans) == 0
        assert (await jobs.depth())["digest-run"] == 3


async def test_digests_of_one_minute_share_feeds_and_articles(world: World, where: str) -> None:
    feeds = [f"https://news.example/feed/{n}" for n in range(3)]
    digests = [await world.digest(guild_id=n, feeds=(feeds[n % 3],)) for n in range(12)]
    async with world.jobs(where):
        states = await world.settled(*((digest.id, RUN) for digest in digests), seconds=60)
    assert states == ["posted"] * 12
    assert len(world.channel.posts) == 12
    assert set(world.news.feeds_read.values()) == {1}
    assert set(world.news.pages_read.values()) == {1}
    assert set(world.engine.written.values()) == {1}


async def test_digests_have_their_turn_though_somebody_always_asks(world: World, where: str) -> None:
    world.news.gate.clear()
    async with world.jobs(where) as jobs:
        for n in range(4):  # as many as are written at once
            await jobs.accept(order(f"early{n}", f"https://news.example/early{n}", guild_id=n))
        await until(lambda: len(world.news.pages_read) == 4)
        digests = [await world.digest(guild_id=n, feeds=(f"https://news.example/feed/{n}",)) for n in range(2)]
        await _waiting(jobs, 6)
        for n in range(8):
            await jobs.accept(order(f"late{n}", f"https://news.example/late{n}", guild_id=n))
        await _waiting(jobs, 14)
        assert await world.let_on(jobs) == 1
        world.news.gate.set()
        assert await world.settled(*((digest.id, RUN) for digest in digests)) == ["posted"] * 2
    read = list(world.news.pages_read)
    digests_own = [place for place, url in enumerate(read) if "early" not in url and "late" not in url]
    assert digests_own[0] < 8, "the one that was let on goes before those who came after it"
    assert digests_own[1] >= 8, "the other one waits: people go first"


async def test_an_article_that_a_digest_waits_for_is_urgent_once_a_person_asks_for_it(
    world: World, where: str
) -> None:
    world.news.gate.clear()
    async with world.jobs(where) as jobs:
        for n in range(4):  # as many as are written at once
            await jobs.accept(order(f"early{n}", f"https://news.example/early{n}", guild_id=n))
        await until(lambda: len(world.news.pages_read) == 4)
        for_digest = asyncio.create_task(jobs.articles.brief_once(order("-").article.sources, BriefOptions()))
        await _waiting(jobs, 5)
        assert await world.urgent(jobs) == 0
        await jobs.accept(order("joins", guild_id=9))
        async with asyncio.timeout(15):
            while not await world.urgent(jobs):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.05)
        world.news.gate.set()
        assert (await for_digest).paid
        await _idle(jobs)
    assert "joins" in world.channel.answers
    assert world.news.pages_read[LOCK] == 1


async def test_who_share_an_article_share_its_bill(world: World, where: str) -> None:
    billed: list[str] = []

    class Bills:
        async def bill(self, key: str, place: Place, brief: Brief) -> bool:
            billed.append(key)
            return billed.count(key) == 1

    world.news.gate.clear()
    async with world.jobs(where, parts=replace(world.parts, bills=Bills())) as jobs:
        together = [asyncio.create_task(jobs.outcome(order(f"m{n}", guild_id=n))) for n in range(3)]
        await until(lambda: len(world.news.pages_read) == 1)
        world.news.gate.set()
        await asyncio.gather(*together)
        await jobs.outcome(order("later"))
        await jobs.outcome(order("other", f"{LOCK}/other"))
    assert len(billed) == 4, "whoever finds it on the shelf pays nothing"
    assert len(set(billed)) == 2


async def test_runs_go_in_the_order_in_which_they_were_due_those_of_the_same_feeds_together(
    world: World, where: str
) -> None:
    feeds = [f"https://news.example/feed/{n}" for n in range(2)]
    digests = [await world.digest(guild_id=n, feeds=(feeds[n % 2],)) for n in range(8)]
    late = await world.digest(next_run=MORNING + timedelta(minutes=1), schedule=LATER)
    async with world.jobs(where, work=False, tick=False) as jobs:
        now = MORNING + timedelta(minutes=2)
        await jobs.enqueue_runs([plan_run(digest, now, timedelta(hours=1)) for digest in (late, *digests)])
        await jobs.run_now(digests[5])
        queued = await world.queued(jobs)
    assert queued[0].endswith("-now")
    assert queued[-1].startswith(f"digest-{late.id}-")
    parity = [int(key.split("-")[1]) % 2 for key in queued[1:-1]]
    assert parity in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


async def test_what_nobody_can_cure_by_waiting_ends_the_run_with_its_reason(world: World, where: str) -> None:
    digest = await world.digest()
    world.channel.fails = [DeliveryError("I may not post there.")]
    async with world.jobs(where):
        assert await world.settled((digest.id, RUN)) == ["failed"]
    run = await world.store.deliveries.get(digest.id, RUN)
    assert run
    assert "I may not post there." in str(run.reason)


async def test_a_post_that_failed_on_the_way_is_looked_for_before_it_is_made_again(
    world: World, where: str
) -> None:
    digest = await world.digest()
    world.channel.fails = [ConnectionResetError()]
    async with world.jobs(where):
        assert await world.settled((digest.id, RUN)) == ["posted"]
    assert world.channel.asked_history == 1
    assert len(world.channel.posts) == 1


async def test_a_long_outage_skips_runs_and_says_so(world: World, where: str) -> None:
    digest = await world.digest()
    world.clock.now = MORNING + timedelta(days=2, hours=5)
    async with world.jobs(where):
        keys = [(digest.id, f"2026-03-0{day}T07:00") for day in (4, 5, 6)]
        assert await world.settled(*keys) == ["skipped"] * 3
    assert world.channel.posts == []


async def test_a_run_now_is_made_though_the_digest_is_paused(world: World, where: str) -> None:
    digest = await world.digest(paused=True, next_run=None)
    async with world.jobs(where) as jobs:
        run = await jobs.run_now(digest)
        assert await world.settled((digest.id, run.run_key)) == ["posted"]


async def _waiting(jobs: Jobs, articles: int) -> None:
    async with asyncio.timeout(15):
        while (await jobs.depth()).get("article") != articles:  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)


async def _idle(jobs: Jobs) -> None:
    async with asyncio.timeout(15):
        while await jobs.depth():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)


async def _settled_again(world: World, digest_id: int) -> None:
    async with asyncio.timeout(15):
        while True:
            digest = await world.store.digests.get(digest_id)
            if digest and digest.next_run != MORNING:
                return
            await asyncio.sleep(0.05)
