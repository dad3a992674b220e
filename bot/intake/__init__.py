"""Intake: opens a Source and makes the Document of it. The one room that reads the web and files."""

from bot.intake.reader import Reader

__all__ = ["Reader"]
