"""The page in a real browser, where the machine has one: every kind of thing that a person can do there."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.playground import Channel, Person, Playground
from tests.support.contrast import WEAK_TEXTS
from tests.support.every_bot import EveryBot
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
PHONE = (360, 720)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


@asynccontextmanager
async def tab(
    browser: Browser, playground: Playground, *, person: str = "ada", size: tuple[int, int] = (1100, 900)
) -> AsyncIterator[Page]:
    """The page as one person sees it; afterwards: nothing went wrong in it."""
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
    await context.add_init_script(f"localStorage.person = '{person}'")
    page = await context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    await page.goto(playground.url)
    await page.get_by_text("Welcome to").wait_for()
    yield page
    assert troubles == []
    await context.close()


async def write(page: Page, words: str) -> None:
    box = page.get_by_label("Message", exact=True)
    await box.fill(words)
    await box.press("Enter")


async def run(page: Page, command: str) -> None:
    await page.get_by_label("Message", exact=True).fill(f"/{command}")
    await page.get_by_role("option", name=f"/{command}").click()


def newest(page: Page) -> Locator:
    return page.locator(".message").last


async def tool(message: Locator, name: str) -> None:
    await message.hover()
    await message.get_by_role("button", name=name, exact=True).click()


async def test_words_mentions_and_markup_are_said_and_shown(
    playground: Playground, grace: Person, general: Channel, browser: Browser
) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await grace.say(general, "<script>document.title='owned'</script> **hello** ||hidden||")
        await page.get_by_text("hello", exact=True).wait_for()
        await page.get_by_label("Message", exact=True).press_sequentially("@nut")
        await page.get_by_role("option", name="@Nutgraf").click()
        await page.get_by_label("Message", exact=True).press_sequentially("good morning")
        await page.keyboard.press("Enter")
        await page.get_by_text("heard: @Nutgraf good morning").wait_for()
        assert "owned" not in await page.title()


async def test_every_kind_of_button_and_select_is_answered(playground: Playground, browser: Browser) -> None:
    role = next(role for role in playground.guild.roles if role.name == "Editors")
    grace = playground.person("grace")
    place = playground.channel("newsroom")
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await run(page, "card")
        card = newest(page)
        for label in ("Primary", "Secondary", "Success", "Danger"):
            await card.get_by_role("button", name=label).click()
            await page.get_by_text(f"{label.lower()}: pressed").wait_for()
            card = page.locator(".message", has=page.get_by_role("button", name="Danger"))
        assert await card.get_by_role("link", name="Source").get_attribute("href") == "https://example.org/story"
        assert await card.get_by_role("button", name="Off").is_disabled()
        await card.get_by_label("One colour").select_option(label="Green")
        await page.get_by_text("one: green").wait_for()
        for label in ("Red", "Blue"):
            await card.get_by_label(label, exact=True).check()
        await card.get_by_role("button", name="Choose").click()
        await page.get_by_text("many: red, blue").wait_for()
        picks = {
            "A person": ("Grace", grace.id),
            "A role": ("Editors", role.id),
            "A channel": ("#newsroom", place.id),
        }
        for menu, (label, identity) in picks.items():
            await card.get_by_label(menu).select_option(label=label)
            await page.get_by_text(f": {identity}").wait_for()


async def test_form_is_filled_and_sent(playground: Playground, browser: Browser) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await run(page, "card")
        await newest(page).get_by_role("button", name="Form").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Line").fill("one line")
        await form.get_by_label("Long").fill("two\nlines")
        await form.get_by_label("Pick").select_option(label="Yes")
        await form.get_by_role("button", name="Submit").click()
        await page.get_by_text("form: one line / two").wait_for()
        assert not await form.is_visible()


async def test_slash_command_takes_completed_options_choices_and_a_file(
    playground: Playground, browser: Browser, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("with a note", "utf-8")
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await run(page, "find")
        panel = page.locator("#command")
        await panel.get_by_label("section").press_sequentially("quo")
        await expect(panel.locator("datalist option")).to_have_count(1)
        assert await panel.locator("datalist option").get_attribute("value") == "quotes"
        await panel.get_by_label("section").fill("quotes")
        await panel.get_by_label("how").select_option(label="Carefully")
        await panel.get_by_label("file").set_input_files(note)
        await panel.get_by_role("button", name="Run").click()
        await page.get_by_text("found quotes c with a note").wait_for()


async def test_pictures_have_words_and_files_can_be_had(playground: Playground, browser: Browser) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await run(page, "card")
        card = newest(page)
        assert await card.locator("img.thumb").get_attribute("alt") == "A thumbnail"
        picture = card.locator("img.picture")
        assert await picture.get_attribute("alt") == "A line of time"
        await expect(picture).to_have_js_property("naturalWidth", 320)
        async with page.expect_download() as download:
            await card.get_by_label("Download briefing.md").click()
        assert (await (await download.value).path()).read_bytes() == b"# A briefing\n"
        await card.get_by_role("button", name="Enlarge: A line of time").click()
        await page.get_by_role("dialog", name="A line of time").click()
        assert not await page.get_by_role("dialog").is_visible()


NOTE_WORDS = """() => {
  window.seen = new Set();
  const note = (node) => window.seen.add(node.textContent.split(" (")[0].trim());
  const look = () => document.querySelectorAll(".message .words").forEach(note);
  const watched = { childList: true, subtree: true };
  new MutationObserver(look).observe(document.querySelector("#messages"), watched);
}"""


async def test_steps_are_seen_as_they_come(playground: Playground, browser: Browser) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await page.evaluate(NOTE_WORDS)
        await run(page, "steps")
        await page.get_by_text("done at last").wait_for()
        assert set(await page.evaluate("[...window.seen]")) >= {"reading", "checking", "done at last"}


async def test_apps_on_messages_and_people_and_who_sees_the_answer(
    playground: Playground, grace: Person, general: Channel, browser: Browser
) -> None:
    async with (
        online(playground, EveryBot()),
        tab(browser, playground) as page,
        tab(browser, playground, person="linus") as other,
    ):
        await grace.say(general, "something to read")
        await tool(newest(page), "Apps")
        await page.get_by_role("menuitem", name="Read this").click()
        await page.get_by_text("read: something to read").wait_for()
        await page.get_by_text("Only you can see this").wait_for()
        await page.get_by_role("button", name="Grace").first.click()
        await page.get_by_role("menuitem", name="Greet").click()
        await other.get_by_text("hello, Grace").wait_for()
        assert await other.get_by_text("read: something").count() == 0
        await page.get_by_role("button", name="Dismiss message").click()
        await expect(page.get_by_text("Only you can see this")).to_have_count(0)
        await other.get_by_label("You are").select_option("ada")
        await expect(other.locator(".message")).to_have_count(2)


async def test_reply_react_edit_forward_thread_and_delete(
    playground: Playground, ada: Person, general: Channel, browser: Browser
) -> None:
    async with tab(browser, playground) as page:
        await write(page, "a story")
        await tool(newest(page), "React")
        await page.get_by_role("menuitem", name="📰").click()
        await page.get_by_role("button", name="📰 1").wait_for()
        (said,) = playground.messages(general)
        assert said.reactions == {"📰": [ada.id]}
        await page.get_by_role("button", name="📰 1").click()
        await expect(page.locator(".reactions")).to_have_count(0)
        await tool(newest(page), "Edit")
        await page.get_by_role("dialog").get_by_label("Message text").fill("a better story")
        await page.get_by_role("dialog").get_by_role("button", name="Save").click()
        await page.get_by_text("(edited)").wait_for()
        await tool(newest(page), "Reply")
        await write(page, "indeed")
        await page.locator(".above", has_text="a better story").wait_for()
        await tool(page.locator(".message").first, "Forward")
        await page.get_by_label("Forward to").select_option(label="#newsroom · The Newsroom")
        await page.get_by_role("dialog").get_by_role("button", name="Forward").click()
        await expect(page.get_by_role("dialog")).not_to_be_visible()
        await page.get_by_role("button", name="newsroom").click()
        await page.locator(".forward", has_text="a better story").wait_for()
        await page.get_by_role("button", name="#general").click()
        await tool(page.locator(".message").first, "Start a thread")
        await page.get_by_text("Welcome to #a better story").wait_for()
        await write(page, "within")
        await page.locator("#channels").get_by_role("button", name="general").click()
        await page.get_by_role("button", name="a better story Open thread").wait_for()
        await tool(newest(page), "Delete")
        await expect(page.locator(".message")).to_have_count(1)


async def test_forum_post_direct_message_and_file(
    playground: Playground, browser: Browser, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("a note", "utf-8")
    async with tab(browser, playground) as page:
        await page.get_by_role("button", name="reading-list").click()
        await page.get_by_label("Title of the post").fill("A long read")
        await write(page, "worth an evening")
        await page.locator(".posts").get_by_role("button", name="A long read").click()
        await page.get_by_text("worth an evening").wait_for()
        await page.locator("#channels").get_by_role("button", name="Nutgraf").click()
        await page.locator("#file").set_input_files(note)
        await page.get_by_text("note.txt").wait_for()
        await write(page, "for you")
        await page.locator(".message .file").get_by_role("link", name="note.txt", exact=True).wait_for()
        (said,) = playground.messages(playground.person("ada").dm)
        assert said.attachments[0].filename == "note.txt"


async def test_own_install_and_language_change_what_is_offered(playground: Playground, browser: Browser) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await page.get_by_role("button", name="tea-and-books").click()
        await page.get_by_label("Message", exact=True).fill("/")
        await page.get_by_text("Nothing fits").wait_for()
        await page.get_by_label("Your settings").click()
        await page.get_by_label("The app is installed for me").check()
        await page.get_by_label("Language of your client").select_option("de")
        await run(page, "steps")
        await page.get_by_text("done at last").wait_for()
        assert playground.person("ada").locale == "de"


async def test_light_and_dark_are_readable(playground: Playground, ada: Person, browser: Browser) -> None:
    async with online(playground, EveryBot()), tab(browser, playground) as page:
        await ada.slash("card", {}, playground.channel("general"))
        await page.locator(".card").wait_for()
        for _ in range(2):
            weak = await page.evaluate(WEAK_TEXTS)
            assert weak == []
            await page.get_by_label("Light or dark").click()
            await page.wait_for_timeout(200)


async def test_nothing_is_wider_than_a_phone(
    playground: Playground, ada: Person, general: Channel, browser: Browser
) -> None:
    async with online(playground, EveryBot()), tab(browser, playground, size=PHONE) as page:
        await ada.say(general, "a" * 300 + "\n```\n" + "b" * 300 + "\n```")
        await ada.slash("card", {}, general)
        await page.locator(".card").wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert await page.evaluate("document.querySelector('#messages').scrollWidth") <= PHONE[0]
        await page.get_by_label("Show channels").click()
        await page.get_by_role("button", name="briefings").click()
        await page.get_by_text("Welcome to #briefings").wait_for()
