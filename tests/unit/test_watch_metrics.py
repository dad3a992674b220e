"""Metrics count what they are told, ask samplers when somebody looks, and survive one that fails."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.draft import Usage
from bot.domain.errors import EndpointDownError, NotFoundError, VersionError
from bot.domain.feed import FeedLink, FeedRead
from bot.domain.source import Source, TextSource
from bot.domain.task import Report
from bot.domain.watching import UNWATCHED, Observer, Reading
from bot.services.briefing import BriefOptions
from bot.services.shelf import Shelved
from bot.services.watched import WatchedBriefer, WatchedFeeds
from bot.watch.health import Check, answers, examine, ticking
from bot.watch.metrics import GAUGES, Metrics
from bot.watch.watching import LoopLag, Watching
from tests.support.briefs import brief as a_brief

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"nutgraf_{name}", labels)


async def test_what_the_rooms_tell_is_counted() -> None:
    metrics = Metrics()
    metrics.model_tried("model-rate-limited", 0.2)
    metrics.model_tried("ok", 1.5, Usage(calls=1, prompt_tokens=900, completion_tokens=100))
    metrics.briefed("extractive", "ok", 0.1)
    metrics.briefed("auto", "source-blocked", 0.1)
    metrics.digests_due(5, 2)
    metrics.digest_ended("posted", 20.0)
    metrics.digest_ended("posted", 900.0)
    metrics.digest_ended("empty", 1.0)
    metrics.feed_read("source-unreachable")
    metrics.logged("ERROR")
    assert value(metrics, "model_seconds_count", outcome="ok") == 1
    assert value(metrics, "model_tokens_total", kind="prompt") == 900
    assert value(metrics, "briefing_seconds_count", engine="extractive", outcome="ok") == 1
    assert value(metrics, "failures_total", code="source-blocked") == 1
    assert value(metrics, "failures_total", code="model-rate-limited") == 1
    states = ("due", "skipped", "posted", "late", "empty")
    assert [value(metrics, "digest_runs_total", state=state) for state in states] == [5, 2, 2, 1, 1]
    assert value(metrics, "digest_late_seconds_count") == 3
    assert value(metrics, "feed_readings_total", outcome="source-unreachable") == 1
    assert value(metrics, "log_records_total", level="error") == 1


def test_the_null_observer_hears_everything_that_metrics_hear() -> None:
    deaf: Observer = UNWATCHED
    hears: Observer = Metrics()
    for observer in (deaf, hears):
        observer.model_tried("ok", 1.0, Usage())
        observer.briefed("llm", "ok", 1.0)
        observer.digests_due(0, 0)
        observer.digest_ended("failed", 0.0)
        observer.feed_read("ok")


async def test_a_sampler_is_asked_when_somebody_looks_and_not_more_often_than_agreed() -> None:
    metrics, asked = Metrics(every=60), 0

    async def sampler() -> Sequence[Reading]:
        nonlocal asked
        asked += 1
        return [Reading("queue_jobs", 7, ("briefs", "enqueued"))]

    metrics.sample("jobs", sampler)
    assert asked == 0
    first, second = await asyncio.gather(metrics.page(), metrics.page())
    assert asked == 1
    assert b'nutgraf_queue_jobs{queue="briefs",state="enqueued"} 7.0' in first
    assert second


async def test_a_sampler_that_fails_is_told_and_takes_no_other_with_it() -> None:
    metrics = Metrics(every=0)

    async def broken() -> Sequence[Reading]:
        raise OSError("password=hush")

    async def well() -> Sequence[Reading]:
        return [Reading("gateway_guilds", 2)]

    metrics.sample("database", broken)
    metrics.sample("gateway", well)
    page = (await metrics.page()).decode()
    assert 'nutgraf_sampler_up{sampler="database"} 0.0' in page
    assert "nutgraf_gateway_guilds 2.0" in page
    assert "hush" not in page


async def test_a_gauge_that_is_not_read_any_more_is_gone() -> None:
    metrics, found = Metrics(every=0), [Reading("queue_jobs", 1, ("briefs", "pending"))]

    async def sampler() -> Sequence[Reading]:
        return list(found)

    metrics.sample("jobs", sampler)
    assert b"queue_jobs{" in await metrics.page()
    found.clear()
    assert b"queue_jobs{" not in await metrics.page()


async def test_every_gauge_can_be_shown() -> None:
    metrics = Metrics(every=0)

    async def sampler() -> Sequence[Reading]:
        return [Reading(name, 1, tuple("x" for _ in labels)) for name, (_, labels) in GAUGES.items()]

    metrics.sample("all", sampler)
    page = (await metrics.page()).decode()
    assert [name for name in GAUGES if f"nutgraf_{name}" not in page] == []


def test_the_operators_page_names_every_metric_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bnutgraf_[a-z_]+", page))
    counted = {metric.name for metric in Metrics().registry.collect() if metric.name.startswith("nutgraf_")}
    known = {f"nutgraf_{name}" for name in GAUGES} | counted
    suffix = re.compile(r"_(total|count)$")
    assert {suffix.sub("", name) for name in named} == known


# --- health ---------------------------------------------------------------------------------------------------


async def test_a_check_that_hangs_or_breaks_fails_and_says_nothing_secret() -> None:
    async def hangs() -> str | None:
        await asyncio.Event().wait()
        return None

    async def breaks() -> str | None:
        raise RuntimeError("postgresql://ada:hush@db")

    async def well() -> str | None:
        return None

    found = await examine({"hangs": hangs, "breaks": breaks, "well": well}, seconds=0.01)
    assert not found.well
    assert found.said == {
        "hangs": "No answer within 0.01 s.",
        "breaks": "The check itself failed (RuntimeError).",
        "well": None,
    }


async def test_a_check_that_is_added_during_an_examination_waits_for_the_next() -> None:
    checks: dict[str, Check] = {}

    async def adds_another() -> str | None:
        checks["another"] = adds_another
        return None

    checks["first"] = adds_another
    assert set((await examine(checks)).said) == {"first"}
    assert set((await examine(checks)).said) == {"first", "another"}


async def test_a_database_that_is_not_up_to_date_is_not_ready() -> None:
    async def outdated() -> None:
        raise VersionError("The database is not up to date.")

    assert await answers(outdated)() == "The database is not up to date."


@pytest.mark.parametrize(
    ("age", "is_well"), [(timedelta(seconds=5), True), (timedelta(minutes=5), False), (None, False)]
)
async def test_a_worker_is_well_while_its_tick_looks(age: timedelta | None, is_well: bool) -> None:
    check = ticking(lambda: None if age is None else NOON - age, clock=lambda: NOON)
    assert (await check() is None) is is_well


async def test_alive_from_the_start_and_ready_only_when_all_is_open() -> None:
    watching = Watching()
    assert (await examine(watching.live)).well
    assert not (await examine(watching.ready)).well
    watching.started()
    assert (await examine(watching.ready)).well
    watching.stopping()
    assert not (await examine(watching.ready)).well


async def test_a_check_is_asked_for_liveness_only_where_a_restart_helps() -> None:
    async def away() -> str | None:
        return "away"

    watching = Watching()
    watching.started()
    watching.check("gateway", away)
    assert (await examine(watching.live)).well
    watching.check("loop", away, restart_helps=True)
    assert not (await examine(watching.live)).well


async def test_what_holds_up_the_loop_is_measured_once() -> None:
    lag = LoopLag(every=0.001)
    running = asyncio.create_task(lag.run())
    await asyncio.sleep(0)
    sum(range(2_000_000))  # nobody else runs meanwhile
    await asyncio.sleep(0.005)
    running.cancel()
    (first,) = await lag.readings()
    (second,) = await lag.readings()
    assert first.value > 0
    assert second.value == 0


# --- what stands in for a use case ----------------------------------------------------------------------------


class Heard(Metrics):
    """What was told of briefings and feeds, as it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.briefings: list[tuple[str, str]] = []
        self.readings: list[str] = []

    def briefed(self, engine: str, outcome: str, seconds: float) -> None:
        self.briefings.append((engine, outcome))

    def feed_read(self, outcome: str) -> None:
        self.readings.append(outcome)


class Once:
    """A ShelvedBriefer with one answer."""

    def __init__(self, answer: Shelved | Exception) -> None:
        self._answer = answer

    async def brief_once(self, sources: Sequence[Source], options: BriefOptions, report: Report) -> Shelved:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda brief: Shelved(brief, True), ("extractive", "ok")),
        (lambda brief: Shelved(brief, False), ("shelf", "ok")),
        (lambda _: EndpointDownError(), ("auto", "model-down")),
        (lambda _: RuntimeError("an article"), ("auto", "unforeseen")),
    ],
)
async def test_every_briefing_is_told_by_engine_and_outcome(answer: object, told: tuple[str, str]) -> None:
    assert callable(answer)
    heard, made = Heard(), answer(a_brief())
    briefer = WatchedBriefer(Once(made), heard)
    with pytest.raises(type(made)) if isinstance(made, Exception) else nullcontext():
        assert await briefer.brief([TextSource(text="A text.")]) == made.brief
    assert heard.briefings == [told]


class Feed:
    """A reader whose sites fail as told."""

    def __init__(self) -> None:
        self.fails = True

    async def read_feed(self, url: str, *, etag: str | None = None, modified: str | None = None) -> FeedRead:
        if self.fails:
            raise NotFoundError()
        return FeedRead(url=url)

    async def discover(self, site_url: str) -> tuple[FeedLink, ...]:
        return ()


async def test_a_feed_fails_until_it_is_read_again() -> None:
    heard, site = Heard(), Feed()
    feeds = WatchedFeeds(site, heard)
    with pytest.raises(NotFoundError):
        await feeds.read_feed("https://news.example/feed")
    assert await feeds.readings() == [Reading("feeds_failing", 1)]
    site.fails = False
    await feeds.read_feed("https://news.example/feed")
    assert await feeds.readings() == [Reading("feeds_failing", 0)]
    assert heard.readings == ["source-not-found", "ok"]
