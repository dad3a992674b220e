"""What each subcommand of /prompts does. Every answer is for the asker alone, who has to manage the server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import app_commands, ui

from bot.chat.askers import asker_of
from bot.chat.cards import card_view, card_views, notice_view, upload_view
from bot.chat.prompts import words
from bot.chat.prompts.buttons import CHANGE, DISCARD, SAVE, draft_button, draft_row
from bot.chat.prompts.commands import prompts_group
from bot.chat.prompts.forms import prompt_form, typed_form
from bot.chat.whispers import Interaction, View, asked, manages, show, turned, whispered
from bot.domain.errors import NutgrafError, UsageError
from bot.domain.section import SectionKind
from bot.prompting import PromptSet
from bot.render.card import make_card
from bot.render.layout import pages
from bot.services.prompt_changes import changes
from bot.services.prompt_desk import Drafted, PromptDesk
from bot.services.prompt_trials import PromptTrials, Trial
from bot.wording import Phrase, in_locale, say

_LISTED: Final = 25  # Discord's limit for what autocomplete offers
_SLUG: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")


class PromptFeature:
    """Prompts in Discord, over the PromptDesk."""

    def __init__(self, desk: PromptDesk, trials: PromptTrials) -> None:
        self._desk = desk
        self._trials = trials
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (draft_button(self.pressed),)

    def commands(self) -> tuple[app_commands.Group, ...]:
        """/prompts."""
        return (prompts_group(self),)

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Messages are no business of prompts."""

    # --- looking --------------------------------------------------------------------------------------------

    async def show(self, interaction: Interaction, name: str | None) -> None:
        """All prompts, or one with its text as a file."""

        async def work() -> Sequence[View]:
            rows = await self._desk.listed(_guild(interaction))
            if name is None:
                return card_views(words.list_pages(rows))
            text = await self._desk.text(_guild(interaction), name)
            version = next((row.version for row in rows if row.name == name), None)
            await show(interaction, card_views([words.text_page(name, text, version)]))
            view, file = _file_view(name, text)
            await interaction.followup.send(view=view, file=file, ephemeral=True)
            return ()

        await whispered(interaction, work, managers=True)

    async def history(self, interaction: Interaction, name: str) -> None:
        """Its versions."""

        async def work() -> Sequence[View]:
            versions = await self._desk.history(_guild(interaction), name)
            if not versions:
                await self._desk.text(_guild(interaction), name)  # says so where there is no such prompt
            return card_views(words.history_pages(name, versions))

        await whispered(interaction, work, managers=True)

    # --- writing --------------------------------------------------------------------------------------------

    async def edit(self, interaction: Interaction, name: str) -> None:
        """The form with what is in force."""

        async def form() -> ui.Modal:
            return prompt_form(name, await self._desk.form(_guild(interaction), name))

        await asked(interaction, form, managers=True)

    async def add(self, interaction: Interaction, name: str, kind: SectionKind) -> None:
        """The form of a new section."""

        async def form() -> ui.Modal:
            slug = _slug(name)
            return prompt_form(slug, await self._desk.fresh(_guild(interaction), slug, kind))

        await asked(interaction, form, managers=True)

    async def hear_form(self, interaction: Interaction) -> bool:
        """Keep what was typed, check it, and try it where it is valid; False where the form is another's."""
        typed = typed_form(interaction)
        if typed is None:
            return False
        name, form = typed

        async def work() -> Sequence[View]:
            drafted = await self._desk.draft(_guild(interaction), name, interaction.user.id, form)
            return await self._shown(interaction, drafted)

        await whispered(interaction, work, managers=True)
        return True

    async def pressed(self, interaction: Interaction, does: str, name: str, mark: str) -> None:
        """A button under a draft."""
        if does == CHANGE:

            async def form() -> ui.Modal:
                return prompt_form(name, await self._desk.drafted_form(_guild(interaction), name, mark))

            await asked(interaction, form, managers=True)
            return

        async def work() -> Sequence[View]:
            guild_id = _guild(interaction)
            if does == SAVE:
                version = await self._desk.save(guild_id, name, mark, interaction.user.id)
                return [notice_view(words.saved(version))]
            if does == DISCARD:
                await self._desk.drafted_form(guild_id, name, mark)  # a newer draft is not thrown away for it
                await self._desk.discard(guild_id, name)
                return [notice_view(say("The draft is thrown away. Nothing has changed."))]
            return await self._shown(interaction, await self._desk.drafted(guild_id, name, mark))

        await turned(interaction, work, managers=True)

    # --- trying ---------------------------------------------------------------------------------------------

    async def try_(self, interaction: Interaction, link: str | None) -> None:
        """The sample by what is in force, beside the operator's."""

        async def work() -> Sequence[View]:
            prompts = await self._desk.own.in_force(_guild(interaction))
            operators = self._desk.own.operators
            trial = await self._try(interaction, operators, prompts, link=link.strip() if link else None)
            head = say("This is how a briefing comes out by the prompts of this server.")
            if prompts.digest == operators.digest:
                head = say("This is how a briefing comes out; all prompts here are the operator's.")
            return [*await _card(trial), *card_views([words.trial_page(head, (), trial.remarks)])]

        await whispered(interaction, work, managers=True)

    async def _shown(self, interaction: Interaction, drafted: Drafted) -> Sequence[View]:
        """The card of a valid draft, and below it what changes, with the buttons."""
        name, mark = drafted.draft.name, drafted.draft.mark
        differs = changes(drafted.now, drafted.then, name)
        page = words.draft_page(name, drafted, differs)
        row = draft_row(name, mark, valid=not drafted.problems)
        if drafted.problems:
            return [card_view(page, rows=[row])]
        await show(interaction, [notice_view(say("The draft is valid. I am trying it on a sample …"))])
        try:
            trial = await self._try(interaction, drafted.now, drafted.then)
        except NutgrafError as failure:  # it can be saved all the same
            return [notice_view(str(failure)), card_view(page, rows=[row])]
        head = say("This draft of “{name}” is valid. It is not saved yet.", name=name)
        return [*await _card(trial), card_view(words.trial_page(head, differs, trial.remarks), rows=[row])]

    async def _try(
        self, interaction: Interaction, now: PromptSet, then: PromptSet, *, link: str | None = None
    ) -> Trial:
        return await self._trials.run(asker_of(interaction), str(interaction.id), now, then, link=link)

    # --- going back -----------------------------------------------------------------------------------------

    async def rollback(self, interaction: Interaction, name: str, version: int) -> None:
        """An earlier version again."""

        async def work() -> Sequence[View]:
            made = await self._desk.roll_back(_guild(interaction), name, version, interaction.user.id)
            return [notice_view(words.saved(made))]

        await whispered(interaction, work, managers=True)

    async def reset(self, interaction: Interaction, name: str) -> None:
        """The operator's again."""

        async def work() -> Sequence[View]:
            made = await self._desk.reset(_guild(interaction), name, interaction.user.id)
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
                for row in await self._desk.listed(_guild(interaction))
                if wanted in row.name or wanted in row.title.casefold()
            ]
            return [app_commands.Choice(name=words.named(row), value=row.name) for row in rows[:_LISTED]]

    async def offer_versions(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        """The versions of the prompt that is named already."""
        name = str(interaction.namespace["prompt"] or "") if "prompt" in interaction.namespace else ""
        if not manages(interaction) or not name:
            return []
        with in_locale(str(interaction.locale)):
            found = await self._desk.history(_guild(interaction), name)
            fitting = [version for version in found if str(version.version).startswith(typed.strip())]
            return [app_commands.Choice(name=words.offer(one), value=one.version) for one in fitting[:_LISTED]]


def _guild(interaction: Interaction) -> int:
    return interaction.guild_id or 0


def _slug(typed: str) -> str:
    slug = re.sub(r"[\s-]+", "_", typed.strip().lower())
    if not _SLUG.fullmatch(slug):
        raise UsageError(
            Phrase("“{name}” cannot be the name of a section.", name=typed),
            cure=Phrase("Use letters from a to z, digits and _, beginning with a letter, as who_is_who."),
        )
    return slug


async def _card(trial: Trial) -> list[View]:
    # A long briefing takes a while to lay out, and the heartbeat must not wait for it.
    return card_views(await asyncio.to_thread(lambda: pages(make_card(trial.brief))))


def _file_view(name: str, text: str) -> tuple[View, discord.File]:
    """What shows the prompt as a file, and the file."""
    return upload_view(say("The same as a file, as the operator's are:"), f"{name}.md", text.encode())
