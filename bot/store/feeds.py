"""What is known of each feed, whichever digests read it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.domain.keeping import FeedState
from bot.store.database import Database
from bot.store.looks import Looks, Rows
from bot.store.rows import from_row, sha256_of, to_row
from bot.store.tables import feeds, notices

URLS_AT_ONCE = 5_000


class Feeds:
    """`bot.services.books.FeedBook` in SQL."""

    def __init__(self, database: Database, looks: Looks) -> None:
        self._database = database
        self._looks = looks

    async def states(self, urls: Iterable[str]) -> dict[str, FeedState]:
        """The states of those feeds that were asked before, by address."""
        keys = sorted({sha256_of(url) for url in urls})
        known: dict[str, FeedState] = {}
        for start in range(0, len(keys), URLS_AT_ONCE):
            query = select(feeds).where(feeds.c.url_sha256.in_(keys[start : start + URLS_AT_ONCE]))
            known |= await self._looks.take(query, _by_url)
        return known

    async def put(self, state: FeedState) -> None:
        """Replace the feed's state; one that works again may be complained of again."""
        key = sha256_of(state.url)
        row = to_row(state, feeds) | {"url_sha256": key}
        async with self._database.writing() as connection:
            await connection.execute(self._database.upsert(feeds, row), row)
            if not state.failures:
                await connection.execute(delete(notices).where(notices.c.url_sha256 == key))

    async def told_of(self, guild_id: int, urls: Iterable[str]) -> set[str]:
        """Those whose failure this guild has been told of since they last worked."""
        by_key = {sha256_of(url): url for url in urls}
        query = select(notices.c.url_sha256).where(
            notices.c.guild_id == guild_id, notices.c.url_sha256.in_(sorted(by_key))
        )
        async with self._database.reading() as connection:
            return {by_key[key] for key in await connection.scalars(query)}

    async def note_told(self, guild_id: int, urls: Iterable[str]) -> None:
        """This guild has now been told of their failure."""
        rows = [{"url_sha256": key, "guild_id": guild_id} for key in sorted({sha256_of(url) for url in urls})]
        if rows:
            async with self._database.writing() as connection:
                await connection.execute(self._database.insert(notices).on_conflict_do_nothing(), rows)


def _by_url(rows: Rows) -> dict[str, FeedState]:
    states = [from_row(row, FeedState) for row in rows]
    return {state.url: state for state in states}
