"""A person at the keyboard: says things, runs commands, presses buttons, fills forms."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.playground import options, permissions, posting
from bot.playground.errors import (
    ComponentError,
    NothingHappenedError,
    OptionError,
    UnansweredError,
    UnknownCommandError,
)
from bot.playground.modals import fill_modal
from bot.playground.rest import media_type
from bot.playground.state import (
    BUTTON,
    SELECTS,
    Attachment,
    Channel,
    Event,
    Interaction,
    JsonObject,
    Message,
    Upload,
    User,
)
from bot.playground.wire_messages import interaction_json
from bot.playground.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

File = Upload | Path | tuple[str, bytes]
"""A file to attach: an Upload, a path, or `(name, bytes)`."""

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
LINK_STYLE = 5
DIRECT_CONTEXT = 1


class Person:
    """One person of the playground; every method acts as Discord's client would and raises where it refuses.

    `patience` is how long (seconds) an interaction may go unacknowledged before UnansweredError.
    """

    def __init__(self, world: World, user: User, *, patience: float = 10.0) -> None:
        self.world, self.user, self.patience = world, user, patience

    @property
    def id(self) -> int:
        """The user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions this person."""
        return self.user.mention

    @property
    def dm(self) -> Channel:
        """The direct messages between this person and the bot."""
        return self.world.dm_with(self.user)

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
        body: JsonObject = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to.id}
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": ping}
        uploads = dict(enumerate([await as_upload(file) for file in files]))
        return posting.post(self.world, channel, self.user, body, uploads=uploads)

    async def edit(self, message: Message, text: str) -> Message:
        """Changes the words of one's own message."""
        return posting.edit(self.world, message, {"content": text})

    async def delete(self, message: Message) -> None:
        """Deletes a message."""
        posting.remove(self.world, message)

    async def react(self, message: Message, emoji: str) -> None:
        """Adds a reaction."""
        posting.react(self.world, message, self.user, emoji)

    async def type(self, channel: Channel) -> None:
        """Shows this person typing."""
        posting.type_in(self.world, channel, self.user)

    async def open_thread(self, channel: Channel, name: str, *, starter: Message | None = None) -> Channel:
        """Starts a thread, from a message or on its own."""
        return posting.open_thread(self.world, channel, self.user, name, starter=starter)

    def sees(self, channel: Channel) -> list[Message]:
        """What this person sees in a channel, oldest first; other people's ephemeral messages are not there."""
        messages = self.world.messages[channel.id].values()
        return [m for m in messages if m.visible_to in (None, self.user.id)]

    # --- commands -------------------------------------------------------------------------------------------

    async def slash(
        self,
        name: str,
        given: Mapping[str, Any] | None = None,
        channel: Channel | None = None,
        *,
        attachments: Mapping[str, File] | None = None,
    ) -> Interaction:
        """Runs `/name` (with subcommands: "digest add") and waits until the bot has acknowledged it.

        `given` maps option names to plain values (users, channels and roles as records or ids), `attachments`
        to files. Raises UnknownCommandError, OptionError, UnansweredError.
        """
        place = self._place(channel)
        first, *rest = name.split()
        command = self._command(first, 1, place)
        resolved = options.Resolved(self.world, place.guild_id)
        values: dict[str, Any] = dict(given or {})
        uploads = {key: await self._upload(file) for key, file in (attachments or {}).items()}
        built = options.build(options.descend(command, rest), values | uploads, resolved)
        data = _command_data(command, resolved) | {"options": built}
        if not built:
            del data["options"]
        return await self._interact(COMMAND, data, place)

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed: str,
        channel: Channel | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> list[JsonObject]:
        """The choices (`name`, `value`) the bot offers while this person types into an option."""
        place = self._place(channel)
        first, *rest = name.split()
        command = self._command(first, 1, place)
        chain = options.descend(command, rest)
        wanted = next((o for o in chain[-1].get("options") or [] if o["name"] == option), None)
        if wanted is None or not wanted.get("autocomplete"):
            raise OptionError(f"option {option!r} of {name!r} has no autocomplete")
        resolved = options.Resolved(self.world, place.guild_id)
        built = options.build(chain, {**(given or {}), option: typed}, resolved, focused=option)
        data = _command_data(command, resolved) | {"options": built}
        return (await self._interact(AUTOCOMPLETE, data, place)).choices or []

    async def context_menu(self, name: str, target: Message | User, channel: Channel | None = None) -> Interaction:
        """Uses an "Apps" command on a message or a person."""
        if isinstance(target, Message):
            kind, place = 3, self.world.channel(target.channel_id)
        else:
            kind, place = 2, self._place(channel)
        command = self._command(name, kind, place)
        resolved = options.Resolved(self.world, place.guild_id)
        target_id = resolved.add(target)
        return await self._interact(COMMAND, _command_data(command, resolved) | {"target_id": target_id}, place)

    # --- components -----------------------------------------------------------------------------------------

    async def click(self, message: Message, key: str) -> Interaction:
        """Presses the button with this custom_id or label; ComponentError when missing, disabled or a link."""
        button = self._component(message, key, {BUTTON})
        if button.get("style") == LINK_STYLE:
            raise ComponentError(f"{key!r} is a link to {button['url']}")
        data: JsonObject = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": button["id"]}
        return await self._interact(COMPONENT, data, self.world.channel(message.channel_id), message)

    async def select(self, message: Message, key: str, *picked: Any) -> Interaction:
        """Picks values (or option labels; users, channels, roles as records) of a select menu."""
        menu = self._component(message, key, SELECTS)
        resolved = options.Resolved(self.world, message.guild_id)
        values = pick(menu, picked, resolved)
        data: JsonObject = {"custom_id": menu["custom_id"], "component_type": menu["type"], "id": menu["id"]}
        data["values"] = values
        if resolved.data:
            data["resolved"] = resolved.data
        return await self._interact(COMPONENT, data, self.world.channel(message.channel_id), message)

    async def submit_modal(
        self,
        interaction: Interaction,
        values: Mapping[str, Any],
        *,
        files: Mapping[str, Sequence[File]] | None = None,
    ) -> Interaction:
        """Fills the modal an interaction was answered with; keys are custom_ids or labels.

        Fields not named keep their default; a required one left empty raises OptionError.
        """
        if interaction.modal is None:
            raise ComponentError("this interaction was not answered with a modal")
        resolved = options.Resolved(self.world, interaction.guild_id)
        uploads = {key: [await self._upload(f) for f in some] for key, some in (files or {}).items()}
        components = fill_modal(interaction.modal, {**values, **uploads}, resolved)
        data: JsonObject = {"custom_id": interaction.modal["custom_id"], "components": components}
        if resolved.data:
            data["resolved"] = resolved.data
        place = self.world.channel(interaction.channel_id)
        return await self._interact(MODAL_SUBMIT, data, place, interaction.message, parent=interaction)

    # --- inside ---------------------------------------------------------------------------------------------

    def _place(self, channel: Channel | None) -> Channel:
        return channel or self.world.channels[self.world.guild.channels[0]]

    async def _upload(self, file: File) -> Attachment:
        return self.world.store(await as_upload(file), folder=str(self.user.id), ephemeral=True)

    def _command(self, name: str, kind: int, place: Channel) -> JsonObject:
        command = options.find_command(self.world, name, kind, place.guild_id)
        needed = command.get("default_member_permissions")
        own = self.world.permissions_of(self.user, place)
        administrator = permissions.allows(own, "administrator")
        if needed is not None and place.guild_id is not None and not administrator and int(needed) & ~own:
            raise UnknownCommandError(f"{self.user.name} may not use {name!r}: it needs permissions {needed}")
        contexts = command.get("contexts")
        here = DIRECT_CONTEXT if place.guild_id is None else 0
        not_in_dm = place.guild_id is None and (command.get("dm_permission") is False or command.get("guild_id"))
        if (contexts is not None and here not in contexts) or not_in_dm:
            raise UnknownCommandError(f"{name!r} cannot be used here")
        return command

    def _component(self, message: Message, key: str, kinds: Iterable[int]) -> JsonObject:
        if message.deleted or message.visible_to not in (None, self.user.id):
            raise ComponentError(f"{self.user.name} does not see this message")
        found = message.find(key)
        if found is None or found["type"] not in kinds:
            there = [c.get("label") or c.get("custom_id") for c in message.walk() if c["type"] in kinds]
            raise ComponentError(f"no {key!r} on this message; there are: {', '.join(map(str, there)) or 'none'}")
        if found.get("disabled"):
            raise ComponentError(f"{key!r} is disabled")
        return found

    async def _interact(
        self,
        kind: int,
        data: JsonObject,
        place: Channel,
        message: Message | None = None,
        *,
        parent: Interaction | None = None,
    ) -> Interaction:
        world = self.world
        made = Interaction(
            world.mint(),
            secrets.token_urlsafe(60),
            kind,
            self.user,
            place.id,
            place.guild_id,
            data,
            world.clock.now(),
        )
        made.message, made.parent = message, parent
        world.interactions[made.id] = made
        world.publish(Event("INTERACTION_CREATE", interaction_json(world, made), place.guild_id, place.id))
        try:
            await world.until(lambda: made.answer, timeout=self.patience, waiting_for="an answer")
        except NothingHappenedError:
            raise UnansweredError(f"{world.bot.name} did not respond to {made.name!r}") from None
        return made


async def as_upload(file: File) -> Upload:
    """A file in any of the accepted forms, with the media type its name tells."""
    if isinstance(file, Upload):
        return file
    name, data = (file.name, await asyncio.to_thread(file.read_bytes)) if isinstance(file, Path) else file
    return Upload(name, data, media_type(name))


def pick(menu: JsonObject, picked: Sequence[Any], resolved: options.Resolved) -> list[str]:
    """Values of a select menu for what was picked; OptionError when not offered, too few or too many."""
    low, high = menu.get("min_values", 1), menu.get("max_values", 1)
    if not low <= len(picked) <= high:
        raise OptionError(f"pick {low} to {high} of {menu['custom_id']!r}, not {len(picked)}")
    if menu["type"] != 3:
        return [resolved.add(value) for value in picked]
    offered = {o["label"]: o["value"] for o in menu.get("options") or []}
    values = [offered.get(value, value) for value in picked]
    for value in values:
        if value not in offered.values():
            raise OptionError(f"{value!r} is not offered; there are: {', '.join(offered)}")
    return values


def _command_data(command: JsonObject, resolved: options.Resolved) -> JsonObject:
    data: JsonObject = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if resolved.data:
        data["resolved"] = resolved.data
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data
