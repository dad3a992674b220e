"""The playground as one server on this machine: REST, gateway, CDN, and whatever else is asked of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from http import HTTPStatus
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground import rest_commands, rest_guilds, rest_interactions, rest_messages
from bot.playground.accounting import LimitReport
from bot.playground.buckets import GLOBAL_COUNT, REAL, Buckets, sends
from bot.playground.changes import Changes
from bot.playground.errors import PlaygroundError
from bot.playground.faults import Faults
from bot.playground.gateway import UNKNOWN_ERROR, Gateway
from bot.playground.model import Model
from bot.playground.page import Page
from bot.playground.rest import PREFIX, Recorded, Rest
from bot.playground.site import Site
from bot.playground.state import Channel, Guild, JsonObject, Message, User
from bot.playground.world import World, furnish

TOKEN = "playground.token"  # noqa: S105 - opens nothing but the playground


class Playground(Changes):
    """A local Discord, open while its `async with` block lasts. See the package's docstring for a tour.

    `port` 0 takes a free one. `privileged_intents` are those switched on in the "developer portal"
    (bit set; none by default, so a bot that asks for Message Content is turned away with 4014).
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = TOKEN,
        bot_name: str = "Nutgraf",
        privileged_intents: int = 0,
        furnished: bool = True,
    ) -> None:
        self.token = token
        self._port = port
        super().__init__(World(bot_name=bot_name))
        self.world.privileged_intents = privileged_intents
        if furnished:
            furnish(self.world)
        self.faults = Faults()
        self.gateway = Gateway(self.world, token)
        rooms = (rest_guilds, rest_commands, rest_messages, rest_interactions)
        routes = [route for room in rooms for route in room.ROUTES]
        self.rest = Rest(self.world, token, self.faults, routes)
        self.model = Model()
        self.site = Site()
        self.page = Page(self.world, self.person, self._samples)
        self._runner: web.AppRunner | None = None

    # --- life -----------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.site.open()
        await self.page.open()
        app = web.Application(client_max_size=64 * 1024 * 1024)
        self._add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.world.base_url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.page.close()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", PREFIX + "/{rest:.*}", self.rest.answer)
        app.router.add_get("/gateway", self.gateway.answer)
        app.router.add_get("/gateway/", self.gateway.answer)
        self.model.add_routes(app)
        self.site.add_routes(app)
        self.page.add_routes(app)
        app.router.add_get("/{folder:(?:ephemeral-)?attachments}/{rest:.*}", self._serve_file)

    async def _serve_file(self, request: web.Request) -> web.Response:
        upload = self.world.cdn.get(request.path)
        if upload is None:
            return web.Response(status=404, text="This content is no longer available.")
        headers = {"Content-Type": upload.content_type, "X-Content-Type-Options": "nosniff"}
        if not upload.content_type.startswith(("image/", "text/plain")):
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=upload.data, headers=headers | {"Content-Security-Policy": "sandbox"})

    # --- addresses ------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The page's address, `http://127.0.0.1:<port>`."""
        return self.world.base_url

    @property
    def api_url(self) -> str:
        """For `discord.http.Route.BASE`."""
        return self.url + PREFIX

    @property
    def gateway_url(self) -> str:
        """For `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` (wrap it in `yarl.URL`)."""
        return rest_guilds.gateway_url(self.world)

    @property
    def model_url(self) -> str:
        """For `LLM_BASE_URL`: the scripted endpoint, see `Model`."""
        return self.url + "/v1"

    def article_url(self, name: str) -> str:
        """The address of an article ("swing-bridge-closure") or odd page ("redirect-loop") of the site."""
        return f"{self.url}/articles/{name}"

    def _samples(self) -> list[JsonObject]:
        return [{"title": a.title, "url": self.article_url(a.slug)} for a in self.site.articles]

    # --- what is there --------------------------------------------------------------------------------------

    @property
    def requests(self) -> list[Recorded]:
        """Every REST request so far."""
        return self.rest.requests

    @property
    def unknown_routes(self) -> list[str]:
        """Requests that no route answers; tests assert that this is empty."""
        return self.rest.unknown_routes

    def sent(self, method: str, path_ends: str) -> list[Recorded]:
        """The requests with this method whose path ends so."""
        return [r for r in self.requests if r.method == method and r.path.endswith(path_ends)]

    @property
    def mention(self) -> str:
        """The text that mentions the bot."""
        return self.world.bot.mention

    @property
    def bot(self) -> User:
        """The bot's user."""
        return self.world.bot

    @property
    def guild(self) -> Guild:
        """The first guild."""
        return self.world.guild

    def channel(self, name: str, *, guild: Guild | None = None) -> Channel:
        """A guild channel or thread by name; the newest where several have it."""
        for channel in reversed(list(self.world.channels.values())):
            if channel.name == name and guild in (None, self.world.guilds.get(channel.guild_id or 0)):
                return channel
        raise PlaygroundError(f"there is no channel {name!r}")

    def messages(self, channel: Channel, *, by_bot: bool = False) -> list[Message]:
        """All messages of a channel, oldest first, ephemeral ones too."""
        found = sorted(self.world.messages[channel.id].values(), key=lambda m: m.id)
        return [m for m in found if m.author is self.world.bot] if by_bot else found

    # --- bad days -------------------------------------------------------------------------------------------

    def limit_sends(self, count: int = 5, seconds: float = 5.0) -> None:
        """From now on messages and edits are counted a channel, and the one too many gets 429."""
        self.rest.buckets = Buckets(sends(count, seconds))

    def limit_everything(self, *, global_count: int = GLOBAL_COUNT) -> None:
        """From now on every route's bucket is counted as Discord does, and all requests together a second."""
        self.rest.buckets = Buckets(REAL, global_count)

    def limit_report(self) -> LimitReport:
        """How often the bot was limited, whether it waited as told, how near it is to a ban."""
        return self.rest.accounting.report(self.world.clock.now())

    def busiest(self, method: str, path_pattern: str, seconds: float = 5.0) -> int:
        """The most requests to any one path that matches (a regular expression) within `seconds`."""
        times: dict[str, list[dt.datetime]] = {}
        for request in self.requests:
            if request.method == method and re.search(path_pattern, request.path):
                times.setdefault(request.path, []).append(request.at)
        span = dt.timedelta(seconds=seconds)
        return max((sum(0 <= (b - a) / span < 1 for b in at) for at in times.values() for a in at), default=0)

    @property
    def audit_log(self) -> list[Recorded]:
        """The accepted requests that gave a reason for the guild's audit log (`.reason`)."""
        return [r for r in self.requests if r.reason is not None and r.status < HTTPStatus.BAD_REQUEST]

    async def drop_sockets(self, code: int | None = UNKNOWN_ERROR, *, resumable: bool = True) -> int:
        """Cuts the gateway connections with a close code (None: like a pulled plug); how many there were."""
        return await self.gateway.drop(code, resumable=resumable)

    async def gateway_away(self, seconds: float) -> None:
        """Cuts the connections and refuses new ones for a while; what happens meanwhile comes by RESUME."""
        await self.gateway.away(seconds)

    async def invalidate_session(self) -> None:
        """Op 9: the session is lost, the client has to IDENTIFY again."""
        await self.gateway.invalidate()

    async def ask_to_reconnect(self) -> None:
        """Op 7: the client is asked to connect again and RESUME."""
        await self.gateway.ask_to_reconnect()

    # --- waiting --------------------------------------------------------------------------------------------

    async def wait_for_message(
        self,
        channel: Channel,
        predicate: Callable[[Message], bool] | None = None,
        timeout: float = 10.0,  # noqa: ASYNC109 - ends with a telling error
        *,
        after: Message | None = None,
    ) -> Message:
        """The first finished message by the bot in `channel` that fits, already there or still to come.

        "Thinking..." placeholders do not count until filled. `after` leaves out what is older than a message.
        Raises NothingHappenedError after `timeout` seconds, telling what the bot did say.
        """
        oldest = after.id if after else 0

        def look() -> Message | None:
            for message in self.messages(channel, by_bot=True):
                if message.id > oldest and not message.loading and (predicate is None or predicate(message)):
                    return message
            return None

        try:
            return await self.world.until(look, timeout=timeout, waiting_for=f"a message in #{channel.name}")
        except PlaygroundError as error:
            said = [m.text[:80] or "(nothing)" for m in self.messages(channel, by_bot=True)][-5:]
            error.add_note(f"the bot's last messages there: {said}")
            raise

    async def wait_until(
        self,
        message: Message,
        predicate: Callable[[Message], bool],
        timeout: float = 10.0,  # noqa: ASYNC109 - ends with a telling error
    ) -> Message:
        """The same message once it fits, through however many edits. Raises NothingHappenedError."""
        return await self.world.until(
            lambda: message if predicate(message) else None,
            timeout=timeout,
            waiting_for=f"an edit of message {message.id} (now: {message.text[:80]!r})",
        )

    async def wait_for_bot(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Returns once a client has identified itself at the gateway."""
        await self.world.until(
            lambda: True if any(s.alive for s in self.gateway.sessions.values()) else None,
            timeout=timeout,
            waiting_for="the bot to come online",
        )

    async def wait_for_request(
        self,
        method: str,
        path_ends: str,
        timeout: float = 10.0,  # noqa: ASYNC109 - ends with a telling error
        *,
        count: int = 1,
    ) -> list[Recorded]:
        """The recorded requests with this method and path ending, once there are `count` of them."""

        def look() -> list[Recorded] | None:
            found = self.sent(method, path_ends)
            return found if len(found) >= count else None

        return await self.world.until(look, timeout=timeout, waiting_for=f"{count} x {method} {path_ends}")
