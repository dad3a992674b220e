"""kill -9 at random moments, with digests and briefings under way: is anything lost, doubled, or paid twice?

    python -m scripts.kill_test --kills 100 --database sqlite+aiosqlite:///kill.db

The playground, the model endpoint and a small news site live in this process and outlast every kill; what counts
is what they see on the wire. Prints the figures as JSON; exits with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from aiohttp import web

from bot.playground import Playground
from bot.playground.model import Model
from bot.store.database import database_url
from bot.store.migrating import upgrade

_BOUNDARY = re.compile(r"=== [0-9a-f]{24} ===")
_PAGE = re.compile(r"nutgraf:about:(digest-(\d+)-[\w:-]+)#(\d+)")  # under each page of a digest
LEAST, MOST = 0.05, 3.0  # seconds from a worker's "ready" to its end
DELAY = 0.12  # seconds that a model call takes
GRACE = 2.0  # seconds in which an answer may not be written down yet, on a machine that is busy with other work


class Call(NamedTuple):
    """One request to the model: what was asked, when it came, and when its answer had left."""

    key: str
    came: float
    left: float


class TimedModel(Model):
    """The playground's model endpoint, which writes down when it was called. Each call takes `delay` seconds."""

    def __init__(self, delay: float) -> None:
        super().__init__()
        self.delay = delay
        self.calls: list[Call] = []

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        came = time.monotonic()
        body = await request.json()
        asked = _BOUNDARY.sub("", json.dumps([body.get("model"), body.get("messages")], sort_keys=True))
        key = hashlib.sha256(asked.encode()).hexdigest()
        try:
            return await super()._complete(request)
        finally:
            self.calls.append(Call(key, came, time.monotonic()))


class News:
    """Feeds `/feed/<n>` of three articles each, one of them shared by four feeds, and the articles."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.url = ""
        self.pages: Counter[str] = Counter()

    def routes(self) -> list[web.RouteDef]:
        """For the parent's server."""
        return [web.get("/feed/{number}", self._feed), web.get("/article/{name}", self._article)]

    async def _feed(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        names = [f"group{number // 4}", f"one{number}", f"two{number}"]
        stamp = _published("%a, %d %b %Y %H:%M:%S GMT")
        items = "".join(
            f"<item><title>{self._title(name)}</title><link>{self.url}/article/{name}</link>"
            f"<guid>{name}</guid><pubDate>{stamp}</pubDate></item>"
            for name in names
        )
        feed = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
        return web.Response(text=feed, content_type="application/rss+xml")

    async def _article(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.pages[name] += 1
        # Every third article is long enough for several model calls.
        count = 60 if self._random(name).random() < 0.33 else 8
        words = self._random(name)
        paragraphs = "".join(f"<p>{_sentence(words, name)} {_sentence(words, name)}</p>" for _ in range(count))
        title = self._title(name)
        body = f"<body><article><h1>{title}</h1>{paragraphs}</article></body>"
        # The day that the feed says, too: another one would rightly be another briefing.
        day = f'<meta property="article:published_time" content="{_published("%Y-%m-%d")}">'
        page = f"<html><head><title>{title}</title>{day}</head>{body}</html>"
        return web.Response(text=page, content_type="text/html")

    def _title(self, name: str) -> str:
        return f"{_headline(self._random(name))} {name}"

    def _random(self, name: str) -> random.Random:
        return random.Random(f"{self._seed} {name}")


_SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu", "dar", "fel", "gom", "hin", "jor", "kas")
_SUBJECTS = ("The town council", "A ferry company", "The school board", "Engineers", "Farmers", "The library")
_VERBS = ("approved", "rejected", "postponed", "published", "repaired", "counted")
_OBJECTS = ("a budget", "the timetable", "a new bridge", "the harbour wall", "three reports", "the orchard")


def _published(form: str) -> str:
    return time.strftime(form, time.gmtime(time.time() - 600))


def _invented(chosen: random.Random) -> str:
    return "".join(chosen.choices(_SYLLABLES, k=3)).title()


def _headline(chosen: random.Random) -> str:
    return " ".join(_invented(chosen) for _ in range(4))


def _sentence(chosen: random.Random, name: str) -> str:
    place = _invented(chosen)
    return (
        f"{chosen.choice(_SUBJECTS)} of {place} {chosen.choice(_VERBS)} {chosen.choice(_OBJECTS)} on Monday, "
        f"after {chosen.randint(2, 90)} people in {_invented(chosen)} had asked for it, {name} was told."
    )


@dataclass
class Ledger:
    """What the parent asked for and what it was promised."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)  # offered, not accepted yet
    digests: dict[str, dict[str, Any]] = field(default_factory=dict)
    accepted_orders: set[str] = field(default_factory=set)
    accepted_digests: set[int] = field(default_factory=set)
    leave: bool = False


class Parent:
    """The world around the worker."""

    def __init__(self, playground: Playground, news: News, seed: int) -> None:
        self._playground = playground
        self._news = news
        self._random = random.Random(seed)
        self._made = 0
        self.ledger = Ledger()
        self.ready = asyncio.Event()
        self.url = ""

    def routes(self) -> list[web.RouteDef]:
        """What the worker asks and tells."""
        return [
            web.get("/work", self._work),
            web.post("/ready", self._ready),
            web.post("/accepted", self._accepted),
            *self._news.routes(),
        ]

    def more_work(self, *, orders: int, digests: int) -> None:
        """Something for the next worker: some orders name articles that digests tell of too."""
        for _ in range(orders):
            self._made += 1
            name = self._random.choice([f"order{self._made}", f"one{self._made}", f"group{self._made // 4}"])
            key = f"o{self._made}"
            self.ledger.orders[key] = {
                "key": key,
                "url": f"{self.url}/article/{name}",
                "guild": self._random.randint(1, 3),
                "channel": self._playground.channel("general").id,
            }
        for _ in range(digests):
            self._made += 1
            name = f"Digest {self._made}"
            self.ledger.digests[name] = {
                "name": name,
                "feeds": [f"{self.url}/feed/{self._made}"],
                "guild": self._random.randint(1, 3),
                "channel": self._playground.channel("briefings").id,
            }

    async def _work(self, _: web.Request) -> web.Response:
        ledger = self.ledger
        return web.json_response(
            {
                "leave": ledger.leave,
                "orders": list(ledger.orders.values()),
                "digests": list(ledger.digests.values()),
            }
        )

    async def _ready(self, _: web.Request) -> web.Response:
        self.ready.set()
        return web.json_response({})

    async def _accepted(self, request: web.Request) -> web.Response:
        told = await request.json()
        if "key" in told:
            self.ledger.orders.pop(told["key"], None)
            self.ledger.accepted_orders.add(told["key"])
        else:
            self.ledger.digests.pop(told["name"], None)
            self.ledger.accepted_digests.add(told["digest"])
        return web.json_response({})

    # --- what stands on the wire ------------------------------------------------------------------------------

    def pages(self) -> Counter[str]:
        """How often each page of each delivery was posted."""
        posted = self._playground.messages(self._playground.channel("briefings"), by_bot=True)
        marks = (button.get("custom_id", "") for message in posted for button in message.buttons)
        return Counter(mark for mark in marks if _PAGE.fullmatch(mark))

    def answered(self) -> set[str]:
        """The orders whose note was replaced by the answer."""
        texts = [m.text for m in self._playground.messages(self._playground.channel("general"), by_bot=True)]
        return {text.split()[0] for text in texts if " answered by " in text}

    def lost(self) -> list[str]:
        """What was accepted and is not done."""
        posted = {int(found[2]) for page in self.pages() if (found := _PAGE.fullmatch(page))}
        undone = {f"digest {digest}" for digest in self.ledger.accepted_digests - posted}
        return sorted((self.ledger.accepted_orders - self.answered()) | undone)


class Again(NamedTuple):
    """Model calls made again: seconds from when the first answer left to the next kill (below 0: never left)."""

    in_flight: list[float]
    finished: list[float]


def repeated(calls: list[Call], kills: list[float], grace: float) -> Again:
    """Which repeated calls a kill explains: the answer had not left, or not been written down within `grace`."""
    again = Again([], [])
    by_key: dict[str, list[Call]] = defaultdict(list)
    for call in sorted(calls, key=lambda call: call.came):
        by_key[call.key].append(call)
    for same in by_key.values():
        for earlier, later in pairwise(same):
            between = [kill for kill in kills if earlier.came <= kill <= later.came]
            gap = round(min(between, default=later.came) - earlier.left, 2)
            (again.in_flight if between and gap <= grace else again.finished).append(gap)
    return again


@asynccontextmanager
async def served(parent: Parent) -> AsyncIterator[str]:
    """The parent's own server."""
    app = web.Application()
    app.add_routes(parent.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def kill_test(
    database: str,
    kills: int,
    *,
    seed: int = 1,
    forgetful: bool = False,
    grace: float = GRACE,
    seconds: float = 240,
) -> dict[str, Any]:
    """The figures of `kills` rounds on `database`, which is made ready first. `broken` names broken promises."""
    await asyncio.to_thread(upgrade, database_url(database))
    chosen = random.Random(seed)
    model = TimedModel(DELAY)
    killed: list[float] = []
    playground = Playground()
    playground.model = model
    async with playground:
        parent = Parent(playground, news := News(seed), seed)
        async with served(parent) as url:
            parent.url = news.url = url
            order = _argument(playground, url, database)
            started = time.monotonic()
            for round_ in range(kills):
                parent.more_work(orders=2, digests=2)
                worker = await _start(parent, order)
                await asyncio.sleep(chosen.uniform(LEAST, MOST))
                worker.kill()
                killed.append(time.monotonic())
                await worker.wait()
                if forgetful:
                    playground.world.nonces.clear()
                if sys.stdout.isatty():
                    print(f"{round_ + 1}/{kills}", end="\r", flush=True)
            worker = await _start(parent, order)
            try:
                async with asyncio.timeout(seconds):
                    while parent.ledger.orders or parent.ledger.digests or parent.lost():  # noqa: ASYNC110
                        await asyncio.sleep(0.1)
            except TimeoutError:
                pass
            await asyncio.sleep(1)  # would a double come now?
            parent.ledger.leave = True
            await asyncio.wait_for(worker.wait(), 30)
            figures = _figures(parent, news, repeated(model.calls, killed, grace), worker.returncode)
            calls = {"model_calls": len(model.calls), "distinct_model_calls": len({c.key for c in model.calls})}
            return {"kills": len(killed), "seconds": round(time.monotonic() - started, 1)} | calls | figures


def _figures(parent: Parent, news: News, again: Again, left_with: int | None) -> dict[str, Any]:
    doubled = sorted(page for page, times in parent.pages().items() if times > 1)
    lost = parent.lost()
    unanswered = sorted(parent.ledger.orders) + sorted(parent.ledger.digests)
    broken = [*(f"lost: {name}" for name in lost), *(f"posted twice: {page}" for page in doubled)]
    broken += [f"{len(again.finished)} model calls paid twice"] if again.finished else []
    broken += [f"never accepted: {name}" for name in unanswered]
    broken += [f"the last worker left with {left_with}"] if left_with else []
    return {
        "orders_accepted": len(parent.ledger.accepted_orders),
        "digests_accepted": len(parent.ledger.accepted_digests),
        "accepted_lost": len(lost),
        "pages_posted": sum(parent.pages().values()),
        "posted_twice": len(doubled),
        "repeated_in_flight": len(again.in_flight),
        "longest_in_flight_seconds": max(again.in_flight, default=0.0),
        "repeated_finished": len(again.finished),
        "finished_before_kill_seconds": sorted(again.finished),
        "articles": len(news.pages),
        "article_readings": sum(news.pages.values()),
        "broken": broken,
    }


def _argument(playground: Playground, url: str, database: str) -> str:
    settings = {
        "database_url": database,
        "llm_base_url": playground.model_url,
        "llm_model": "stand-in",
        "llm_context_tokens": 4_000,
        "llm_max_answer_tokens": 1_000,
        "fetch_allow_hosts": url.removeprefix("http://"),
        "worker_id": "killed" if database.startswith("postgres") else None,
    }
    api = {"api": playground.api_url, "gateway": playground.gateway_url, "token": playground.token, "parent": url}
    return json.dumps({"settings": settings, **api})


async def _start(parent: Parent, argument: str) -> asyncio.subprocess.Process:
    parent.ready.clear()
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "scripts.kill_worker", argument)
    ready = asyncio.create_task(parent.ready.wait())
    ended = asyncio.create_task(worker.wait())
    await asyncio.wait({ready, ended}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
    for task in (ready, ended):
        task.cancel()
    if not parent.ready.is_set():
        raise RuntimeError(f"the worker did not get ready; it left with {worker.returncode}")
    return worker


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="kill -9 at random moments, counted at the wire")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", help="default: a SQLite file in a temporary folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forgetful", action="store_true", help="Discord forgets all nonces at each kill")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = given.database or f"sqlite+aiosqlite:///{folder}/kill.db"
        figures = asyncio.run(kill_test(database, given.kills, seed=given.seed, forgetful=given.forgetful))
    print(json.dumps(figures, indent=2))
    return 1 if figures["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
