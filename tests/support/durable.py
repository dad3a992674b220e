"""A small world for durable jobs: feeds and articles that count their readings, and a channel that remembers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.clock import utc_now
from bot.domain.digest import Digest
from bot.domain.document import Document
from bot.domain.draft import Draft
from bot.domain.edition import DigestEdition
from bot.domain.errors import NotFoundError, NutgrafError, SourceError
from bot.domain.feed import FeedItem, FeedLink, FeedRead
from bot.domain.schedule import Schedule
from bot.domain.source import LinkSource, Source, TextSource
from bot.domain.task import Report, Task, say_nothing
from bot.engines.extractive import ExtractiveEngine
from bot.jobs.lease import Lease
from bot.jobs.making import parts_of
from bot.jobs.opening import Jobs, Manner, open_jobs
from bot.jobs.orders import BriefOrder
from bot.jobs.ports import Ahead, Parts, Saved, nonce_of
from bot.prompting import PromptSet, load_prompts
from bot.services.shelf import Writer
from bot.settings import Settings
from bot.store.database import database_url
from bot.store.migrating import upgrade
from bot.store.store import Store, open_store

if TYPE_CHECKING:
    from bot.jobs.upkeep import Upkeep

DATABASES = ("sqlite", "postgresql")
MORNING = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)  # seven in Berlin
SEVEN = Schedule(zone="Europe/Berlin", times=(time(7),))


@pytest.fixture(params=DATABASES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of an empty database with our tables, without the engine's."""
    if request.param == "sqlite":
        given = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
    else:
        given = str(request.getfixturevalue("postgres_url"))
        with psycopg.connect(given, autocommit=True) as connection:
            for schema in ("dbos", "public"):
                connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            connection.execute("CREATE SCHEMA public")
    upgrade(database_url(given))
    return given


class Clock:
    """An instant that a test moves."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Newsroom:
    """Feeds `https://news.example/feed/<n>` of `stories` articles each, one new set an hour, and the articles."""

    def __init__(self, clock: Clock, *, stories: int = 2) -> None:
        self._clock = clock
        self._stories = stories
        self.feeds_read: Counter[str] = Counter()
        self.pages_read: Counter[str] = Counter()
        self.gate = asyncio.Event()
        self.gate.set()

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        self.feeds_read[url] += 1
        hour = self._clock().replace(minute=0, second=0) - timedelta(hours=1)
        items = tuple(_item(url, number, hour) for number in range(self._stories))
        return FeedRead(url=url, title="News", items=items)

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        return ()

    async def read(self, source: Source) -> Document:
        if isinstance(source, TextSource):
            return Document(text=source.text, language="en")
        assert isinstance(source, LinkSource)
        self.pages_read[source.url] += 1
        await self.gate.wait()
        if "missing" in source.url:
            raise NotFoundError()
        name = source.url.rsplit("/", 1)[-1]
        text = (
            f"The {name} bridge reopened on Monday after nine weeks of repairs.\n\n"
            f"“We are glad that {name} is open again,” said harbour master Ola Lind.\n\n"
            f"Some {len(name) * 100} people crossed it within the first hour, the town said."
        )
        return Document(text=text, title=f"{name.title()} reopens", url=source.url, language="en")


_PLACES = ("Alder", "Birch", "Cedar", "Drake", "Elm", "Fern", "Gorse", "Hazel", "Iris", "Juniper")


def _item(feed: str, number: int, hour: datetime) -> FeedItem:
    name = f"{_PLACES[number % 10].lower()}{feed.rsplit('/', 1)[-1]}{hour:%d%H}"
    return FeedItem(
        url=f"https://news.example/{name}",
        title=f"{_PLACES[number % 10]} council {feed.rsplit('/', 1)[-1]} votes on {name}",
        published=hour,
        guid=name,
        feed=feed,
        outlet="News",
    )


class CountingEngine:
    """The extractive engine, counted by article."""

    def __init__(self) -> None:
        self._engine = ExtractiveEngine()
        self.written: Counter[str] = Counter()

    async def write(self, task: Task) -> Draft:
        self.written[str(task.documents[0].url or task.documents[0].id)] += 1
        return await self._engine.write(task)


class Channel:
    """Where digests and answers are posted. Like Discord, it forgets nonces, but not messages."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, str]] = []  # (delivery key, text)
        self.answers: dict[str, Brief | NutgrafError] = {}
        self._ids: dict[str, int] = {}
        self.fails: list[Exception] = []
        self.asked_history = 0

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: Sequence[int], saved: Saved
    ) -> tuple[int, ...]:
        if self.fails:
            raise self.fails.pop(0)
        if already:
            return tuple(already)
        self._ids[nonce_of(key)] = len(self.posts) + 1
        self.posts.append((key, " / ".join(story.title for story in edition.stories)))
        await saved(len(self.posts))
        return (len(self.posts),)

    async def find_posted(self, digest: Digest, key: str, since: datetime) -> tuple[int, ...]:
        self.asked_history += 1
        found = self._ids.get(nonce_of(key))
        return (found,) if found else ()

    @asynccontextmanager
    async def working(self, order: BriefOrder, ahead: Ahead) -> AsyncIterator[Report]:
        yield say_nothing

    async def fetch(self, url: str) -> bytes:
        raise SourceError()

    async def answer(self, order: BriefOrder, told: Brief | NutgrafError) -> None:
        self.answers[order.key] = told


SOMEWHERE = Place(kind="reply", guild_id=1, channel_id=5, asker_id=3, asked=MORNING, message_id=7)


class World:
    """All of it, and the parts made of it over a real store."""

    def __init__(self, store: Store, prompts: PromptSet, *, stories: int = 2) -> None:
        self.clock = Clock()
        self.news = Newsroom(self.clock, stories=stories)
        self.engine = CountingEngine()
        self.channel = Channel()
        self.store = store
        self.parts = parts_of(
            store,
            reader=self.news,
            feeds=self.news,
            prompts=prompts,
            engines={"auto": self.engine, "extractive": self.engine},
            writer=Writer(prompts.digest, "extractive"),
            poster=self.channel,
            answerer=self.channel,
            clock=self.clock,
        )

    @asynccontextmanager
    async def jobs(
        self, address: str, *, worker: str | None = None, parts: Parts | None = None, **manner: Any
    ) -> AsyncIterator[Jobs]:
        """The engine over this world."""
        settings = Settings(_env_file=None, database_url=address, worker_id=worker)  # type: ignore[call-arg]
        chosen = Manner(**({"every": 0.05, "farewell": 0} | manner))
        async with open_jobs(settings, parts or self.parts, chosen) as jobs:
            yield jobs

    async def clean(self, jobs: Jobs, keep: timedelta) -> int:
        """How many finished jobs are cleaned away that are older than `keep`."""
        return await self._upkeep(jobs, keep).clean(utc_now())

    async def queued(self, jobs: Jobs) -> list[str]:
        """The ids of what nobody has begun, in the order in which it will be."""
        from dbos import DBOS  # noqa: PLC0415  the engine, which some tests see not imported

        waiting = await jobs._queues._engine.call(DBOS.list_workflows, status="ENQUEUED")
        waiting.sort(key=lambda job: (job.priority or 0, job.created_at or 0))
        return [job.workflow_id for job in waiting]

    async def urgent(self, jobs: Jobs) -> int:
        """How many articles go before those of digests and nobody has begun."""
        from dbos import DBOS  # noqa: PLC0415  the engine, which some tests see not imported

        from bot.jobs.engine import ARTICLES, URGENT  # noqa: PLC0415

        engine = jobs._queues._engine
        waiting = await engine.call(DBOS.list_workflows, status="ENQUEUED", queue_name=ARTICLES.name)
        return sum(job.priority == URGENT for job in waiting)

    async def let_on(self, jobs: Jobs) -> int:
        """How many articles that digests wait for have their turn at this round."""
        return await self._upkeep(jobs, timedelta(days=1)).let_on(waited=0)

    def _upkeep(self, jobs: Jobs, keep: timedelta) -> Upkeep:
        from bot.jobs.upkeep import Upkeep  # noqa: PLC0415  the engine, which some tests see not imported

        return Upkeep(jobs._queues._engine, Lease("test"), utc_now, keep=keep)

    async def digest(self, **changes: Any) -> Digest:
        """A stored daily digest at seven in Berlin, due now."""
        known: dict[str, Any] = {
            "guild_id": 1,
            "channel_id": 2,
            "name": "Harbour news",
            "schedule": SEVEN,
            "feeds": ("https://news.example/feed/1",),
            "created_by": 3,
            "next_run": MORNING,
        }
        return await self.store.digests.add(Digest.model_validate(known | changes))

    async def settled(self, *keys: tuple[int, str], seconds: float = 20) -> list[str]:
        """The states of those Deliveries (digest id, run key), once none is due any more."""
        async with asyncio.timeout(seconds):
            while True:
                found = [await self.store.deliveries.get(*key) for key in keys]
                if all(delivery is not None and delivery.state != "due" for delivery in found):
                    return [delivery.state for delivery in found if delivery]
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def prompts() -> PromptSet:
    """The packaged ones."""
    return load_prompts(None)


@pytest.fixture
async def world(where: str, prompts: PromptSet) -> AsyncIterator[World]:
    """A World over the store at `where`."""
    async with open_store(where) as store:
        yield World(store, prompts)
