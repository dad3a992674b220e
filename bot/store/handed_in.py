"""Texts and files that people handed in: unlike articles behind links they are nobody else's, and go when asked.

Such a Document is known by the address that it lies under, `kept:` and its fingerprint. One that was also read
from a link stays, for everybody who reads that link; only the address goes.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Text, cast, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import Answered
from bot.domain.order import ATTACHED, KEPT
from bot.store.database import Database
from bot.store.rows import sha256_of
from bot.store.tables import answers, briefs, documents, links
from bot.text.links import url_key

_AT_ONCE: Final = 200
_BEFORE: Final = timedelta(hours=1)  # a Brief is not stored earlier than that before its answer was asked for


class HandedIn:
    """Removes what was handed in for some answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, answered: Iterable[Answered]) -> list[str]:
        """Remove the texts handed in for `answered`, and their Briefs; the addresses that they lay under.

        One that another answer, not among these, rests on stays with that one.
        """
        mine = [each for each in answered if _has_handed_in(each)]
        texts = await self._texts(mine)
        for fingerprint, document_id in await self._used_by_others(texts, {each.key for each in mine}):
            texts.pop(fingerprint, None)
            texts = {name: other for name, other in texts.items() if other != document_id}
        if not texts:
            return []
        since = min(each.place.asked for each in mine) - _BEFORE
        await self._remove_briefs(set(texts.values()), since)
        async with self._database.writing() as connection:
            for fingerprint in texts:
                await self._remove_text(connection, fingerprint)
        return [f"{KEPT}{fingerprint}" for fingerprint in texts]

    async def _texts(self, answered: Sequence[Answered]) -> dict[str, str]:
        """The ids of Documents that were handed in for those answers, by their fingerprints."""
        named = {
            source.url.removeprefix(KEPT)
            for each in answered
            for source in each.order.sources
            if source.url.startswith(KEPT)
        }
        ids = {source.id for each in answered if each.brief for source in each.brief.sources}
        found: dict[str, str] = {}
        async with self._database.reading() as connection:
            for column, values in ((documents.c.fingerprint, named), (documents.c.id, ids)):
                for some in _batches(values):
                    query = select(documents.c.fingerprint, documents.c.id).where(column.in_(some))
                    for row in await connection.execute(query):
                        if await _lies_kept(connection, row.fingerprint):
                            found[row.fingerprint] = row.id
        return found

    async def _used_by_others(self, texts: dict[str, str], keys: set[str]) -> list[tuple[str, str]]:
        """Which of `texts` other answers rest on: named by their orders, or found in their Briefs."""
        value = cast(answers.c.value, Text)
        used: list[tuple[str, str]] = []
        async with self._database.reading() as connection:
            for fingerprint, document_id in texts.items():
                naming = select(answers.c.key).where(value.contains(f"{KEPT}{fingerprint}", autoescape=True))
                if any(key not in keys for key in (await connection.execute(naming)).scalars()):
                    used.append((fingerprint, document_id))
            if len(used) == len(texts):
                return used
            wanted = {document_id: fingerprint for fingerprint, document_id in texts.items()}
            attached = value.contains(ATTACHED, autoescape=True)
            async for row in _in_batches(connection, answers.c.key, answers.c.body, attached):
                if row.key not in keys and row.body:
                    there = await asyncio.to_thread(_holding, row.body, list(wanted))
                    used += [(wanted[document_id], document_id) for document_id in there]
        return used

    async def _remove_briefs(self, ids: set[str], since: datetime) -> None:
        """Briefs are kept under a digest, so that whose they are shows only inside."""
        doomed: list[str] = []
        async with self._database.reading() as connection:
            async for row in _in_batches(connection, briefs.c.key, briefs.c.body, briefs.c.stored >= since):
                if await asyncio.to_thread(_holding, row.body, list(ids)):
                    doomed.append(row.key)
        for some in _batches(doomed):
            async with self._database.writing() as connection:
                await connection.execute(delete(briefs).where(briefs.c.key.in_(some)))

    async def _remove_text(self, connection: AsyncConnection, fingerprint: str) -> None:
        await connection.execute(delete(links).where(links.c.url_sha256 == _address(fingerprint)))
        others = select(links.c.url_sha256).where(links.c.fingerprint == fingerprint).limit(1)
        if (await connection.execute(others)).first() is None:
            await connection.execute(delete(documents).where(documents.c.fingerprint == fingerprint))


def _has_handed_in(answered: Answered) -> bool:
    return any(source.url.startswith((KEPT, ATTACHED)) for source in answered.order.sources)


def _address(fingerprint: str) -> str:
    return sha256_of(url_key(f"{KEPT}{fingerprint}"))


async def _lies_kept(connection: AsyncConnection, fingerprint: str) -> bool:
    query = select(links.c.fingerprint).where(links.c.url_sha256 == _address(fingerprint))
    return (await connection.execute(query)).first() is not None


async def _in_batches(connection: AsyncConnection, key: Any, body: Any, where: ColumnElement[bool]) -> Any:
    """Rows of (key, body), by key, some at a time: a body may be large."""
    last: str | None = None
    while True:
        after = [key > last] if last is not None else []
        query = select(key.label("key"), body.label("body")).where(or_(where), *after).order_by(key)
        rows: Sequence[Row[Any]] = (await connection.execute(query.limit(_AT_ONCE))).all()
        for row in rows:
            yield row
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].key


def _holding(body: bytes, ids: Sequence[str]) -> list[str]:
    """Which Documents the Brief in `body` is of."""
    try:
        plain = zlib.decompress(body)
    except zlib.error:
        return []
    return [document_id for document_id in ids if f'"{document_id}"'.encode() in plain]


def _batches(values: Iterable[str]) -> list[list[str]]:
    ordered = sorted(set(values))
    return [ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE)]
