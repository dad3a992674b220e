"""Who a message mentions, and whom it would really ping once `allowed_mentions` has had its say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_USER, _ROLE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"(?<!\w)@(everyone|here)\b")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@dataclass
class Mentions:
    """The mention lists of a message: user ids, role ids, whether it is for everyone."""

    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


def mentions_in(text: str, allowed: dict[str, Any] | None, *, may_ping_everyone: bool = True) -> Mentions:
    """The mentions of `text` that count under `allowed` (None: all that are written count).

    Code is not searched; Discord does not either.
    """
    bare = _CODE.sub(" ", text)
    users, roles = _unique(_USER.findall(bare)), _unique(_ROLE.findall(bare))
    everyone = bool(_EVERYONE.search(bare)) and may_ping_everyone
    if allowed is None:
        return Mentions(users, roles, everyone)
    parse = allowed.get("parse") or []
    return Mentions(
        users if "users" in parse else _only(users, allowed.get("users")),
        roles if "roles" in parse else _only(roles, allowed.get("roles")),
        everyone and "everyone" in parse,
    )


def pings_replied(allowed: dict[str, Any] | None) -> bool:
    """Whether a reply notifies its author: yes without `allowed_mentions`, else what it says."""
    return True if allowed is None else bool(allowed.get("replied_user", False))


def _unique(ids: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(map(int, ids)))


def _only(ids: list[int], listed: Sequence[Any] | None) -> list[int]:
    wanted = {int(i) for i in listed or ()}
    return [i for i in ids if i in wanted]
