"""What the steps of a digest's run do. JSON in and out; each may run again after a crash.

A step that raises is tried again (storage, a network that is away); what waiting does not cure is a result.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.clock import Clock
from bot.domain.digest import Delivery, DeliveryState, Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import NutgrafError, StorageError
from bot.domain.watching import UNWATCHED, Observer
from bot.jobs.article_work import Ledgers
from bot.jobs.ledger import Ledger
from bot.jobs.orders import Json
from bot.jobs.ports import DigestParts
from bot.jobs.rush import Rush
from bot.jobs.shared import SharedWork
from bot.services.digests import runs_looked_at
from bot.services.votes import told_stories
from bot.wording import Phrase, kept, speak

MANUAL: Final = "-now"  # how the keys of runs end that a person asked for, see bot.services.runs
EXHAUSTED: Final = Phrase("The run failed on our side, more often than it is tried again.")
LOOK_AT_HISTORY: Final = Phrase("The next run tells what this one did not; /digest run-now makes one at once.")


class DigestWork:
    """Feeds, edition, post."""

    def __init__(
        self,
        parts: DigestParts,
        shared: SharedWork,
        ledgers: Ledgers,
        rush: Rush,
        clock: Clock,
        *,
        observer: Observer = UNWATCHED,
    ) -> None:
        self._digests = parts.digests
        self._deliveries = parts.deliveries
        self._poster = parts.poster
        self._admins = parts.admins
        self._locale_of = parts.locale_of
        self._runner = parts.runner(shared)
        self._shared = shared
        self._ledgers = ledgers
        self._rush = rush
        self._clock = clock
        self._observer = observer

    async def make(self, digest_id: int, run_key: str, due: str, notice: str | None) -> Json | None:
        """What the run posts, and the digest as it was; None where there is nothing to do.

        One step for all of it: a run that begins again after a crash finds its articles on the shelf, so there is
        nothing to be saved by writing down each of them once more.
        """
        await self._rush.over()
        digest = await self._digests.get(digest_id)
        if digest is None:
            return None
        await self._speak_for(digest)
        history, stored, last = await self._past(digest, run_key)
        if stored is not None and stored.state != "due":
            return None
        if digest.paused and not run_key.endswith(MANUAL):  # between the tick and the run
            delivery = stored or Delivery(digest_id=digest_id, run_key=run_key, due=self._clock())
            await self._finish(delivery, "skipped", reason=kept(Phrase("The digest was paused.")))
            return None
        now = self._clock()
        was_due = datetime.fromisoformat(due)
        await self._shared.feeds_first(await self._runner.stale_feeds(digest, now, was_due), due)
        edition = await self._runner.prepare(digest, now, last, notice=notice, history=history, due=was_due)
        # What is out is for previews: a run does not carry it along.
        edition = edition.model_copy(update={"left_out": ()})
        return {
            "digest": digest.model_dump(mode="json"),
            "edition": edition.model_dump(mode="json", exclude_defaults=True),
        }

    async def _past(
        self, digest: Digest, run_key: str
    ) -> tuple[Sequence[Delivery], Delivery | None, Delivery | None]:
        """The latest runs, this one where it is noted, and the latest that was posted: mostly one query."""
        limit = runs_looked_at(digest)
        history = await self._deliveries.history(digest.id, limit)
        stored = next((run for run in history if run.run_key == run_key), None)
        last = next((run for run in history if run.state == "posted"), None)
        if len(history) == limit:  # either may lie further back
            stored = stored or await self._deliveries.get(digest.id, run_key)
            last = last or await self._deliveries.last_posted(digest.id)
        return history, stored, last

    async def feed(self, url: str) -> Json:
        """See that the feed's kept state is fresh; who asks for its items later finds them there."""
        await self._runner.fetch_feed(url, self._clock())
        return {}

    async def deliver(self, run_key: str, due: str, made: Json, *, first: bool) -> Json:
        """Post it, once: what was posted before a crash is known by notes, nonce or the channel's history.

        `first`: nobody can have tried before.
        """
        digest = Digest.model_validate(made["digest"])
        edition = DigestEdition.model_validate(made["edition"])
        await self._speak_for(digest)
        delivery = Delivery(
            digest_id=digest.id,
            run_key=run_key,
            due=datetime.fromisoformat(due),
            channel_id=digest.channel_id,
        )
        if not first:
            delivery = await self._deliveries.get(digest.id, run_key) or delivery
        if delivery.state != "due":
            return {"state": delivery.state}
        if self._admins and edition.troubles:
            await self._admins.feeds_failed(digest, edition.troubles)
        if edition.silent:
            return await self._finish(delivery, "empty", reason=kept(Phrase("There was nothing new.")))
        try:
            ids = await self._post(digest, delivery, edition, first=first)
        except StorageError:
            raise
        except NutgrafError as error:
            return await self._failed(digest, delivery, error)
        stories = await asyncio.to_thread(told_stories, edition, len(ids))
        told = {"message_ids": ids, "stories": edition.told_keys, "told": stories}
        return await self._finish(delivery.model_copy(update=told), "posted")

    async def fail(self, digest_id: int, run_key: str, due: str) -> Json:
        """Write down, and tell those who look after the server, that the run failed for good."""
        stored = await self._deliveries.get(digest_id, run_key)
        delivery = stored or Delivery(digest_id=digest_id, run_key=run_key, due=datetime.fromisoformat(due))
        if delivery.state != "due":
            return {}
        digest = await self._digests.get(digest_id)
        if digest is not None:
            await self._speak_for(digest)
        return await self._failed(digest, delivery, NutgrafError(EXHAUSTED, cure=LOOK_AT_HISTORY))

    async def _speak_for(self, digest: Digest) -> None:
        """From here on this step speaks the locale of the digest's readers."""
        if self._locale_of is not None:
            speak(await self._locale_of(digest))

    async def _failed(self, digest: Digest | None, delivery: Delivery, error: NutgrafError) -> Json:
        """Tell first: who dies in between tells it again under the same nonce, and not never."""
        if self._admins and digest:
            await self._admins.run_failed(digest, delivery.key, error)
        why = Phrase("{what} {cure}", what=error.told, cure=error.told_cure)
        return await self._finish(delivery, "failed", reason=kept(why))

    async def _post(
        self, digest: Digest, delivery: Delivery, edition: DigestEdition, *, first: bool
    ) -> tuple[int, ...]:
        ledger = None if first else await self._ledgers()
        already: tuple[int, ...] = ()
        if ledger:
            already = _pages(ledger)
            found = await self._poster.find_posted(digest, delivery.key, delivery.due)
            already = found if len(found) > len(already) else already
        count = len(already)

        async def saved(message_id: int) -> None:
            nonlocal count, ledger
            ledger = ledger or await self._ledgers()
            await ledger.note(f"page-{count}", str(message_id))
            count += 1

        return await self._poster.post(digest, edition, delivery.key, already, saved)

    async def _finish(self, delivery: Delivery, state: DeliveryState, *, reason: str | None = None) -> Json:
        posted = self._clock() if state == "posted" else None
        await self._deliveries.finish(
            delivery.model_copy(update={"state": state, "reason": reason, "posted": posted})
        )
        self._observer.digest_ended(state, (self._clock() - delivery.due).total_seconds())
        return {"state": state}


def _pages(ledger: Ledger) -> tuple[int, ...]:
    """The messages of this run that were noted as posted, in order."""
    pages: list[int] = []
    while (noted := ledger.noted(f"page-{len(pages)}")) is not None:
        pages.append(int(noted))
    return tuple(pages)
