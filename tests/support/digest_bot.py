"""The whole bot with digests, in the local Discord: real store on a SQLite file, real jobs, real feeds, no model.

The time is the playground's, set to the day after the last article of its news site.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.chat.answerer import DiscordAnswerer
from bot.chat.client import NutgrafClient, make_client, run_client
from bot.chat.desk import Behind
from bot.chat.digests import DigestFeature, digest_seams
from bot.chat.posting import DiscordPoster
from bot.chat.surfaces import Surfaces
from bot.chat.wire import Wire
from bot.engines.extractive import ExtractiveEngine
from bot.intake import Reader
from bot.intake.feeds import FeedReader, read_opml, write_opml
from bot.jobs.making import parts_of
from bot.jobs.opening import Jobs, Manner, open_jobs
from bot.playground import Channel, Message, Person, Playground
from bot.playground.site import Article
from bot.playground.state import Interaction
from bot.prompting import load_prompts
from bot.services.digest_desk import DigestDesk
from bot.services.shelf import Writer
from bot.services.tastes import GuildTastes
from bot.services.votes import Votes
from bot.settings import load_settings
from bot.store.store import Store, open_store
from tests.support.small_bot import until

T = TypeVar("T")
SATURDAY = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@dataclass
class DigestBot:
    """The bot online with all its parts, and what a person does with it in #general."""

    playground: Playground
    client: NutgrafClient
    store: Store
    desk: DigestDesk
    jobs: Jobs
    poster: DiscordPoster
    feature: DigestFeature

    @property
    def feed(self) -> str:
        """The address of the news site's feed."""
        return self.playground.article_url("feed.xml")

    def now(self) -> datetime:
        """The time in here."""
        return self.playground.world.clock.now()

    async def digest(
        self, who: Person, does: str, given: dict[str, Any] | None = None, **more: Any
    ) -> Interaction:
        """`/digest <does>`, answered."""
        used = await who.slash(f"digest {does}", given, more.pop("channel", None), **more)
        if used.original is not None:
            await self.playground.wait_until(used.original, lambda message: not message.loading, 30)
        return used

    async def told(self, who: Person, does: str, given: dict[str, Any] | None = None, **more: Any) -> str:
        """What `/digest <does>` answers; it is for the asker alone."""
        used = await self.digest(who, does, given, **more)
        assert used.original is not None
        assert used.original.ephemeral
        return used.original.text

    async def create(self, who: Person, **given: Any) -> str:
        """A weekly digest of the news site, changed by `given`; the answer."""
        known = {
            "name": "Harbour news",
            "time": "07:30",
            "zone": "Europe/Berlin",
            "days": "Mondays",
            "feeds": self.feed,
            "channel": self.briefings,
        }
        wanted = {key: value for key, value in (known | given).items() if value is not None}
        return await self.told(who, "create", wanted)

    async def run_now(self, who: Person, name: str = "Harbour news") -> str:
        """`/digest run-now`, and how it ended."""
        used = await self.digest(who, "run-now", {"digest": name})
        assert used.original is not None
        await self.playground.wait_until(used.original, lambda message: "**" in message.text, 30)
        return used.original.text

    async def until(self, look: Callable[[], Awaitable[T]], wanted: T, seconds: float = 10) -> None:
        """Wait until what `look` finds is `wanted`."""
        found = await look()
        for _ in range(int(seconds / 0.02)):
            if found == wanted:
                return
            await asyncio.sleep(0.02)
            found = await look()
        assert found == wanted

    def publish(self, *subjects: str) -> None:
        """One more article of the news site a subject, an hour old."""
        published = (self.now() - timedelta(hours=1)).isoformat()
        self.playground.site.articles = (
            *self.playground.site.articles,
            *(_article(subject, published) for subject in subjects),
        )

    @property
    def briefings(self) -> Channel:
        """Where digests are posted."""
        return self.playground.channel("briefings")

    def posts(self, channel: Channel | None = None) -> list[Message]:
        """What the bot posted there for everyone."""
        return [m for m in self.playground.messages(channel or self.briefings, by_bot=True) if not m.ephemeral]


@asynccontextmanager
async def digest_bot(playground: Playground, folder: Path, *, most: int = 25) -> AsyncIterator[DigestBot]:
    """The bot ready inside the block, closed after it."""
    clock = playground.world.clock
    clock.advance((SATURDAY - clock.now()).total_seconds())
    settings = load_settings(
        _env_file=None,
        llm_base_url=None,
        fetch_allow_hosts=urlsplit(playground.url).netloc,
        database_url=f"sqlite+aiosqlite:///{folder / 'nutgraf.db'}",
    )
    prompts = await asyncio.to_thread(load_prompts, None)
    wire = Wire()
    async with open_store(settings.database_url.get_secret_value()) as store, Reader.open(settings) as reader:
        engine, finder = ExtractiveEngine(), FeedReader(settings)
        seams = digest_seams(wire, store)
        parts = parts_of(
            store,
            reader=reader,
            feeds=finder,
            prompts=prompts,
            engines={"auto": engine, "extractive": engine},
            writer=Writer(prompts.digest, "extractive"),
            poster=seams.poster,
            admins=seams.admins,
            channels=seams.channels,
            locale_of=seams.locale_of,
            tastes=GuildTastes(store.choices, store.reactions, clock=clock.now),
            answerer=DiscordAnswerer(Surfaces(wire), store.answers),
            clock=clock.now,
        )
        assert parts.digest is not None
        async with open_jobs(settings, parts, Manner(every=0.05, farewell=0)) as jobs:
            desk = DigestDesk(
                digests=store.digests,
                deliveries=store.deliveries,
                feeds=store.feeds,
                finder=finder,
                sections=prompts,
                runner=parts.digest.runner(jobs.articles),
                runs=jobs,
                read_opml=read_opml,
                write_opml=write_opml,
                most=most,
                clock=clock.now,
            )
            feature = DigestFeature(desk, Votes(store.reactions, store.deliveries, clock.now))
            client = make_client(
                Behind(orders=jobs, book=store.answers), settings, wire=wire, more=[feature], ready_timeout=0.05
            )
            run = asyncio.create_task(run_client(client, playground.token))
            try:
                await until(lambda: run.done() or client.is_ready())
                if run.done():
                    run.result()
                yield DigestBot(playground, client, store, desk, jobs, seams.poster, feature)
            finally:
                await client.close()
                await asyncio.wait({run})


def _article(subject: str, published: str) -> Article:
    """A page of some length; texts about different subjects share few words."""
    title = f"{subject.title()} council votes on {subject} plan"
    said = (
        f"“We have waited long for the {subject} plan, and now {subject} can begin,” said {subject.title()} Lind."
    )
    rows = (
        f"Report {n} on {subject} counts {n * 37 + len(subject)} cases near {subject} street." for n in range(9)
    )
    paragraphs = "".join(f"<p>{text}</p>" for text in (f"The {subject} vote passed on Friday.", said, *rows))
    head = f"<html><head><title>{title}</title></head>"
    html = f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    return Article(subject, html, title, published, f"What {subject} means for {subject} street")
