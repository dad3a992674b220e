"""Draws the README's picture: a briefing as the playground's page shows it, in headless Chromium.

Needs the machine's own Chromium (`chromium` on PATH, or CHROMIUM=/path); nothing is downloaded.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from bot.cli.playground import bot_in
from bot.playground import Playground
from bot.settings import load_settings

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "briefing.png"
ARTICLE = "swing-bridge-closure"
SIZE = {"width": 1040, "height": 1440}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> int:
    """Write docs/images/briefing.png; 1 where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("No Chromium found: install it (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(_draw(browser))
    print(TARGET.relative_to(ROOT))
    return 0


async def _draw(browser: str) -> None:
    settings = load_settings(_env_file=None, llm_base_url=None, prompts_dir=None)
    async with Playground() as playground, bot_in(playground, settings):
        channel = playground.channel("general")
        ada = playground.person("ada")
        asked = await ada.say(channel, f"{playground.mention} {playground.article_url(ARTICLE)}")
        await playground.wait_for_message(channel, lambda m: "Key quotes" in m.text, after=asked)
        async with async_playwright() as drawing:
            chromium = await drawing.chromium.launch(executable_path=browser, args=FLAGS)
            page = await chromium.new_page(viewport=SIZE, device_scale_factor=1.5)
            await page.goto(playground.url)
            await page.get_by_text("Key quotes").first.wait_for()
            await page.wait_for_timeout(300)  # fonts and the scroll to the newest message settle
            await page.screenshot(path=TARGET)
            await chromium.close()


if __name__ == "__main__":
    sys.exit(main())
