"""Draws the README's pictures: the bot at work as the playground's page shows it, in headless Chromium.

    python -m scripts.picture              # all of them, into docs/images
    python -m scripts.picture ask phone    # these alone

Needs the machine's own Chromium (`chromium` on PATH, or CHROMIUM=/path); nothing is downloaded. A picture is a row
of PICTURES: a name, how wide and high, and the steps of a person at the page. Each has a playground of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import re
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright
from playwright.async_api import TimeoutError as PlaywrightTimeout

from bot.cli.playground import bot_in
from bot.playground import Playground
from bot.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
PALETTE = Path(__file__).with_name("picture_palette.js")
MOST_BYTES = 250_000
HIGHEST = 2000
PATIENCE_MS = 15_000
PORT = 8420
"""Addresses are seen in the pictures, so that they had better stay the same."""
ARTICLE = "swing-bridge-closure"
OTHER_ARTICLES = ("seagrass-meadows-return", "night-bus-strike", "library-book-returned")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
]


@dataclass
class Stage:
    """What the steps act on: the page as one person sees it, and the playground behind it."""

    page: Page
    playground: Playground

    @property
    def newest(self) -> Locator:
        """The last message on the page."""
        return self.page.locator(".message").last


Step = Callable[[Stage], Awaitable[object]]


def _addressed(on: Stage, words: str) -> str:
    address = on.playground.article_url
    return words.format(article=address(ARTICLE), others=" ".join(map(address, OTHER_ARTICLES)))


# --- steps ----------------------------------------------------------------------------------------------------


def write(words: str) -> Step:
    """Types into the composer and sends; `{article}` and `{others}` stand for addresses of the news site."""

    async def step(on: Stage) -> None:
        box = on.page.get_by_label("Message", exact=True)
        await box.fill(_addressed(on, words))
        await box.press("Enter")

    return step


def command(name: str, **options: str) -> Step:
    """Picks a slash command and runs it with these options, named as the page names them."""

    async def step(on: Stage) -> None:
        await on.page.get_by_label("Message", exact=True).press_sequentially(f"/{name}")
        await on.page.get_by_role("option", name=f"/{name}").first.click()
        for option, value in options.items():
            field = on.page.locator("#command").get_by_label(option)
            if await field.evaluate("node => node.tagName") == "SELECT":
                await field.select_option(label=value)
            else:
                await field.fill(_addressed(on, value))
        if await on.page.get_by_role("button", name="Run").is_visible():
            await on.page.get_by_role("button", name="Run").click()

    return step


def click(label: str) -> Step:
    """Presses the newest button with this label, as soon as it is there."""

    async def step(on: Stage) -> None:
        ending = re.compile(re.escape(label) + "$")  # an emoji may stand before it
        await on.page.locator("#messages").get_by_role("button", name=ending).last.click()

    return step


def fill(label: str, words: str) -> Step:
    """Types into a field of the form that is open."""

    async def step(on: Stage) -> None:
        await on.page.get_by_role("dialog").get_by_label(label).fill(words)

    return step


def pick(menu: str, row: int) -> Step:
    """Picks the option in this row (from 1) of the newest menu whose label begins so."""

    async def step(on: Stage) -> None:
        await on.newest.get_by_label(re.compile("^" + re.escape(menu))).first.select_option(index=row)

    return step


def submit() -> Step:
    """Sends the form that is open."""

    async def step(on: Stage) -> None:
        await on.page.get_by_role("dialog").get_by_role("button", name="Submit").click()

    return step


def see(words: str) -> Step:
    """Waits until these words stand in the newest message."""

    async def step(on: Stage) -> None:
        await on.newest.get_by_text(words).first.wait_for()

    return step


def form() -> Step:
    """Waits for a form to open."""

    async def step(on: Stage) -> None:
        await on.page.get_by_role("dialog").wait_for()

    return step


def slow_model(seconds: float) -> Step:
    """From now on the model endpoint takes its time."""

    async def step(on: Stage) -> None:
        on.playground.model.delay = seconds

    return step


def show_top() -> Step:
    """Scrolls to where the newest message begins."""

    async def step(on: Stage) -> None:
        await on.newest.evaluate("node => node.scrollIntoView({block: 'start'})")

    return step


# --- the pictures ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A row: who looks (`person`), at what size in CSS pixels, in which colours.

    Without a height it is as high as the conversation (2,000 at most), and the page's welcome is left out.
    `model` has the scripted endpoint write, not the extractive engine; `only_main` leaves the side list out,
    `last` all messages but the last so many.
    """

    steps: tuple[Step, ...]
    width: int = 1040
    height: int | None = None
    scale: float = 1.5
    theme: str = "dark"
    person: str = "ada"
    model: bool = False
    only_main: bool = False
    last: int = 9


BRIEFED = (write("@Nutgraf {article}"), see("Key quotes"))
ASKED = (
    click("Ask"),
    form(),
    fill("What do you want to know", "How much will the work on the bridge cost?"),
)

PICTURES: dict[str, Picture] = {
    "briefing": Picture(BRIEFED),
    "light": Picture(BRIEFED, theme="light", only_main=True),
    "phone": Picture((*BRIEFED, show_top()), width=390, height=844, scale=2),
    "progress": Picture((slow_model(30), write("@Nutgraf {article}"), see("Writing")), model=True, only_main=True),
    "pages": Picture(
        (command("brief", link="{article} {others}", length="Long"), see("1 / "), click("▶"), see("2 / ")),
        only_main=True,
    ),
    "evidence": Picture(
        (*BRIEFED, click("Evidence"), see("Choose"), pick("Key quotes", 1), see("Open source")),
        only_main=True,
        last=1,
    ),
    "ask": Picture((*BRIEFED, *ASKED), height=760),
    "answer": Picture((*BRIEFED, *ASKED, submit(), see("crowns")), only_main=True, last=1),
    "more": Picture((*BRIEFED, click("More …"), see("What else")), only_main=True, last=1),
    "settings": Picture((command("settings show"), see("Settings")), only_main=True),
}
"""Every picture by its file's name."""


# --- drawing --------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Draw the pictures named, or all; 1 where there is no Chromium or a picture became too heavy."""
    parser = argparse.ArgumentParser(description="Draw the README's pictures into docs/images.")
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], help="which ones (all, when none is named)")
    names = parser.parse_args(arguments).names or list(PICTURES)
    browser = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if browser is None:
        print("No Chromium found: install it (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    sizes = asyncio.run(_draw(browser, names))
    for name, size in sizes.items():
        print(f"docs/images/{name}.png  {size / 1000:.0f} kB{'  TOO HEAVY' if size > MOST_BYTES else ''}")
    return int(any(size > MOST_BYTES for size in sizes.values()))


async def _draw(browser: str, names: list[str]) -> dict[str, int]:
    sizes = {}
    async with async_playwright() as drawing:
        chromium = await drawing.chromium.launch(executable_path=browser, args=FLAGS)
        for name in names:
            sizes[name] = await _draw_one(chromium, PICTURES[name], FOLDER / f"{name}.png")
        await chromium.close()
    return sizes


async def _draw_one(chromium: Browser, picture: Picture, target: Path) -> int:
    async with Playground(port=PORT) as playground, bot_in(playground, _settings(playground, picture)):
        size = ViewportSize(width=picture.width, height=picture.height or 900)
        context = await chromium.new_context(viewport=size, device_scale_factor=picture.scale)
        await context.add_init_script(
            f"localStorage.theme = '{picture.theme}'; localStorage.person = '{picture.person}';"
        )
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        await page.goto(playground.url)
        await page.get_by_text("Nutgraf is online").wait_for()
        stage = Stage(page, playground)
        for number, step in enumerate(picture.steps, 1):
            try:
                await step(stage)
            except PlaywrightTimeout:
                said = (await page.locator("main").inner_text())[-1500:]
                sys.exit(f"{target.stem}: step {number} waited in vain; the page ends:\n{said}")
        if picture.height is None:
            await _fit(page, picture.width, picture.last)
        await page.mouse.move(0, 0)
        await page.wait_for_timeout(400)  # fonts, transitions and the scroll settle
        drawn = await (page.locator("main").screenshot() if picture.only_main else page.screenshot())
        await context.close()
        await asyncio.to_thread(target.write_bytes, await _lightened(chromium, drawn))
    return (await asyncio.to_thread(target.stat)).st_size


async def _fit(page: Page, width: int, last: int) -> None:
    """Makes the window as high as the last so many messages."""
    await page.locator("#messages").evaluate(
        """(list, last) => {
          const said = [...list.children].filter((node) => !node.matches(".welcome"));
          list.replaceChildren(...said.slice(-last));
        }""",
        last,
    )
    needed: int = await page.evaluate("""() => {
      const list = document.querySelector("#messages");
      const said = [...list.children].reduce((sum, node) => sum + node.getBoundingClientRect().height + 16, 24);
      return Math.ceil(innerHeight - list.clientHeight + said);
    }""")
    await page.set_viewport_size(ViewportSize(width=width, height=min(needed, HIGHEST)))


async def _lightened(chromium: Browser, png: bytes) -> bytes:
    """The same picture with a palette: a third of the weight."""
    page = await chromium.new_page()
    script = await asyncio.to_thread(PALETTE.read_text, "utf-8")
    light: str = await page.evaluate(script, base64.b64encode(png).decode())
    await page.close()
    return base64.b64decode(light)


def _settings(playground: Playground, picture: Picture) -> Settings:
    model = (
        {"llm_base_url": playground.model_url, "llm_model": "stand-in"}
        if picture.model
        else {"llm_base_url": None}
    )
    return load_settings(_env_file=None, prompts_dir=None, **model)


if __name__ == "__main__":
    sys.exit(main())
