"""The process that the kill test kills: what `nutgraf worker` is made of, on either database.

It asks its parent for work, says what it accepted, and speaks to the playground's Discord REST. Started by
`scripts.kill_test` with one JSON argument.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.app import open_app, warm_up
from bot.chat.client import use_api
from bot.chat.wire import worker_wire
from bot.cli.durable import durable
from bot.domain.brief import Brief
from bot.domain.digest import Digest
from bot.domain.errors import NutgrafError
from bot.domain.order import ArticleOrder
from bot.domain.schedule import Schedule
from bot.domain.source import LinkSource
from bot.jobs.opening import Jobs
from bot.jobs.orders import BriefOrder
from bot.jobs.ports import nonce_of
from bot.settings import Settings
from bot.store.store import Store
from bot.text.tokens import count_tokens

Place = Mapping[str, str | int | None]


class Answers:
    """Just enough of Discord's REST to take orders and answer them."""

    def __init__(self, http: aiohttp.ClientSession, api: str, token: str) -> None:
        self._http = http
        self._api = api
        self._headers = {"Authorization": f"Bot {token}"}

    async def answer(self, place: Place, outcome: Brief | NutgrafError, key: str) -> None:
        """Put the outcome in the place of the note."""
        said = f"failed: {outcome}" if isinstance(outcome, NutgrafError) else f"by {outcome.engine}"
        body = {"content": f"{key} answered {said}"[:1_900]}
        await self._ask("PATCH", f"/channels/{place['channel']}/messages/{place['message']}", body)

    async def note(self, channel: int, key: str) -> int:
        """The note that stands until the answer does."""
        body = {"content": f"{key} reading", "nonce": nonce_of(key), "enforce_nonce": True}
        return int((await self._ask("POST", f"/channels/{channel}/messages", body))["id"])

    async def _ask(self, method: str, path: str, body: object) -> Any:
        async with self._http.request(method, self._api + path, json=body, headers=self._headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")
            return await answer.json()


class Front:
    """Takes work from the parent; what it says it accepted must be done, whatever happens to this process."""

    def __init__(
        self, http: aiohttp.ClientSession, parent: str, answers: Answers, store: Store, jobs: Jobs
    ) -> None:
        self._http = http
        self._parent = parent
        self._answers = answers
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
        note = await self._answers.note(order["channel"], order["key"])
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
    settings = Settings(_env_file=None, **told["settings"])
    use_api(told["api"], told["gateway"])
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        answers = Answers(http, told["api"], told["token"])
        wire = await stack.enter_async_context(worker_wire(told["token"]))
        app = await stack.enter_async_context(open_app(settings))
        # As the bot does; otherwise the short lives of this process are spent on imports.
        await warm_up(app)
        await asyncio.to_thread(count_tokens, "warm")
        opened = await stack.enter_async_context(durable(app, wire, answerer=answers))
        await Front(http, told["parent"], answers, opened.store, opened.jobs).run()


if __name__ == "__main__":
    asyncio.run(main())
