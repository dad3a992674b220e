"""Failures in words: what the person reads, and what the log keeps (never article text, never a secret)."""

from __future__ import annotations

import logging
import traceback
from typing import Final

import discord

from bot.domain.errors import NutgrafError
from bot.domain.trace import current_trace, new_trace
from bot.wording import Phrase, say, say_all

_log = logging.getLogger(__name__)

# discord.py and pydantic put payloads into their messages, so only the kind of an error and its place are logged.
_FRAMES: Final = 4
_NEEDED: Final = {
    "view_channel": Phrase("View Channel"),
    "send_messages": Phrase("Send Messages"),
    "send_messages_in_threads": Phrase("Send Messages in Threads"),
    "read_message_history": Phrase("Read Message History"),
}


class Gone(Exception):  # noqa: N818  not a failure: the person took the answer away, so there is nobody to tell
    """The message that the answer goes to was deleted, or there is no place to answer."""


def sentence(error: BaseException) -> str:
    """What to tell the person. An error that nobody foresaw is logged under a trace that the sentence names."""
    if isinstance(error, NutgrafError):
        return str(error)
    trace = current_trace() or new_trace()
    _log.error("unexpected failure trace=%s error=%s at=%s", trace, kind(error), place_of(error))
    return say_all(
        say("Something went wrong on our side (trace {trace}).", trace=trace),
        say("Try again; if it happens again, give that trace to the person who runs this bot."),
    )


def kind(error: BaseException) -> str:
    """The error's type, and status and code where Discord answered."""
    name = type(error).__name__
    return f"{name}({error.status}, {error.code})" if isinstance(error, discord.HTTPException) else name


def place_of(error: BaseException) -> str:
    """Where it was raised: the innermost frames as file:line."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def missing_permissions(channel: object) -> str:
    """The sentence for someone in whose channel we may not answer, naming what is missing as Discord names it."""
    guild = getattr(channel, "guild", None)
    names = list(_NEEDED)
    if (
        guild is not None
        and guild.me is not None
        and isinstance(channel, discord.abc.GuildChannel | discord.Thread)
    ):
        granted = channel.permissions_for(guild.me)
        names = [name for name in _NEEDED if not getattr(granted, name)]
        if not isinstance(channel, discord.Thread) and "send_messages_in_threads" in names:
            names.remove("send_messages_in_threads")
    wanted = ", ".join(str(_NEEDED[name]) for name in names or ["send_messages"])
    name = getattr(channel, "name", "")
    return say_all(
        say(
            "I may not answer in {channel}: I am missing the permission {permissions}.",
            channel=f"#{name}",
            permissions=wanted,
        )
        if name
        else say(
            "I may not answer in that channel: I am missing the permission {permissions}.", permissions=wanted
        ),
        say("Ask someone who manages that channel to give it to me, or send me the link here."),
    )
