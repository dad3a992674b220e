"""What a reader should know of how a Brief came about, in plain sentences: counted, never hidden, never a code."""

from __future__ import annotations

from typing import Final

from bot.domain.brief import Brief, BriefSection, BriefSource, QuotesSection
from bot.domain.draft import Finding
from bot.wording import say, say_all, say_n

# How the codes of Findings end that took an item away because the text did not bear it out. All others changed an
# item, left out a repeat or kept to the section's length, so nothing that was proven is missing.
_LOSSES: Final = (
    *("-not-verbatim", "-not-quoted", "-unsupported", "-without-evidence"),
    *("-negation", "-attribution", "-roles"),
    *("-unsafe", "-empty", "-too-long", "-too-short"),
)
_NO_ITEM: Final = ("section-",)
_WHOLE: Final = 0.995
# Findings whose detail is a sentence for people. Above the text: a source or a part of one was not read.
_UNREAD: Final = ("source-", "chunk-", "prompt-seems-cut")
# Below it: the model's answer was not whole.
_NOT_WHOLE: Final = ("answer-cut", "merge-failed", "mend-failed", "model-section-missing", "language-not-written")
# The same of one section, which the detail does not name.
_NOT_WHOLE_HERE: Final = ("model-item-dropped",)


def warnings(brief: Brief) -> tuple[str, ...]:
    """What changes how the briefing should be read: another engine wrote it, or not everything was read."""
    lines = [_fallback(finding) for finding in brief.findings if finding.code.startswith("fallback")]
    lines += [
        finding.sentence for finding in brief.findings if finding.code.startswith(_UNREAD) and finding.detail
    ]
    lines += [_partly_read(source) for source in brief.sources if source.coverage < _WHOLE]
    return tuple(dict.fromkeys(lines))


def verified(section: BriefSection, brief: Brief) -> str:
    """How many of the quotes that the engine proposed stand in the text; "" where there are none to count."""
    if not isinstance(section, QuotesSection):
        return ""
    kept, dropped = len(section.items), _losses(section, brief)
    if dropped:
        return say_n(
            "{kept} of {proposed} quotes verified word for word; {count} was left out.",
            "{kept} of {proposed} quotes verified word for word; {count} were left out.",
            dropped,
            kept=kept,
            proposed=kept + dropped,
        )
    if not kept:
        return ""
    return say_n(
        "{count} of {count} quote verified word for word.",
        "{count} of {count} quotes verified word for word.",
        kept,
    )


def notes(brief: Brief) -> tuple[str, ...]:
    """What of the model's answer was lost on the way, and how many items did not survive the check."""
    lines = [finding.sentence for finding in brief.findings if finding.code in _NOT_WHOLE and finding.detail]
    for section in brief.sections:
        dropped = _losses(section, brief)
        if dropped and not isinstance(section, QuotesSection):  # those are counted where they stand
            lines.append(_dropped(section, dropped))
        lines += [
            say("{section}: {note}", section=say(section.title), note=finding.sentence)
            for finding in brief.findings
            if finding.code in _NOT_WHOLE_HERE and finding.section == section.name and finding.detail
        ]
    return tuple(dict.fromkeys(lines))


def _fallback(finding: Finding) -> str:
    why = finding.sentence or say("The model failed.")
    return say_all(why, say("The built-in extractive engine wrote this briefing instead."))


def _partly_read(source: BriefSource) -> str:
    if not source.title:
        return say("Only about {share:.0%} of the source was read.", share=source.coverage)
    return say("Only about {share:.0%} of “{title}” was read.", share=source.coverage, title=source.title)


def _dropped(section: BriefSection, dropped: int) -> str:
    return say_n(
        "{section}: {count} item dropped, not borne out by the text.",
        "{section}: {count} items dropped, not borne out by the text.",
        dropped,
        section=say(section.title),
    )


def _losses(section: BriefSection, brief: Brief) -> int:
    return sum(_is_loss(finding) for finding in brief.findings if finding.section == section.name)


def _is_loss(finding: Finding) -> bool:
    return finding.code.endswith(_LOSSES) and not finding.code.startswith(_NO_ITEM)
