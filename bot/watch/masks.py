"""Masks what must not stand in a log: secrets that we were given, and whatever looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from bot.settings import Settings

MASK: Final = "***"
_SHORTEST: Final = 6  # shorter, a secret would mask ordinary words

_NAMES: Final = "api[_-]?key|token|password|secret"

_SECRET_NAME: Final = re.compile(_NAMES)

# What to look for -> what stands in its place. In order: an address first, as its query may hold any of the rest.
_LOOKS_LIKE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@\"'<>]+@", re.IGNORECASE), rf"\1{MASK}@"),
    (re.compile(r"(\b(?:https?|wss?|postgres(?:ql)?(?:\+\w+)?)://[^\s?#\"'<>]+)[?#][^\s\"'<>]*"), rf"\1?{MASK}"),
    # Discord's webhooks and interactions are opened by what stands in the path.
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}"), rf"\1{MASK}"),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{8,}"), rf"\1 {MASK}"),
    (re.compile(r"\b[MNO][\w-]{22,27}\.[\w-]{5,7}\.[\w-]{27,}"), MASK),  # a bot's token
    (re.compile(r"\b(?:sk|pk|gsk|xai|key)-[\w-]{12,}"), MASK),  # keys of model vendors
    (re.compile(r"\bAIza[\w-]{30,}"), MASK),
    (re.compile(rf"(\b(?:{_NAMES})[\"']?\s*[=:]\s*[\"']?)[^\s\"',;&]+", re.IGNORECASE), rf"\1{MASK}"),
)


class Masks:
    """Masks those `secrets`, and all that looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= _SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(re.escape(secret) for secret in known)) if known else None

    def __call__(self, words: str) -> str:
        """`words` without them."""
        if self._known:
            words = self._known.sub(MASK, words)
        for pattern, replacement in _LOOKS_LIKE:
            words = pattern.sub(replacement, words)
        return words

    def field(self, name: str, value: object) -> object:
        """A field of a record; a number stays one."""
        if _SECRET_NAME.fullmatch(name):
            return MASK
        return value if value is None or isinstance(value, int | float) else self(str(value))


def secrets_of(settings: Settings) -> list[str]:
    """Every secret of `settings`, a database's password by itself too."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    given = [value.get_secret_value().strip() for value in values if isinstance(value, SecretStr)]
    passwords = [password for url in given if (password := _password(url))]
    keyed = urlsplit(settings.llm_base_url or "")
    return [
        *(secret for secret in given if "sqlite" not in secret),
        *passwords,
        *(unquote(password) for password in passwords),
        *([keyed.query] if keyed.query else []),
    ]


def _password(url: str) -> str | None:
    try:
        return urlsplit(url).password if "://" in url else None
    except ValueError:
        return None
