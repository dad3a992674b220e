"""Words as evidence counts them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.words import content_stems, fold, stem, word_spans

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("one", "other"), [("Erdoğan’s", "erdogan"), ("U.S.", "us"), ("CAFÉ", "cafe"), ("mayor's", "Mayor")]
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("evacuate", "evacuations"), ("deployed", "deployment"), ("cities", "city"), ("announces", "announcement")],
)
def test_forms_of_one_word_share_a_root(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_without_meaning_of_their_own_are_left_out() -> None:
    assert content_stems("It was said that the 3,000 troops would be there") == ["3,000", "troop"]


def test_script_without_blanks_is_read_in_pairs() -> None:
    assert content_stems("金曜日") == ["金曜", "曜日"]


@given(st.text())
def test_word_spans_are_in_order_and_inside_the_text(text: str) -> None:
    spans = list(word_spans(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.start < other.start for one, other in pairwise(spans))
