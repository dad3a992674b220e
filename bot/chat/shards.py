"""Which part of Discord's events this process hears.

Discord deals a bot's servers out to shards by `(server id >> 22) % shard count`; one process may carry several.
Direct messages come on shard 0, so the process with shard 0 also registers the commands.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.errors import SettingsError
from bot.domain.watching import Reading
from bot.settings import Settings

_CURE: Final = "Set SHARD_COUNT to the number of all shards, and SHARD_IDS to this process's, as 0-3 or 0,2,5."


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of this process, of `count` in all. Both None: all there are, as many as Discord recommends."""

    ids: tuple[int, ...] | None = None
    count: int | None = None

    @property
    def has_first(self) -> bool:
        """Whether direct messages come here."""
        return self.ids is None or 0 in self.ids


ALL_SHARDS: Final = Shards()


def shards_of(settings: Settings) -> Shards:
    """As SHARD_IDS and SHARD_COUNT say. Raises SettingsError."""
    count = settings.shard_count
    if not settings.shard_ids.strip():
        return Shards(None, count)
    if count is None:
        raise SettingsError("SHARD_IDS is set, but SHARD_COUNT is not.", cure=_CURE)
    ids = sorted({number for part in settings.shard_ids.split(",") for number in _range(part)})
    if ids[-1] >= count:
        raise SettingsError(f"SHARD_IDS names shard {ids[-1]}, but there are {count}, from 0 on.", cure=_CURE)
    return Shards(tuple(ids), count)


def _range(part: str) -> range:
    first, _, last = (piece.strip() for piece in part.partition("-"))
    numbers = [number for number in (first, last) if number]
    if not first or not all(number.isascii() and number.isdecimal() for number in numbers):
        raise SettingsError(f"SHARD_IDS holds {part.strip()!r}, which is no number and no range.", cure=_CURE)
    found = range(int(first), int(numbers[-1]) + 1)
    if not found:
        raise SettingsError(f"The range {part.strip()!r} in SHARD_IDS is empty.", cure=_CURE)
    return found


def connected(client: discord.AutoShardedClient) -> Callable[[], Awaitable[str | None]]:
    """A readiness check: None while every shard of `client` is connected, else which are not."""

    async def check() -> str | None:
        if not client.is_ready():
            return "The gateway is not ready yet."
        away = [str(number) for number, shard in client.shards.items() if shard.is_closed()]
        return f"Not connected: shard {', '.join(away)}." if away else None

    return check


def readings(client: discord.AutoShardedClient) -> list[Reading]:
    """Latency of each shard in seconds, where it is known yet, and the number of servers."""
    found = [
        Reading("gateway_latency_seconds", latency, (str(number),))
        for number, latency in client.latencies
        if math.isfinite(latency)
    ]
    return [*found, Reading("gateway_guilds", len(client.guilds))]
