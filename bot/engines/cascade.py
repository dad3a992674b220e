"""CascadeEngine: the model first; when it fails, another engine writes and the reader is told."""

from __future__ import annotations

from bot.domain.draft import Draft, Finding
from bot.domain.errors import ModelError
from bot.domain.task import Engine, Task


class CascadeEngine:
    """Asks `first`, and `fallback` where `first` raises a ModelError; anything else passes through."""

    def __init__(self, first: Engine, fallback: Engine) -> None:
        self._first = first
        self._fallback = fallback

    async def write(self, task: Task) -> Draft:
        """The first Draft that could be written; one of the fallback's says why it stands there."""
        try:
            return await self._first.write(task)
        except ModelError as error:
            said = error.said
        draft = await self._fallback.write(task)
        why = Finding(code="fallback-extractive", detail=f"Written without the model: {said}")
        return draft.model_copy(update={"findings": (why, *draft.findings)})
