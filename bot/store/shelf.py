"""Documents and Briefs kept for a while, so that one article is read and paid for once.

A row whose body does not match its SHA-256 counts as not there: a damaged or hand-edited Brief must not pass for a
proven one. (Who can write to the database can write a matching sum, too; that is not what this guards against.)
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select

from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.domain.keeping import BriefKey, fingerprint
from bot.domain.value import Value
from bot.store.database import Database
from bot.store.looks import Looks
from bot.store.rows import sealed, sha256_of, unsealed
from bot.store.tables import briefs, documents, links

log = logging.getLogger(__name__)
V = TypeVar("V", bound=Value)


class Shelf:
    """`bot.services.books.BriefShelf` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def document(self, url_key: str, since: datetime) -> Document | None:
        """The Document read from that address at or after `since`."""
        query = (
            select(documents.c.body, documents.c.sha256)
            .join(links, links.c.fingerprint == documents.c.fingerprint)
            .where(links.c.url_sha256 == sha256_of(url_key), links.c.read >= since)
        )
        return await self._take(query, Document)

    async def document_by_id(self, document_id: str) -> Document | None:
        """The Document with that content id, as last stored."""
        query = (
            select(documents.c.body, documents.c.sha256)
            .where(documents.c.id == document_id)
            .order_by(documents.c.stored.desc())
            .limit(1)
        )
        return await self._take(query, Document)

    async def put_document(self, document: Document, url_keys: Iterable[str] = (), *, now: datetime) -> None:
        """Keep it under its id and under each address it was reached by."""
        body, sha256 = await asyncio.to_thread(sealed, document)
        name = await asyncio.to_thread(fingerprint, document)
        row = {"fingerprint": name, "id": document.id, "body": body, "sha256": sha256, "stored": now}
        # Sorted: two writers of the same addresses cannot lock each other out.
        addresses = sorted({sha256_of(key) for key in url_keys})
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(documents, row), row)
            for address in addresses:
                link = {"url_sha256": address, "fingerprint": name, "read": now}
                await connection.execute(self._database.upsert(links, link), link)

    async def brief(self, key: BriefKey) -> Brief | None:
        """The Brief kept under `key`; None also where the row is not what was put there."""
        return await self._take(select(briefs.c.body, briefs.c.sha256).where(briefs.c.key == key.digest), Brief)

    async def put_brief(self, key: BriefKey, brief: Brief, *, now: datetime) -> None:
        """Keep it; an earlier one under `key` is replaced."""
        body, sha256 = await asyncio.to_thread(sealed, brief)
        row = {"key": key.digest, "body": body, "sha256": sha256, "stored": now}
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(briefs, row), row)

    async def _take(self, query: Select[Any], kind: type[V]) -> V | None:
        return await self._looks.take(query, lambda rows: _opened(rows[0], kind) if rows else None)


def _opened(row: Row[Any], kind: type[V]) -> V | None:
    value = unsealed(row.body, row.sha256, kind)
    if value is None:
        log.warning("A kept %s is damaged or of another version; it is left out.", kind.__name__)
    return value
