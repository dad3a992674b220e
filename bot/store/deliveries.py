"""Each run of a Digest, noted before it posts, so that it posts once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digest import Delivery
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, to_row
from bot.store.tables import deliveries as runs
from bot.store.tables import digests

IDS_AT_ONCE = 5_000  # below the number of parameters that either database takes


class Deliveries:
    """`bot.services.books.DeliveryBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def start(self, delivery: Delivery) -> bool:
        """Note that this run begins; False where it is noted already, or its Digest is gone."""
        return bool(await self.start_all([delivery]))

    async def start_all(self, deliveries: Iterable[Delivery]) -> set[str]:
        """`start` for many in one transaction: the keys that were new."""
        wanted = {(delivery.digest_id, delivery.run_key): delivery for delivery in deliveries}
        rows = await asyncio.to_thread(_rows, [wanted[key] for key in sorted(wanted)])
        if not rows:
            return set()
        note = self._database.insert(runs).on_conflict_do_nothing().returning(runs.c.digest_id, runs.c.run_key)
        async with self._database.writing() as connection:
            known = await _known_digests(connection, sorted({digest_id for digest_id, _ in wanted}))
            rows = [row for row in rows if row["digest_id"] in known]
            if not rows:
                return set()
            new = (await connection.execute(note, rows)).all()
        return {wanted[digest_id, run_key].key for digest_id, run_key in new}

    async def get(self, digest_id: int, run_key: str) -> Delivery | None:
        """The run as last stored."""
        found = await self._read(_of(digest_id).where(runs.c.run_key == run_key))
        return found[0] if found else None

    async def finish(self, delivery: Delivery) -> None:
        """Store how it stands, started or not; nothing where its Digest is gone."""
        with suppress(IntegrityError):  # it refers to a Digest that is gone
            row = to_row(delivery, runs)
            async with self._database.writing() as connection:
                await connection.execute(self._database.upsert(runs, row), row)

    async def last_posted(self, digest_id: int) -> Delivery | None:
        """The latest run in state "posted"."""
        query = _of(digest_id).where(runs.c.state == "posted").order_by(runs.c.due.desc()).limit(1)
        found = await self._read(query)
        return found[0] if found else None

    async def history(self, digest_id: int, limit: int) -> list[Delivery]:
        """The latest runs in any state, newest first."""
        return await self._read(_of(digest_id).order_by(runs.c.due.desc()).limit(limit))

    async def of_message(self, guild_id: int, message_id: int) -> Delivery | None:
        """The guild's run that posted that message."""
        # The ids stand in the value. Few ask this, and of one guild's runs: not worth an index of its own.
        query = (
            select(runs)
            .join(digests, digests.c.id == runs.c.digest_id)
            .where(digests.c.guild_id == guild_id, runs.c.state == "posted")
            .where(cast(runs.c.value, Text).contains(str(message_id)))
        )
        return next((run for run in await self._read(query) if message_id in run.message_ids), None)

    async def told_stories(self, digest_id: int, since: datetime) -> set[str]:
        """The keys of all stories told by runs posted at or after `since`."""
        told = await self._read(_of(digest_id).where(runs.c.posted >= since))
        return {story for delivery in told for story in delivery.stories}

    async def unfinished(self, before: datetime, limit: int) -> list[Delivery]:
        """Runs still in state "due" that were due before `before`, oldest first."""
        query = select(runs).where(runs.c.state == "due", runs.c.due < before).order_by(runs.c.due).limit(limit)
        return await self._read(query)

    async def _read(self, query: Select[Any]) -> list[Delivery]:
        return await self._looks.take(query, _values)


def _values(rows: Rows) -> list[Delivery]:
    return [from_row(row, Delivery) for row in rows]


def _rows(deliveries: Iterable[Delivery]) -> list[dict[str, Any]]:
    return [to_row(delivery, runs) for delivery in deliveries]


def _of(digest_id: int) -> Select[Any]:
    return select(runs).where(runs.c.digest_id == digest_id)


async def _known_digests(connection: AsyncConnection, ids: list[int]) -> set[int]:
    """Those Digests that exist, held in place (on PostgreSQL) until the transaction ends."""
    known: set[int] = set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        chosen: ColumnElement[bool] = digests.c.id.in_(ids[start : start + IDS_AT_ONCE])
        query = select(digests.c.id).where(chosen).order_by(digests.c.id)
        known.update(await connection.scalars(query.with_for_update(read=True, key_share=True)))
    return known
