"""From start to ready, and from a mention to the posted card: the real bot in the playground, over the wire.

The ideal beside it is the playground's own round trip: what a bare request to it takes in this run.
"""

from __future__ import annotations

import asyncio
import statistics
import time

import httpx

from bot.cli.playground import bot_in
from bot.playground import Playground
from bot.settings import load_settings

ARTICLE = "swing-bridge-closure"
STARTS, ASKS = 3, 12


def main() -> dict[str, float]:
    """Medians in seconds; prints a line a figure."""
    figures = asyncio.run(_measure())
    print(f"start to ready        {figures['ready'] * 1000:7.0f} ms   aim: under 2,000")
    print(f"mention to note       {figures['acknowledged'] * 1000:7.0f} ms")
    print(f"mention to card       {figures['card'] * 1000:7.0f} ms   aim: under 300 (extractive)")
    print(
        f"one bare round trip   {figures['bare'] * 1000:7.1f} ms   card = {figures['card'] / figures['bare']:.0f}x"
    )
    return figures


async def _measure() -> dict[str, float]:
    settings = load_settings(_env_file=None, llm_base_url=None, prompts_dir=None)
    starts: list[float] = []
    figures: dict[str, float] = {}
    for _ in range(STARTS):
        started = time.perf_counter()
        async with Playground() as playground, bot_in(playground, settings):
            starts.append(time.perf_counter() - started)
            if len(starts) == STARTS:
                figures = await _ask(playground)
    return {"ready": statistics.median(starts), **figures}


async def _ask(playground: Playground) -> dict[str, float]:
    channel = playground.channel("general")
    ada = playground.person("ada")
    noted, posted, bare = [], [], []
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(ASKS):
            at = time.perf_counter()
            await client.get(playground.article_url(ARTICLE))
            bare.append(time.perf_counter() - at)
            at = time.perf_counter()
            asked = await ada.say(channel, f"{playground.mention} {playground.article_url(ARTICLE)}")
            await playground.wait_for_message(channel, after=asked)
            noted.append(time.perf_counter() - at)
            await playground.wait_for_message(channel, lambda m: "Key quotes" in m.text, after=asked)
            posted.append(time.perf_counter() - at)
    return {
        "acknowledged": statistics.median(noted),
        "card": statistics.median(posted),
        "bare": statistics.median(bare),
    }
