"""Briefings that nobody asks for by name: of links in chosen channels, at once or when somebody reacts to them.

Never uninvited: a channel is off until somebody who manages the server switches it on. Discord shows us what
people write only where the operator has enabled Message Content; without it nothing is briefed here.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any, Final

import discord
from discord import app_commands, ui

from bot.chat.answers import MessageAnswer
from bot.chat.askers import asker_of
from bot.chat.desk import Desk
from bot.chat.failures import kind
from bot.chat.heard import links, mentions
from bot.chat.locales import speak_to
from bot.chat.recent import Recent
from bot.chat.surfaces import Surfaces
from bot.domain.keeping import Automatic
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.services.manners import Asker

_log = logging.getLogger(__name__)

TRIGGER: Final = frozenset({"\N{NEWSPAPER}", "\N{ROLLED-UP NEWSPAPER}", "\N{BOOKMARK}"})
MOST_LINKS: Final = 3  # in one message; more is a list of links, and nobody wants them all briefed
Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group


class AutomaticFeature:
    """Hears links in chosen channels, and reactions to them."""

    dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = ()

    def __init__(self, desk: Desk, surfaces: Surfaces) -> None:
        self._desk = desk
        self._surfaces = surfaces
        self._recent = Recent()

    def commands(self) -> tuple[Command, ...]:
        """None: /settings switches a channel on."""
        return ()

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Brief the links of a message in a channel that was switched to "links"."""
        if message.guild is None or message.author.bot or message.webhook_id is not None or message.is_system():
            return
        if mentions(message.content, me.id) or me in message.mentions or not links(message.content):
            return
        asker = asker_of(message)
        if await self._chosen(asker) == "links" and self._recent.is_new(message.id):
            await self._brief(message, asker, str(message.id))

    async def on_reaction(self, reaction: discord.RawReactionActionEvent) -> None:
        """Brief the links of a message that somebody marked, in a channel that was switched to "reaction"."""
        member = reaction.member  # told with a reaction in a server that is added, only there
        if member is None or member.bot or str(reaction.emoji) not in TRIGGER:
            return
        message = await self._marked(reaction)
        if message is None or message.author.bot or not links(message.content):
            return
        speak_to(message)
        asker = replace(
            asker_of(message),
            user_id=member.id,
            role_ids=frozenset(role.id for role in member.roles),
            manages=member.guild_permissions.manage_guild,
        )
        # One briefing a message, however many people mark it.
        if await self._chosen(asker) == "reaction" and self._recent.is_new(message.id):
            await self._brief(message, asker, f"marked-{message.id}")

    async def _brief(self, message: discord.Message, asker: Asker, key: str) -> None:
        found = links(message.content)[:MOST_LINKS]

        async def ordered() -> ArticleOrder:
            return ArticleOrder(sources=tuple(LinkSource(url=url) for url in found))

        answer = MessageAnswer(message, self._surfaces, key=key, asker=asker)
        await self._desk.serve(answer, ordered, uninvited=True)

    async def _chosen(self, asker: Asker) -> Automatic | None:
        admission = self._desk.behind.admission
        if admission is None:
            return None
        return (await admission.held(asker.guild_id, asker.channel_id)).automatic

    async def _marked(self, reaction: discord.RawReactionActionEvent) -> discord.Message | None:
        try:
            return await self._surfaces.message(reaction.channel_id, reaction.message_id)
        except discord.HTTPException as error:
            _log.info("marked message not read error=%s", kind(error))
            return None
