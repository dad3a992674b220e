"""A fleet from the Procfile: release, two shard processes, two workers on PostgreSQL; one worker is killed.

Orders come in by the bots and are worked on by the workers: their progress is seen under the bot's note, and its
button stops them.

    python -m scripts.fleet_test --database postgresql://127.0.0.1/nutgraf --digests 12

The playground and a small news site live in this process; each process of the fleet is a `honcho start` of its
own, as on a host that runs one process a machine. Prints the figures as JSON; exits with 1 where a promise was
broken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.domain.digest import Digest
from bot.domain.schedule import Schedule
from bot.jobs.waiting import queue_readings
from bot.playground import Channel, Playground
from bot.store.store import open_store

ROOT = Path(__file__).parents[1]
SHARDS = 2


class SlowNews:
    """Feeds `/feed/<n>` of one article each, which takes `seconds` to be read, or if "held…" until `let_go`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.url = ""
        self.under_way = 0
        self.let_go = asyncio.Event()
        self.readings: Counter[str] = Counter()

    async def feed(self, request: web.Request) -> web.Response:
        """One item, an hour old."""
        name = request.match_info["name"]
        stamp = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))
        item = f"<title>Bridge {name} reopens</title><link>{self.url}/article/{name}</link><guid>{name}</guid>"
        body = f"<channel><title>Feed {name}</title><item>{item}<pubDate>{stamp}</pubDate></item></channel>"
        return web.Response(text=f'<rss version="2.0">{body}</rss>', content_type="application/rss+xml")

    async def article(self, request: web.Request) -> web.Response:
        """A short article, slowly."""
        name = request.match_info["name"]
        self.readings[name] += 1
        self.under_way += 1
        try:
            await (self.let_go.wait() if name.startswith("held") else asyncio.sleep(self._seconds))
        finally:
            self.under_way -= 1
        paragraph = (
            f"<p>The bridge {name} reopened on Monday after nine weeks of repairs, and some 400 people crossed it "
            "within the first hour, the town said. “We are glad that it is open again,” said Ola Lind.</p>"
        )
        title = f"Bridge {name} reopens"
        body = f"<body><article><h1>{title}</h1>{paragraph * 5}</article></body>"
        page = f"<html><title>{title}</title>{body}</html>"
        return web.Response(text=page, content_type="text/html")


@asynccontextmanager
async def served(news: SlowNews) -> AsyncIterator[str]:
    """The site's address."""
    app = web.Application()
    app.add_routes([web.get("/feed/{name}", news.feed), web.get("/article/{name}", news.article)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    news.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield news.url
    finally:
        await runner.cleanup()


@dataclass
class Process:
    """One `honcho start NAME`, and where its health is served."""

    name: str
    honcho: asyncio.subprocess.Process
    health: str

    @property
    def pids(self) -> list[int]:
        """honcho's children, the innermost last."""
        found, todo = [], [self.honcho.pid]
        while todo:
            children = Path(f"/proc/{todo[0]}/task/{todo[0]}/children")
            todo = [*todo[1:], *map(int, children.read_text().split() if children.exists() else ())]
            found += [pid for pid in todo if pid not in found]
        return found

    @property
    def megabytes(self) -> int:
        """Resident memory of what honcho started."""
        status = Path(f"/proc/{self.pids[-1]}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def kill(self) -> None:
        """-9 to what honcho started; honcho itself ends when it hears of that."""
        os.kill(self.pids[-1], signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, as a host does."""
        if self.honcho.returncode is None:
            self.honcho.terminate()
        await asyncio.wait_for(self.honcho.wait(), 30)


class Fleet:
    """Processes of the Procfile, with the environment they share."""

    def __init__(self, environment: dict[str, str], logs: Path) -> None:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        self._environment = {"PATH": path, "HOME": str(logs), "PYTHONPATH": str(ROOT), **environment}
        self._logs = logs
        self.started: list[Process] = []

    async def start(self, name: str, **environment: str) -> Process:
        """One process of that name."""
        port = _free_port()
        log = (self._logs / f"{name}-{len(self.started)}.log").open("wb")
        honcho = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "honcho", "-f", str(ROOT / "Procfile"), "-d", str(self._logs)),
            *("start", "--port", str(port), name),
            env={**self._environment, **environment},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        process = Process(name, honcho, f"http://127.0.0.1:{port}")
        self.started.append(process)
        return process

    async def stop(self) -> None:
        """All of them."""
        await asyncio.gather(*(process.stop() for process in self.started))


async def fleet_test(database: str, digests: int, logs: Path, *, slow: float = 1.0) -> dict[str, Any]:
    """The figures of one run on an empty PostgreSQL database. `broken` names broken promises."""
    news, figures = SlowNews(slow), dict[str, Any]()
    async with AsyncExitStack() as stack:
        playground = await stack.enter_async_context(Playground())
        site = await stack.enter_async_context(served(news))
        fleet = Fleet(_environment(playground, site, database), logs)
        stack.push_async_callback(fleet.stop)
        channels = [await _channel_on(playground, shard) for shard in range(SHARDS)]
        begun = time.monotonic()
        release = await fleet.start("release")
        figures["release_exit"] = await release.honcho.wait()
        workers = [await fleet.start("worker") for _ in range(2)]
        bots = [await fleet.start("bot", SHARD_IDS=str(shard), SHARD_COUNT=str(SHARDS)) for shard in range(SHARDS)]
        await _until(lambda: _ready(workers), 60, "workers are ready")
        await _until(_now(lambda: len(playground.gateway.sessions) == SHARDS), 60, "shards are connected")
        figures["seconds_to_ready"] = _since(begun)

        begun = time.monotonic()
        stored = await _add_digests(database, site, channels, digests)
        await _until(_now(lambda: news.under_way > 0), 30, "work is under way")
        workers[0].kill()
        figures["digests_posted_at_the_kill"] = len(_posted(playground, channels))
        for number, channel in enumerate(channels):
            await playground.person("ada").say(channel, f"{playground.mention} {site}/article/asked{number}")
        restarted = await fleet.start("worker")
        await _until(_now(lambda: len(_posted(playground, channels)) >= len(stored)), 120, "digests are posted")
        figures["seconds_to_the_last_post"] = _since(begun)
        await _until(_now(lambda: _answered(playground, channels) == [1] * SHARDS), 60, "mentions are answered")
        await _until(lambda: _ready([restarted]), 30, "the restarted worker is ready")
        await asyncio.sleep(1)  # would a double come now?
        figures["megabytes"] = {
            "bot": [bot.megabytes for bot in bots],
            "worker": [worker.megabytes for worker in (workers[1], restarted)],
        }
        figures["seconds_to_cancel"] = await _cancelled(playground, news, channels[0], database)
        figures["metrics"] = await _metrics(workers[1])
        posted = _posted(playground, channels)
        figures |= {"digests": len(stored), "posted": sum(posted.values())}
        figures["article_readings"] = sum(news.readings.values())
        figures["broken"] = [f"posted twice: {name}" for name, times in posted.items() if times > 1]
        figures["broken"] += ["release failed"] if figures["release_exit"] else []
        await fleet.stop()
    return figures


async def _cancelled(playground: Playground, news: SlowNews, channel: Channel, database: str) -> float:
    """Seconds from the press of the button, in a bot, until a worker has stopped what it shows to be at."""
    ada = playground.person("ada")
    asked = await ada.say(channel, f"{playground.mention} {news.url}/article/held1 {news.url}/article/held2")
    note = await playground.wait_for_message(channel, lambda message: message.reply_to == asked.id, 30)
    # The bot's own note says "Reading…"; which source it is only a worker knows.
    await playground.wait_until(note, lambda message: "Reading source" in message.text, 30)
    begun = time.monotonic()
    await ada.click(note, "Cancel")
    await playground.wait_until(note, lambda message: "Cancelled by" in message.text, 10)
    await _until(lambda: _idle(database), 30, "what was cancelled has stopped")
    seconds = _since(begun)
    news.let_go.set()
    await asyncio.sleep(2)  # would the card come all the same?
    if "Cancelled by" not in note.text:
        raise SystemExit(f"What was cancelled was answered: {note.text[:80]!r}")
    return seconds


async def _idle(database: str) -> bool:
    """Whether no job waits or runs."""
    async with open_store(database, own=False) as store:
        return not await queue_readings(store.database)


def _environment(playground: Playground, site: str, database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_BASE": playground.api_url,
        "DISCORD_GATEWAY": playground.gateway_url,
        "FETCH_ALLOW_HOSTS": urlsplit(site).netloc,
        "LOG_FORMAT": "json",
    }


async def _channel_on(playground: Playground, shard: int) -> Channel:
    """A channel of a server that falls to `shard`, with ada in it."""
    world = playground.world
    while ((guild := world.add_guild(f"Newsroom {shard}")).id >> 22) % SHARDS != shard:  # noqa: ASYNC110
        await asyncio.sleep(0.001)  # the shard is a matter of the millisecond in the id
    guild.members.append(playground.person("ada").user.id)
    return world.add_channel("desk", guild=guild)


async def _add_digests(database: str, site: str, channels: list[Channel], count: int) -> list[Digest]:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    schedule = await asyncio.to_thread(Schedule, zone="UTC", times=(now.time(),))
    async with open_store(database, own=False) as store:
        return [
            await store.digests.add(
                Digest(
                    guild_id=channel.guild_id or 0,
                    channel_id=channel.id,
                    name=f"Digest {number}",
                    schedule=schedule,
                    feeds=(f"{site}/feed/item{number}",),
                    stories=1,
                    created_by=1,
                    next_run=now,
                )
            )
            for number, channel in ((number, channels[number % len(channels)]) for number in range(count))
        ]


def _posted(playground: Playground, channels: list[Channel]) -> Counter[str]:
    """How often each digest stands in its channel."""
    marks = (
        button.get("custom_id", "")
        for channel in channels
        for message in playground.messages(channel, by_bot=True)
        for button in message.buttons
    )
    return Counter(mark for mark in marks if mark.startswith("nutgraf:about:digest-"))


def _answered(playground: Playground, channels: list[Channel]) -> list[int]:
    """Finished briefings of mentions, by channel."""
    return [
        sum(
            "Key quotes" in message.text and not any("digest-" in b.get("custom_id", "") for b in message.buttons)
            for message in playground.messages(channel, by_bot=True)
        )
        for channel in channels
    ]


async def _ready(processes: list[Process]) -> bool:
    async with aiohttp.ClientSession() as client:
        for process in processes:
            try:
                async with client.get(f"{process.health}/readyz") as answer:
                    if answer.status != 200:
                        return False
            except aiohttp.ClientError:
                return False
    return True


async def _metrics(process: Process) -> dict[str, float]:
    """Our own figures that are not parts of a histogram."""
    async with aiohttp.ClientSession() as client, client.get(f"{process.health}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    rows = (line.rsplit(" ", 1) for line in lines if line.startswith("nutgraf_") and "_bucket" not in line)
    return {name: float(value) for name, value in rows if not name.partition("{")[0].endswith("_created")}


async def _until(claim: Callable[[], Awaitable[bool]], seconds: float, name: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            while not await claim():  # noqa: ASYNC110  it is true in other processes
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise SystemExit(f"After {seconds:g} s it is not so that {name}.") from None


def _now(claim: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return claim()

    return asked


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 1)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="A fleet from the Procfile; one worker is killed.")
    parser.add_argument("--database", required=True, help="an empty PostgreSQL database")
    parser.add_argument("--digests", type=int, default=12)
    parser.add_argument("--logs", type=Path, default=Path("fleet-logs"), help="folder of the processes' logs")
    arguments = parser.parse_args()
    arguments.logs.mkdir(exist_ok=True)
    figures = asyncio.run(fleet_test(arguments.database, arguments.digests, arguments.logs.resolve()))
    print(json.dumps(figures, indent=2))
    return 1 if figures["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
