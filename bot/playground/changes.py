"""What may change in the playground while the bot runs: guilds, channels, roles, permissions, messages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground import permissions, posting
from bot.playground.errors import PlaygroundError
from bot.playground.person import Person
from bot.playground.state import TEXT, Channel, Event, Guild, Message, Role
from bot.playground.visible import MESSAGE_CONTENT
from bot.playground.wire import channel_json, guild_create_json, guild_json, role_json
from bot.playground.world import World


class Changes:
    """The part of a Playground that changes its world and tells the bot as Discord would."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._people: dict[str, Person] = {}

    # --- people ---------------------------------------------------------------------------------------------

    def person(
        self,
        name: str,
        *,
        permissions_: tuple[str, ...] | None = None,
        locale: str | None = None,
        guild: Guild | None = None,
    ) -> Person:
        """The person of this name, who when new joins `guild` (by default the first).

        `permissions_` are names such as "manage_guild" beyond what every member may do; `locale` is the language
        of their client.
        """
        if name not in self._people:
            known = next((u for u in self.world.users.values() if u.name == name.lower() and not u.bot), None)
            places = None if guild is None else [guild]
            self._people[name] = Person(self.world, known or self.world.add_user(name, guilds=places))
        person = self._people[name]
        if permissions_ is not None:
            person.user.permissions = permissions.bits(permissions_)
        if locale is not None:
            person.locale = locale
        return person

    # --- guilds ---------------------------------------------------------------------------------------------

    def create_guild(
        self,
        name: str,
        *,
        people: Sequence[Person] = (),
        with_bot: bool = False,
        locale: str = "en-US",
        channel: str = "lounge",
    ) -> Guild:
        """A new guild of these people (the first owns it) with one channel; without the bot unless `with_bot`."""
        guild = self.world.add_guild(name, with_bot=with_bot)
        guild.preferred_locale = locale
        members = [p.id for p in people] or [next(u.id for u in self.world.users.values() if not u.bot)]
        guild.owner_id = members[0]
        guild.members.extend(members)
        self.world.add_channel(channel, guild=guild)
        if with_bot:
            self._tell_guild(guild)
        self.world.publish(Event("_GUILDS", {}, guild.id, to_bot=False))
        return guild

    def join_guild(self, name: str) -> Guild:
        """The bot is invited to a new guild with one channel, #general."""
        return self.create_guild(name, with_bot=True, channel="general")

    def add_bot(self, guild: Guild) -> None:
        """The bot is invited (again) to a guild that is there."""
        if self.world.has_bot(guild.id):
            raise PlaygroundError(f"the bot is in {guild.name} already")
        self.world.admit_bot(guild)
        self._tell_guild(guild)

    def remove_bot(self, guild: Guild) -> None:
        """The bot is removed from a guild (GUILD_DELETE), which stays as it was for the people in it."""
        if not self.world.has_bot(guild.id):
            raise PlaygroundError(f"the bot is not in {guild.name}")
        self.world.expel_bot(guild)
        self.world.publish(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id))

    def leave_guild(self, guild: Guild) -> None:
        """A guild the bot is in ceases to be."""
        del self.world.guilds[guild.id]
        for identity in guild.channels:
            del self.world.channels[identity]
        self.world.publish(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id))

    def set_guild_away(self, guild: Guild, *, away: bool = True) -> None:
        """An outage: the guild becomes unavailable to the bot (which was not removed), or comes back."""
        if away:
            body = {"id": str(guild.id), "unavailable": True}
            self.world.publish(Event("GUILD_DELETE", body, guild.id))
        else:
            self._tell_guild(guild)

    def set_guild_locale(self, guild: Guild, locale: str) -> None:
        """Changes a community's `preferred_locale`."""
        guild.preferred_locale = locale
        self.world.publish(Event("GUILD_UPDATE", guild_json(self.world, guild), guild.id))

    def _tell_guild(self, guild: Guild) -> None:
        body = guild_create_json(self.world, guild, with_members=False)
        del body["unavailable"]
        self.world.publish(Event("GUILD_CREATE", body, guild.id))

    def create_role(self, name: str, *allowed: str, guild: Guild | None = None, mentionable: bool = True) -> Role:
        """A new role with these permissions ("manage_guild", ...), told to the bot."""
        guild = guild or self.world.guild
        role = self.world.add_role(name, guild=guild, mentionable=mentionable)
        role.permissions = permissions.bits(allowed)
        body = {"guild_id": str(guild.id), "role": role_json(role, guild)}
        self.world.publish(Event("GUILD_ROLE_CREATE", body, guild.id))
        return role

    # --- channels -------------------------------------------------------------------------------------------

    def create_channel(
        self,
        name: str,
        *,
        kind: int = TEXT,
        guild: Guild | None = None,
        topic: str | None = None,
        nsfw: bool = False,
    ) -> Channel:
        """A new channel, told to the bot."""
        channel = self.world.add_channel(name, kind=kind, guild=guild, topic=topic)
        channel.nsfw = nsfw
        self._tell_channel(channel, "CREATE")
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Removes a channel with its threads, or a thread, as a moderator would."""
        for thread in [c for c in self.world.channels.values() if c.parent_id == channel.id]:
            self._drop(thread)
        self._drop(channel)
        self._tell_channel(channel, "DELETE")

    def _drop(self, channel: Channel) -> None:
        del self.world.channels[channel.id]
        for guild in self.world.guilds.values():
            guild.channels = [i for i in guild.channels if i != channel.id]

    def rename(self, channel: Channel, name: str) -> None:
        """Gives a channel or thread another name."""
        channel.name = name
        self._tell_channel(channel)

    def set_nsfw(self, channel: Channel, *, nsfw: bool = True) -> None:
        """Makes a channel age-restricted, or no longer."""
        channel.nsfw = nsfw
        self._tell_channel(channel)

    def archive(self, thread: Channel, *, archived: bool = True, locked: bool = False) -> None:
        """Puts a thread away; a message wakes it unless `locked`."""
        thread.archived, thread.locked = archived, locked
        self._tell_channel(thread)

    def deny(self, channel: Channel, *names: str) -> None:
        """Takes permissions ("send_messages", "view_channel", "embed_links", ...) from the bot in a channel."""
        channel.denied |= permissions.bits(names)
        self._tell_channel(channel)

    def allow(self, channel: Channel, *names: str) -> None:
        """Gives them back; without names, all."""
        channel.denied &= ~permissions.bits(names) if names else 0
        self._tell_channel(channel)

    def _tell_channel(self, channel: Channel, what: str = "UPDATE") -> None:
        kind = "THREAD" if channel.is_thread else "CHANNEL"
        body = channel_json(self.world, channel)
        self.world.publish(Event(f"{kind}_{what}", body, channel.guild_id, channel.id))

    def delete_messages(self, *messages: Message) -> None:
        """Deletes messages of one channel as a moderator: one, or several at once (MESSAGE_DELETE_BULK)."""
        if len(messages) == 1:
            posting.remove(self.world, messages[0])
        elif messages:
            posting.remove_many(self.world, self.world.channel(messages[0].channel_id), list(messages))

    # --- the developer portal -------------------------------------------------------------------------------

    def allow_message_content(self, *, allowed: bool = True) -> None:
        """Switches the Message Content intent of the application; asking for it unswitched is close code 4014."""
        if allowed:
            self.world.privileged_intents |= MESSAGE_CONTENT
        else:
            self.world.privileged_intents &= ~MESSAGE_CONTENT
