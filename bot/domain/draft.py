"""Draft: what an engine proposes. Nothing in it is trusted; the verifier alone turns it into a Brief."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field

from bot.domain.value import Span, Value
from bot.wording import SOURCE, Phrase, in_locale


class Evidence(Value):
    """A place in a Document: `source` is the Document's id, [start, end) counts code points of its text."""

    source: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place without its Document."""
        return Span(self.start, self.end)


class Finding(Value):
    """Why the verifier (or an engine) changed or dropped something, or what the reader should know."""

    code: str  # kebab-case, stable: "quote-not-verbatim", "fallback-extractive", ...
    section: str | None = None
    detail: str = ""
    # The Phrase behind `detail`, as JSON, where that is a sentence for people. Never part of the published JSON.
    phrase: str | None = Field(default=None, repr=False)

    @classmethod
    def told(cls, code: str, detail: Phrase, *, section: str | None = None) -> Self:
        """A Finding for people: `detail` is English, `sentence` what they read."""
        with in_locale(SOURCE):
            return cls(code=code, section=section, detail=str(detail), phrase=detail.to_json())

    @property
    def sentence(self) -> str:
        """`detail`, in the locale spoken now where it can be said in it."""
        return str(Phrase.from_json(self.phrase)) if self.phrase else self.detail


class ProposedPoint(Value):
    """One statement in the engine's words, and the places it claims to rest on."""

    kind: Literal["point"] = "point"
    text: str
    evidence: tuple[Evidence, ...] = ()


class ProposedQuote(Value):
    """Words that the engine claims stand in the text between quotation marks."""

    kind: Literal["quote"] = "quote"
    text: str
    speaker: str | None = None
    translation: str | None = None  # the engine's own words, where it writes in another language than the text
    evidence: tuple[Evidence, ...] = ()


class ProposedEvent(Value):
    """Something that happened, with the article's own words for when (`date_text`), never a computed date."""

    kind: Literal["event"] = "event"
    text: str
    date_text: str | None = None
    evidence: tuple[Evidence, ...] = ()


Proposal = ProposedPoint | ProposedQuote | ProposedEvent


class DraftSection(Value):
    """The proposals for one Section, by the Section's name."""

    name: str
    items: tuple[Proposal, ...] = ()


class Usage(Value):
    """What the writing cost. Tokens are the endpoint's own figures, or ours where `estimated` is true."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    seconds: float = 0.0

    def plus(self, other: Usage) -> Usage:
        """The sum of both; estimated as soon as one part is."""
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            estimated=self.estimated or other.estimated,
            seconds=self.seconds + other.seconds,
        )


class Draft(Value):
    """An engine's whole proposal."""

    engine: str  # "extractive" or "llm"
    model: str | None = None
    prompts_digest: str = ""
    language: str | None = None  # ISO 639-1: what it was asked to be written in; None: the Documents' own
    sections: tuple[DraftSection, ...] = ()
    findings: tuple[Finding, ...] = ()  # e.g. that the endpoint was down and another engine wrote this
    usage: Usage = Usage()
