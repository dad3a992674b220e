"""Reads a model's answer, however it is wrapped: fences, prose around it, reasoning, a wrapper, half a JSON.

Each way is tried in turn and the repair comes last, since it invents. What can be read is kept item by item; what
cannot is dropped and counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.draft import Finding, Proposal
from bot.domain.errors import BadAnswerError
from bot.domain.section import Section
from bot.engines.llm.kinds import Places, read_item
from bot.engines.llm.repair import repaired
from bot.llm.reasoning import without_reasoning
from bot.wording import Phrase, phrase_n

_LONGEST: Final = 400_000  # characters of an answer that are looked at
_MOST_STARTS: Final = 40
_OVERSHOOT: Final = 3  # times what was asked; more is a model that runs in circles
_FENCED: Final = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_WRAPPERS: Final = 2

_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The Proposals of an answer by section name, and what was dropped of it."""

    items: Mapping[str, tuple[Proposal, ...]]
    findings: tuple[Finding, ...] = ()


def read_answer(text: str, sections: Sequence[Section], places: Places) -> ReadAnswer:
    """What `text` answers for `sections`. Raises BadAnswerError where no JSON in it speaks of any of them."""
    lists = _lists(without_reasoning(text[:_LONGEST]), sections)
    items: dict[str, tuple[Proposal, ...]] = {}
    findings: list[Finding] = []
    for section in sections:
        given = lists.get(section.name, [])
        kept = given[: section.max_items * _OVERSHOOT]
        read = [read_item(section, item, places) for item in kept]
        items[section.name] = tuple(proposal for proposal in read if proposal is not None)
        dropped = len(given) - len(items[section.name])
        if dropped:
            detail = phrase_n(
                "{count} of {given} items in the model's answer could not be used.",
                "{count} of {given} items in the model's answer could not be used.",
                dropped,
                given=len(given),
            )
            findings.append(Finding.told("model-item-dropped", detail, section=section.name))
        if section.name not in lists:
            detail = Phrase("The model's answer did not hold this section.")
            findings.append(Finding.told("model-section-missing", detail, section=section.name))
    return ReadAnswer(items, tuple(findings))


def _lists(text: str, sections: Sequence[Section]) -> dict[str, list[Any]]:
    """The raw items by section name, of the last JSON value in `text` that speaks of a section."""
    for values in (_plain(text), _fenced(text), _scattered(text), _mended(text, sections)):
        found = [lists for value in values if (lists := _by_section(value, sections))]
        if found:
            return found[-1]
    raise BadAnswerError(Phrase("The model's answer was no JSON of the asked shape."))


def _plain(text: str) -> Iterator[object]:
    yield from _loaded(text)


def _fenced(text: str) -> Iterator[object]:
    for block in _FENCED.finditer(text):
        yield from _loaded(block[1].strip())


def _loaded(text: str) -> Iterator[object]:
    try:
        yield _DECODER.decode(text)
    except (ValueError, RecursionError):
        return


def _scattered(text: str) -> Iterator[object]:
    """JSON objects that stand somewhere in the text, the first few starts tried."""
    at = 0
    for _ in range(_MOST_STARTS):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
            yield value
        except (ValueError, RecursionError):
            at += 1


def _mended(text: str, sections: Sequence[Section]) -> Iterator[object]:
    names = [name.lower() for section in sections for name in (section.name, section.title)]
    yield repaired(text, names, _DECODER)


def _by_section(value: object, sections: Sequence[Section], depth: int = 0) -> dict[str, list[Any]]:
    """The lists that `value` holds for `sections`; looks into a wrapper, takes a bare list for a lone section."""
    if isinstance(value, list):
        return _of_list(value, sections)
    if not isinstance(value, dict):
        return {}
    keys = {str(key).strip().lower(): entry for key, entry in value.items()}
    found = {}
    for section in sections:
        for name in (section.name, section.title.lower()):
            if name in keys:
                found[section.name] = _as_list(keys[name])
                break
    if found or depth >= _WRAPPERS or len(keys) > 3:
        return found
    inner = (_by_section(entry, sections, depth + 1) for entry in value.values() if isinstance(entry, dict))
    return next((lists for lists in inner if lists), {})


def _of_list(value: list[Any], sections: Sequence[Section]) -> dict[str, list[Any]]:
    merged: dict[str, list[Any]] = {}
    for entry in value[:50]:
        if isinstance(entry, dict):
            for name, items in _by_section(entry, sections, _WRAPPERS).items():
                merged.setdefault(name, []).extend(items)
    if not merged and len(sections) == 1 and any(isinstance(entry, dict) and "text" in entry for entry in value):
        return {sections[0].name: value}
    return merged


def _as_list(value: object) -> list[Any]:
    if isinstance(value, dict):
        inner = value.get("items")
        return inner if isinstance(inner, list) else [value]
    if isinstance(value, str):
        return [part for part in value.split("\n\n") if part.strip()]
    return value if isinstance(value, list) else []
