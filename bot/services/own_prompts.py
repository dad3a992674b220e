"""The prompts in force in each guild: its own texts over the operator's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from bot.domain.newest import Newest
from bot.domain.prompt_version import PromptVersion
from bot.prompting import PromptSet
from bot.prompting.overlay import overlaid
from bot.services.prompt_book import PromptBook

_log = logging.getLogger(__name__)

_SETS_KEPT: Final = 128  # by the versions they are made of, so that none is ever out of date


class OwnPrompts:
    """Fills `bot.services.prompt_sets.PromptSets`."""

    def __init__(self, book: PromptBook, operators: PromptSet) -> None:
        self.operators = operators
        self._book = book
        self._sets: Newest[tuple[tuple[str, str], ...], PromptSet] = Newest(_SETS_KEPT)

    async def of_guild(self, guild_id: int) -> PromptSet | None:
        """The guild's own set; None where it uses the operator's. Raises StorageError."""
        texts = await self.texts(guild_id)
        return await self.made_of(texts) if texts else None

    async def prompts_of(self, guild_id: int) -> int:
        """The value of `ArticleOrder.prompts`: the guild where it has prompts of its own, else 0."""
        return guild_id if guild_id and await self.texts(guild_id) else 0

    async def in_force(self, guild_id: int) -> PromptSet:
        """The guild's own set, or the operator's."""
        return await self.of_guild(guild_id) or self.operators

    async def texts(self, guild_id: int) -> dict[str, str]:
        """The guild's own texts by name."""
        return {version.name: version.text for version in await self.current(guild_id) if version.text is not None}

    async def current(self, guild_id: int) -> list[PromptVersion]:
        """The newest version of each name, the ones that gave a text up among them."""
        return await self._book.current(guild_id)

    async def made_of(self, texts: Mapping[str, str]) -> PromptSet:
        """The set of `texts` over the operator's. What is not valid any more is left out, and logged."""
        key = tuple(sorted(texts.items()))
        if (known := self._sets.get(key)) is not None:
            return known
        made, bad = await asyncio.to_thread(overlaid, self.operators, texts)  # compiles templates
        if bad:
            _log.warning("guild prompts left out names=%s", ",".join(bad))
        self._sets.put(key, made)
        return made
