"""Digests speak the server's language where all can see them, and the person's own to who looks after them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import Person, Playground
from tests.support.digest_bot import DigestBot, digest_bot


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[DigestBot]:
    """The bot online."""
    async with digest_bot(playground, tmp_path) as online:
        yield online


async def test_a_post_speaks_the_servers_language_and_the_answer_the_managers(bot: DigestBot, ada: Person) -> None:
    bot.playground.set_guild_locale(bot.playground.guild, "ja")
    ada.locale = "de"
    told = await bot.create(ada)
    assert "Sie ist eingerichtet." in told
    assert "**Benachrichtigt:** niemanden" in told
    bot.publish("harbour", "orchard")
    await bot.run_now(ada)
    (post, *_) = bot.posts()
    assert "件の記事" in post.text
    assert "内蔵エンジン（抽出型、モデル不使用）" in post.text
    assert "詳細" in {button.get("label") for button in post.buttons}


async def test_a_digest_in_a_language_of_its_own_speaks_that(bot: DigestBot, ada: Person) -> None:
    await bot.create(ada, language="fr")
    bot.publish("harbour", "orchard")
    await bot.run_now(ada)
    (post, *_) = bot.posts()
    assert "sujets" in post.text
    assert "À propos" in {button.get("label") for button in post.buttons}


async def test_a_preview_gives_its_reasons_in_the_language_of_who_looks(bot: DigestBot, ada: Person) -> None:
    ada.locale = "es-ES"
    await bot.create(ada)
    bot.publish("harbour")
    told = await bot.told(ada, "preview", {"digest": "Harbour news"})
    assert "### Por qué estas" in told
    assert "incluida: nueva" in told
