"""Tokens spent, by guild and UTC day. One row a piece of work: work that a crash repeats is counted once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bot.domain.draft import Usage
from bot.store.database import Database
from bot.store.tables import usage as table


class UsageRows:
    """`bot.services.books.UsageBook` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spend(self, key: str, guild_id: int, day: date, usage: Usage, user_id: int | None = None) -> bool:
        """Note what a piece of work cost; False where that work is noted already."""
        row = usage.model_dump() | {"key": key, "guild_id": guild_id, "day": day, "user_id": user_id}
        async with self._database.writing() as connection:
            note = self._database.insert(table).values(row).on_conflict_do_nothing().returning(table.c.key)
            return (await connection.execute(note)).first() is not None

    async def spent(self, guild_id: int, day: date, user_id: int | None = None) -> Usage:
        """The sum of a guild's day, or of one person's part in it."""
        figures = ("calls", "prompt_tokens", "completion_tokens", "seconds")
        query = select(
            *(func.coalesce(func.sum(table.c[name]), 0).label(name) for name in figures),
            func.count().filter(table.c.estimated).label("guesses"),
        ).where(table.c.guild_id == guild_id, table.c.day == day)
        if user_id is not None:
            query = query.where(table.c.user_id == user_id)
        async with self._database.reading() as connection:
            sums = (await connection.execute(query)).one()
        return Usage(
            calls=int(sums.calls),
            prompt_tokens=int(sums.prompt_tokens),
            completion_tokens=int(sums.completion_tokens),
            estimated=sums.guesses > 0,
            seconds=float(sums.seconds),
        )
