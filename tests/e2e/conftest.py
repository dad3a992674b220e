"""The local Discord for every end-to-end test."""

from tests.support.chat_fixtures import nutgraf
from tests.support.discord_fixtures import ada, general, grace, playground

__all__ = ["ada", "general", "grace", "nutgraf", "playground"]
