"""The local Discord for tests of the playground itself."""

from tests.support.discord_fixtures import ada, general, grace, playground

__all__ = ["ada", "general", "grace", "playground"]
