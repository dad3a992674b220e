"""The parts of the jobs, made of what the composition root has opened. Knows services and protocols only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.domain.clock import Clock, utc_now
from bot.domain.digest import Digest
from bot.domain.order import EngineChoice
from bot.domain.task import Engine
from bot.domain.watching import UNWATCHED, Observer
from bot.jobs.ports import Answerer, Bills, DigestParts, Parts, Poster, TellsAdmins, Transactions
from bot.services.books import BriefShelf, DeliveryBook, DigestBook, FeedBook
from bot.services.briefing import Briefer, OffersSections, Reads
from bot.services.digests import BriefsArticles, DigestRunner, KnowsTastes, WatchesChannels
from bot.services.feeds import FeedDesk, ReadsFeeds
from bot.services.models import OffersModels
from bot.services.prompt_sets import PromptSets
from bot.services.shelf import AtHand, ShelvedBriefer, ShelvedReader, Writer
from bot.services.shelf_first import ShelfFirst
from bot.services.watched import WatchedBriefer


class Keeps(Protocol):
    """The open store (`bot.store.store.Store`)."""

    @property
    def database(self) -> Transactions: ...

    @property
    def shelf(self) -> BriefShelf: ...

    @property
    def feeds(self) -> FeedBook: ...

    @property
    def digests(self) -> DigestBook: ...

    @property
    def deliveries(self) -> DeliveryBook: ...


def parts_of(  # noqa: PLR0913  the seams of the whole house
    store: Keeps,
    *,
    reader: Reads,
    feeds: ReadsFeeds,
    prompts: OffersSections,
    engines: Mapping[EngineChoice, Engine],
    writer: Writer,
    poster: Poster | None = None,
    admins: TellsAdmins | None = None,
    locale_of: Callable[[Digest], Awaitable[str]] | None = None,
    answerer: Answerer | None = None,
    bills: Bills | None = None,
    channels: WatchesChannels | None = None,
    prompt_sets: PromptSets | None = None,
    models: OffersModels | None = None,
    tastes: KnowsTastes | None = None,
    clock: Clock = utc_now,
    observer: Observer = UNWATCHED,
) -> Parts:
    """Reading and briefing through the shelf, feeds through their desk. Without `poster` no runs are made here.

    A model's engine must ask through a `NotedEndpoint`, or calls are paid again after a crash.
    """
    shelved = ShelvedReader(reader, store.shelf, clock=clock)
    briefer = Briefer(reader=shelved, prompts=prompts, engines=engines, prompt_sets=prompt_sets, models=models)
    desk = FeedDesk(feeds, store.feeds)
    once = ShelvedBriefer(briefer, store.shelf, lambda: writer, clock=clock)

    def runner(articles: BriefsArticles) -> DigestRunner:
        first = ShelfFirst(articles, AtHand(shelved, once), clock=clock)
        return DigestRunner(
            feeds=desk,
            deliveries=store.deliveries,
            articles=first,
            channels=channels,
            tastes=tastes,
            prompt_sets=prompt_sets,
        )

    digest = None
    if poster is not None:
        digest = DigestParts(
            digests=store.digests,
            deliveries=store.deliveries,
            runner=runner,
            poster=poster,
            admins=admins,
            locale_of=locale_of,
        )
    return Parts(
        briefer=WatchedBriefer(once, observer),
        at_hand=AtHand(shelved, once),
        free=lambda order: (writer.engine if order.engine == "auto" else order.engine) == "extractive",
        reader=shelved,
        shelf=store.shelf,
        database=store.database,
        digest=digest,
        answerer=answerer,
        bills=bills,
        observer=observer,
        clock=clock,
    )
