"""The kill test's own judgement: which repeated model calls a kill explains, what a person sees of an order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground import Message
from bot.playground.state import LOADING, User
from scripts.kill_people import CARD, FAILED, WORKING, Asked, state_of
from scripts.kill_site import Call, repeated

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def calls(*times: tuple[float, float]) -> list[Call]:
    return [Call("one question", came, left, "order1") for came, left in times]


@pytest.mark.parametrize(
    ("asked", "kills", "explained"),
    [
        (calls((0, 1)), [0.5], None),
        (calls((0, 1), (5, 6)), [0.5], True),  # never left
        (calls((0, 1), (5, 6)), [2.5], True),  # left, and perhaps not written down
        (calls((0, 1), (5, 6)), [4], False),  # long written down
        (calls((0, 1), (5, 6)), [7], False),
        (calls((0, 1), (5, 6)), [], False),
        (calls((5, 6), (0, 1)), [2], True),  # in whatever order they are noted
        ([Call("one question", 1, 2, "order1", heard=False), *calls((12, 13))], [0.9], True),
    ],
)
def test_a_repeated_call_is_explained_by_a_kill_soon_after_the_first(
    asked: list[Call], kills: list[float], explained: bool | None
) -> None:
    again = repeated(asked, kills, grace=2)
    assert (len(again.in_flight), len(again.finished)) == {
        None: (0, 0),
        True: (1, 0),
        False: (0, 1),
    }[explained]


def message(custom_id: str | None, **changes: Any) -> Message:
    button = [{"type": 1, "components": [{"type": 2, "custom_id": custom_id}]}] if custom_id else []
    return Message(1, 2, User(3, "nutgraf", "Nutgraf", bot=True), NOW, components=button, **changes)


CARDS = message("nutgraf:do:ask:1:2:o")
NOTE = message("nutgraf:cancel:1:2")
SORRY = message("nutgraf:do:again:1:2:o")
THINKING = message(None, flags=LOADING)


def test_what_stands_there_is_told_apart() -> None:
    found = [state_of(each) for each in (CARDS, NOTE, SORRY, THINKING, message(None), message(None, deleted=True))]
    assert found == [CARD, WORKING, FAILED, WORKING, FAILED, WORKING]


@pytest.mark.parametrize(
    ("answers", "lost", "doubled"),
    [
        ((), True, False),
        ((NOTE,), True, False),
        ((CARDS,), False, False),
        ((SORRY,), False, False),
        ((THINKING,), True, False),
        ((THINKING, CARDS), False, False),  # its token ran out
        ((NOTE, CARDS), False, True),
        ((CARDS, CARDS), False, True),
    ],
)
def test_an_order_is_kept_with_exactly_one_outcome(
    answers: tuple[Message, ...], lost: bool, doubled: bool
) -> None:
    asked = Asked(1, "link", True, answers)
    assert (asked.is_lost, asked.is_doubled) == (lost, doubled)
    assert not Asked(1, "link", False, ()).is_lost
