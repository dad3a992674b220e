"""Everything that needs the workflow engine, behind one late import."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.errors import NutgrafError, StorageError
from bot.jobs.article_work import ArticleWork
from bot.jobs.digest_work import DigestWork
from bot.jobs.engine import OF_ARTICLES, OF_DIGESTS, OF_PEOPLE, SHARED, Engine, Limits, Queue, engine_url
from bot.jobs.event_ledger import EventLedger
from bot.jobs.flows import Flows, Works
from bot.jobs.ledger import Ledger
from bot.jobs.manner import Manner
from bot.jobs.ports import Parts
from bot.jobs.queues import Queues
from bot.jobs.rush import Rush
from bot.jobs.shared import SharedWork
from bot.jobs.upkeep import Upkeep

__all__ = ["Engine", "Flows", "Limits", "Queues", "Upkeep", "engine_url", "launched", "queues_of", "works"]


def works(engine: Engine, parts: Parts, shared: SharedWork, rush: Rush, *, seconds: float) -> Works:
    """The bodies of the steps, made of `parts`."""

    async def ledgers() -> Ledger:
        return await EventLedger.open(engine, parts.database)

    async def own_ledgers() -> Ledger:
        return await EventLedger.of_this_job(engine)

    articles = ArticleWork(parts, shared, ledgers, seconds=seconds)
    digests = None
    if parts.digest:
        digests = DigestWork(parts.digest, shared, own_ledgers, rush, parts.clock, observer=parts.observer)
    return Works(articles, digests)


def queues_of(parts: Parts, manner: Manner, several: bool) -> tuple[Queue, ...]:
    """What a process with these parts can bring to its end; it leaves the rest to others.

    Pages and feeds are queued only where `several` share them; a look into a queue costs a transaction.
    """
    if not manner.work:
        return ()
    wanted = (*OF_ARTICLES, *(OF_PEOPLE if parts.answerer else ()), *(OF_DIGESTS if parts.digest else ()))
    return tuple(queue for queue in wanted if several or queue not in SHARED)


def launched(engine: Engine, register: Callable[[], None]) -> None:
    """Launch it. Raises StorageError for whatever it raises. Blocks."""
    try:
        engine.launch(register)
    except NutgrafError:
        raise
    except Exception as error:
        raise StorageError() from error
