"""Digests in Discord: the commands, the buttons under posts and previews, and reactions to posts."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui

from bot.chat.cards import card_view, notice_view
from bot.chat.digests import words
from bot.chat.digests.buttons import about_button, delete_button, turning_button
from bot.chat.digests.commands import digest_group
from bot.chat.digests.previews import Previews
from bot.chat.digests.subcommands import Subcommands
from bot.chat.digests.taking_back import take_back
from bot.chat.whispers import Interaction
from bot.services.digest_desk import DigestDesk
from bot.services.votes import Votes
from bot.wording import say


class DigestFeature:
    """Digests in Discord, over the DigestDesk."""

    def __init__(self, desk: DigestDesk, votes: Votes | None = None) -> None:
        self._desk = desk
        self._votes = votes
        self.previews = Previews(desk)
        self._subcommands = Subcommands(desk, self.previews)
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (
            about_button(self.about),
            delete_button(self.take_back),
            turning_button(self.previews.turn),
        )

    def commands(self) -> tuple[app_commands.Group, ...]:
        """/digest."""
        return (digest_group(self._subcommands),)

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Messages are no business of digests."""

    async def on_reaction(self, reaction: discord.RawReactionActionEvent) -> None:
        """A reaction to a post says what the server likes to read; one that is taken back says it no longer."""
        if self._votes is None or reaction.guild_id is None:
            return
        emoji = str(reaction.emoji)
        if reaction.event_type == "REACTION_REMOVE":
            await self._votes.withdraw(reaction.message_id, reaction.user_id, emoji)
            return
        member = reaction.member
        if member is None or member.bot or reaction.message_author_id != member.guild.me.id:
            return
        await self._votes.cast(reaction.guild_id, reaction.message_id, reaction.user_id, emoji)

    async def about(self, interaction: Interaction, digest_id: int, run_key: str) -> None:
        """Tell anyone what the post before them is."""
        digest = await self._desk.digests.get(digest_id)
        if digest is None or digest.guild_id != interaction.guild_id:
            said = say("The digest that posted this was deleted since.")
            await interaction.response.send_message(view=notice_view(said), ephemeral=True)
            return
        run = await self._desk.deliveries.get(digest_id, run_key)
        await interaction.response.send_message(view=card_view(words.about_page(digest, run)), ephemeral=True)

    async def take_back(self, interaction: Interaction, digest_id: int, run_key: str) -> None:
        """Delete what a run posted."""
        digest = await self._desk.digests.get(digest_id)
        if digest is not None and digest.guild_id != interaction.guild_id:
            digest = None
        run = await self._desk.deliveries.get(digest_id, run_key) if digest else None
        await take_back(interaction, digest, run, self._desk.deliveries)
