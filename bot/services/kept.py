"""What is kept, in which table, and for how long: the one list that the answer about privacy is made of.

A test holds it against the tables, so that nothing is kept that this does not name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.services.retention import answers_days
from bot.settings import Settings
from bot.wording import Phrase, phrase_n

ENGINE: Final = "jobs"  # stands for all tables of the workflow engine
Days = Callable[[Settings], float]


@dataclass(frozen=True, slots=True)
class Kept:
    """Some tables, what is in them, and how long: `days`, else `until`. `personal`: it names people."""

    tables: tuple[str, ...]
    what: Phrase
    days: Days | None = None
    until: Phrase | None = None
    personal: bool = False

    def how_long(self, settings: Settings) -> Phrase:
        """In words."""
        if self.days is not None:
            return _days(self.days(settings))
        return self.until or _UNTIL_FORGOTTEN


def _days(number: float) -> Phrase:
    if number <= 0:
        return Phrase("until the next clean-up, which comes once a day")
    if number == int(number):
        return phrase_n("{count} day", "{count} days", int(number))
    return Phrase("{days} days", days=f"{number:g}")


_UNTIL_FORGOTTEN: Final = Phrase("until it is deleted, or the server is forgotten")

KEPT: Final = (
    Kept(
        ("answers", "answer_messages"),
        Phrase("Who asked for which briefing in which channel, and the briefing, so that its buttons work"),
        answers_days,
        personal=True,
    ),
    Kept(
        ("questions",),
        Phrase("Who waits for the answer to a question, so that a restart can tell them"),
        until=Phrase("until it is answered, or I have started again"),
        personal=True,
    ),
    Kept(
        ("documents", "links"),
        Phrase("The text of articles behind links, and of texts and files that people handed in"),
        lambda settings: settings.keep_documents_days,
    ),
    Kept(
        ("briefs",),
        Phrase("Briefings without the names of those who asked, so that one is not written twice"),
        lambda settings: settings.keep_briefs_days,
    ),
    Kept(
        (ENGINE,),
        Phrase("What was ordered, by whom, and how it ended, so that a restart loses nothing"),
        lambda settings: settings.jobs_keep_days,
        personal=True,
    ),
    Kept(
        ("usage",),
        Phrase("How many tokens a briefing took, for which server and person"),
        lambda settings: settings.keep_deliveries_days,
        personal=True,
    ),
    Kept(
        ("reactions",),
        Phrase("Reactions to the stories of digests, which the next ones are chosen by"),
        lambda settings: settings.keep_reactions_days,
        personal=True,
    ),
    Kept(
        ("reports",),
        Phrase("Errors that people reported in a briefing, and who did"),
        lambda settings: settings.keep_reports_days,
        personal=True,
    ),
    Kept(("choices",), Phrase("The settings of a server and its channels")),
    Kept(
        ("prompt_versions",),
        Phrase("The prompts that a server wrote, version by version, and who wrote them"),
        personal=True,
    ),
    Kept(
        ("audit",),
        Phrase("Who changed which setting or prompt of a server"),
        lambda settings: settings.keep_audit_days,
        personal=True,
    ),
    Kept(("digests",), Phrase("The digests that a server set up, and who did"), personal=True),
    Kept(
        ("deliveries",),
        Phrase("When a digest was posted, with which stories and messages"),
        lambda settings: settings.keep_deliveries_days,
    ),
    Kept(
        ("feeds", "notices"),
        Phrase("What a feed said last, and which server was told that it fails"),
        lambda settings: settings.keep_deliveries_days,
    ),
    Kept(
        ("departures",),
        Phrase("That I was removed from a server, and when; all that is kept of it goes with this"),
        lambda settings: settings.forget_guilds_after_days,
    ),
)
