"""The real Discord front over real durable jobs and a scripted Briefer, connected to the local Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pydantic import SecretStr

from bot.chat.actions.parts import ActionParts
from bot.chat.answerer import DiscordAnswerer
from bot.chat.client import Feature, NutgrafClient, make_client, run_client
from bot.chat.desk import Behind
from bot.chat.surfaces import Surfaces
from bot.chat.wire import Wire
from bot.domain.keeping import Choices
from bot.engines.extractive import ExtractiveEngine
from bot.intake import Reader
from bot.jobs.opening import Jobs, Manner, open_jobs
from bot.jobs.ports import Parts
from bot.playground import Playground
from bot.prompting import load_prompts
from bot.services.admitting import DEFAULTS, Admission
from bot.services.asking import QuestionDesk
from bot.services.shelf import ShelvedReader
from bot.settings import Settings, load_settings
from bot.store.store import Store, open_store
from tests.support.scripted_briefer import ScriptedBriefer
from tests.support.small_bot import until

EDIT_EVERY = 0.02


@dataclass(frozen=True)
class Office:
    """What stands behind the clients of one process: what is kept, the jobs, the script."""

    briefer: ScriptedBriefer
    store: Store
    jobs: Jobs
    wire: Wire
    settings: Settings
    admission: Admission | None = None
    actions: ActionParts = field(default_factory=ActionParts)


@dataclass(frozen=True)
class Nutgraf:
    """The bot online, the script behind it, and what it keeps."""

    client: NutgrafClient
    briefer: ScriptedBriefer
    store: Store
    jobs: Jobs


@asynccontextmanager
async def office(
    *,
    briefer: ScriptedBriefer | None = None,
    settings: Settings | None = None,
    folder: Path | None = None,
    choices: Choices | None = None,
    actions: ActionParts | None = None,
    free: bool = False,
) -> AsyncIterator[Office]:
    """Durable work over what is in `folder`; what is unfinished there is taken up. `free`: they cost nothing."""
    briefer = briefer or ScriptedBriefer()
    with TemporaryDirectory() as empty:
        database = f"sqlite+aiosqlite:///{(folder or Path(empty)) / 'nutgraf.db'}"
        settings = (settings or load_settings(_env_file=None)).model_copy(
            update={"database_url": SecretStr(database)}
        )
        wire = Wire()
        async with open_store(database) as store, Reader.open(settings) as reader:
            briefer.shelf = store.shelf
            parts = Parts(
                briefer=briefer,
                reader=ShelvedReader(reader, store.shelf),
                shelf=store.shelf,
                database=store.database,
                answerer=DiscordAnswerer(Surfaces(wire), store.answers, edit_every=EDIT_EVERY),
                free=lambda _: free,
            )
            async with open_jobs(settings, parts, Manner(farewell=0)) as jobs:
                admission = None
                if choices is not None:
                    prompts = await asyncio.to_thread(load_prompts, None)
                    admission = Admission(
                        choices=store.choices,
                        usage=store.usage,
                        sections=prompts,
                        operators=choices.over(DEFAULTS),
                    )
                await jobs.take_up(store.answers)
                yield Office(briefer, store, jobs, wire, settings, admission, actions_over(store, actions))


def actions_over(store: Store, wanted: ActionParts | None = None) -> ActionParts:
    """What the buttons under a briefing need: the store's, and the extractive engine for questions where `wanted`
    has nobody else for them."""
    wanted = wanted or ActionParts()
    extractive = ExtractiveEngine()
    return replace(
        wanted,
        documents=store.shelf,
        reports=store.reports,
        usage=store.usage,
        questions=wanted.questions or QuestionDesk({"auto": extractive, "extractive": extractive}),
    )


@asynccontextmanager
async def front(
    playground: Playground, behind: Office, *, settings: Settings | None = None, more: tuple[Feature, ...] = ()
) -> AsyncIterator[Nutgraf]:
    """A client over `behind`, ready inside the block, closed after it."""
    client = make_client(
        Behind(orders=behind.jobs, book=behind.store.answers, admission=behind.admission, actions=behind.actions),
        settings or behind.settings,
        wire=behind.wire,
        more=more,
        ready_timeout=0.05,
        edit_every=EDIT_EVERY,
    )
    run = asyncio.create_task(run_client(client, playground.token))
    try:
        await until(lambda: run.done() or client.is_ready())
        if run.done():
            run.result()
        yield Nutgraf(client, behind.briefer, behind.store, behind.jobs)
    finally:
        await client.close()
        await asyncio.wait({run})


@asynccontextmanager
async def running(
    playground: Playground,
    *,
    briefer: ScriptedBriefer | None = None,
    settings: Settings | None = None,
    folder: Path | None = None,
    choices: Choices | None = None,
    actions: ActionParts | None = None,
    more: tuple[Feature, ...] = (),
    free: bool = False,
) -> AsyncIterator[Nutgraf]:
    """The bot ready inside the block, closed after it. What is in `folder` is found again by the next one.

    `choices`: what every place has chosen. `free`: briefings cost nothing.
    """
    made = office(briefer=briefer, settings=settings, folder=folder, choices=choices, actions=actions, free=free)
    async with (
        made as behind,
        front(playground, behind, more=more) as bot,
    ):
        yield bot


@pytest.fixture
async def nutgraf(playground: Playground) -> AsyncIterator[Nutgraf]:
    """The bot online."""
    async with running(playground) as bot:
        yield bot
