"""Reported errors, as bot.services promises them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.answer import Answered, Place
from bot.domain.errors import CooldownError
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


def report(made: datetime = NOON, words: str = "", made_by: int = 4) -> Report:
    """On a briefing of the harbour."""
    source = LinkSource(url="https://courier.example/harbour", known=Known(title="The title of the article"))
    answered = Answered(
        key="17",
        place=Place(kind="reply", guild_id=1, channel_id=2, asker_id=3, asked=NOON),
        order=ArticleOrder(sources=(source,), length="long"),
    )
    return Report.on(answered, harbour(), made_by=made_by, made=made, trace="0123abcd", words=words)


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


async def test_a_person_reports_so_many_errors_a_day_and_no_more(store: Store) -> None:
    midnight = datetime(2026, 3, 5, tzinfo=UTC)
    before = midnight - timedelta(seconds=1)
    for number in range(reports.REPORTS_A_DAY):
        await reports.take(store.reports, report(before - timedelta(minutes=number)))
    with pytest.raises(CooldownError, match=f"{reports.REPORTS_A_DAY} errors today.* after midnight UTC"):
        await reports.take(store.reports, report(before))
    await reports.take(store.reports, report(before, made_by=5))
    await reports.take(store.reports, report(midnight))
    assert await store.reports.made_since(4, midnight) == 1
    assert await store.reports.made_since(4, NOON) == reports.REPORTS_A_DAY + 1
    assert await store.reports.made_since(6, NOON - timedelta(days=400)) == 0
