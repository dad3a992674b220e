"""Deleting jobs before their time: with a job go its order, the results of its steps, and its notes.

A job that is under way is stopped first, and its row stays until its step has noticed: in whichever process that
runs, the engine looks once a second which jobs are cancelled, and one that is gone is none of them. A step that
may not be stopped ends, and finds no job to note its result in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from dbos import DBOS

from bot.domain.answer import Place
from bot.jobs.bells import Bells, Ended
from bot.jobs.engine import ASIDE, FINISHED, UNFINISHED, Engine
from bot.jobs.flows import ARTICLE
from bot.jobs.orders import ORDER, BriefOrder

_AT_ONCE: Final = 500
_NOTICED: Final = 1.5  # seconds until a step has noticed that its job was cancelled


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


async def places_under_way(engine: Engine, orders: Sequence[str]) -> dict[str, Place]:
    """Where the answers of those `orders` (keys) go that have not ended. Raises StorageError."""
    places: dict[str, Place] = {}
    for start in range(0, len(orders), _AT_ONCE):
        jobs = await engine.call(
            DBOS.list_workflows,
            workflow_ids=[f"{ORDER}{key}" for key in orders[start : start + _AT_ONCE]],
            status=list(UNFINISHED),
            load_output=False,
        )
        for job in jobs:
            assert job.input is not None  # noqa: S101  it was asked for
            order = BriefOrder.model_validate(job.input["args"][0])
            if order.place is not None:
                places[order.key] = order.place
    return places


async def _delete(engine: Engine, bells: Bells, jobs: Sequence[str]) -> int:
    found = await engine.call(DBOS.list_workflows, workflow_ids=list(jobs), load_input=False, load_output=False)
    for job in found:
        if job.status not in {*FINISHED, ASIDE}:
            await engine.cancel(job.workflow_id)
            bells.ring(job.workflow_id, Ended("CANCELLED"))
    if any(job.status in {*UNFINISHED, "CANCELLED"} for job in found):  # it may have been cancelled a moment ago
        await asyncio.sleep(_NOTICED)
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
