"""The composition root's part for privacy: forgetting on request, after the bot left, and by age."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.chat.privacy import PrivacyFeature
from bot.chat.privacy.notes import Notes
from bot.chat.surfaces import Surfaces
from bot.chat.wire import Wire
from bot.jobs.opening import Jobs
from bot.services.loops import beside
from bot.services.privacy import CleanUp, Departures, PrivacyDesk
from bot.services.retention import retention_of
from bot.settings import Settings
from bot.store.store import Store


@asynccontextmanager
async def private(
    settings: Settings, store: Store, jobs: Jobs, wire: Wire | None
) -> AsyncIterator[PrivacyFeature]:
    """/privacy and /forget; inside the block the clean-up runs once a day. Without `wire` nobody is told of it."""
    notes = Notes(Surfaces(wire)) if wire else None
    desk = PrivacyDesk(store.answers, store.digests, store.housekeeping, jobs, notes)
    cleaning = CleanUp(
        desk,
        store.housekeeping,
        store.departures,
        retention_of(settings),
        after=timedelta(days=settings.forget_guilds_after_days),
    )
    async with beside(cleaning.run(), "clean-up"):
        yield PrivacyFeature(desk, Departures(store.departures), settings)
