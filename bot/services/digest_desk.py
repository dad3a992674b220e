"""DigestDesk: what people do with Digests, whatever front they come in by: set up, change, stop, try, look back.

It knows the rules (how many a guild may have, that a name means one digest, when the next run is); how a run is
made and posted is behind `StartsRuns`, so that the durable engine and a test can both stand there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from bot.domain.clock import Clock, utc_now
from bot.domain.digest import Delivery, Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import SourceError, UsageError
from bot.domain.feed import FeedLink
from bot.domain.keeping import FeedState
from bot.services.books import DeliveryBook, DigestBook, FeedBook
from bot.services.briefing import OffersSections
from bot.services.runs import advance
from bot.wording import Phrase, phrase_n

MOST_FEEDS: Final = 50  # a digest
MOST_WATCHED: Final = 10  # channels
FOUND_AT_ONCE: Final = 4
LOOK_SECONDS: Final = 0.5


class FindsFeeds(Protocol):
    """Finds what a site offers (`bot.services.feeds.ReadsFeeds`)."""

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        """The feeds of a site, the likeliest first; a feed's own address gives that feed. Raises SourceError."""
        ...


class Prepares(Protocol):
    """Makes an Edition without posting it (`bot.services.digests.DigestRunner`)."""

    async def prepare(self, digest: Digest, now: datetime, last: Delivery | None = None) -> DigestEdition:
        """All of a run but for the posting."""
        ...


class StartsRuns(Protocol):
    """Starts a run that a person asked for (`bot.jobs.Jobs`)."""

    async def run_now(self, digest: Digest) -> Delivery:
        """The run, due now; it goes on whether anybody waits or not. Raises StorageError."""
        ...


class ReadsOpml(Protocol):
    """Reads the list of feeds that readers exchange (`bot.intake.feeds.read_opml`)."""

    def __call__(self, data: bytes, /) -> tuple[tuple[FeedLink, ...], int]:
        """The feeds, and how many entries were left out. Raises SourceError leaves. Blocks."""
        ...


class WritesOpml(Protocol):
    """Writes one (`bot.intake.feeds.write_opml`)."""

    def __call__(self, feeds: Sequence[FeedLink], title: str, /) -> bytes:
        """The file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk:
    """The Digests of all guilds. Raises UsageError with the cure where something asked for cannot be."""

    digests: DigestBook
    deliveries: DeliveryBook
    feeds: FeedBook
    finder: FindsFeeds
    sections: OffersSections
    runner: Prepares
    runs: StartsRuns
    read_opml: ReadsOpml
    write_opml: WritesOpml
    most: int = 25  # digests a guild
    clock: Clock = utc_now

    async def of_guild(self, guild_id: int) -> list[Digest]:
        """A guild's Digests by name."""
        return sorted(await self.digests.of_guild(guild_id), key=lambda digest: digest.name.casefold())

    async def named(self, guild_id: int, name: str) -> Digest:
        """The guild's Digest of that name, however it is capitalised; a unique beginning is enough."""
        digests = await self.of_guild(guild_id)
        wanted = _folded(name)
        exact = [digest for digest in digests if _folded(digest.name) == wanted]
        begun = [digest for digest in digests if wanted and _folded(digest.name).startswith(wanted)]
        if found := exact or (begun if len(begun) == 1 else []):
            return found[0]
        raise UsageError(
            Phrase("There is no digest “{name}” here.", name=name.strip()),
            cure=Phrase("Pick one from the list that appears while you type.")
            if digests
            else Phrase("Set one up first."),
        )

    async def create(self, digest: Digest) -> Digest:
        """Store a new one; it has its id and its next run."""
        digests = await self.of_guild(digest.guild_id)
        if len(digests) >= self.most:
            raise UsageError(
                phrase_n(
                    "This server has {count} digest already, and {most} is the most.",
                    "This server has {count} digests already, and {most} is the most.",
                    len(digests),
                    most=self.most,
                ),
                cure=Phrase("Delete one, or add the feeds to one that there is."),
            )
        await self._check(digest, digests)
        return await self.digests.add(await self._advanced(digest))

    async def change(self, digest: Digest, **changes: Any) -> Digest:
        """Store `digest` with `changes`; what is not named stays. The next run moves only where it has to."""
        changed = Digest.model_validate(dict(digest) | changes)
        await self._check(changed, await self.of_guild(digest.guild_id))
        if changed.schedule != digest.schedule or changed.paused != digest.paused:
            changed = await self._advanced(changed)
        if not await self.digests.update(changed):
            raise UsageError(
                Phrase("The digest “{name}” was deleted in the meantime.", name=digest.name),
                cure=Phrase("Set it up again."),
            )
        return changed

    async def delete(self, digest: Digest) -> None:
        """Remove it with its history."""
        await self.digests.delete(digest.id)

    async def find_feeds(self, addresses: Iterable[str]) -> tuple[FeedLink, ...]:
        """The likeliest feed of each address, in order, each once. Raises UsageError naming those without any."""
        room = asyncio.Semaphore(FOUND_AT_ONCE)

        async def find(address: str) -> FeedLink | UsageError:
            async with room:
                try:
                    return (await self.finder.discover(address))[0]
                except SourceError as failure:
                    return UsageError(
                        Phrase("{address}: {why}", address=address, why=failure.told), cure=failure.told_cure
                    )

        wanted = list(dict.fromkeys(addresses))
        _require_few_feeds(len(wanted))
        found = await asyncio.gather(*(find(address) for address in wanted))
        failures = [result for result in found if isinstance(result, UsageError)]
        if failures:
            others = len(failures) - 1
            first = Phrase("I cannot take the feed {feed}", feed=failures[0].told)
            raise UsageError(
                phrase_n(
                    "{first} The same goes for {count} more.",
                    "{first} The same goes for {count} more.",
                    others,
                    first=first,
                )
                if others
                else first,
                cure=Phrase("Give the address of a site that offers a feed, or of the feed itself."),
            )
        links = [result for result in found if isinstance(result, FeedLink)]
        return tuple({link.url: link for link in links}.values())

    async def feeds_in(self, data: bytes) -> tuple[tuple[FeedLink, ...], int]:
        """The feeds of an OPML file, and how many of its entries were left out. Raises SourceError leaves."""
        feeds, left_out = await asyncio.to_thread(self.read_opml, data)
        if not feeds:
            raise UsageError(
                Phrase("There is no feed in that file."),
                cure=Phrase("Export your feeds as OPML and send that file."),
            )
        return feeds, left_out

    async def opml_of(self, digest: Digest) -> bytes:
        """The feeds of a digest as an OPML file, by the names that they give themselves."""
        states = await self.feeds.states(digest.feeds)
        links = [FeedLink(url=url, title=states[url].title if url in states else "") for url in digest.feeds]
        return await asyncio.to_thread(self.write_opml, links, digest.name)

    async def states(self, digest: Digest) -> dict[str, FeedState]:
        """How each of its feeds does, as far as it was read."""
        return await self.feeds.states(digest.feeds)

    async def preview(self, digest: Digest) -> DigestEdition:
        """What a run would post now, by the same road; nothing is posted and nothing counts as told."""
        last = await self.deliveries.last_posted(digest.id)
        return await self.runner.prepare(digest, self.clock(), last)

    async def run_now(self, digest: Digest) -> Delivery:
        """A run at once, beside the schedule, paused or not."""
        return await self.runs.run_now(digest)

    async def ended(self, delivery: Delivery, *, within: timedelta) -> Delivery:
        """How a run ended; as it is then, where it takes longer."""
        latest = delivery
        try:
            async with asyncio.timeout(within.total_seconds()):
                while latest.state == "due":
                    await asyncio.sleep(LOOK_SECONDS)
                    latest = await self.deliveries.get(delivery.digest_id, delivery.run_key) or latest
        except TimeoutError:
            pass
        return latest

    async def history(self, digest: Digest, limit: int = 10) -> list[Delivery]:
        """The latest runs, newest first."""
        return await self.deliveries.history(digest.id, limit)

    async def _check(self, digest: Digest, others: Sequence[Digest]) -> None:
        """What holds for a new digest as well as for a changed one."""
        self.sections.section_values(digest.sections)
        if any(_folded(other.name) == _folded(digest.name) and other.id != digest.id for other in others):
            raise UsageError(
                Phrase("There is a digest “{name}” already.", name=digest.name),
                cure=Phrase("Give this one another name."),
            )
        if not digest.feeds and not digest.watched_channels:
            raise UsageError(
                Phrase("A digest needs something to read."),
                cure=Phrase("Give feeds or sites, attach an OPML file, or name channels to watch."),
            )
        _require_few_feeds(len(digest.feeds))
        watched = len(digest.watched_channels)
        if watched > MOST_WATCHED:
            raise UsageError(
                phrase_n(
                    "That is {count} channel to watch, and a digest takes {most}.",
                    "Those are {count} channels to watch, and a digest takes {most}.",
                    watched,
                    most=MOST_WATCHED,
                ),
                cure=Phrase("Leave some out."),
            )

    async def _advanced(self, digest: Digest) -> Digest:
        # In a thread: a zone that was not used lately is read from its file.
        return await asyncio.to_thread(advance, digest, self.clock())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _require_few_feeds(count: int) -> None:
    if count > MOST_FEEDS:
        raise UsageError(
            phrase_n(
                "That is {count} feed, and a digest takes {most}.",
                "Those are {count} feeds, and a digest takes {most}.",
                count,
                most=MOST_FEEDS,
            ),
            cure=Phrase("Leave some out."),
        )
