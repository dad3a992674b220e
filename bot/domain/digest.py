"""Digest: a recurring Brief of feeds, delivered to a channel; and Delivery, one post of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.domain.order import Length
from bot.domain.schedule import Schedule
from bot.domain.value import Value
from bot.domain.vote import ToldStory

Placement = Literal["channel", "thread", "forum"]
DeliveryState = Literal["due", "posted", "empty", "skipped", "failed"]


class Digest(Value):
    """What a guild asked for. `id` is 0 until it is stored. Ids of Discord are its snowflakes."""

    id: int = 0
    guild_id: int
    channel_id: int
    name: str = Field(min_length=1, max_length=80)
    schedule: Schedule
    feeds: tuple[str, ...] = ()  # addresses of RSS, Atom or JSON feeds
    watched_channels: tuple[int, ...] = ()  # links posted there since the last Delivery count as stories
    include: tuple[str, ...] = ()  # at least one of these words, where any is given
    exclude: tuple[str, ...] = ()  # none of these
    stories: int = Field(default=5, ge=1, le=15)
    language: str = "auto"
    length: Length = "standard"  # of each story
    sections: tuple[str, ...] | None = None
    placement: Placement = "channel"
    role_id: int | None = None  # notified when chosen; nobody else ever is
    says_nothing_new: bool = False  # post one line when there is nothing new, else stay silent
    paused: bool = False
    created_by: int
    next_run: datetime | None = None  # UTC; None while paused


class Delivery(Value):
    """One run of a Digest, known by the Digest and the local date and time it was due."""

    digest_id: int
    run_key: str  # Occurrence.key, e.g. 2026-03-29T07:00
    due: datetime  # UTC
    state: DeliveryState = "due"
    channel_id: int | None = None
    message_ids: tuple[int, ...] = ()  # saved as soon as Discord has told them
    stories: tuple[str, ...] = ()  # the keys of the stories it told
    reason: str | None = None  # why skipped or failed, for people
    posted: datetime | None = None
    told: tuple[ToldStory, ...] = ()  # what reactions to it are about

    @property
    def key(self) -> str:
        """The idempotency key: the workflow's id, and what the message nonce is derived from."""
        return f"digest-{self.digest_id}-{self.run_key}"


class Story(Value):
    """One event as one or more feeds tell it. `key` is stable: the same story has it in the next run too."""

    key: str
    title: str
    url: str
    urls: tuple[str, ...] = ()  # every telling of it, the chosen one first
    feeds: tuple[str, ...] = ()
    published: datetime | None = None
    day: date | None = None
    summary: str = ""
    score: float = 0.0
    reason: str = ""  # why it is in or out, for the preview
