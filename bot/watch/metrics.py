"""Metrics: an Observer that counts, and the page that Prometheus reads.

Counters are pushed by the work itself. Gauges are pulled: each Sampler is asked when somebody looks, at most once
in `every` seconds, so a process that nobody scrapes asks its database nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.domain.draft import Usage
from bot.domain.watching import OK, Reading

Sampler = Callable[[], Awaitable[Iterable[Reading]]]

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
LATE_FROM: Final = 300.0  # seconds; as people are told, see bot.services.runs
SAMPLE_EVERY: Final = 5.0
SAMPLE_SECONDS: Final = 3.0  # a Sampler that takes longer is passed over
_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)
_LATENESS: Final = (1, 5, 15, 60, 300, 900, 3600, 7200, 14400)

_log = logging.getLogger(__name__)

# name (without the prefix) -> what it is, the names of its labels
GAUGES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "queue_jobs": ("Unfinished jobs by queue and state.", ("queue", "state")),
    "queue_oldest_seconds": ("How long the oldest job that nobody has begun has waited.", ("queue",)),
    "tick_age_seconds": ("Time since the tick last looked for due digests.", ()),
    "digests": ("Digests that are not paused.", ()),
    "digests_overdue": ("Digests whose next run is past by more than a minute.", ()),
    "digests_overdue_seconds": ("By how much the longest overdue digest is past.", ()),
    "deliveries_unfinished": ("Runs that were due more than ten minutes ago and have not ended.", ()),
    "feeds": ("Feeds that were asked for.", ()),
    "feeds_failing": ("Feeds whose last reading failed.", ()),
    "gateway_latency_seconds": ("Time between a heartbeat and its acknowledgement.", ("shard",)),
    "gateway_guilds": ("Servers of this process's shards.", ()),
    "loop_lag_seconds": ("How much later than asked the event loop last woke; heartbeats suffer from it.", ()),
    "sampler_up": ("1 where that group of gauges could be read, else 0.", ("sampler",)),
}


class Metrics:
    """Counts what it is told. One registry of its own, so that two of them in one process do not meet."""

    def __init__(self, *, every: float = SAMPLE_EVERY, prefix: str = "nutgraf") -> None:
        self.registry: Final = CollectorRegistry()
        self._samples = _Samples(prefix)
        self._samplers: dict[str, Sampler] = {}
        self._every = every
        self._sampled = float("-inf")
        self._sampling = asyncio.Lock()
        self._model = self._histogram(f"{prefix}_model_seconds", "Requests to the model endpoint.", ("outcome",))
        self._tokens = self._counter(f"{prefix}_model_tokens", "Tokens read and written by the model.", ("kind",))
        self._briefings = self._histogram(
            f"{prefix}_briefing_seconds", "Briefings, from the order to the proven Brief.", ("engine", "outcome")
        )
        self._failures = self._counter(f"{prefix}_failures", "Failures by the code of the error tree.", ("code",))
        self._digests = self._counter(
            f"{prefix}_digest_runs", "Runs of digests: due, late, posted, empty, skipped, failed.", ("state",)
        )
        self._lateness = Histogram(
            f"{prefix}_digest_late_seconds",
            "From the instant a run was due to its end.",
            buckets=_LATENESS,
            registry=self.registry,
        )
        self._feeds = self._counter(f"{prefix}_feed_readings", "Feeds asked for.", ("outcome",))
        self._records = self._counter(f"{prefix}_log_records", "Records logged, WARNING and above.", ("level",))
        self.registry.register(self._samples)
        ProcessCollector(registry=self.registry)

    # --- what the rooms tell (bot.domain.watching.Observer) ---------------------------------------------------

    def model_tried(self, outcome: str, seconds: float, usage: Usage | None = None) -> None:
        """One request to the model endpoint ended."""
        self._model.labels(outcome).observe(seconds)
        if outcome != OK:
            self._failures.labels(outcome).inc()
        if usage:
            self._tokens.labels("prompt").inc(usage.prompt_tokens)
            self._tokens.labels("completion").inc(usage.completion_tokens)

    def briefed(self, engine: str, outcome: str, seconds: float) -> None:
        """A briefing ended."""
        self._briefings.labels(engine, outcome).observe(seconds)
        if outcome not in {OK, "cancelled"} and not outcome.startswith("model"):  # those are counted at the model
            self._failures.labels(outcome).inc()

    def digests_due(self, due: int, skipped: int) -> None:
        """The tick found runs."""
        self._digests.labels("due").inc(due)
        self._digests.labels("skipped").inc(skipped)

    def digest_ended(self, state: str, late: float) -> None:
        """A run ended."""
        self._digests.labels(state).inc()
        if state in {"posted", "empty"}:
            self._lateness.observe(max(0.0, late))
            if late >= LATE_FROM:
                self._digests.labels("late").inc()

    def feed_read(self, outcome: str) -> None:
        """A feed was asked for."""
        self._feeds.labels(outcome).inc()

    def logged(self, level: str) -> None:
        """A record of WARNING or above was logged."""
        self._records.labels(level.lower()).inc()

    # --- what is asked when somebody looks --------------------------------------------------------------------

    def sample(self, name: str, sampler: Sampler) -> None:
        """Ask `sampler` for gauges; `name` stands for it where it fails."""
        self._samplers[name] = sampler

    async def page(self) -> bytes:
        """The page in Prometheus's text format."""
        async with self._sampling:
            if time.monotonic() - self._sampled >= self._every:
                self._samples.readings = [
                    reading for name, sampler in self._samplers.items() for reading in await _asked(name, sampler)
                ]
                self._sampled = time.monotonic()
        # In a thread: the process's own figures are read from files.
        return await asyncio.to_thread(generate_latest, self.registry)

    def _counter(self, name: str, about: str, labels: tuple[str, ...]) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str, labels: tuple[str, ...]) -> Histogram:
        return Histogram(name, about, labels, buckets=_SECONDS, registry=self.registry)


class _Samples(Collector):
    """The latest readings as gauges. A series that is not read any more is gone, rather than standing still."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.readings: list[Reading] = []

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: asked at registration."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a name of GAUGES that has readings."""
        for name, (about, labels) in GAUGES.items():
            found = [reading for reading in self.readings if reading.name == name]
            if found:
                family = GaugeMetricFamily(f"{self._prefix}_{name}", about, labels=labels)
                for reading in found:
                    family.add_metric(reading.labels, reading.value)
                yield family


async def _asked(name: str, sampler: Sampler) -> list[Reading]:
    try:
        async with asyncio.timeout(SAMPLE_SECONDS):
            found = list(await sampler())
    except Exception as error:  # whatever it was, the page still tells the rest, and that this is missing
        _log.debug("sampler failed sampler=%s error=%s", name, type(error).__name__)
        return [Reading("sampler_up", 0, (name,))]
    return [*found, Reading("sampler_up", 1, (name,))]
