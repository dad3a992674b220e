"""An article of ours, and the scripted model of the playground, asked over HTTP, which is to write of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from aiohttp import web

from bot.domain.document import Document
from bot.llm import Connection, HttpEndpoint
from bot.llm.pacing import Clock
from bot.playground.model import Model
from tests.support.listening import listening

ARTICLE = Document(
    text="The harbour council of Port Ellery voted on Friday to close the old fish market for two years.\n\n"
    "“We cannot ask people to work under a roof that may fall,” said Council Leader Maren Holt.\n\n"
    "Engineers found 14 cracked beams in March. The repair will cost 3 million pounds, the council said.\n\n"
    "Traders will move to the railway sheds on Monday, its clerk Tomas Reed said.",
    title="Port Ellery closes its fish market",
    published=date(2026, 11, 22),
    language="en",
)


class PlayedModel(Model):
    """The scripted model, and where it listens."""

    base_url = ""


@pytest.fixture
async def model() -> AsyncIterator[PlayedModel]:
    """A model with nothing scripted yet."""
    played, app = PlayedModel(), web.Application()
    played.add_routes(app)
    async with listening(app) as port:
        played.base_url = f"http://127.0.0.1:{port}/v1"
        yield played


@asynccontextmanager
async def connected(model: PlayedModel, *, context_tokens: int = 16_000) -> AsyncIterator[HttpEndpoint]:
    """The endpoint to it. Nothing is waited for: between two looks at its clock lies an hour."""
    hours = iter(range(10_000))
    clock = Clock(sleep=_at_once, monotonic=lambda: next(hours) * 3600.0)
    connection = Connection(base_url=model.base_url, model="stand-in", context_tokens=context_tokens)
    async with HttpEndpoint.connect(connection, clock=clock) as endpoint:
        yield endpoint


async def _at_once(_: float) -> None: ...
