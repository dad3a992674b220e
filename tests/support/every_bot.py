"""A bot that shows every kind of component and answers each, for tests of the playground's page."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from typing import Any

import discord
from discord import app_commands, ui

from tests.support.small_bot import SmallBot

STYLES = ("primary", "secondary", "success", "danger")
FIELDS = ("red", "green", "blue")


def png(width: int, height: int, *, shade: int = 0x80) -> bytes:
    """A picture of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + bytes([shade]) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def files() -> list[discord.File]:
    """A picture and a text, as `card` refers to them."""
    return [
        discord.File(io.BytesIO(png(320, 180)), "line.png", description="A line of time"),
        discord.File(io.BytesIO(b"# A briefing\n"), "briefing.md"),
    ]


def card() -> ui.LayoutView:
    """A card of every component that a message may have."""
    view = ui.LayoutView(timeout=None)
    buttons: ui.ActionRow[Any] = ui.ActionRow(
        *(ui.Button(label=name.title(), style=discord.ButtonStyle[name], custom_id=name) for name in STYLES),
        ui.Button(label="Source", url="https://example.org/story"),
    )
    off: ui.ActionRow[Any] = ui.ActionRow(
        ui.Button(label="Form", custom_id="form"), ui.Button(label="Off", custom_id="off", disabled=True)
    )
    options = [discord.SelectOption(label=name.title(), value=name) for name in FIELDS]
    one: ui.Select[Any] = ui.Select(custom_id="one", placeholder="One colour", options=options)
    many: ui.Select[Any] = ui.Select(
        custom_id="many", placeholder="Some colours", options=options, min_values=1, max_values=2
    )
    container: ui.Container[Any] = ui.Container(accent_colour=0x2F855A)
    container.add_item(
        ui.Section(
            ui.TextDisplay("### [A headline](https://example.org/story)\n-# Site · 5 min saved"),
            accessory=ui.Thumbnail("attachment://line.png", description="A thumbnail"),
        )
    )
    container.add_item(ui.TextDisplay("- First point\n> “A quote”\n**Timeline**\n<t:1795046400:D> It began"))
    container.add_item(ui.Separator())
    gallery: ui.MediaGallery[Any] = ui.MediaGallery(
        discord.MediaGalleryItem("attachment://line.png", description="A line of time")
    )
    container.add_item(gallery)
    container.add_item(ui.File("attachment://briefing.md"))
    view.add_item(container)
    view.add_item(buttons)
    view.add_item(off)
    menus: tuple[ui.Item[Any], ...] = (
        one,
        many,
        ui.UserSelect(custom_id="who", placeholder="A person"),
        ui.RoleSelect(custom_id="role", placeholder="A role"),
        ui.ChannelSelect(custom_id="where", placeholder="A channel"),
    )
    for menu in menus:
        view.add_item(ui.ActionRow[Any](menu))
    return view


def form() -> ui.Modal:
    """A form of lines, a long text, a choice and a box."""
    modal = ui.Modal(title="A form", custom_id="filled")
    long = ui.TextInput[Any](custom_id="long", style=discord.TextStyle.long, required=False, max_length=200)
    pick = ui.Select[Any](custom_id="pick", options=[discord.SelectOption(label="Yes", value="yes")])
    modal.add_item(ui.Label(text="Line", description="One line", component=ui.TextInput(custom_id="line")))
    modal.add_item(ui.Label(text="Long", component=long))
    modal.add_item(ui.Label(text="Pick", component=pick))
    return modal


class EveryBot(SmallBot):
    """`/card`, `/steps`, `/find`, "Read this" on messages, "Greet" on people; each component answers in words."""

    async def setup_hook(self) -> None:
        self._add_slash()

        @self.tree.context_menu(name="Read this")
        async def read(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_message(f"read: {message.content}", ephemeral=True)

        @self.tree.context_menu(name="Greet")
        async def greet(interaction: discord.Interaction, user: discord.User) -> None:
            await interaction.response.send_message(f"hello, {user.display_name}")

        await self.tree.sync()

    def _add_slash(self) -> None:
        @self.tree.command(name="card", description="Shows every component")
        async def show(interaction: discord.Interaction) -> None:
            await interaction.response.send_message(view=card(), files=files())

        @self.tree.command(description="Works in three steps")
        async def steps(interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            for part in ("reading", "checking", "done at last"):
                await interaction.edit_original_response(content=part)
                await asyncio.sleep(0.05)

        @self.tree.command(description="Finds a section")
        @app_commands.choices(how=[app_commands.Choice(name="Carefully", value="c")])
        async def find(
            interaction: discord.Interaction, section: str, how: str, file: discord.Attachment | None = None
        ) -> None:
            read = "" if file is None else (await file.read()).decode()
            await interaction.response.send_message(f"found {section} {how} {read}")

        @find.autocomplete("section")
        async def complete(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            names = ("summary", "quotes", "timeline")
            return [app_commands.Choice(name=name.title(), value=name) for name in names if typed in name]

    async def on_message(self, message: discord.Message) -> None:
        await super().on_message(message)
        if self.user in message.mentions:
            await message.reply(f"heard: {message.clean_content}")

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        data: Any = interaction.data
        if interaction.type is discord.InteractionType.component:
            if data["custom_id"] == "form":
                await interaction.response.send_modal(form())
            else:
                words = ", ".join(data.get("values") or [])
                await interaction.response.send_message(f"{data['custom_id']}: {words or 'pressed'}")
        elif interaction.type is discord.InteractionType.modal_submit:
            given = [label["component"] for label in data["components"]]
            words = " / ".join(str(field.get("value") or ",".join(field.get("values", []))) for field in given)
            await interaction.response.send_message(f"form: {words}")
