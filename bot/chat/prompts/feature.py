"""Prompts in Discord: the commands, the form in which a prompt is typed, and the buttons under a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands, ui

from bot.chat.askers import guild_of
from bot.chat.cards import card_view, notice_view
from bot.chat.prompts import words
from bot.chat.prompts.buttons import CHANGE, DISCARD, SAVE, draft_button, draft_row
from bot.chat.prompts.commands import prompts_group
from bot.chat.prompts.forms import prompt_form, typed_form
from bot.chat.prompts.subcommands import Subcommands
from bot.chat.prompts.trying import trial_cards, tried
from bot.chat.whispers import Interaction, View, asked, show, turned, whispered
from bot.domain.errors import NutgrafError
from bot.services.prompt_changes import changes
from bot.services.prompt_desk import Drafted, PromptDesk
from bot.services.prompt_trials import PromptTrials
from bot.wording import say


class PromptFeature:
    """Prompts in Discord, over the PromptDesk."""

    def __init__(self, desk: PromptDesk, trials: PromptTrials) -> None:
        self._desk = desk
        self._trials = trials
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (draft_button(self.pressed),)

    def commands(self) -> tuple[app_commands.Group, ...]:
        """/prompts."""
        return (prompts_group(Subcommands(self._desk, self._trials)),)

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Messages are no business of prompts."""

    async def hear_form(self, interaction: Interaction) -> bool:
        """Keep what was typed, check it, and try it where it is valid; False where the form is another's."""
        typed = typed_form(interaction)
        if typed is None:
            return False
        name, form = typed

        async def work() -> Sequence[View]:
            drafted = await self._desk.draft(guild_of(interaction), name, interaction.user.id, form)
            return await self._shown(interaction, drafted)

        await whispered(interaction, work, managers=True)
        return True

    async def pressed(self, interaction: Interaction, does: str, name: str, mark: str) -> None:
        """A button under a draft."""
        if does == CHANGE:

            async def form() -> ui.Modal:
                return prompt_form(name, await self._desk.drafted_form(guild_of(interaction), name, mark))

            await asked(interaction, form, managers=True)
            return

        async def work() -> Sequence[View]:
            guild_id = guild_of(interaction)
            if does == SAVE:
                version = await self._desk.save(guild_id, name, mark, interaction.user.id)
                return [notice_view(words.saved(version))]
            if does == DISCARD:
                await self._desk.drafted_form(guild_id, name, mark)  # a newer draft is not thrown away for it
                await self._desk.discard(guild_id, name)
                return [notice_view(say("The draft is thrown away. Nothing has changed."))]
            return await self._shown(interaction, await self._desk.drafted(guild_id, name, mark))

        await turned(interaction, work, managers=True)

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
            trial = await tried(self._trials, interaction, drafted.now, drafted.then)
        except NutgrafError as failure:  # it can be saved all the same
            return [notice_view(str(failure)), card_view(page, rows=[row])]
        head = say("This draft of “{name}” is valid. It is not saved yet.", name=name)
        return [*await trial_cards(trial), card_view(words.trial_page(head, differs, trial.remarks), rows=[row])]
