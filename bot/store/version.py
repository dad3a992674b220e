"""Which version the tables of a database have, and which the code wants.

Told without Alembic, which brings 8 MB of modules and a fifth of a second, so that only who migrates pays for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from bot.domain.errors import VersionError

MIGRATIONS: Final = Path(__file__).with_name("migrations")
NEWER: Final = "The database was made by a newer Nutgraf."
UPDATE: Final = "Update Nutgraf, or restore a backup made with this version."


def head() -> str:
    """The version of today's code."""
    return _revisions()[-1]


def revision(connection: Connection) -> str | None:
    """The version that the database has; None where it has no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def require_head(connection: Connection) -> None:
    """Raises VersionError unless the database has the tables of today's code."""
    found = revision(connection)
    if found == head():
        return
    if found and found not in _revisions():
        raise VersionError(NEWER, cure=UPDATE)
    raise VersionError(
        "The database is not up to date." if found else "The database has no tables yet.",
        cure="Run `nutgraf db upgrade` first.",
    )


@cache
def _revisions() -> tuple[str, ...]:
    """All of them, oldest first, as the files of the migrations are named: `r0001_first_tables.py`."""
    files = sorted((MIGRATIONS / "versions").glob("r*.py"))
    return tuple(file.name[1:].partition("_")[0] for file in files)
