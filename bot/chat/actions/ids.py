"""Custom ids: `nutgraf:<action>:<key>:<rest>`, at most 100 characters, numbers in base 36."""

from __future__ import annotations

from typing import Final

KEY: Final = r"(?P<key>[\w-]{1,40})"
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def custom_id(action: str, key: str, *rest: str | int) -> str:
    """The custom_id of a button."""
    parts = [str(part) if isinstance(part, str) else short(part) for part in rest]
    return ":".join(("nutgraf", action, key, *parts))


def short(number: int) -> str:
    """`number`, not negative, in base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
