"""Feeds as values: what one entry is, what one reading brought, and what is told when a reading fails."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from bot.domain.value import Value

FeedKind = Literal["rss", "atom", "json"]


class FeedItem(Value):
    """One entry of a feed, in plain text. `url` is in the normal form of `bot.text.links`; times are UTC."""

    url: str
    title: str
    summary: str = ""
    published: AwareDatetime | None = None  # None where the feed does not say, or says nonsense
    guid: str = ""
    feed: str = ""  # the address that the digest names, or "channel:<id>" for a link posted there
    outlet: str = ""  # the feed's name for people
    first_seen: AwareDatetime | None = None  # when we met it; stands in for a missing `published`

    @property
    def moment(self) -> datetime | None:
        """When it became news, as far as is known."""
        return self.published or self.first_seen


class FeedLink(Value):
    """A feed that a site offers."""

    url: str
    title: str = ""
    kind: FeedKind = "rss"


class FeedRead(Value):
    """One reading of a feed. `unchanged` is the site's answer that nothing is new since `etag`/`modified`."""

    url: str
    title: str = ""
    items: tuple[FeedItem, ...] = ()
    etag: str | None = None
    modified: str | None = None  # the Last-Modified header as it came
    unchanged: bool = False


class FeedTrouble(Value):
    """A feed that could not be read, for a guild's admins, who hear of it once (`FeedBook.told_of`)."""

    feed: str
    sentence: str
    failures: int = Field(default=1, ge=1)
    retry_after: AwareDatetime | None = None
