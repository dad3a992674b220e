"""Tokens are counted without a network, and always."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.rulers import CountingRuler, TokenRuler, ruler_for
from bot.text.tokens import LONGEST_RUN, SPECIAL_TOKENS, bounded, count_tokens, guess_tokens, vocabulary

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("hello world", 2),
        ("The quick brown fox jumps over the lazy dog.", 10),
        ("2 + 2 = 4", 7),
        ("antidisestablishmentarianism", 6),
        ("お誕生日おめでとう", 8),
        ("<|endoftext|>", 7),
        ("before <|endofprompt|> after", 9),
    ],
)
def test_known_counts(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


def test_the_encoding_is_the_published_one() -> None:
    loaded = vocabulary()
    assert loaded is not None
    assert loaded.encoding.encode_ordinary("hello world") == [24912, 2375]
    assert loaded.encoding.n_vocab == max(SPECIAL_TOKENS.values()) + 1


def test_the_licence_note_stands_beside_the_vocabulary_and_names_its_sum() -> None:
    note = (resources.files("bot.text") / "data" / "o200k_base.LICENCE.md").read_text("utf-8")
    assert "MIT License" in note
    assert "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d" in note


def test_many_threads_agree_and_share_one_vocabulary() -> None:
    texts = [f"Boat number {number} came in at noon. " * 20 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(count_tokens, texts))
        held = set(map(id, pool.map(lambda _: vocabulary(), range(8))))
    assert together == [count_tokens(text) for text in texts]
    assert len(held) == 1


def test_the_last_resort_is_a_third_of_the_bytes_rounded_up() -> None:
    assert [guess_tokens(text) for text in ("", "a", "abcd", "é", "漢字", "\ud800")] == [0, 1, 2, 1, 2, 1]


@pytest.mark.parametrize("unit", ["a", " ", "\n", "!", "é", "漢", "a1", "\u200b"])
def test_an_endless_run_is_counted_in_pieces_of_bounded_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    pieces = list(bounded(text))
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= LONGEST_RUN
    assert 0 < count_tokens(text) <= len(text.encode())


def test_ordinary_text_is_counted_in_one_piece() -> None:
    text = "The boat came in at noon with a full hold. " * 500
    assert list(bounded(text)) == [text]


ALPHABET = st.sampled_from(
    [
        "a",
        "the cat sat on the mat ",
        " b",
        ". ",
        "\n",
        "\n\n",
        "  ",
        "“",
        "”",
        "é",
        "漢",
        "1,000 ",
        "/",
        "it's ",
        "\u200b",
    ]
) | st.characters(codec="utf-8")


@given(st.lists(ALPHABET, max_size=80).map("".join), st.data())
def test_a_ruler_counts_every_stretch_as_if_it_were_encoded_by_itself(text: str, data: st.DataObject) -> None:
    ruler = ruler_for(text, count_tokens)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert ruler.count(start, end) == count_tokens(text[start:end])


def test_a_ruler_reaches_about_as_far_as_it_is_asked_to() -> None:
    text = "The boats came in at noon — with “full” holds, und die Möwen schrien laut. " * 80
    ruler = ruler_for(text, count_tokens)
    assert all(abs(ruler.count(0, ruler.reach(0, tokens)) - tokens) <= 2 for tokens in (10, 100, 700))


def test_the_ruler_fits_the_way_of_counting() -> None:
    assert isinstance(ruler_for("some text", count_tokens), TokenRuler)
    assert isinstance(ruler_for("some text", len), CountingRuler)
    assert isinstance(ruler_for("lone \ud800", count_tokens), CountingRuler)
    assert isinstance(ruler_for("a" * 10_000, count_tokens), CountingRuler)


def test_the_shipped_vocabulary_packs_the_same_on_every_machine() -> None:
    packed = (resources.files("bot.text") / "data" / "o200k_base.tiktoken.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0", "a time stamp in the gzip head would change the wheel's sum"
    assert len(hashlib.sha256(packed).hexdigest()) == 64
