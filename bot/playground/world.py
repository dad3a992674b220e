"""The whole state of one local Discord, its look-ups, and the one place where events are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.playground import permissions
from bot.playground.clock import Clock, Mint
from bot.playground.errors import NothingHappenedError, refusal
from bot.playground.images import size_of
from bot.playground.state import (
    DM,
    FORUM,
    GROUP_DM,
    TEXT,
    Attachment,
    Channel,
    Event,
    Guild,
    Interaction,
    JsonObject,
    Message,
    Role,
    Upload,
    User,
)

T = TypeVar("T")
_COLOURS = (0xE67E22, 0x1ABC9C, 0xE91E63, 0x3498DB, 0xF1C40F, 0x9B59B6, 0x2ECC71)


class World:
    """Guilds, channels, users, messages, commands and interactions, by id."""

    def __init__(self, *, bot_name: str = "Nutgraf", guild_name: str = "The Newsroom") -> None:
        self.clock = Clock()
        self.mint = Mint(self.clock)
        self.base_url = ""
        self.privileged_intents = 0
        self.install_types: tuple[int, ...] = (0, 1)
        self.connections = 0
        self.users: dict[int, User] = {}
        self.channels: dict[int, Channel] = {}
        self.guilds: dict[int, Guild] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.interactions: dict[int, Interaction] = {}
        self.commands: dict[int | None, dict[int, JsonObject]] = {None: {}}
        self.cdn: dict[str, Upload] = {}
        self.nonces: dict[tuple[int, str], Message] = {}
        self._listeners: list[Callable[[Event], None]] = []
        self.bot = User(self.mint(), bot_name, bot_name, bot=True)
        self.users[self.bot.id] = self.bot
        self.guild = self.add_guild(guild_name)

    # --- making ---------------------------------------------------------------------------------------------

    def add_guild(self, name: str, *, with_bot: bool = True) -> Guild:
        """A new guild with an @everyone role; the bot is a member of it unless told otherwise."""
        guild = Guild(self.mint(), name, owner_id=0)
        guild.roles.append(Role(guild.id, "@everyone", permissions.bits(permissions.MEMBER)))
        self.guilds[guild.id] = guild
        self.commands[guild.id] = {}
        if with_bot:
            self.admit_bot(guild)
        return guild

    def admit_bot(self, guild: Guild) -> None:
        """Makes the bot a member of a guild, with a role of its own."""
        own = Role(self.mint(), self.bot.name, permissions.bits(permissions.BOT), managed=True)
        guild.roles.append(own)
        self.bot.roles.append(own.id)
        guild.members.append(self.bot.id)

    def expel_bot(self, guild: Guild) -> None:
        """Takes the bot, its role and its commands of that guild away."""
        own = {role.id for role in guild.roles} & set(self.bot.roles)
        guild.roles = [role for role in guild.roles if not (role.id in own and role.managed)]
        self.bot.roles = [role for role in self.bot.roles if role not in own]
        guild.members.remove(self.bot.id)
        self.commands[guild.id] = {}

    def add_user(self, name: str, *, allowed: int = 0, guilds: list[Guild] | None = None) -> User:
        """A new person, member of `guilds` (by default the first), with extra permission bits `allowed`."""
        user = User(self.mint(), name.lower(), name.title(), permissions=allowed)
        user.colour = _COLOURS[len(self.users) % len(_COLOURS)]
        self.users[user.id] = user
        for guild in [self.guild] if guilds is None else guilds:
            guild.members.append(user.id)
            guild.owner_id = guild.owner_id or user.id
        return user

    def add_role(self, name: str, *, guild: Guild | None = None, mentionable: bool = True) -> Role:
        """A new role, by itself without extra permissions."""
        role = Role(self.mint(), name, mentionable=mentionable)
        (guild or self.guild).roles.append(role)
        return role

    def add_channel(
        self, name: str, *, kind: int = TEXT, guild: Guild | None = None, topic: str | None = None
    ) -> Channel:
        """A new channel of a guild; not told to the gateway (see `Playground.create_channel`)."""
        guild = guild or self.guild
        channel = Channel(self.mint(), kind, name, guild.id, topic=topic, position=len(guild.channels))
        channel.created = self.clock.now()
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        guild.channels.append(channel.id)
        return channel

    def dm_with(self, user: User) -> Channel:
        """The direct message channel between this person and the bot, made where there is none."""
        return self.private_channel([user])

    def private_channel(self, users: list[User], *, name: str = "") -> Channel:
        """The conversation of these people: one alone is with the bot, two are without it, more are a group."""
        wanted = sorted(user.id for user in users)
        kind = DM if len(users) <= 2 else GROUP_DM
        for channel in self.channels.values():
            if channel.type == kind and sorted(channel.recipients) == wanted and channel.name == name:
                return channel
        channel = Channel(self.mint(), kind, name, recipients=wanted, created=self.clock.now())
        channel.owner_id = users[0].id if kind == GROUP_DM else None
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        return channel

    def store(self, upload: Upload, *, folder: str, ephemeral: bool = False) -> Attachment:
        """Puts a file on the CDN and gives its record."""
        identity = self.mint()
        name = upload.filename.replace("/", "_").replace(" ", "_")
        path = f"/{'ephemeral-' if ephemeral else ''}attachments/{folder}/{identity}/{name}"
        self.cdn[path] = upload
        size = len(upload.data)
        width, height = size_of(upload.data) or (None, None)
        kind, words = upload.content_type, upload.description
        return Attachment(identity, name, size, kind, path, words, ephemeral, width, height)

    # --- looking up -----------------------------------------------------------------------------------------

    def channel(self, identity: int) -> Channel:
        """The channel with this id; ApiError 10003 where there is none."""
        try:
            return self.channels[identity]
        except KeyError:
            raise refusal("unknown_channel") from None

    def message(self, channel_id: int, message_id: int) -> Message:
        """A message; ApiError 10008 where it is gone or never was."""
        found = self.messages.get(channel_id, {}).get(message_id)
        if found is None:
            raise refusal("unknown_message")
        return found

    def guild_of(self, channel: Channel) -> Guild | None:
        """The guild a channel belongs to; None for a direct message."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def role(self, identity: int) -> Role | None:
        """A role of any guild by id."""
        return next((r for g in self.guilds.values() for r in g.roles if r.id == identity), None)

    def has_bot(self, guild_id: int | None) -> bool:
        """Whether the bot is a member of this guild."""
        guild = self.guilds.get(guild_id or 0)
        return guild is not None and self.bot.id in guild.members

    def is_in(self, user: User, channel: Channel) -> bool:
        """Whether `user` is where the channel is: member of its guild, or part of the conversation."""
        if channel.is_private:
            return len(channel.recipients) == 1 if user.bot else user.id in channel.recipients
        guild = self.guilds.get(channel.guild_id or 0)
        return guild is not None and user.id in guild.members

    def nsfw(self, channel: Channel) -> bool:
        """Whether a channel, or a thread's channel, is age-restricted."""
        parent = self.channels.get(channel.parent_id or 0)
        return channel.nsfw or bool(parent and parent.nsfw)

    def permissions_of(self, user: User, channel: Channel) -> int:
        """The bit set of what `user` may do in `channel`: 0 for who is not there; denials reach threads."""
        if not self.is_in(user, channel):
            return 0
        guild = self.guild_of(channel)
        if guild is None:
            return permissions.bits(permissions.MEMBER)
        if user.id == guild.owner_id:
            return permissions.bits(permissions.BITS)
        value = user.permissions
        for role in guild.roles:
            if role.id == guild.id or role.id in user.roles:
                value |= role.permissions
        if not user.bot:
            return value
        parent = self.channels.get(channel.parent_id or 0)
        return value & ~channel.denied & ~(parent.denied if parent else 0)

    def may_see(self, channel_id: int | None) -> bool:
        """Whether the bot may look into this channel."""
        channel = self.channels.get(channel_id or 0)
        return channel is None or permissions.allows(self.permissions_of(self.bot, channel), "view_channel")

    def require(self, channel: Channel, *names: str) -> None:
        """Refuses (50001, 50013) unless the bot may see the channel and has all these permissions there."""
        own = self.permissions_of(self.bot, channel)
        if not permissions.allows(own, "view_channel"):
            raise refusal("missing_access")
        for name in names:
            wanted = "send_messages_in_threads" if name == "send_messages" and channel.is_thread else name
            if not permissions.allows(own, wanted):
                raise refusal("missing_permissions")

    # --- telling --------------------------------------------------------------------------------------------

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Calls `listener` for every event; the answer ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def count_connection(self, change: int) -> None:
        """A client of the bot came (+1) or went (-1)."""
        self.connections += change
        self.publish(Event("_PRESENCE", {}, to_bot=False))

    def publish(self, event: Event) -> None:
        """Tells everyone who listens, in the order they began."""
        for listener in tuple(self._listeners):
            listener(event)

    async def until(self, look: Callable[[], T | None], *, timeout: float, waiting_for: str) -> T:  # noqa: ASYNC109
        """The first answer of `look` that is not None, asked again after each event.

        Raises NothingHappenedError after `timeout` seconds.
        """
        pulse = asyncio.Event()
        stop = self.listen(lambda _event: pulse.set())
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    await pulse.wait()
                    pulse.clear()
                return found
        except TimeoutError:
            raise NothingHappenedError(f"waited {timeout:g} s for {waiting_for}") from None
        finally:
            stop()


def furnish(world: World) -> None:
    """The rooms and people a fresh playground starts with."""
    for name, allowed in (
        ("ada", ("manage_guild", "manage_channels", "manage_messages")),
        ("grace", ()),
        ("linus", ()),
    ):
        world.add_user(name, allowed=permissions.bits(allowed))
    world.guild.owner_id = world.add_user("katharine").id
    world.add_role("Editors")
    world.add_channel("general", topic="Say hello, share a link")
    world.add_channel("briefings", topic="What the bot posts by itself")
    world.add_channel("newsroom", topic="Sources and drafts")
    world.add_channel("reading-list", kind=FORUM, topic="One post a long read")
    circle = world.add_guild("Reading Circle", with_bot=False)
    circle.members = [user.id for user in world.users.values() if not user.bot]
    circle.owner_id = world.guild.owner_id
    world.add_channel("tea-and-books", guild=circle, topic="The bot is no member here")
