"""Report: what a person says is wrong with a briefing, and all that an operator needs to look into it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Self

from bot.domain.answer import Answered
from bot.domain.brief import Brief
from bot.domain.order import ArticleOrder
from bot.domain.source import Known
from bot.domain.value import Value

LONGEST_REPORT: Final = 1_000  # characters


class Report(Value):
    """Holds no text of an article but what the person typed in `words`.

    `documents` are ids, `fingerprints` those of the Documents that were still kept. `items` name each item of the
    briefing by its section, its number and where it stands: `summary/1@0f3a…:120-188`.
    """

    guild_id: int = 0
    made_by: int
    made: datetime
    trace: str = ""
    key: str  # of the answer
    words: str = ""
    documents: tuple[str, ...]
    fingerprints: tuple[str, ...] = ()
    items: tuple[str, ...]
    order: ArticleOrder
    engine: str
    model: str | None = None
    prompts_digest: str = ""
    findings: tuple[str, ...] = ()  # their codes

    @classmethod
    def on(  # noqa: PLR0913  what a report is made of
        cls,
        answered: Answered,
        brief: Brief,
        *,
        made_by: int,
        made: datetime,
        trace: str = "",
        words: str = "",
        fingerprints: tuple[str, ...] = (),
    ) -> Self:
        """A report on a briefing."""
        sources = tuple(
            source.model_copy(update={"known": Known(published=source.known.published)})
            for source in answered.order.sources
        )
        return cls(
            guild_id=answered.place.guild_id,
            made_by=made_by,
            made=made,
            trace=trace,
            key=answered.key,
            words=words[:LONGEST_REPORT],
            documents=tuple(source.id for source in brief.sources),
            fingerprints=fingerprints,
            items=tuple(_items(brief)),
            order=answered.order.model_copy(update={"sources": sources}),
            engine=brief.engine,
            model=brief.model,
            prompts_digest=brief.prompts_digest,
            findings=tuple(dict.fromkeys(finding.code for finding in brief.findings)),
        )


def _items(brief: Brief) -> list[str]:
    return [
        f"{section.name}/{number}@{item.evidence[0].source}:{item.evidence[0].start}-{item.evidence[0].end}"
        for section in brief.sections
        for number, item in enumerate(section.items, 1)
    ]


def told(report: Report) -> str:
    """The report for an operator's terminal, without anything that could act there."""
    order = report.order.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})
    lines = [
        f"{report.made:%Y-%m-%d %H:%M} UTC, trace {report.trace}, answer {report.key}, server {report.guild_id}",
        f"  said: {report.words or '(nothing)'}",
        f"  written by: {report.engine} {report.model or ''} prompts {report.prompts_digest or '-'}".rstrip(),
        f"  order: {order or 'as usual'}",
        *(f"  source: {source.url}" for source in report.order.sources),
        f"  documents: {', '.join(report.fingerprints or report.documents)}",
        f"  items: {', '.join(report.items) or '-'}",
    ]
    if report.findings:
        lines.append(f"  findings: {', '.join(report.findings)}")
    return "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines)
