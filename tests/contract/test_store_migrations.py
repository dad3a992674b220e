"""Migrations: they lead to today's tables, lose nothing, and happen once however many processes start."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.domain.errors import VersionError
from bot.store.database import database_url, plain_engine
from bot.store.migrating import differences, upgrade
from bot.store.store import open_store
from bot.store.tables import NOT_OURS, metadata
from bot.store.version import MIGRATIONS, _revisions, head, revision
from tests.support.postgres import postgres_url
from tests.support.stores import address, delivery, digest, emptied, empty_address

__all__ = ["address", "empty_address", "postgres_url"]

REBUILT = '''"""A step as later releases will have them: the parent of a foreign key is rebuilt."""
import sqlalchemy as sa
from alembic import op

revision = "{to}"
down_revision = "{since}"


def upgrade() -> None:
    kept = {{"sqlite_autoincrement": True}}
    with op.batch_alter_table("digests", recreate="{recreate}", table_kwargs=kept) as table:
        table.add_column(sa.Column("topic", sa.String(40), nullable=False, server_default="news"))
        table.alter_column("created_by", existing_type=sa.BigInteger, nullable=True)
    {then}
'''


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of our migrations, to add steps to."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for step in (MIGRATIONS / "versions").glob("r*.py"):
        (folder / "versions" / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def add_step(folder: Path, address: str, then: str = "") -> None:
    """A step after today's that rebuilds the table of Digests, and ends with `then`."""
    recreate = "always" if address.startswith("sqlite") else "auto"
    step = REBUILT.format(to="next", since=head(), recreate=recreate, then=then)
    (folder / "versions" / "rnext_rebuilt.py").write_text(step, encoding="utf-8")


def test_a_database_after_all_migrations_has_the_tables_of_the_code(empty_address: str) -> None:
    assert upgrade(database_url(empty_address)) == (None, head())
    with plain_engine(database_url(empty_address)) as engine, engine.connect() as connection:
        assert differences(connection) == []


def test_the_version_is_told_without_alembic_as_alembic_tells_it() -> None:
    steps = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert _revisions() == tuple(reversed(steps))


async def test_a_process_that_finds_its_tables_as_they_should_be_does_without_alembic(address: str) -> None:
    code = "import asyncio, sys; from bot.store.store import open_store\n"
    code += "async def run():\n    async with open_store(sys.argv[1]): print('alembic' in sys.modules)\n"
    code += "asyncio.run(run())"
    command = (sys.executable, "-c", code, address)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert out.split() == [b"False"]


def test_a_difference_would_be_seen(address: str) -> None:
    with plain_engine(database_url(address)) as engine, engine.begin() as connection:
        connection.execute(text("ALTER TABLE choices ADD COLUMN stray INTEGER"))
        connection.execute(text("DROP INDEX ix_feeds_asked"))
        found = differences(connection)
        connection.rollback()
    assert len(found) == 2


def test_tables_of_the_workflow_engine_are_not_ours_to_compare(address: str) -> None:
    with plain_engine(database_url(address)) as engine, engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("CREATE TABLE workflow_status (id INTEGER PRIMARY KEY)"))
        else:
            connection.execute(text("CREATE SCHEMA dbos"))
            connection.execute(text("CREATE TABLE dbos.workflow_status (id INTEGER PRIMARY KEY)"))
        found = differences(connection)
        connection.rollback()
    assert found == []


def test_every_table_of_the_workflow_engine_is_known_by_name() -> None:
    from dbos._schemas.system_database import SystemSchema  # noqa: PLC0415

    assert {table.name for table in SystemSchema.metadata_obj.sorted_tables} <= NOT_OURS
    assert not NOT_OURS & metadata.tables.keys()


def test_upgrading_again_changes_nothing(address: str) -> None:
    assert upgrade(database_url(address)) == (head(), head())


def test_a_rebuilt_table_loses_no_row_and_no_child(address: str, migrations: Path) -> None:
    async def fill() -> None:
        async with open_store(address) as store:
            for name in "ab":
                made = await store.digests.add(digest(name=name))
                await store.deliveries.start(delivery(made.id))

    asyncio.run(fill())
    add_step(migrations, address)
    upgrade(database_url(address), migrations=migrations)
    with plain_engine(database_url(address)) as engine, engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM digests WHERE topic = 'news'")) == 2
        assert connection.scalar(text("SELECT count(*) FROM deliveries")) == 2


def test_a_step_that_fails_leaves_the_database_as_it_was(address: str, migrations: Path) -> None:
    add_step(migrations, address, then='raise RuntimeError("half way")')
    with pytest.raises(RuntimeError, match="half way"):
        upgrade(database_url(address), migrations=migrations)
    with plain_engine(database_url(address)) as engine, engine.connect() as connection:
        assert revision(connection) == head()
        assert differences(connection) == []


def test_a_step_that_would_orphan_rows_is_undone(tmp_path: Path, migrations: Path) -> None:
    given = f"sqlite:///{tmp_path / 'orphans.db'}"
    upgrade(database_url(given))
    add_step(
        migrations,
        given,
        then="op.execute(\"INSERT INTO deliveries VALUES (9, 'r', '2026-01-01', 'due', NULL, '{}')\")",
    )
    with pytest.raises(Exception, match="without their parents"):
        upgrade(database_url(given), migrations=migrations)
    with plain_engine(database_url(given)) as engine, engine.connect() as connection:
        assert revision(connection) == head()


def test_processes_that_start_at_once_migrate_once(empty_address: str) -> None:
    url = database_url(empty_address)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: upgrade(url), range(4)))
    assert sorted(results, key=str) == sorted([(head(), head())] * 3 + [(None, head())], key=str)


def test_a_new_file_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")  # not in WAL mode yet: SQLite refuses to change over, and does not wait
        done = threading.Timer(0.3, other.execute, ["COMMIT"])
        done.start()
        assert upgrade(database_url(f"sqlite:///{file}")) == (None, head())
        done.join()


def test_a_newer_database_is_refused_and_left_alone(address: str, migrations: Path) -> None:
    add_step(migrations, address)
    upgrade(database_url(address), migrations=migrations)
    with pytest.raises(VersionError, match="newer"):
        upgrade(database_url(address))
    with plain_engine(database_url(address)) as engine, engine.connect() as connection:
        assert "topic" in {column["name"] for column in inspect(connection).get_columns("digests")}


async def test_a_postgresql_without_tables_says_what_to_run(postgres_url: str) -> None:
    await asyncio.to_thread(emptied, postgres_url)
    with pytest.raises(VersionError, match="nutgraf db upgrade"):
        async with open_store(postgres_url):
            pass
