"""One run of a Digest, from feeds to the Edition that is posted; preview and post take the same road.

    await runner.fetch_feed(url, now)             network   once a feed and tick, whoever asks
    await runner.choose(digest, now, last)        network, then pure; small result
    await runner.brief_story(chosen, digest)      network and model; one a story, shared by article
    compose(digest, choice, briefs, now=now)      pure
    await runner.prepare(digest, now, last)       all of it

Each takes and gives plain values (ids, instants, frozen models that survive JSON), so that the durable engine can
keep each result and go on from there after a crash. A feed or an article that fails raises nothing: the result
says so. `compose` and all of `bot.services.runs` look up zones in files: on an event loop, call them in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeVar

from bot.domain.digest import Delivery, Digest
from bot.domain.edition import Choice, ChosenStory, DigestEdition, StoryBrief, Tastes, Telling
from bot.domain.errors import ModelError, NutgrafError
from bot.domain.feed import FeedItem, FeedTrouble
from bot.domain.source import Known, LinkSource
from bot.services.books import DeliveryBook
from bot.services.briefing import BriefOptions
from bot.services.choosing import Question, choose_stories
from bot.services.editions import compose, story_brief
from bot.services.feeds import FeedDesk, trouble_of
from bot.services.prompt_sets import OperatorsOnly, PromptSets
from bot.services.runs import first_window
from bot.services.shelf import Shelved
from bot.wording import say

T = TypeVar("T")

TELLINGS_TRIED: Final = 3  # articles of one story that are asked for before it counts as not read
DAYS_TOLD: Final = 10  # days in whose runs a story may have been told before: feeds' items are kept no longer
RUNS_BY_HAND: Final = 10  # looked at besides
FEEDS_AT_ONCE: Final = 8
BRIEFS_AT_ONCE: Final = 4


class BriefsArticles(Protocol):
    """Briefs one article, paid for once however often it is asked. Raises SourceError and ModelError leaves."""

    async def brief_once(self, sources: Sequence[LinkSource], options: BriefOptions) -> Shelved:
        """The Brief, and whether it was written now or lay on the shelf."""
        ...


class WatchesChannels(Protocol):
    """Links that people posted in channels that a digest watches."""

    async def links(self, channel_id: int, since: datetime) -> tuple[FeedItem, ...]:
        """The links posted there at or after `since`, as items of the feed "channel:<id>"."""
        ...


class KnowsTastes(Protocol):
    """What a guild cares for."""

    async def tastes(self, guild_id: int) -> Tastes:
        """Its interests, and what reactions to earlier stories say."""
        ...


class DigestRunner:
    """The steps of a run. Holds no state of its own: what is kept lies in the books and on the shelf."""

    def __init__(
        self,
        *,
        feeds: FeedDesk,
        deliveries: DeliveryBook,
        articles: BriefsArticles,
        channels: WatchesChannels | None = None,
        tastes: KnowsTastes | None = None,
        prompt_sets: PromptSets | None = None,
    ) -> None:
        self._feeds = feeds
        self._deliveries = deliveries
        self._articles = articles
        self._channels = channels
        self._tastes = tastes
        self._prompt_sets = prompt_sets or OperatorsOnly()

    async def fetch_feed(self, url: str, now: datetime) -> FeedTrouble | None:
        """See that the feed's kept state is fresh. Asked again within the tick, nothing is fetched."""
        return trouble_of(await self._feeds.state(url, now))

    async def stale_feeds(self, digest: Digest, now: datetime, due: datetime | None = None) -> list[str]:
        """The feeds that have to be read before `choose` can go on without the network."""
        return await self._feeds.stale(digest.feeds, now, due)

    async def choose(
        self,
        digest: Digest,
        now: datetime,
        last: Delivery | None = None,
        history: Sequence[Delivery] | None = None,
        due: datetime | None = None,
    ) -> Choice:
        """The stories of this run and the reasons. `last`: the latest posted run, None where there was none.

        `history`: the latest `runs_looked_at` runs, where the caller has them at hand. `due`: when the run was; a
        feed that was read since then is not read again.
        """
        states = await _gathered((self._feeds.state(url, now, due) for url in digest.feeds), FEEDS_AT_ONCE)
        since = last.due if last else now - await asyncio.to_thread(first_window, digest.schedule, now)
        posted = await _gathered(
            (self._links(channel, since) for channel in digest.watched_channels), FEEDS_AT_ONCE
        )
        question = Question(
            digest=digest,
            now=now,
            since=since,
            items=tuple(item for items in (*(state.items for state in states), *posted) for item in items),
            told=_told(history if history is not None else await self._history(digest)),
            tastes=await self._tastes.tastes(digest.guild_id) if self._tastes else Tastes(),
        )
        # Hundreds of items are compared: in a thread, since the gateway's heartbeat must go on.
        choice = await asyncio.to_thread(choose_stories, question)
        troubles = tuple(trouble for state in states if (trouble := trouble_of(state)))
        return choice.model_copy(update={"troubles": troubles})

    async def options_of(self, digest: Digest) -> BriefOptions:
        """How its stories are to be written."""
        own = await self._prompt_sets.of_guild(digest.guild_id)
        return BriefOptions(
            language=digest.language,
            sections=digest.sections,
            length=digest.length,
            prompts=digest.guild_id if own else 0,  # who has none of its own shares the Brief with all others
        )

    async def brief_story(
        self, chosen: ChosenStory, digest: Digest, options: BriefOptions | None = None
    ) -> StoryBrief:
        """The story with its proven points; where no telling of it could be read, the reason instead.

        `options` are the digest's, for callers who have several stories.
        """
        story = chosen.story
        tellings = chosen.tellings or (Telling(outlet="", title=story.title, url=story.url),)
        options = options or await self.options_of(digest)
        reasons: list[str] = []
        for telling in tellings[:TELLINGS_TRIED]:
            known = Known(published=story.day if telling.url == story.url else None)
            try:
                shelved = await self._articles.brief_once([LinkSource(url=telling.url, known=known)], options)
            except ModelError as failure:
                reasons = [say("not briefed: {why}", why=failure.told)]
                break  # another telling would meet the same model
            except NutgrafError as failure:
                reasons.append(say("not read: {why}", why=failure.told))
            else:
                return story_brief(chosen, telling, shelved, digest)
        return StoryBrief(chosen=chosen, unread=reasons[0])

    async def prepare(
        self,
        digest: Digest,
        now: datetime,
        last: Delivery | None = None,
        *,
        notice: str | None = None,
        history: Sequence[Delivery] | None = None,
        due: datetime | None = None,
    ) -> DigestEdition:
        """The whole run but for the posting. `history` and `due` as for `choose`."""
        choice = await self.choose(digest, now, last, history, due)
        options = await self.options_of(digest) if choice.chosen else None
        stories = (self.brief_story(chosen, digest, options) for chosen in choice.chosen)
        briefs = await _gathered(stories, BRIEFS_AT_ONCE)
        return await asyncio.to_thread(compose, digest, choice, briefs, now=now, notice=notice)

    async def _links(self, channel_id: int, since: datetime) -> tuple[FeedItem, ...]:
        return await self._channels.links(channel_id, since) if self._channels else ()

    async def _history(self, digest: Digest) -> Sequence[Delivery]:
        """The latest runs; a digest that is not stored yet has none."""
        return await self._deliveries.history(digest.id, runs_looked_at(digest)) if digest.id else ()


def runs_looked_at(digest: Digest) -> int:
    """How many of its latest runs say what was told before."""
    return DAYS_TOLD * len(digest.schedule.times) + RUNS_BY_HAND


def _told(runs: Sequence[Delivery]) -> dict[str, datetime]:
    """Story key -> when it was told."""
    return {key: run.posted or run.due for run in runs if run.state == "posted" for key in run.stories}


async def _gathered(work: Iterable[Awaitable[T]], at_once: int) -> list[T]:
    """The results of `work` in its order, at most `at_once` under way."""
    room = asyncio.Semaphore(at_once)

    async def one(part: Awaitable[T]) -> T:
        async with room:
            return await part

    return list(await asyncio.gather(*(one(part) for part in work)))
