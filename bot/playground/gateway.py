"""Discord's gateway: sessions over a WebSocket that can be cut, missed and resumed.

A session keeps every event it was sent; a client that comes back with RESUME gets what it missed, in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.rest_guilds import application_flags, gateway_url
from bot.playground.state import Event, JsonObject
from bot.playground.visible import seen_by_bot
from bot.playground.wire import guild_create_json, member_json, user_json
from bot.playground.world import World

HEARTBEAT_MS = 41_250
KEPT_EVENTS = 2000
"""Events a session keeps for RESUME; who missed more has to IDENTIFY again."""
DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT = 0, 1, 2, 3, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 8, 9, 10, 11
AUTHENTICATION_FAILED, DISALLOWED_INTENTS, UNKNOWN_ERROR = 4004, 4014, 4000

GUILDS, MEMBERS = 1 << 0, 1 << 1
PRIVILEGED = MEMBERS | 1 << 8 | 1 << 15
_MESSAGES, _REACTIONS, _TYPING = (1 << 9, 1 << 12), (1 << 10, 1 << 13), (1 << 11, 1 << 14)
_NEEDS = {
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_ALL": _REACTIONS,
    "MESSAGE_REACTION_REMOVE_EMOJI": _REACTIONS,
    "MESSAGE_DELETE_BULK": _MESSAGES,
    "TYPING_START": _TYPING,
    "GUILD_MEMBER_ADD": (MEMBERS, 0),
    "GUILD_MEMBER_REMOVE": (MEMBERS, 0),
    "GUILD_MEMBER_UPDATE": (MEMBERS, 0),
}
"""The intent an event needs, in a guild and in a direct message; others need GUILDS, INTERACTION_CREATE none."""


class Session:
    """One identified client, over as many connections as it takes."""

    def __init__(self, world: World, identify: JsonObject, *, kept_events: int) -> None:
        self.id = secrets.token_hex(16)
        self.intents = int(identify.get("intents", 0))
        self.shard: tuple[int, int] = tuple(identify.get("shard") or (0, 1))
        self.sequence = 0
        self.alive = True
        self.sent: deque[tuple[int, str]] = deque(maxlen=kept_events)
        self._world = world
        self._outbox: asyncio.Queue[str] | None = None

    def attach(self, outbox: asyncio.Queue[str]) -> None:
        """From now on events go out over this connection."""
        self._outbox = outbox

    def detach(self, outbox: asyncio.Queue[str]) -> None:
        """The connection is gone; events are kept for RESUME."""
        if self._outbox is outbox:
            self._outbox = None

    def dispatch(self, name: str, data: Any) -> None:
        """Numbers an event, keeps it and sends it where a connection is there."""
        self.sequence += 1
        frame = json.dumps({"op": DISPATCH, "s": self.sequence, "t": name, "d": data})
        self.sent.append((self.sequence, frame))
        if self._outbox is not None:
            self._outbox.put_nowait(frame)

    def remembers(self, after: int) -> bool:
        """Whether everything after number `after` can still be sent again."""
        return self.alive and after <= self.sequence and (not self.sent or self.sent[0][0] <= after + 1)

    def replay(self, after: int) -> int:
        """Sends again what came after number `after`; how many that were."""
        missed = [frame for number, frame in self.sent if number > after]
        for frame in missed:
            if self._outbox is not None:
                self._outbox.put_nowait(frame)
        return len(missed)

    def hears(self, event: Event) -> bool:
        """Whether intents, shard and the bot's sight of the channel let this event through."""
        if not event.to_bot or event.name.startswith("_"):
            return False
        shard = 0 if event.guild_id is None else (event.guild_id >> 22) % self.shard[1]
        if shard != self.shard[0]:
            return False
        if event.name == "INTERACTION_CREATE":
            return True
        in_guild, in_dm = _NEEDS.get(event.name, (GUILDS, GUILDS))
        needed = in_dm if event.guild_id is None else in_guild
        if needed and not self.intents & needed:
            return False
        return self._is_there(event)

    def _is_there(self, event: Event) -> bool:
        """Whether the bot is where it happened, and sees the channel where messages are concerned."""
        world, channel = self._world, self._world.channels.get(event.channel_id or 0)
        if event.guild_id is not None and event.name != "GUILD_DELETE" and not world.has_bot(event.guild_id):
            return False
        if channel is not None and not world.is_in(world.bot, channel):
            return False
        return not event.message or world.may_see(event.channel_id)

    def tell(self, event: Event) -> None:
        """Passes on an event as this session may see it."""
        if not self.hears(event):
            return
        data = event.data
        if event.message is not None and "content" in data:
            data = seen_by_bot(self._world, event.message, data, self.intents)
        self.dispatch(event.name, data)


class Gateway:
    """The server's side of the WebSocket."""

    def __init__(self, world: World, token: str) -> None:
        self._world, self._token = world, token
        self.sessions: dict[str, Session] = {}
        self.resumed = 0
        self.kept_events = KEPT_EVENTS
        self._sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._away_until = 0.0
        self._stop = world.listen(self._tell)

    def _tell(self, event: Event) -> None:
        for session in self.sessions.values():
            if session.alive:
                session.tell(event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Serves one connection until it ends."""
        if asyncio.get_running_loop().time() < self._away_until:
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0, autoping=True)
        await socket.prepare(request)
        self._sockets[socket] = request
        outbox: asyncio.Queue[str] = asyncio.Queue()
        writer = asyncio.create_task(_write(socket, outbox))
        session: Session | None = None
        try:
            _send(outbox, HELLO, {"heartbeat_interval": HEARTBEAT_MS})
            async for frame in _frames(socket):
                session = await self._obey(frame, socket, outbox, session)
        finally:
            self._sockets.pop(socket, None)
            if session is not None:
                session.detach(outbox)
                self._world.count_connection(-1)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
        return socket

    async def _obey(
        self,
        frame: JsonObject,
        socket: web.WebSocketResponse,
        outbox: asyncio.Queue[str],
        session: Session | None,
    ) -> Session | None:
        op, data = frame.get("op"), frame.get("d")
        if op == HEARTBEAT:
            _send(outbox, ACK, None)
        elif op == IDENTIFY:
            return await self._identify(data or {}, socket, outbox)
        elif op == RESUME:
            return self._resume(data or {}, outbox)
        elif op == REQUEST_MEMBERS and session is not None:
            self._send_members(session, data or {})
        return session

    async def _identify(
        self, data: JsonObject, socket: web.WebSocketResponse, outbox: asyncio.Queue[str]
    ) -> Session | None:
        if data.get("token") != self._token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return None
        if int(data.get("intents", 0)) & PRIVILEGED & ~self._world.privileged_intents:
            await socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return None
        session = Session(self._world, data, kept_events=self.kept_events)
        session.attach(outbox)
        self._world.count_connection(1)
        there = [g for g in self._world.guilds.values() if self._world.has_bot(g.id)]
        guilds = [g for g in there if (g.id >> 22) % session.shard[1] == session.shard[0]]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": user_json(self._world.bot) | {"verified": True, "mfa_enabled": True, "flags": 0},
                "guilds": [{"id": str(g.id), "unavailable": True} for g in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": gateway_url(self._world),
                "shard": list(session.shard),
                "application": {"id": str(self._world.bot.id), "flags": application_flags(self._world)},
                "private_channels": [],
                "relationships": [],
                "presences": [],
            },
        )
        for guild in guilds:
            members = bool(session.intents & MEMBERS)
            session.dispatch("GUILD_CREATE", guild_create_json(self._world, guild, with_members=members))
        self.sessions[session.id] = session
        return session

    def _resume(self, data: JsonObject, outbox: asyncio.Queue[str]) -> Session | None:
        session = self.sessions.get(str(data.get("session_id")))
        seen = int(data.get("seq") or 0)
        if session is None or not session.remembers(seen) or data.get("token") != self._token:
            _send(outbox, INVALID_SESSION, False)
            return None
        session.attach(outbox)
        self._world.count_connection(1)
        session.replay(seen)
        session.dispatch("RESUMED", {})
        self.resumed += 1
        return session

    def _send_members(self, session: Session, data: JsonObject) -> None:
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = {int(i) for i in data.get("user_ids") or guild.members}
        prefix = str(data.get("query") or "").lower()
        found = [self._world.users[i] for i in guild.members if i in wanted]
        found = [user for user in found if user.name.startswith(prefix)]
        chunk: JsonObject = {"guild_id": str(guild.id), "chunk_index": 0, "chunk_count": 1, "not_found": []}
        chunk["members"] = [member_json(self._world, user, guild) for user in found]
        if data.get("nonce"):
            chunk["nonce"] = data["nonce"]
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    async def drop(self, code: int | None = UNKNOWN_ERROR, *, resumable: bool = True) -> int:
        """Cuts every connection with a close code (None: without a word); how many there were."""
        if not resumable:
            for session in self.sessions.values():
                session.alive = False
        sockets = list(self._sockets.items())
        for socket, request in sockets:
            if code is not None:
                await socket.close(code=code)
            elif request.transport is not None:
                request.transport.abort()
        return len(sockets)

    async def ask_to_reconnect(self) -> None:
        """Sends every client op 7, as Discord does before it restarts a gateway node."""
        for socket in list(self._sockets):
            await socket.send_json({"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """Ends every session with op 9: the client has to IDENTIFY again."""
        for session in self.sessions.values():
            session.alive = False
        for socket in list(self._sockets):
            await socket.send_json({"op": INVALID_SESSION, "d": False})

    async def away(self, seconds: float) -> None:
        """Cuts every connection and refuses new ones for `seconds`."""
        self._away_until = asyncio.get_running_loop().time() + seconds
        await self.drop(1001)

    async def close(self) -> None:
        """Ends all connections for good."""
        self._stop()
        self._away_until = float("inf")
        await self.drop(1001)


def _send(outbox: asyncio.Queue[str], op: int, data: Any) -> None:
    outbox.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))


async def _write(socket: web.WebSocketResponse, outbox: asyncio.Queue[str]) -> None:
    while True:
        frame = await outbox.get()
        if socket.closed:
            return
        await socket.send_str(frame)


async def _frames(socket: web.WebSocketResponse) -> AsyncIterator[JsonObject]:
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            yield json.loads(message.data)
