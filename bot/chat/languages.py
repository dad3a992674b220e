"""The languages that a menu offers a briefing in."""

from __future__ import annotations

from typing import Final

from bot.domain.languages import OWN_NAMES

OFFERED: Final = tuple(OWN_NAMES)[:23]  # a menu takes 25: these, the articles' own language, and the present one
