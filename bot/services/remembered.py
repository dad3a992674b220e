"""RememberedChoices: the SettingsBook for those who ask it at every message.

What was chosen is kept in memory for a moment. A change made through the same book is seen at once: a server's
settings are changed in the process that hears the server's messages, since both come by its shard. What another
process changes (a server that is forgotten) is seen once the moment is over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.domain.keeping import Choices
from bot.services.books import SettingsBook
from bot.services.digest_desk import utc_now

MOMENT: Final = timedelta(seconds=30)
PLACES: Final = 10_000  # the one asked for longest ago is forgotten first


class RememberedChoices:
    """SettingsBook over another one."""

    def __init__(self, book: SettingsBook, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._book = book
        self._clock = clock
        self._known: OrderedDict[tuple[int, int], tuple[datetime, Choices]] = OrderedDict()
        self._changes = 0

    async def choices(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What holds there: the channel's choices over the guild's."""
        place, now = (guild_id, channel_id or 0), self._clock()
        read, choices = self._known.get(place, (None, Choices()))
        if read is not None and read <= now < read + MOMENT:
            self._known.move_to_end(place)
            return choices
        changes = self._changes
        choices = await self._book.choices(guild_id, channel_id)
        if changes == self._changes:  # else this may be from before a change, and would outlive it
            self._known[place] = now, choices
            self._known.move_to_end(place)
            while len(self._known) > PLACES:
                self._known.popitem(last=False)
        return choices

    async def own(self, guild_id: int, channel_id: int | None = None) -> Choices:
        """What was chosen at exactly that place."""
        return await self._book.own(guild_id, channel_id)

    async def choose(self, guild_id: int, channel_id: int | None, choices: Choices) -> None:
        """Replace what was chosen at exactly that place."""
        try:
            await self._book.choose(guild_id, channel_id, choices)
        finally:
            self._forget(guild_id)

    async def amend(
        self, guild_id: int, channel_id: int | None, changes: Mapping[str, object], *, by: int, now: datetime
    ) -> Choices:
        """Set some fields at exactly that place."""
        try:
            return await self._book.amend(guild_id, channel_id, changes, by=by, now=now)
        finally:
            self._forget(guild_id)

    async def places(self, guild_id: int) -> dict[int, Choices]:
        """The channels of a guild where something was chosen, and what was chosen at exactly each."""
        return await self._book.places(guild_id)

    def _forget(self, guild_id: int) -> None:
        self._changes += 1
        for place in [place for place in self._known if place[0] == guild_id]:
            del self._known[place]
