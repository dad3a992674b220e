"""The built-in engine, which needs no model."""

from bot.engines.extractive.engine import ExtractiveEngine

__all__ = ["ExtractiveEngine"]
