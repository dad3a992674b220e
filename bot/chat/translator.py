"""The words of commands in a person's language, as Discord shows them before we are asked anything.

Discord takes names in lower case, of letters, digits, - and _, at most 32; descriptions and choices up to 100
characters. A translation that it would refuse is left out, for one such word would cost the person all commands.
"""

from __future__ import annotations

import re
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.wording import SOURCE, language_of
from bot.wording.catalogue import catalogue

NAMES: Final = "command"  # the catalogues' context of names that people type: `brief`, `language`

_NAME = re.compile(r"[-_'\w]{1,32}")
_MOST: Final = 100
_MOST_MENU: Final = 32
_NAMED: Final = frozenset({Where.command_name, Where.group_name, Where.parameter_name})


class CatalogueTranslator(app_commands.Translator):
    """Names, descriptions and choices from the catalogues; nothing where English is spoken."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The word in `locale`; None: as it is."""
        language = language_of(locale.value)
        if language == SOURCE:
            return None
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        if context.location in _NAMED and not is_menu:
            return command_name(string.message, language)
        said = catalogue(language).gettext(string.message)
        return said if 0 < len(said) <= (_MOST_MENU if is_menu else _MOST) else None


def command_name(name: str, language: str) -> str | None:
    """The name of a command or an option as people type it in `language`; None: as it is."""
    said = catalogue(language).pgettext(NAMES, name)
    return said if _NAME.fullmatch(said) and said == said.lower() else None
