"""Honest small doubles for runs of digests: feeds and articles as tables, books in memory, all of it counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from bot.domain.brief import Brief
from bot.domain.digest import Delivery, Digest
from bot.domain.document import Document
from bot.domain.draft import Draft
from bot.domain.errors import NotFoundError, SourceError, UnreachableError
from bot.domain.feed import FeedItem, FeedLink, FeedRead
from bot.domain.keeping import BriefKey, FeedState
from bot.domain.schedule import Schedule
from bot.domain.section import Section
from bot.domain.source import LinkSource, Source
from bot.domain.task import Engine, Task
from bot.engines.extractive import ExtractiveEngine
from bot.services.briefing import Briefer
from bot.services.digests import DigestRunner
from bot.services.feeds import FeedDesk
from bot.services.shelf import ShelvedBriefer, ShelvedReader, Writer

NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
SCHEDULE = Schedule(zone="Europe/Berlin", times=(time(7),))
SITE_A, SITE_B, SITE_C = (f"https://{name}.example" for name in ("aster", "birch", "cedar"))


def digest(**changes: object) -> Digest:
    """A daily digest of three feeds."""
    known: dict[str, object] = {
        "id": 4,
        "guild_id": 10,
        "channel_id": 20,
        "name": "Morning",
        "schedule": SCHEDULE,
        "feeds": tuple(f"{site}/feed" for site in (SITE_A, SITE_B, SITE_C)),
        "created_by": 30,
    }
    return Digest.model_validate(known | changes)


def item(site: str, title: str, summary: str = "", *, hours: float = 2, path: str | None = None) -> FeedItem:
    """An entry of the site's feed, so many hours before NOW."""
    slug = path or "-".join(title.lower().split())
    return FeedItem(
        url=f"{site}/{slug}",
        title=title,
        summary=summary,
        published=NOW - timedelta(hours=hours),
        feed=f"{site}/feed",
        outlet=site.removeprefix("https://").removesuffix(".example").title(),
    )


BRIDGE_AND_BREAD = (
    item(SITE_A, "Havenport bridge closed after cracks found", "Inspectors found cracks in two pillars."),
    item(SITE_C, "How to bake a rye bread in a morning", "Flour, water, salt and some patience."),
)


class TableFeeds:
    """Feeds as a table of items, or of failures; counts each reading."""

    def __init__(self, *items: FeedItem) -> None:
        self.items = list(items)
        self.failing: dict[str, SourceError] = {}
        self.asked: Counter[str] = Counter()
        self.validators: list[str | None] = []
        self.unchanged = False

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        self.asked[url] += 1
        self.validators.append(etag)
        await asyncio.sleep(0)
        if url in self.failing:
            raise self.failing[url]
        if self.unchanged and etag:
            return FeedRead(url=url, etag=etag, unchanged=True)
        mine = tuple(found for found in self.items if found.feed == url)
        return FeedRead(url=url, title=url.split("/")[2], items=mine, etag=f"v{self.asked[url]}")

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        return (FeedLink(url=f"{site_url}/feed"),)


class TableArticles:
    """Articles at any address: some sentences about its last part. Counts each reading."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.failing: dict[str, SourceError] = {}

    async def read(self, source: Source) -> Document:
        assert isinstance(source, LinkSource)
        self.asked[source.url] += 1
        await asyncio.sleep(0)
        if source.url in self.failing:
            raise self.failing[source.url]
        subject = source.url.rpartition("/")[2].replace("-", " ").capitalize()
        sentences = (
            f"{subject}, the council said on Monday.",
            f"The decision on {subject} took nine weeks of talks in Lund.",
            f"Nobody had expected that {subject} would cost 40 million euros.",
            "Work begins in the autumn of 2026.",
        )
        text = "\n\n".join(sentences)
        return Document(text=text, title=subject, url=source.url, language="en", published=source.known.published)


class OneSection:
    def section_values(self, names: object = None) -> tuple[Section, ...]:
        return (Section(name="summary", title="Summary", kind="points", extractive=True),)


class CountingEngine:
    """The extractive engine with a count; `down` makes it raise."""

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()
        self.down: Exception | None = None
        self._inner: Engine = ExtractiveEngine()

    async def write(self, task: Task) -> Draft:
        self.written[task.documents[0].url or ""] += 1
        if self.down:
            raise self.down
        return await self._inner.write(task)


class MemoryFeeds:
    """`FeedBook` in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, FeedState] = {}
        self.told: set[tuple[int, str]] = set()

    async def states(self, urls: Iterable[str]) -> dict[str, FeedState]:
        return {url: self.kept[url] for url in urls if url in self.kept}

    async def put(self, state: FeedState) -> None:
        # Through JSON, as a database would.
        self.kept[state.url] = FeedState.model_validate_json(state.model_dump_json())
        if not state.failures:
            self.told = {pair for pair in self.told if pair[1] != state.url}

    async def told_of(self, guild_id: int, urls: Iterable[str]) -> set[str]:
        return {url for url in urls if (guild_id, url) in self.told}

    async def note_told(self, guild_id: int, urls: Iterable[str]) -> None:
        self.told |= {(guild_id, url) for url in urls}


class MemoryShelf:
    """`BriefShelf` in dicts."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[Document, datetime]] = {}
        self.briefs: dict[str, Brief] = {}

    async def document(self, url_key: str, since: datetime) -> Document | None:
        found = self.documents.get(url_key)
        return found[0] if found and found[1] >= since else None

    async def document_by_id(self, document_id: str) -> Document | None:
        return next((kept for kept, _ in self.documents.values() if kept.id == document_id), None)

    async def put_document(self, document: Document, url_keys: Iterable[str] = (), *, now: datetime) -> None:
        self.documents |= dict.fromkeys(url_keys, (document, now))

    async def brief(self, key: BriefKey) -> Brief | None:
        return self.briefs.get(key.digest)

    async def put_brief(self, key: BriefKey, brief: Brief, *, now: datetime) -> None:
        self.briefs[key.digest] = brief


class MemoryDeliveries:
    """The part of `DeliveryBook` that runs read; tests put Deliveries into `runs`."""

    def __init__(self) -> None:
        self.runs: list[Delivery] = []

    async def history(self, digest_id: int, limit: int) -> list[Delivery]:
        mine = [run for run in self.runs if run.digest_id == digest_id]
        return sorted(mine, key=lambda run: run.due, reverse=True)[:limit]

    async def told_stories(self, digest_id: int, since: datetime) -> set[str]:
        return {key for run in self.runs if run.digest_id == digest_id and run.due >= since for key in run.stories}

    async def last_posted(self, digest_id: int) -> Delivery | None:
        return next((run for run in await self.history(digest_id, 99) if run.state == "posted"), None)

    async def start(self, delivery: Delivery) -> bool:
        raise NotImplementedError

    async def start_all(self, deliveries: Iterable[Delivery]) -> set[str]:
        raise NotImplementedError

    async def get(self, digest_id: int, run_key: str) -> Delivery | None:
        raise NotImplementedError

    async def finish(self, delivery: Delivery) -> None:
        raise NotImplementedError

    async def unfinished(self, before: datetime, limit: int) -> list[Delivery]:
        raise NotImplementedError


class House:
    """A runner with all its doubles at hand."""

    def __init__(self, *items: FeedItem) -> None:
        self.feeds = TableFeeds(*items)
        self.articles = TableArticles()
        self.engine = CountingEngine()
        self.book, self.shelf, self.deliveries = MemoryFeeds(), MemoryShelf(), MemoryDeliveries()
        self.now = NOW
        self.runner = self.another_process()

    def another_process(self) -> DigestRunner:
        """A runner that shares nothing with the first but the books and the world."""
        reader = ShelvedReader(self.articles, self.shelf, clock=lambda: self.now)
        briefer = Briefer(reader=reader, prompts=OneSection(), engines={"auto": self.engine})
        writer = Writer(prompts_digest="", engine="extractive")
        return DigestRunner(
            feeds=FeedDesk(self.feeds, self.book),
            deliveries=self.deliveries,
            articles=ShelvedBriefer(briefer, self.shelf, lambda: writer, clock=lambda: self.now),
        )

    def posted(self, key: str, stories: tuple[str, ...], when: datetime) -> Delivery:
        """Note a run as posted."""
        run = Delivery(digest_id=4, run_key=key, due=when, posted=when, state="posted", stories=stories)
        self.deliveries.runs.append(run)
        return run


UNREACHABLE = UnreachableError()
GONE = NotFoundError()
