"""The process that the kill test kills: the real jobs, store, intake and model endpoint, spoken to over HTTP only.

It asks its parent for work, says what it accepted, and posts to the playground's Discord REST. Started by
`scripts.kill_test` with one JSON argument.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.domain.brief import Brief
from bot.domain.digest import Digest
from bot.domain.edition import DigestEdition
from bot.domain.errors import NutgrafError
from bot.domain.schedule import Schedule
from bot.domain.source import LinkSource
from bot.engines.cascade import CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.intake import Reader
from bot.intake.feeds import FeedReader
from bot.jobs.ledger import NotedEndpoint
from bot.jobs.making import parts_of
from bot.jobs.opening import Jobs, Manner, open_jobs
from bot.jobs.orders import ArticleOrder, BriefOrder
from bot.jobs.ports import Saved, nonce_of
from bot.llm import HttpEndpoint
from bot.prompting import load_prompts
from bot.services.shelf import Writer
from bot.settings import Settings
from bot.store.store import Store, open_store

Place = Mapping[str, str | int | None]


class Discord:
    """Just enough of Discord's REST to post digests and answers. `enforce`: whether nonces are sent along."""

    def __init__(self, http: aiohttp.ClientSession, api: str, token: str, *, enforce: bool) -> None:
        self._http = http
        self._api = api
        self._headers = {"Authorization": f"Bot {token}"}
        self._enforce = enforce

    async def post(
        self, digest: Digest, edition: DigestEdition, key: str, already: Sequence[int], saved: Saved
    ) -> tuple[int, ...]:
        """Two pages: the head, and the stories."""
        titles = "; ".join(story.title or story.chosen.story.title for story in edition.stories)
        ids = list(already)
        for page in (f"{key} page 0: {edition.name}", f"{key} page 1: {titles}"[:1_900])[len(ids) :]:
            ids.append(await self.say(digest.channel_id, page, nonce_of(key, len(ids))))
            await saved(ids[-1])
        return tuple(ids)

    async def find_posted(self, digest: Digest, key: str, since: datetime) -> tuple[int, ...]:
        """By the key that each page starts with."""
        found: dict[str, int] = {}
        before: str | None = None
        while True:
            query = "?limit=100" + (f"&before={before}" if before else "")
            messages = await self._ask("GET", f"/channels/{digest.channel_id}/messages{query}")
            for message in messages:
                if message["content"].startswith(f"{key} page "):
                    found[message["content"][: len(key) + 7]] = int(message["id"])
            if len(messages) < 100 or datetime.fromisoformat(messages[-1]["timestamp"]) < since:
                return tuple(found[name] for name in sorted(found))
            before = messages[-1]["id"]

    async def answer(self, place: Place, outcome: Brief | NutgrafError, key: str) -> None:
        """Put the outcome in the place of the note."""
        said = f"failed: {outcome}" if isinstance(outcome, NutgrafError) else f"by {outcome.engine}"
        body = {"content": f"{key} answered {said}"[:1_900]}
        await self._ask("PATCH", f"/channels/{place['channel']}/messages/{place['message']}", body)

    async def say(self, channel: int, text: str, nonce: str) -> int:
        """Post one message."""
        body = {"content": text, "nonce": nonce, "enforce_nonce": self._enforce}
        return int((await self._ask("POST", f"/channels/{channel}/messages", body))["id"])

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        async with self._http.request(method, self._api + path, json=body, headers=self._headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            return await answer.json()


@asynccontextmanager
async def opened(settings: Settings, discord: Discord) -> AsyncIterator[tuple[Store, Jobs]]:
    """The composition of the bot, with `discord` as its front."""
    async with AsyncExitStack() as stack:
        prompts = await asyncio.to_thread(load_prompts, None)
        store = await stack.enter_async_context(open_store(settings.database_url.get_secret_value()))
        real = await stack.enter_async_context(HttpEndpoint.open(settings))
        llm = LlmEngine(NotedEndpoint(real), prompts, concurrency=settings.llm_concurrency)
        parts = parts_of(
            store,
            reader=await stack.enter_async_context(Reader.open(settings)),
            feeds=FeedReader(settings),
            prompts=prompts,
            engines={"auto": CascadeEngine(llm, ExtractiveEngine()), "llm": llm},
            writer=Writer(prompts.digest, "llm", settings.llm_model),
            poster=discord,
            answerer=discord,
        )
        yield store, await stack.enter_async_context(open_jobs(settings, parts, Manner(every=0.1)))


class Front:
    """Takes work from the parent; what it says it accepted must be done, whatever happens to this process."""

    def __init__(
        self, http: aiohttp.ClientSession, parent: str, discord: Discord, store: Store, jobs: Jobs
    ) -> None:
        self._http = http
        self._parent = parent
        self._discord = discord
        self._store = store
        self._jobs = jobs

    async def run(self) -> None:
        """Until killed, or until the parent has nothing more and says so."""
        await self._tell("ready", {})
        while True:
            async with self._http.get(f"{self._parent}/work") as answer:
                work = await answer.json()
            if work.get("leave"):
                return
            for order in work["orders"]:
                await self._order(order)
            for digest in work["digests"]:
                await self._digest(digest)
            await asyncio.sleep(0.05)

    async def _order(self, order: dict[str, Any]) -> None:
        """As the bot does: a note first, then the order, then the person may rely on it."""
        note = await self._discord.say(order["channel"], f"{order['key']} reading", nonce_of(order["key"], 9))
        article = ArticleOrder(sources=(LinkSource(url=order["url"]),))
        place = {"channel": order["channel"], "message": note}
        await self._jobs.accept(
            BriefOrder(key=order["key"], guild_id=order["guild"], article=article, place=place)
        )
        await self._tell("accepted", {"key": order["key"]})

    async def _digest(self, wanted: dict[str, Any]) -> None:
        """A digest that is due this very minute."""
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        schedule = await asyncio.to_thread(Schedule, zone="UTC", times=(now.time(),))
        digest = Digest(
            guild_id=wanted["guild"],
            channel_id=wanted["channel"],
            name=wanted["name"],
            schedule=schedule,
            feeds=tuple(wanted["feeds"]),
            stories=3,
            created_by=1,
            next_run=now,
        )
        stored = await self._store.digests.add(digest)
        await self._tell("accepted", {"name": wanted["name"], "digest": stored.id})

    async def _tell(self, what: str, body: dict[str, Any]) -> None:
        async with self._http.post(f"{self._parent}/{what}", json=body) as answer:
            answer.raise_for_status()


async def main() -> None:
    """Work as the JSON argument says."""
    told = json.loads(sys.argv[1])
    settings = Settings(_env_file=None, **told["settings"])  # type: ignore[call-arg]
    async with aiohttp.ClientSession() as http:
        discord = Discord(http, told["api"], told["token"], enforce=told["enforce"])
        async with opened(settings, discord) as (store, jobs):
            await Front(http, told["parent"], discord, store, jobs).run()


if __name__ == "__main__":
    asyncio.run(main())
