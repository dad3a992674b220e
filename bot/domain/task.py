"""Task, Engine and Mends: what an engine is asked, and the seams that the engines and the cascade fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from bot.domain.document import Document
from bot.domain.draft import Draft, Finding, Proposal
from bot.domain.section import Section

Stage = Literal["reading", "writing", "checking"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: `done` of `total` parts of a stage."""

    stage: Stage
    done: int = 0
    total: int = 1


Report = Callable[[Progress], None]


def say_nothing(_: Progress) -> None:
    """The Report of a caller that does not watch."""


@dataclass(frozen=True, slots=True)
class Task:
    """The Documents to brief, the Sections wanted, in order, and the language to write in."""

    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    language: str = "auto"  # "auto": the Document's own
    report: Report = field(default=say_nothing)

    @property
    def written_in(self) -> str | None:
        """The language asked for, without its region; None for the Documents' own."""
        base = self.language.lower().replace("_", "-").partition("-")[0]
        return None if base in {"", "auto", "und"} else base

    @property
    def translates(self) -> bool:
        """Whether a Document is known to be in another language than the one asked for."""
        return any(
            document.language not in {"und", self.written_in or document.language} for document in self.documents
        )


class Engine(Protocol):
    """Writes a Draft. Raises only `ModelError` leaves; the extractive engine raises nothing."""

    async def write(self, task: Task) -> Draft:
        """Propose items for every Section of the Task."""
        ...


class Rejected(NamedTuple):
    """A proposal that the verifier dropped: its Section's name, what was proposed, and why it did not hold."""

    section: str
    proposal: Proposal
    finding: Finding


@runtime_checkable
class Mends(Protocol):
    """An Engine that may be asked once to correct what did not hold."""

    async def mend(self, task: Task, draft: Draft, rejected: Sequence[Rejected]) -> Draft:
        """The corrected proposals alone, by Section, and what they cost; fewer than were rejected is fine.

        `draft` is the one that the rejected proposals stood in. Raises only `ModelError` leaves.
        """
        ...
