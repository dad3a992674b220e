"""Durable work: an idle tick, and 10,000 digests that are due in one minute over 300 feeds.

    python -m bench durable                       10,000 due, 600 of them made to the end
    python -m bench.durable --digests 10000 --made 10000 --database postgresql://...

Reported are the time until all are safely queued, how often each feed was fetched and each article written, and
memory. Posting is a list in memory and articles are short: what is measured is the engine and the books.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.domain.digest import Delivery, Digest
from bot.domain.document import Document
from bot.domain.edition import DigestEdition
from bot.domain.feed import FeedItem, FeedLink, FeedRead
from bot.domain.schedule import Schedule
from bot.domain.source import LinkSource, Source
from bot.engines.extractive import ExtractiveEngine
from bot.jobs.making import parts_of
from bot.jobs.opening import Manner, open_jobs
from bot.jobs.ports import Parts, Saved
from bot.jobs.tick import Tick
from bot.prompting import load_prompts
from bot.services.shelf import Writer
from bot.settings import Settings
from bot.store.database import database_url
from bot.store.migrating import upgrade
from bot.store.store import Store, open_store

FEEDS: Final = 300
STORIES: Final = 3
WORDS: Final = (
    "harbour",
    "council",
    "ferry",
    "school",
    "bridge",
    "orchard",
    "library",
    "museum",
    "station",
    "market",
)


class World:
    """Feeds, articles and a channel in memory, counted."""

    def __init__(self) -> None:
        self.feeds: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.posts: Counter[str] = Counter()

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        """Three articles a feed."""
        self.feeds[url] += 1
        await asyncio.sleep(0.05)
        number = int(url.rsplit("/", 1)[-1])
        return FeedRead(url=url, items=tuple(_item(url, number, story) for story in range(STORIES)))

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        """None."""
        return ()

    async def read(self, source: Source) -> Document:
        """A short article."""
        assert isinstance(source, LinkSource)  # noqa: S101  links are all there is
        self.pages[source.url] += 1
        await asyncio.sleep(0.05)
        name = source.url.rsplit("/", 1)[-1]
        text = (
            f"The {name} plan was approved on Monday.\n\nSome 340 people had asked for {name}, the council said."
        )
        return Document(text=text, title=f"The {name} plan", url=source.url, language="en")

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: tuple[int, ...], saved: Saved
    ) -> tuple[int, ...]:
        """One page."""
        self.posts[key] += 1
        await saved(len(self.posts))
        return (len(self.posts),)

    async def find_posted(self, digest: Digest, key: str, since: datetime) -> tuple[int, ...]:
        """Never asked: nothing crashes here."""
        return ()


def _item(url: str, feed: int, story: int) -> FeedItem:
    name = f"{WORDS[feed % 10]}{WORDS[feed // 10 % 10]}{feed}-{WORDS[story]}"
    published = datetime.now(UTC) - timedelta(hours=1)
    link = f"https://news.example/{name}"
    return FeedItem(url=link, title=f"Plan for {name} of {feed}", published=published, guid=name, feed=url)


async def filled(store: Store, count: int) -> datetime:
    """`count` digests that are due at the instant returned, each of a guild of its own."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    schedule = await asyncio.to_thread(Schedule, zone="UTC", times=(now.time(),))
    for number in range(count):
        await store.digests.add(
            Digest(
                guild_id=number + 1,
                channel_id=number + 1,
                name="News",
                schedule=schedule,
                feeds=(f"https://news.example/feed/{number % FEEDS}",),
                stories=STORIES,
                created_by=1,
                next_run=now,
            )
        )
    return now


async def measure(address: str, digests: int, made: int) -> dict[str, Any]:
    """The figures on one database, which has to be empty."""
    await asyncio.to_thread(upgrade, database_url(address))
    settings = Settings(_env_file=None, database_url=address)  # type: ignore[call-arg]
    prompts = await asyncio.to_thread(load_prompts, None)
    async with open_store(address) as store:
        world = World()
        parts = parts_of(
            store,
            reader=world,
            feeds=world,
            prompts=prompts,
            engines={"auto": ExtractiveEngine()},
            writer=Writer(prompts.digest, "extractive"),
            poster=world,
        )
        due = await filled(store, digests)
        figures = await _enqueued(settings, store, parts)
        started = time.perf_counter()
        async with open_jobs(settings, parts, Manner(tick=False, farewell=1)):
            while sum(world.posts.values()) < min(made, digests):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        took = time.perf_counter() - started
        runs = await _settled(store, digests, due)
    return figures | {
        "made": sum(world.posts.values()),
        "made_a_second": round(sum(world.posts.values()) / took, 1),
        "posted_twice": sum(times > 1 for times in world.posts.values()),
        "feeds": len(world.feeds),
        "feed_fetches": sum(world.feeds.values()),
        "articles": len(world.pages),
        "article_readings": sum(world.pages.values()),
        "states": runs,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


async def _enqueued(settings: Settings, store: Store, parts: Parts) -> dict[str, Any]:
    """How long it takes until all are queued, and a look when nothing is due. No job is made meanwhile."""
    async with open_jobs(settings, parts, Manner(work=False, tick=False, farewell=0)) as jobs:
        tick = Tick(
            store.digests, store.deliveries, jobs.enqueue_runs, clock=parts.clock, grace=timedelta(hours=2)
        )
        started = time.perf_counter()
        while await tick.once():
            pass
        queued = time.perf_counter() - started
        idle = []
        for _ in range(50):
            started = time.perf_counter()
            await tick.once()
            idle.append(time.perf_counter() - started)
        depth = await jobs.depth()
    return {
        "queued": depth.get("digest-run", 0),
        "queued_in_seconds": round(queued, 1),
        "idle_tick_ms": round(sorted(idle)[len(idle) // 2] * 1_000, 2),
    }


async def _settled(store: Store, digests: int, due: datetime) -> dict[str, int]:
    states: Counter[str] = Counter()
    for digest_id in range(1, digests + 1, max(1, digests // 500)):
        found: list[Delivery] = await store.deliveries.history(digest_id, 2)
        states.update(run.state for run in found)
    return dict(states)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="durable work, measured")
    parser.add_argument("--digests", type=int, default=10_000)
    parser.add_argument("--made", type=int, default=600, help="how many of them are made to the end")
    parser.add_argument("--database", help="an empty one; default: a SQLite file in a temporary folder")
    given = parser.parse_args(arguments or [])
    with tempfile.TemporaryDirectory() as folder:
        address = given.database or f"sqlite+aiosqlite:///{folder}/bench.db"
        print(json.dumps(asyncio.run(measure(address, given.digests, given.made)), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
