"""Books and shelf: what the use cases ask of storage, as protocols; `bot.store` fills them on either database.

Every instant is UTC and aware. Every method is one transaction: it happened when it returned, and not at all when
it raised. Storage that fails raises `StorageError`. Ids are Discord's snowflakes, except a Digest's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.domain.answer import Answered
from bot.domain.brief import Brief
from bot.domain.digest import Delivery, Digest
from bot.domain.document import Document
from bot.domain.draft import Usage
from bot.domain.keeping import BriefKey, Choices, FeedState, Pruned, Retention


class DigestBook(Protocol):
    """The Digests that guilds asked for, and when each runs next."""

    async def add(self, digest: Digest) -> Digest:
        """Store a new one; the returned Digest has its id, which no other gets, even after it is deleted."""
        ...

    async def get(self, digest_id: int) -> Digest | None:
        """The Digest, or None where it is gone."""
        ...

    async def of_guild(self, guild_id: int) -> list[Digest]:
        """A guild's Digests, oldest first."""
        ...

    async def update(self, digest: Digest) -> bool:
        """Store it as it is now, `next_run` and `paused` included; False where it is gone."""
        ...

    async def delete(self, digest_id: int) -> bool:
        """Remove it with its Deliveries; False where it was gone already."""
        ...

    async def due(self, now: datetime, limit: int) -> list[Digest]:
        """Up to `limit` Digests with `next_run` at or before `now` that are not paused, the longest due first."""
        ...

    async def set_next_run(self, digest_id: int, next_run: datetime | None) -> None:
        """When it runs next; None: never, until this is called again. One that is gone is passed over."""
        ...

    async def set_next_runs(self, runs: Mapping[int, datetime | None]) -> None:
        """The same for many Digests (id -> instant) in one transaction."""
        ...


class DeliveryBook(Protocol):
    """Each run of a Digest, known by (digest_id, run_key)."""

    async def start(self, delivery: Delivery) -> bool:
        """Note that this run begins. False, and nothing changed, where a run of that key is noted already."""
        ...

    async def start_all(self, deliveries: Iterable[Delivery]) -> set[str]:
        """`start` for many in one transaction: the keys (`Delivery.key`) that were new."""
        ...

    async def get(self, digest_id: int, run_key: str) -> Delivery | None:
        """The run as last stored."""
        ...

    async def finish(self, delivery: Delivery) -> None:
        """Store how it stands: state, message ids, stories told, reason. Called again, the last word counts.

        A run that was never started is stored too, so that what was posted is never forgotten.
        """
        ...

    async def last_posted(self, digest_id: int) -> Delivery | None:
        """The latest run (by `due`) in state "posted"."""
        ...

    async def history(self, digest_id: int, limit: int) -> list[Delivery]:
        """The latest runs in any state, newest (by `due`) first."""
        ...

    async def of_message(self, guild_id: int, message_id: int) -> Delivery | None:
        """The guild's run that posted that message."""
        ...

    async def told_stories(self, digest_id: int, since: datetime) -> set[str]:
        """The keys of all stories told by runs posted at or after `since`."""
        ...

    async def unfinished(self, before: datetime, limit: int) -> list[Delivery]:
        """Runs still in state "due" that were due before `before`, oldest first."""
        ...


class BriefShelf(Protocol):
    """Documents and Briefs kept for a while, so that one article is read and paid for once."""

    async def document(self, url_key: str, since: datetime) -> Document | None:
        """The Document read from that address at or after `since`. `url_key`: the address in normal form."""
        ...

    async def document_by_id(self, document_id: str) -> Document | None:
        """The Document with that content id, as last stored."""
        ...

    async def put_document(self, document: Document, url_keys: Iterable[str] = (), *, now: datetime) -> None:
        """Keep it under its id and under each address it was reached by (asked, redirected to, canonical)."""
        ...

    async def brief(self, key: BriefKey) -> Brief | None:
        """The Brief kept under `key`; None also where the row is not what was put there."""
        ...

    async def put_brief(self, key: BriefKey, brief: Brief, *, now: datetime) -> None:
        """Keep it; an earlier one under `key` is replaced."""
        ...


class FeedBook(Protocol):
    """What is known of each feed, whichever digests read it."""

    async def states(self, urls: Iterable[str]) -> dict[str, FeedState]:
        """The states of those feeds that were asked before, by address."""
        ...

    async def put(self, state: FeedState) -> None:
        """Replace the feed's state. With `failures` 0, guilds may be told again of the next failure."""
        ...

    async def told_of(self, guild_id: int, urls: Iterable[str]) -> set[str]:
        """Those whose failure this guild has been told of since they last worked."""
        ...

    async def note_told(self, guild_id: int, urls: Iterable[str]) -> None:
        """This guild has now been told of their failure; noted after it was told, so that nothing is lost."""
        ...


class SettingsBook(Protocol):
    """What guilds and channels chose."""

    async def choices(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What holds there: the channel's choices over the guild's."""
        ...

    async def own(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What was chosen at exactly that place."""
        ...

    async def choose(self, guild_id: int, channel_id: int | None, choices: Choices) -> None:
        """Replace what was chosen at exactly that place."""
        ...

    async def amend(
        self, guild_id: int, channel_id: int | None, changes: Mapping[str, object], *, by: int, now: datetime
    ) -> Choices:
        """Set some fields at exactly that place (None: not chosen here) and note in the audit what is different.

        Returns all that is chosen there now. Of two people at once, neither undoes what the other changed.
        """
        ...

    async def places(self, guild_id: int) -> dict[int, Choices]:
        """The channels of a guild where something was chosen, and what was chosen at exactly each."""
        ...


class UsageBook(Protocol):
    """Tokens spent, by guild and UTC day."""

    async def spend(self, key: str, guild_id: int, day: date, usage: Usage, user_id: int | None = None) -> bool:
        """Note what a piece of work cost. `key` names the work: noted twice, it counts once (then False)."""
        ...

    async def spent(self, guild_id: int, day: date, user_id: int | None = None) -> Usage:
        """The sum of a guild's day, or of one person's part in it."""
        ...


class Housekeeping(Protocol):
    """Retention, and the right to be forgotten."""

    async def prune(self, now: datetime, retention: Retention) -> Pruned:
        """Remove what is older than that, in small transactions. 0 days keeps nothing; unfinished runs stay."""
        ...

    async def forget_guild(self, guild_id: int) -> None:
        """Remove all that belongs to a guild, whatever table it is in."""
        ...

    async def forget_channel(self, guild_id: int, channel_id: int) -> None:
        """Remove the answers given in a channel, the reactions to them, and what was chosen for it."""
        ...

    async def forget_user(self, user_id: int) -> None:
        """Remove what a person asked for, reacted and reported, and their id from what stays with its guild.

        Digests, settings and prompts that they made are then made by nobody (0).
        """
        ...

    async def forget_reports(self, keys: Iterable[str]) -> None:
        """Remove the errors that anybody reported in the answers with those keys."""
        ...

    async def forget_texts(self, answered: Iterable[Answered]) -> list[str]:
        """Remove the texts and files that were handed in for `answered`, and their Briefs; where they lay.

        One that another answer, not among these, rests on stays with that one.
        """
        ...


class DepartureBook(Protocol):
    """The guilds that the bot left, and when. Every method raises StorageError."""

    async def left(self, guild_ids: Iterable[int], when: datetime) -> None:
        """Note it; a note that is there already keeps its instant."""
        ...

    async def back(self, guild_ids: Iterable[int]) -> None:
        """The bot is a member again: no note is left."""
        ...

    async def gone(self, before: datetime) -> list[int]:
        """The guilds that were left at or before that instant, the longest gone first."""
        ...

    async def known(self) -> set[int]:
        """The guilds that set anything up: digests, settings or prompts."""
        ...
