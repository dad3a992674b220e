"""The Digests that guilds asked for, and when each runs next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, select, update

from bot.domain.digest import Digest
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, to_row
from bot.store.tables import departures, digests


class Digests:
    """`bot.services.books.DigestBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def add(self, digest: Digest) -> Digest:
        """Store a new one; returns it with its id."""
        row = to_row(digest, digests)
        del row["id"]
        async with self._database.writing() as connection:
            made = await connection.execute(insert(digests).values(row).returning(digests.c.id))
            return digest.model_copy(update={"id": made.scalar_one()})

    async def get(self, digest_id: int) -> Digest | None:
        """The Digest, or None where it is gone."""
        found = await self._looks.take(select(digests).where(digests.c.id == digest_id), _values)
        return found[0] if found else None

    async def of_guild(self, guild_id: int) -> list[Digest]:
        """A guild's Digests, oldest first."""
        query = select(digests).where(digests.c.guild_id == guild_id).order_by(digests.c.id)
        return await self._looks.take(query, _values)

    async def update(self, digest: Digest) -> bool:
        """Store it as it is now; False where it is gone."""
        change = update(digests).where(digests.c.id == digest.id).values(to_row(digest, digests))
        async with self._database.writing() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def delete(self, digest_id: int) -> bool:
        """Remove it with its Deliveries; False where it was gone already."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(digests).where(digests.c.id == digest_id))).rowcount > 0

    async def due(self, now: datetime, limit: int) -> list[Digest]:
        """Up to `limit` Digests that are due, not paused, and of a guild that the bot is in, longest due first."""
        left = exists().where(departures.c.guild_id == digests.c.guild_id)
        query = (
            select(digests)
            .where(digests.c.paused.is_(False), digests.c.next_run <= now, ~left)
            .order_by(digests.c.next_run, digests.c.id)
            .limit(limit)
        )
        return await self._looks.take(query, _values)

    async def set_next_run(self, digest_id: int, next_run: datetime | None) -> None:
        """When it runs next; None: never."""
        await self.set_next_runs({digest_id: next_run})

    async def set_next_runs(self, runs: Mapping[int, datetime | None]) -> None:
        """The same for many in one transaction, in the order of ids: two writers cannot lock each other out."""
        if not runs:
            return
        change = update(digests).where(digests.c.id == bindparam("digest")).values(next_run=bindparam("moment"))
        rows = [{"digest": digest_id, "moment": runs[digest_id]} for digest_id in sorted(runs)]
        async with self._database.writing() as connection:
            await connection.execute(change, rows)


def _values(rows: Rows) -> list[Digest]:
    """For a thread: checking a Schedule's zone reads the zone's file."""
    return [from_row(row, Digest) for row in rows]
