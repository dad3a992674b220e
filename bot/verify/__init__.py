"""Draft -> Brief: the only maker of a Brief. `verify` is the room's face; `examine` also says what was dropped."""

from bot.verify.verifier import Verdict, examine, verify

__all__ = ["Verdict", "examine", "verify"]
