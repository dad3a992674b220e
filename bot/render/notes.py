"""What a reader should know of how a Brief came about, in plain sentences: counted, never hidden, never a code."""

from __future__ import annotations

from bot.domain.brief import Brief, QuotesSection
from bot.domain.draft import Finding

# Findings that changed an item or merged it with another, so that nothing is missing for the reader.
_HARMLESS = ("duplicate", "merged", "moved", "trimmed", "corrected", "speaker", "evidence-", "date-", "over-limit")


def warnings(brief: Brief) -> tuple[str, ...]:
    """What changes how the briefing should be read: another engine wrote it, or not everything was read."""
    told = [finding for finding in brief.findings if finding.section is None]
    lines = [_fallback(finding) for finding in told if finding.code.startswith("fallback")]
    lines += [finding.detail for finding in told if not finding.code.startswith("fallback") and finding.detail]
    for source in brief.sources:
        if source.coverage < 0.995:
            name = f"“{source.title}”" if source.title else "the source"
            lines.append(f"Only about {source.coverage:.0%} of {name} was read.")
    return tuple(dict.fromkeys(lines))


def notes(brief: Brief) -> tuple[str, ...]:
    """How many items did not survive the check, a sentence a section."""
    lines: list[str] = []
    for section in brief.sections:
        dropped = sum(_is_loss(finding) for finding in brief.findings if finding.section == section.name)
        if not dropped:
            continue
        if isinstance(section, QuotesSection):
            proposed = len(section.items) + dropped
            lines.append(f"{len(section.items)} of {proposed} quotes verified; {_were(dropped)} dropped.")
        else:
            items = "item" if dropped == 1 else "items"
            lines.append(f"{section.title}: {dropped} {items} dropped, not borne out by the text.")
    return tuple(lines)


def _fallback(finding: Finding) -> str:
    said = "The model did not answer, so the built-in extractive engine wrote this briefing."
    return f"{said} {finding.detail}".strip()


def _is_loss(finding: Finding) -> bool:
    return not any(word in finding.code for word in _HARMLESS)


def _were(count: int) -> str:
    return f"{count} was" if count == 1 else f"{count} were"
