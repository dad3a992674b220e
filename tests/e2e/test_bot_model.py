"""The whole bot with a model: the scripted endpoint, over HTTP, on its good and bad days."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.cli.playground import bot_in
from bot.playground import Channel, Person, Playground
from bot.playground.model import Answer, server_error
from bot.settings import load_settings

PROMPTS = Path(__file__).parents[2] / "prompts"

ARTICLE = """The harbour of Lund reopened on Monday after nine weeks of repairs, the port authority said.

“We are open again, and nobody is happier than I am,” said harbour master Ola Lind. Ferries left at noon.

The repairs cost 3.2 million kronor. The council will discuss the bill on 14 April 2026."""


@asynccontextmanager
async def bot_with_model(playground: Playground, **overrides: Any) -> AsyncIterator[None]:
    settings = load_settings(
        _env_file=None,
        fetch_allow_hosts=urlsplit(playground.url).netloc,
        **{"llm_base_url": playground.model_url, "llm_model": "stand-in", "llm_retries": 1} | overrides,
    )
    async with bot_in(playground, settings):
        yield


def long_article(words: int) -> str:
    """About `words` words in distinct paragraphs, with a quote in each tenth."""
    towns = ["Lund", "Varn", "Kessel", "Oster", "Sund", "Senna", "Skarn", "Harrow"]
    paragraphs: list[str] = []
    count = 0
    while count < words:
        number = len(paragraphs) + 1
        town = towns[number % len(towns)]
        text = (
            f"The council of {town} heard report number {number} on the state of its bridges and roads. "
            f"Inspectors had walked {number + 3} kilometres of road and marked {number * 2} places to mend. "
            f"The money for it is to come from the district, which has not yet said how much it will give."
        )
        if number % 10 == 0:
            text += f" “We have waited long enough for report {number},” said council leader Ada Lind."
        paragraphs.append(text)
        count += len(text.split())
    return "\n\n".join(paragraphs)


async def test_forty_thousand_words_are_read_in_chunks_and_every_quote_stands_in_the_text(
    playground: Playground, ada: Person, general: Channel
) -> None:
    article = long_article(40_000)
    async with bot_with_model(playground):
        asked = await ada.say(general, playground.mention, files=[("report.txt", article.encode())])
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
    read = {int(n) for request in playground.model.requests for n in _numbers(request)}
    assert len(playground.model.requests) >= 5
    assert read == set(range(1, article.count("\n\n") + 2)), "every passage went to the model"
    quotes = [line[2:].strip("“” ") for line in card.text.splitlines() if line.startswith("> “")]
    assert quotes
    assert all(quote.replace("\\", "") in article for quote in quotes)
    assert "stand-in" in card.text


def _numbers(request: dict[str, Any]) -> list[str]:
    return re.findall(r"^\[(\d+)\]", request["messages"][-1]["content"], flags=re.M)


async def test_when_the_endpoint_is_down_the_extractive_engine_answers_and_says_so(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.model.queue(*[server_error(503)] * 4)
    async with bot_with_model(playground, llm_retries=0):
        asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
    assert "nobody is happier than I am" in card.text
    assert "The built-in extractive engine wrote this briefing instead" in card.text


async def test_when_the_model_is_too_slow_for_a_briefing_the_extractive_engine_answers_and_says_so(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.model.delay = 60
    async with bot_with_model(playground, brief_timeout_seconds=4):
        asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 20, after=asked)
    assert "The model took too long." in card.text
    assert "happier than I am" in card.text


async def test_when_a_correction_takes_too_long_what_was_proven_is_posted(
    playground: Playground, ada: Person, general: Channel
) -> None:
    quotes = [
        {"text": "We are open again, and nobody is happier than I am", "speaker": "Ola Lind", "passage": 2},
        {"text": "We will never close this harbour again", "speaker": "Ola Lind", "passage": 2},
    ]
    playground.model.queue({"summary": [], "quotes": quotes, "timeline": []}, Answer("{}", delay=60))
    async with bot_with_model(playground, brief_timeout_seconds=4):
        asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 20, after=asked)
    assert len(playground.model.requests) == 2
    assert "What did not hold was not corrected: The model took too long." in card.text
    assert "happier than I am" in card.text
    assert "never close" not in card.text


async def test_what_the_model_invents_reaches_nobody(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.model.queue(
        {
            "summary": [
                {"text": "The harbour of Lund reopened on Monday after nine weeks.", "passages": [1]},
                {"text": "@everyone the mayor resigned, see https://evil.example/", "passages": [1]},
                {"text": "Repairs cost 9.9 million kronor.", "passages": [3]},
            ],
            "quotes": [
                {
                    "text": "We are closed again, and nobody is happier than I am",
                    "speaker": "Ola Lind",
                    "passage": 2,
                },
                {"text": "Ferries left at noon.", "speaker": "Ola Lind", "passage": 2},
                {
                    "text": "We are open again, and nobody is happier than I am",
                    "speaker": "Greta Thorn",
                    "passage": 9,
                },
            ],
            "timeline": [
                {"text": "The council discusses the bill.", "when": "14 April 2026", "passages": [3]},
                {"text": "The council discusses the bill.", "when": "15 May 2027", "passages": [3]},
            ],
        }
    )
    async with bot_with_model(playground):
        asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
    assert "The harbour of Lund reopened" in card.text
    assert "nobody is happier than I am" in card.text
    assert "Ola Lind" in card.text
    for invention in ("everyone", "evil", "9.9", "closed again", "Greta", "2027", "> Ferries left"):
        assert invention not in card.text, invention
    assert card.pinged == set()
    assert not card.mention_everyone


async def test_a_new_section_is_one_new_file(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    shutil.copytree(PROMPTS, tmp_path / "prompts")
    (tmp_path / "prompts" / "sections" / "who.md").write_text(
        "---\nname: who\ntitle: Who is who\nkind: points\norder: 40\nmax_items: 4\n---\n"
        "Name each person who matters to the story, at most {{ max_items }}.\n",
        encoding="utf-8",
    )
    playground.model.queue(
        {
            "summary": [{"text": "The harbour of Lund reopened on Monday.", "passages": [1]}],
            "quotes": [],
            "timeline": [],
            "who": [{"text": "Ola Lind is the harbour master.", "passages": [2]}],
        }
    )
    async with bot_with_model(playground, prompts_dir=tmp_path / "prompts"):
        asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
        card = await playground.wait_for_message(general, lambda m: "Who is who" in m.text, 60, after=asked)
    request = playground.model.requests[0]
    assert "Name each person who matters" in str(request["messages"])
    assert "who" in request["response_format"]["json_schema"]["schema"]["properties"]
    assert "Ola Lind is the harbour master." in card.text
