"""A person at the keyboard: says things, forwards, reacts, deletes; and (see `interacting`) uses the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground import forwarding, permissions, posting, reactions
from bot.playground.errors import PlaygroundError
from bot.playground.interacting import File, Interacting, as_upload
from bot.playground.offers import LOCALES, localised, offered
from bot.playground.state import FORUM, Channel, Guild, JsonObject, Message, Role

KINDS = {"slash": 1, "user": 2, "message": 3}


class Person(Interacting):
    """One person of the playground; every method acts as Discord's client would and raises where it refuses."""

    @property
    def id(self) -> int:
        """The user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions this person."""
        return self.user.mention

    @property
    def locale(self) -> str:
        """The language of this person's client, as interactions tell it; set it to change it."""
        return self.user.locale

    @locale.setter
    def locale(self, locale: str) -> None:
        if locale not in LOCALES:
            raise PlaygroundError(f"Discord's client has no language {locale!r}")
        self.user.locale = locale

    # --- installs and places --------------------------------------------------------------------------------

    def install(self) -> None:
        """Adds the application to this person's own apps (`integration_types` 1)."""
        self.user.installed = True

    def uninstall(self) -> None:
        """Removes it again."""
        self.user.installed = False

    @property
    def dm(self) -> Channel:
        """The direct messages between this person and the bot."""
        return self.world.dm_with(self.user)

    def dm_with(self, *others: Person, name: str = "") -> Channel:
        """The conversation with one other person, or a group's; the bot is not in it."""
        return self.world.private_channel([self.user, *(other.user for other in others)], name=name)

    def join(self, guild: Guild) -> None:
        """Becomes a member of a guild."""
        if self.id not in guild.members:
            guild.members.append(self.id)

    def give_role(self, role: Role) -> None:
        """Wears a role (see `Playground.create_role`)."""
        if role.id not in self.user.roles:
            self.user.roles.append(role.id)

    def take_role(self, role: Role) -> None:
        """Loses a role."""
        self.user.roles = [i for i in self.user.roles if i != role.id]

    def refuse_dms(self, *, refuses: bool = True) -> None:
        """Takes no direct messages from the bot (50007), or takes them again."""
        self.user.refuses_dms = refuses

    # --- messages -------------------------------------------------------------------------------------------

    async def say(
        self,
        channel: Channel,
        text: str = "",
        *,
        files: Sequence[File] = (),
        reply_to: Message | None = None,
        ping: bool = True,
    ) -> Message:
        """Posts a message; `ping=False` replies without notifying. Mention the bot with `playground.mention`."""
        self._require_here(channel, "send_messages")
        body: JsonObject = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to.id}
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        uploads = dict(enumerate([await as_upload(file) for file in files]))
        return posting.post(self.world, channel, self.user, body, uploads=uploads)

    async def forward(self, message: Message, channel: Channel) -> Message:
        """Forwards a message to another channel, direct message or thread; its snapshot stays as it now is."""
        self._require_here(channel, "send_messages")
        self._require_seen(message)
        if message.ephemeral:
            raise PlaygroundError("a message that only one person sees cannot be forwarded")
        return forwarding.forward(self.world, channel, self.user, message)

    async def edit(self, message: Message, text: str) -> Message:
        """Changes the words of one's own message."""
        if message.author is not self.user:
            raise PlaygroundError(f"{self.user.name} did not write that")
        return posting.edit(self.world, message, {"content": text})

    async def delete(self, message: Message) -> None:
        """Deletes one's own message, or another's with "manage_messages"; dismisses an ephemeral one."""
        self._require_seen(message)
        if message.author is not self.user and not message.ephemeral:
            self._require_here(self.world.channel(message.channel_id), "manage_messages")
        posting.remove(self.world, message)

    async def dismiss(self, message: Message) -> None:
        """Dismisses an ephemeral message."""
        if not message.ephemeral:
            raise PlaygroundError("only a message that nobody else sees can be dismissed")
        await self.delete(message)

    async def react(self, message: Message, emoji: str) -> None:
        """Adds a reaction: a Unicode emoji, or `name:id`."""
        self._require_seen(message)
        reactions.react(self.world, message, self.user, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Takes this person's reaction away."""
        self._require_seen(message)
        reactions.react(self.world, message, self.user, emoji, add=False)

    async def type(self, channel: Channel) -> None:
        """Shows this person typing."""
        self._require_here(channel, "send_messages")
        posting.type_in(self.world, channel, self.user)

    async def open_thread(self, channel: Channel, name: str, *, starter: Message | None = None) -> Channel:
        """Starts a thread, from a message or on its own; in a forum say its first message next."""
        self._require_here(channel, "send_messages" if channel.type == FORUM else "create_public_threads")
        return posting.open_thread(self.world, channel, self.user, name, starter=starter)

    def commands(self, channel: Channel, kind: str = "slash") -> list[str]:
        """The names ("slash", "user" or "message" commands) this person is offered here, in their language."""
        found = [c for c in offered(self.world, self.user, channel) if c["type"] == KINDS[kind]]
        return sorted(localised(command, "name", self.locale) for command in found)

    # --- inside ---------------------------------------------------------------------------------------------

    def _require_here(self, channel: Channel, right: str) -> None:
        own = self.world.permissions_of(self.user, channel)
        wanted = "send_messages_in_threads" if right == "send_messages" and channel.is_thread else right
        missing = [each for each in ("view_channel", wanted) if not permissions.allows(own, each)]
        if missing:
            raise PlaygroundError(f"{self.user.name} has no {missing[0]!r} in #{channel.name or channel.id}")

    def _require_seen(self, message: Message) -> None:
        channel = self.world.channels.get(message.channel_id)
        if channel is None or message.deleted or message not in self.sees(channel):
            raise PlaygroundError(f"{self.user.name} does not see that message")
