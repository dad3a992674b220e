"""The workflow engine as we set it up. The modules that import DBOS are imported late, by `assembling`.

Every setting here was chosen against a trap: see "Durable work" in docs/scaling.md.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import math
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions

from bot.domain.errors import StorageError
from bot.jobs.bells import Ended

NAME: Final = "nutgraf"
VERSION: Final = "1"  # constant: jobs begun by one release are finished by the next
ATTEMPTS: Final = 5  # starts after a crash before a job counts as one that kills its process, and is put aside
WAITING_ATTEMPTS: Final = 100  # for a job that mostly waits for others: it was there when they killed the process
THREADS: Final = 32
OWN_THREADS: Final = 8
# A failing statement is logged, and what it carried is article text.
NO_ARTICLES_IN_LOGS: Final[dict[str, Any]] = {"hide_parameters": True}
# SQLite has one writer at a time, and who waits for it sleeps ever longer, up to a tenth of a second. Who waits
# for a connection is woken at once: so there are few.
SQLITE_CONNECTIONS: Final = 4
URGENT, PATIENT = 1, 10  # priorities: a person waits for the one, nobody for the other
ASIDE: Final = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"  # not ended: see Upkeep
FINISHED: Final = ("SUCCESS", "ERROR", "CANCELLED")
_CANCELLED: Final = ("DBOSAwaitedWorkflowCancelledError", "DBOSWorkflowCancelledError")  # an end, not a failure
UNFINISHED: Final = ("ENQUEUED", "PENDING", "DELAYED")

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger("bot.jobs.dbos")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is done at once in one process."""

    articles: int = 4
    orders: int = 64  # waiting for articles costs next to nothing
    runs: int = 16  # most wait: for feeds, articles, Discord
    feeds: int = 16
    pages: int = 16


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue's name, how often it is looked at (seconds), and whether each guild has a turn of its own."""

    name: str
    every: float
    at_once: Callable[[Limits], int]
    of_guild: Callable[[Limits], int] | None = None


BRIEFS: Final = Queue("briefs", 0.15, lambda limits: limits.orders, lambda limits: 4 * limits.articles)
# No turns by guild: at each look the engine walks through all who have a turn, 40 ms where those are ten thousand.
# The order in which runs go is their priority, see `bot.jobs.queues`.
DIGESTS: Final = Queue("digests", 0.25, lambda limits: limits.runs)
ARTICLES: Final = Queue("articles", 0.1, lambda limits: limits.articles)
PAGES: Final = Queue("pages", 0.1, lambda limits: limits.pages)
FEEDS: Final = Queue("feeds", 0.25, lambda limits: limits.feeds)
OF_ARTICLES: Final = (ARTICLES, PAGES)
OF_PEOPLE: Final = (BRIEFS,)
OF_DIGESTS: Final = (DIGESTS, FEEDS)
SHARED: Final = (PAGES, FEEDS)
QUEUES: Final = (*OF_ARTICLES, *OF_PEOPLE, *OF_DIGESTS)


def engine_url(database_url: str) -> str:
    """DATABASE_URL with a driver that the engine speaks."""
    scheme, _, rest = database_url.partition("://")
    return f"{'sqlite' if scheme.startswith('sqlite') else 'postgresql'}://{rest}"


class Engine:
    """DBOS, launched. Its blocking calls run in threads, outside any job's context. One a process."""

    def __init__(self, url: str, worker: str, *, limits: Limits, works_on: Sequence[Queue] = QUEUES) -> None:
        self._url = url
        self._works_on = works_on
        self._worker = worker
        self._limits = limits
        self.running = 0  # jobs under way in this process
        # Not the loop's own threads: there, what must be written down at once would wait for some parsing.
        self._threads = ThreadPoolExecutor(OWN_THREADS, "jobs")
        self.client: DBOSClient | None = None

    def launch(self, register: Callable[[], None]) -> None:
        """Make the tables, register the workflows, take up what this worker left unfinished. Blocks."""
        _bridle_logs()
        if self._url.startswith("sqlite"):
            _set_wal(self._url)
        serializer = DBOSPortableJSONSerializer()
        config: DBOSConfig = {
            "name": NAME,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": self._worker,
            "serializer": serializer,
            "max_executor_threads": THREADS,
            "enable_otlp": False,
            "log_level": "WARNING",
            "db_engine_kwargs": NO_ARTICLES_IN_LOGS,
        }
        if self._url.startswith("sqlite"):
            config["sys_db_pool_size"] = SQLITE_CONNECTIONS
            config["db_engine_kwargs"] = {**NO_ARTICLES_IN_LOGS, "pool_pre_ping": False, "max_overflow": 0}
        # Before the launch, which takes up unfinished jobs at once, and looks for new queues once a second only.
        DBOS.migrate(self._url)
        self.client = open_client(self._url)
        for queue in QUEUES:
            self.client.register_queue(
                queue.name,
                worker_concurrency=queue.at_once(self._limits),
                partition_concurrency=queue.of_guild(self._limits) if queue.of_guild else None,
                polling_interval_sec=queue.every,
            )
        dbos = DBOS(config=config)
        register()
        # A job taken from a queue whose workflow is not registered here would hang under our name.
        DBOS.listen_queues([queue.name for queue in self._works_on])
        DBOS.launch()
        # All jobs are of one version. To find out whether that is the latest takes a third of a look into a queue.
        dbos._sys_db._is_latest_version = lambda *_: True  # type: ignore[method-assign]

    def close(self, seconds: float) -> None:
        """Take no more work, give what is under way `seconds` to finish, and stop. Blocks."""
        grace = math.ceil(seconds) if self.running else 0
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace)
        if self.client:
            self.client.destroy()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function` in a thread. Raises StorageError for whatever the engine raises."""
        # A context of its own: what a step starts here is a job by itself, not that step's child.
        return await self._call(contextvars.Context(), lambda: function(*args, **kwargs))

    async def call_in_step(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same as part of the step that is under way."""
        return await self._call(contextvars.copy_context(), lambda: function(*args, **kwargs))

    async def _call(self, context: contextvars.Context, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, context.run, work)
        except Exception as error:
            _log.warning("call failed error=%s", type(error).__name__)
            raise StorageError() from error

    async def enqueue(self, options: EnqueueOptions, *args: Any) -> str:
        """A job, or the one that its id or key names already. Returns its id."""
        return await self.call(lambda: str(self._client.enqueue(options, *args).get_workflow_id()))

    async def enqueue_all(self, orders: Sequence[tuple[EnqueueOptions, tuple[Any, ...]]]) -> int:
        """Many jobs, each with an id of its own; one that is there already is left as it is. How many were new."""
        return await self.call(self._enqueue_all, orders)

    def _enqueue_all(self, orders: Sequence[tuple[EnqueueOptions, tuple[Any, ...]]]) -> int:
        # Together: one by one, ten thousand are twenty thousand trips to the database.
        client = self._client
        return len(
            client._sys_db.init_workflows([client._build_enqueue_status(each, *args)[1] for each, args in orders])
        )

    async def make_urgent(self, job: str) -> None:
        """See that it goes before those that are not urgent, unless it is under way."""
        await self.call(self._make_urgent, lambda jobs: jobs.c.workflow_uuid == job)

    async def hurry(self, queue: Queue, *, waited: float, at_most: int) -> int:
        """Make urgent those that wait in `queue`, the oldest first, if for `waited` seconds at least; how many."""
        before = (time.time() - waited) * 1_000

        def oldest(jobs: Any) -> Any:
            found = jobs.select().with_only_columns(jobs.c.workflow_uuid)
            found = found.where(jobs.c.queue_name == queue.name, _is_patient(jobs), jobs.c.created_at <= before)
            return jobs.c.workflow_uuid.in_(found.order_by(jobs.c.created_at).limit(at_most))

        return await self.call(self._make_urgent, oldest)

    def _make_urgent(self, which: Callable[[Any], Any]) -> int:
        database = self._client._sys_db
        jobs = database.tables.workflow_status
        change = jobs.update().where(which(jobs), _is_patient(jobs)).values(priority=URGENT)
        with database.engine.begin() as connection:
            return int(connection.execute(change).rowcount)

    async def ended(self, jobs: Sequence[str]) -> dict[str, Ended]:
        """Which of `jobs` have ended, and how."""
        if not jobs:  # the engine would tell of all that ever ended, with what they brought
            return {}
        found = await self.call(
            DBOS.list_workflows, workflow_ids=list(jobs), status=list(FINISHED), load_input=False
        )
        return {status.workflow_id: Ended(status.status, status.output) for status in found}

    async def noted(self, job: str, key: str) -> Any | None:
        """What `job` noted under `key`; None where it did not."""
        return await self.call(lambda: self._client.get_event(job, key, 0))

    async def cancel(self, job: str) -> None:
        """Stop the job before its next step, or in the middle of one that may be stopped."""
        await self.call(DBOS.cancel_workflow, job)

    @property
    def _client(self) -> DBOSClient:
        assert self.client is not None  # noqa: S101  launched
        return self.client


def _is_patient(jobs: Any) -> Any:
    """That it waits, and others go first."""
    return (jobs.c.status == "ENQUEUED") & (jobs.c.priority > URGENT)


def open_client(url: str) -> DBOSClient:
    """The engine's database from outside: it enqueues and looks, and runs nothing. Blocks."""
    client = DBOSClient(
        system_database_url=url, serializer=DBOSPortableJSONSerializer(), application_name=NAME, lazy=True
    )
    client._sys_db._insert_rows = _many(client._sys_db)  # type: ignore[method-assign]
    return client


def _many(database: Any) -> Callable[..., list[Any]]:
    """Many rows by one statement that is compiled once. The engine writes them all into a statement of their own,
    which costs a millisecond of computing and tens of kilobytes a row.
    """

    def insert(connection: Any, build: Callable[..., Any], rows: Any, *, returning: bool = False) -> list[Any]:
        table = build(rows[:1]).table
        one = database.dialect.insert(table)
        new = one.on_conflict_do_nothing(index_elements=database._key_conflict("workflow_uuid"))
        if not returning:
            connection.execute(new, rows)
            return []
        return list(connection.execute(new.returning(table.c.workflow_uuid), rows))

    return insert


def options(
    flow: str,
    queue: Queue,
    *,
    job: str | None = None,
    key: str | None = None,
    lane: str | None = None,
    priority: int | None = None,
) -> EnqueueOptions:
    """Where and how a job is queued: `job` is its id for good, `key` makes equal ones under way one.

    `lane` says whose turn it takes, on queues that have turns.
    """
    made: EnqueueOptions = {"workflow_name": flow, "queue_name": queue.name, "app_version": VERSION}
    if job is not None:
        made["workflow_id"] = job
    if key is not None:
        made["deduplication_id"] = key
        made["duplication_policy"] = "return-existing"
    if lane is not None:
        made["queue_partition_key"] = lane
    if priority is not None:
        made["priority"] = priority
    return made


def _set_wal(url: str) -> None:
    path = Path(url.removeprefix("sqlite:///"))
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


# --- logs -----------------------------------------------------------------------------------------------------


class _Bridle(logging.Handler):
    """The engine logs what it was given, and that may be an article: only its own first words pass."""

    _words = re.compile(r"[A-Za-z][A-Za-z ,.-]{0,80}")

    def emit(self, record: logging.LogRecord) -> None:
        """One line: the engine's words, where they were said, and the kind of error."""
        words = self._words.match(str(record.msg))
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "-"
        if kind in _CANCELLED:
            return
        said = words[0].strip() if words else "-"
        _log.log(record.levelno, "%s at=%s.%s error=%s", said, record.module, record.funcName, kind)


def _bridle_logs() -> None:
    engine = logging.getLogger("dbos")
    engine.propagate = False
    engine.setLevel(logging.WARNING)
    engine.handlers = [_Bridle()]
