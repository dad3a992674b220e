"""The command group /prompts: what Discord shows of it. Each callback hands over what was typed, and no more."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str

from bot.chat.prompts.subcommands import Subcommands

Interaction = discord.Interaction[Any]
_WHICH = locale_str("The prompt; pick it from the list")
Kind = Literal["points", "quotes", "timeline", "text"]


def prompts_group(does: Subcommands) -> app_commands.Group:
    """The group. Discord shows it to those who manage the server."""
    group = app_commands.Group(
        name=locale_str("prompts"),
        description=locale_str("What a model is told here: look, change, try, go back"),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )
    _add_writing(group, does)
    _add_going_back(group, does)
    return group


def _add_writing(group: app_commands.Group, does: Subcommands) -> None:
    async def names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_names(interaction, typed)

    @group.command(
        name=locale_str("show"), description=locale_str("All prompts of this server, or the text of one")
    )
    @app_commands.describe(prompt=locale_str("The prompt; left out: a list of all"))
    @app_commands.autocomplete(prompt=names)
    async def show(interaction: Interaction, prompt: Range[str, 1, 40] | None = None) -> None:
        await does.show(interaction, prompt)

    @group.command(
        name=locale_str("edit"), description=locale_str("Change a prompt: checked and tried before it is saved")
    )
    @app_commands.describe(prompt=_WHICH)
    @app_commands.autocomplete(prompt=names)
    async def edit(interaction: Interaction, prompt: Range[str, 1, 40]) -> None:
        await does.edit(interaction, prompt)

    @group.command(
        name=locale_str("add"), description=locale_str("Write a section of your own for this server's briefings")
    )
    @app_commands.describe(
        name=locale_str("A short name, as who_is_who"),
        kind=locale_str("What its items are: that decides how they are checked"),
    )
    async def add(interaction: Interaction, name: Range[str, 1, 40], kind: Kind) -> None:
        await does.add(interaction, name, kind)

    @group.command(name="try", description=locale_str("Brief a sample by the prompts that are in force here"))
    @app_commands.describe(link=locale_str("An article to brief in place of the sample"))
    async def try_(interaction: Interaction, link: Range[str, 1, 2000] | None = None) -> None:
        await does.try_(interaction, link)


def _add_going_back(group: app_commands.Group, does: Subcommands) -> None:
    async def names(interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await does.offer_names(interaction, typed)

    async def versions(interaction: Interaction, typed: str) -> list[Choice[int]]:
        return await does.offer_versions(interaction, typed)

    @group.command(
        name=locale_str("history"), description=locale_str("The versions of a prompt, and who made them")
    )
    @app_commands.describe(prompt=_WHICH)
    @app_commands.autocomplete(prompt=names)
    async def history(interaction: Interaction, prompt: Range[str, 1, 40]) -> None:
        await does.history(interaction, prompt)

    @group.command(
        name=locale_str("rollback"), description=locale_str("Go back to an earlier version of a prompt")
    )
    @app_commands.describe(prompt=_WHICH, version=locale_str("The version; pick it from the list"))
    @app_commands.autocomplete(prompt=names)
    @app_commands.autocomplete(version=versions)
    async def rollback(interaction: Interaction, prompt: Range[str, 1, 40], version: Range[int, 1]) -> None:
        await does.rollback(interaction, prompt, version)

    @group.command(
        name=locale_str("reset"), description=locale_str("Give your own text up: the operator's holds again")
    )
    @app_commands.describe(prompt=_WHICH)
    @app_commands.autocomplete(prompt=names)
    async def reset(interaction: Interaction, prompt: Range[str, 1, 40]) -> None:
        await does.reset(interaction, prompt)
