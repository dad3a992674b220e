"""Holds every body that the bot sent against Discord's own published schema, where that schema lies at hand.

The folder with `validate.py` is given by NUTGRAF_DISCORD_API, or lies beside the checkout in shared/discord-api.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bot.playground import Playground

Validate = Callable[..., list[str]]
_BESIDE = Path(__file__).parents[2].parent / "shared" / "discord-api"


@cache
def validator() -> Validate | None:
    """Discord's schema as a function (method, path, body) -> problems; None where it is not at hand."""
    folder = Path(os.environ.get("NUTGRAF_DISCORD_API") or _BESIDE)
    spec = importlib.util.spec_from_file_location("discord_api_validate", folder / "validate.py")
    if spec is None or spec.loader is None or not (folder / "validate.py").exists():
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    validate: Validate = module.validate
    return validate


def problems(playground: Playground, validate: Validate) -> list[str]:
    """What Discord would refuse of all that was sent so far."""
    found: list[str] = []
    for request in playground.requests:
        body: Any = request.body
        if request.method in {"POST", "PATCH", "PUT"} and body is not None:
            told = validate(request.method, request.path, body, has_files=bool(request.files))
            found += [f"{request.method} {request.path}: {problem}" for problem in told]
    return found
