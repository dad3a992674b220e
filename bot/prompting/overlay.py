"""A guild's own prompts over the operator's: what may be its own, what is wrong with it, and the set they make.

A guild may change the sections (title, place, number of items, instructions), add sections of a known kind, and
change the voice. The other parts are not its own to change: they fence the article off from the orders in it, ask
for the evidence that the verifier checks, and give the shape of the answer that the code reads. What a voice or a
section says badly costs a good briefing; it never lets an unproven statement through.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from bot.domain.section import MOST_ITEMS
from bot.prompting.files import mapping, section_of, split
from bot.prompting.guarded import refusals
from bot.prompting.prompt_set import PromptSet, SectionPrompt
from bot.prompting.template import PARTS, SECTION
from bot.wording import Phrase

OWN_PARTS: Final = ("voice",)
MOST_CHARACTERS: Final = 4_000  # of one text: what Discord's form takes
MOST_INSTRUCTIONS: Final = 12_000  # of all enabled sections together: some 3,000 tokens of each request
MOST_SECTIONS: Final = 12
_HEAD_CHARACTERS: Final = 1_000
_TITLE_CHARACTERS: Final = 80
_RANGES: Final = {"max_items": (1, MOST_ITEMS), "order": (-999, 999)}
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


def section_file(prompt: SectionPrompt) -> str:
    """The text of the file that defines `prompt`."""
    return typed_file(prompt.section.model_dump() | {"enabled": prompt.enabled}, prompt.body)


def typed_file(values: Mapping[str, object], body: str) -> str:
    """The text of a file with what somebody typed; numbers as numbers, the rest as it is, valid or not."""
    head = {key: int(str(value)) if _NUMBER.fullmatch(str(value)) else value for key, value in values.items()}
    written = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{written}---\n{body.strip()}\n"


def typed_values(text: str) -> tuple[dict[str, Any], str]:
    """The keys and the body of a text that `typed_file` or `section_file` made. Raises ValueError."""
    head, body = split(text)
    return mapping(head), body


def own_section(name: str, text: str) -> SectionPrompt | None:
    """The section that a guild's text defines; None where it is not valid."""
    prompt, problems = _section(name, text)
    return None if problems else prompt


def problems_of_own(operators: PromptSet, name: str, text: str) -> list[Phrase]:
    """What is wrong with `text` as a guild's own prompt `name`; each names the line, the variable or the key."""
    if name in OWN_PARTS:
        return _too_long(text) or refusals(text, PARTS[name])
    if name in operators.parts:
        return [Phrase("The part “{name}” is the operator's: the checks rest on it.", name=name)]
    prompt, problems = _section(name, text)
    if problems or prompt is None:
        return problems
    theirs = by_name(operators).get(name)
    if theirs and theirs.section.kind != prompt.section.kind:
        return [Phrase("The kind of “{name}” cannot change: it is {kind}.", name=name, kind=theirs.section.kind)]
    return []


def overlaid(operators: PromptSet, texts: Mapping[str, str]) -> tuple[PromptSet, tuple[str, ...]]:
    """The set with the guild's `texts` (by name) in place of the operator's, and the names that were left out.

    Left out is what was valid when it was saved and is not any more: a briefing does not fail for it.
    """
    sections, parts, bad = by_name(operators), dict(operators.parts), []
    whole = hashlib.sha256(operators.digest.encode())
    for name, text in sorted(texts.items()):
        if problems_of_own(operators, name, text):
            bad.append(name)
            continue
        whole.update(f"{name}\0{text}\0".encode())
        if name in OWN_PARTS:
            parts[name] = text
        elif prompt := own_section(name, text):
            sections[name] = prompt
    ordered = sorted(sections.values(), key=lambda prompt: (prompt.section.order, prompt.section.name))
    made = PromptSet(
        sections=tuple(prompt for prompt in ordered if prompt.enabled),
        parts=parts,
        digest=whole.hexdigest()[:12],
        disabled=tuple(prompt for prompt in ordered if not prompt.enabled),
    )
    return made, tuple(bad)


def problems_of_set(prompts: PromptSet) -> list[Phrase]:
    """What is wrong with a set as a whole, where each of its texts is valid."""
    found: list[Phrase] = []
    if not prompts.sections:
        found.append(Phrase("No section would be left in a briefing."))
    if len(prompts.sections) + len(prompts.disabled) > MOST_SECTIONS:
        found.append(Phrase("There can be at most {most} sections.", most=MOST_SECTIONS))
    if sum(len(prompt.body) for prompt in prompts.sections) > MOST_INSTRUCTIONS:
        found.append(
            Phrase(
                "The instructions of all sections together are longer than {most} characters.",
                most=MOST_INSTRUCTIONS,
            )
        )
    return found


def by_name(prompts: PromptSet) -> dict[str, SectionPrompt]:
    """All sections of a set, the disabled ones too."""
    return {prompt.section.name: prompt for prompt in (*prompts.sections, *prompts.disabled)}


def _section(name: str, text: str) -> tuple[SectionPrompt | None, list[Phrase]]:
    if found := _too_long(text, MOST_CHARACTERS + _HEAD_CHARACTERS):
        return None, found
    try:
        values, body = typed_values(text)
        if found := _out_of_range(values):
            return None, found
        # Before anything compiles it.
        if found := _too_long(body) or refusals(body, SECTION):
            return None, found
        prompt, problems = section_of(name, text)
    except ValueError as error:
        return None, [_as_it_is(str(error))]
    except RecursionError:
        return None, [Phrase("It is nested too deeply.")]
    return prompt, [_as_it_is(problem) for problem in problems]


def _out_of_range(values: Mapping[str, object]) -> list[Phrase]:
    found: list[Phrase] = []
    for key, (low, high) in _RANGES.items():
        value = values.get(key)
        if key in values and (type(value) is not int or not low <= value <= high):
            found.append(
                Phrase(
                    "{key}: “{typed}” is no number from {low} to {high}.", key=key, typed=value, low=low, high=high
                )
            )
    title = values.get("title")
    if not isinstance(title, str) or not 1 <= len(title) <= _TITLE_CHARACTERS:
        found.append(Phrase("The title has to have 1 to {most} characters.", most=_TITLE_CHARACTERS))
    return found


def _too_long(text: str, most: int = MOST_CHARACTERS) -> list[Phrase]:
    return [Phrase("It is longer than {most} characters.", most=most)] if len(text) > most else []


def _as_it_is(problem: str) -> Phrase:
    return Phrase("{problem}.", problem=problem.rstrip("."))
