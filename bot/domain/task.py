"""Task, Prompts, Engine, Mends: what an engine is asked, and the seams that the engines and the cascade fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from bot.domain.document import Document
from bot.domain.draft import Draft, Finding, Proposal
from bot.domain.order import Length
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


class Prompts(Protocol):
    """One whole set of prompts, proven valid (`bot.prompting.PromptSet` is one)."""

    @property
    def digest(self) -> str:
        """12 hex digits over all of its texts."""
        ...

    @property
    def parts(self) -> Mapping[str, str]:
        """The templates that all sections share, by name: voice, evidence, task, ..."""
        ...

    def section_values(self, names: Sequence[str] | None = None) -> tuple[Section, ...]:
        """The enabled Sections in order, or those named, in the order named. Raises UsageError."""
        ...

    def body(self, name: str) -> str:
        """The template with the instructions of one section. Raises UsageError."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """The Documents to brief, the Sections wanted, in order, and the language to write in.

    `length` is how the Sections' limits were scaled already; `model` is what the endpoint calls the model to ask,
    `prompts` what a model is told to do: None means the engine's own.
    """

    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    language: str = "auto"  # "auto": the Document's own
    report: Report = field(default=say_nothing)
    length: Length = "standard"
    model: str | None = None
    prompts: Prompts | None = None

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
