"""The parts of durable work that need no engine: orders, nonces, the ledger, bells, and the tick."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.completion import Completion, CompletionRequest
from bot.domain.digest import Delivery, Digest
from bot.domain.errors import BlockedError, NutgrafError, StorageError
from bot.domain.order import ArticleOrder
from bot.domain.schedule import Schedule
from bot.domain.source import Known, LinkSource
from bot.jobs.bells import Bells, Ended
from bot.jobs.ledger import NotedEndpoint, kept_in
from bot.jobs.orders import Failure, Outcome, article_key
from bot.jobs.ports import nonce_of
from bot.jobs.tick import Tick
from bot.services.runs import RunPlan
from tests.support.briefs import brief
from tests.support.fake_endpoint import FakeEndpoint

START = datetime(2026, 3, 27, 0, 0, tzinfo=UTC)


def article(url: str, **known: Any) -> ArticleOrder:
    return ArticleOrder(sources=(LinkSource(url=url, known=Known(**known)),))


# --- orders ---------------------------------------------------------------------------------------------------


def test_orders_of_one_article_have_one_key_however_it_is_spelled() -> None:
    assert article_key(article("https://a.example/x?utm_source=mail")) == article_key(
        article("http://www.a.example/x/")
    )


@pytest.mark.parametrize(
    "other",
    [
        article("https://a.example/y"),
        article("https://a.example/x", published="2026-03-04"),
        article("https://a.example/x").model_copy(update={"language": "sv"}),
        article("https://a.example/x").model_copy(update={"sections": ("quotes",)}),
        article("https://a.example/x").model_copy(update={"engine": "extractive"}),
    ],
)
def test_another_wish_is_another_key(other: ArticleOrder) -> None:
    assert article_key(other) != article_key(article("https://a.example/x"))


def test_a_failure_comes_back_as_the_leaf_it_was() -> None:
    failure = Failure.of(BlockedError("No.", cure="Ask."))
    with pytest.raises(BlockedError, match=r"No\. Ask\."):
        Outcome.model_validate_json(Outcome(failure=failure).model_dump_json()).shelved()


def test_a_failure_of_a_later_release_is_told_in_its_words() -> None:
    error = Failure(code="not-known-yet", said="Said.", advice="Do.").error()
    assert type(error) is NutgrafError
    assert str(error) == "Said. Do."


def test_an_outcome_survives_json() -> None:
    made = Outcome(brief=brief(), paid=True)
    assert Outcome.model_validate_json(made.model_dump_json()) == made


def test_nonces_fit_discord_and_differ_by_page() -> None:
    nonces = {nonce_of(f"digest-{n}-2026-03-29T07:00", page) for n in range(50) for page in range(4)}
    assert len(nonces) == 200
    assert all(len(nonce) <= 25 for nonce in nonces)


# --- the ledger -----------------------------------------------------------------------------------------------


class Notes:
    """A ledger in memory, which outlives a crash."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def noted(self, key: str) -> Any | None:
        return self.kept.get(key)

    async def note(self, key: str, value: Any) -> None:
        self.kept[key] = value


def asked(boundary: str, text: str = "Ferries left.") -> CompletionRequest:
    fence = f"=== {boundary * 24} ==="
    return CompletionRequest(system=f"Heed {fence}.", user=f"{fence}\n{text}\n{fence}")


async def test_a_call_that_was_answered_before_a_crash_is_not_made_again() -> None:
    endpoint, notes = FakeEndpoint([Completion(text="one")]), Notes()
    noted = NotedEndpoint(endpoint)
    with kept_in(notes):
        first = await noted.complete(asked("a"))
    with kept_in(notes):
        second = await noted.complete(asked("b"))
    assert first == second
    assert len(endpoint.requests) == 1


async def test_another_question_is_another_call() -> None:
    endpoint = FakeEndpoint([Completion(text="one"), Completion(text="two")])
    with kept_in(Notes()):
        await NotedEndpoint(endpoint).complete(asked("a"))
        await NotedEndpoint(endpoint).complete(asked("a", "The harbour reopened."))
    assert len(endpoint.requests) == 2


async def test_outside_a_job_nothing_is_noted() -> None:
    endpoint = FakeEndpoint([Completion(text="one"), Completion(text="two")])
    noted = NotedEndpoint(endpoint)
    assert [(await noted.complete(asked("a"))).text for _ in range(2)] == ["one", "two"]


# --- bells ----------------------------------------------------------------------------------------------------


async def test_a_bell_wakes_everyone_who_waits_for_that_job() -> None:
    async def look(_: Sequence[str]) -> dict[str, Ended]:
        return {}

    bells = Bells(look, every=60)
    waiting = [asyncio.create_task(bells.wait(job)) for job in ("a", "a", "b")]
    await asyncio.sleep(0)
    bells.ring("a", Ended("SUCCESS", 1))
    assert await waiting[0] == await waiting[1] == Ended("SUCCESS", 1)
    assert not waiting[2].done()
    await bells.close()
    assert (await waiting[2]).state == "STOPPED"


async def test_a_job_that_ends_elsewhere_is_found_in_the_database_even_after_it_was_away() -> None:
    looks = 0

    async def look(jobs: Sequence[str]) -> dict[str, Ended]:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise StorageError()
        return {job: Ended("SUCCESS") for job in jobs}

    bells = Bells(look, every=0)
    assert await bells.wait("a") == Ended("SUCCESS")
    assert looks == 2


async def test_while_nobody_waits_the_database_is_not_asked() -> None:
    """Asked for no job at all, the engine would tell of every job that ever ended, with its result."""
    looked: list[Sequence[str]] = []

    async def look(jobs: Sequence[str]) -> dict[str, Ended]:
        looked.append(jobs)
        return {}

    bells = Bells(look, every=0.02)
    first = asyncio.create_task(bells.wait("a"))
    await asyncio.sleep(0.01)
    bells.ring("a", Ended("SUCCESS"))
    await first
    await asyncio.sleep(0.03)
    assert looked == []
    second = asyncio.create_task(bells.wait("b"))  # and once somebody does, it is again
    await asyncio.sleep(0.05)
    assert looked
    assert all(jobs == ["b"] for jobs in looked)
    bells.ring("b", Ended("SUCCESS"))
    assert (await second).state == "SUCCESS"
    await bells.close()


# --- the tick -------------------------------------------------------------------------------------------------


class Books:
    """Digests and Deliveries in memory: what the tick asks of them."""

    def __init__(self, *digests: Digest) -> None:
        self.digests = {digest.id: digest for digest in digests}
        self.runs: dict[str, Delivery] = {}
        self.queued: list[str] = []
        self.crash: str | None = None

    async def due(self, now: datetime, limit: int) -> list[Digest]:
        found = [d for d in self.digests.values() if d.next_run and d.next_run <= now and not d.paused]
        return sorted(found, key=lambda digest: str(digest.next_run))[:limit]

    async def set_next_runs(self, runs: Mapping[int, datetime | None]) -> None:
        self._crash_at("set_next_runs")
        for digest_id, instant in runs.items():
            self.digests[digest_id] = self.digests[digest_id].model_copy(update={"next_run": instant})

    async def start_all(self, deliveries: Iterable[Delivery]) -> set[str]:
        self._crash_at("start_all")
        new = {run.key: run for run in deliveries if run.key not in self.runs}
        self.runs |= new
        return set(new)

    async def enqueue(self, plans: Sequence[RunPlan]) -> int:
        self._crash_at("enqueue")
        # A job's id is its key.
        new = [plan.run.key for plan in plans if plan.run and plan.run.key not in self.queued]
        self.queued += new
        return len(new)

    def _crash_at(self, place: str) -> None:
        if self.crash == place:
            self.crash = None
            raise StorageError()


class Hands:
    """A clock that a test moves by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def daily(digest_id: int, zone: str, at: time) -> Digest:
    schedule = Schedule(zone=zone, times=(at,))
    return Digest(
        id=digest_id,
        guild_id=1,
        channel_id=2,
        name="News",
        schedule=schedule,
        created_by=3,
        next_run=schedule.next_after(START).instant,
    )


def ticking(books: Books, clock: Hands, grace: timedelta = timedelta(hours=2)) -> Tick:
    return Tick(books, books, books.enqueue, clock=clock, grace=grace)  # type: ignore[arg-type]


@pytest.fixture
def berlin() -> Digest:
    return daily(1, "Europe/Berlin", time(2, 30))  # which the last Sunday of March leaves out


async def test_every_local_day_has_one_run_over_the_clock_change(berlin: Digest) -> None:
    books, clock = Books(berlin), Hands()
    tick = ticking(books, clock)
    for _ in range(4 * 24 * 12):
        await tick.once()
        clock.now += timedelta(minutes=5)
    assert books.queued == [f"digest-1-2026-03-{day}T02:30" for day in (27, 28, 29, 30)]


@pytest.mark.parametrize("place", ["enqueue", "start_all", "set_next_runs"])
async def test_a_crash_at_any_place_neither_loses_nor_doubles_a_run(berlin: Digest, place: str) -> None:
    books, clock = Books(berlin), Hands(START + timedelta(hours=2))
    tick = ticking(books, clock)
    books.crash = place
    with pytest.raises(StorageError):
        await tick.once()
    for _ in range(3):  # what seems to be in another's hands is left there for one look
        await tick.once()
    assert books.queued == ["digest-1-2026-03-27T02:30"]
    assert [run.state for run in books.runs.values()] == ["due"]
    assert await books.due(clock.now, 9) == []


async def test_what_another_worker_queues_is_left_to_it(berlin: Digest) -> None:
    books, clock = Books(berlin), Hands(START + timedelta(hours=2))
    mine, theirs = ticking(books, clock), ticking(books, clock)
    books.crash = "start_all"
    with pytest.raises(StorageError):
        await theirs.once()  # queued, and not moved on yet
    await mine.once()
    assert books.runs == {}
    await theirs.once()
    assert await theirs.once() == 1
    assert await mine.once() == 0
    assert len(books.runs) == 1


async def test_after_an_outage_the_latest_run_within_grace_is_made_and_the_others_are_skipped(
    berlin: Digest,
) -> None:
    books = Books(berlin)
    await ticking(books, Hands(START + timedelta(days=2, hours=2))).once()
    assert books.queued == ["digest-1-2026-03-29T02:30"]
    assert {run.run_key[8:10]: run.state for run in books.runs.values()} == {
        "27": "skipped",
        "28": "skipped",
        "29": "due",
    }


async def test_the_loop_survives_a_database_that_is_away(berlin: Digest) -> None:
    books, clock = Books(berlin), Hands(START + timedelta(hours=2))
    books.crash = "enqueue"
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise asyncio.CancelledError

    tick = Tick(books, books, books.enqueue, clock=clock, grace=timedelta(hours=2), sleep=sleep)  # type: ignore[arg-type]
    with pytest.raises(asyncio.CancelledError):
        await tick.run()
    assert books.queued == ["digest-1-2026-03-27T02:30"]
    assert tick.last == clock.now
