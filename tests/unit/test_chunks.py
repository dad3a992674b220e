"""Chunks keep their budget, cut where a reader would pause, and lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.value import Span
from bot.text.chunks import chunks
from bot.text.paragraphs import is_blank, paragraphs
from bot.text.sentences import sentences
from bot.text.tokens import count_tokens

pytestmark = pytest.mark.unit


def story(number_of_paragraphs: int, gap: str = "\n\n") -> str:
    """Ordinary prose with paragraphs and sentences of uneven length."""
    people = ("Brandt", "Marsh", "Quay", "Roe")
    told = []
    for number in range(number_of_paragraphs):
        who = people[number % 4]
        part = [
            f"On day {number} of the search the navy's boat came back with nothing but mud and a torn net.",
            f"“We will look again tomorrow,” {who} said.",
            f"The insurers, who had put the damage at {number + 3} million euros, sent a letter that the port's "
            "office would not show, and which the mayor called an insult to everybody who lost work.",
            "Nobody answered.",
        ]
        told.append(" ".join(part[: 1 + number % 4]))
    return gap.join(told)


NEWS = story(240)


@pytest.mark.parametrize("budget", [400, 1_000, 4_000])
@pytest.mark.parametrize("text", [NEWS, story(240, " ")], ids=["paragraphs", "one paragraph"])
def test_long_text_fills_its_chunks_and_cuts_no_sentence(text: str, budget: int) -> None:
    found = chunks(text, max_tokens=budget)
    sizes = [count_tokens(chunk.of(text)) for chunk in found]
    ends = {sentence.end for sentence in sentences(text)}
    assert max(sizes) <= budget
    assert sum(sizes[:-1]) / (len(sizes[:-1]) * budget or 1) >= 0.9 or len(sizes) == 1
    assert all(chunk.end in ends for chunk in found)


def test_a_text_within_the_budget_is_one_chunk() -> None:
    text = "\n One paragraph.\n\nAnother.\n"
    assert chunks(text, max_tokens=100) == [Span(2, len(text) - 1)]
    assert chunks(" \n ", max_tokens=10) == []


def test_paragraph_ends_are_preferred_where_they_fill_the_chunk() -> None:
    ends = {paragraph.end for paragraph in paragraphs(NEWS)}
    assert all(chunk.end in ends for chunk in chunks(NEWS, max_tokens=4_000))


def test_only_a_sentence_above_the_budget_is_cut_at_words_and_only_such_a_word_at_characters() -> None:
    text = "Short one. " + "Word " * 60 + "end. Short two. " + "x" * 3_000 + "漢字" * 50
    found = [chunk.of(text) for chunk in chunks(text, max_tokens=20)]
    assert found[0] == "Short one."
    assert all(count_tokens(part) <= 20 for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_character_above_the_budget_is_a_chunk_of_its_own() -> None:
    text = "🜲🜲"
    assert chunks(text, max_tokens=1) == [Span(0, 1), Span(1, 2)]


def test_an_overlap_repeats_whole_sentences_from_the_end_of_the_chunk_before() -> None:
    found = chunks(NEWS, max_tokens=300, overlap=60)
    starts = {sentence.start for sentence in sentences(NEWS)}
    assert all(chunk.start in starts for chunk in found)
    shared = [Span(after.start, before.end) for before, after in pairwise(found)]
    assert all(count_tokens(span.of(NEWS)) <= 60 for span in shared if span.start < span.end)
    assert sum(span.start < span.end for span in shared) > len(shared) / 2
    assert all(before.end < after.end for before, after in pairwise(found))


def test_within_limits_the_chunks_to_a_stretch() -> None:
    stretch = Span(1_000, 5_000)
    found = chunks(NEWS, max_tokens=200, within=stretch)
    assert all(stretch.contains(chunk) for chunk in found)
    assert "".join("".join(chunk.of(NEWS) for chunk in found).split()) == "".join(stretch.of(NEWS).split())


@pytest.mark.parametrize(("budget", "overlap"), [(0, 0), (-1, 0), (10, 10), (10, -1)])
def test_a_budget_that_cannot_hold_its_overlap_is_refused(budget: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        chunks("text", max_tokens=budget, overlap=overlap)


PIECES = [
    "a",
    "b ",
    ". ",
    "“",
    "” ",
    "\n\n",
    "Ab",
    "é",
    "漢",
    "…",
    "1",
    "😀",
    ". The cat sat on a mat",
    "\r\n",
    "\u200b",
    "\ud800",
]
WAYS: list[Callable[[str], int]] = [
    count_tokens,
    len,
    lambda text: len(text.split()),
    lambda text: 2 * count_tokens(text),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=120).map("".join),
    st.sampled_from([8, 15, 40]),
    st.sampled_from([0, 3, 6]),
    st.sampled_from(WAYS),
)
def test_whatever_counts_no_chunk_is_above_its_budget_and_nothing_is_lost(
    text: str, budget: int, overlap: int, count: Callable[[str], int]
) -> None:
    found = chunks(text, max_tokens=budget, overlap=overlap, count=count)
    assert all(count(chunk.of(text)) <= budget for chunk in found)
    assert found == sorted(found)
    held = [at for chunk in found for at in range(*chunk)]
    assert {at for at, character in enumerate(text) if not is_blank(character)} <= set(held)
    assert overlap or len(held) == len(set(held))


def test_an_endless_word_takes_a_bounded_number_of_counts() -> None:
    asked: list[int] = []

    def count(text: str) -> int:
        asked.append(len(text))
        return count_tokens(text)

    found = chunks("a" * 200_000, max_tokens=1_000, count=count)
    assert len(asked) <= 40 * len(found)
    assert max(asked[1:]) <= 200_000
