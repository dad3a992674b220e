"""Brings a database to the tables of today's code, whatever version it has; runs before any other code does.

There is no alembic.ini and no env.py: these functions are the configuration. What a migration has to keep to:

- One transaction holds all of it; on PostgreSQL behind an advisory lock, so that of two processes that start at
  once one migrates and the other finds it done.
- On SQLite foreign keys are off while tables are rebuilt (batch mode drops the old table, which would delete its
  children), and checked before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL

from bot.domain.errors import StorageError, VersionError
from bot.store.database import plain_engine
from bot.store.tables import NOT_OURS, metadata
from bot.store.version import MIGRATIONS, NEWER, UPDATE, revision

LOCK: Final = 0x6E757467  # "nutg": the advisory lock that migrating processes queue for
LOCK_SECONDS: Final = 60  # that one waits for another's migration


def upgrade(url: URL, *, migrations: Path = MIGRATIONS, to: str = "head") -> tuple[str | None, str | None]:
    """Bring the database at `url` to revision `to`; returns the revisions before and after. Blocks.

    Raises VersionError for a database of a newer Nutgraf, and StorageError where it does not answer.
    """
    with plain_engine(url) as engine, rebuilding(engine) as connection:
        return migrate(connection, migrations=migrations, to=to)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt: on SQLite, dropping one does not delete its children."""
    with engine.connect().execution_options(writes=True) as connection:
        if engine.dialect.name == "sqlite":  # heeded outside a transaction only
            connection.connection.execute("PRAGMA foreign_keys = OFF")
            connection.connection.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
        with connection.begin():
            yield connection


def migrate(
    connection: Connection, *, migrations: Path = MIGRATIONS, to: str = "head"
) -> tuple[str | None, str | None]:
    """`upgrade` inside a transaction of `rebuilding`."""
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    script = _script(migrations)
    before = revision(connection)
    _known(script, before)
    _run(connection, script, _known(script, to))
    if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StorageError("A migration would have left rows without their parents; nothing was changed.")
    return before, revision(connection)


def differences(connection: Connection) -> list[Any]:
    """What sets the database apart from `tables.py`, in Alembic's terms; empty when they agree."""
    options = {"compare_type": True, "compare_server_default": True, "include_name": _is_ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _run(connection: Connection, script: ScriptDirectory, to: str) -> None:
    context = EnvironmentContext(
        Config(),
        script,
        fn=lambda found, _: script._upgrade_revs(to, found),
        destination_rev=to,
    )
    with context:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transactional_ddl=True,
            include_name=_is_ours,
        )
        context.run_migrations()


def _script(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory(str(migrations))


def _known(script: ScriptDirectory, wanted: str | None) -> Any:
    try:
        found = script.get_revision(wanted) if wanted else None
    except CommandError:
        raise VersionError(NEWER, cure=UPDATE) from None
    return found.revision if found else None


def _is_ours(name: str | None, kind: str, _: Any) -> bool:
    return kind != "table" or name not in NOT_OURS
