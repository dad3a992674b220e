"""Whose language is spoken: the person's to the person alone, a community's to everybody, and in the commands."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.sync import sync_commands
from bot.domain.errors import EndpointDownError
from bot.playground import Channel, Person, Playground
from tests.support.chat_fixtures import Nutgraf

LINK = "https://courier.example/harbour"
ARTICLE = "The harbour of Lund reopened on Monday after nine weeks of repairs, and ferries left at noon. " * 4


async def test_a_german_person_reads_german_errors(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    ada.locale = "de"
    used = await ada.slash("kurzfassung", {"link": LINK, "veröffentlicht": "irgendwann"}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "„irgendwann“ kann ich nicht als Datum lesen." in m.text)
    assert "Schreib es in der Form 2026" in used.original.text
    assert used.original.ephemeral


async def test_a_german_person_fills_a_german_form_and_reads_german_buttons(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    ada.locale = "de"
    form = await ada.slash("brief", {}, general)
    assert form.modal is not None
    sent = await ada.submit_modal(form, {"Der Artikel": ARTICLE, "Veröffentlicht am": "irgendwann"})
    assert sent.original is not None
    await playground.wait_until(sent.original, lambda m: "„irgendwann“ kann ich nicht als Datum lesen." in m.text)


async def test_cards_buttons_and_words_of_no_known_language_are_in_that_of_who_asked(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    ada.locale = "fr"
    used = await ada.slash("résumer", {"texte": ARTICLE}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "### Résumé" in m.text)
    assert "Supprimer" in {button.get("label") for button in used.original.buttons}


async def test_a_japanese_community_is_answered_in_japanese(
    playground: Playground, nutgraf: Nutgraf, ada: Person
) -> None:
    guild = playground.create_guild("港", people=[ada], with_bot=True, locale="ja", channel="広場")
    square = playground.channel("広場")
    asked = await ada.say(square, f"{playground.mention} こんにちは")
    answer = await playground.wait_for_message(square, after=asked)
    assert "そのメッセージには要約するものがありません。" in answer.text
    assert guild.preferred_locale == "ja"


async def test_everybody_in_a_japanese_community_reads_japanese_also_where_an_englishwoman_asked(
    playground: Playground, nutgraf: Nutgraf, ada: Person
) -> None:
    playground.create_guild("港", people=[ada], with_bot=True, locale="ja", channel="広場")
    square = playground.channel("広場")
    nutgraf.briefer.outcomes.append(EndpointDownError())
    used = await ada.slash("brief", {"link": LINK}, square)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "モデルのエンドポイントが応答しません。" in m.text)


async def test_a_direct_message_is_answered_as_the_last_command_of_that_person_told(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    ada.locale = "pt-BR"
    used = await ada.slash("resumir", {"link": LINK, "publicado": "um dia"}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "não é uma data válida" in m.text)
    asked = await ada.say(ada.dm, "bom dia")
    answer = await playground.wait_for_message(ada.dm, after=asked)
    assert "Não há nada para resumir nessa mensagem." in answer.text
    asked = await grace.say(grace.dm, "good morning")
    answer = await playground.wait_for_message(grace.dm, after=asked)
    assert "There is nothing to brief in that message." in answer.text


async def test_commands_are_registered_with_their_translations_and_not_again(
    playground: Playground, nutgraf: Nutgraf
) -> None:
    put = [request for request in playground.requests if request.method == "PUT"]
    (brief, menu) = (
        next(command for command in put[0].body if command["name"] == name) for name in ("brief", "Brief this")
    )
    assert brief["name_localizations"]["de"] == "kurzfassung"
    assert brief["name_localizations"]["es-ES"] == brief["name_localizations"]["es-419"] == "resumir"
    assert brief["name_localizations"]["pt-BR"] == "resumir"
    assert "sv-SE" not in brief["name_localizations"]
    assert brief["options"][0]["description_localizations"]["ja"].startswith("記事のURL")
    assert menu["name_localizations"]["fr"] == "Résumer ceci"
    tree = nutgraf.client.tree
    assert nutgraf.client.application_id is not None
    assert not await sync_commands(tree, nutgraf.client.application_id)
    command = tree.get_command("brief")
    assert isinstance(command, app_commands.Command)
    command.default_permissions = discord.Permissions(manage_guild=True)
    assert await sync_commands(tree, nutgraf.client.application_id)
    assert not await sync_commands(tree, nutgraf.client.application_id)
    await tree.set_translator(None)
    assert await sync_commands(tree, nutgraf.client.application_id)
