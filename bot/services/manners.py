"""Manners: who may ask for a briefing, where, how often and for how many tokens. Pure decisions over values.

    person            → in a server: one of the roles that it chose; who manages the server may always ask
    place             → in a server: not a channel that it excluded, and one of those that it named, if it did
    how often         → the operator's rate for a person and for a server, and the server's own pause
    how many tokens   → today's budgets; what is spent leaves the built-in engine, unless the server refuses

What Discord marks as age-restricted stays behind that mark: a briefing that was asked for there, or of a link that
was posted there, is shown there or in another such place, never elsewhere (`may_pass`). The words of a briefing
are not filtered: whoever reads a channel may read its links. Pictures of pages that say they are for adults are
not even taken (`bot.intake.lead_picture`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from bot.domain.answer import Place
from bot.domain.errors import BudgetError, CooldownError, NotAllowedError
from bot.domain.keeping import Choices
from bot.domain.order import ArticleOrder
from bot.wording import Phrase, phrase_n

_CHOSEN: Final = ("engine", "model", "language", "length", "sections")  # fields of an order that choices fill
_CHANNELS_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and where. In direct messages, and in a server that the bot is no member of, `guild_id` is 0."""

    user_id: int
    guild_id: int = 0
    channel_id: int = 0  # in a thread: the channel that it belongs to, whose choices hold in it
    category_id: int = 0
    role_ids: frozenset[int] = frozenset()
    manages: bool = False  # may manage the server
    restricted: bool = False  # the channel is age-restricted


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one more every `every` seconds; `every` 0: no limit."""

    burst: int = 1
    every: float = 0.0

    def wait(self, busy_until: datetime | None, now: datetime) -> float:
        """Seconds until one more is taken; 0: now."""
        if not self.every or busy_until is None:
            return 0.0
        # A clock that was set back must not make anybody wait longer than a full row takes.
        ahead = min((busy_until - now).total_seconds(), self.burst * self.every)
        return max(0.0, ahead - (self.burst - 1) * self.every)

    def taken(self, busy_until: datetime | None, now: datetime) -> datetime | None:
        """`busy_until` after one more was taken at `now`: the instant at which the whole row is free again."""
        if not self.every:
            return None
        latest = now + timedelta(seconds=self.burst * self.every)
        begin = max(busy_until, now) if busy_until else now
        return min(begin + timedelta(seconds=self.every), latest)


@dataclass(frozen=True, slots=True)
class Rates:
    """The operator's, which no server can loosen."""

    person: Rate = field(default_factory=Rate)
    guild: Rate = field(default_factory=Rate)


@dataclass(frozen=True, slots=True)
class Uses:
    """What is remembered of earlier askings: until when each row is busy, and this person's last one here."""

    person: datetime | None = None
    guild: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens of today (UTC), by the guild and by the person there."""

    guild: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds at a place: `narrowed` choices, and the operator's rates."""

    choices: Choices = field(default_factory=Choices)
    rates: Rates = field(default_factory=Rates)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Welcome: the order with what was chosen for the place, and what the person should know of it.

    `notice` is told beside the answer. `uses` is to be remembered for the next asking.
    """

    order: ArticleOrder
    choices: Choices
    uses: Uses = field(default_factory=Uses)
    notice: Phrase | None = None
    restricted: bool = False

    def placed(self, place: Place) -> Place:
        """`place` with what was chosen for it."""
        chosen = {
            "threaded": bool(self.choices.threads),
            "pictures": self.choices.pictures is not False,
            "restricted": self.restricted,
        }
        return place.model_copy(update=chosen)


def admit(
    asker: Asker,
    order: ArticleOrder,
    rules: Rules,
    before: tuple[Uses, Spent],
    now: datetime,
    said: Collection[str] = (),
) -> Admitted:
    """Let the asker in, or raise NotAllowedError, CooldownError or BudgetError saying what to do next.

    `said` names the fields of `order` that the person chose: the others are filled by the choices where they stand
    at their default.
    """
    choices, (uses, spent) = rules.choices, before
    if asker.guild_id:
        _require_place(asker, choices)
        _require_role(asker, choices)
    filled_order = filled(order, choices, said)
    notice: Phrase | None = None
    if filled_order.engine != "extractive":
        filled_order, notice = within_budget(filled_order, asker, choices, spent)
    return Admitted(filled_order, choices, taken(asker, rules, uses, now), notice, asker.restricted)


def filled(order: ArticleOrder, choices: Choices, said: Collection[str] = ()) -> ArticleOrder:
    """`order` with what was chosen, in the fields that stand at their default and that nobody `said`."""
    defaults = ArticleOrder.model_fields
    chosen = {
        name: value
        for name in _CHOSEN
        if name not in said and getattr(order, name) == defaults[name].default
        if (value := getattr(choices, name)) is not None
    }
    return order.model_copy(update=chosen)


def narrowed(choices: Choices, operators: Choices) -> Choices:
    """`choices` over the operator's; of budgets, the smaller one counts, since the operator pays."""
    held = choices.over(operators)
    return held.model_copy(
        update={
            name: _least(getattr(choices, name), getattr(operators, name))
            for name in ("daily_tokens", "daily_tokens_each")
        }
    )


def may_pass(*, from_restricted: bool, to_restricted: bool) -> bool:
    """Whether a briefing asked for, or a link posted, in one channel may be shown in another."""
    return to_restricted or not from_restricted


def _require_place(asker: Asker, choices: Choices) -> None:
    here = {asker.channel_id, asker.category_id} - {0}
    if here & set(choices.not_channels or ()):
        raise NotAllowedError(
            Phrase("This server does not want me to answer in this channel."),
            cure=Phrase("Ask in another channel, or send me a direct message."),
        )
    if choices.only_channels and not here & set(choices.only_channels):
        named = ", ".join(f"<#{channel}>" for channel in choices.only_channels[:_CHANNELS_NAMED])
        raise NotAllowedError(
            Phrase("This server wants me to answer in certain channels only."),
            cure=Phrase("Ask in one of these: {channels}. Or send me a direct message.", channels=named),
        )


def _require_role(asker: Asker, choices: Choices) -> None:
    if choices.roles and not asker.manages and not asker.role_ids & set(choices.roles):
        raise NotAllowedError(
            Phrase("Only people with certain roles may ask me for briefings here."),
            cure=Phrase("Ask someone who manages this server for such a role, or send me a direct message."),
        )


def within_budget(
    order: ArticleOrder, asker: Asker, choices: Choices, spent: Spent
) -> tuple[ArticleOrder, Phrase | None]:
    """The order, by the built-in engine where a budget is spent; then also what to say of it."""
    mine = choices.daily_tokens_each
    ours = choices.daily_tokens if asker.guild_id else None
    without_model = order.model_copy(update={"engine": "extractive", "model": None})
    if ours == 0 or mine == 0:
        return without_model, None
    if ours is not None and spent.guild >= ours:
        over = Phrase("This server's {tokens:,} tokens for today are spent.", tokens=ours)
        so = Phrase(
            "This server's {tokens:,} tokens for today are spent; "
            "I answer with the built-in engine until midnight UTC.",
            tokens=ours,
        )
    elif mine is not None and spent.person >= mine:
        over = Phrase("Your {tokens:,} tokens for today are spent.", tokens=mine)
        so = Phrase(
            "Your {tokens:,} tokens for today are spent; I answer with the built-in engine until midnight UTC.",
            tokens=mine,
        )
    else:
        return order, None
    if choices.over_budget == "refuse":
        raise BudgetError(over, cure=Phrase("Ask again after midnight UTC."))
    return without_model, so


def taken(asker: Asker, rules: Rules, uses: Uses, now: datetime) -> Uses:
    """`uses` with this one. Raises CooldownError naming the longest of the waits."""
    choices, rates = rules.choices, rules.rates
    waits = {
        "person": rates.person.wait(uses.person, now),
        "guild": rates.guild.wait(uses.guild, now) if asker.guild_id else 0.0,
        "pause": Rate(1, choices.cooldown or 0).wait(_busy(uses.last, choices), now) if asker.guild_id else 0.0,
    }
    longest = max(waits, key=lambda name: waits[name])
    if waits[longest] > 0:
        raise CooldownError(_TOO_OFTEN[longest], cure=_again_in(waits[longest]))
    return Uses(
        person=rates.person.taken(uses.person, now),
        guild=rates.guild.taken(uses.guild, now) if asker.guild_id else None,
        last=now,
    )


_TOO_OFTEN: Final = {
    "person": Phrase("You have asked for many briefings in a short time."),
    "guild": Phrase("This server has asked for many briefings in a short time."),
    "pause": Phrase("This server wants a pause between two briefings of one person."),
}


def _busy(last: datetime | None, choices: Choices) -> datetime | None:
    return last + timedelta(seconds=choices.cooldown) if last and choices.cooldown else None


def _again_in(seconds: float) -> Phrase:
    """The wait in words, never rounded down."""
    if seconds <= 120:
        return phrase_n(
            "You can ask again in {count} second.", "You can ask again in {count} seconds.", ceil(seconds)
        )
    return phrase_n(
        "You can ask again in {count} minute.", "You can ask again in {count} minutes.", ceil(seconds / 60)
    )


def _least(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
