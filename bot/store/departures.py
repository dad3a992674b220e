"""The guilds that the bot left: what is kept of them is deleted some days later, unless it comes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, union

from bot.store.database import Database
from bot.store.tables import choices, digests, prompt_versions
from bot.store.tables import departures as table

_AT_ONCE = 500  # ids in a statement: SQLite takes so many variables and no more


class Departures:
    """`bot.services.books.DepartureBook` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def left(self, guild_ids: Iterable[int], when: datetime) -> None:
        """Note it; a note that is there already keeps its instant."""
        for some in _batches(guild_ids):
            rows = [{"guild_id": guild_id, "left": when} for guild_id in some]
            note = self._database.insert(table).values(rows).on_conflict_do_nothing()
            async with self._database.writing() as connection:
                await connection.execute(note)

    async def back(self, guild_ids: Iterable[int]) -> None:
        """The bot is a member again."""
        for some in _batches(guild_ids):
            async with self._database.writing() as connection:
                await connection.execute(delete(table).where(table.c.guild_id.in_(some)))

    async def gone(self, before: datetime) -> list[int]:
        """The guilds that were left at or before that instant, the longest gone first."""
        query = select(table.c.guild_id).where(table.c.left <= before).order_by(table.c.left, table.c.guild_id)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def known(self) -> set[int]:
        """The guilds that set anything up."""
        everywhere = union(*(select(each.c.guild_id) for each in (digests, choices, prompt_versions)))
        async with self._database.reading() as connection:
            return set((await connection.execute(everywhere)).scalars())


def _batches(guild_ids: Iterable[int]) -> list[Sequence[int]]:
    ordered = sorted(set(guild_ids))
    return [ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE)]
