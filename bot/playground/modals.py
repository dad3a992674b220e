"""A modal's fields filled the way Discord submits them: labels and rows kept, defaults where nothing was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.playground.errors import ComponentError, OptionError
from bot.playground.options import Resolved
from bot.playground.state import FILE_UPLOAD, SELECTS, TEXT_INPUT, JsonObject

_ROW, _TEXT, _LABEL, _RADIO, _CHECKS, _CHECK = 1, 10, 18, 21, 22, 23


def fields_of(modal: JsonObject) -> list[tuple[str, JsonObject]]:
    """`(label, field)` of every input of a modal, in order."""
    found = []
    for component in modal["components"]:
        if component["type"] == _LABEL:
            found.append((component.get("label", ""), component["component"]))
        elif component["type"] == _ROW:
            found += [(c.get("label", ""), c) for c in component["components"]]
    return found


def fill_modal(modal: JsonObject, values: Mapping[str, Any], resolved: Resolved) -> list[JsonObject]:
    """The `components` of a modal submission; keys of `values` are custom_ids or labels."""
    known = {key for label, each in fields_of(modal) for key in (label, each["custom_id"])}
    for key in values:
        if key not in known:
            raise ComponentError(f"the modal has no field {key!r}; it has: {', '.join(sorted(known))}")
    filled = []
    for number, component in enumerate(modal["components"], 1):
        shell = {"type": component["type"], "id": component.get("id", number)}
        if component["type"] == _LABEL:
            inner = component["component"]
            filled.append(shell | {"component": _submit(inner, component.get("label", ""), values, resolved)})
        elif component["type"] == _ROW:
            inputs = [_submit(c, c.get("label", ""), values, resolved) for c in component["components"]]
            filled.append(shell | {"components": inputs})
        elif component["type"] == _TEXT:
            filled.append(shell)
    return filled


def _submit(each: JsonObject, label: str, values: Mapping[str, Any], resolved: Resolved) -> JsonObject:
    kind, key = each["type"], each["custom_id"]
    given = values.get(key, values.get(label))
    body: JsonObject = {"type": kind, "custom_id": key, "id": each.get("id", 1)}
    if kind == TEXT_INPUT:
        return body | {"value": _text(each, label, given)}
    if kind == _CHECK:
        return body | {"value": bool(each.get("default", False) if given is None else given)}
    if kind == _RADIO:
        offered = _offered(each)
        return body | {"value": offered.get(given, given) if given is not None else _default(each)}
    return body | {"values": _many(each, label, given, resolved)}


def _text(each: JsonObject, label: str, given: Any) -> str:
    text = str(each.get("value", "") if given is None else given)
    if each.get("required", True) and not text:
        raise OptionError(f"the field {label!r} is required")
    low, high = each.get("min_length", 0), each.get("max_length", 4000)
    if text and not low <= len(text) <= high:
        raise OptionError(f"the field {label!r} takes {low} to {high} characters, not {len(text)}")
    return text


def _many(each: JsonObject, label: str, given: Any, resolved: Resolved) -> list[str]:
    if given is None:
        chosen = [o["value"] for o in each.get("options") or [] if o.get("default")]
    else:
        some = list(given) if isinstance(given, list | tuple) else [given]
        if each["type"] == FILE_UPLOAD or each["type"] in SELECTS - {3}:
            chosen = [resolved.add(value) for value in some]
        else:
            offered = _offered(each)
            chosen = [offered.get(value, value) for value in some]
            if any(value not in offered.values() for value in chosen):
                raise OptionError(f"the field {label!r} does not offer {given!r}; it has: {', '.join(offered)}")
    if each.get("required", True) and len(chosen) < each.get("min_values", 1):
        raise OptionError(f"the field {label!r} is required")
    if len(chosen) > each.get("max_values", 1 if each["type"] != _CHECKS else len(chosen)):
        raise OptionError(f"the field {label!r} takes fewer choices")
    return chosen


def _offered(each: JsonObject) -> dict[str, str]:
    return {o["label"]: o["value"] for o in each.get("options") or []}


def _default(each: JsonObject) -> str | None:
    return next((o["value"] for o in each.get("options") or [] if o.get("default")), None)
