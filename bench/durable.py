"""Durable work: digests that are all due in one minute, made to the end, on SQLite and on PostgreSQL.

    python -m bench durable                                          1,000 digests over 300 feeds
    python -m bench.durable --digests 10000                          what the README's figures are from
    python -m bench.durable --digests 10000 --on postgresql --out figures.json

On SQLite one process does everything; on PostgreSQL two workers do, as the Procfile starts them. What was fetched,
read, paid and posted is counted at the servers (`bench._town`), each in a process of its own. Exits with 1 where
one of the promises that hold on any machine was broken: each once, nothing doubled, nothing lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shlex
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy import Engine, func, insert, select, update

from bot.domain.digest import Digest
from bot.domain.schedule import Schedule
from bot.store import tables
from bot.store.database import database_url, plain_engine
from bot.store.migrating import upgrade
from bot.store.rows import to_row

ROOT: Final = Path(__file__).parents[1]
DATABASES: Final = ("sqlite", "postgresql")
STORIES: Final = 3
WORKERS: Final = 2
QUEUED_WITHIN: Final = 20.0  # seconds
STARTED_IN: Final = 12.0  # seconds that the processes have before the digests are due


@dataclass(frozen=True, slots=True)
class Size:
    """How many digests, over how many feeds; each has two of them."""

    digests: int
    feeds: int


@dataclass(slots=True)
class Figures:
    """What one run came to."""

    database: str
    digests: int
    feeds: int
    queued_seconds: float  # from due until all were safely queued, while runs were made already
    made_seconds: float  # from due until the last first page was posted
    runs_a_second: float
    cpu_ms_a_run: float  # of all processes that work, the database's and the servers' apart
    peak_megabytes: list[int]  # of each process that works
    counted: dict[str, Any]

    @property
    def broken(self) -> list[str]:
        """Promises that were not kept."""
        seen = self.counted
        wanted = {
            "all queued within 20 s": self.queued_seconds <= QUEUED_WITHIN,
            "every digest posted": seen["first_pages"] == self.digests,
            "no page posted twice": seen["doubled"] == 0,
            "every feed fetched once": seen["feed_fetches"] == seen["feeds"] == min(self.feeds, self.digests + 1),
            "every article read once": seen["article_readings"] == seen["articles"],
            "every article paid once": seen["model_calls"] == seen["articles_paid"] == seen["articles"],
            "nothing unknown asked of Discord": not seen["unknown"],
            "300 MB": max(self.peak_megabytes) <= 300,
        }
        return [promise for promise, kept in wanted.items() if not kept]


@dataclass(slots=True)
class Process:
    """A process that is measured."""

    running: asyncio.subprocess.Process

    @property
    def peak_megabytes(self) -> int:
        """The most memory it had so far."""
        status = Path(f"/proc/{self.running.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024

    @property
    def cpu_seconds(self) -> float:
        """What it has computed so far."""
        fields = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def started(command: Sequence[str], environment: dict[str, str], log: Path) -> AsyncIterator[Process]:
    """The process, stopped at the end."""
    with log.open("wb") as errors:
        running = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=errors
        )
        try:
            yield Process(running)
        finally:
            with suppress(ProcessLookupError):
                running.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(running.wait(), 20)
            except TimeoutError:
                running.kill()


async def measure(database: str, address: str, size: Size, folder: Path, *, seconds: float) -> Figures:
    """The figures on one database, which has to be empty. Gives up after `seconds`."""
    await asyncio.to_thread(upgrade, database_url(address))
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(
            started([sys.executable, "-m", "bench._town"], _plain(), folder / "town.log")
        )
        assert town.running.stdout is not None  # noqa: S101  it is a pipe
        url = (await town.running.stdout.readline()).decode().strip()
        await asyncio.to_thread(fill, address, size, url)
        workers = [
            await stack.enter_async_context(
                started(command, _environment(address, url, f"worker-{number}"), folder / f"{number}.log")
            )
            for number, command in enumerate(_commands(database))
        ]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        with plain_engine(database_url(address)) as engine:
            queued, made, cpu, counted = await _watched(Look(engine, session, url), size, workers, seconds)
        return Figures(
            database=database,
            digests=size.digests,
            feeds=size.feeds,
            queued_seconds=round(queued, 1),
            made_seconds=round(made, 1),
            runs_a_second=round(counted["first_pages"] / made, 1),
            cpu_ms_a_run=round(cpu * 1000 / max(1, counted["first_pages"]), 1),
            peak_megabytes=[worker.peak_megabytes for worker in workers],
            counted=counted,
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What can be seen from outside while the workers work."""

    engine: Engine
    session: aiohttp.ClientSession
    url: str

    async def counted(self) -> dict[str, Any]:
        """What the servers saw."""
        async with self.session.get(f"{self.url}/figures") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    def release(self) -> None:
        """From now on the digests are due."""
        with self.engine.begin() as connection:
            connection.execute(update(tables.digests).values(paused=False))

    def left(self) -> int:
        """How many digests have not moved on to their next run, as they do once this one is safely queued."""
        due = tables.digests.c.next_run <= datetime.now(UTC)
        query = select(func.count()).select_from(tables.digests).where(due)
        with self.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())


async def _watched(
    look: Look, size: Size, workers: Sequence[Process], seconds: float
) -> tuple[float, float, float, dict[str, Any]]:
    """Seconds until all were queued and until all were posted, CPU seconds meanwhile, and what the servers saw."""
    await asyncio.sleep(STARTED_IN)
    before = sum(worker.cpu_seconds for worker in workers)
    await asyncio.to_thread(look.release)
    start = time.perf_counter()
    queued = float("inf")
    while True:
        if queued == float("inf") and not await asyncio.to_thread(look.left):
            queued = time.perf_counter() - start
        counted = await look.counted()
        since = time.perf_counter() - start
        done = counted["first_pages"] >= size.digests
        if done or since > seconds or any(worker.running.returncode is not None for worker in workers):
            cpu = sum(worker.cpu_seconds for worker in workers) - before
            await asyncio.sleep(2)  # were one posted twice, it would come now
            return queued, since, cpu, await look.counted()
        await asyncio.sleep(0.5)


def fill(address: str, size: Size, url: str) -> None:
    """`size.digests` digests, each of a guild of its own, that are due this minute, once they are not paused."""
    due = datetime.now(UTC).replace(second=0, microsecond=0)
    schedule = Schedule(zone="UTC", times=(due.time(),))
    rows = []
    for number in range(1, size.digests + 1):
        feeds = tuple(f"{url}/feed/{(number + more) % size.feeds}" for more in range(2))
        digest = Digest(
            guild_id=number,
            channel_id=number,
            name="News",
            schedule=schedule,
            feeds=tuple(dict.fromkeys(feeds)),
            stories=STORIES,
            created_by=1,
            next_run=due,
            paused=True,
        )
        row = to_row(digest, tables.digests)
        del row["id"]
        rows.append(row)
    with plain_engine(database_url(address)) as engine, engine.begin() as connection:
        for start in range(0, len(rows), 500):
            connection.execute(insert(tables.digests), rows[start : start + 500])


def _commands(database: str) -> list[list[str]]:
    """What works on that database."""
    if database == "sqlite":
        return [[sys.executable, "-m", "bench._alone"]]
    lines = (ROOT / "Procfile").read_text().splitlines()
    worker = next(line.partition(":")[2] for line in lines if line.startswith("worker:"))
    return [[sys.executable, *shlex.split(worker)[1:]] for _ in range(WORKERS)]


def _plain() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def _environment(address: str, town: str, name: str) -> dict[str, str]:
    return _plain() | {
        "DATABASE_URL": address,
        "DISCORD_TOKEN": "bench",
        "DISCORD_API_BASE": f"{town}/api/v10",
        "FETCH_ALLOW_HOSTS": urlsplit(town).netloc,
        "LLM_BASE_URL": f"{town}/v1",
        "LLM_MODEL": "stand-in",
        "LLM_MEND": "false",  # a second call for what did not hold is a bill of its own
        "WORKER_ID": name,
        "LOG_LEVEL": "WARNING",
        "HEALTH_PORT": "0",
    }


@asynccontextmanager
async def empty(database: str, folder: Path) -> AsyncIterator[str]:
    """DATABASE_URL of an empty database."""
    if database == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'bench.db'}"
        return
    from tests.support.postgres import dropped_later  # noqa: PLC0415  it starts a server

    with dropped_later(f"bench_{uuid.uuid4().hex[:8]}") as address:
        yield address


async def run(databases: Sequence[str], size: Size, *, seconds: float) -> list[Figures]:
    """The figures on each database."""
    found = []
    for database in databases:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            async with empty(database, folder) as address:
                found.append(await measure(database, address, size, folder, seconds=seconds))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; without arguments the size that `make bench` can afford."""
    parser = argparse.ArgumentParser(description="digests due in one minute, made to the end")
    parser.add_argument("--digests", type=int, default=1_000)
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--on", choices=DATABASES, action="append", help="default: both")
    parser.add_argument("--seconds", type=float, default=1_800, help="after which a run is given up")
    parser.add_argument("--out", type=Path, help="a file for the figures as JSON")
    given = parser.parse_args(arguments or [])
    size = Size(given.digests, given.feeds)
    found = asyncio.run(run(given.on or DATABASES, size, seconds=given.seconds))
    for figures in found:
        print(json.dumps(asdict(figures), indent=2))
        for promise in figures.broken:
            print(f"BROKEN: {promise}")
    if given.out:
        given.out.write_text(json.dumps([asdict(figures) for figures in found], indent=2) + "\n")
    return 1 if any(figures.broken for figures in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
