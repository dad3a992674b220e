"""Logging in, whichever process does it: what can go wrong there, in words an operator can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord
from discord.http import Route

from bot.domain.errors import SettingsError
from bot.wording import Phrase


def without_voice() -> None:
    """Have discord.py not warn that it cannot speak: we do not want to. For the whole process."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


@contextmanager
def login_failures_told() -> Iterator[None]:
    """A refused token, or a Discord that does not answer, as SettingsError."""
    try:
        yield
    except discord.LoginFailure:
        raise SettingsError(
            Phrase("Discord does not accept DISCORD_TOKEN."),
            cure=Phrase("Copy the token again from Discord's developer portal."),
        ) from None
    except OSError:  # aiohttp's connection errors are OSErrors
        raise SettingsError(
            Phrase("Discord does not answer at {address}.", address=Route.BASE),
            cure=Phrase("Check the network and DISCORD_API_BASE."),
        ) from None
