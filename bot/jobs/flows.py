"""The workflows: which steps a job has, in which order. What a step does stands in the `_work` modules.

A workflow's body is run again from its top after a crash, with the results of finished steps put in; so it holds
no clock, no chance and no I/O of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from dbos import DBOS, StepOptions

from bot.domain.errors import NutgrafError, StorageError
from bot.domain.trace import trace_of, traced
from bot.jobs.article_work import ArticleWork
from bot.jobs.bells import Bells, Ended
from bot.jobs.bridge import Bridge
from bot.jobs.digest_work import DigestWork
from bot.jobs.engine import ATTEMPTS, WAITING_ATTEMPTS, Engine
from bot.jobs.orders import ORDER, Failure, Json, has_attached

ARTICLE, PAGE, FEED, BRIEF, RUN = "article", "page", "feed", "brief", "digest-run"


def _trace(job: str) -> str:
    """That of the message or command which asked, as the front has it; other jobs go by their own id."""
    return trace_of(job.removeprefix(ORDER))


def _may_pass(error: BaseException) -> bool:
    """Whether waiting may cure it: storage, Discord or the network away. Ours to tell people are not."""
    return not isinstance(error, NutgrafError) or isinstance(error, StorageError)


OFTEN: Final[StepOptions] = {"retries_allowed": True, "max_attempts": 4, "interval_seconds": 0.5}
# Half a second doubled up to 12 times is 34 minutes: a long outage of Discord, and less than a digest's grace.
PATIENTLY: Final[StepOptions] = {"retries_allowed": True, "max_attempts": 12, "interval_seconds": 0.5}
STOPPABLE: Final[StepOptions] = {**OFTEN, "preemptible": True}


@dataclass(frozen=True, slots=True)
class Works:
    """The bodies of the steps; without `digests` no runs are made here."""

    articles: ArticleWork
    digests: DigestWork | None


class Flows:
    """Registers the workflows with the engine."""

    def __init__(self, engine: Engine, bridge: Bridge, bells: Bells, works: Works) -> None:
        self._engine = engine
        self._bridge = bridge
        self._bells = bells
        self._works = works

    def register(self) -> None:
        """Before the launch, which may take up unfinished jobs at once."""
        self._register_articles(self._works.articles)
        if self._works.digests:
            self._register_runs(self._works.digests)

    def _register_articles(self, work: ArticleWork) -> None:
        @DBOS.workflow(name=PAGE, max_recovery_attempts=ATTEMPTS)
        async def page(source: Json) -> Json:
            with self._counted():
                return self._rung(await self._step("read", OFTEN, work.read, source))

        @DBOS.workflow(name=ARTICLE, max_recovery_attempts=ATTEMPTS)
        async def article(order: Json) -> Json:
            with self._counted():
                return self._rung(await self._step("brief", STOPPABLE, work.brief, order))

        @DBOS.workflow(name=BRIEF, max_recovery_attempts=WAITING_ATTEMPTS)
        async def brief(order: Json) -> Json:
            with self._counted():
                fetched: Json = {"order": order}
                if has_attached(order):
                    fetched = await self._step("fetch", OFTEN, work.fetch, order)
                outcome = fetched.get("outcome")
                if outcome is None:
                    try:
                        outcome = await self._step("article", STOPPABLE, work.order, fetched["order"])
                    except Exception:  # every try was in vain; the person is told all the same
                        outcome = {"failure": Failure.of(StorageError()).model_dump(mode="json")}
                await self._step("answer", PATIENTLY, work.answer, fetched["order"], outcome)
                return self._rung(outcome)

    def _register_runs(self, work: DigestWork) -> None:
        @DBOS.workflow(name=FEED, max_recovery_attempts=ATTEMPTS)
        async def feed(url: str) -> Json:
            with self._counted():
                return self._rung(await self._step("fetch", OFTEN, work.feed, url))

        @DBOS.workflow(name=RUN, max_recovery_attempts=WAITING_ATTEMPTS)
        async def run(digest_id: int, run_key: str, due: str, notice: str | None) -> Json:
            # What is made is written down before it is posted. So who makes it, instead of finding it written
            # down, is the first to post it, and need not ask who was here before.
            first = False

            async def make() -> Json | None:
                nonlocal first
                first = True
                return await work.make(digest_id, run_key, due, notice)

            async def deliver(made: Json) -> Json:
                nonlocal first
                is_first, first = first, False
                return await work.deliver(run_key, due, made, first=is_first)

            with self._counted():
                try:
                    made = await self._step("make", STOPPABLE, make)
                    if made is None:
                        return self._rung({"state": "nothing to do"})
                    return self._rung(await self._step("deliver", PATIENTLY, deliver, made))
                except Exception:  # every step was tried as often as makes sense
                    await self._step("fail", PATIENTLY, work.fail, digest_id, run_key, due)
                    raise

    async def _step(
        self, name: str, manner: StepOptions, body: Callable[..., Coroutine[Any, Any, Any]], *args: Any
    ) -> Any:
        trace = _trace(DBOS.workflow_id or name)

        async def over_there() -> Any:
            with traced(trace):
                return await self._bridge.run(lambda: body(*args))

        chosen: StepOptions = {**manner, "name": name, "should_retry": _may_pass}
        return await DBOS.run_step_async(chosen, over_there)

    def _rung(self, result: Json) -> Json:
        self._bridge.call(self._bells.ring, DBOS.workflow_id, Ended("SUCCESS", result))
        return result

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._engine.running += 1  # one loop runs all workflows
        try:
            yield
        finally:
            self._engine.running -= 1
