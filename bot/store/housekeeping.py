"""Retention, and the right to be forgotten.

Kept Documents and Briefs belong to no guild and name nobody who asked for them; they go by age alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, select, tuple_, update

from bot.domain.keeping import Pruned
from bot.store.database import Database
from bot.store.tables import briefs, choices, deliveries, digests, documents, feeds, notices, usage

ROWS_AT_ONCE = 500  # a short transaction each, so that nobody waits for the clean-up
NOBODY = 0


class Housekeeper:
    """`bot.services.books.Housekeeping` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prune(self, now: datetime, *, documents_days: int, briefs_days: int, deliveries_days: int) -> Pruned:
        """Remove what is older than that. Usage and feeds' states go with the Deliveries."""
        read, written, run = (
            now - timedelta(days=days) for days in (documents_days, briefs_days, deliveries_days)
        )
        return Pruned(
            documents=await self._remove(documents, documents.c.stored <= read),
            briefs=await self._remove(briefs, briefs.c.stored <= written),
            deliveries=await self._remove(deliveries, deliveries.c.due <= run, deliveries.c.state != "due"),
            usage=await self._remove(usage, usage.c.day < run.date()),
            feeds=await self._remove(feeds, feeds.c.asked <= run),
        )

    async def forget_guild(self, guild_id: int) -> None:
        """Remove all that belongs to a guild; its Deliveries go with its Digests."""
        async with self._database.writing() as connection:
            for table in (digests, choices, usage, notices):
                await connection.execute(delete(table).where(table.c.guild_id == guild_id))

    async def forget_user(self, user_id: int) -> None:
        """Remove a person's id: what they made stays with its guild, made by nobody."""
        async with self._database.writing() as connection:
            made = update(digests).where(digests.c.created_by == user_id).values(created_by=NOBODY)
            await connection.execute(made)
            await connection.execute(update(usage).where(usage.c.user_id == user_id).values(user_id=None))

    async def _remove(self, table: Table, *old: ColumnElement[bool]) -> int:
        key = list(table.primary_key.columns)
        some = select(*key).where(*old).limit(ROWS_AT_ONCE)
        batch = delete(table).where(key[0].in_(some) if len(key) == 1 else tuple_(*key).in_(some))
        removed = 0
        while True:
            async with self._database.writing() as connection:
                gone = (await connection.execute(batch)).rowcount
            removed += gone
            if gone < ROWS_AT_ONCE:
                return removed
