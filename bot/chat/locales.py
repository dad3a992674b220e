"""Whose language an answer speaks: one rule for every door.

only the asker sees it             the asker's own, as Discord's client is set
everybody sees it, in a community  the server's preferred locale: its managers chose it
everybody sees it, elsewhere       a command's asker's own: no server but a community can choose a locale
a reply to a message               the server's preferred locale (en-US where it chose none)
a reply to a direct message        the person's own, as the latest command or button told it, for a message tells
                                   nothing; English where there was none since we started
a digest's post                    the digest's own language where we speak it, else the server's
"""

from __future__ import annotations

from typing import Any, Final

import discord

from bot.chat.wire import Wire
from bot.domain.digest import Digest
from bot.wording import LANGUAGES, SOURCE, speak

Interaction = discord.Interaction[Any]
_MOST_KNOWN: Final = 10_000  # servers, people


def locale_of(asked: discord.Message | Interaction, *, private: bool = False) -> str:
    """The locale of the answer to `asked`, as Discord writes it; `private`: only the asker sees the answer."""
    if isinstance(asked, discord.Message):
        return asked.guild.preferred_locale.value if asked.guild else SOURCE
    theirs = asked.guild_locale
    if private or theirs is None or asked.guild is None or "COMMUNITY" not in asked.guild.features:
        return asked.locale.value
    return theirs.value


class DigestLocales:
    """Whose language a digest's posts and notices speak. Asks Discord once a server where no gateway tells."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: dict[int, str] = {}

    async def __call__(self, digest: Digest) -> str:
        """The locale; English where Discord does not tell."""
        if digest.language == SOURCE or digest.language in LANGUAGES:
            return digest.language
        client = await self._wire.client()
        if guild := client.get_guild(digest.guild_id):
            return guild.preferred_locale.value
        if digest.guild_id not in self._known:
            try:
                record = await client.http.get_guild(digest.guild_id, with_counts=False)
            except discord.HTTPException:
                return SOURCE
            while len(self._known) >= _MOST_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[digest.guild_id] = record.get("preferred_locale") or SOURCE
        return self._known[digest.guild_id]


class TheirLocales:
    """What the clients of people told of their language; the latest `_MOST_KNOWN` people."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def note(self, interaction: Interaction) -> None:
        """Remember it for the messages that this person sends us."""
        self._known.pop(interaction.user.id, None)
        self._known[interaction.user.id] = interaction.locale.value
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]

    def of(self, message: discord.Message) -> str:
        """The locale of the answer to `message`."""
        return locale_of(message) if message.guild else self._known.get(message.author.id, SOURCE)


def speak_to(asked: discord.Message | Interaction) -> None:
    """From here to its end this task speaks to whoever asked; what everybody will see has a Place's locale."""
    speak(locale_of(asked, private=True))
