"""CascadeEngine: the model first; when it fails, another engine writes and the reader is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.asking import Inquiry, ProposedReply, answering
from bot.domain.draft import Draft, Finding
from bot.domain.errors import ModelError
from bot.domain.task import Engine, Mends, Rejected, Task
from bot.wording import Phrase

FELL_BACK: Final = "fallback-extractive"


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
            why = error.told
        draft = await self._fallback.write(task)
        fell_back = Finding.told(FELL_BACK, Phrase("Written without the model: {why}", why=why))
        return draft.model_copy(update={"findings": (fell_back, *draft.findings)})

    async def reply(self, inquiry: Inquiry) -> ProposedReply:
        """The first answer that could be had; one of the fallback's says why it stands there.

        Both engines have to be `Replies`; TypeError otherwise.
        """
        try:
            return await answering(self._first).reply(inquiry)
        except ModelError as error:
            why = error.told
        proposed = await answering(self._fallback).reply(inquiry)
        fell_back = Finding.told(FELL_BACK, Phrase("Answered without the model: {why}", why=why))
        return proposed.model_copy(update={"findings": (fell_back, *proposed.findings)})

    async def mend(self, task: Task, draft: Draft, rejected: Sequence[Rejected]) -> Draft:
        """What the engine that wrote `draft` makes of it; nothing where that one does not mend."""
        fell_back = any(finding.code == FELL_BACK for finding in draft.findings)
        writer = self._fallback if fell_back else self._first
        if not isinstance(writer, Mends):
            return Draft(engine=draft.engine)
        return await writer.mend(task, draft, rejected)
