"""Shards that resume after the gateway was away.

discord.py resumes a session whose socket breaks. But where the first try to connect again fails, as it does in
every outage that lasts longer than a moment, its sharded client begins a new session, and what people said
meanwhile is lost. Discord keeps a session for some minutes, so it is worth asking for it first.
"""

from __future__ import annotations

from typing import Final

import discord.shard
from discord.gateway import ReconnectWebSocket

TRIES: Final = 8  # with discord.py's growing pauses, some minutes; then the session is over anyway


class ResumingShard(discord.shard.Shard):
    """A shard that asks for its old session, `TRIES` times, before it begins anew."""

    _tried = 0

    async def reconnect(self) -> None:
        """Connect again, after a try that failed."""
        if self.ws.session_id is not None and self._tried < TRIES:
            self._tried += 1
            # Where Discord has forgotten the session, it says so, and discord.py identifies anew.
            await self.reidentify(ReconnectWebSocket(self.id, resume=True))
            return
        await super().reconnect()

    def launch(self) -> None:
        """Connected."""
        self._tried = 0
        super().launch()


def resume_after_outages() -> None:
    """For all clients of this process: discord.py has no other place to say which shards it makes."""
    discord.shard.Shard = ResumingShard  # type: ignore[misc]
