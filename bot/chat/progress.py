"""How far a briefing is, in words. Written from any thread, read whenever the message may be edited."""

from __future__ import annotations

from bot.domain.task import Progress
from bot.wording import say, say_n


class Watch:
    """The latest that was reported; `news()` says it once, in the locale spoken then."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._ahead = 0
        self._told: str | None = None

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
        """The words, where they changed since they were last asked for."""
        if self._progress is not None:
            now = words(self._progress)
        else:
            now = waiting(self._ahead) if self._ahead else reading()
        if now == (self._told or reading()):
            return None
        self._told = now
        return now


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
