"""The composition root's part for prompts that servers write themselves."""

from __future__ import annotations

import asyncio

from bot.app import App
from bot.chat.prompts import PromptFeature
from bot.prompting.sample import sample_article
from bot.services.admitting import Admission
from bot.services.own_prompts import OwnPrompts
from bot.services.prompt_book import PromptBook
from bot.services.prompt_desk import PromptDesk
from bot.services.prompt_trials import PromptTrials
from bot.store.store import Store


def own_prompts(app: App, book: PromptBook) -> OwnPrompts:
    """The prompts in force in each server, over the operator's."""
    return OwnPrompts(book, app.prompts)


async def prompt_feature(
    app: App, store: Store, book: PromptBook, own: OwnPrompts, admission: Admission
) -> PromptFeature:
    """/prompts over the open store, and over the `book` of `own`, so that a change is seen there at once.

    Trials are written by the App's own Briefer, in this process.
    """
    sample = await asyncio.to_thread(sample_article, app.settings.prompts_dir)
    desk = PromptDesk(book, own, store.audit)
    trials = PromptTrials(app.briefer, admission, store.usage, sample, seconds=app.settings.brief_timeout_seconds)
    return PromptFeature(desk, trials)
