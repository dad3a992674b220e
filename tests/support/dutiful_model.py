"""A model that does exactly as told: reads the numbered lines of a prompt and answers every section from them."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.domain.completion import CompletionRequest

_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
_WHEN = re.compile(r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def lines_of(request: CompletionRequest) -> dict[int, str]:
    """The numbered lines of the material, by number."""
    boundary = request.user.split("\n", 1)[0]
    material = request.user.split(boundary)[1]
    return {int(number): text for number, text in _LINE.findall(material)}


def asked_of(request: CompletionRequest) -> dict[str, int]:
    """How many items the prompt allows for each section."""
    return {
        name: int(re.search(rf'"{name}": \[.*at most (\d+)\]', request.user)[1])  # type: ignore[index]
        for name in request.json_schema["properties"]
    }


def is_merge(request: CompletionRequest) -> bool:
    """Whether the request is the merge step."""
    return "drafted from the parts" in request.user


def dutiful(request: CompletionRequest) -> str:
    """The answer: first lines as points, quoted words as quotes, lines that say a weekday as events."""
    lines = lines_of(request)
    answer: dict[str, list[dict[str, Any]]] = {}
    for name, schema in request.json_schema["properties"].items():
        keys = set(schema["items"]["properties"])
        if "speaker" in keys:
            found = [_quote(number, text) for number, text in lines.items() if _QUOTED.search(text)]
        elif "when" in keys:
            found = [_event(number, text) for number, text in lines.items() if _WHEN.search(text)]
        else:
            found = [{"text": f"{text[:60]}", "passages": [number]} for number, text in lines.items()]
        answer[name] = found[: asked_of(request)[name]]
    return json.dumps(answer, ensure_ascii=False)


def _quote(number: int, text: str) -> dict[str, Any]:
    match = _QUOTED.search(text)
    assert match
    return {"text": match[1], "speaker": None, "passage": number}


def _event(number: int, text: str) -> dict[str, Any]:
    match = _WHEN.search(text)
    assert match
    return {"text": text[:50], "when": match[0], "passages": [number]}
