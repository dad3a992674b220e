"""What the store keeps besides Documents, Briefs, Digests and Deliveries: keys, choices, and feeds' states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Self

from pydantic import Field

from bot.domain.document import Document
from bot.domain.feed import FeedItem
from bot.domain.order import EngineChoice, Length
from bot.domain.value import Value


class BriefKey(Value):
    """What a kept Brief answers. Equal keys mean that writing it again would give nobody anything new."""

    documents: tuple[str, ...]  # fingerprints, in the order briefed
    prompts_digest: str
    engine: str  # who wrote it ("extractive" or "llm"), not what was asked for
    model: str | None = None
    language: str = "auto"
    sections: tuple[str, ...] | None = None  # None: all enabled
    length: Length = "standard"
    guild: int = 0  # whose own prompts; a digest alone can be forged by who writes both texts

    @classmethod
    def of(  # noqa: PLR0913  a key has as many parts as there are wishes
        cls,
        documents: Sequence[Document],
        *,
        prompts_digest: str,
        engine: str,
        model: str | None = None,
        language: str = "auto",
        sections: tuple[str, ...] | None = None,
        length: Length = "standard",
        guild: int = 0,
    ) -> Self:
        """The key over `documents`."""
        return cls(
            documents=tuple(fingerprint(document) for document in documents),
            prompts_digest=prompts_digest,
            engine=engine,
            model=model,
            language=language,
            sections=sections,
            length=length,
            guild=guild,
        )

    @property
    def digest(self) -> str:
        """64 hex digits that stand for the whole key."""
        # What came later counts only where it is chosen: Briefs kept by an earlier release are found again.
        usual = {"length": "standard", "guild": 0}
        later = {name for name, value in usual.items() if getattr(self, name) == value}
        return _sha256(self.model_dump(mode="json", exclude=later))


def fingerprint(document: Document) -> str:
    """64 hex digits over all that a Brief takes from the Document: its text, and who published it when and where.

    `Document.id` is 48 bits of the text alone: enough to point with, too few to keep one person's text from
    standing in for another's.
    """
    # Not over the picture: sites give it another address every day, and it proves nothing.
    return _sha256(document.model_dump(mode="json", exclude={"picture"}))


Automatic = Literal["off", "links", "reaction"]
OverBudget = Literal["extractive", "refuse"]


class Choices(Value):
    """What a guild or a channel chose. None: not chosen here, so the wider choice or the operator's default holds.

    Ids are Discord's. An empty tuple of roles or channels is a choice, too: no restriction.
    """

    language: str | None = None
    length: Length | None = None
    sections: tuple[str, ...] | None = None  # in the order wanted
    interests: tuple[str, ...] | None = None  # words that lift a story in a digest
    engine: EngineChoice | None = None
    model: str | None = None  # one of the operator's, by its name
    threads: bool | None = None  # what does not fit one message goes to a thread, not behind buttons
    pictures: bool | None = None  # whether a card may show the article's picture
    automatic: Automatic | None = None  # "links": each is briefed unasked; "reaction": once somebody reacts to it
    roles: tuple[int, ...] | None = None  # who may ask: people with one of these
    only_channels: tuple[int, ...] | None = None  # the guild's only: where people may ask; categories count, too
    not_channels: tuple[int, ...] | None = None  # the guild's only: where they may not
    cooldown: int | None = Field(default=None, ge=0)  # seconds between two briefings of one person
    daily_tokens: int | None = Field(default=None, ge=0)  # the guild's only: its budget; 0: no model is asked
    daily_tokens_each: int | None = Field(default=None, ge=0)  # the guild's only: one person's part of it
    over_budget: OverBudget | None = None  # the guild's only: who answers once a budget is spent

    def over(self, wider: Choices) -> Choices:
        """These choices, and those of `wider` (the guild's, under a channel's) where none was made here."""
        return wider.model_copy(update=self.model_dump(exclude_none=True))


class FeedState(Value):
    """What is known of a feed from asking it before. All times UTC."""

    url: str
    etag: str | None = None
    modified: str | None = None  # the Last-Modified header as it came
    asked: datetime | None = None
    failures: int = 0  # in a row
    reason: str | None = None  # of the last failure, for people
    retry_after: datetime | None = None
    title: str = ""
    items: tuple[FeedItem, ...] = ()  # the newest, so that "unchanged" has something to stand on


class Pruned(NamedTuple):
    """How many rows a clean-up removed."""

    documents: int
    briefs: int
    deliveries: int
    usage: int
    feeds: int
    answers: int = 0
    reactions: int = 0
    reports: int = 0
    audit: int = 0
    drafts: int = 0


class Retention(Value):
    """How many days each kind of row is kept. Usage and feeds' states go with the Deliveries."""

    documents: int
    briefs: int
    deliveries: int
    answers: int = 30
    reactions: int = 180
    reports: int = 180
    audit: int = 365
    drafts: int = 7  # of prompts: written, and neither saved nor thrown away


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()
