"""AuditEntry: one change that somebody made to what holds in a server."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from bot.domain.value import Value


class AuditEntry(Value):
    """Who changed what, when, and from what to what.

    `kind` "setting": `what` is the field of Choices, `before` and `after` are its values, None: inherited.
    `kind` "prompt": `what` is the name of the section or shared part, `before` and `after` are versions.
    """

    guild_id: int
    channel_id: int = 0  # 0: the whole server
    made_by: int
    made: datetime
    kind: Literal["setting", "prompt"] = "setting"
    what: str
    before: JsonValue = None
    after: JsonValue = None
