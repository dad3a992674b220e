"""What differs between two sets of prompts, and between the two Briefs that came of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bot.domain.brief import Brief
from bot.prompting import PromptSet, SectionPrompt
from bot.prompting.overlay import by_name
from bot.wording import Phrase, phrase_n


def changes(now: PromptSet, then: PromptSet, name: str) -> list[Phrase]:
    """How the prompt `name` differs between two sets: its keys, and its lines."""
    if name in now.parts:
        return _lines(now.parts[name], then.parts[name])
    old, new = by_name(now).get(name), by_name(then).get(name)
    if old is None or new is None:
        return [Phrase("“{name}” is a new section.", name=name)] if new else []
    return [*_keys(old, new), *_lines(old.body, new.body)]


def differences(before: Brief, after: Brief) -> list[Phrase]:
    """How two Briefs of one text differ, section by section."""
    old = {section.name: section for section in before.sections}
    found: list[Phrase] = []
    for section in after.sections:
        if (was := old.pop(section.name, None)) is None:
            found.append(
                phrase_n(
                    "{title}: new, with {count} item.",
                    "{title}: new, with {count} items.",
                    len(section.items),
                    title=section.title,
                )
            )
            continue
        known = {item.text for item in was.items}
        fresh = sum(item.text not in known for item in section.items)
        if fresh or len(section.items) != len(was.items):
            found.append(
                Phrase(
                    "{title}: {after} items instead of {before}, {fresh} of them new.",
                    title=section.title,
                    after=len(section.items),
                    before=len(was.items),
                    fresh=fresh,
                )
            )
    found += [Phrase("{title}: not there any more.", title=section.title) for section in old.values()]
    return found or [Phrase("The briefing says the same as before.")]


def _keys(old: SectionPrompt, new: SectionPrompt) -> Iterator[Phrase]:
    rows = {
        "title": (old.section.title, new.section.title),
        "max_items": (old.section.max_items, new.section.max_items),
        "order": (old.section.order, new.section.order),
        "enabled": (old.enabled, new.enabled),
    }
    for key, (was, now) in rows.items():
        if was != now:
            yield Phrase("{key}: {now} instead of {was}.", key=key, now=now, was=was)


def _lines(old: str, new: str) -> list[Phrase]:
    marks = [line[0] for line in difflib.ndiff(old.strip().splitlines(), new.strip().splitlines())]
    added, removed = marks.count("+"), marks.count("-")
    if not added and not removed:
        return []
    return [Phrase("Instructions: {added} lines added, {removed} removed.", added=added, removed=removed)]
