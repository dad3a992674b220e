"""What guilds made of prompts. A version is only ever added, so that what was once in force can be found again."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.domain.prompt_version import DRAFT, PromptVersion
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, to_row
from bot.store.tables import prompt_versions as table

_TRIES: Final = 20  # two who save at once take turns


class PromptVersions:
    """`bot.services.prompt_book.PromptBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def add(self, wanted: PromptVersion, *, keep: int) -> PromptVersion:
        """Store it as the next version of its name, in place of the draft and of what is too old."""
        for _ in range(_TRIES):
            async with self._database.writing() as connection:
                if stored := await self._added(connection, wanted):
                    too_old = table.c.version <= stored.version - keep  # the draft, 0, is the oldest
                    await connection.execute(delete(table).where(*_named(wanted), too_old))
                    draft = table.c.version == DRAFT
                    await connection.execute(delete(table).where(*_named(wanted), draft))
                    return stored
        raise StorageError

    async def current(self, guild_id: int) -> list[PromptVersion]:
        """The newest version of each name, by name."""
        newest = (
            select(table.c.name, func.max(table.c.version).label("version"))
            .where(table.c.guild_id == guild_id, table.c.version != DRAFT)
            .group_by(table.c.name)
            .subquery()
        )
        query = (
            select(table)
            .join(newest, (table.c.name == newest.c.name) & (table.c.version == newest.c.version))
            .where(table.c.guild_id == guild_id)
            .order_by(table.c.name)
        )
        return await self._looks.take(query, _values)

    async def history(self, guild_id: int, name: str, limit: int) -> list[PromptVersion]:
        """The newest versions of a name, newest first."""
        query = (
            select(table)
            .where(table.c.guild_id == guild_id, table.c.name == name, table.c.version != DRAFT)
            .order_by(table.c.version.desc())
            .limit(limit)
        )
        return await self._looks.take(query, _values)

    async def get(self, guild_id: int, name: str, version: int) -> PromptVersion | None:
        """That version, or None."""
        query = select(table).where(table.c.guild_id == guild_id, table.c.name == name, table.c.version == version)
        found = await self._looks.take(query, _values)
        return found[0] if found else None

    async def put_draft(self, draft: PromptVersion) -> None:
        """Keep it in place of the guild's earlier draft of that name."""
        row = to_row(draft.model_copy(update={"version": DRAFT}), table)
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(table, row), row)

    async def drop_draft(self, guild_id: int, name: str) -> bool:
        """Throw the draft of that name away; False where there was none."""
        gone = delete(table).where(table.c.guild_id == guild_id, table.c.name == name, table.c.version == DRAFT)
        async with self._database.writing() as connection:
            return (await connection.execute(gone)).rowcount > 0

    async def _added(self, connection: AsyncConnection, wanted: PromptVersion) -> PromptVersion | None:
        """The row under the next number; None where somebody else took that number meanwhile."""
        newest = select(func.coalesce(func.max(table.c.version), DRAFT)).where(*_named(wanted))
        number = int((await connection.execute(newest)).scalar_one()) + 1
        stored = wanted.model_copy(update={"version": number})
        note = self._database.insert(table).values(to_row(stored, table)).on_conflict_do_nothing()
        taken = (await connection.execute(note.returning(table.c.version))).first()
        return stored if taken else None


def _values(rows: Rows) -> list[PromptVersion]:
    return [from_row(row, PromptVersion) for row in rows]


def _named(version: PromptVersion) -> tuple[ColumnElement[bool], ...]:
    return (table.c.guild_id == version.guild_id, table.c.name == version.name)
