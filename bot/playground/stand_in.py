"""What the scripted endpoint answers by itself: not a model, but something schema-valid that stands in the prompt.

It reads the numbered passages (`[12] words ...`) and the asked shape, and fills lists with first sentences,
quoted stretches and words that look like dates. Same prompt, same answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]

POINTS, QUOTES, EVENTS = 4, 4, 6
"""How many items a list gets at most."""

_PASSAGE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_FIRST = re.compile(r"^.*?[.!?][”\"’']?(?=\s|$)")
_QUOTED = re.compile(r"[“\"]([^“”\"]{24,400})[”\"]")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}"
    r"|(?:last |next )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|in (?:19|20)\d\d)\b"
)
_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|van|von|de|bin))+"
_SPEAKER = re.compile(rf"(?:said|says|told|added|asked) ({_NAME})|({_NAME})(?:, [^,]+,)? (?:said|says|told|added)")
_SHAPE = re.compile(r'"(\w+)":\s*\[\s*\{([^{}]*)\}')

_TIME_KEYS = frozenset({"when", "date", "date_text", "time"})


@dataclass(frozen=True)
class Passage:
    """One numbered line of the prompt."""

    number: int
    words: str


def answer(request: JsonObject) -> str:
    """The JSON text that answers a chat completion request; prose where no JSON was asked for."""
    prompt = "\n".join(_text(m) for m in request.get("messages") or [] if m.get("role") != "system")
    passages = [Passage(int(m[1]), m[2]) for m in _PASSAGE.finditer(prompt)]
    schema = _schema_of(request)
    if schema is None:
        shape = _shape_in(prompt)
        if not shape:
            return first_sentence(passages[0].words) if passages else "There is nothing to say."
        return json.dumps({name: _items(keys, passages) for name, keys in shape.items()}, ensure_ascii=False)
    return json.dumps(_value(schema, passages, schema), ensure_ascii=False)


def first_sentence(words: str) -> str:
    """The first sentence of a passage, or all of it."""
    found = _FIRST.match(words)
    return found[0] if found else words


def _text(message: JsonObject) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text", "")) for part in content)


def _schema_of(request: JsonObject) -> JsonObject | None:
    form = request.get("response_format") or {}
    schema = (form.get("json_schema") or {}).get("schema") if form.get("type") == "json_schema" else None
    return schema if isinstance(schema, dict) else None


def _shape_in(prompt: str) -> dict[str, JsonObject]:
    """The lists that an example of the shape shows, with the keys of their items."""
    return {
        name: {key: {"type": "string"} for key in re.findall(r'"(\w+)":', keys)}
        for name, keys in _SHAPE.findall(prompt)
    }


def _value(schema: JsonObject, passages: list[Passage], root: JsonObject) -> Any:
    """Any value the schema allows; lists of objects are filled from the passages."""
    if "$ref" in schema:
        node: Any = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        return _value(node, passages, root)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _value(schema[key][0], passages, root)
    if "const" in schema or "enum" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {k: _value(v, passages, root) for k, v in (schema.get("properties") or {}).items()}
    if kind == "array":
        return _array(schema, passages, root)
    return {"string": "", "integer": 0, "number": 0, "boolean": False}.get(str(kind))


def _array(schema: JsonObject, passages: list[Passage], root: JsonObject) -> list[Any]:
    item = schema.get("items") or {}
    while "$ref" in item:
        node: Any = root
        for part in item["$ref"].lstrip("#/").split("/"):
            node = node[part]
        item = node
    found: list[Any] = []
    if item.get("type") == "object":
        found = _items(item.get("properties") or {}, passages)
    elif item.get("type") == "string":
        found = [first_sentence(p.words) for p in passages[:POINTS]]
    return found[: int(schema.get("maxItems", len(found)))]


def _items(properties: JsonObject, passages: list[Passage]) -> list[JsonObject]:
    keys = set(properties)
    find: Callable[[list[Passage]], list[_Found]] = _points
    if "speaker" in keys:
        find = _quotes
    elif keys & _TIME_KEYS:
        find = _events
    return [{key: _field(key, schema, found) for key, schema in properties.items()} for found in find(passages)]


@dataclass(frozen=True)
class _Found:
    number: int
    words: str
    speaker: str | None = None
    when: str | None = None


def _field(key: str, schema: JsonObject, found: _Found) -> Any:
    kind = schema.get("type")
    if key in ("passages", "points", "evidence") or kind == "array":
        return [found.number]
    if key in ("passage", "point") or kind == "integer":
        return found.number
    if key == "speaker":
        return found.speaker
    if key in _TIME_KEYS:
        return found.when
    return found.words


def _points(passages: list[Passage]) -> list[_Found]:
    return [_Found(p.number, first_sentence(p.words)) for p in passages if len(p.words.split()) > 6][:POINTS]


def _quotes(passages: list[Passage]) -> list[_Found]:
    found = []
    for passage in passages:
        for match in _QUOTED.finditer(passage.words):
            named = _SPEAKER.search(passage.words)
            speaker = (named[1] or named[2]) if named else None
            found.append(_Found(passage.number, match[1].rstrip(","), speaker=speaker))
    return found[:QUOTES]


def _events(passages: list[Passage]) -> list[_Found]:
    found = []
    for passage in passages:
        for sentence in re.split(r"(?<=[.!?])\s+", passage.words):
            match = _DATE.search(sentence)
            if match and not _QUOTED.search(sentence):
                found.append(_Found(passage.number, sentence, when=match[0]))
    return found[:EVENTS]
