"""What an operator is to see of the work, as a seam: the rooms tell an Observer, and only `bot.watch` counts.

Outcomes are "ok" or the code of a leaf in `bot.domain.errors`: a small closed set, fit for a metric's label.
Nothing told here holds an address, a name or article text.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from bot.domain.draft import Usage

OK: Final = "ok"
UNFORESEEN: Final = "unforeseen"  # an error that is no leaf of our tree


class Reading(NamedTuple):
    """A quantity as it stands now, e.g. `Reading("queue_jobs", 3, ("briefs", "ENQUEUED"))`."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


class Observer(Protocol):
    """Hears of what happened. Every method returns at once and raises nothing."""

    def model_tried(self, outcome: str, seconds: float, usage: Usage | None = None) -> None:
        """One request to the model endpoint ended; retries are told one by one."""
        ...

    def briefed(self, engine: str, outcome: str, seconds: float) -> None:
        """A briefing ended; `engine` as its Brief says, "shelf" where it lay there, as asked where none came."""
        ...

    def digests_due(self, due: int, skipped: int) -> None:
        """The tick found so many runs to make, and so many too late to make."""
        ...

    def digest_ended(self, state: str, late: float) -> None:
        """A run ended in that `DeliveryState`, `late` seconds after it was due."""
        ...

    def feed_read(self, outcome: str) -> None:
        """A feed was asked for."""
        ...


class Unwatched:
    """The null Observer."""

    def model_tried(self, outcome: str, seconds: float, usage: Usage | None = None) -> None:
        """Nothing."""

    def briefed(self, engine: str, outcome: str, seconds: float) -> None:
        """Nothing."""

    def digests_due(self, due: int, skipped: int) -> None:
        """Nothing."""

    def digest_ended(self, state: str, late: float) -> None:
        """Nothing."""

    def feed_read(self, outcome: str) -> None:
        """Nothing."""


UNWATCHED: Final = Unwatched()
