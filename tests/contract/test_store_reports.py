"""Reported errors, as bot.services promises them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.answer import Answered, Place
from bot.domain.order import ArticleOrder
from bot.domain.report import Report
from bot.domain.source import Known, LinkSource
from bot.services import reports
from bot.store.store import Store
from tests.support.harbour import harbour
from tests.support.postgres import postgres_url
from tests.support.stores import NOON, address, empty_address, store

__all__ = ["address", "empty_address", "postgres_url", "store"]

if TYPE_CHECKING:

    def _fills_the_protocol(store: Store) -> reports.ReportBook:
        return store.reports


def report(made: datetime = NOON, words: str = "") -> Report:
    """On a briefing of the harbour."""
    source = LinkSource(url="https://courier.example/harbour", known=Known(title="The title of the article"))
    answered = Answered(
        key="17",
        place=Place(kind="reply", guild_id=1, channel_id=2, asker_id=3, asked=NOON),
        order=ArticleOrder(sources=(source,), length="long"),
    )
    return Report.on(answered, harbour(), made_by=4, made=made, trace="0123abcd", words=words)


async def test_reports_come_back_as_they_were_newest_first(store: Store) -> None:
    first, second = report(words="It was Tuesday."), report(NOON + timedelta(seconds=1))
    await store.reports.add(first)
    await store.reports.add(second)
    assert await store.reports.recent(10) == [second, first]
    assert await store.reports.recent(1) == [second]


async def test_two_reports_of_one_instant_are_both_kept(store: Store) -> None:
    await store.reports.add(report(words="one"))
    await store.reports.add(report(words="two"))
    assert [told.words for told in await store.reports.recent(10)] == ["two", "one"]
