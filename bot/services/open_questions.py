"""OpenQuestions: questions under way, written down so that who waits is told where a process died over one."""

from __future__ import annotations

from typing import Protocol

from bot.domain.answer import OpenQuestion


class OpenQuestions(Protocol):
    """What is being answered. Every method raises StorageError."""

    async def open(self, question: OpenQuestion) -> None:
        """Keep it until it is closed."""
        ...

    async def close(self, key: str) -> None:
        """It is answered, or will never be."""
        ...

    async def left(self) -> list[OpenQuestion]:
        """All that are open, in whichever process, oldest first."""
        ...
