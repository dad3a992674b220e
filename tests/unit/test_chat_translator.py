"""Words of commands: what Discord takes as a name, a description, a choice, and in which of its locales."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.chat.sync import fingerprint
from bot.chat.translator import CatalogueTranslator, command_name
from bot.wording import load_catalogues


@pytest.fixture(autouse=True, scope="module")
def _catalogues_at_hand() -> None:
    load_catalogues()  # as the composition root does before a client registers commands


async def _brief(interaction: discord.Interaction[Any], message: discord.Message) -> None: ...


MENU = app_commands.ContextMenu(name="Brief this", callback=_brief)


async def translated(word: str, locale: str, where: Where, data: object = None) -> str | None:
    context: Any = app_commands.TranslationContext(location=where, data=data)
    return await CatalogueTranslator().translate(app_commands.locale_str(word), discord.Locale(locale), context)


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        *[("de", "kurzfassung"), ("fr", "résumer"), ("es-ES", "resumir"), ("es-419", "resumir")],
        *[("pt-BR", "resumir"), ("ja", "要約"), ("en-US", None), ("en-GB", None), ("sv-SE", None)],
    ],
)
async def test_names_are_told_in_every_locale_that_has_a_catalogue(locale: str, name: str | None) -> None:
    assert await translated("brief", locale, Where.command_name) == name


async def test_a_word_is_a_name_or_a_text_by_where_it_stands() -> None:
    assert await translated("language", "de", Where.parameter_name) == "sprache"
    assert await translated("Language", "de", Where.choice_name) == "Sprache"
    assert await translated("Brief this", "de", Where.command_name, MENU) == "Kurzfassung erstellen"


@pytest.mark.parametrize("where", [Where.command_name, Where.command_description, Where.choice_name])
async def test_what_no_catalogue_holds_stays_as_it_is(where: Where) -> None:
    assert await translated("no-such-word", "de", where) is None
    assert command_name("Brief this", "de") is None


@pytest.mark.parametrize(
    "change",
    [
        {"name_localizations": {"de": "anders"}},
        {"description_localizations": {"de": "Anders"}},
        {"default_member_permissions": "32"},
        {"options": [{"type": 3, "name": "a", "description": "b", "choices": [{"name": "One", "value": "1"}]}]},
    ],
)
def test_the_fingerprint_sees_every_word_and_who_may_use_a_command(change: dict[str, Any]) -> None:
    command = {"name": "brief", "description": "x", "options": [{"type": 3, "name": "a", "description": "b"}]}
    assert fingerprint([command]) != fingerprint([command | change])


def test_the_fingerprint_takes_permissions_as_number_or_as_text() -> None:
    command = {"name": "brief", "description": "x", "name_localizations": {}}
    assert fingerprint([command | {"default_member_permissions": 32}]) == fingerprint(
        [
            {
                "name": "brief",
                "description": "x",
                "default_member_permissions": "32",
                "description_localizations": None,
            }
        ]
    )


def test_the_fingerprint_sees_what_a_choice_stands_for() -> None:
    def with_choice(value: object) -> list[dict[str, Any]]:
        option = {"type": 4, "name": "a", "description": "b", "choices": [{"name": "None", "value": value}]}
        return [{"name": "brief", "description": "x", "options": [option]}]

    assert fingerprint(with_choice(0)) != fingerprint(with_choice(1))
