"""Feeds: reading them, finding them from a site's address, and lists of them (OPML)."""

from bot.intake.feeds.opml import OpmlList, read_opml, write_opml
from bot.intake.feeds.reader import FeedReader

__all__ = ["FeedReader", "OpmlList", "read_opml", "write_opml"]
