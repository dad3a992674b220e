"""Discord's own request schema, where it lies at hand: every body that was sent is held against it.

The folder holds a `validate.py` with `validate(method, path, body, has_files=...) -> list of problems`. It is no
part of the project: NUTGRAF_DISCORD_API names it, or it lies beside the checkout in shared/discord-api, or nothing
is checked here.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.playground.rest import Recorded

REASON = "NUTGRAF_DISCORD_API does not name the folder of Discord's request schema, nor does it lie beside"

_FOLDER = Path(
    os.environ.get("NUTGRAF_DISCORD_API") or Path(__file__).parents[2].parent / "shared" / "discord-api"
)
AT_HAND = (_FOLDER / "validate.py").is_file()
_BODIES = ("POST", "PUT", "PATCH")


@functools.cache
def _validate() -> Callable[..., list[str]]:
    spec = importlib.util.spec_from_file_location("discord_request_schema", _FOLDER / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    validate: Callable[..., list[str]] = module.validate
    return validate


def problems_of(method: str, path: str, body: object, *, has_files: bool = False) -> list[str]:
    """What Discord's schema finds wrong with one body. To be asked only where it is AT_HAND."""
    return _validate()(method, path, body, has_files=has_files)


def problems(requests: Iterable[Recorded]) -> list[str]:
    """What Discord's schema finds wrong with the bodies that the playground accepted; empty without the schema."""
    if not AT_HAND:
        return []
    found: list[str] = []
    for request in requests:
        if request.method not in _BODIES or not 200 <= request.status < 300 or request.body is None:
            continue
        told = _validate()(request.method, request.path, request.body, has_files=bool(request.files))
        found += [f"{request.method} {request.path}: {problem}" for problem in told]
    return found
