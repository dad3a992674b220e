"""`nutgraf demo` and `nutgraf try`: the real bot in a local Discord, on the embedded defaults."""

from __future__ import annotations

import asyncio
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.app import open_app, warm_up
from bot.chat.client import NutgrafClient, make_client, run_client, use_api
from bot.chat.wire import Wire
from bot.playground import Message, Playground
from bot.settings import Settings, load_settings
from bot.watch.logs import start_logging

READY_SECONDS = 0.2  # the local guild is known at once; on the real Discord this waits for many
DEMO_ARTICLE = "swing-bridge-closure"


def demo(_: Namespace) -> int:
    """Join, be mentioned with an article, post, print what was posted; 0 when a briefing came."""
    # The embedded defaults, whatever the environment says: a demo spends nobody's tokens.
    settings = load_settings(_env_file=None, llm_base_url=None, prompts_dir=None)
    start_logging(settings)
    return asyncio.run(_demo(settings))


def try_(arguments: Namespace) -> int:
    """Keep the local Discord open as a web page until Ctrl-C. A configured model endpoint is used."""
    settings = load_settings()
    start_logging(settings)
    with suppress(KeyboardInterrupt):
        asyncio.run(_try(settings, port=arguments.port))
    return 0


async def _demo(settings: Settings) -> int:
    started = time.perf_counter()
    async with Playground() as playground, bot_in(playground, settings):
        _say(f"The bot joined the local Discord after {time.perf_counter() - started:.1f} s.")
        channel = playground.channel("general")
        ada = playground.person("ada")
        link = playground.article_url(DEMO_ARTICLE)
        _say(f"\n#general  {ada.user.name}: @{playground.bot.name} {link}\n")
        asked = await ada.say(channel, f"{playground.mention} {link}")
        at = time.perf_counter()
        posted = await playground.wait_for_message(channel, _is_briefing, timeout=30, after=asked)
        took = time.perf_counter() - at
        for message in playground.messages(channel, by_bot=True):
            _say(_shown(playground, message))
        _say(f"Posted {took * 1000:.0f} ms after the mention, as message {posted.id}.")
    return 0


async def _try(settings: Settings, *, port: int) -> None:
    async with Playground(port=port) as playground, bot_in(playground, settings):
        engine = settings.llm_model if settings.llm_base_url else "the extractive engine, with no model"
        _say(f"The local Discord is open at {playground.url}")
        _say(f"The bot is in it and writes with {engine}. Articles to try: {playground.article_url('')}")
        _say("Stop it with Ctrl-C.")
        await asyncio.Event().wait()


@asynccontextmanager
async def bot_in(playground: Playground, settings: Settings) -> AsyncIterator[NutgrafClient]:
    """The real bot, logged in to `playground`, which may also read the playground's article site.

    It keeps its books in a folder of its own: the servers and people in here are not real.
    """
    site = urlsplit(playground.url).netloc
    hosts = ",".join(part for part in (settings.fetch_allow_hosts, site) if part)
    async with AsyncExitStack() as stack:
        folder = await asyncio.to_thread(TemporaryDirectory, prefix="nutgraf-")
        stack.push_async_callback(asyncio.to_thread, folder.cleanup)
        database = SecretStr(f"sqlite+aiosqlite:///{Path(folder.name) / 'nutgraf.db'}")
        settings = settings.model_copy(update={"fetch_allow_hosts": hosts, "database_url": database})
        app = await stack.enter_async_context(open_app(settings))
        await warm_up(app)
        use_api(playground.api_url, playground.gateway_url)
        wire = Wire()
        # Late: the workflow engine and the database, which a look at `nutgraf --help` need not wait for.
        imported = await asyncio.to_thread(import_module, "bot.cli.durable")
        opened = await stack.enter_async_context(imported.durable(app, wire))
        client = make_client(
            opened.behind,
            settings,
            wire=wire,
            more=opened.features,
            ready_timeout=READY_SECONDS,
        )
        running = asyncio.create_task(run_client(client, playground.token))
        try:
            await _ready(client, running)
            yield client
        finally:
            await client.close()
            await running


async def _ready(client: NutgrafClient, running: asyncio.Task[None]) -> None:
    """Wait until the bot is ready, or raise what ended it before."""
    ready = asyncio.create_task(client.wait_until_ready())
    await asyncio.wait({ready, running}, return_when=asyncio.FIRST_COMPLETED)
    if not ready.done():
        ready.cancel()
        await running


def _is_briefing(message: Message) -> bool:
    """Not the note that says how far the work is: the card itself names a section."""
    return "Key quotes" in message.text


def _shown(playground: Playground, message: Message) -> str:
    body = "\n".join(f"  | {line}" for line in message.text.splitlines())
    buttons = "  ".join(f"[{button['label']}]" for button in message.buttons if button.get("label"))
    return f"#general  {playground.bot.name}:\n{body}\n  | {buttons}\n"


def _say(text: str) -> None:
    print(text, flush=True)
