"""kill -9 at random moments, with digests and briefings under way: is anything lost, doubled, or paid twice?

    python -m scripts.kill_test --database sqlite --kills 100
    python -m scripts.kill_test --database postgresql --kills 100
    python -m scripts.kill_test --free              without a model, so that people's orders are no jobs

What is killed is the bot itself: `nutgraf run` on SQLite; on PostgreSQL `nutgraf run` and `nutgraf worker`, each
by itself. The local Discord with its people, the model endpoint and a small news site live in this process and
outlast every kill; what counts is what they see on the wire. Prints the figures as JSON and as a row for the docs;
exits with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.domain.digest import Digest
from bot.domain.schedule import Schedule
from bot.playground import Playground
from bot.store.database import database_url
from bot.store.migrating import upgrade
from bot.store.store import open_store
from scripts.kill_people import FAILED, People, counted, state_of
from scripts.kill_site import Again, News, TimedModel, repeated, started_postgres
from scripts.kill_worker import Mortal

LEAST, LONGEST = 0.05, 4.0  # seconds from a process's being ready to its end
EARLY: Final = 0.15  # of the processes: so many die at some moment of their start
DELAY: Final = 0.12  # seconds that a model call takes
SLOW: Final = 2.5  # seconds that a page takes at most where there is no model to be slow
GRACE: Final = 2.0  # seconds in which an answer may not be written down yet, on a machine busy with other work
UNDONE: Final = 4  # digests: as long as there are so many, no more are made
ASK_EVERY, DIGEST_EVERY = 0.8, 2.0  # seconds, on average
_PAGE: Final = re.compile(r"nutgraf:about:(digest-(\d+)-[\w:-]+)#(\d+)")  # under each page of a digest


class Reaper:
    """Kills each of `mortals` at random moments, `kills` times together; none lives `longest` seconds."""

    def __init__(self, mortals: list[Mortal], chosen: random.Random, kills: int, longest: float) -> None:
        self._mortals = mortals
        self._random = chosen
        self._to_come = kills
        self._longest = longest

    async def run(self, mourned: Callable[[Mortal], Awaitable[None]]) -> None:
        """Until all kills are done; then everybody is alive once more."""
        async with asyncio.TaskGroup() as group:
            for mortal in self._mortals:
                group.create_task(self._haunt(mortal, mourned))

    async def _haunt(self, mortal: Mortal, mourned: Callable[[Mortal], Awaitable[None]]) -> None:
        while self._to_come > 0:
            self._to_come -= 1
            begun = time.monotonic()
            await mortal.start()
            if self._random.random() < EARLY:
                await asyncio.sleep(self._random.uniform(0, 3))
            elif await mortal.ready():
                # Where a start takes long, so does work: on a machine that is busy with other things.
                longest = max(self._longest, time.monotonic() - begun)
                await asyncio.sleep(self._random.uniform(LEAST, longest))
            if not await mortal.kill():
                self._to_come += 1
            await mourned(mortal)
        await mortal.start()


class Digests:
    """Digests that are due at once, made beside the bot, and what of them was posted."""

    def __init__(self, people: People, news: News, database: str) -> None:
        self._people = people
        self._news = news
        self._database = database
        self.accepted: set[int] = set()

    async def make(self, enough: asyncio.Event, chosen: random.Random) -> None:
        """One now and then until it is `enough`."""
        while not enough.is_set():
            await asyncio.sleep(chosen.uniform(0, 2 * DIGEST_EVERY))
            if len(self.lost()) < UNDONE:
                await self._add(chosen.choice(self._people.digest_channels))

    async def _add(self, channel: Any) -> None:
        """A digest that is due this very minute, from a feed of its own."""
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        schedule = await asyncio.to_thread(Schedule, zone="UTC", times=(now.time(),))
        number = self._people.feeds
        digest = Digest(
            guild_id=channel.guild_id,
            channel_id=channel.id,
            name=f"Digest {number}",
            schedule=schedule,
            feeds=(f"{self._news.url}/feed/{number}",),
            stories=3,
            created_by=1,
            next_run=now,
        )
        # Opened anew each time: were it kept open, a killed bot would never be the last who had the file.
        async with open_store(self._database, own=False) as store:
            self.accepted.add((await store.digests.add(digest)).id)
        self._people.feeds = number + 1

    def pages(self) -> Counter[str]:
        """How often each page of each delivery was posted."""
        marks = (button.get("custom_id", "") for message in self._people.seen.posted for button in message.buttons)
        return Counter(mark for mark in marks if _PAGE.fullmatch(mark))

    def lost(self) -> set[int]:
        """Those that were not posted."""
        return self.accepted - {int(found[2]) for page in self.pages() if (found := _PAGE.fullmatch(page))}


async def kill_test(database: str, kills: int, folder: Path, *, seed: int = 1, **manner: Any) -> dict[str, Any]:
    """The figures of `kills` on `database`, which is made ready first. `broken` names broken promises.

    `folder` is for logs. `manner`: see `Trial`.
    """
    await asyncio.to_thread(upgrade, database_url(database))
    async with AsyncExitStack() as stack:
        playground = Playground()
        playground.model = model = TimedModel(DELAY)
        await stack.enter_async_context(playground)
        news = News(seed, SLOW if manner.get("free") else 0)
        await stack.enter_async_context(news.served())
        trial = Trial(playground, news, model, database, folder, seed, **manner)
        return await trial.run(kills)


class Trial:
    """One run, all times in seconds. `settling`: what is left may take so long at the end. `ask_every`: how often
    orders are asked for, on average. `longest`: no process lives so long. `free`: there is no model, but a slow
    site."""

    def __init__(  # noqa: PLR0913  the world
        self,
        playground: Playground,
        news: News,
        model: TimedModel,
        database: str,
        folder: Path,
        seed: int,
        *,
        settling: float = 300,
        grace: float = GRACE,
        ask_every: float = ASK_EVERY,
        forgetful: float | None = None,
        longest: float = LONGEST,
        free: bool = False,
    ) -> None:
        self._playground = playground
        self._news = news
        self._model = model
        self._folder = folder
        self._random = random.Random(seed)
        self._settling = settling
        self._grace = grace
        self._ask_every = ask_every
        self._forgetful = forgetful
        self._longest = longest
        self._people = People(playground, news, seed)
        self._digests = Digests(self._people, news, database)
        shared = _environment(playground, news.url, database)
        if free:
            del shared["LLM_BASE_URL"]
        self._mortals = [Mortal("run", database.startswith("sqlite"), shared, folder)]
        if not database.startswith("sqlite"):
            self._mortals.append(Mortal("worker", True, shared, folder))

    async def run(self, kills: int) -> dict[str, Any]:
        """The figures."""
        begun, enough = time.monotonic(), asyncio.Event()
        asking = asyncio.create_task(self._people.ask(enough, every=self._ask_every))
        making = asyncio.create_task(self._digests.make(enough, self._random))
        try:
            await Reaper(self._mortals, self._random, kills, self._longest).run(self._mourn)
            enough.set()
            killed = time.monotonic() - begun
            finished = await self._settled(asking, making)
            await asyncio.sleep(1)  # would a double come now?
        finally:
            for task in (asking, making):
                task.cancel()
            await asyncio.gather(asking, making, return_exceptions=True)
            for mortal in self._mortals:
                await mortal.stop()
        seconds = {"seconds": round(time.monotonic() - begun, 1), "seconds_of_killing": round(killed, 1)}
        figures = {"kills": sum(len(mortal.kills) for mortal in self._mortals)} | seconds | self._figures()
        figures["broken"] += [] if finished else ["the backlog was not finished"]
        return figures

    async def _mourn(self, mortal: Mortal) -> None:
        playground = self._playground
        if mortal.command == "run":
            # As on Discord when a bot comes back after a while: what was said meanwhile is not told again.
            await playground.drop_sockets(None, resumable=False)
            playground.gateway.sessions.clear()
        if self._forgetful is not None:
            now, nonces = playground.world.clock.now(), playground.world.nonces
            for key, message in list(nonces.items()):
                if (now - message.created).total_seconds() > self._forgetful:
                    del nonces[key]
        if sys.stdout.isatty():
            print(f"{sum(len(each.kills) for each in self._mortals)} kills", end="\r", flush=True)

    async def _settled(self, *asking: asyncio.Task[None]) -> bool:
        """Whether the last was asked, and all that was accepted came to its end in time."""
        try:
            async with asyncio.timeout(self._settling):
                await asyncio.gather(*map(asyncio.shield, asking))
                while self._digests.lost() or any(asked.is_lost for asked in self._people.asked()):  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
        except TimeoutError:
            return False
        return True

    # --- what came of it --------------------------------------------------------------------------------------

    def _figures(self) -> dict[str, Any]:
        asked = list(self._people.asked())
        accepted = [each for each in asked if each.accepted]
        pages, model = self._digests.pages(), self._model
        kills = sorted(kill for mortal in self._mortals if mortal.works for kill in mortal.kills)
        again = repeated(model.calls, kills, self._grace)
        lost = [f"{each.kind} {each.key}" for each in accepted if each.is_lost]
        lost += [f"digest {digest}" for digest in sorted(self._digests.lost())]
        doubled = [f"{each.kind} {each.key}" for each in asked if each.is_doubled]
        doubled += sorted(page for page, times in pages.items() if times > 1)
        failed = Counter(m.text for each in asked for m in each.finished if state_of(m) == FAILED)
        left = [f"{mortal.command} left with {code}" for mortal in self._mortals for code in mortal.left if code]
        return {
            "orders_accepted": len(accepted),
            "orders_by_kind": counted(asked),
            "orders_failed": dict(failed),
            "asked_again": self._people.asked_again,
            "tokens_run_out": len(self._people.revoked),
            "digests_accepted": len(self._digests.accepted),
            "pages_posted": sum(pages.values()),
            "lost": len(lost),
            "doubled": len(doubled),
            "model_calls": len(model.calls),
            "distinct_model_calls": len({call.key for call in model.calls}),
            "repeated_in_flight": len(again.in_flight),
            "longest_in_flight_seconds": max(again.in_flight, default=0.0),
            "repeated_finished": len(again.finished),
            "articles": len(self._news.pages),
            "article_readings": sum(self._news.pages.values()),
            "errors_logged": self._errors(),
            "broken": [
                *(f"lost: {name}" for name in lost),
                *(f"posted twice: {name}" for name in doubled),
                *(f"left thinking: {key}" for key in self._people.left_thinking()),
                *(f"nobody asked for: {text}" for text in self._unasked(asked)),
                *_paid_twice(again),
                *left,
            ],
        }

    def _unasked(self, asked: list[Any]) -> list[str]:
        known = {message.id for each in asked for message in each.answers}
        posted = (message for message in self._people.seen.posted if message.id not in known)
        return [
            message.text[:80]
            for message in posted
            if not any(_PAGE.fullmatch(str(button.get("custom_id"))) for button in message.buttons)
        ]

    def _errors(self) -> dict[str, int]:
        """Lines of the processes' logs that tell of errors."""
        found: Counter[str] = Counter()
        for log in self._folder.glob("*.log"):
            for line in log.read_text(errors="replace").splitlines():
                if line.startswith("{") and '"level": "error"' in line:
                    told = json.loads(line)
                    found[f"{told['logger']}: {told['event'][:100]} {told.get('error', '')}"] += 1
                elif line.startswith("Traceback"):
                    found["Traceback"] += 1
        return dict(found)


def _paid_twice(again: Again) -> list[str]:
    if not again.finished:
        return []
    return [f"{len(again.finished)} model calls paid twice: {'; '.join(again.finished)}"]


def _environment(playground: Playground, site: str, database: str) -> dict[str, str]:
    known = {
        "PATH": os.environ.get("PATH", ""),
        "DATABASE_URL": database,
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_BASE": playground.api_url,
        "DISCORD_GATEWAY": playground.gateway_url,
        "LLM_BASE_URL": playground.model_url,
        "LLM_MODEL": "stand-in",
        "LLM_CONTEXT_TOKENS": "4000",
        "LLM_MAX_ANSWER_TOKENS": "1000",
        "FETCH_ALLOW_HOSTS": urlsplit(site).netloc,
        "LOG_FORMAT": "json",
    }
    # People here ask more often than people do.
    return known | {"USER_COOLDOWN_SECONDS": "0", "GUILD_COOLDOWN_SECONDS": "0"}


def row(where: str, figures: dict[str, Any]) -> str:
    """The figures as a row of the table in docs/scaling.md."""
    cells = (
        where,
        figures["kills"],
        figures["orders_accepted"],
        figures["digests_accepted"],
        figures["lost"],
        figures["doubled"],
        f"{figures['distinct_model_calls']} / {figures['repeated_in_flight']} / {figures['repeated_finished']}",
        f"{figures['seconds']:.0f} s",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="kill -9 at random moments, counted at the wire")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql (one is started), or an address")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forgetful", type=float, help="Discord forgets nonces older than that at each kill (s)")
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds that a process lives at most")
    parser.add_argument("--free", action="store_true", help="without a model")
    parser.add_argument("--logs", type=Path, help="folder of the processes' logs, kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.logs or Path(temporary)).resolve()
        folder.mkdir(exist_ok=True, parents=True)
        database = given.database
        if database == "sqlite":
            database = f"sqlite+aiosqlite:///{temporary}/kill.db"
        elif database == "postgresql":
            database = started_postgres()
        manner = {"seed": given.seed, "forgetful": given.forgetful, "longest": given.longest, "free": given.free}
        figures = asyncio.run(kill_test(database, given.kills, folder, **manner))
    print(json.dumps(figures, indent=2))
    print(row(given.database.partition(":")[0], figures))
    return 1 if figures["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
