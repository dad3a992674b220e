"""How a person uses the bot's commands, components and forms, as Discord's client lets them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.playground import options, permissions
from bot.playground.errors import (
    ComponentError,
    NothingHappenedError,
    OptionError,
    UnansweredError,
)
from bot.playground.modals import fill_modal
from bot.playground.offers import GUILD_INSTALL, context_of, is_called, offer, owners_here
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


class Interacting:
    """The half of a person that interacts; each method raises where Discord's client would refuse.

    `patience` is how long (seconds) an interaction may go unacknowledged before UnansweredError.
    """

    def __init__(self, world: World, user: User, *, patience: float = 10.0) -> None:
        self.world, self.user, self.patience = world, user, patience

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
        command, owners = self._command(first, 1, place)
        resolved = self._resolved(place.guild_id)
        values: dict[str, Any] = dict(given or {})
        uploads = {key: await self._upload(file) for key, file in (attachments or {}).items()}
        built = options.build(self._chain(command, rest), values | uploads, resolved)
        data = _command_data(command, resolved) | {"options": built}
        if not built:
            del data["options"]
        return await self._interact(COMMAND, data, place, owners)

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
        command, owners = self._command(first, 1, place)
        chain = self._chain(command, rest)
        wanted = next((o for o in chain[-1].get("options") or [] if is_called(o, option, self.user.locale)), None)
        if wanted is None or not wanted.get("autocomplete"):
            raise OptionError(f"option {option!r} of {name!r} has no autocomplete")
        resolved = self._resolved(place.guild_id)
        values = options.canonical(chain[-1], {**(given or {}), option: typed}, self.user.locale)
        built = options.build(chain, values, resolved, focused=wanted["name"])
        data = _command_data(command, resolved) | {"options": built}
        return (await self._interact(AUTOCOMPLETE, data, place, owners)).choices or []

    async def context_menu(self, name: str, target: Message | User, channel: Channel | None = None) -> Interaction:
        """Uses an "Apps" command on a message or a person."""
        if isinstance(target, Message):
            kind, place = 3, self.world.channel(target.channel_id)
        else:
            kind, place = 2, self._place(channel)
        command, owners = self._command(name, kind, place)
        resolved = self._resolved(place.guild_id)
        target_id = resolved.add(target)
        return await self._interact(
            COMMAND, _command_data(command, resolved) | {"target_id": target_id}, place, owners
        )

    # --- components -----------------------------------------------------------------------------------------

    async def click(self, message: Message, key: str) -> Interaction:
        """Presses the button with this custom_id or label; ComponentError when missing, disabled or a link."""
        button = self._component(message, key, {BUTTON})
        if button.get("style") == LINK_STYLE:
            raise ComponentError(f"{key!r} is a link to {button['url']}")
        data: JsonObject = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": button["id"]}
        return await self._use(data, message)

    async def select(self, message: Message, key: str, *picked: Any) -> Interaction:
        """Picks values (or option labels; users, channels, roles as records) of a select menu."""
        menu = self._component(message, key, SELECTS)
        resolved = self._resolved(message.guild_id)
        values = pick(menu, picked, resolved)
        data: JsonObject = {"custom_id": menu["custom_id"], "component_type": menu["type"], "id": menu["id"]}
        data["values"] = values
        if resolved.data:
            data["resolved"] = resolved.data
        return await self._use(data, message)

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
        resolved = self._resolved(interaction.guild_id)
        uploads = {key: [await self._upload(f) for f in some] for key, some in (files or {}).items()}
        components = fill_modal(interaction.modal, {**values, **uploads}, resolved)
        data: JsonObject = {"custom_id": interaction.modal["custom_id"], "components": components}
        if resolved.data:
            data["resolved"] = resolved.data
        place = self.world.channel(interaction.channel_id)
        return await self._interact(
            MODAL_SUBMIT, data, place, interaction.owners, message=interaction.message, parent=interaction
        )

    def sees(self, channel: Channel) -> list[Message]:
        """What this person sees in a channel, oldest first: nothing where they may not look.

        Other people's ephemeral messages are not there.
        """
        own = self.world.permissions_of(self.user, channel)
        if not permissions.allows(own, "view_channel"):
            return []
        messages = self.world.messages.get(channel.id, {}).values()
        return sorted((m for m in messages if m.visible_to in (None, self.user.id)), key=lambda m: m.id)

    # --- inside ---------------------------------------------------------------------------------------------

    def _place(self, channel: Channel | None) -> Channel:
        return channel or self.world.channels[self.world.guild.channels[0]]

    async def _upload(self, file: File) -> Attachment:
        return self.world.store(await as_upload(file), folder=str(self.user.id), ephemeral=True)

    def _resolved(self, guild_id: int | None) -> options.Resolved:
        return options.Resolved(self.world, guild_id, self.user.locale)

    def _chain(self, command: JsonObject, words: list[str]) -> list[JsonObject]:
        return options.descend(command, words, locale=self.user.locale)

    def _command(self, name: str, kind: int, place: Channel) -> tuple[JsonObject, dict[str, str]]:
        """The command as this person is offered it here, and by whose installation."""
        command = options.find_command(self.world, name, kind, place.guild_id, locale=self.user.locale)
        return command, offer(self.world, command, self.user, place)

    async def _use(self, data: JsonObject, message: Message) -> Interaction:
        """A component stands under the installation that its message was made by."""
        place = self.world.channel(message.channel_id)
        if message.interaction is not None:
            owners = message.interaction.owners
        else:
            owners = owners_here(self.world, [GUILD_INSTALL], self.user, place)
        return await self._interact(COMPONENT, data, place, owners, message=message)

    def _component(self, message: Message, key: str, kinds: Iterable[int]) -> JsonObject:
        if message.deleted or message.id not in {m.id for m in self.sees(self.world.channel(message.channel_id))}:
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
        owners: dict[str, str],
        *,
        message: Message | None = None,
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
        made.owners, made.context = owners, context_of(world, place)
        made.external = str(GUILD_INSTALL) not in owners
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
