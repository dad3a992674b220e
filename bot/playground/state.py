"""The values of the local Discord: people, channels, messages, interactions. No I/O here.

These are live records, not snapshots: a test that holds a `Message` sees the bot's later edits in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]

_LONG_AGO = dt.datetime(2024, 1, 15, 9, tzinfo=dt.UTC)

TEXT, DM, GROUP_DM, ANNOUNCEMENT, PUBLIC_THREAD, FORUM = 0, 1, 3, 5, 11, 15
THREADS = frozenset({10, 11, 12})
PRIVATE = frozenset({DM, GROUP_DM})

EPHEMERAL, LOADING, HAS_THREAD, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 5, 1 << 15
SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12

BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY, FILE_UPLOAD = 2, 3, 4, 9, 10, 19
SELECTS = frozenset({3, 5, 6, 7, 8})


@dataclass(eq=False)
class User:
    """A person or the bot. `colour` (0xRRGGBB) paints the avatar on the page.

    `permissions` are bits this person has in every guild beyond the roles; `installed`: has the application as
    an own app, usable where the bot is no member.
    """

    id: int
    name: str
    display_name: str
    bot: bool = False
    colour: int = 0x5865F2
    refuses_dms: bool = False
    permissions: int = 0
    roles: list[int] = field(default_factory=list)
    locale: str = "en-US"
    installed: bool = False

    @property
    def mention(self) -> str:
        """The text that mentions this user."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A role of a guild; the one whose id is the guild's is @everyone."""

    id: int
    name: str
    permissions: int = 0
    colour: int = 0
    mentionable: bool = False
    managed: bool = False


@dataclass(eq=False)
class Channel:
    """A channel, thread, forum or direct message (`type` as in Discord's API).

    `recipients` of a direct message with the bot is the one person; of one between people, all of them.
    """

    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    owner_id: int | None = None
    topic: str | None = None
    position: int = 0
    recipients: list[int] = field(default_factory=list)
    denied: int = 0
    archived: bool = False
    locked: bool = False
    nsfw: bool = False
    members: list[int] = field(default_factory=list)
    applied_tags: list[int] = field(default_factory=list)
    tags: list[JsonObject] = field(default_factory=list)
    created: dt.datetime = _LONG_AGO
    last_message_id: int | None = None

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread or a forum post."""
        return self.type in THREADS

    @property
    def is_private(self) -> bool:
        """Whether this is a direct message or a group's."""
        return self.type in PRIVATE

    @property
    def mention(self) -> str:
        """The text that links to this channel."""
        return f"<#{self.id}>"


@dataclass(eq=False)
class Guild:
    """A server with its roles, members (user ids) and channel ids."""

    id: int
    name: str
    owner_id: int
    roles: list[Role] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    channels: list[int] = field(default_factory=list)
    preferred_locale: str = "en-US"

    @property
    def features(self) -> list[str]:
        """Only a community can choose a locale, so one that did is a community."""
        return ["COMMUNITY"] if self.preferred_locale != "en-US" else []


@dataclass(frozen=True)
class Upload:
    """A file as it came in: name, bytes, media type."""

    filename: str
    data: bytes
    content_type: str = "application/octet-stream"
    description: str | None = None


@dataclass(frozen=True)
class Attachment:
    """A stored file; `path` is its place on the playground's own CDN."""

    id: int
    filename: str
    size: int
    content_type: str
    path: str
    description: str | None = None
    ephemeral: bool = False
    width: int | None = None
    height: int | None = None


@dataclass(eq=False)
class Message:
    """A message as everyone sees it now.

    `pinged` holds the ids of all whom it notified; `visible_to` the one person an ephemeral message shows to;
    `revisions` counts edits; `nonce` is what the sender gave.
    """

    id: int
    channel_id: int
    author: User
    created: dt.datetime
    guild_id: int | None = None
    content: str = ""
    type: int = 0
    flags: int = 0
    embeds: list[JsonObject] = field(default_factory=list)
    components: list[JsonObject] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    pinged: set[int] = field(default_factory=set)
    reactions: dict[str, list[int]] = field(default_factory=dict)
    reply_to: int | None = None
    thread_id: int | None = None
    nonce: str | None = None
    edited: dt.datetime | None = None
    interaction: Interaction | None = None
    visible_to: int | None = None
    pinned: bool = False
    deleted: bool = False
    tts: bool = False
    revisions: int = 0
    forward: Forward | None = None

    @property
    def ephemeral(self) -> bool:
        """Only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """ "Nutgraf is thinking...": deferred, not yet filled."""
        return bool(self.flags & LOADING)

    @property
    def is_v2(self) -> bool:
        """Made of Components V2."""
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """All words of it: content, then every text display in order, a line each."""
        parts = [self.content, *(c["content"] for c in self.walk() if c["type"] == TEXT_DISPLAY)]
        return "\n".join(part for part in parts if part)

    def walk(self) -> Iterator[JsonObject]:
        """Every component, parents first, accessories included."""
        return walk(self.components)

    @property
    def buttons(self) -> list[JsonObject]:
        """All buttons in reading order."""
        return [c for c in self.walk() if c["type"] == BUTTON]

    @property
    def selects(self) -> list[JsonObject]:
        """All select menus in reading order."""
        return [c for c in self.walk() if c["type"] in SELECTS]

    def find(self, key: str) -> JsonObject | None:
        """The component with this custom_id, label or placeholder (exact match, custom_id first)."""
        for name in ("custom_id", "label", "placeholder"):
            for component in self.walk():
                if component.get(name) == key:
                    return component
        return None


@dataclass(frozen=True)
class Forward:
    """What a forwarded message carries: where it came from, and the snapshots (Discord's JSON) it shows."""

    message_id: int
    channel_id: int
    guild_id: int | None
    snapshots: tuple[JsonObject, ...]


@dataclass(eq=False)
class Interaction:
    """One use of a command, component or modal, and what became of it.

    `answer` is the callback's type once acknowledged (1, 4..9); `original` the message that "@original" means;
    `followups` those that came after; `modal` the data of a type 9 answer; `choices` of a type 8 answer.
    `owners` says by whose installation the app is here ("0": guild id, "1": user id), `context` where (0 guild,
    1 the bot's direct messages, 2 among people); `external`: the bot itself is not there.
    """

    id: int
    token: str
    type: int
    user: User
    channel_id: int
    guild_id: int | None
    data: JsonObject
    created: dt.datetime
    message: Message | None = None
    resolved_uploads: list[Attachment] = field(default_factory=list)
    answer: int | None = None
    original: Message | None = None
    awaits_first_followup: bool = False
    followups: list[Message] = field(default_factory=list)
    modal: JsonObject | None = None
    choices: list[JsonObject] | None = None
    parent: Interaction | None = None
    owners: dict[str, str] = field(default_factory=dict)
    context: int = 0
    external: bool = False

    @property
    def name(self) -> str:
        """The command's name with its subcommands, or the custom_id."""
        if "custom_id" in self.data:
            return str(self.data["custom_id"])
        parts, options = [str(self.data.get("name", ""))], self.data.get("options", [])
        while options and options[0]["type"] in (1, 2):
            parts.append(options[0]["name"])
            options = options[0].get("options", [])
        return " ".join(parts)


def walk(components: list[JsonObject]) -> Iterator[JsonObject]:
    """Every component of a tree, parents first; section accessories and label children included."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]])


@dataclass(frozen=True)
class Event:
    """Something that happened: a gateway event's name and body, and who may learn of it.

    `to_bot` is False for what Discord keeps from bots (ephemeral messages, the bot's own typing).
    """

    name: str
    data: JsonObject
    guild_id: int | None = None
    channel_id: int | None = None
    message: Message | None = None
    visible_to: int | None = None
    to_bot: bool = True
