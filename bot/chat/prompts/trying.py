"""Briefings by prompts that are not in force yet, for who writes them."""

from __future__ import annotations

import asyncio

from bot.chat.askers import asker_of
from bot.chat.cards import card_views
from bot.chat.whispers import Interaction, View
from bot.prompting import PromptSet
from bot.render.card import make_card
from bot.render.layout import pages
from bot.services.prompt_trials import PromptTrials, Trial


async def tried(
    trials: PromptTrials, interaction: Interaction, now: PromptSet, then: PromptSet, *, link: str | None = None
) -> Trial:
    """The sample, or the page at `link`, by `then` beside `now`; who pressed pays. Raises NutgrafError leaves."""
    return await trials.run(asker_of(interaction), str(interaction.id), now, then, link=link)


async def trial_cards(trial: Trial) -> list[View]:
    """The card of the briefing."""
    # A long briefing takes a while to lay out, and the heartbeat must not wait for it.
    return card_views(await asyncio.to_thread(lambda: pages(make_card(trial.brief))))
