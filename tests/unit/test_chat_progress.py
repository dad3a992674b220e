"""A watch over work that takes long."""

from __future__ import annotations

import itertools

from bot.chat.progress import Watch, in_line_pauses
from bot.domain.task import Progress


def test_what_stands_for_a_minute_is_said_to_last_once_until_there_is_news() -> None:
    now = 0.0
    watch = Watch(clock=lambda: now)
    watch.wait_in_line(2)
    assert "2 other briefings" in (watch.news() or "")
    now = 200
    assert watch.news() is None, "who waits in line is told their place"
    watch.report(Progress("writing"))
    assert watch.news() == "Writing…"
    now = 259
    assert watch.news() is None
    now = 260
    assert watch.news() == "Writing… This is taking a while; I am still at it."
    now = 1_000
    assert watch.news() is None
    watch.report(Progress("checking"))
    assert watch.news() == "Checking quotes, dates and numbers against the text…"
    now = 1_060
    assert "a while" in (watch.news() or "")


def test_a_place_in_line_is_told_ever_less_often() -> None:
    assert list(itertools.islice(in_line_pauses(1.5), 6)) == [1.5, 3.0, 6.0, 12.0, 12.0, 12.0]
