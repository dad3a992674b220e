"""The model engine and an asked language: what it asks for, and what it tells of the answer."""

from __future__ import annotations

import json

import pytest

from bot.domain.document import Document
from bot.domain.draft import ProposedQuote
from bot.domain.task import Task
from bot.domain.value import Span
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.prompting import load_prompts
from tests.support.fake_endpoint import FakeEndpoint

pytestmark = pytest.mark.unit

PROMPTS = load_prompts()
TEXT = (
    "Mayor Ada Ring resigned on Friday after a vote of the council.\n\n"
    "“I leave with my head high and my desk empty,” she said.\n\n"
    "The council will choose a successor next month, its clerk said."
)
ENGLISH = Document(text=TEXT, language="en")
FRENCH = Document(text="La maire a quitté ses fonctions vendredi, après un vote du conseil.", language="fr")
QUOTE = {
    "text": "I leave with my head high and my desk empty",
    "translation": "Ich gehe erhobenen Hauptes",
    "speaker": "Ada Ring",
    "passage": 2,
}


def task(*documents: Document, language: str) -> Task:
    return Task(documents=documents, sections=PROMPTS.section_values(), language=language)


async def asked(asking: Task, answer: object) -> tuple[FakeEndpoint, LlmEngine, ProposedQuote | None, str | None]:
    endpoint = FakeEndpoint([json.dumps(answer)])
    engine = LlmEngine(endpoint, PROMPTS)
    draft = await engine.write(asking)
    quotes = [item for section in draft.sections for item in section.items if isinstance(item, ProposedQuote)]
    return endpoint, engine, quotes[0] if quotes else None, draft.language


@pytest.mark.parametrize(
    ("documents", "language", "translated", "told"),
    [
        ((ENGLISH,), "de", True, "de"),
        ((ENGLISH,), "pt-BR", True, "pt"),
        ((ENGLISH,), "en", False, "en"),
        ((ENGLISH,), "en_GB", False, "en"),
        ((ENGLISH,), "auto", False, None),
        ((ENGLISH, FRENCH), "en", True, "en"),
        ((ENGLISH, FRENCH), "auto", True, None),
        ((ENGLISH.model_copy(update={"language": "und"}),), "de", False, "de"),
    ],
)
async def test_translations_are_asked_for_where_the_text_is_in_another_language(
    documents: tuple[Document, ...], language: str, translated: bool, told: str | None
) -> None:
    answer = {"summary": [], "quotes": [QUOTE], "timeline": []}
    endpoint, _, quote, written = await asked(task(*documents, language=language), answer)
    (request,) = endpoint.requests
    keys = request.json_schema["properties"]["quotes"]["items"]["required"]
    assert ("translation" in keys) is translated
    assert ('"translation"' in request.user) is translated
    assert ("No quotation marks" in request.user) is translated
    assert written == told
    assert quote is not None
    assert quote.translation == "Ich gehe erhobenen Hauptes"


@pytest.mark.parametrize("given", [None, "", "null", 7, ["a"], "x" * 2_001])
async def test_translation_that_is_none_costs_no_quote(given: object) -> None:
    answer = {"quotes": [QUOTE | {"translation": given}]}
    _, _, quote, _ = await asked(task(ENGLISH, language="de"), answer)
    assert quote is not None
    assert quote.translation is None


async def test_block_quotes_are_shown_as_quoted() -> None:
    at = TEXT.index("The council will")
    document = ENGLISH.model_copy(update={"block_quotes": (Span(at, len(TEXT)),)})
    endpoint, *_ = await asked(task(document, language="auto"), {"quotes": []})
    assert "[3] > The council will choose" in endpoint.requests[0].user
    assert "[2] “I leave" in endpoint.requests[0].user


@pytest.mark.parametrize(
    ("language", "codes"),
    [("de", ["language-not-written"]), ("en", []), ("en-GB", []), ("auto", [])],
)
async def test_built_in_engine_tells_that_it_does_not_translate(language: str, codes: list[str]) -> None:
    draft = await ExtractiveEngine().write(task(ENGLISH, language=language))
    assert [finding.code for finding in draft.findings] == codes
    assert draft.language is None
