"""`nutgraf db`: the operator's hand on the database."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.settings import Settings, load_settings


def db(arguments: Namespace) -> int:
    """Do one of ACTIONS and print a sentence of it. Raises SettingsError, UsageError and StorageError."""
    print(ACTIONS[arguments.action](load_settings(), arguments))
    return 0


def _upgrade(settings: Settings, _: Namespace) -> str:
    from bot.store.database import database_url, sqlite_path  # noqa: PLC0415
    from bot.store.migrating import upgrade  # noqa: PLC0415
    from bot.store.owner import owned  # noqa: PLC0415

    url = database_url(_address(settings))
    with owned(sqlite_path(url)):
        before, after = upgrade(url)
    if before == after:
        return f"The database is up to date (version {after})."
    return f"The database has been brought from {_version(before)} to version {after}."


def _backup(settings: Settings, arguments: Namespace) -> str:
    from bot.store.backup import backup  # noqa: PLC0415
    from bot.store.database import database_url  # noqa: PLC0415

    target = Path(arguments.file)
    made = backup(database_url(_address(settings)), target)
    return f"{made.rows:,} rows (version {made.revision}) are in {target.name}."


def _restore(settings: Settings, arguments: Namespace) -> str:
    from bot.store.backup import restore  # noqa: PLC0415
    from bot.store.database import database_url  # noqa: PLC0415

    source = Path(arguments.file)
    made = restore(database_url(_address(settings)), source, force=arguments.force)
    return f"{made.rows:,} rows of {source.name} are in the database (version {made.revision})."


def _prune(settings: Settings, _: Namespace) -> str:
    from bot.services.retention import retention_of  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415

    async def pruned() -> str:
        async with open_store(_address(settings), own=False) as store:
            gone = await store.housekeeping.prune(datetime.now(UTC), retention_of(settings))
        return "Removed: " + ", ".join(f"{count:,} {name}" for name, count in gone._asdict().items()) + "."

    return asyncio.run(pruned())


def _status(settings: Settings, _: Namespace) -> str:
    from bot.store.status import status  # noqa: PLC0415

    found = status(_address(settings))
    lines = [found.where, f"tables: {_version(found.revision)}; this Nutgraf has version {found.head}."]
    lines += [f"{name:<12}{count:>12,}" for name, count in found.rows.items()]
    return "\n".join(lines)


def _reports(settings: Settings, arguments: Namespace) -> str:
    from bot.domain.report import told  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415

    async def recent() -> str:
        async with open_store(_address(settings), own=False) as store:
            found = await store.reports.recent(arguments.last)
        return "\n\n".join(map(told, found)) or "Nobody has reported an error."

    return asyncio.run(recent())


def _address(settings: Settings) -> str:
    return settings.database_url.get_secret_value()


def _version(revision: str | None) -> str:
    return f"version {revision}" if revision else "nothing"


ACTIONS: Final[dict[str, Callable[[Settings, Namespace], str]]] = {
    "upgrade": _upgrade,
    "backup": _backup,
    "restore": _restore,
    "prune": _prune,
    "status": _status,
    "reports": _reports,
}
