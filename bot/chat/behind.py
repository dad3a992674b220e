"""What stands behind the Desk and the buttons: the use cases, as the composition root has wired them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat.actions.parts import ActionParts
from bot.domain.brief import Brief
from bot.domain.keeping import Choices
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.jobs.orders import BriefOrder
from bot.services.answers import AnswerBook
from bot.services.manners import Admitted, Asker
from bot.services.models import Models, OffersModels

Ordered = Callable[[], Awaitable[ArticleOrder]]


class Orders(Protocol):
    """The durable jobs (`bot.jobs.opening.Jobs`). Every method raises StorageError."""

    async def keep(self, source: Source) -> LinkSource:
        """A link as it is; text and files are read now and kept. Raises SourceError leaves."""
        ...

    async def at_hand(self, order: ArticleOrder) -> Brief | None:
        """The Brief that lies ready, which then needs no job."""
        ...

    def holds(self, order: ArticleOrder) -> bool:
        """Whether `hold` takes the order: it costs nothing, and is made in this process."""
        ...

    def hold(self, order: BriefOrder) -> None:
        """Serve an order that stands in the book of answers, marked as held."""
        ...

    async def accept(self, order: BriefOrder) -> str:
        """Take the order; from here on it is done whatever happens."""
        ...

    async def ahead(self, key: str) -> int:
        """How many orders of its guild begin before that one; 0 once it has begun."""
        ...

    async def cancel(self, key: str) -> None:
        """Stop the order of that key."""
        ...


class Admits(Protocol):
    """Who may ask for what (`bot.services.admitting.Admission`)."""

    async def held(self, guild_id: int, channel_id: int) -> Choices:
        """What was chosen for a channel; 0, 0 in direct messages. Raises StorageError."""
        ...

    async def admit(self, asker: Asker, order: ArticleOrder, said: Collection[str] = ()) -> Admitted:
        """Let the asker in, the order filled with what was chosen; `said`: fields that the person chose.

        Raises NotAllowedError, CooldownError, BudgetError, StorageError.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind the Desk. Without `admission` everybody may ask for everything."""

    orders: Orders
    book: AnswerBook
    admission: Admits | None = None
    prompts_of: Callable[[int], Awaitable[int]] | None = None  # guild -> `ArticleOrder.prompts`
    models: OffersModels = field(default_factory=Models)
    actions: ActionParts = field(default_factory=ActionParts)
