"""What the actions under a briefing need beyond the Desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.chat.actions.under_way import Asking
from bot.domain.asking import Reply
from bot.domain.brief import Brief
from bot.domain.clock import Clock, utc_now
from bot.domain.document import Document
from bot.domain.errors import UsageError
from bot.services.books import UsageBook
from bot.services.briefing import BriefOptions
from bot.services.reports import ReportBook
from bot.wording import Phrase

LONGEST_WAIT: Final = 600.0  # seconds for one answer to a question; Discord takes answers for 900


class FindsDocuments(Protocol):
    """The shelf (`bot.services.books.BriefShelf`)."""

    async def document_by_id(self, document_id: str) -> Document | None:
        """The Document with that content id, as last stored. Raises StorageError."""
        ...


class AsksArticles(Protocol):
    """`bot.services.asking.QuestionDesk`."""

    async def ask(
        self, documents: Sequence[Document], question: str, options: BriefOptions | None = None
    ) -> Reply:
        """What the Documents say. Raises UsageError, SettingsError, StorageError, ModelError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionParts:
    """Without one of them, what needs it says that it is not to be had here.

    `longest`: seconds for an answer to a question; `patience`: after how many the person hears that it is late.
    """

    documents: FindsDocuments | None = None
    questions: AsksArticles | None = None
    reports: ReportBook | None = None
    usage: UsageBook | None = None
    asking: Asking = field(default_factory=Asking)
    clock: Clock = utc_now
    longest: float = LONGEST_WAIT
    patience: float = 10.0

    async def documents_of(self, brief: Brief) -> tuple[Document, ...]:
        """The Documents of a briefing that are still kept, in its order. Raises StorageError, and UsageError
        where none is."""
        found = (
            [await self.documents.document_by_id(source.id) for source in brief.sources] if self.documents else []
        )
        kept = tuple(document for document in found if document is not None)
        if not kept:
            raise UsageError(
                Phrase("I no longer keep the text of this article."),
                cure=Phrase("Ask for the briefing again, and I shall have read it anew."),
            )
        return kept


def unavailable() -> UsageError:
    """For an action whose parts are not here."""
    return UsageError(Phrase("That cannot be done here."), cure=Phrase("Ask the person who runs this bot."))
