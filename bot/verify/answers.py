"""The gate between an engine's answer to a question and its reader: the only maker of a Reply.

Statements and quotes are held against the Documents by the very rules that points and quotes of a Brief are. What
does not hold is dropped and told; when nothing is left, the Documents do not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.asking import QUOTES, STATEMENTS, ProposedReply, Reply
from bot.domain.brief import PointsSection, QuotesSection
from bot.domain.document import Document
from bot.domain.draft import Finding, ProposedPoint, ProposedQuote
from bot.verify.ground import Grounds
from bot.verify.locating import located
from bot.verify.making import Told, points_section, quotes_section


def prove_reply(proposed: ProposedReply, documents: Sequence[Document]) -> Reply:
    """What `documents` (one or more) bear out of `proposed`. Never raises because of what it holds."""
    grounds = Grounds(documents, proposed.language)
    findings = list(proposed.findings)
    points = [item for item in proposed.items if isinstance(item, ProposedPoint)]
    spoken = [item for item in proposed.items if isinstance(item, ProposedQuote)]
    said, quoted = Told(), Told()
    statements = located(points_section(STATEMENTS, points, grounds, said), grounds)
    quotes = located(quotes_section(QUOTES, spoken, grounds, quoted), grounds)
    for section, told in ((STATEMENTS, said), (QUOTES, quoted)):
        findings += [_of(section.name, finding) for finding in told.findings if finding.code != "section-empty"]
    kept = statements.items if isinstance(statements, PointsSection) else ()
    verbatim = quotes.items if isinstance(quotes, QuotesSection) else ()
    return Reply(
        state="answered" if kept or verbatim else "not said",
        statements=kept,
        quotes=verbatim,
        engine=proposed.engine,
        model=proposed.model,
        prompts_digest=proposed.prompts_digest,
        language=proposed.language,
        findings=tuple(findings),
        usage=proposed.usage,
    )


def _of(section: str, finding: Finding) -> Finding:
    return finding.model_copy(update={"section": section})
