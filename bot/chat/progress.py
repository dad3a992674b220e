"""How far a briefing is, in words. Written from any thread, read whenever the message may be edited."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Final

from bot.domain.task import Progress
from bot.wording import say, say_all, say_n

LATE: Final = 60.0  # seconds without news, after which people wonder whether anybody is there


class Watch:
    """The latest that was reported; `news()` says it once, in the locale spoken then, and once that it lasts."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._progress: Progress | None = None
        self._ahead = 0
        self._told: str | None = None
        self._clock = clock
        self._lasts: float | None = clock()  # since when the words stand; None: it was said that it lasts

    @property
    def begun(self) -> bool:
        """Whether anything was reported."""
        return self._progress is not None

    def report(self, progress: Progress) -> None:
        """A `Report` for the Briefer."""
        self._progress = progress

    def wait_in_line(self, ahead: int) -> None:
        """`ahead` others are served first; 0: none."""
        self._ahead = ahead

    def news(self) -> str | None:
        """The words, where they changed since they were last asked for, or have stood for long."""
        if self._progress is not None:
            now = words(self._progress)
        else:
            now = waiting(self._ahead) if self._ahead else reading()
        if now != (self._told or reading()):
            self._told, self._lasts = now, self._clock()
            return now
        in_line = self._ahead and not self.begun  # who is told their place knows why it lasts
        if not in_line and self._lasts is not None and self._clock() - self._lasts >= LATE:
            self._lasts = None
            return say_all(now, say("This is taking a while; I am still at it."))
        return None


def in_line_pauses(edit_every: float) -> Iterator[float]:
    """Seconds between tellings of a place in line, for ever. Where there is a line many wait, and their notes
    share the edits that a channel takes: about one a second."""
    for doublings in itertools.count():
        yield edit_every * 2 ** min(doublings, 3)


def reading() -> str:
    """What an answer begins with."""
    return say("Reading…")


def waiting(ahead: int) -> str:
    """That `ahead` others are served first."""
    return say_n(
        "Waiting: {count} other briefing before this one…",
        "Waiting: {count} other briefings before this one…",
        ahead,
    )


def words(progress: Progress) -> str:
    """`progress` as a person reads it; parts are counted from 1."""
    total = progress.total
    part, several = min(progress.done + 1, total), total > 1
    match progress.stage:
        case "reading":
            return say("Reading source {part} of {total}…", part=part, total=total) if several else reading()
        case "writing":
            return say("Writing, part {part} of {total}…", part=part, total=total) if several else say("Writing…")
        case "checking":
            return say("Checking quotes, dates and numbers against the text…")
