"""What jobs ask of the rest of the house: where answers and digests are posted, and the parts that do the work."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.clock import Clock, utc_now
from bot.domain.digest import Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import NutgrafError
from bot.domain.feed import FeedTrouble
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.domain.task import Report
from bot.domain.watching import UNWATCHED, Observer
from bot.jobs.orders import BriefOrder
from bot.services.books import BriefShelf, DeliveryBook, DigestBook
from bot.services.briefing import BriefOptions, Reads
from bot.services.digests import BriefsArticles, DigestRunner
from bot.services.shelf import Shelved

Ahead = Callable[[], Awaitable[int]]  # how many go before; 0 once it has begun
Saved = Callable[[int], Awaitable[None]]


def nonce_of(key: str, page: int = 0) -> str:
    """The message nonce of a page (from 0) of the delivery `key`: 24 characters, the same on every machine."""
    digest = base64.b32encode(hashlib.sha256(f"{key}/{page}".encode()).digest()).decode()
    return digest[:24].lower()


class Answerer(Protocol):
    """Answers the person who ordered a briefing, at the order's place, where a note of ours stands already."""

    def working(self, order: BriefOrder, ahead: Ahead) -> AbstractAsyncContextManager[Report]:
        """Show, while the block is open, what is reported; until then, how many orders go before this one."""
        ...

    async def fetch(self, url: str) -> bytes:
        """The bytes of a file that hangs where people talk. Raises SourceError; anything else is tried again."""
        ...

    async def answer(self, order: BriefOrder, told: Brief | NutgrafError) -> None:
        """Show the Brief, or the failure's sentence.

        May be called again with the same arguments after a crash, so it edits that note, and posts what does not
        fit there with `nonce_of(key, page)`. Raises NutgrafError for what waiting does not cure; anything else is
        tried again.
        """
        ...


class Poster(Protocol):
    """Posts digests."""

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: Sequence[int], saved: Saved
    ) -> tuple[int, ...]:
        """Post the pages that follow those in `already`, page n with `nonce_of(key, n)`; ids of all, in order.

        `saved` is awaited after each page but the last. Raises NutgrafError for what waiting does not cure
        (no permission, no such channel); anything else is tried again.
        """
        ...

    async def find_posted(self, digest: Digest, key: str, since: datetime) -> tuple[int, ...]:
        """The ids of the pages of `key` that stand in the target's history since then, in order.

        Asked only after a crash in the middle of posting, when Discord may have forgotten the nonce.
        """
        ...


class TellsAdmins(Protocol):
    """Tells a guild's admins what they did not ask for."""

    async def run_failed(self, digest: Digest, key: str, failure: NutgrafError) -> None:
        """That the run `key` failed for good; told again, it is one notice."""
        ...

    async def feeds_failed(self, digest: Digest, troubles: Sequence[FeedTrouble]) -> None:
        """That feeds fail; who heard of a feed is told again only once it has worked."""
        ...


class BriefsOnce(Protocol):
    """Makes the Brief of an article job (`bot.services.shelf.ShelvedBriefer`)."""

    async def brief_once(self, sources: Sequence[Source], options: BriefOptions, report: Report) -> Shelved:
        """The Brief, and whether it was paid for by this call. Raises NutgrafError leaves."""
        ...


class Bills(Protocol):
    """Notes what briefings cost (`bot.services.admitting.Admission`)."""

    async def bill(self, key: str, place: Place, brief: Brief) -> bool:
        """Once for each `key`, the article job's. Raises StorageError."""
        ...


class BriefsAtHand(Protocol):
    """Finds Briefs that lie ready (`bot.services.shelf.AtHand`)."""

    async def brief(self, sources: Sequence[LinkSource], options: BriefOptions) -> Brief | None:
        """The Brief over all `sources`; None where something would have to be read or written for it."""
        ...


class Transactions(Protocol):
    """The database, for looks into the engine's own table (`bot.store.database.Database`)."""

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file, which the engine's tables are in, too."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Any]:
        """A connection that sees one state throughout; it has `exec_driver_sql`. Raises StorageError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestParts:
    """What runs of digests need besides articles."""

    digests: DigestBook
    deliveries: DeliveryBook
    runner: Callable[[BriefsArticles], DigestRunner]
    poster: Poster
    admins: TellsAdmins | None = None
    locale_of: Callable[[Digest], Awaitable[str]] | None = None  # what its posts speak; English without it


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Who does the work of the jobs. Without `digest` no runs are made here, without `answerer` no orders."""

    briefer: BriefsOnce
    reader: Reads  # reads through the shelf
    shelf: BriefShelf
    database: Transactions
    digest: DigestParts | None = None
    answerer: Answerer | None = None
    bills: Bills | None = None
    at_hand: BriefsAtHand | None = None
    free: Callable[[ArticleOrder], bool] | None = None  # whether making it costs nobody anything
    observer: Observer = UNWATCHED
    clock: Clock = utc_now
