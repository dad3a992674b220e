"""SettingsDesk: what those who manage a server do with its settings: look, choose, take back, see who did what.

A setting is a field of `Choices`. What holds somewhere was chosen there, or for the whole server, or is the
operator's default; the Desk tells which. It checks what is chosen; fronts show it and hand over what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pydantic import ValidationError

from bot.domain.audit import AuditEntry
from bot.domain.clock import Clock, utc_now
from bot.domain.errors import UsageError
from bot.domain.keeping import Choices
from bot.domain.languages import language_code
from bot.domain.section import Section
from bot.services.admitting import DEFAULTS, offered, usable
from bot.services.auditing import AuditBook
from bot.services.books import SettingsBook
from bot.services.briefing import OffersSections
from bot.services.manners import narrowed
from bot.services.models import Models, OffersModels
from bot.services.prompt_sets import OperatorsOnly, PromptSets
from bot.wording import Phrase

Origin = Literal["here", "server", "default"]

SETTINGS: Final = tuple(Choices.model_fields)
SERVER_ONLY: Final = frozenset(
    {"interests", "only_channels", "not_channels", "daily_tokens", "daily_tokens_each", "over_budget"}
)
MOST_NAMED: Final = 25  # roles, channels or words; Discord's menus take no more
MOST_SECONDS: Final = 86_400
MOST_TOKENS: Final = 10**12
SHOWN_ENTRIES: Final = 10

# Grouped in threes, or not at all: of `1.5` nobody knows what was meant.
_COUNT: Final = re.compile(r"(?P<digits>\d{1,3}(?:[.,'’_\s]\d{3})+|\d{1,15})\s*(?P<unit>[a-z]*)", re.IGNORECASE)
_TOKEN_UNITS: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_SECOND_UNITS: Final = {"": 1, "s": 1, "m": 60, "min": 60, "h": 3_600}


@dataclass(frozen=True, slots=True)
class Held:
    """One setting at one place: its value there, and where that was chosen."""

    name: str
    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All settings of one place (`channel_id` 0: the whole server), and what there is to choose from.

    `places`: the channels that have choices of their own.
    """

    guild_id: int
    channel_id: int = 0
    held: Mapping[str, Held]
    places: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()
    models: tuple[str, ...] = ()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the settings that were chosen at exactly this place."""
        return tuple(name for name, held in self.held.items() if held.origin == "here")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsDesk:
    """The settings of all servers. Raises UsageError with the cure for what cannot be chosen, and StorageError."""

    choices: SettingsBook
    audit: AuditBook
    sections: OffersSections
    own: PromptSets = field(default_factory=OperatorsOnly)
    models: OffersModels = field(default_factory=Models)
    operators: Choices = DEFAULTS
    clock: Clock = utc_now

    async def panel(self, guild_id: int, channel_id: int = 0) -> Panel:
        """What holds at a place."""
        places = await self.choices.places(guild_id)
        server = await self.choices.own(guild_id)
        here = places.get(channel_id, Choices()) if channel_id else server
        sections = await offered(guild_id, self.own, self.sections)
        value = usable(narrowed(here.over(server), self.operators), sections, self.models)
        held = {
            name: Held(name, getattr(value, name), _origin(name, here, server))
            for name in SETTINGS
            if not (channel_id and name in SERVER_ONLY)
        }
        return Panel(
            guild_id=guild_id,
            channel_id=channel_id,
            held=held,
            places=tuple(sorted(places)),
            sections=sections.section_values(),
            models=self.models.names,
        )

    async def choose(self, guild_id: int, channel_id: int, by: int, name: str, wanted: object) -> None:
        """Choose one setting at exactly that place; None: take the choice back. It holds at once.

        `wanted` is a value of that field, or what was typed for it.
        """
        self._require_known(name, channel_id)
        if wanted is not None and name == "sections":
            value: object = _sections(_names(wanted), await offered(guild_id, self.own, self.sections))
        else:
            value = None if wanted is None else self._checked(name, wanted, channel_id)
        await self.choices.amend(guild_id, channel_id or None, {name: value}, by=by, now=self.clock())

    async def inherit(self, guild_id: int, channel_id: int, by: int) -> None:
        """Take back all that was chosen at exactly that place."""
        nothing: dict[str, object] = dict.fromkeys(SETTINGS)
        await self.choices.amend(guild_id, channel_id or None, nothing, by=by, now=self.clock())

    async def raise_section(self, guild_id: int, channel_id: int, by: int, section: str) -> None:
        """Put a section one place further up in the order that holds there; the order is a choice then."""
        panel = await self.panel(guild_id, channel_id)
        order = list(order_of(panel))
        if section not in order:
            raise UsageError(
                Phrase("That section is not shown here."), cure=Phrase("Choose it first, then its place.")
            )
        place = order.index(section)
        if place:
            order[place - 1 : place + 1] = reversed(order[place - 1 : place + 1])
            await self.choose(guild_id, channel_id, by, "sections", order)

    async def recent(self, guild_id: int, limit: int = SHOWN_ENTRIES) -> Sequence[AuditEntry]:
        """The latest changes in a server, newest first."""
        return await self.audit.recent(guild_id, limit)

    def _require_known(self, name: str, channel_id: int) -> None:
        if name not in SETTINGS:
            raise UsageError(Phrase("There is no such setting."), cure=Phrase("Use /settings show again."))
        if channel_id and name in SERVER_ONLY:
            raise UsageError(
                Phrase("That is a setting of the whole server."), cure=Phrase("Choose the whole server first.")
            )

    def _checked(self, name: str, wanted: object, channel_id: int) -> object:
        """The value to keep. Raises UsageError."""
        match name:
            case "language":
                return language_code(str(wanted))
            case "model":
                self.models.model_id(str(wanted))
            case "engine" if wanted == "llm" and not self.models.names:
                raise UsageError(
                    Phrase("This bot runs without a model."), cure=Phrase("The built-in engine writes briefings.")
                )
            case "automatic" if wanted == "links" and not channel_id:
                raise UsageError(
                    Phrase("I brief every link only in channels that you choose, never in a whole server."),
                    cure=Phrase("Choose a channel first, then this."),
                )
            case "cooldown":
                return _count(wanted, _SECOND_UNITS, MOST_SECONDS)
            case "daily_tokens" | "daily_tokens_each":
                return self._tokens(name, _count(wanted, _TOKEN_UNITS, MOST_TOKENS))
            case "interests":
                return _few(_names(wanted))
            case "roles" | "only_channels" | "not_channels":
                return _few(wanted)
        return _typed(name, wanted)

    def _tokens(self, name: str, tokens: int) -> int:
        most = getattr(self.operators, name)
        if most is not None and tokens > most:
            raise UsageError(
                Phrase("The person who runs this bot gives {most:,} tokens a day.", most=most),
                cure=Phrase("Choose at most that."),
            )
        return tokens


def _sections(names: tuple[str, ...], offered: OffersSections) -> tuple[str, ...]:
    if not names:
        raise UsageError(
            Phrase("A briefing needs a section."), cure=Phrase("Choose one, or take your choice back.")
        )
    return tuple(section.name for section in offered.section_values(names))


def order_of(panel: Panel) -> tuple[str, ...]:
    """The names of the sections that a briefing shows there, in order."""
    chosen: tuple[str, ...] | None = panel.held["sections"].value
    return chosen or tuple(section.name for section in panel.sections)


def in_known_order(names: Sequence[str], panel: Panel) -> tuple[str, ...]:
    """`names` in the order that holds there, the new ones last: a menu tells which were picked, not when."""
    known = [name for name in order_of(panel) if name in names]
    return tuple(dict.fromkeys([*known, *names]))


def _origin(name: str, here: Choices, server: Choices) -> Origin:
    if getattr(here, name) is not None:
        return "here"
    return "default" if getattr(server, name) is None else "server"


def _names(wanted: object) -> tuple[str, ...]:
    """Names as picked, or typed with commas between."""
    parts = wanted.split(",") if isinstance(wanted, str) else wanted
    if not isinstance(parts, list | tuple):
        raise _not_that()
    return tuple(dict.fromkeys(name for part in parts if (name := str(part).strip())))


def _few(wanted: object) -> tuple[object, ...]:
    some = tuple(dict.fromkeys(wanted)) if isinstance(wanted, list | tuple) else ()
    if len(some) > MOST_NAMED:
        raise UsageError(Phrase("Those are too many."), cure=Phrase("Choose at most {most}.", most=MOST_NAMED))
    return some


def _count(wanted: object, units: Mapping[str, int], most: int) -> int:
    """A number, or one as people type it: `200,000`, `200k`, `2 min`."""
    match = _COUNT.fullmatch(str(wanted).strip())
    factor = units.get(match["unit"].lower()) if match else None
    if match is None or factor is None:
        raise UsageError(
            Phrase("“{typed}” is no number that I understand.", typed=str(wanted).strip()[:40]),
            cure=Phrase("Write it in digits, as 200000."),
        )
    number = int(re.sub(r"\D", "", match["digits"])) * factor
    if number > most:
        raise UsageError(Phrase("That is too much."), cure=Phrase("Choose at most {most:,}.", most=most))
    return number


def _typed(name: str, wanted: object) -> object:
    try:
        return getattr(Choices.model_validate({name: wanted}), name)
    except ValidationError:
        raise _not_that() from None


def _not_that() -> UsageError:
    return UsageError(Phrase("That cannot be chosen here."), cure=Phrase("Pick one that is offered."))
