"""How far a briefing is, in words. Written from any thread, read by the Desk whenever it may edit the message."""

from __future__ import annotations

from bot.domain.task import Progress


class Watch:
    """The latest stage in words; `news()` gives it once."""

    def __init__(self) -> None:
        self._words = START
        self._told = START

    def report(self, progress: Progress) -> None:
        """A `Report` for the Briefer."""
        self._words = words(progress)

    def wait_in_line(self, ahead: int) -> None:
        """`ahead` others are served first."""
        self._words = f"Waiting: {ahead} other briefing{'s' if ahead > 1 else ''} before this one…"

    def news(self) -> str | None:
        """The words, where they changed since they were last asked for."""
        if self._words == self._told:
            return None
        self._told = self._words
        return self._told


START = "Reading…"


def words(progress: Progress) -> str:
    """`progress` as a person reads it; parts are counted from 1."""
    part = min(progress.done + 1, progress.total)
    several = progress.total > 1
    match progress.stage:
        case "reading":
            return f"Reading source {part} of {progress.total}…" if several else START
        case "writing":
            return f"Writing, part {part} of {progress.total}…" if several else "Writing…"
        case "checking":
            return "Checking quotes, dates and numbers against the text…"
