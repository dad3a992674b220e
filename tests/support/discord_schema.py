"""Discord's own request schema, where the machine has it: the folder named by NUTGRAF_DISCORD_API.

The folder holds a `validate.py` with `validate(method, path, body, has_files=...) -> list of problems`. It is not
part of the project; without it nothing is checked here.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

from bot.playground.rest import Recorded

FOLDER = os.environ.get("NUTGRAF_DISCORD_API")
REASON = "NUTGRAF_DISCORD_API does not name the folder of Discord's request schema"

_BODIES = ("POST", "PUT", "PATCH")


@functools.cache
def _module(folder: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("discord_request_schema", Path(folder) / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def problems(requests: Iterable[Recorded]) -> list[str]:
    """What Discord's schema finds wrong with the bodies that the playground accepted; empty without the schema."""
    if FOLDER is None:
        return []
    validate: Callable[..., list[str]] = _module(FOLDER).validate
    found = []
    for request in requests:
        if request.method not in _BODIES or not 200 <= request.status < 300 or request.body is None:
            continue
        for problem in validate(request.method, request.path, request.body, has_files=bool(request.files)):
            found.append(f"{request.method} {request.path}: {problem}")
    return found
