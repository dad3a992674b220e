"""The ends of a run that failed, and of one whose process died: what is told, and what is written down."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

from bot.domain.digest import Delivery, Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import DeliveryError, NutgrafError
from bot.domain.feed import FeedTrouble
from bot.jobs.digest_work import DigestWork
from bot.jobs.ports import DigestParts, Saved
from bot.jobs.rush import Rush
from tests.support.digest_parts import BRIDGE_AND_BREAD, NOW, House, digest

KEY = "2026-03-10T07:00"
DUE = NOW.isoformat()


class Notes:
    """A ledger in memory, which outlives a crash."""

    job = "digest-1"

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def noted(self, key: str) -> Any | None:
        return self.kept.get(key)

    async def note(self, key: str, value: Any) -> None:
        self.kept[key] = value


class Office:
    """Books, a channel and admins in memory. `log` has what happened, in order."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.runs: dict[tuple[int, str], Delivery] = {}
        self.digest: Digest | None = digest()
        self.refuses: NutgrafError | None = None
        self.stands: tuple[int, ...] = ()
        self.notes = Notes()
        self.rush = Rush()
        house = House(*BRIDGE_AND_BREAD)
        parts = DigestParts(
            digests=cast("Any", self),
            deliveries=cast("Any", self),
            runner=lambda _: house.runner,
            poster=self,
            admins=self,
        )
        self.work = DigestWork(parts, cast("Any", self), self.ledgers, self.rush, lambda: NOW)

    async def ledgers(self) -> Notes:
        return self.notes

    async def feeds_first(self, urls: Sequence[str], tick: str) -> None:
        pass

    async def get(self, digest_id: int, run_key: str | None = None) -> Any:
        return self.digest if run_key is None else self.runs.get((digest_id, run_key))

    async def history(self, digest_id: int, limit: int) -> list[Delivery]:
        return list(self.runs.values())

    async def finish(self, delivery: Delivery) -> None:
        self.log.append(f"finished {delivery.state}")
        self.runs[delivery.digest_id, delivery.run_key] = delivery

    async def run_failed(self, digest: Digest, key: str, failure: NutgrafError) -> None:
        self.log.append(f"told {failure.said}")

    async def feeds_failed(self, digest: Digest, troubles: Sequence[FeedTrouble]) -> None:
        self.log.append("told of feeds")

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: Sequence[int], saved: Saved
    ) -> tuple[int, ...]:
        if self.refuses:
            raise self.refuses
        if not already:
            self.log.append("posted")
        return tuple(already) or (70,)

    async def find_posted(self, digest: Digest, key: str, since: object) -> tuple[int, ...]:
        self.log.append("looked")
        return self.stands

    async def made(self) -> dict[str, Any]:
        made = await self.work.make(4, KEY, DUE, None)
        assert made is not None
        return made


async def test_a_run_that_failed_for_good_is_told_first_and_then_written_down() -> None:
    office = Office()
    await office.work.fail(4, KEY, DUE)
    assert office.log == [
        "told The run failed on our side, more often than it is tried again.",
        "finished failed",
    ]


async def test_a_run_that_was_written_down_is_not_told_again() -> None:
    office = Office()
    await office.work.fail(4, KEY, DUE)
    await office.work.fail(4, KEY, DUE)
    assert len(office.log) == 2


async def test_nobody_is_told_of_a_digest_that_is_gone() -> None:
    office = Office()
    office.digest = None
    await office.work.fail(4, KEY, DUE)
    assert office.log == ["finished failed"]


async def test_what_cannot_be_posted_is_told_and_ends_the_run() -> None:
    office = Office()
    office.refuses = DeliveryError("No.", cure="Ask.")
    assert await office.work.deliver(KEY, DUE, await office.made(), first=True) == {"state": "failed"}
    assert office.log == ["told No.", "finished failed"]


async def test_a_run_is_posted_once_though_its_process_dies_before_it_is_written_down() -> None:
    office = Office()
    made = await office.made()
    await office.work.deliver(KEY, DUE, made, first=True)
    assert office.log == ["posted", "finished posted"]
    assert office.runs[4, KEY].told, "what reactions to it are about"
    assert await office.work.deliver(KEY, DUE, made, first=False) == {"state": "posted"}
    assert office.log == ["posted", "finished posted"]
    office.runs.clear()  # posted, and dead before it was finished
    office.stands = (70,)
    await office.work.deliver(KEY, DUE, made, first=False)
    assert office.log[2:] == ["looked", "finished posted"]


async def test_who_posts_first_asks_neither_the_books_nor_the_channel() -> None:
    office = Office()
    office.stands = (70,)
    await office.work.deliver(KEY, DUE, await office.made(), first=True)
    assert "looked" not in office.log


async def test_a_run_begins_once_all_that_is_due_is_queued() -> None:
    office = Office()
    with office.rush.on():
        made = asyncio.create_task(office.made())
        await asyncio.sleep(0.01)
        assert not made.done()
    assert await made


async def test_what_is_out_is_not_carried_along() -> None:
    office = Office()
    office.digest = digest(stories=1)
    edition = DigestEdition.model_validate((await office.made())["edition"])
    assert edition.left_out == ()
    assert edition.counted_out == 1
    assert len(edition.stories) == 1
