"""What each kind of section asks of a model, and how one item of its answer is read. One row a kind.

The schema is fit for strict modes: every key required, none beyond them, no limits that some servers refuse.
Reading is forgiving about form (a number as text, a single one for a list) and strict about type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
)

from bot.domain.draft import Evidence, Proposal, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section, SectionKind

Places = Callable[[Sequence[int]], tuple[Evidence, ...]]

_MOST_NUMBERS: Final = 12
_LONGEST: Final = 2_000  # characters of one text
_CITED: Final = re.compile(r"\s*\[(\d{1,6}(?:\s*[,;]\s*\d{1,6})*)\]")
_BULLET: Final = re.compile(r"^(?:[-*•–]\s+)+")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNKNOWN: Final = frozenset({"", "null", "none", "unknown", "n/a", "not stated", "not given", "unnamed"})


def _clean(value: object) -> object:
    return " ".join(_UNPRINTABLE.sub("", value).split()) if isinstance(value, str) else value


def _numbers(value: object) -> tuple[int, ...]:
    """The passage numbers in `value`, whatever form they have; nothing that is no number."""
    found: dict[int, None] = {}
    for entry in value[:50] if isinstance(value, list) else [value]:
        if isinstance(entry, bool):
            continue
        if isinstance(entry, int):
            found[entry] = None
        elif isinstance(entry, float) and entry.is_integer():
            found[int(entry)] = None
        elif isinstance(entry, str):
            found |= dict.fromkeys(int(digits) for digits in re.findall(r"\d{1,6}", entry[:200]))
    return tuple(found)[:_MOST_NUMBERS]


def _or_none(value: object) -> str | None:
    text = _clean(value)
    if not isinstance(text, str) or text.lower() in _UNKNOWN or len(text) > 200:
        return None
    return text


def _translation(value: object) -> str | None:
    text = _clean(value)
    return text if isinstance(text, str) and text.lower() not in _UNKNOWN and len(text) <= _LONGEST else None


def _says_something(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise ValueError("no letter and no digit")
    return text


Words = Annotated[
    str,
    BeforeValidator(_clean),
    StringConstraints(max_length=_LONGEST, strict=True),
    AfterValidator(_says_something),
]
Numbers = Annotated[
    tuple[int, ...],
    BeforeValidator(_numbers),
    Field(validation_alias=AliasChoices("passages", "passage", "points", "point", "evidence")),
]
OrNone = Annotated[str | None, BeforeValidator(_or_none)]


class _AnsweredPoint(BaseModel):
    text: Words
    numbers: Numbers = ()


class _AnsweredQuote(_AnsweredPoint):
    speaker: OrNone = None
    translation: Annotated[str | None, BeforeValidator(_translation)] = None


class _AnsweredEvent(_AnsweredPoint):
    when: OrNone = None


def _point(item: object, places: Places) -> ProposedPoint:
    answered = _AnsweredPoint.model_validate({"text": item} if isinstance(item, str) else item)
    text, numbers = _without_citations(answered)
    return ProposedPoint(text=text, evidence=places(numbers))


def _quote(item: object, places: Places) -> ProposedQuote:
    answered = _AnsweredQuote.model_validate(item)
    return ProposedQuote(
        text=answered.text,
        speaker=answered.speaker,
        translation=answered.translation,
        evidence=places(answered.numbers),
    )


def _event(item: object, places: Places) -> ProposedEvent:
    answered = _AnsweredEvent.model_validate(item)
    text, numbers = _without_citations(answered)
    return ProposedEvent(text=text, date_text=answered.when, evidence=places(numbers))


def _without_citations(answered: _AnsweredPoint) -> tuple[str, tuple[int, ...]]:
    """Text without bullets and "[12]"; numbers that stood in the text count where the list named none."""
    cited = _numbers([part for match in _CITED.finditer(answered.text) for part in match[1].split(",")])
    text = _BULLET.sub("", _CITED.sub("", answered.text).replace("**", "")).strip()
    return text or answered.text, answered.numbers or cited


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of section: the properties of an item, how they are shown to a model, and how an item is read."""

    properties: Mapping[str, Any]
    shape: str
    read: Callable[[object, Places], Proposal]


_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_LIST: Final = {"type": "array", "items": {"type": "integer"}}
_POINTS: Final = Kind({"text": _TEXT, "passages": _LIST}, '{"text": "…", "passages": [number, …]}', _point)

KINDS: Final[Mapping[SectionKind, Kind]] = {
    "points": _POINTS,
    "text": _POINTS,
    "quotes": Kind(
        {"text": _TEXT, "speaker": _TEXT_OR_NULL, "passage": {"type": "integer"}},
        '{"text": "…", "speaker": "…" or null, "passage": number}',
        _quote,
    ),
    "timeline": Kind(
        {"text": _TEXT, "when": _TEXT_OR_NULL, "passages": _LIST},
        '{"text": "…", "when": "…" or null, "passages": [number, …]}',
        _event,
    ),
}


# Quotes of a text in another language than the one asked for.
TRANSLATED_QUOTES: Final = Kind(
    {"text": _TEXT, "translation": _TEXT_OR_NULL, "speaker": _TEXT_OR_NULL, "passage": {"type": "integer"}},
    '{"text": "…", "translation": "…" or null, "speaker": "…" or null, "passage": number}',
    _quote,
)


def _kind(section: Section, *, translated: bool) -> Kind:
    return TRANSLATED_QUOTES if translated and section.kind == "quotes" else KINDS[section.kind]


def answer_schema(sections: Sequence[Section], *, translated: bool = False) -> dict[str, Any]:
    """The JSON Schema of an answer with all `sections` by name; `translated` asks quotes for a translation."""
    kinds = {section.name: _kind(section, translated=translated) for section in sections}
    return _closed({name: {"type": "array", "items": _closed(kind.properties)} for name, kind in kinds.items()})


def answer_shape(sections: Sequence[Section], *, translated: bool = False) -> str:
    """The same for a model's eyes: shorter than a schema, and no example that it could copy."""
    rows = (
        f'  "{section.name}": [{_kind(section, translated=translated).shape}, … at most {section.max_items}]'
        for section in sections
    )
    return "{\n" + ",\n".join(rows) + "\n}"


def read_item(section: Section, item: object, places: Places) -> Proposal | None:
    """The Proposal that `item` makes, or None where it is not of the asked shape."""
    try:
        return KINDS[section.kind].read(item, places)
    except (ValidationError, ValueError, OverflowError):
        return None


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
