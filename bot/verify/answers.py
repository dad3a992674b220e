"""The gate between an engine's answer to a question and its reader: the only maker of a Reply.

Statements and quotes are held against the Documents by the very rules that points and quotes of a Brief are. What
does not hold is dropped and told; when nothing is left, the Documents do not say.

A question can suggest what a briefing never would ("why did she resign?"), so a statement has to keep closer to
the text than a point: most of what it says of somebody has to stand around its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.asking import QUOTES, STATEMENTS, ProposedReply, Reply
from bot.domain.brief import Point, PointsSection, QuotesSection
from bot.domain.document import Document
from bot.domain.draft import Finding, ProposedPoint, ProposedQuote
from bot.domain.value import Span
from bot.text.meanings import meanings
from bot.verify.claims import Claim
from bot.verify.ground import Ground, Grounds
from bot.verify.locating import located
from bot.verify.making import Told, points_section, quotes_section
from bot.verify.names import names
from bot.verify.sanitise import glimpse

HELD: Final = 0.6  # share of what is said, names left out, that stands in the evidence or its paragraph
STRANGE: Final = 0.2  # share of it that may stand nowhere in the Document
BEYOND_TEXT: Final = "point-beyond-text"


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
    points_kept = statements.items if isinstance(statements, PointsSection) else ()
    kept = tuple(point for point in points_kept if _keeps_to_the_text(point, grounds))
    findings += [
        Finding(code=BEYOND_TEXT, section=STATEMENTS.name, detail=glimpse(point.text))
        for point in points_kept
        if point not in kept
    ]
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


def _keeps_to_the_text(point: Point, grounds: Grounds) -> bool:
    """Whether the words of a statement are the text's own, but for a few; in another language nobody can tell."""
    rests = grounds.proposed(point.evidence)
    ground = rests[0][0]
    if Claim(point.text, ground, grounds.written).is_foreign:
        return True
    named = {root for name in names(point.text, ground.language) for root in meanings(name.word)}
    held = frozenset[str]().union(*(_around(ground, span) for ground, span in rests))
    known = frozenset[str]().union(
        *(meanings(f"{ground.text} {ground.document.title or ''}") for ground in grounds)
    )
    told = meanings(point.text) - (named & known)
    return len(told & held) >= HELD * len(told) and len(told - known) <= STRANGE * len(told)


def _around(ground: Ground, span: Span) -> frozenset[str]:
    """The roots of the paragraphs around the sentences of `span`."""
    near = {beside for at in ground.within(span) for beside in ground.beside(at)}
    return frozenset[str]().union(*(meanings(ground.sentences[at].of(ground.text)) for at in near))
