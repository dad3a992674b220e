"""The right to be forgotten, for people, channels and servers, and the daily clean-up of what is too old.

Forgetting goes from what moves to what lies still: jobs are stopped first, so that none writes anything new; then
texts that were handed in go, with the jobs that briefed them; then the rows. Whoever waits for an answer is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from typing import Final, NamedTuple, Protocol

from bot.domain.answer import Place
from bot.domain.clock import Clock, utc_now
from bot.domain.keeping import Retention
from bot.services.answers import AnswerBook
from bot.services.books import DepartureBook, DigestBook, Housekeeping
from bot.services.loops import Daily, for_ever

_log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 600.0


class ForgetsJobs(Protocol):
    """Deletes jobs with all that they hold (`bot.jobs.opening.Jobs`)."""

    async def forget(
        self, orders: Sequence[str] = (), *, handed_in: Sequence[str] = (), digests: Sequence[int] = ()
    ) -> int:
        """How many jobs there were. Raises StorageError."""
        ...

    async def places_under_way(self, orders: Sequence[str]) -> dict[str, Place]:
        """Where the answers of those orders go that have not ended, by key. Raises StorageError."""
        ...


class TakesBack(Protocol):
    """Tells those who wait for what was forgotten (`bot.chat.privacy.notes.Notes`)."""

    async def take_back(self, place: Place, note_id: int | None) -> None:
        """Say so in the place of the note, where that still can be. Raises nothing."""
        ...


class Forgotten(NamedTuple):
    """How many briefings, and how many texts and files that were handed in for them."""

    answers: int
    texts: int


class PrivacyDesk:
    """Every method raises StorageError."""

    def __init__(
        self,
        answers: AnswerBook,
        digests: DigestBook,
        housekeeping: Housekeeping,
        jobs: ForgetsJobs,
        notes: TakesBack | None = None,
    ) -> None:
        self._answers = answers
        self._digests = digests
        self._housekeeping = housekeeping
        self._jobs = jobs
        self._notes = notes

    async def asked_for(self, user_id: int) -> int:
        """How many briefings are kept that this person asked for."""
        return len(await self._answers.of_asker(user_id))

    async def forget_user(self, user_id: int) -> Forgotten:
        """All that a person asked for, everywhere, and their id wherever else it stands."""
        forgotten = await self._forget(await self._answers.of_asker(user_id))
        await self._housekeeping.forget_user(user_id)
        return forgotten

    async def forget_channels(self, guild_id: int, channel_ids: Iterable[int]) -> Forgotten:
        """All briefings asked for in those channels (a thread is one), and what was chosen for them."""
        answers = texts = 0
        for channel_id in channel_ids:
            forgotten = await self._forget(await self._answers.of_guild(guild_id, channel_id))
            await self._housekeeping.forget_channel(guild_id, channel_id)
            answers, texts = answers + forgotten.answers, texts + forgotten.texts
        return Forgotten(answers, texts)

    async def forget_guild(self, guild_id: int) -> Forgotten:
        """All that is kept of a server: briefings, digests, settings, prompts, who changed them."""
        digests = [digest.id for digest in await self._digests.of_guild(guild_id)]
        forgotten = await self._forget(await self._answers.of_guild(guild_id), digests)
        await self._housekeeping.forget_guild(guild_id)
        return forgotten

    async def _forget(self, keys: Sequence[str], digests: Sequence[int] = ()) -> Forgotten:
        waiting = await self._jobs.places_under_way(keys)
        await self._jobs.forget(keys, digests=digests)
        known = [answered for key in keys if (answered := await self._answers.get(key))]
        places = await self._housekeeping.forget_texts(known)
        if places:
            await self._jobs.forget(handed_in=places)
        await self._housekeeping.forget_reports(keys)
        for key in keys:
            await self._answers.delete(key)
        if self._notes is not None:
            noted = {answered.key: answered.note_id for answered in known}
            for key, place in waiting.items():
                await self._notes.take_back(place, noted.get(key))
        return Forgotten(len(keys), len(places))


class Departures:
    """Knows the servers that the bot was removed from."""

    def __init__(self, book: DepartureBook, *, clock: Clock = utc_now) -> None:
        self._book = book
        self._clock = clock

    async def member_of(self, guild_ids: Collection[int], *, ours: Callable[[int], bool]) -> None:
        """At the start: the bot is a member of those; others that are `ours` to hear of it was removed from."""
        await self._book.back(guild_ids)
        unheard = {guild_id for guild_id in await self._book.known() if ours(guild_id)} - set(guild_ids)
        await self._book.left(unheard, self._clock())

    async def left(self, guild_id: int) -> None:
        """The bot was removed."""
        await self._book.left([guild_id], self._clock())

    async def joined(self, guild_id: int) -> None:
        """The bot is there again."""
        await self._book.back([guild_id])


class CleanUp:
    """Once a day: what is too old goes, and what was left `after` that long ago."""

    def __init__(
        self,
        desk: PrivacyDesk,
        housekeeping: Housekeeping,
        departures: DepartureBook,
        retention: Retention,
        *,
        after: timedelta,
        clock: Clock = utc_now,
    ) -> None:
        self._desk = desk
        self._housekeeping = housekeeping
        self._departures = departures
        self._retention = retention
        self._after = after
        self._clock = clock
        self._daily = Daily()

    async def run(self) -> None:
        """For ever. What fails is told and tried again."""
        await for_ever(self.once, "clean-up", every=LOOK_SECONDS)

    async def once(self) -> bool:
        """Clean up if a day has gone by; whether it had."""
        now = self._clock()
        if not self._daily.is_due(now):
            return False
        gone = await self._departures.gone(now - self._after)
        for guild_id in gone:
            await self._desk.forget_guild(guild_id)
        pruned = await self._housekeeping.prune(now, self._retention)
        _log.info("cleaned up rows=%d guilds=%d", sum(pruned), len(gone))
        self._daily.done(now)
        return True
