"""The whole bot: Discord front, intake, engine, verifier and renderer, from a mention to a card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from bot.chat.client import check_token
from bot.cli.playground import bot_in
from bot.domain.errors import SettingsError
from bot.playground import Channel, Person, Playground
from bot.settings import Settings, load_settings

pytestmark = pytest.mark.e2e

ARTICLE = (
    "The harbour of Lund reopened on Monday after nine weeks of repairs, the port authority said.\n\n"
    "“We are open again, and nobody is happier than I am,” said harbour master Ola Lind. Ferries left at noon, "
    "and the first of them carried 212 people to the islands, more than on any day of last summer.\n\n"
    "The repairs cost 3.2 million kronor. The council will discuss the bill on 14 April 2026."
)


def settings_for(playground: Playground) -> Settings:
    site = urlsplit(playground.url).netloc
    return load_settings(
        _env_file=None,
        fetch_allow_hosts=site,
        llm_base_url=None,
        discord_api_base=playground.api_url,
        discord_gateway=playground.gateway_url,
        discord_token=playground.token,
    )


@pytest.fixture
async def whole_bot(playground: Playground) -> AsyncIterator[None]:
    """The bot as `nutgraf run` composes it, without a model."""
    settings = settings_for(playground)
    async with bot_in(playground, settings):
        yield


@pytest.mark.usefixtures("whole_bot")
async def test_a_link_becomes_a_card_with_summary_quotes_and_timeline(
    playground: Playground, ada: Person, general: Channel
) -> None:
    link = playground.article_url("swing-bridge-closure")
    asked = await ada.say(general, f"{playground.mention} {link}")
    card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 30, after=asked)
    assert "Port Ellery" in card.text
    assert "> — " in card.text
    assert "<t:" in card.text
    assert "no model" in card.text
    assert [button["label"] for button in card.buttons] == ["Open source", "Ask", "Evidence", "More …", "Delete"]


@pytest.mark.usefixtures("whole_bot")
async def test_pasted_text_and_an_attached_file_are_briefed(
    playground: Playground, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
    card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 30, after=asked)
    assert "nobody is happier than I am" in card.text
    asked = await ada.say(general, playground.mention, files=[("harbour.txt", ARTICLE.encode())])
    await playground.wait_for_message(general, lambda m: "nobody is happier" in m.text, 30, after=asked)


@pytest.mark.usefixtures("whole_bot")
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("gone", "no page at that address"),
        ("empty", "no article text"),
        ("forbidden", "does not let me read"),
        ("picture", "image"),
        ("redirect-inside", "only read public"),
    ],
)
async def test_an_odd_page_becomes_one_sentence(
    playground: Playground, ada: Person, general: Channel, page: str, words: str
) -> None:
    asked = await ada.say(general, f"{playground.mention} {playground.article_url(page)}")
    answer = await playground.wait_for_message(general, lambda m: words in m.text, 30, after=asked)
    assert answer.reply_to == asked.id
    assert len(answer.text.splitlines()) == 1


@pytest.mark.usefixtures("whole_bot")
async def test_a_file_of_another_kind_is_refused_by_name(
    playground: Playground, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, playground.mention, files=[("paper.pdf", b"%PDF-1.7 ...")])
    await playground.wait_for_message(general, lambda m: "PDF" in m.text, 30, after=asked)


@pytest.mark.usefixtures("whole_bot")
async def test_an_unknown_section_is_named(playground: Playground, ada: Person, general: Channel) -> None:
    used = await ada.slash("brief", {"text": ARTICLE, "sections": "gossip"}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "gossip" in m.text)


async def test_a_token_is_checked_without_going_online(playground: Playground) -> None:
    settings = settings_for(playground)
    told = await check_token(settings)
    assert "Nutgraf" in told
    assert f"client_id={playground.bot.id}" in told
    with pytest.raises(SettingsError, match="does not accept DISCORD_TOKEN"):
        await check_token(settings.model_copy(update={"discord_token": SecretStr("x")}))
