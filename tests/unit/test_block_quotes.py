"""Block quotes: quoted without marks; their speaker hands over before them or signs them, or nobody is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.value import Span
from bot.text.speech import AttributedQuote, attributed_quotes

pytestmark = pytest.mark.unit

LEAD = "The harbour of Lund stayed closed. Mayor Mira Holm was angry."


def quoted(before: str, block: str, after: str = "The council meets again in a week.") -> list[AttributedQuote]:
    text = f"{LEAD}\n\n{before}\n\n{block}\n\n{after}"
    start = text.index(block)
    return attributed_quotes(text, blocks=[Span(start, start + len(block))])


WORDS = "We have waited long enough for the money."


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("In a statement, Ivo Stern wrote:", "Ivo Stern"),
        ("Minister Ivo Stern said in a letter to the council:", "Ivo Stern"),
        ("She wrote on a social network:", "Mira Holm"),
        ("The talks led to nothing.", None),
        ("Ivo Stern answered late in the evening, after the talks.", None),
    ],
)
def test_speaker_is_whom_the_sentence_before_hands_over_to(before: str, speaker: str | None) -> None:
    (quote,) = quoted(before, WORDS)
    assert quote.key
    assert quote.speaker == speaker


@pytest.mark.parametrize(
    ("signature", "speaker", "role"),
    [
        ("— Ivo Stern (@ivostern) May 3, 2024", "Ivo Stern", None),
        ("Ivo Stern (@ivostern) 3 May 2024", "Ivo Stern", None),
        ("— Ivo Stern", "Ivo Stern", None),
        ("— Ivo Stern, minister for ports", "Ivo Stern", "minister for ports"),
    ],
)
def test_signature_inside_or_under_the_block_names_the_speaker_and_is_no_part_of_the_words(
    signature: str, speaker: str, role: str | None
) -> None:
    inside = quoted("The answer came late.", f"{WORDS}\n\n{signature}")
    under = quoted("The answer came late.", WORDS, f"{signature}\n\nThe council meets again.")
    for (quote,) in (inside, under):
        assert (quote.speaker, quote.role) == (speaker, role)
        assert quote.words.end - quote.words.start == len(WORDS)


def test_signature_at_the_end_of_the_line_is_cut_off() -> None:
    (quote,) = quoted("The answer came late.", f"{WORDS} — Ivo Stern (@ivostern) May 3, 2024")
    assert quote.speaker == "Ivo Stern"
    assert quote.words.end - quote.words.start == len(WORDS)


def test_every_paragraph_of_a_block_is_a_quotation_of_the_same_speaker() -> None:
    first, second = quoted("In a statement, Ivo Stern wrote:", f"{WORDS}\n\nNobody should have to wait this long.")
    assert first.speaker == second.speaker == "Ivo Stern"
    assert (first.continues, second.continues) == (True, False)


def test_block_that_is_between_marks_anyway_is_read_by_its_marks() -> None:
    (quote,) = quoted("In a statement, Ivo Stern wrote:", f"“{WORDS}”")
    assert quote.rule != "block"
    assert quote.speaker == "Ivo Stern"


def test_marks_inside_a_block_are_part_of_what_it_says() -> None:
    (quote,) = quoted(
        "In a statement, Ivo Stern wrote:", "They told us “soon” for nine weeks, and we believed them."
    )
    assert quote.rule == "block"


def test_without_blocks_nothing_changes() -> None:
    assert attributed_quotes(f"{LEAD}\n\nIvo Stern wrote:\n\n{WORDS}") == []


def test_speech_before_a_block_lends_it_no_speaker() -> None:
    (_, block) = quoted("“It took too long,” said Ivo Stern.", WORDS)
    assert block.speaker is None


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), max_size=4))
def test_no_blocks_whatever_break_the_reading(text: str, places: list[tuple[int, int]]) -> None:
    found = attributed_quotes(text, blocks=[Span(*place) for place in places])
    assert all(0 <= quote.words.start < quote.words.end <= len(text) for quote in found)
    assert [quote.span for quote in found] == sorted(quote.span for quote in found)
