"""Deleting jobs before their time: with a job go its order, the results of its steps, and its notes.

A job that is under way is stopped first. What one of its steps is doing at that moment may still end, for it may
run in another process; it then finds no job to note its result in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dbos import DBOS

from bot.jobs.bells import Bells, Ended
from bot.jobs.engine import ASIDE, FINISHED, UNFINISHED, Engine
from bot.jobs.flows import ARTICLE
from bot.jobs.orders import ORDER

_AT_ONCE: Final = 500


async def forget_jobs(
    engine: Engine, bells: Bells, orders: Sequence[str], handed_in: Sequence[str], digests: Sequence[int]
) -> int:
    """Delete the jobs of `orders` (keys), of articles that were handed in (addresses), of runs of `digests` (ids).

    How many jobs. Raises StorageError.
    """
    doomed = [f"{ORDER}{key}" for key in orders]
    if handed_in:
        doomed += await _articles(engine, handed_in)
    for digest_id in digests:
        doomed += await _begun_with(engine, f"digest-{digest_id}-")
    removed = 0
    for start in range(0, len(doomed), _AT_ONCE):
        removed += await _delete(engine, bells, doomed[start : start + _AT_ONCE])
    return removed


async def _delete(engine: Engine, bells: Bells, jobs: Sequence[str]) -> int:
    found = await engine.call(DBOS.list_workflows, workflow_ids=list(jobs), load_input=False, load_output=False)
    for job in found:
        if job.status not in {*FINISHED, ASIDE}:
            await engine.cancel(job.workflow_id)
            bells.ring(job.workflow_id, Ended("CANCELLED"))
    if found:
        await engine.call(DBOS.delete_workflows, [job.workflow_id for job in found])
    return len(found)


async def _articles(engine: Engine, addresses: Sequence[str]) -> list[str]:
    """Article jobs have ids of chance; which article they are of stands in their orders."""
    found: list[str] = []
    offset = 0
    while True:
        jobs = await engine.call(
            DBOS.list_workflows,
            name=ARTICLE,
            status=[*FINISHED, *UNFINISHED, ASIDE],
            load_output=False,
            limit=_AT_ONCE,
            offset=offset,
        )
        found += [job.workflow_id for job in jobs if any(url in str(job.input) for url in addresses)]
        if len(jobs) < _AT_ONCE:
            return found
        offset += _AT_ONCE


async def _begun_with(engine: Engine, prefix: str) -> list[str]:
    jobs = await engine.call(DBOS.list_workflows, workflow_id_prefix=prefix, load_input=False, load_output=False)
    return [job.workflow_id for job in jobs]
