"""Presses and forms that no code of ours knows: of another version, or a form that was open while we restarted.

discord.py drops them, and the person would read that the application did not respond.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import Any, Final

import discord

from bot.chat.actions.asking import unknown, whisper
from bot.chat.entrances import hear
from bot.wording import say

Interaction = discord.Interaction[Any]
HearsForm = Callable[[Interaction], Awaitable[bool]]
_PATIENCE: Final = 2.0  # seconds that whoever knows it has to acknowledge; Discord waits for three


async def answer_stray(
    interaction: Interaction, known: Collection[re.Pattern[str]], hear_forms: Iterable[HearsForm]
) -> None:
    """Answer what is pressed or sent in and nobody answers. Raises nothing.

    `known`: the custom_ids of buttons and menus that somebody answers; `hear_forms` answer forms, or say False.
    """
    hear(interaction)
    data: Any = interaction.data or {}
    if interaction.type is discord.InteractionType.modal_submit:
        for hear_form in hear_forms:
            if await hear_form(interaction):
                return
        words = say("That form was opened before I was restarted, and I lost what it was for. Open it once more.")
    elif interaction.type is discord.InteractionType.component:
        if any(pattern.fullmatch(data.get("custom_id", "")) for pattern in known):
            return
        words = unknown()
    else:
        return
    await asyncio.sleep(_PATIENCE)
    if not interaction.response.is_done():
        with contextlib.suppress(discord.HTTPException, discord.InteractionResponded):
            await whisper(interaction, words)
