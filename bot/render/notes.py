"""What a reader should know of how a Brief came about, in plain sentences: counted, never hidden, never a code."""

from __future__ import annotations

from typing import Final

from bot.domain.brief import Brief, QuotesSection
from bot.domain.draft import Finding

# How the codes of Findings end that took an item away because the text did not bear it out. All others changed an
# item, left out a repeat or kept to the section's length, so nothing that was proven is missing.
_LOSSES: Final = (
    *("-not-verbatim", "-not-quoted", "-unsupported", "-without-evidence"),
    *("-negation", "-attribution", "-roles"),
    *("-unsafe", "-empty", "-too-long", "-too-short"),
)
_NO_ITEM: Final = ("section-",)
# Findings whose detail is a sentence for people. Above the text: a source or a part of one was not read.
_UNREAD: Final = ("source-", "chunk-", "prompt-seems-cut")
# Below it: the model's answer was not whole.
_NOT_WHOLE: Final = ("answer-cut", "merge-failed", "mend-failed", "model-section-missing", "language-not-written")


def warnings(brief: Brief) -> tuple[str, ...]:
    """What changes how the briefing should be read: another engine wrote it, or not everything was read."""
    lines = [_fallback(finding) for finding in brief.findings if finding.code.startswith("fallback")]
    lines += [finding.detail for finding in brief.findings if finding.code.startswith(_UNREAD) and finding.detail]
    for source in brief.sources:
        if source.coverage < 0.995:
            name = f"“{source.title}”" if source.title else "the source"
            lines.append(f"Only about {source.coverage:.0%} of {name} was read.")
    return tuple(dict.fromkeys(lines))


def notes(brief: Brief) -> tuple[str, ...]:
    """What of the model's answer was lost on the way, and how many items did not survive the check."""
    lines = [finding.detail for finding in brief.findings if finding.code in _NOT_WHOLE and finding.detail]
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
    return tuple(dict.fromkeys(lines))


def _fallback(finding: Finding) -> str:
    return f"{finding.detail or 'The model failed.'} The built-in extractive engine wrote this briefing instead."


def _is_loss(finding: Finding) -> bool:
    return finding.code.endswith(_LOSSES) and not finding.code.startswith(_NO_ITEM)


def _were(count: int) -> str:
    return f"{count} was" if count == 1 else f"{count} were"
