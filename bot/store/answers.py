"""Briefings that stand in Discord, with what their buttons need after a restart.

An interaction's token is not kept longer than it is of use: it is a key to answer in somebody's name. The order's
own place has it; the record only as long as it is all that is known of the order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update

from bot.domain.answer import Answered
from bot.domain.brief import Brief
from bot.domain.newest import Newest
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import sealed, unsealed
from bot.store.tables import answer_messages, answers
from bot.store.together import Together

Row = dict[str, Any]
ROWS_AT_ONCE = 500
SEALED = 64  # kept in memory


class Answers:
    """`bot.services.answers.AnswerBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks
        self._sealed: Newest[int, tuple[Brief, bytes, str]] = Newest(SEALED)
        self._together = Together(self._put_all)

    async def put(self, answered: Answered) -> None:
        """Keep it as it is now; an earlier one with that key is replaced."""
        place = answered.place if answered.held else answered.place.model_copy(update={"token": None})
        body, sha256 = await self._body(answered.brief)
        value = answered.model_copy(update={"place": place, "brief": None})
        row = {
            "key": answered.key,
            "guild_id": place.guild_id,
            "channel_id": place.channel_id,
            "asker_id": place.asker_id,
            "asked": place.asked,
            "value": value.model_dump(mode="json"),
            "body": body,
            "sha256": sha256,
        }
        await self._together.add((row, [{"message_id": id_, "key": answered.key} for id_ in answered.message_ids]))

    async def note(self, key: str, message_id: int) -> None:
        """Write down where its first message stands, unless that is known already."""
        async with self._database.writing() as connection:
            found = select(answers.c.value).where(answers.c.key == key).with_for_update()
            value = (await connection.execute(found)).scalar_one_or_none()
            if value is None or value["message_ids"]:
                return
            noted = update(answers).where(answers.c.key == key)
            await connection.execute(noted.values(value=value | {"message_ids": [message_id]}))
            at = {"message_id": message_id, "key": key}
            await connection.execute(self._database.upsert(answer_messages, at), at)

    async def get(self, key: str) -> Answered | None:
        """The one with that key; None also where the row is not what was put there."""
        return await self._take(select(answers).where(answers.c.key == key))

    async def of_message(self, message_id: int) -> Answered | None:
        """The one that stands in that message."""
        there = select(answers).join(answer_messages, answer_messages.c.key == answers.c.key)
        return await self._take(there.where(answer_messages.c.message_id == message_id))

    async def held(self, since: datetime) -> list[Answered]:
        """Those asked for since then that no job has, oldest first."""
        held = answers.c.value["held"].as_boolean().is_(True)
        query = select(answers).where(answers.c.asked >= since, held).order_by(answers.c.asked)
        async with self._database.reading() as connection:
            return [Answered.model_validate(row.value) for row in await connection.execute(query)]

    async def of_asker(self, asker_id: int) -> list[str]:
        """The keys of all that a person asked for."""
        return await self._keys(answers.c.asker_id == asker_id)

    async def of_guild(self, guild_id: int, channel_id: int | None = None) -> list[str]:
        """The keys of all in a guild, or in one of its channels."""
        there = [answers.c.channel_id == channel_id] if channel_id is not None else []
        return await self._keys(answers.c.guild_id == guild_id, *there)

    async def delete(self, key: str) -> bool:
        """Forget it; False where it was gone already."""
        return await self._remove([key]) > 0

    async def prune(self, before: datetime) -> int:
        """Forget those asked for before that instant; how many."""
        removed = 0
        while keys := await self._keys(answers.c.asked < before, limit=ROWS_AT_ONCE):
            removed += await self._remove(keys)
        return removed

    async def _put_all(self, rows: Sequence[tuple[Row, Sequence[Row]]]) -> None:
        stand = [message for _, messages in rows for message in messages]
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(answers, rows[0][0]), [row for row, _ in rows])
            if stand:
                await connection.execute(self._database.upsert(answer_messages, stand[0]), stand)

    async def _body(self, brief: Brief | None) -> tuple[bytes | None, str | None]:
        """The Brief as it is stored. One that many asked for at once is the same object, and sealed once."""
        if brief is None:
            return None, None
        known = self._sealed.get(id(brief))
        if known is None:
            known = (brief, *await asyncio.to_thread(sealed, brief))
            self._sealed.put(id(brief), known)
        return known[1:]

    async def _keys(self, *where: ColumnElement[bool], limit: int | None = None) -> list[str]:
        query = select(answers.c.key).where(*where).order_by(answers.c.asked).limit(limit)
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    async def _remove(self, keys: Sequence[str]) -> int:
        async with self._database.writing() as connection:
            await connection.execute(delete(answer_messages).where(answer_messages.c.key.in_(keys)))
            return (await connection.execute(delete(answers).where(answers.c.key.in_(keys)))).rowcount

    async def _take(self, query: Select[Any]) -> Answered | None:
        return await self._looks.take(query, _answered)


def _answered(rows: Rows) -> Answered | None:
    if not rows:
        return None
    (row,) = rows
    known = Answered.model_validate(row.value)
    if row.body is None:
        return known
    brief = unsealed(row.body, row.sha256, Brief)
    return known.model_copy(update={"brief": brief}) if brief else None
