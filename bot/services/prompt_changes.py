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
                    "{title}: items: {after} instead of {before}; new: {fresh}.",
                    title=section.title,
                    after=len(section.items),
                    before=len(was.items),
                    fresh=fresh,
                )
            )
    found += [Phrase("{title}: not there any more.", title=section.title) for section in old.values()]
    return found or [Phrase("The briefing says the same as before.")]


def _keys(old: SectionPrompt, new: SectionPrompt) -> Iterator[Phrase]:
    was, now = old.section, new.section
    if was.title != now.title:
        yield Phrase("Title: “{now}” instead of “{was}”.", now=now.title, was=was.title)
    if was.max_items != now.max_items:
        yield Phrase("Items: at most {now} instead of {was}.", now=now.max_items, was=was.max_items)
    if was.order != now.order:
        yield Phrase("Place: {now} instead of {was}.", now=now.order, was=was.order)
    if old.enabled != new.enabled:
        yield Phrase("Shown in every briefing.") if new.enabled else Phrase("Shown only when it is asked for.")


def _lines(old: str, new: str) -> list[Phrase]:
    marks = [line[0] for line in difflib.ndiff(old.strip().splitlines(), new.strip().splitlines())]
    added, removed = marks.count("+"), marks.count("-")
    if not added and not removed:
        return []
    return [Phrase("Instructions: lines added: {added}, removed: {removed}.", added=added, removed=removed)]
