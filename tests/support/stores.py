"""A Store with empty tables on each database in turn, and values to put into it.

Import the fixtures `empty_address`, `address` and `store`, and `tests.support.postgres.postgres_url` with them; or
`store_in_a_file` alone, which is a `store`, too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.digest import Delivery, Digest
from bot.domain.document import Document
from bot.domain.schedule import Schedule
from bot.store.database import database_url, plain_engine
from bot.store.migrating import upgrade
from bot.store.store import Store, open_store

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
# Made here, since a zone is looked up in a file, which must not happen on an event loop.
SCHEDULE = Schedule(zone="Europe/Berlin", times=(time(7),))
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of a database with nothing in it."""
    if request.param == "sqlite":
        return sqlite_address(tmp_path / "nutgraf.db")
    given = str(request.getfixturevalue("postgres_url"))
    emptied(given)
    return given


@pytest.fixture
def address(empty_address: str) -> str:
    """DATABASE_URL of a database with our tables and no rows."""
    upgrade(database_url(empty_address))
    return empty_address


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """The open Store of `address`."""
    async with open_store(address) as opened:
        yield opened


@pytest.fixture(name="store")
async def store_in_a_file(tmp_path: Path) -> AsyncIterator[Store]:
    """An open Store on SQLite, for what is not about storage."""
    async with open_store(sqlite_address(tmp_path / "nutgraf.db")) as opened:
        yield opened


def emptied(given: str) -> None:
    """Drop all that a PostgreSQL database holds of ours."""
    with plain_engine(database_url(given)) as engine, engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def sqlite_address(path: Path) -> str:
    """DATABASE_URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def digest(**changes: object) -> Digest:
    """A daily digest at seven in Berlin."""
    known: dict[str, object] = {
        "guild_id": 1,
        "channel_id": 2,
        "name": "Harbour news",
        "schedule": SCHEDULE,
        "feeds": ("https://courier.example/feed.xml",),
        "created_by": 3,
        "next_run": NOON,
    }
    return Digest.model_validate(known | changes)


def delivery(digest_id: int, run_key: str = "2026-03-04T07:00", **changes: object) -> Delivery:
    """A run that is due."""
    known: dict[str, object] = {"digest_id": digest_id, "run_key": run_key, "due": NOON}
    return Delivery.model_validate(known | changes)


def document(text: str = "The harbour reopened on Monday.", **changes: object) -> Document:
    """A short article."""
    return Document.model_validate({"text": text, "title": "Harbour reopens", "language": "en"} | changes)
