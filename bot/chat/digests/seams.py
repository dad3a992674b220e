"""What durable work needs of Discord for digests, made of a Wire and the store's books; no gateway is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.chat.admins import AdminNotices
from bot.chat.locales import DigestLocales
from bot.chat.posting import DiscordPoster
from bot.chat.watching import WatchedChannels
from bot.chat.wire import Wire
from bot.services.books import DeliveryBook, FeedBook


class KeepsRuns(Protocol):
    """The open store (`bot.store.store.Store`)."""

    @property
    def deliveries(self) -> DeliveryBook: ...

    @property
    def feeds(self) -> FeedBook: ...


@dataclass(frozen=True, slots=True)
class DigestSeams:
    """The arguments of `bot.jobs.making.parts_of` by these names."""

    poster: DiscordPoster
    admins: AdminNotices
    channels: WatchedChannels
    locale_of: DigestLocales


def digest_seams(wire: Wire, store: KeepsRuns) -> DigestSeams:
    """Posts, notices and watched channels over `wire`."""
    admins = AdminNotices(wire, deliveries=store.deliveries, feeds=store.feeds)
    return DigestSeams(
        poster=DiscordPoster(wire),
        admins=admins,
        channels=WatchedChannels(wire),
        locale_of=DigestLocales(wire),
    )
