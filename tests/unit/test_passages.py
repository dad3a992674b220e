"""Passages are paragraphs, or pieces of a size that can serve as evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.paragraphs import is_blank, paragraphs
from bot.text.passages import MOST_WORDS, passages
from bot.text.sentences import sentences

pytestmark = pytest.mark.unit

LONG = " ".join(f"The boat numbered {number} came in at noon with a full hold." for number in range(60))


def test_short_paragraphs_are_passages_as_they_stand() -> None:
    text = "One paragraph.\n\nAnother one. It has two sentences."
    assert passages(text) == paragraphs(text)


def test_a_long_paragraph_is_cut_at_sentence_ends_into_even_pieces() -> None:
    pieces = passages(LONG)
    sizes = [len(piece.of(LONG).split()) for piece in pieces]
    assert max(sizes) <= MOST_WORDS
    assert max(sizes) - min(sizes) <= 2 * 12
    assert {piece.end for piece in pieces} <= {sentence.end for sentence in sentences(LONG)}


def test_a_sentence_without_end_and_a_word_without_end_are_cut_all_the_same() -> None:
    assert len(passages("word " * 1_000)) >= 7
    assert len(passages("x" * 10_000)) >= 5
    assert len(passages("漢字" * 5_000)) >= 5


@given(st.text(alphabet=st.sampled_from("ab. \n“”"), max_size=400))
def test_passages_hold_every_printing_character_once_and_in_order(text: str) -> None:
    pieces = passages(text)
    held = [at for piece in pieces for at in range(*piece)]
    assert held == sorted(set(held))
    assert {at for at, character in enumerate(text) if not is_blank(character)} <= set(held)
