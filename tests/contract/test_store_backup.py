"""Backup and restore: all of it or nothing, from either database to either, from any version on."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from bot.domain.draft import Usage
from bot.domain.errors import DatabaseBusyError, UsageError, VersionError
from bot.domain.keeping import BriefKey, Choices, FeedState
from bot.store.backup import backup, restore
from bot.store.database import database_url, plain_engine
from bot.store.migrating import differences
from bot.store.store import Store, open_store
from bot.store.version import MIGRATIONS, head
from tests.support.briefs import brief
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, delivery, digest, document, emptied, empty_address, sqlite_address

__all__ = ["address", "empty_address", "postgres_url"]

BACKUPS = Path(__file__).with_name("backups")
KEY = BriefKey.of([document()], prompts_digest="abc", engine="extractive")
COST = Usage(calls=1, prompt_tokens=900, completion_tokens=80, seconds=1.5)


async def fill(store: Store) -> None:
    """A row in every table, and a Digest deleted after the last one that stays."""
    stays = await store.digests.add(digest(include=("ferry", "zero \0")))
    await store.deliveries.finish(
        delivery(stays.id, state="posted", posted=NOON, message_ids=(7,), stories=("a",))
    )
    gone = await store.digests.add(digest())
    await store.digests.delete(gone.id)
    await store.shelf.put_document(document(), ["https://courier.example/harbour"], now=NOON)
    await store.shelf.put_brief(KEY, brief(), now=NOON)
    await store.choices.choose(1, 8, Choices(language="sv"))
    await store.usage.spend("brief-1", 1, NOON.date(), COST, user_id=4)
    await store.feeds.put(FeedState(url="https://courier.example/feed.xml", asked=NOON, failures=1, reason="gone"))
    await store.feeds.note_told(1, ["https://courier.example/feed.xml"])


async def check_filled(store: Store) -> None:
    """All that `fill` put there, and no id given again."""
    posted = delivery(1, state="posted", posted=NOON, message_ids=(7,), stories=("a",))
    assert await store.digests.of_guild(1) == [digest(id=1, include=("ferry", "zero \0"))]
    assert await store.deliveries.history(1, 9) == [posted]
    assert await store.shelf.document("https://courier.example/harbour", NOON) == document()
    assert await store.shelf.brief(KEY) == brief()
    assert await store.choices.own(1, 8) == Choices(language="sv")
    assert await store.usage.spent(1, NOON.date(), user_id=4) == COST
    assert (await store.feeds.states(["https://courier.example/feed.xml"])).popitem()[1].failures == 1
    assert await store.feeds.told_of(1, ["https://courier.example/feed.xml"])
    assert (await store.digests.add(digest())).id == 3


def with_store(given: str, do: object) -> None:
    """Run `do(store)` on the open Store of `given`."""

    async def done() -> None:
        async with open_store(given) as store:
            await do(store)  # type: ignore[operator]

    asyncio.run(done())


def made_by_hand(folder: Path, sql: str) -> Path:
    """A SQLite file of these statements."""
    path = folder / "by-hand.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
    return path


def test_a_backup_of_either_database_restores_to_itself_and_to_sqlite(address: str, tmp_path: Path) -> None:
    url, copy = database_url(address), tmp_path / "copy.backup"
    with_store(address, fill)
    assert backup(url, copy) == (9, head())
    assert restore(url, copy, force=True) == (9, head())
    other = sqlite_address(tmp_path / "other.db")
    restore(database_url(other), copy)
    for given in (address, other):
        with_store(given, check_filled)


def test_one_moves_from_sqlite_to_postgresql(postgres_url: str, tmp_path: Path) -> None:
    here = sqlite_address(tmp_path / "here.db")
    with_store(here, fill)
    emptied(postgres_url)
    backup(database_url(here), tmp_path / "copy.db")
    restore(database_url(postgres_url), tmp_path / "copy.db")
    with_store(postgres_url, check_filled)


@pytest.mark.parametrize("revision", [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()])
def test_a_backup_of_any_version_arrives_whole(address: str, tmp_path: Path, revision: str) -> None:
    """Each release leaves the backup it would have made of `fill` in backups/ (`sqlite3 FILE .dump`)."""
    old = made_by_hand(tmp_path, (BACKUPS / f"{revision}.sql").read_text(encoding="utf-8"))
    restore(database_url(address), old, force=True)
    with plain_engine(database_url(address)) as engine, engine.connect() as connection:
        assert differences(connection) == []
    with_store(address, check_filled)


def test_a_backup_is_one_moment_of_a_database_that_goes_on(address: str, tmp_path: Path) -> None:
    """While digests and their runs are written, no backup has a run without its digest, or half of a batch."""
    copies = [tmp_path / f"copy{number}" for number in range(4)]

    async def busy() -> None:
        async with open_store(address) as store:
            ended = asyncio.Event()

            async def write() -> None:
                while not ended.is_set():
                    made = await store.digests.add(digest())
                    await store.deliveries.start_all([delivery(made.id, f"r{n}") for n in range(10)])

            writing = asyncio.create_task(write())
            for copy in copies:
                await asyncio.to_thread(backup, database_url(address), copy)
            ended.set()
            await writing

    asyncio.run(busy())
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            counts = connection.execute("SELECT count(*) FROM deliveries GROUP BY digest_id").fetchall()
            assert set(counts) <= {(10,)}


def test_a_database_that_holds_something_is_not_overwritten_unless_told(address: str, tmp_path: Path) -> None:
    url = database_url(address)
    backup(url, tmp_path / "empty")
    with_store(address, fill)
    with pytest.raises(DatabaseBusyError, match="--force"):
        restore(url, tmp_path / "empty")
    with_store(address, check_filled)
    assert restore(url, tmp_path / "empty", force=True).rows == 0


def test_ids_given_after_the_backup_are_not_given_again(address: str, tmp_path: Path) -> None:
    url = database_url(address)
    backup(url, tmp_path / "empty")
    with_store(address, fill)
    restore(url, tmp_path / "empty", force=True)

    async def third(store: Store) -> None:
        assert (await store.digests.add(digest())).id == 3

    with_store(address, third)


def test_what_is_no_backup_is_refused_and_nothing_changes(address: str, tmp_path: Path) -> None:
    url = database_url(address)
    with_store(address, fill)
    (tmp_path / "text").write_text("not a database", encoding="utf-8")
    (tmp_path / "broken").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    stranger = made_by_hand(tmp_path, "CREATE TABLE cats (name TEXT);")
    for source in (tmp_path / "text", tmp_path / "missing", tmp_path / "broken", stranger):
        with pytest.raises(UsageError, match=source.name):
            restore(url, source, force=True)
    with_store(address, check_filled)


def test_a_backup_of_a_newer_version_is_refused(address: str, tmp_path: Path) -> None:
    url = database_url(address)
    backup(url, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
    with pytest.raises(VersionError, match="newer"):
        restore(url, tmp_path / "copy", force=True)


def test_a_damaged_backup_changes_nothing(address: str, tmp_path: Path) -> None:
    """The rows are read while the old ones are being replaced: the transaction is what protects them."""
    url = database_url(address)
    with_store(address, fill)
    backup(url, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as connection, connection:
        connection.execute("UPDATE feeds SET value = 'no JSON'")
    with pytest.raises(UsageError, match="damaged"):
        restore(url, tmp_path / "copy", force=True)
    with_store(address, check_filled)


def test_a_backup_replaces_an_older_one_and_leaves_nothing_beside(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for _ in range(2):
        backup(database_url(address), folder / "daily")
    assert [path.name for path in folder.iterdir()] == ["daily"]
    assert (folder / "daily").stat().st_mode & 0o077 == 0


def test_a_database_is_no_backup_of_itself(tmp_path: Path) -> None:
    given = sqlite_address(tmp_path / "here.db")
    with_store(given, fill)
    for target in (tmp_path / "here.db", tmp_path / "no" / "such" / "folder"):
        with pytest.raises(UsageError):
            backup(database_url(given), target)
    with pytest.raises(UsageError):
        backup(database_url(sqlite_address(tmp_path / "missing.db")), tmp_path / "copy")
