"""Books for those who ask them at every message: what was read is kept in memory for a moment.

A change made through the same book is seen at once: a server's settings and prompts are changed in the process
that hears the server's messages, since both come by its shard. What another process changes (a server that is
forgotten) is seen once the moment is over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from bot.domain.clock import Clock, utc_now
from bot.domain.keeping import Choices
from bot.domain.newest import Newest
from bot.domain.prompt_version import PromptVersion
from bot.services.books import SettingsBook
from bot.services.prompt_book import PromptBook

MOMENT: Final = timedelta(seconds=30)
PLACES: Final = 10_000  # the one asked for longest ago is forgotten first

T = TypeVar("T")


class _Moment(Generic[T]):
    """Values by guild and place in it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._known: Newest[tuple[int, int], tuple[datetime, T]] = Newest(PLACES)
        self._changes = 0

    async def of(self, place: tuple[int, int], read: Callable[[], Awaitable[T]]) -> T:
        now = self._clock()
        if known := self._known.get(place):
            since, value = known
            if since <= now < since + MOMENT:
                return value
        changes = self._changes
        value = await read()
        if changes == self._changes:  # else this may be from before a change, and would outlive it
            self._known.put(place, (now, value))
        return value

    def forget(self, guild_id: int) -> None:
        self._changes += 1
        self._known.drop(lambda place: place[0] == guild_id)


class RememberedChoices:
    """SettingsBook over another one."""

    def __init__(self, book: SettingsBook, *, clock: Clock = utc_now) -> None:
        self._book = book
        self._moment: _Moment[Choices] = _Moment(clock)

    async def choices(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What holds there: the channel's choices over the guild's."""
        return await self._moment.of((guild_id, channel_id or 0), lambda: self._book.choices(guild_id, channel_id))

    async def own(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What was chosen at exactly that place."""
        return await self._book.own(guild_id, channel_id)

    async def choose(self, guild_id: int, channel_id: int | None, choices: Choices) -> None:
        """Replace what was chosen at exactly that place."""
        try:
            await self._book.choose(guild_id, channel_id, choices)
        finally:
            self._moment.forget(guild_id)

    async def amend(
        self, guild_id: int, channel_id: int | None, changes: Mapping[str, object], *, by: int, now: datetime
    ) -> Choices:
        """Set some fields at exactly that place."""
        try:
            return await self._book.amend(guild_id, channel_id, changes, by=by, now=now)
        finally:
            self._moment.forget(guild_id)

    async def places(self, guild_id: int) -> dict[int, Choices]:
        """The channels of a guild where something was chosen, and what was chosen at exactly each."""
        return await self._book.places(guild_id)


class RememberedPrompts:
    """PromptBook over another one. Not for workers: they write by what holds now."""

    def __init__(self, book: PromptBook, *, clock: Clock = utc_now) -> None:
        self._book = book
        self._moment: _Moment[list[PromptVersion]] = _Moment(clock)

    async def add(self, wanted: PromptVersion, *, keep: int) -> PromptVersion:
        """Store it as the next version of its name."""
        try:
            return await self._book.add(wanted, keep=keep)
        finally:
            self._moment.forget(wanted.guild_id)

    async def current(self, guild_id: int) -> list[PromptVersion]:
        """The newest version of each name, by name."""
        return await self._moment.of((guild_id, 0), lambda: self._book.current(guild_id))

    async def history(self, guild_id: int, name: str, limit: int) -> list[PromptVersion]:
        """The newest versions of a name, newest first."""
        return await self._book.history(guild_id, name, limit)

    async def get(self, guild_id: int, name: str, version: int) -> PromptVersion | None:
        """That version; None where it is not kept."""
        return await self._book.get(guild_id, name, version)

    async def put_draft(self, draft: PromptVersion) -> None:
        """Keep it in place of the guild's earlier draft of that name."""
        await self._book.put_draft(draft)

    async def drop_draft(self, guild_id: int, name: str) -> bool:
        """Throw the draft of that name away."""
        return await self._book.drop_draft(guild_id, name)
