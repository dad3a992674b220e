"""PromptVersion: what a guild made of one of the operator's prompts, or a section of its own, at one time."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from bot.domain.value import Value

DRAFT: Final = 0  # the version of what was written and checked, but not saved yet; one a guild and prompt


class PromptVersion(Value):
    """`name` is a section's, or a shared part's. `text` is what the operator's file would hold; None: no text of
    the guild's own, so that the operator's holds again, and a section that only the guild has is gone.

    Versions count from 1 and are never changed; `equals` is the earlier one that was rolled back to.
    """

    guild_id: int
    name: str
    version: int = DRAFT
    made_by: int
    made: datetime
    text: str | None
    equals: int | None = None

    @property
    def mark(self) -> str:
        """12 hex digits that stand for the text: a button saves the draft that it was shown with, or none."""
        return hashlib.sha256((self.text or "").encode()).hexdigest()[:12]
