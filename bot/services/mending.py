"""Mending, decided: what is worth sending back, and how what comes back takes its place in the Draft.

A corrected item stands where the one stood that it resembles most, so that the engine's order is kept. What was
proven before is never lost to it: where a section has no room left, nothing of it is sent back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.brief import Brief
from bot.domain.draft import Draft, DraftSection, Proposal
from bot.domain.section import Section
from bot.domain.task import Rejected
from bot.text.words import content_stems

_WHYS: Final = ("unsupported", "without-evidence", "negation", "attribution", "roles", "too-long")
REPAIRABLE: Final = frozenset(f"{noun}-{why}" for noun in ("point", "event") for why in _WHYS) | {
    "quote-not-verbatim",
    "quote-not-quoted",
}


def worth_mending(brief: Brief, rejected: Sequence[Rejected], sections: Sequence[Section]) -> tuple[Rejected, ...]:
    """What may be corrected, and would have room in its section; no more of a section than it has room for."""
    room = {section.name: section.max_items for section in sections}
    for made in brief.sections:
        room[made.name] -= len(made.items)
    chosen: list[Rejected] = []
    for item in rejected:
        if item.finding.code in REPAIRABLE and room.get(item.section, 0) > 0:
            room[item.section] -= 1
            chosen.append(item)
    return tuple(chosen)


def with_mended(draft: Draft, sent: Sequence[Rejected], mended: Draft) -> Draft:
    """`draft` with the corrected items in the places of those they stand for, and with what they cost."""
    new = {section.name: section.items for section in mended.sections}
    sections = tuple(
        DraftSection(
            name=section.name,
            items=_replaced(
                section.items,
                [item.proposal for item in sent if item.section == section.name],
                new.get(section.name, ()),
            ),
        )
        for section in draft.sections
    )
    return draft.model_copy(update={"sections": sections, "usage": draft.usage.plus(mended.usage)})


def keeps_all(before: Brief, after: Brief) -> bool:
    """Whether all that was proven before the mending still stands after it."""
    return all(
        {item.text for item in old.items} <= {item.text for item in new.items}
        for old, new in zip(before.sections, after.sections, strict=True)
    )


def _replaced(
    items: Sequence[Proposal], sent: Sequence[Proposal], mended: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """Each mended item instead of the sent one it is most like; no more come back than were sent."""
    left = list(sent)
    instead: list[tuple[Proposal, Proposal]] = []
    for item in mended:
        of_kind = [old for old in left if old.kind == item.kind]
        if of_kind:
            twin = max(of_kind, key=lambda old, new=item: _likeness(old, new))  # type: ignore[misc]
            left.remove(twin)
            instead.append((twin, item))
    return tuple(_in_place(items, instead))


def _in_place(items: Sequence[Proposal], instead: list[tuple[Proposal, Proposal]]) -> Iterator[Proposal]:
    for item in items:
        found = next((pair for pair in instead if pair[0] is item), None)
        if found:
            instead.remove(found)
        yield found[1] if found else item


def _likeness(one: Proposal, other: Proposal) -> float:
    first, second = frozenset(content_stems(one.text)), frozenset(content_stems(other.text))
    return len(first & second) / max(1, len(first | second))
