"""How a process takes part in the durable work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a process takes part.

    `work`: whether it does jobs, or only accepts and waits while workers do them. `tick`: whether it starts runs
    of digests. `every`: seconds between two looks for due digests. `several`: whether others work on the database;
    None: on PostgreSQL. `farewell`: seconds that jobs under way get when it leaves.
    """

    work: bool = True
    tick: bool = True
    every: float = 1.0
    several: bool | None = None
    farewell: float = 5.0


USUAL: Final = Manner()
