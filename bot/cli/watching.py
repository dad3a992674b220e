"""What each long-running command shows its operator: which checks make it ready, which figures it measures.

The composition root's part that belongs to watching; the rooms themselves know only an Observer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.domain.watching import Reading
from bot.watch.health import answers, ticking
from bot.watch.watching import Watching

if TYPE_CHECKING:
    from bot.chat.client import NutgrafClient
    from bot.jobs.opening import Jobs
    from bot.store.store import Store


def watch_gateway(watching: Watching, client: NutgrafClient) -> None:
    """Ready while all shards are connected. A restart does not help: discord.py reconnects by itself."""
    from bot.chat.shards import connected, readings  # noqa: PLC0415

    async def measured() -> list[Reading]:
        return readings(client)

    watching.check("gateway", connected(client))
    watching.sample("gateway", measured)


def watch_store(watching: Watching, store: Store) -> None:
    """Ready while the database answers and has the tables of today's code."""
    from bot.store.backlog import answering, backlog, current  # noqa: PLC0415

    async def measured() -> list[Reading]:
        return await backlog(store.database, datetime.now(UTC))

    watching.check("database", answers(lambda: answering(store.database)))
    watching.check("migrations", answers(lambda: current(store.database)))
    watching.sample("store", measured)


def watch_jobs(watching: Watching, jobs: Jobs) -> None:
    """Ready while the tick looks, where this process has one."""
    if tick := jobs.tick:
        watching.check("tick", ticking(lambda: tick.last))
    watching.sample("jobs", jobs.readings)
