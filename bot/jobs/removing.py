"""What an operator does about a worker that will not come back."""

from __future__ import annotations

from collections import Counter

from bot.domain.errors import DatabaseBusyError, UsageError
from bot.jobs.engine import engine_url, open_client
from bot.jobs.lease import is_alive
from bot.jobs.upkeep import give_back


def remove_worker(database_url: str, name: str) -> Counter[str]:
    """Queue its unfinished jobs again, with fresh attempts; how many by kind. Blocks.

    Live workers do so by themselves, half a minute after one dies; this is for jobs that none of them took.
    Raises UsageError, DatabaseBusyError, StorageError.
    """
    if database_url.startswith("sqlite"):
        raise UsageError(
            "On SQLite there is one process, and it takes up its own jobs when it starts.", cure="Start it."
        )
    url = engine_url(database_url)
    if is_alive(url, name):
        raise DatabaseBusyError(f"The worker {name} is alive.", cure="Stop that process first.")
    client = open_client(url)
    try:
        return give_back(client, name)
    finally:
        client.destroy()
