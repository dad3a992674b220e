"""Who changed what in which guild."""

from __future__ import annotations

from sqlalchemy import insert, select

from bot.domain.audit import AuditEntry
from bot.store.database import Database
from bot.store.rows import from_row, to_row
from bot.store.tables import audit as table


class AuditRows:
    """`bot.services.auditing.AuditBook` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, *entries: AuditEntry) -> None:
        """Keep them, in that order."""
        if not entries:
            return
        async with self._database.writing() as connection:
            for entry in entries:  # one by one: the ids tell the order
                await connection.execute(insert(table).values(to_row(entry, table)))

    async def recent(self, guild_id: int, limit: int) -> list[AuditEntry]:
        """A guild's latest entries, newest first."""
        columns = [column for column in table.columns if column is not table.c.id]
        query = (
            select(*columns)
            .where(table.c.guild_id == guild_id)
            .order_by(table.c.made.desc(), table.c.id.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [from_row(row, AuditEntry) for row in await connection.execute(query)]
