"""The bot as a process of its own under load: mentions at a steady rate, whatever has been answered by then.

Three crowds. "cold": links to some thirty articles that nobody has read before, all asked for from the start.
"steady": the same links, as people of many channels ask for the day's news, and one in 25 to a page that is new:
the aims are for this one. "texts": pasted texts, each another, all at once. The local Discord and the crowd run in
the measuring process, on the same cores, so the figures are upper bounds.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import resource
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot.playground import Channel, Message, Person, Playground
from bot.playground.site import Article

RATE = 50  # requests a second
COLD_SECONDS, STEADY_SECONDS = 10, 20
NEW_ONE_IN = 25
TEXTS = 200
JOINED = 8  # gold articles in one
ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold" / "articles"
PEOPLE, CHANNELS = 20, 10


def main() -> dict[str, float]:
    """Seconds by figure; prints a line a figure."""
    figures = asyncio.run(_measure())
    print(f"{RATE} mentions a second, steady: one in {NEW_ONE_IN} to a page that is new")
    print(f"  acknowledged   median {figures['ack'] * 1000:6.0f} ms   aim: 150")
    print(f"  card           median {figures['card'] * 1000:6.0f} ms   aim: 300")
    print(f"  card           p99    {figures['card_p99'] * 1000:6.0f} ms   aim: 1,000")
    print(f"  unanswered     {figures['unanswered']:6.0f}")
    print(f"  processor time of the bot for one: {figures['cpu'] * 1000:.1f} ms")
    print(
        f"{RATE} mentions a second, cold: {figures['articles']:.0f} articles that nobody has read, from the start"
    )
    print(f"  card           median {figures['cold_card'] * 1000:6.0f} ms")
    print(f"  card           p99    {figures['cold_card_p99'] * 1000:6.0f} ms")
    print(f"  unanswered     {figures['cold_unanswered']:6.0f}")
    print(f"{TEXTS} texts at once: {figures['texts_rate']:.1f} briefings a second, to the end")
    print(f"  processor time of the bot for one: {figures['cpu_texts'] * 1000:.0f} ms")
    print(f"  memory of the bot at most {figures['memory']:.0f} MB")
    return figures


async def _measure() -> dict[str, float]:
    with TemporaryDirectory() as folder:
        async with Playground() as playground:
            texts = _of_usual_length([_plain(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.txt"))])
            known = [_article(number, text) for number, text in enumerate(texts)]
            new = [_article(100 + n, _another(n, texts)) for n in range(RATE * STEADY_SECONDS // NEW_ONE_IN)]
            playground.site.articles = (*known, *new)
            async with _bot(playground, Path(folder)) as process:
                crowd = _Crowd(playground)
                await crowd.warm(_another(-1, texts))
                links, unread = ([playground.article_url(a.slug) for a in several] for several in (known, new))
                asked = await crowd.steadily(COLD_SECONDS, lambda n: links[n % len(links)])
                cold = await crowd.figures(asked)
                before = _used(process.pid)
                asked = await crowd.steadily(
                    STEADY_SECONDS, lambda n: links[n % len(links)] if n % NEW_ONE_IN else unread[n // NEW_ONE_IN]
                )
                figures = await crowd.figures(asked)
                figures["cpu"] = (_used(process.pid) - before) / len(asked)
                figures |= {f"cold_{name}": figure for name, figure in cold.items()} | {"articles": len(known)}
                started, before = time.perf_counter(), _used(process.pid)
                asked = [await crowd.ask(n, _another(1_000 + n, texts)) for n in range(TEXTS)]
                await crowd.figures(asked)
                figures["texts_rate"] = TEXTS / (time.perf_counter() - started)
                figures["cpu_texts"] = (_used(process.pid) - before) / TEXTS
                figures["memory"] = _peak(process.pid)
                return figures


class _Crowd:
    """People in several channels, who note when they are answered."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._people: list[Person] = [playground.person(f"reader-{n}") for n in range(PEOPLE)]
        self._channels: list[Channel] = [playground.create_channel(f"desk-{n}") for n in range(CHANNELS)]
        self._noted: dict[int, float] = {}
        self._posted: dict[int, float] = {}
        playground.world.listen(self._look)

    async def warm(self, text: str) -> None:
        """One briefing first: imports and models are loaded with it. What is said before READY is not heard."""
        while not self._posted:
            await self._answered([await self.ask(0, text)], seconds=3)

    async def ask(self, number: int, what: str) -> tuple[int, float]:
        """One mention; its message and when it was said."""
        at = time.perf_counter()
        person, channel = self._people[number % PEOPLE], self._channels[number % CHANNELS]
        said = await person.say(channel, f"{self._playground.mention} {what[:3_900]}")
        return said.id, at

    async def steadily(self, seconds: int, what: Callable[[int], str]) -> list[tuple[int, float]]:
        """RATE mentions a second, come what may."""
        begun, asked = time.perf_counter(), []
        for number in range(RATE * seconds):
            await asyncio.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
            asked.append(await self.ask(number, what(number)))
        return asked

    async def figures(self, asked: list[tuple[int, float]], seconds: float = 120) -> dict[str, float]:
        """How long each waited, once all are answered or `seconds` are over."""
        await self._answered(asked, seconds)
        noted = [self._noted[key] - at for key, at in asked if key in self._noted]
        posted = sorted(self._posted[key] - at for key, at in asked if key in self._posted)
        return {
            "ack": statistics.median(noted),
            "card": statistics.median(posted),
            "card_p99": posted[int(len(posted) * 0.99)],
            "unanswered": len(asked) - len(posted),
        }

    async def _answered(self, asked: list[tuple[int, float]], seconds: float) -> None:
        end = time.perf_counter() + seconds
        while any(key not in self._posted for key, _ in asked) and time.perf_counter() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # the crowd only looks

    def _look(self, event: object) -> None:
        message = getattr(event, "message", None)
        if isinstance(message, Message) and message.author.id == self._playground.bot.id and message.reply_to:
            now = time.perf_counter()
            self._noted.setdefault(message.reply_to, now)
            if message.text.startswith("## "):  # a card begins with its title, a note does not
                self._posted.setdefault(message.reply_to, now)


@asynccontextmanager
async def _bot(playground: Playground, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_BASE": playground.api_url,
        "DISCORD_GATEWAY": playground.gateway_url,
        "FETCH_ALLOW_HOSTS": urlsplit(playground.url).netloc,
        "USER_COOLDOWN_SECONDS": "0",
        "GUILD_COOLDOWN_SECONDS": "0",
        "LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=folder, env=environment
    )
    try:
        await playground.wait_for_bot(timeout=60)
        yield process
    finally:
        process.terminate()
        await process.wait()


def _plain(marked: str) -> str:
    """An article of the gold set without its marks: the title, then the text."""
    _, head, body = marked.split("---\n", 2)
    title = re.search(r'^title: "?(.*?)"?$', head, re.MULTILINE)
    words = re.sub(r"⟦[^|⟧]*\|([^⟧]*)⟧", r"\1", body)
    return f"{title[1] if title else 'Untitled'}\n{words}"


def _of_usual_length(texts: list[str]) -> list[str]:
    """The gold articles are short: each with the bodies of those that follow it, some 4,500 characters in all."""
    bodies = [text.partition("\n")[2] for text in texts]
    return [
        "\n".join([text.partition("\n")[0], *((bodies * 2)[at : at + JOINED])]) for at, text in enumerate(texts)
    ]


def _another(number: int, texts: list[str]) -> str:
    """One of the texts, made another."""
    title, _, body = texts[number % len(texts)].partition("\n")
    return f"{title} ({number})\nStory {number} of this run.\n{body}"


def _article(number: int, text: str) -> Article:
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in body.split("\n") if part.strip())
    page = f"<html><head><title>{html.escape(title)}</title></head><body><article><h1>{html.escape(title)}</h1>"
    return Article(f"gold-{number}", f"{page}{paragraphs}</article></body></html>", title, "2026-03-04", "")


def _used(pid: int) -> float:
    """Processor seconds of the process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> float:
    """The most memory it ever had, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
