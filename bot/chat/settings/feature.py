"""/settings: what holds in a server and its channels, changed by those who manage it.

Every answer is for that person alone.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str

from bot.chat.cards import notice_view, told_view
from bot.chat.digests.given import Target
from bot.chat.failures import kind, place_of, sentence
from bot.chat.pressed import Interaction
from bot.chat.settings import views
from bot.chat.settings.items import Press, settings_item
from bot.chat.whispers import MANAGERS_ONLY, manages
from bot.domain.errors import NutgrafError
from bot.services.settings_desk import SettingsDesk, in_known_order
from bot.wording import Phrase

_log = logging.getLogger(__name__)
Command = app_commands.Command[Any, ..., Any]
Work = Callable[[discord.Guild], Awaitable[ui.LayoutView]]

_SAVED: Final = Phrase("-# Saved. It holds from now on.")
_BACK: Final = Phrase("-# Taken back. What is inherited holds from now on.")


class SettingsFeature:
    """Settings in Discord, over the SettingsDesk. `more` are further subcommands of /settings, made elsewhere."""

    def __init__(self, desk: SettingsDesk, *, more: Sequence[Command | app_commands.Group] = ()) -> None:
        self._desk = desk
        self._more = tuple(more)
        self._does: dict[str, Callable[[discord.Guild, Interaction, Press], Awaitable[ui.LayoutView]]] = {
            "home": self._home,
            "scope": self._scope,
            "open": self._open,
            "set": self._set,
            "up": self._up,
            "reset": self._reset,
            "clear": self._clear,
            "recent": self._recent,
        }
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (settings_item(self.act),)

    def commands(self) -> tuple[app_commands.Group, ...]:
        """/settings. Discord shows it to those who manage the server; what it does is checked again each time."""
        group = app_commands.Group(
            name=locale_str("settings"),
            description=locale_str("What I do in this server and its channels"),
            default_permissions=discord.Permissions(manage_guild=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

        @app_commands.describe(
            channel=locale_str("A channel whose own settings to show; left out: the whole server")
        )
        async def show(interaction: Interaction, channel: Target | None = None) -> None:
            await self.show(interaction, getattr(channel, "id", 0))

        group.add_command(
            app_commands.Command(
                name=locale_str("show"), description=locale_str("See and change the settings"), callback=show
            )
        )
        for command in self._more:
            group.add_command(command)
        return (group,)

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Messages are no business of settings."""

    async def show(self, interaction: Interaction, channel_id: int = 0) -> None:
        """The panel of a channel, or of the whole server, as a message of its own."""

        async def work(guild: discord.Guild) -> ui.LayoutView:
            return views.home(await self._desk.panel(guild.id, channel_id), guild, _here(interaction))

        await self._serve(interaction, work)

    async def act(self, interaction: Interaction, press: Press) -> None:
        """What an item of the panel does."""
        if press.does == "type":
            await self._ask(interaction, press)
            return

        async def work(guild: discord.Guild) -> ui.LayoutView:
            return await self._does[press.does](guild, interaction, press)

        await self._serve(interaction, work)

    # --- what the items do ------------------------------------------------------------------------------------

    async def _home(
        self, guild: discord.Guild, interaction: Interaction, press: Press, note: str = ""
    ) -> ui.LayoutView:
        panel = await self._desk.panel(guild.id, press.channel_id)
        return views.home(panel, guild, _here(interaction), note)

    async def _scope(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        return await self._home(guild, interaction, Press("home", int(press.picked[0])))

    async def _open(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        return await self._one(guild, press, press.picked[0])

    async def _set(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        wanted = _picked(guild, press)
        if press.name == "sections":
            wanted = in_known_order(press.picked, await self._desk.panel(guild.id, press.channel_id))
        await self._desk.choose(guild.id, press.channel_id, interaction.user.id, press.name, wanted)
        return await self._one(guild, press, press.name, str(_SAVED))

    async def _up(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        await self._desk.raise_section(guild.id, press.channel_id, interaction.user.id, press.picked[0])
        return await self._one(guild, press, press.name, str(_SAVED))

    async def _reset(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        if press.name:
            await self._desk.choose(guild.id, press.channel_id, interaction.user.id, press.name, None)
            return await self._one(guild, press, press.name, str(_BACK))
        await self._desk.inherit(guild.id, press.channel_id, interaction.user.id)
        return await self._home(guild, interaction, press, str(_BACK))

    async def _clear(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        return views.sure(await self._desk.panel(guild.id, press.channel_id))

    async def _recent(self, guild: discord.Guild, interaction: Interaction, press: Press) -> ui.LayoutView:
        panel = await self._desk.panel(guild.id, press.channel_id)
        return views.recent(panel, await self._desk.recent(guild.id))

    async def _one(self, guild: discord.Guild, press: Press, name: str, note: str = "") -> ui.LayoutView:
        return views.setting(await self._desk.panel(guild.id, press.channel_id), guild, name, note)

    async def _ask(self, interaction: Interaction, press: Press) -> None:
        """Open the form of a setting that is written."""

        async def taken(submitted: Interaction, text: str) -> None:
            async def work(guild: discord.Guild) -> ui.LayoutView:
                await self._desk.choose(guild.id, press.channel_id, submitted.user.id, press.name, text)
                return await self._one(guild, press, press.name, str(_SAVED))

            await self._serve(submitted, work)

        if not manages(interaction):
            await interaction.response.send_message(view=notice_view(str(MANAGERS_ONLY)), ephemeral=True)
            return
        await interaction.response.send_modal(views.TypeForm(press.name, taken))

    # --- answering --------------------------------------------------------------------------------------------

    async def _serve(self, interaction: Interaction, work: Work) -> None:
        """Acknowledge, do the work where the person may, show its page or a sentence. Raises nothing."""
        try:
            guild = interaction.guild
            if guild is None or not manages(interaction):
                await interaction.response.send_message(view=notice_view(str(MANAGERS_ONLY)), ephemeral=True)
                return
            await interaction.response.defer(ephemeral=True, thinking=interaction.message is None)
            try:
                view = await work(guild)
            except NutgrafError as failure:
                await _tell(interaction, told_view(str(failure)))
            except Exception as error:  # the last net: whatever it was, the person reads a sentence
                await _tell(interaction, notice_view(sentence(error)))
            else:
                await interaction.edit_original_response(view=view)
        except Exception as error:
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))


async def _tell(interaction: Interaction, view: ui.LayoutView) -> None:
    """In place of the panel where there is none yet; else beside it, so that one can go on."""
    if interaction.message is None:
        await interaction.edit_original_response(view=view)
    else:
        await interaction.followup.send(view=view, ephemeral=True)


def _here(interaction: Interaction) -> int:
    """The channel that the person is in; of a thread, the channel that it belongs to."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return interaction.channel_id or 0


def _picked(guild: discord.Guild, press: Press) -> object:
    """What was picked, as the Desk takes it."""
    if press.name in {"only_channels", "not_channels", "roles"}:
        ids = tuple(int(picked) for picked in press.picked)
        return () if guild.id in ids else ids  # the role of that id is everyone's
    if press.name in {"threads", "pictures"}:
        return press.picked[0] == "true"
    return press.picked[0]
