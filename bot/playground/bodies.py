"""What Discord refuses in a message, a modal or a command, as tables and pure checks.

Every check raises ApiError 50035 naming each bad field the way Discord does, or 50006 for an empty message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.playground.errors import invalid_form, refusal
from bot.playground.state import COMPONENTS_V2, SELECTS, JsonObject, walk

CONTENT_LIMIT = 2000
V2_TEXT_LIMIT = 4000
V2_COMPONENT_LIMIT = 40
EMBED_LIMIT = 6000
FILE_LIMIT = 10 * 1024 * 1024
FILES_LIMIT = 10
NONCE_LIMIT = 25
MEDIA_URL_LIMIT = 2048
ALT_LIMIT = 1024

_LENGTHS = {
    (2, "label"): 80,
    (2, "custom_id"): 100,
    (2, "url"): 512,
    (3, "custom_id"): 100,
    (3, "placeholder"): 150,
    (4, "custom_id"): 100,
    (4, "placeholder"): 100,
    (4, "value"): 4000,
    (4, "label"): 45,
    (18, "label"): 45,
    (18, "description"): 100,
}
_MEDIA_URL = re.compile(r"^(https?|attachment)://[^\s]+$")
_EMBED_LENGTHS = {"title": 256, "description": 4096}
_OPTION_LENGTHS = {"label": 100, "value": 100, "description": 100}

V1_TOP = frozenset({1})
V2_TOP = frozenset({1, 9, 10, 12, 13, 14, 17})
V2_IN_CONTAINER = V2_TOP - {17}
MODAL_TOP = frozenset({1, 10, 18})

Problem = tuple[str, str, str]


def check_message(body: JsonObject, *, v2: bool, creating: bool, files: int = 0, kept: bool = False) -> None:
    """Checks a message body; `kept` when an edited message still has something else to show.

    `v2` says whether the message is one of Components V2 (by its flag, or already so).
    """
    problems = list(_content(body)) + list(_embeds(body)) + list(_nonce(body))
    components = body.get("components") or []
    problems += list(_v2(body, components) if v2 else _v1(components))
    problems += list(_components(components))
    if files > FILES_LIMIT:
        problems.append(("files", "BASE_TYPE_MAX_LENGTH", f"Must be {FILES_LIMIT} or fewer in length."))
    if problems:
        raise invalid_form(*problems)
    empty = not (body.get("content") or "").strip() and not body.get("embeds") and not components and not files
    if empty and not kept and (creating or "content" in body or "components" in body or "embeds" in body):
        raise refusal("empty_message")


def _too_long(path: str, limit: int) -> Problem:
    return (path, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def _content(body: JsonObject) -> Iterator[Problem]:
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        yield ("content", "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    elif content and len(content) > CONTENT_LIMIT:
        yield _too_long("content", CONTENT_LIMIT)


def _nonce(body: JsonObject) -> Iterator[Problem]:
    if len(str(body.get("nonce") or "")) > NONCE_LIMIT:
        yield _too_long("nonce", NONCE_LIMIT)


def _embeds(body: JsonObject) -> Iterator[Problem]:
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        yield _too_long("embeds", 10)
    for i, embed in enumerate(embeds):
        for key, limit in _EMBED_LENGTHS.items():
            if len(embed.get(key) or "") > limit:
                yield _too_long(f"embeds.{i}.{key}", limit)
        for j, each in enumerate(embed.get("fields") or []):
            for key, limit in (("name", 256), ("value", 1024)):
                if not (each.get(key) or "").strip():
                    yield (f"embeds.{i}.fields.{j}.{key}", "BASE_TYPE_REQUIRED", "This field is required")
                elif len(each[key]) > limit:
                    yield _too_long(f"embeds.{i}.fields.{j}.{key}", limit)
    if sum(map(_embed_size, embeds)) > EMBED_LIMIT:
        yield ("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _embed_size(embed: JsonObject) -> int:
    parts: list[Any] = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    parts += [text for each in embed.get("fields") or [] for text in (each.get("name"), each.get("value"))]
    return sum(len(part or "") for part in parts)


def _v1(components: list[JsonObject]) -> Iterator[Problem]:
    if len(components) > 5:
        yield _too_long("components", 5)
    for i, component in enumerate(components):
        if component.get("type") not in V1_TOP:
            yield _bad_type(f"components.{i}", V1_TOP)


def _bad_type(path: str, expected: frozenset[int]) -> Problem:
    listed = ", ".join(map(str, sorted(expected)))
    return (f"{path}.type", "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")


def _v2(body: JsonObject, components: list[JsonObject]) -> Iterator[Problem]:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            yield (
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    everything = list(walk(components))
    if len(everything) > V2_COMPONENT_LIMIT:
        yield (
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Total number of components cannot exceed {V2_COMPONENT_LIMIT}",
        )
    if sum(len(c.get("content") or "") for c in everything if c.get("type") == 10) > V2_TEXT_LIMIT:
        yield (
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Displayable text size cannot exceed {V2_TEXT_LIMIT}",
        )
    for i, component in enumerate(components):
        kind = component.get("type")
        if kind not in V2_TOP:
            yield _bad_type(f"components.{i}", V2_TOP)
        if kind == 17:
            for j, inner in enumerate(component.get("components") or []):
                if inner.get("type") not in V2_IN_CONTAINER:
                    yield _bad_type(f"components.{i}.components.{j}", V2_IN_CONTAINER)


def _components(components: list[JsonObject]) -> Iterator[Problem]:
    seen: set[str] = set()
    for path, component in _paths(components):
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            yield (
                f"{path}.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(str(custom_id))
        kind = component.get("type")
        for (of, key), limit in _LENGTHS.items():
            same = of == kind or (of == 3 and kind in SELECTS)
            if same and len(component.get(key) or "") > limit:
                yield _too_long(f"{path}.{key}", limit)
        check = _CHECKS.get(kind or 0)
        if check is not None:
            yield from check(path, component)


def _paths(components: list[JsonObject], at: str = "components") -> Iterator[tuple[str, JsonObject]]:
    for i, component in enumerate(components):
        path = f"{at}.{i}"
        yield path, component
        yield from _paths(component.get("components") or [], f"{path}.components")
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                inner = component[key]
                yield f"{path}.{key}", inner


def _row(path: str, row: JsonObject) -> Iterator[Problem]:
    kinds = [c.get("type") for c in row.get("components") or []]
    crowded = len(kinds) > 5 or (len(kinds) > 1 and any(k in SELECTS or k == 4 for k in kinds))
    if crowded:
        yield (path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
    if not kinds:
        yield (f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")


def _button(path: str, button: JsonObject) -> Iterator[Problem]:
    style = button.get("style")
    if style == 5:
        if not re.match(r"(https?|discord)://[^\s/]+", button.get("url") or ""):
            yield (f"{path}.url", "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    elif not button.get("custom_id"):
        yield (f"{path}.custom_id", "BASE_TYPE_REQUIRED", "A custom id is required")
    if not (button.get("label") or button.get("emoji")):
        yield (path, "BUTTON_COMPONENT_INVALID_EMOJI_OR_LABEL", "A button needs a label or an emoji")


def _select(path: str, select: JsonObject) -> Iterator[Problem]:
    options = select.get("options") or []
    if select.get("type") == 3 and not 1 <= len(options) <= 25:
        yield (f"{path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    for i, option in enumerate(options):
        for key, limit in _OPTION_LENGTHS.items():
            if len(option.get(key) or "") > limit:
                yield _too_long(f"{path}.options.{i}.{key}", limit)
    values = [option.get("value") for option in options]
    if len(values) != len(set(values)):
        yield (
            f"{path}.options",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )


def _section(path: str, section: JsonObject) -> Iterator[Problem]:
    if not 1 <= len(section.get("components") or []) <= 3:
        yield (f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.")
    for i, inner in enumerate(section.get("components") or []):
        if inner.get("type") != 10:
            yield _bad_type(f"{path}.components.{i}", frozenset({10}))
    if (section.get("accessory") or {}).get("type") not in (2, 11):
        yield _bad_type(f"{path}.accessory", frozenset({2, 11}))


def _text(path: str, display: JsonObject) -> Iterator[Problem]:
    if not display.get("content"):
        yield (f"{path}.content", "BASE_TYPE_REQUIRED", "This field is required")


def _media(path: str, media: JsonObject | None, *, own_only: bool = False) -> Iterator[Problem]:
    url = (media or {}).get("url") or ""
    if not url:
        yield (f"{path}.url", "BASE_TYPE_REQUIRED", "This field is required")
    elif len(url) > MEDIA_URL_LIMIT:
        yield _too_long(f"{path}.url", MEDIA_URL_LIMIT)
    elif not _MEDIA_URL.match(url) or (own_only and not url.startswith("attachment://")):
        schemes = "('attachment',)" if own_only else "('http', 'https', 'attachment')"
        yield (f"{path}.url", "URL_TYPE_INVALID_SCHEME", f"Scheme must be one of {schemes}.")


def _thumbnail(path: str, thumbnail: JsonObject) -> Iterator[Problem]:
    yield from _media(f"{path}.media", thumbnail.get("media"))
    if len(thumbnail.get("description") or "") > ALT_LIMIT:
        yield _too_long(f"{path}.description", ALT_LIMIT)


def _gallery(path: str, gallery: JsonObject) -> Iterator[Problem]:
    items = gallery.get("items") or []
    if not 1 <= len(items) <= 10:
        yield (f"{path}.items", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.")
    for i, item in enumerate(items):
        yield from _thumbnail(f"{path}.items.{i}", item)


def _file(path: str, file: JsonObject) -> Iterator[Problem]:
    yield from _media(f"{path}.file", file.get("file"), own_only=True)


def _separator(path: str, separator: JsonObject) -> Iterator[Problem]:
    if separator.get("spacing", 1) not in (1, 2):
        yield (f"{path}.spacing", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")


def _container(path: str, container: JsonObject) -> Iterator[Problem]:
    if not container.get("components"):
        yield (f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 40 in length.")
    if not 0 <= (container.get("accent_color") or 0) <= 0xFFFFFF:
        yield (f"{path}.accent_color", "NUMBER_TYPE_MAX", "int value should be between 0 and 16777215.")


_CHECKS = {
    1: _row,
    2: _button,
    9: _section,
    10: _text,
    11: _thumbnail,
    12: _gallery,
    13: _file,
    14: _separator,
    17: _container,
    **dict.fromkeys(SELECTS, _select),
}


def check_modal(data: JsonObject) -> None:
    """Checks the data of a modal answer."""
    problems: list[Problem] = []
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        problems.append(("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."))
    for i, component in enumerate(components):
        if component.get("type") not in MODAL_TOP:
            problems.append(_bad_type(f"data.components.{i}", MODAL_TOP))
    for key, limit in (("title", 45), ("custom_id", 100)):
        if not data.get(key):
            problems.append((f"data.{key}", "BASE_TYPE_REQUIRED", "This field is required"))
        elif len(data[key]) > limit:
            problems.append(_too_long(f"data.{key}", limit))
    problems += _components(components)
    if problems:
        raise invalid_form(*problems)


def is_v2(body: JsonObject, flags: int = 0) -> bool:
    """Whether the body's flags, or those the message already has, make it a Components V2 message."""
    return bool(((body.get("flags") or 0) | flags) & COMPONENTS_V2)
