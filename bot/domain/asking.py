"""A reader's question about Documents, what an engine proposes as its answer, and the Reply that was proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol, runtime_checkable

from bot.domain.brief import Point, Quote
from bot.domain.document import Document
from bot.domain.draft import Finding, Proposal, Usage
from bot.domain.section import Section
from bot.domain.task import Engine, Prompts
from bot.domain.value import Value

LONGEST_QUESTION: Final = 500  # characters

STATEMENTS: Final = Section(name="statements", title="Answer", kind="points", max_items=5)
QUOTES: Final = Section(name="quotes", title="Quotes", kind="quotes", max_items=3)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question and the Documents that alone may answer it; `language`, `model`, `prompts` are as in a Task."""

    documents: tuple[Document, ...]
    question: str
    language: str = "auto"
    model: str | None = None
    prompts: Prompts | None = None


class ProposedReply(Value):
    """An engine's whole answer, nothing of it trusted. No items: the Documents do not say."""

    engine: str  # "extractive" or "llm"
    model: str | None = None
    prompts_digest: str = ""
    language: str | None = None  # ISO 639-1: what it was asked to be written in; None: the Documents' own
    items: tuple[Proposal, ...] = ()
    findings: tuple[Finding, ...] = ()
    usage: Usage = Usage()


class Reply(Value):
    """The proven answer. Built by `bot.verify` alone.

    "not said": nothing that answers the question could be proven from the Documents; then it holds no items.
    """

    state: Literal["answered", "not said"]
    statements: tuple[Point, ...] = ()
    quotes: tuple[Quote, ...] = ()
    engine: str
    model: str | None = None
    prompts_digest: str = ""
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    usage: Usage = Usage()


@runtime_checkable
class Replies(Protocol):
    """An Engine that also answers questions."""

    async def reply(self, inquiry: Inquiry) -> ProposedReply:
        """Propose what answers the question. Raises only `ModelError` leaves; the extractive engine nothing."""
        ...


def answering(engine: Engine) -> Replies:
    """`engine` as one that answers questions. Raises TypeError where it does not."""
    if not isinstance(engine, Replies):
        raise TypeError(f"{type(engine).__name__} answers no questions")
    return engine
