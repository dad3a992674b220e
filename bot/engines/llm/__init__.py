"""The engine that asks a model: plan the reading, map it over chunks, merge what came back.

The model chooses, condenses and words; it points to numbered passages instead of copying places. Code counts,
merges and orders, and keeps every item that is usable when others are not.
"""

from bot.engines.llm.engine import LlmEngine

__all__ = ["LlmEngine"]
