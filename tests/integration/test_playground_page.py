"""The page: what the browser is told and may ask for, and that no message can become markup or reach out."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest
from discord import ui

from bot.playground import Channel, Person, Playground
from tests.support.small_bot import SmallBot, online

pytestmark = pytest.mark.integration


class Tab:
    """A browser tab without a browser: the page's WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._ref = socket, 0
        self.told: list[dict[str, Any]] = []

    async def read(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((await self._socket.receive(timeout=5)).data)
        self.told.append(data)
        return data

    async def wish(self, do: str, **more: Any) -> dict[str, Any]:
        self._ref += 1
        await self._socket.send_json({"do": do, "ref": self._ref, **more})
        while (answer := await self.read()).get("ref") != self._ref:
            pass
        return answer

    async def hear(self, kind: str) -> dict[str, Any]:
        while (data := await self.read())["type"] != kind:
            pass
        return data


@contextlib.asynccontextmanager
async def tab(playground: Playground, person: str = "ada", **headers: str) -> AsyncIterator[Tab]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{playground.url}/page/socket?person={person}", headers=headers) as socket,
    ):
        opened = Tab(socket)
        await opened.hear("channels")
        yield opened


class Menu(ui.LayoutView):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Menu] = ui.ActionRow(ui.Button(label="Ask", custom_id="ask"))
        self.add_item(ui.Container(ui.TextDisplay("**hi** <b>"), row, accent_colour=0xFF0000))


class PageBot(SmallBot):
    async def setup_hook(self) -> None:
        @self.tree.command(description="Shows the menu")
        async def menu(interaction: discord.Interaction, points: int) -> None:
            await interaction.response.send_message(view=Menu(), ephemeral=points > 1)

        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            form = ui.Modal(title="Ask", custom_id="form")
            form.add_item(ui.Label(text="Words", component=ui.TextInput(custom_id="words")))
            await interaction.response.send_modal(form)
        if interaction.type is discord.InteractionType.modal_submit:
            await interaction.response.send_message("thanks")


async def test_page_is_served_under_a_strict_policy(playground: Playground) -> None:
    async with aiohttp.ClientSession() as session:
        for name in ("/", "/page/app.js", "/page/style.css", "/page/message.css", "/page/icon.svg"):
            async with session.get(playground.url + name) as response:
                assert response.status == 200
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                text = await response.text()
                assert "http://" not in text.replace("http://www.w3.org/", "")
                assert "https://" not in text
        async with session.get(playground.url + "/page/..%2fserver.py") as response:
            assert response.status == 404


async def test_other_sites_and_other_names_are_refused(playground: Playground) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            async with session.get(f"{playground.url}/page/socket", headers=headers) as response:
                assert response.status == 403


async def test_a_message_is_said_seen_edited_and_deleted(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with tab(playground) as hers, tab(playground, "grace") as other:
        await hers.wish("say", channel=str(general.id), text="**hello** <img src=x onerror=alert(1)>")
        seen = (await other.hear("message"))["message"]
        assert seen["html"] == "<p><strong>hello</strong> &lt;img src=x onerror=alert(1)&gt;</p>\n"
        assert seen["author"]["name"] == "Ada"
        assert not seen["mine"]
        message = playground.messages(general)[0]
        await ada.edit(message, "changed")
        assert (await other.hear("message"))["message"]["edited"]
        where = {"channel": str(general.id), "message": str(message.id)}
        await other.wish("delete", **where)
        assert playground.messages(general)
        await hers.wish("delete", **where)
        assert (await other.hear("deleted"))["id"] == str(message.id)


async def test_commands_buttons_and_modals_go_through_the_page(playground: Playground, general: Channel) -> None:
    where = {"channel": str(general.id)}
    async with online(playground, PageBot()), tab(playground) as page:
        (command,) = (await page.wish("commands", **where))["commands"]
        assert (command["name"], command["options"][0]["name"]) == ("menu", "points")
        refused = await page.wish("slash", name="menu", options={}, **where)
        assert "'points' is required" in refused["error"]
        await page.wish("slash", name="menu", options={"points": 1}, **where)
        shown = next(d["message"] for d in reversed(page.told) if d["type"] == "message")
        (card,) = shown["components"]
        assert card["colour"] == "#ff0000"
        assert card["components"][0]["html"] == "<p><strong>hi</strong> &lt;b&gt;</p>\n"
        clicked = await page.wish("click", message=shown["id"], custom_id="ask", **where)
        assert clicked["modal"]["fields"][0]["label"] == "Words"
        assert "error" not in await page.wish("modal", interaction=clicked["interaction"], values={"words": "why"})
        assert playground.messages(general)[-1].text == "thanks"


async def test_ephemeral_messages_and_other_peoples_conversations_stay_private(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, PageBot()), tab(playground, "grace") as other:
        used = await ada.slash("menu", {"points": 2}, general)
        assert used.original is not None
        await ada.say(ada.dm, "a secret")
        opened = await other.wish("open", channel=str(general.id))
        assert opened["messages"] == []
        assert not [d for d in other.told if d["type"] == "message"]
        refused = await other.wish("open", channel=str(ada.dm.id))
        assert "someone else's" in refused["error"]
        refused = await other.wish(
            "click", channel=str(general.id), message=str(used.original.id), custom_id="ask"
        )
        assert "someone else" in refused["error"]


async def test_files_are_uploaded_and_posted(playground: Playground, general: Channel) -> None:
    async with tab(playground) as page, aiohttp.ClientSession() as session:
        form = aiohttp.FormData()
        form.add_field("file", b"notes", filename="notes.txt")
        async with session.post(f"{playground.url}/page/files", data=form) as response:
            (stored,) = await response.json()
        await page.wish("say", channel=str(general.id), text="", files=[stored["token"]])
        (attachment,) = playground.messages(general)[0].attachments
        async with session.get(playground.url + attachment.path) as response:
            assert await response.text() == "notes"
            assert response.headers["Content-Security-Policy"] == "sandbox"


async def test_nonsense_from_the_browser_is_answered_with_an_error(
    playground: Playground, general: Channel
) -> None:
    async with tab(playground) as page:
        for wish in ({}, {"channel": "x"}, {"channel": "1"}, {"channel": str(general.id), "message": "1"}):
            for do in ("open", "click", "modal", "dance"):
                answer = await page.wish(do, **wish)
                assert "error" in answer or do == "open"


async def test_forwards_reactions_threads_and_own_settings_go_through_the_page(
    playground: Playground, ada: Person, general: Channel
) -> None:
    newsroom = playground.channel("newsroom")
    async with tab(playground) as page:
        said = await ada.say(general, "a story")
        where = {"channel": str(general.id), "message": str(said.id)}
        await page.wish("forward", to=str(newsroom.id), **where)
        shown = next(d["message"] for d in reversed(page.told) if d["type"] == "message")
        assert shown["forward"]["html"] == "<p>a story</p>\n"
        assert shown["forward"]["from"]["name"] == "general"
        for _ in range(3):
            await page.wish("react", emoji="👍", **where)
        assert said.reactions == {"👍": [ada.id]}
        opened = await page.wish("thread", name="About it", **where)
        assert opened["thread"]["kind"] == "thread"
        await page.wish("settings", installed=True, locale="ja")
        assert (ada.user.installed, ada.locale) == (True, "ja")
        assert "error" in await page.wish("settings", locale="xx")


async def test_page_lists_conversations_and_guilds_of_who_looks(
    playground: Playground, ada: Person, grace: Person
) -> None:
    ada.dm_with(grace, playground.person("linus"), name="Desk")
    playground.create_guild("Ada's own", people=[ada])
    async with tab(playground) as hers, tab(playground, "grace") as other, tab(playground, "katharine") as third:
        names = [[row["name"] for row in page.told[-1]["channels"]] for page in (hers, other, third)]
        assert names[0][:2] == names[1][:2] == ["Nutgraf", "Desk"]
        assert "lounge" in names[0]
        assert "lounge" not in names[1]
        assert "Desk" not in names[2]
        assert [g["bot"] for g in hers.told[-1]["guilds"]] == [True, False, False]
        refused = await third.wish("open", channel=str(ada.dm.id))
        assert "error" in refused
