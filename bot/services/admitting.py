"""Admission: `bot.services.manners` with what it decides over: what was chosen here, what was asked and spent.

What was asked before is held in memory, by the process that has the gateway connection. That is enough, however
many processes there are: all events of a server arrive by one shard, all direct messages by shard 0, and a shard
belongs to one process. After a restart everybody may ask at once again; tokens are counted in the database.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Final

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.clock import Clock, utc_now
from bot.domain.draft import Usage
from bot.domain.keeping import Choices
from bot.domain.newest import Newest
from bot.domain.order import ArticleOrder
from bot.services.books import SettingsBook, UsageBook
from bot.services.briefing import OffersSections
from bot.services.manners import (
    Admitted,
    Asker,
    Rate,
    Rates,
    Rules,
    Spent,
    Uses,
    admit,
    filled,
    narrowed,
    taken,
    within_budget,
)
from bot.services.models import Models, OffersModels
from bot.services.prompt_sets import OperatorsOnly, PromptSets
from bot.settings import Settings

REMEMBERED: Final = 20_000  # people and servers; who asked longest ago is forgotten first
DEFAULTS: Final = Choices(
    language="auto",
    length="standard",
    engine="auto",
    threads=False,
    pictures=True,
    automatic="off",
    roles=(),
    only_channels=(),
    not_channels=(),
    cooldown=0,
    over_budget="extractive",
)


def operators_choices(settings: Settings) -> Choices:
    """What holds where nobody chose anything."""
    return DEFAULTS.model_copy(
        update={"daily_tokens": settings.guild_daily_tokens, "daily_tokens_each": settings.user_daily_tokens}
    )


def operators_rates(settings: Settings) -> Rates:
    """How often a person and a server may ask."""
    return Rates(
        person=Rate(settings.user_burst, settings.user_cooldown_seconds),
        guild=Rate(settings.guild_burst, settings.guild_cooldown_seconds),
    )


class Memory:
    """Uses by person and by server, so many of them."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._rows: Newest[tuple[str, int, int], Uses] = Newest(size)

    def recall(self, asker: Asker) -> Uses:
        """What is known of the person everywhere, of the server, and of the person in that server."""
        person = self._rows.get(("person", asker.user_id, 0)) or Uses()
        guild = self._rows.get(("guild", asker.guild_id, 0)) or Uses()
        here = self._rows.get(("here", asker.user_id, asker.guild_id)) or Uses()
        return replace(person, guild=guild.guild, last=here.last)

    def keep(self, asker: Asker, uses: Uses) -> None:
        """Remember it."""
        rows = {
            ("person", asker.user_id, 0): Uses(person=uses.person),
            ("guild", asker.guild_id, 0): Uses(guild=uses.guild),
            ("here", asker.user_id, asker.guild_id): Uses(last=uses.last),
        }
        for key, value in rows.items():
            self._rows.put(key, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """One for each process that has the gateway connection."""

    choices: SettingsBook
    usage: UsageBook
    sections: OffersSections
    own: PromptSets = field(default_factory=OperatorsOnly)
    models: OffersModels = field(default_factory=Models)
    operators: Choices = DEFAULTS
    rates: Rates = field(default_factory=Rates)
    clock: Clock = utc_now
    memory: Memory = field(default_factory=Memory)

    async def held(self, guild_id: int, channel_id: int) -> Choices:
        """What holds in a channel (of a thread: its channel); 0, 0 in direct messages. Raises StorageError."""
        chosen = await self.choices.choices(guild_id, channel_id or None) if guild_id else Choices()
        # Asked at every message of some channels, so the server's own prompts are looked up only where they count.
        sections = await offered(guild_id, self.own, self.sections) if chosen.sections else self.sections
        return usable(narrowed(chosen, self.operators), sections, self.models)

    async def admit(self, asker: Asker, order: ArticleOrder, said: Collection[str] = ()) -> Admitted:
        """Let the asker in, and remember that they asked.

        `said`: the fields of `order` that the person chose. Raises NotAllowedError, CooldownError, BudgetError,
        StorageError.
        """
        held = await self.held(asker.guild_id, asker.channel_id)
        spent = await self._spent(asker, held)
        now = self.clock()
        # Nothing is awaited from here on: of two askings at once, the second one knows of the first.
        before = self.memory.recall(asker), spent
        admitted = admit(asker, order, Rules(held, self.rates), before, now, said)
        self.memory.keep(asker, admitted.uses)
        return admitted

    async def afford(self, asker: Asker, order: ArticleOrder) -> Admitted:
        """As `admit`, for what somebody who manages the server tries, wherever that is: by the budgets, and by
        the operator's rates."""
        held = await self.held(asker.guild_id, asker.channel_id)
        spent = await self._spent(asker, held)
        order, notice = within_budget(filled(order, held), asker, held, spent)
        # Nothing is awaited from here on, as above. What the server wants of its people is not asked of it itself.
        uses = taken(asker, Rules(Choices(), self.rates), self.memory.recall(asker), self.clock())
        self.memory.keep(asker, uses)
        return Admitted(order, held, uses=uses, notice=notice)

    async def bill(self, key: str, place: Place, brief: Brief) -> bool:
        """Note what a briefing cost, once for each `key`. Raises StorageError.

        Orders that share an article's job share its key: the first that is answered pays.
        For briefings that were made for it: one that lay on the shelf was paid before. Orders under way are not
        counted yet, so a budget may be overdrawn by what they cost.
        """
        if not brief.usage.calls:
            return False
        return await self.usage.spend(
            f"brief:{key}", place.guild_id if place.member else 0, self._today(), brief.usage, place.asker_id
        )

    async def _spent(self, asker: Asker, held: Choices) -> Spent:
        """Asked of the database only as far as there is a budget."""
        today, ours, mine = self._today(), 0, 0
        if held.daily_tokens and asker.guild_id:
            ours = _tokens(await self.usage.spent(asker.guild_id, today))
        if held.daily_tokens_each:
            mine = _tokens(await self.usage.spent(asker.guild_id, today, asker.user_id))
        return Spent(ours, mine)

    def _today(self) -> date:
        return self.clock().astimezone(UTC).date()


async def offered(guild_id: int, own: PromptSets, operators: OffersSections) -> OffersSections:
    """The sections that a server's briefings can have: of its own prompts, or else of the operator's."""
    return (await own.of_guild(guild_id) if guild_id else None) or operators


def usable(choices: Choices, sections: OffersSections, models: OffersModels) -> Choices:
    """`choices` without what the operator took away since: sections, models, the model endpoint."""
    known = {section.name for section in sections.section_values()}
    left = tuple(name for name in choices.sections or () if name in known)
    return choices.model_copy(
        update={
            "sections": left or None,
            "model": choices.model if choices.model in models.names else None,
            "engine": choices.engine if models.names or choices.engine != "llm" else "auto",
        }
    )


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens
