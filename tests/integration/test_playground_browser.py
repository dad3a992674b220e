"""The page in a real browser, where the machine has one: a command, a click, a form, a phone's width."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from bot.playground import Channel, Person, Playground
from tests.integration.test_playground_page import PageBot
from tests.support.small_bot import online

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


async def test_command_button_and_form_work_in_the_browser(
    playground: Playground, grace: Person, general: Channel, browser: Browser
) -> None:
    page = await browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    async with online(playground, PageBot()):
        await page.goto(playground.url)
        await page.get_by_text("Nutgraf is online").wait_for()
        await grace.say(general, "<script>document.title='owned'</script> **hello** ||hidden||")
        await page.get_by_text("hello", exact=True).wait_for()
        await page.get_by_label("Message", exact=True).fill("/menu")
        await page.get_by_role("option", name="/menu").click()
        await page.locator("#command input").fill("1")
        await page.get_by_role("button", name="Run").click()
        await page.get_by_role("button", name="Ask").click()
        await page.get_by_label("Words").fill("why now")
        await page.get_by_role("button", name="Submit").click()
        await page.get_by_text("thanks").wait_for()
        assert "owned" not in await page.title()
        assert troubles == []
        await page.close()


async def test_nothing_is_wider_than_a_phone(
    playground: Playground, ada: Person, general: Channel, browser: Browser
) -> None:
    page = await browser.new_page(viewport={"width": 360, "height": 720})
    await ada.say(general, "a" * 300 + "\n```\n" + "b" * 300 + "\n```")
    await page.goto(playground.url)
    await page.locator(".message").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate("document.querySelector('#messages').scrollWidth") <= 360
    await page.get_by_label("Show channels").click()
    await page.get_by_role("button", name="briefings").click()
    await page.get_by_text("Welcome to #briefings").wait_for()
    await page.close()
