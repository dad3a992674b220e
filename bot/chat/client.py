"""The Discord client: which events we hear, which commands we offer, and how it starts and stops."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, Protocol, runtime_checkable

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.actions.feature import ActionFeature
from bot.chat.answers import apologise
from bot.chat.automatic import AutomaticFeature
from bot.chat.brief import BriefFeature
from bot.chat.desk import Behind, Desk
from bot.chat.entrances import hear, heard
from bot.chat.failures import kind, sentence
from bot.chat.locales import TheirLocales
from bot.chat.login import login_failures_told, without_voice
from bot.chat.resuming import resume_after_outages
from bot.chat.shards import ALL_SHARDS, Shards, shards_of
from bot.chat.strays import answer_stray
from bot.chat.surfaces import Surfaces
from bot.chat.sync import sync_commands
from bot.chat.translator import CatalogueTranslator
from bot.chat.wire import Wire
from bot.domain.trace import begin_trace
from bot.settings import Settings
from bot.wording import speak

_log = logging.getLogger(__name__)

# None of these is privileged: mentions, replies, direct messages and commands carry their words without them.
INTENTS: Final = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True)
NEEDED: Final = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)


class Feature(Protocol):
    """What one module of the front brings along."""

    @property
    def dynamic_items(self) -> Sequence[type[ui.DynamicItem[Any]]]:
        """Buttons that are known by the pattern of their custom_id."""
        ...

    def commands(
        self,
    ) -> Sequence[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group]:
        """Slash commands, groups of them, and context menus."""
        ...

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """A message was posted that we may see."""
        ...


@runtime_checkable
class HearsReactions(Protocol):
    """A feature that wants to know of reactions, too."""

    async def on_reaction(self, reaction: discord.RawReactionActionEvent) -> None:
        """Somebody reacted to a message, or took it back (`event_type`)."""
        ...


@runtime_checkable
class HearsGuilds(Protocol):
    """A Feature that wants to know which servers the bot is in."""

    async def member_of(self, guild_ids: Collection[int], ours: Callable[[int], bool]) -> None:
        """All of them, as far as they are `ours`: those that this process's shards hear of."""
        ...

    async def joined(self, guild_id: int) -> None:
        """The bot was added to a server."""
        ...

    async def left(self, guild_id: int) -> None:
        """The bot was removed from a server; an outage is none of that."""
        ...


@runtime_checkable
class HearsForms(Protocol):
    """A feature whose forms are known by their custom_id, also after a restart."""

    async def hear_form(self, interaction: discord.Interaction[Any]) -> bool:
        """Do what a form wants that was sent in; False where it is of somebody else. Raises nothing."""
        ...


class NutgrafClient(discord.AutoShardedClient):
    """Carries the features. It mentions nobody, keeps no messages and caches no members."""

    def __init__(  # noqa: PLR0913  what the composition root knows
        self,
        features: Sequence[Feature],
        desk: Desk,
        *,
        intents: discord.Intents,
        shards: Shards = ALL_SHARDS,
        ready_timeout: float = 2.0,
        sync: bool = True,
        wire: Wire | None = None,
    ) -> None:
        without_voice()
        resume_after_outages()
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=ready_timeout,
            shard_ids=list(shards.ids) if shards.ids else None,  # type: ignore[arg-type]  # its default is None
            shard_count=shards.count,
        )
        self._features = tuple(features)
        self._locales = TheirLocales()
        self.desk = desk
        self._sync = sync and shards.has_first
        self._wire = wire
        self.tree: _Tree = _Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        for feature in self._features:
            for command in feature.commands():
                self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Before the gateway opens: buttons of earlier messages work again, and the commands are registered."""
        if self._wire is not None:
            self._wire.open(self)
        for feature in self._features:
            self.add_dynamic_items(*map(heard, feature.dynamic_items))
        await self.tree.set_translator(CatalogueTranslator())
        if not self._sync or self.application_id is None:
            return
        try:
            await sync_commands(self.tree, self.application_id)
        except discord.HTTPException as error:  # mentions and messages work without commands
            _log.warning("commands not registered error=%s", kind(error))

    async def on_ready(self) -> None:
        """Connected, and the guilds are known."""
        _log.info("ready shards=%d guilds=%d", len(self.shards), len(self.guilds))
        shards, count = set(self.shards), self.shard_count or 1
        for feature in self._hearing_guilds():
            # A guild that an outage hides is among them, too: it only is not available.
            await feature.member_of(
                {guild.id for guild in self.guilds}, lambda guild_id: (guild_id >> 22) % count in shards
            )

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Added to a server."""
        for feature in self._hearing_guilds():
            await feature.joined(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed from a server."""
        for feature in self._hearing_guilds():
            await feature.left(guild.id)

    def _hearing_guilds(self) -> list[HearsGuilds]:
        return [feature for feature in self._features if isinstance(feature, HearsGuilds)]

    async def on_message(self, message: discord.Message) -> None:
        """Hand the message to each feature."""
        if self.user is None or message.author.id == self.user.id:
            return
        begin_trace(str(message.id))
        speak(self._locales.of(message))
        for feature in self._features:
            await feature.on_message(message, self.user)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what discord.py would drop: forms that outlived a restart, buttons that nobody knows any more."""
        self._locales.note(interaction)
        items = [item for feature in self._features for item in feature.dynamic_items]
        hear_forms = [feature.hear_form for feature in self._features if isinstance(feature, HearsForms)]
        await answer_stray(interaction, [item.__discord_ui_compiled_template__ for item in items], hear_forms)

    async def on_raw_reaction_add(self, reaction: discord.RawReactionActionEvent) -> None:
        """Hand the reaction to each feature."""
        await self._reacted(reaction)

    async def on_raw_reaction_remove(self, reaction: discord.RawReactionActionEvent) -> None:
        """Hand the reaction that was taken back to each feature."""
        await self._reacted(reaction)

    async def _reacted(self, reaction: discord.RawReactionActionEvent) -> None:
        if self.user is None or reaction.user_id == self.user.id:
            return
        begin_trace(str(reaction.message_id))
        for feature in self._features:
            if isinstance(feature, HearsReactions):
                await feature.on_reaction(reaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """The last net under events. discord.py's own would log what the event held."""
        error = sys.exc_info()[1]
        if error is not None:
            sentence(error)

    async def close(self) -> None:
        """Tell those who wait, then leave."""
        if not self.is_closed():
            await self.desk.close()
        await super().close()


class _Tree(app_commands.CommandTree[NutgrafClient]):
    """Commands, each under a trace of its own, with a last net that answers the person."""

    async def interaction_check(self, interaction: discord.Interaction[NutgrafClient], /) -> bool:
        """The task of a command begins here."""
        hear(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[NutgrafClient], error: app_commands.AppCommandError, /
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await apologise(interaction, cause)


def make_client(
    behind: Behind,
    settings: Settings,
    *,
    wire: Wire,
    more: Sequence[Feature] = (),
    ready_timeout: float = 2.0,
    edit_every: float = 1.5,
) -> NutgrafClient:
    """The client over what stands `behind` the Desk, with `more` features beside briefings.

    `ready_timeout` (seconds) may be short where there are few guilds; `wire` is opened when the client logs in.
    """
    surfaces = Surfaces(wire)
    desk = Desk(behind, surfaces, edit_every=edit_every)
    actions = ActionFeature(behind.actions, desk, surfaces)
    doors = BriefFeature(desk, surfaces, max_bytes=settings.fetch_max_bytes, hear_reply=actions.hear_reply)
    unasked = AutomaticFeature(desk, surfaces)
    return NutgrafClient(
        [doors, actions, unasked, *more],
        desk,
        intents=intents_of(settings),
        shards=shards_of(settings),
        ready_timeout=ready_timeout,
        wire=wire,
    )


def intents_of(settings: Settings) -> discord.Intents:
    """What we listen to: with the privileged Message Content only where the operator has enabled it."""
    return INTENTS | discord.Intents(message_content=settings.discord_message_content)


def use_api(base: str, gateway: str) -> None:
    """Speak to Discord's API at `base` and its gateway at `gateway`: a rate-limit proxy, or the playground.

    discord.py keeps both addresses in its classes, so this holds for the whole process.
    """
    Route.BASE = base.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


async def run_client(client: NutgrafClient, token: str) -> None:
    """Run until cancelled or closed. Raises SettingsError where Discord is not reached or refuses the token."""
    with login_failures_told():
        async with client:
            await client.start(token)


async def check_token(settings: Settings) -> str:
    """Whose token DISCORD_TOKEN is and how to invite the bot, in a sentence. Raises SettingsError."""
    use_api(settings.discord_api_base, settings.discord_gateway)
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    with login_failures_told():
        async with discord.Client(intents=INTENTS) as client:
            await client.login(token)
            invitation = discord.utils.oauth_url(client.application_id or 0, permissions=NEEDED)
            return f"DISCORD_TOKEN belongs to the bot {client.user}; invite it with {invitation}"
