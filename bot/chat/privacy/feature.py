"""/privacy and /forget, and what is heard of servers that the bot joins and leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str

from bot.chat.cards import card_view, notice_view, told_view
from bot.chat.privacy import words
from bot.chat.privacy.buttons import CHANNEL, ME, SERVER, forget_button, forget_row
from bot.chat.whispers import Interaction, View, turned, whispered
from bot.services.privacy import Departures, PrivacyDesk
from bot.settings import Settings
from bot.wording import say

_EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
_INSTALLED = app_commands.AppInstallationType(guild=True, user=True)
_KINDS = ("text", "news", "forum", "voice", "stage_voice", "public_thread", "private_thread", "news_thread")


class AnyPlace(app_commands.Transformer):
    """The id of any channel or thread that people write in."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """All but categories."""
        return [discord.ChannelType[kind] for kind in _KINDS]

    async def transform(self, interaction: Interaction, value: Any, /) -> int:
        """Its id, whether we see it or not."""
        return int(value.id)


Place = app_commands.Transform[int, AnyPlace]


class PrivacyFeature:
    """Privacy in Discord, over the PrivacyDesk. Every answer is for the asker alone."""

    def __init__(self, desk: PrivacyDesk, departures: Departures, settings: Settings) -> None:
        self._desk = desk
        self._departures = departures
        self._settings = settings
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (forget_button(self.confirmed),)

    def commands(self) -> tuple[app_commands.Command[Any, ..., Any] | app_commands.Group, ...]:
        """/privacy and /forget."""

        @app_commands.command(
            name=locale_str("privacy"),
            description=locale_str("What I keep of you and this server, and for how long"),
        )
        async def privacy(interaction: Interaction) -> None:
            await self.privacy(interaction)

        privacy.allowed_contexts, privacy.allowed_installs = _EVERYWHERE, _INSTALLED
        return privacy, _forget_group(self)

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Messages are no business of privacy."""

    # --- commands -------------------------------------------------------------------------------------------

    async def privacy(self, interaction: Interaction) -> None:
        """What is kept, and for how long."""

        async def work() -> Sequence[View]:
            asked_for = await self._desk.asked_for(interaction.user.id)
            return [card_view(page) for page in words.privacy_pages(self._settings, asked_for)]

        await whispered(interaction, work)

    async def ask(self, interaction: Interaction, what: str, channel_id: int = 0) -> None:
        """What would be forgotten, and the button that has it forgotten."""

        async def work() -> Sequence[View]:
            said, of = {
                ME: (words.ask_me, interaction.user.id),
                CHANNEL: (lambda: words.ask_channel(channel_id), channel_id),
                SERVER: (words.ask_server, interaction.guild_id or 0),
            }[what]
            return [told_view(said(), rows=[forget_row(what, of)])]

        await whispered(interaction, work, managers=what != ME)

    async def confirmed(self, interaction: Interaction, what: str, of: int) -> None:
        """Forget it, where the person may."""

        async def work() -> Sequence[View]:
            guild_id = interaction.guild_id or 0
            if what == ME:
                if of != interaction.user.id:
                    return [notice_view(say("Only the person whom it is about can do that."))]
                return [notice_view(words.forgotten(await self._desk.forget_user(of)))]
            if what == CHANNEL:
                channels = _with_threads(interaction.guild, of)
                return [notice_view(words.forgotten(await self._desk.forget_channels(guild_id, channels)))]
            return [notice_view(words.forgotten(await self._desk.forget_guild(guild_id)))]

        await turned(interaction, work, managers=what != ME)

    # --- servers --------------------------------------------------------------------------------------------

    async def member_of(self, guild_ids: Collection[int], ours: Callable[[int], bool]) -> None:
        """The gateway told all servers that the bot is a member of, as far as they are `ours`."""
        await self._departures.member_of(guild_ids, ours=ours)

    async def joined(self, guild_id: int) -> None:
        """The bot was added to a server."""
        await self._departures.joined(guild_id)

    async def left(self, guild_id: int) -> None:
        """The bot was removed from a server."""
        await self._departures.left(guild_id)


def _forget_group(feature: PrivacyFeature) -> app_commands.Group:
    group = app_commands.Group(
        name=locale_str("forget"),
        description=locale_str("Have what I keep forgotten: of you, a channel or this server"),
        allowed_contexts=_EVERYWHERE,
        allowed_installs=_INSTALLED,
    )

    @group.command(name=locale_str("me"), description=locale_str("Forget all that you asked me for, everywhere"))
    async def me(interaction: Interaction) -> None:
        await feature.ask(interaction, ME)

    @group.command(
        name=locale_str("channel"),
        description=locale_str("Forget all briefings of a channel; for those who manage the server"),
    )
    @app_commands.describe(channel=locale_str("The channel or thread; left out: this one"))
    async def channel(interaction: Interaction, channel: Place | None = None) -> None:
        await feature.ask(interaction, CHANNEL, channel or interaction.channel_id or 0)

    @group.command(
        name=locale_str("server"),
        description=locale_str("Forget all that I keep of this server; for those who manage it"),
    )
    async def server(interaction: Interaction) -> None:
        await feature.ask(interaction, SERVER)

    return group


def _with_threads(guild: discord.Guild | None, channel_id: int) -> list[int]:
    """The channel and its threads that are open: an archived one is forgotten by its own id."""
    threads = guild.threads if guild else ()
    return [channel_id, *(thread.id for thread in threads if thread.parent_id == channel_id)]
