"""One person looking through the page: what the browser is told, and what it may ask for.

A wish is `{"do": ..., "ref": ...}`; the answer is `{"type": "done", "ref": ...}`, in trouble with an `error`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.errors import ApiError, PlaygroundError
from bot.playground.offers import LOCALES, localised
from bot.playground.person import Person
from bot.playground.state import FORUM, Channel, Event, Interaction, JsonObject, Message, Upload
from bot.playground.view import channel_view, channels_of, guild_view, may, message_view, user_view
from bot.playground.view_forms import commands_view, modal_view
from bot.playground.world import World


class Viewing:
    """One open page: who is looking, what is told to the browser, what the browser asked for."""

    def __init__(
        self, world: World, person: Person, uploads: dict[str, Upload], samples: list[JsonObject]
    ) -> None:
        self.world, self.person = world, person
        self._uploads, self._samples = uploads, samples
        self.outbox: asyncio.Queue[str] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()

    # --- telling the browser --------------------------------------------------------------------------------

    def tell(self, kind: str, **data: Any) -> None:
        """Sends one message to the browser."""
        self.outbox.put_nowait(json.dumps({"type": kind} | data, ensure_ascii=False))

    def greet(self) -> None:
        """All that the page needs to draw itself."""
        people = [u for u in self.world.users.values() if not u.bot]
        self.tell(
            "hello",
            me=user_view(self.person.user),
            bot=user_view(self.world.bot),
            people=[user_view(u) for u in people],
            installed=self.person.user.installed,
            locale=self.person.locale,
            locales=sorted(LOCALES),
            roles=[{"id": str(r.id), "name": r.name} for r in self.world.guild.roles],
            samples=self._samples,
            online=self.world.connections > 0,
        )
        self.tell_channels()

    def tell_channels(self) -> None:
        """The list of channels, with this person's conversations first, and the guilds they belong to."""
        world, user = self.world, self.person.user
        world.dm_with(user)
        rows = [channel_view(world, c, user) for c in channels_of(world, user)]
        guilds = [guild_view(world, g) for g in world.guilds.values() if user.id in g.members]
        self.tell("channels", channels=rows, guilds=guilds)

    def hear(self, event: Event) -> None:
        """Passes on what happened, if this person may see it."""
        message = event.message
        if event.name.startswith(("CHANNEL_", "THREAD_", "GUILD_", "_GUILDS")):
            self.tell_channels()
        if event.visible_to not in (None, self.person.id) or not self._concerns(event):
            return
        if event.name == "MESSAGE_DELETE" and message is not None:
            self.tell("deleted", id=str(message.id), channel=str(message.channel_id))
        elif event.name == "MESSAGE_DELETE_BULK":
            for identity in event.data["ids"]:
                self.tell("deleted", id=identity, channel=str(event.channel_id))
        elif message is not None:
            self.tell("message", message=message_view(self.world, message, self.person.user))
        elif event.name == "TYPING_START":
            user = self.world.users[int(event.data["user_id"])]
            self.tell("typing", channel=str(event.channel_id), user=user_view(user))
        elif event.name == "_PRESENCE":
            self.tell("bot", online=self.world.connections > 0)

    def _concerns(self, event: Event) -> bool:
        channel = self.world.channels.get(event.channel_id or 0)
        return channel is None or may(self.world, self.person.user, channel, "view_channel")

    # --- doing what it asks ---------------------------------------------------------------------------------

    def obey(self, wish: JsonObject) -> None:
        """Starts what the browser asked for; the answer carries the wish's `ref`."""
        task = asyncio.create_task(self._obey(wish))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Stops what is still under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _obey(self, wish: JsonObject) -> None:
        answer: JsonObject = {"ref": wish.get("ref")}
        try:
            action = _ACTIONS.get(str(wish.get("do")))
            if action is None:
                raise PlaygroundError(f"the page does not know how to {wish.get('do')!r}")
            answer |= await action(self, wish) or {}
        except (PlaygroundError, ApiError) as error:
            answer["error"] = str(error)
        except (KeyError, ValueError, TypeError) as error:
            answer["error"] = f"that did not work: {error!r}"
        self.tell("done", **answer)

    def channel(self, wish: JsonObject) -> Channel:
        """The channel of a wish; other people's direct messages are out of reach."""
        channel = self.world.channel(int(wish["channel"]))
        if not may(self.world, self.person.user, channel, "view_channel"):
            raise PlaygroundError("that is someone else's conversation, or hidden from you")
        return channel

    def message(self, wish: JsonObject) -> Message:
        """The message of a wish."""
        message = self.world.message(self.channel(wish).id, int(wish["message"]))
        if message.visible_to not in (None, self.person.id):
            raise PlaygroundError("that message is for someone else")
        return message

    def upload(self, token: str) -> Upload:
        """A file that was uploaded before; it can be used once."""
        return self._uploads.pop(token)


async def _open(viewing: Viewing, wish: JsonObject) -> JsonObject:
    channel = viewing.channel(wish)
    seen = sorted(viewing.person.sees(channel), key=lambda m: m.id)
    views = [message_view(viewing.world, m, viewing.person.user) for m in seen[-200:]]
    return {"channel": str(channel.id), "messages": views}


async def _commands(viewing: Viewing, wish: JsonObject) -> JsonObject:
    return {"commands": commands_view(viewing.world, viewing.person.user, viewing.channel(wish))}


async def _say(viewing: Viewing, wish: JsonObject) -> None:
    channel = viewing.channel(wish)
    files = [viewing.upload(token) for token in wish.get("files") or []]
    text = str(wish.get("text") or "")
    if channel.type == FORUM:
        title = str(wish.get("title") or "") or " ".join(text.split())[:60] or "New post"
        channel = await viewing.person.open_thread(channel, title)
    reply = viewing.message(wish | {"message": wish["reply_to"]}) if wish.get("reply_to") else None
    if text.strip() or files:
        await viewing.person.say(channel, text, files=files, reply_to=reply)


async def _typing(viewing: Viewing, wish: JsonObject) -> None:
    await viewing.person.type(viewing.channel(wish))


async def _react(viewing: Viewing, wish: JsonObject) -> None:
    """Puts a reaction on, or takes one's own off."""
    message, emoji = viewing.message(wish), str(wish["emoji"])
    if viewing.person.id in message.reactions.get(emoji, []):
        await viewing.person.unreact(message, emoji)
    else:
        await viewing.person.react(message, emoji)


async def _forward(viewing: Viewing, wish: JsonObject) -> JsonObject:
    target = viewing.channel({"channel": wish["to"]})
    await viewing.person.forward(viewing.message(wish), target)
    return {"to": str(target.id)}


async def _edit(viewing: Viewing, wish: JsonObject) -> None:
    await viewing.person.edit(viewing.message(wish), str(wish.get("text") or ""))


async def _thread(viewing: Viewing, wish: JsonObject) -> JsonObject:
    starter = viewing.message(wish)
    title = str(wish.get("name") or "") or " ".join(starter.text.split())[:60] or "Thread"
    thread = await viewing.person.open_thread(viewing.channel(wish), title, starter=starter)
    return {"thread": channel_view(viewing.world, thread, viewing.person.user)}


async def _settings(viewing: Viewing, wish: JsonObject) -> None:
    """The person's own: whether they have the app, and the language of their client."""
    if "installed" in wish:
        viewing.person.user.installed = bool(wish["installed"])
    if "locale" in wish:
        viewing.person.locale = str(wish["locale"])


async def _delete(viewing: Viewing, wish: JsonObject) -> None:
    await viewing.person.delete(viewing.message(wish))


async def _slash(viewing: Viewing, wish: JsonObject) -> JsonObject:
    files = {name: viewing.upload(token) for name, token in (wish.get("files") or {}).items()}
    used = await viewing.person.slash(
        wish["name"], wish.get("options") or {}, viewing.channel(wish), attachments=files
    )
    return _after(viewing, used)


async def _complete(viewing: Viewing, wish: JsonObject) -> JsonObject:
    choices = await viewing.person.autocomplete(
        wish["name"], wish["option"], str(wish.get("typed") or ""), viewing.channel(wish), wish.get("options")
    )
    locale = viewing.person.locale
    return {"choices": [{"label": localised(c, "name", locale), "value": c["value"]} for c in choices]}


async def _menu(viewing: Viewing, wish: JsonObject) -> JsonObject:
    if "user" in wish:
        person = viewing.world.users[int(wish["user"])]
        return _after(viewing, await viewing.person.context_menu(wish["name"], person, viewing.channel(wish)))
    return _after(viewing, await viewing.person.context_menu(wish["name"], viewing.message(wish)))


async def _click(viewing: Viewing, wish: JsonObject) -> JsonObject:
    return _after(viewing, await viewing.person.click(viewing.message(wish), wish["custom_id"]))


async def _select(viewing: Viewing, wish: JsonObject) -> JsonObject:
    message = viewing.message(wish)
    menu = message.find(wish["custom_id"]) or {}
    picked = [_record(viewing.world, menu.get("type", 3), value) for value in wish["values"]]
    return _after(viewing, await viewing.person.select(message, wish["custom_id"], *picked))


async def _modal(viewing: Viewing, wish: JsonObject) -> JsonObject:
    form = viewing.world.interactions[int(wish["interaction"])]
    if form.user is not viewing.person.user or form.modal is None:
        raise PlaygroundError("that form is not open")
    kinds = {
        f["custom_id"]: f["type"] for f in modal_view(viewing.world, form.modal)["fields"] if "custom_id" in f
    }
    values: JsonObject = {}
    for key, value in (wish.get("values") or {}).items():
        many = isinstance(value, list) and kinds.get(key) in (5, 6, 7, 8)
        values[key] = [_record(viewing.world, kinds[key], v) for v in value] if many else value
    files = {key: [viewing.upload(t) for t in tokens] for key, tokens in (wish.get("files") or {}).items()}
    return _after(viewing, await viewing.person.submit_modal(form, values, files=files))


def _record(world: World, kind: int, value: str) -> Any:
    """What a select's value stands for: text itself, or a person, role or channel by id."""
    if kind == 3:
        return value
    identity = int(value)
    found = world.users.get(identity) or world.channels.get(identity) or world.role(identity)
    if found is None:
        raise PlaygroundError("that is no longer there")
    return found


def _after(viewing: Viewing, used: Interaction) -> JsonObject:
    """What the page has to do next: open a modal, or nothing."""
    if used.modal is None:
        return {}
    return {"modal": modal_view(viewing.world, used.modal), "interaction": str(used.id)}


_ACTIONS: dict[str, Callable[[Viewing, JsonObject], Awaitable[JsonObject | None]]] = {
    "open": _open,
    "commands": _commands,
    "say": _say,
    "typing": _typing,
    "edit": _edit,
    "react": _react,
    "forward": _forward,
    "thread": _thread,
    "settings": _settings,
    "delete": _delete,
    "slash": _slash,
    "complete": _complete,
    "menu": _menu,
    "click": _click,
    "select": _select,
    "modal": _modal,
}
