"""Files and pictures on the wire: in messages, answers, follow-ups and edits, alone and inside components."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable

import aiohttp
import discord
import pytest
from discord import ui

from bot.playground import Channel, Interaction, Person, Playground
from bot.playground.images import size_of
from tests.support.small_bot import SmallBot, online

pytestmark = pytest.mark.integration

GIF = base64.b64decode("R0lGODlhAwACAIAAAAAAAP///yH5BAAAAAAALAAAAAADAAIAAAIDhG8FADs=")
JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x07\x00\x09\x03"


def png(width: int = 4, height: int = 3) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "size"),
    [(png(), (4, 3)), (GIF, (3, 2)), (JPEG_HEAD, (9, 7)), (b"words", None), (png()[:18], None), (b"", None)],
)
def test_size_of_a_picture_is_read_from_its_head(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size


def picture(name: str = "line.png") -> discord.File:
    return discord.File(io.BytesIO(png()), name, description="A time line")


def card() -> ui.LayoutView:
    view = ui.LayoutView()
    section: ui.Section[ui.LayoutView] = ui.Section(
        ui.TextDisplay("**Words**"), accessory=ui.Thumbnail("attachment://line.png", description="A time line")
    )
    gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery(
        discord.MediaGalleryItem("attachment://line.png", description="The same, large")
    )
    view.add_item(ui.Container(section, gallery, ui.File("attachment://brief.md")))
    return view


class FilingBot(SmallBot):
    """`/file` defers, fills and follows up with files; `edited` is what it does afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: Callable[[discord.Interaction], object] | None = None

        @self.tree.command(description="Sends files")
        async def file(interaction: discord.Interaction) -> None:
            await interaction.response.send_message(
                view=card(), files=[picture(), discord.File(io.BytesIO(b"# Brief"), "brief.md")]
            )
            follow_up = await interaction.followup.send(
                "As data", file=discord.File(io.BytesIO(b"{}"), "brief.json"), ephemeral=True, wait=True
            )
            await follow_up.edit(attachments=[*follow_up.attachments, picture("more.png")])

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def test_files_of_answers_follow_ups_and_edits_are_stored_and_served(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, FilingBot()), aiohttp.ClientSession() as web:
        used: Interaction = await ada.slash("file", {}, general)
        await playground.wait_for_request("PATCH", str(used.followups[0].id) if used.followups else "")
        assert used.original is not None
        section, gallery, file = used.original.components[0]["components"]
        thumbnail = section["accessory"]
        assert thumbnail["description"] == "A time line"
        assert (thumbnail["media"]["width"], thumbnail["media"]["height"]) == (4, 3)
        assert gallery["items"][0]["media"]["content_type"] == "image/png"
        assert (file["name"], file["size"]) == ("brief.md", 7)
        served = await web.get(file["file"]["url"])
        assert await served.read() == b"# Brief"
        assert served.headers["Content-Disposition"] == "attachment"
        assert (await web.get(gallery["items"][0]["media"]["url"])).content_type == "image/png"
        (follow_up,) = used.followups
        assert [a.filename for a in follow_up.attachments] == ["brief.json", "more.png"]
        assert follow_up.attachments[1].width == 4
        assert follow_up.attachments[0].path.startswith("/ephemeral-attachments/")
        assert follow_up not in grace.sees(general)


def gallery_of(*urls: str) -> dict[str, object]:
    return {"type": 12, "items": [{"media": {"url": url}} for url in urls]}


@pytest.mark.parametrize(
    "component",
    [
        gallery_of(),
        gallery_of(*["https://example.org/a.png"] * 11),
        gallery_of("attachment://nowhere.png"),
        gallery_of("ftp://example.org/a.png"),
        {"type": 13, "file": {"url": "https://example.org/a.md"}},
        {"type": 9, "components": [{"type": 10, "content": "words"}]},
        {"type": 9, "components": [], "accessory": {"type": 11, "media": {"url": "https://example.org/a.png"}}},
        {"type": 14, "spacing": 3},
        {"type": 17, "components": []},
        {"type": 17, "accent_color": 1 << 24, "components": [{"type": 10, "content": "words"}]},
        {"type": 11, "media": {"url": "https://example.org/a.png"}},
    ],
)
async def test_component_that_discord_would_refuse_is_refused(
    playground: Playground, general: Channel, component: dict[str, object]
) -> None:
    url = f"{playground.api_url}/channels/{general.id}/messages"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {playground.token}"}) as web:
        answer = await web.post(url, json={"flags": 1 << 15, "components": [component]})
        assert (answer.status, (await answer.json())["code"]) == (400, 50035)
    assert playground.messages(general) == []


async def test_edit_that_is_refused_changes_nothing(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        sent = await bot.get_partial_messageable(general.id).send(
            view=card(), files=[picture(), discord.File(io.BytesIO(b"# Brief"), "brief.md")]
        )
        (message,) = playground.messages(general)
        before = message.components
        broken = ui.LayoutView()
        broken.add_item(ui.File("attachment://gone.md"))
        with pytest.raises(discord.HTTPException):
            await sent.edit(view=broken)
        assert message.components is before
        assert message.revisions == 0
