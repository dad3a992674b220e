"""Reactions to what digests told: one vote a person and message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.vote import Vote
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, to_row
from bot.store.tables import reactions


class Reactions:
    """`bot.services.votes.VoteBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def put(self, vote: Vote) -> None:
        """Keep it; the person's earlier vote on that message is replaced."""
        row = to_row(vote, reactions)
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(reactions, row), row)

    async def remove(self, message_id: int, user_id: int, emoji: str) -> bool:
        """Take that vote back; False where the person's vote there is another one, or none."""
        theirs = (reactions.c.message_id == message_id, reactions.c.user_id == user_id)
        async with self._database.writing() as connection:
            row = (await connection.execute(select(reactions).where(*theirs))).one_or_none()
            if row is None or from_row(row, Vote).emoji != emoji:
                return False
            await connection.execute(delete(reactions).where(*theirs))
            return True

    async def of_guild(self, guild_id: int, since: datetime, limit: int) -> list[Vote]:
        """Its votes made after `since`, newest first."""
        query = (
            select(reactions)
            .where(reactions.c.guild_id == guild_id, reactions.c.made > since)
            .order_by(reactions.c.made.desc(), reactions.c.message_id, reactions.c.user_id)
            .limit(limit)
        )
        return await self._looks.take(query, _values)


def _values(rows: Rows) -> list[Vote]:
    return [from_row(row, Vote) for row in rows]
