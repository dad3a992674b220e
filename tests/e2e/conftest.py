"""The local Discord for every end-to-end test."""

from __future__ import annotations

import pytest

from bot.wording import load_catalogues
from tests.support.chat_fixtures import nutgraf
from tests.support.discord_fixtures import ada, general, grace, playground

__all__ = ["ada", "general", "grace", "nutgraf", "playground"]


@pytest.fixture(scope="session", autouse=True)
def _catalogues_are_read() -> None:
    """As the composition root does, before anything of the bot runs: reading files would hold up the loop."""
    load_catalogues()
