"""Discord, another language than the article's, and the way back to the source: with the scripted endpoint."""

from __future__ import annotations

import re

import pytest

from bot.playground import Channel, Person, Playground
from tests.e2e.test_bot_model import ARTICLE, bot_with_model

ANSWER = {
    "summary": [
        {"text": "Der Hafen von Lund ist seit Montag nach neun Wochen wieder offen.", "passages": [1]},
        {"text": "Die Arbeiten kosteten 3,2 Millionen Kronen.", "passages": [3]},
        {"text": "Die Arbeiten kosteten 4,2 Millionen Kronen.", "passages": [3]},
    ],
    "quotes": [
        {
            "text": "We are open again, and nobody is happier than I am",
            "translation": "Wir haben wieder offen, und niemand ist glücklicher als ich",
            "speaker": "Ola Lind",
            "passage": 2,
        }
    ],
    "timeline": [{"text": "Der Rat berät über die Rechnung.", "when": "14 April 2026", "passages": [3]}],
}


async def test_briefing_in_german_of_an_english_article(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.model.queue(ANSWER)
    async with bot_with_model(playground):
        await ada.slash("brief", {"text": ARTICLE, "language": "de"}, general)
        card = await playground.wait_for_message(general, lambda m: "Zitate" in m.text, 60)
    request = playground.model.requests[0]
    assert "translation" in str(request["response_format"])
    assert "In German" in str(request["messages"])
    assert "### Zusammenfassung" in card.text
    assert "Der Hafen von Lund ist seit Montag" in card.text
    assert "3,2 Millionen" in card.text
    assert "4,2 Millionen" not in card.text
    assert "> „We are open again, and nobody is happier than I am“" in card.text
    assert "*(Übersetzung des Modells, nicht wörtlich)* Wir haben wieder offen" in card.text
    assert "¶3" in card.text
    assert "Der Rat berät über die Rechnung." in card.text
    assert "<t:" in card.text, "the date was read from the article's own words"


async def test_built_in_engine_says_that_it_does_not_translate(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with bot_with_model(playground, llm_base_url=None, llm_model=None):
        await ada.slash("brief", {"text": ARTICLE, "language": "de"}, general)
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60)
    assert "stay in the article's language" in card.text


@pytest.mark.parametrize("article", ["swing-bridge-closure"])
async def test_every_item_of_a_web_page_leads_to_its_words(
    playground: Playground, ada: Person, general: Channel, article: str
) -> None:
    async with bot_with_model(playground, llm_base_url=None, llm_model=None):
        asked = await ada.say(general, f"{playground.mention} {playground.article_url(article)}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
    links = re.findall(r"\[↗\]\(<([^>]+)>\)", card.text)
    assert links
    assert all(f"/{article}" in link and "#:~:text=" in link for link in links)
    assert len(card.text) <= 4_000


PAGE = """<html><head><title>Harbour talks fail</title></head><body><article><h1>Harbour talks fail in Lund</h1>
<p>The harbour of Lund stays closed after nine weeks of talks, the council said on Monday evening.</p>
<p>In a statement the mayor, Mira Holm, wrote:</p>
<blockquote><p>We have waited long enough for the money that was promised to our harbour.</p></blockquote>
<p>The council meets again in a week to discuss what it can do about it, as the contract says it must.</p>
</article></body></html>"""


async def test_block_quote_of_a_page_is_a_key_quote_with_its_speaker(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with bot_with_model(playground, llm_base_url=None, llm_model=None):
        asked = await ada.say(general, playground.mention, files=[("talks.html", PAGE.encode())])
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
    quote = "> “We have waited long enough for the money that was promised to our harbour.”\n> — "
    assert quote in card.text
    assert "Mira Holm ¶4" in card.text.split(quote)[1].split("\n")[0]
    assert "date unknown: weekdays are not resolved" in card.text
