"""All books of one database, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.engine import URL

from bot.domain.errors import SettingsError
from bot.store.answers import Answers
from bot.store.audit import AuditRows
from bot.store.choices import ChoiceBook
from bot.store.database import Database, database_url, open_database, plain_engine, sqlite_path
from bot.store.deliveries import Deliveries
from bot.store.departures import Departures
from bot.store.digests import Digests
from bot.store.feeds import Feeds
from bot.store.housekeeping import Housekeeper
from bot.store.looks import Looks, open_looks
from bot.store.open_questions import QuestionRows
from bot.store.owner import owned
from bot.store.prompt_versions import PromptVersions
from bot.store.reactions import Reactions
from bot.store.reports import Reports
from bot.store.shelf import Shelf
from bot.store.usage import UsageRows
from bot.store.version import head, require_head, revision


@dataclass(frozen=True, slots=True)
class Store:
    """What the use cases keep things in; each part fills the protocol of that name in `bot.services.books`."""

    database: Database
    digests: Digests
    deliveries: Deliveries
    shelf: Shelf
    feeds: Feeds
    choices: ChoiceBook
    audit: AuditRows
    usage: UsageRows
    answers: Answers
    questions: QuestionRows
    housekeeping: Housekeeper
    prompts: PromptVersions
    departures: Departures
    reactions: Reactions
    reports: Reports


@asynccontextmanager
async def open_store(given: str, *, own: bool = True) -> AsyncIterator[Store]:
    """The Store behind DATABASE_URL.

    A SQLite file is owned by this process while it is open (`own=False`: for a look beside the bot) and is brought
    up to date first. PostgreSQL has to be up to date: its processes start
    side by side, after `nutgraf db upgrade`. Raises SettingsError, DatabaseBusyError, VersionError, StorageError.
    """
    url = database_url(given)
    if url.get_backend_name() == "sqlite" and sqlite_path(url) is None:
        raise SettingsError("DATABASE_URL names a database in memory, which keeps nothing.", cure="Name a file.")
    async with AsyncExitStack() as stack:
        if own and (path := sqlite_path(url)):
            lock = await asyncio.to_thread(owned, path)
            await asyncio.to_thread(lock.__enter__)
            stack.push_async_callback(asyncio.to_thread, lock.__exit__, None, None, None)
        await asyncio.to_thread(_made_ready, url, own)
        database = await stack.enter_async_context(open_database(given))
        yield books(database, await stack.enter_async_context(open_looks(url, database)))


def books(database: Database, looks: Looks) -> Store:
    """The Store over an open database whose tables are up to date."""
    return Store(
        database=database,
        digests=Digests(database, looks),
        deliveries=Deliveries(database, looks),
        shelf=Shelf(database, looks),
        feeds=Feeds(database, looks),
        choices=ChoiceBook(database, looks),
        audit=AuditRows(database),
        usage=UsageRows(database),
        answers=Answers(database, looks),
        questions=QuestionRows(database),
        housekeeping=Housekeeper(database),
        prompts=PromptVersions(database, looks),
        departures=Departures(database),
        reactions=Reactions(database, looks),
        reports=Reports(database),
    )


def _made_ready(url: URL, own: bool) -> None:
    may_migrate = own and url.get_backend_name() == "sqlite"
    with plain_engine(url) as engine, engine.connect() as connection:
        if may_migrate and revision(connection) == head():
            return
        if not may_migrate:
            require_head(connection)
            return
    from bot.store.migrating import upgrade  # noqa: PLC0415  it brings Alembic

    upgrade(url)
