"""How many words a text has, also where no blanks stand between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import word_count

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It rained.", 2),
        ("A dash – stands alone", 5),
        ("港は月曜日に再開した。", 5),
        ("東京 2026 年", 3),
        ("The mayor of 東京 said so", 6),
        ("서울 시장이 말했다", 3),
    ],
)
def test_words_are_counted_between_blanks_and_elsewhere_by_two_characters(text: str, words: int) -> None:
    assert word_count(text) == words


@given(st.text(max_size=200))
def test_no_text_has_more_words_than_characters(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=200))
def test_where_all_scripts_set_blanks_it_is_as_ever(text: str) -> None:
    assert word_count(text) == len(text.split())
