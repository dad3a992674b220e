"""Paragraphs are found in every shape a text arrives in."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.paragraphs import is_blank, paragraphs

pytestmark = pytest.mark.unit

FIRST = (
    "The harbour of Port Ellery stayed shut for a third day on Tuesday while divers looked for the barge "
    "that sank there on Sunday night, and the mayor asked fishermen for patience until the channel has been "
    "measured anew."
)
SECOND = "“Nobody is going out before we know where she lies,” Mayor Ina Brandt said."
THIRD = (
    "Insurers put the damage at four million euros. That figure does not count the catch that spoiled on "
    "the quay, nor the wages of some ninety people who were sent home, the port's office said in a statement."
)
STORY = [FIRST, SECOND, THIRD]


def wrapped(paragraph: str, width: int = 72) -> str:
    return "\n".join(textwrap.wrap(paragraph, width))


def shown(text: str) -> list[str]:
    return [" ".join(span.of(text).split()) for span in paragraphs(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(STORY), id="one line a paragraph"),
        pytest.param("\n\n".join(STORY), id="blank lines"),
        pytest.param("\r\n\r\n".join(STORY), id="CRLF"),
        pytest.param("\r".join(STORY), id="CR"),
        pytest.param("\u2029".join(STORY), id="paragraph separators"),
        pytest.param("\u2028\u2028".join(STORY), id="line separators"),
        pytest.param("\n\xa0\n".join(STORY), id="a blank line that holds a no-break space"),
        pytest.param("\n \t \n\n".join(STORY), id="blank lines with white space"),
        pytest.param("\ufeff" + "\n\n".join(STORY) + "\n\u200b\n", id="invisible characters around"),
        pytest.param("\n\n".join(map(wrapped, STORY)), id="wrapped, blank lines between"),
        pytest.param("\n".join(map(wrapped, STORY)), id="wrapped, nothing between"),
        pytest.param(
            "\r\n\r\n".join(wrapped(part, 64).replace("\n", "\r\n") for part in STORY), id="wrapped, CRLF"
        ),
        pytest.param("\n".join("    " + wrapped(part, 60) for part in STORY), id="wrapped, first line indented"),
    ],
)
def test_the_same_story_has_the_same_paragraphs_in_every_shape(text: str) -> None:
    assert shown(text) == STORY


def test_short_lines_without_blank_lines_are_paragraphs_of_their_own() -> None:
    text = "Results of the night\nEllery 2, Marsh 1\nUnited 0, Quay 0\nNo goals after the break.\nTable on Friday."
    assert len(paragraphs(text)) == 5


def test_a_byline_above_wrapped_text_stays_apart() -> None:
    text = "By Ina Brandt\n" + wrapped(FIRST) + "\n\n" + wrapped(THIRD)
    assert shown(text) == ["By Ina Brandt", FIRST, THIRD]


def test_verse_of_even_length_is_not_run_together() -> None:
    lines = [f"Number {number}: the tide came in at noon and left." for number in range(10, 20)]
    assert len(paragraphs("\n".join(lines))) == 10


def test_a_text_of_blanks_has_none() -> None:
    assert paragraphs("") == paragraphs(" \n\u200b\xa0\r\n\ufeff ") == []


@given(st.text(alphabet=st.sampled_from("ab .\n\r\t\xa0\u2028\u200b\ud800é“”漢") | st.characters(), max_size=300))
def test_spans_are_trimmed_ordered_apart_and_cover_every_printing_character(text: str) -> None:
    spans = paragraphs(text)
    assert all(span.start < span.end for span in spans)
    assert all(not is_blank(text[span.start]) and not is_blank(text[span.end - 1]) for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
    covered = {at for span in spans for at in range(*span)}
    assert all(at in covered for at, character in enumerate(text) if not is_blank(character))


@pytest.mark.parametrize("unit", ["\n", "a\n", " a\n", "a" * 60 + "\n", "\r\n \r\n", "a \n\n"])
def test_a_long_text_of_one_odd_unit_comes_to_an_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert sum(span.end - span.start for span in paragraphs(text)) <= len(text)
