"""People who ask for briefings while the bot dies and comes back, and all that they see of it.

What counts is the wire of the local Discord. Asked is what a person did; accepted is what the bot answered to in
any way: a note, a deferred answer, a briefing. Who is not answered asks again with a message of their own.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.jobs.ports import nonce_of
from bot.playground import Channel, Message, Person, Playground
from bot.playground.errors import UnansweredError, UnknownCommandError
from bot.playground.rest_interactions import TOKEN_SECONDS
from bot.playground.state import Event, Interaction
from scripts.kill_site import News

PATIENCE: Final = 8.0  # seconds after which a person asks again
RESPONSE: Final = 4.0  # seconds after which a command "did not respond"; the bot has three
# As long as so many wait, nobody asks for more: people go before digests, which would never have a turn.
WAITING: Final = 4  # for an answer
UNANSWERED: Final = 2  # for a first sign
REVOKED: Final = 0.3  # of the commands: so many have a token that runs out at once

CARD, FAILED, WORKING = "card", "failed", "working"


class Seen:
    """Every message that the bot posted, whatever became of it later, by what it answers."""

    def __init__(self, playground: Playground) -> None:
        self._world = playground.world
        self.posted: list[Message] = []
        self._replies: dict[int, list[Message]] = defaultdict(list)
        self._nonces: dict[str, list[Message]] = defaultdict(list)
        self._used: dict[int, list[Message]] = defaultdict(list)
        self._world.listen(self._hear)

    def answers(self, key: int) -> list[Message]:
        """What was posted in answer to the message or interaction of that id."""
        found = [*self._replies[key], *self._nonces[nonce_of(str(key))], *self._used[key]]
        return list({message.id: message for message in found}.values())

    def _hear(self, event: Event) -> None:
        message = event.message
        if event.name != "MESSAGE_CREATE" or message is None or message.author is not self._world.bot:
            return
        self.posted.append(message)
        if message.reply_to is not None:
            self._replies[message.reply_to].append(message)
        if message.nonce is not None:
            self._nonces[message.nonce].append(message)
        if message.interaction is not None:
            self._used[message.interaction.id].append(message)


def state_of(message: Message) -> str:
    """What stands there now: a card, the sentence of a failure, or a note that the work goes on."""
    ids = [str(button.get("custom_id", "")) for button in message.buttons]
    if message.deleted or message.loading:
        return WORKING
    if any(custom_id.startswith("nutgraf:do:ask:") for custom_id in ids):
        return CARD
    return WORKING if any(custom_id.startswith("nutgraf:cancel:") for custom_id in ids) else FAILED


@dataclass(frozen=True)
class Asked:
    """One asking, by the id of its message or interaction."""

    key: int
    kind: str
    accepted: bool
    answers: tuple[Message, ...]

    @property
    def finished(self) -> list[Message]:
        """Its outcomes; a "thinking" that nobody can fill any more is none."""
        return [message for message in self.answers if state_of(message) != WORKING]

    @property
    def is_lost(self) -> bool:
        """Whether it was accepted and has no outcome."""
        return self.accepted and not self.finished

    @property
    def is_doubled(self) -> bool:
        """Whether several messages answer it."""
        return len([message for message in self.answers if not message.loading]) > 1


class People:
    """A small crowd in several servers."""

    def __init__(self, playground: Playground, news: News, seed: int) -> None:
        self._playground = playground
        self._news = news
        self._random = random.Random(seed)
        self._made = 0
        self._said: dict[int, str] = {}  # messages that asked for a briefing, and their kinds
        self._commands: dict[int, str] = {}
        self._unanswered = 0
        self.seen = Seen(playground)
        self.revoked: set[int] = set()  # commands whose token ran out
        self.asked_again = 0
        self.feeds = 0  # so many feeds have a digest: their articles are asked for, too
        world = playground.world
        guilds = [playground.guild, world.add_guild("Second Newsroom"), world.add_guild("Third Newsroom")]
        self._rooms: list[tuple[Person, Channel]] = []
        self.digest_channels: list[Channel] = []
        for number, guild in enumerate(guilds):
            desk = world.add_channel(f"desk{number}", guild=guild)
            self.digest_channels.append(world.add_channel(f"briefings{number}", guild=guild))
            for name in ("ada", "grace", "linus"):
                person = playground.person(name)
                person.join(guild)
                person.patience = RESPONSE
                self._rooms.append((person, desk))

    async def ask(self, enough: asyncio.Event, *, every: float) -> None:
        """Ask for something new every so often until it is `enough`, and go on until all are answered at least."""
        async with asyncio.TaskGroup() as crowd:
            while not enough.is_set():
                waiting = sum(asked.is_lost for asked in self.asked())
                if self._unanswered < UNANSWERED and waiting < WAITING:
                    crowd.create_task(self._persist())
                await asyncio.sleep(self._random.uniform(0, 2 * every))

    def asked(self) -> Iterator[Asked]:
        """All that was asked, as it stands now."""
        for key, kind in list(self._said.items()):
            found = tuple(self.seen.answers(key))
            yield Asked(key, kind, bool(found), found)
        for interaction in list(self._playground.world.interactions.values()):
            found, kind = tuple(self.seen.answers(interaction.id)), self._commands.get(interaction.id, "command")
            yield Asked(interaction.id, kind, interaction.answer is not None, found)

    def left_thinking(self) -> list[int]:
        """Commands whose deferred answer was never filled, though it could have been."""
        used = self._playground.world.interactions.values()
        return [
            each.id for each in used if each.original and each.original.loading and each.id not in self.revoked
        ]

    # --- inside -----------------------------------------------------------------------------------------------

    async def _persist(self) -> None:
        """One person's wish, asked for until the bot says anything."""
        self._made += 1
        ways: list[Callable[[str, Person, Channel], Awaitable[bool]]] = [
            self._link,
            self._command,
            self._paste,
            self._file,
            self._link,
            self._command_with_file,
            self._link,
            self._private_command,
        ]
        way = ways[self._made % len(ways)]
        person, channel = self._random.choice(self._rooms)
        name = self._article()
        self._unanswered += 1
        try:
            while not await way(name, person, channel):
                self.asked_again += 1
        finally:
            self._unanswered -= 1

    def _article(self) -> str:
        feed = self._random.randint(0, max(self.feeds, 1))
        return self._random.choice([f"order{self._made}", f"order{self._made}", f"one{feed}", f"group{feed // 4}"])

    async def _link(self, name: str, person: Person, channel: Channel) -> bool:
        return await self._say("link", person, channel, f"{self._news.url}/article/{name}")

    async def _paste(self, name: str, person: Person, channel: Channel) -> bool:
        return await self._say("pasted", person, channel, self._news.text(f"pasted{self._made} {name}")[:1_800])

    async def _file(self, name: str, person: Person, channel: Channel) -> bool:
        text = self._news.text(f"file{self._made} {name}").encode()
        return await self._say("file", person, channel, "", files=[("article.txt", text)])

    async def _say(self, kind: str, person: Person, channel: Channel, text: str, **more: Any) -> bool:
        said = await person.say(channel, f"{self._playground.mention} {text}", **more)
        self._said[said.id] = kind
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not self.seen.answers(said.id):
            if asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    async def _command(self, name: str, person: Person, channel: Channel) -> bool:
        return await self._use("command", person, channel, {"link": f"{self._news.url}/article/{name}"})

    async def _private_command(self, name: str, person: Person, channel: Channel) -> bool:
        given = {"link": f"{self._news.url}/article/{name}", "private": True}
        return await self._use("private command", person, channel, given)

    async def _command_with_file(self, name: str, person: Person, channel: Channel) -> bool:
        file = ("article.txt", self._news.text(f"file{self._made} {name}").encode())
        return await self._use("command with file", person, channel, {}, attachments={"file": file})

    async def _use(self, kind: str, person: Person, channel: Channel, given: dict[str, Any], **more: Any) -> bool:
        try:
            used = await person.slash("brief", given, channel, **more)
        except UnansweredError:
            return False
        except UnknownCommandError:  # before the first bot's first start
            await asyncio.sleep(PATIENCE)
            return False
        self._commands[used.id] = kind
        if self._random.random() < REVOKED:
            self._run_out(used)
        return True

    def _run_out(self, used: Interaction) -> None:
        """Discord takes no more answers to it: as after fifteen minutes."""
        used.created -= timedelta(seconds=TOKEN_SECONDS)
        self.revoked.add(used.id)


def counted(asked: list[Asked]) -> dict[str, int]:
    """How many of each kind were accepted."""
    return dict(sorted(Counter(each.kind for each in asked if each.accepted).items()))
