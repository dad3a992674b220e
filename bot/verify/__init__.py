"""Draft -> Brief: the only maker of a Brief. `verify` is the room's whole face."""

from bot.verify.verifier import verify

__all__ = ["verify"]
