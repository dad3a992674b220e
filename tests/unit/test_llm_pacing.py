"""Waiting: what a server asks for, what we choose ourselves, and the pause for all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.pacing import LONGEST_ASKED, LONGEST_DELAY, Clock, Gate, asked_delay, next_delay

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock whose hands move only by sleeping."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(monotonic=lambda: self.at, now=lambda: NOW, sleep=self.sleep, jitter=lambda: 1.0)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": " 3 "}, 3.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:30 -0000"}, 30.0),
        ({"retry-after": "Fri, 20 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_a_server_may_ask_in_any_form(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_delay(headers, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_the_reading(value: str) -> None:
    asked = asked_delay({"retry-after": value, "retry-after-ms": value}, NOW)
    assert asked is None or asked >= 0


def test_our_own_delay_doubles_up_to_its_limit() -> None:
    assert [next_delay(tries, None, 1.0) for tries in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert next_delay(5_000, None, 1.0) == LONGEST_DELAY


def test_an_asked_delay_is_honoured_up_to_its_limit() -> None:
    assert next_delay(1, 12.0, 1.0) == 12.0
    assert next_delay(1, 200.0, 1.0) == LONGEST_ASKED


async def test_a_closed_gate_holds_everybody_until_the_longest_pause_is_over() -> None:
    hands = Hands()
    gate = Gate(hands.clock())
    gate.close(10)
    gate.close(2)
    await gate.passed()
    assert hands.at == 10
    await gate.passed()
    assert hands.slept == [10]
