"""The playground accepts what Discord's own schema accepts; only where that schema is at hand."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.playground.rest import Recorded
from tests.support.discord_schema import AT_HAND, REASON, problems

pytestmark = [pytest.mark.integration, pytest.mark.skipif(not AT_HAND, reason=REASON)]


def sent(method: str, path: str, body: object, status: int = 200) -> Recorded:
    return Recorded(method, path, body, (), status, dt.datetime.now(dt.UTC), {})


def test_accepted_nonsense_is_told_and_refused_nonsense_is_not() -> None:
    bad = {"content": ["not", "text"]}
    assert problems([sent("POST", "/channels/1/messages", bad)])
    assert problems([sent("POST", "/channels/1/messages", bad, status=400)]) == []
    assert problems([sent("POST", "/channels/1/messages", {"content": "fine"})]) == []
