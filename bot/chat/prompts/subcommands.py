"""What each subcommand of /prompts does. Every answer is for the asker alone, who has to manage the server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import discord
from discord import app_commands, ui

from bot.chat.askers import guild_of
from bot.chat.cards import card_views, notice_view, upload_view
from bot.chat.prompts import words
from bot.chat.prompts.forms import prompt_form
from bot.chat.prompts.trying import trial_cards, tried
from bot.chat.whispers import Interaction, View, asked, manages, show, whispered
from bot.domain.errors import UsageError
from bot.domain.section import SectionKind
from bot.services.prompt_desk import PromptDesk
from bot.services.prompt_trials import PromptTrials
from bot.wording import Phrase, in_locale, say

_LISTED: Final = 25  # Discord's limit for what autocomplete offers
_SLUG: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")


class Subcommands:
    """/prompts over the PromptDesk."""

    def __init__(self, desk: PromptDesk, trials: PromptTrials) -> None:
        self._desk = desk
        self._trials = trials

    # --- looking --------------------------------------------------------------------------------------------

    async def show(self, interaction: Interaction, name: str | None) -> None:
        """All prompts, or one with its text as a file."""

        async def work() -> Sequence[View]:
            rows = await self._desk.listed(guild_of(interaction))
            if name is None:
                return card_views(words.list_pages(rows))
            text = await self._desk.text(guild_of(interaction), name)
            version = next((row.version for row in rows if row.name == name), None)
            await show(interaction, card_views([words.text_page(name, text, version)]))
            view, file = _file_view(name, text)
            await interaction.followup.send(view=view, file=file, ephemeral=True)
            return ()

        await whispered(interaction, work, managers=True)

    async def history(self, interaction: Interaction, name: str) -> None:
        """Its versions."""

        async def work() -> Sequence[View]:
            versions = await self._desk.history(guild_of(interaction), name)
            if not versions:
                await self._desk.text(guild_of(interaction), name)  # says so where there is no such prompt
            return card_views(words.history_pages(name, versions))

        await whispered(interaction, work, managers=True)

    # --- writing ---------------------------------------------------------------------------------------

    async def edit(self, interaction: Interaction, name: str) -> None:
        """The form with what is in force."""

        async def form() -> ui.Modal:
            return prompt_form(name, await self._desk.form(guild_of(interaction), name))

        await asked(interaction, form, managers=True)

    async def add(self, interaction: Interaction, name: str, kind: SectionKind) -> None:
        """The form of a new section."""

        async def form() -> ui.Modal:
            slug = _slug(name)
            return prompt_form(slug, await self._desk.fresh(guild_of(interaction), slug, kind))

        await asked(interaction, form, managers=True)

    async def try_(self, interaction: Interaction, link: str | None) -> None:
        """The sample by what is in force, beside the operator's."""

        async def work() -> Sequence[View]:
            prompts = await self._desk.own.in_force(guild_of(interaction))
            operators = self._desk.own.operators
            trial = await tried(self._trials, interaction, operators, prompts, link=link.strip() if link else None)
            head = say("This is how a briefing comes out by the prompts of this server.")
            if prompts.digest == operators.digest:
                head = say("This is how a briefing comes out; all prompts here are the operator's.")
            return [*await trial_cards(trial), *card_views([words.trial_page(head, (), trial.remarks)])]

        await whispered(interaction, work, managers=True)

    # --- going back -----------------------------------------------------------------------------------------

    async def rollback(self, interaction: Interaction, name: str, version: int) -> None:
        """An earlier version again."""

        async def work() -> Sequence[View]:
            made = await self._desk.roll_back(guild_of(interaction), name, version, interaction.user.id)
            return [notice_view(words.saved(made))]

        await whispered(interaction, work, managers=True)

    async def reset(self, interaction: Interaction, name: str) -> None:
        """The operator's again."""

        async def work() -> Sequence[View]:
            made = await self._desk.reset(guild_of(interaction), name, interaction.user.id)
            return [notice_view(words.saved(made))]

        await whispered(interaction, work, managers=True)

    # --- autocomplete ---------------------------------------------------------------------------------------

    async def offer_names(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Prompts whose name or title holds what was typed."""
        if not manages(interaction):
            return []
        wanted = typed.strip().casefold()
        with in_locale(str(interaction.locale)):
            rows = [
                row
                for row in await self._desk.listed(guild_of(interaction))
                if wanted in row.name or wanted in row.title.casefold()
            ]
            return [app_commands.Choice(name=words.named(row), value=row.name) for row in rows[:_LISTED]]

    async def offer_versions(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """The versions of the prompt that is named already."""
        name = str(interaction.namespace["prompt"] or "") if "prompt" in interaction.namespace else ""
        if not manages(interaction) or not name:
            return []
        with in_locale(str(interaction.locale)):
            found = await self._desk.history(guild_of(interaction), name)
            fitting = [version for version in found if str(version.version).startswith(typed.strip())]
            return [app_commands.Choice(name=words.offer(one), value=one.version) for one in fitting[:_LISTED]]


def _slug(typed: str) -> str:
    slug = re.sub(r"[\s-]+", "_", typed.strip().lower())
    if not _SLUG.fullmatch(slug):
        raise UsageError(
            Phrase("“{name}” cannot be the name of a section.", name=typed),
            cure=Phrase("Use letters from a to z, digits and _, beginning with a letter, as who_is_who."),
        )
    return slug


def _file_view(name: str, text: str) -> tuple[View, discord.File]:
    """What shows the prompt as a file, and the file."""
    return upload_view(say("The same as a file, as the operator's are:"), f"{name}.md", text.encode())
