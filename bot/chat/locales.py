"""Whose language an answer speaks: one rule for every door.

only the asker sees it             the asker's own, as Discord's client is set
everybody sees it, in a community  the server's preferred locale: its managers chose it
everybody sees it, elsewhere       a command's asker's own: no server but a community can choose a locale
a reply to a message               the server's preferred locale (en-US where it chose none); a message does
                                   not tell its author's, so a direct message is answered in English
"""

from __future__ import annotations

from typing import Any

import discord

from bot.wording import SOURCE, speak

Interaction = discord.Interaction[Any]


def locale_of(asked: discord.Message | Interaction, *, private: bool = False) -> str:
    """The locale of the answer to `asked`, as Discord writes it; `private`: only the asker sees the answer."""
    if isinstance(asked, discord.Message):
        return asked.guild.preferred_locale.value if asked.guild else SOURCE
    theirs = asked.guild_locale
    if private or theirs is None or asked.guild is None or "COMMUNITY" not in asked.guild.features:
        return asked.locale.value
    return theirs.value


def speak_to(asked: discord.Message | Interaction) -> None:
    """From here to its end this task speaks to whoever asked; what everybody will see has a Place's locale."""
    speak(locale_of(asked, private=True))
