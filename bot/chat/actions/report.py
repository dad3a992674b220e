"""Report an error: kept for the operator with all that names the briefing, and nothing of the article."""

from __future__ import annotations

import asyncio
import logging

from discord import ui

from bot.chat.actions.asking import Interaction, record
from bot.chat.actions.forms import field, form, lines
from bot.chat.actions.item import Press
from bot.chat.actions.parts import ActionParts, unavailable
from bot.chat.cards import notice_view
from bot.chat.whispers import asked, whispered
from bot.domain.errors import UsageError
from bot.domain.keeping import fingerprint
from bot.domain.report import LONGEST_REPORT, Report
from bot.domain.trace import current_trace
from bot.services.reports import take
from bot.wording import say

_log = logging.getLogger(__name__)


async def report(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Show the form."""

    async def what() -> ui.Modal:
        typed = lines(most=LONGEST_REPORT, required=False)
        about = say("The person who runs this bot reads it. You may leave it empty.")
        return form(press, "reported", say("Report an error"), field(say("What is wrong?"), typed, about))

    await asked(interaction, what)


async def reported(interaction: Interaction, press: Press, parts: ActionParts) -> None:
    """Keep what was sent in, and say thank you."""

    async def work() -> list[ui.LayoutView]:
        answered = await record(interaction, press.key)
        brief, trace = answered.brief, current_trace() or ""
        if parts.reports is None or brief is None:
            raise unavailable()
        try:
            documents = await parts.documents_of(brief)
        except UsageError:  # gone, but the report still names them
            documents = ()
        told = Report.on(
            answered,
            brief,
            made_by=interaction.user.id,
            made=parts.clock(),
            trace=trace,
            words=press.typed.get("words", ""),
            fingerprints=tuple(await asyncio.to_thread(lambda: [fingerprint(each) for each in documents])),
        )
        await take(parts.reports, told)
        _log.warning("error reported trace=%s answer=%s documents=%s", trace, press.key, ",".join(told.documents))
        words = say(
            "Thank you. The person who runs this bot finds your report under the trace {trace}.", trace=trace
        )
        return [notice_view(words)]

    await whispered(interaction, work)
