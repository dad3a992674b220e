"""So many values are held, and the one asked for longest ago goes first."""

from __future__ import annotations

import pytest

from bot.domain.newest import Newest

pytestmark = pytest.mark.unit


def test_who_was_asked_for_longest_ago_goes() -> None:
    held: Newest[str, int] = Newest(2)
    held.put("a", 1)
    held.put("b", 2)
    assert held.get("a") == 1
    held.put("c", 3)
    assert [held.get(key) for key in "abc"] == [1, None, 3]
    held.put("a", 4)
    assert (held.get("a"), held.get("c")) == (4, 3), "a new value of the same key takes nobody's place"


def test_the_unwanted_are_let_go() -> None:
    held: Newest[int, str] = Newest(9)
    for key in range(4):
        held.put(key, str(key))
    held.drop(lambda key: key % 2 == 0)
    assert [held.get(key) for key in range(4)] == [None, "1", None, "3"]
