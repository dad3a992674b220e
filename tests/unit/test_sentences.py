"""Sentences stand on exact offsets, and the known failures of segmenters are repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.paragraphs import is_blank, paragraphs
from bot.text.sentences import sentences

pytestmark = pytest.mark.unit


def split(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, language=language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left the U.S. in May.", "Nobody knew."],
        ["The dispute is over in the U.S.", "There is no appeal."],
        ["The U.S. Coast Guard was told.", "It sent a boat."],
        ["George W. Brandt met J. K. Marsh in St. Ives.", "They talked."],
        ["Gov. Ina Brandt, Sen. Tom Marsh and Rep. Al Quay (D-Va.) wrote to Lt. Gen. Roe.", "He refused."],
        ["“Mr. Marsh knows it,” she said.", "He does."],
        ["“They lost.", "… There is little left to stop it.”", "He rose."],
        ["We are on high alert … At the same time, we hope.", "So be it."],
        ["“Go home.", "Sleep well,” he said.", "They went."],
        ["He said: “Go.", "Now.”", "Then he left."],
        ["“Why not?” Marsh asked.", "Nobody spoke."],
        ["“Why not?”", "The room was silent."],
        ['"Stop!" the captain shouted.', "They stopped."],
        ["“Is that all?” asked Ms. Brandt, who chairs the board.", "It was."],
        ["It sank at 2 a.m. Friday in the harbour.", "By 5 a.m. it was gone."],
        ["The talks end at 3 p.m. EST.", "The vote is on Jan. 5."],
        ["Shares of Quay Inc. rose 3.5 percent to $41.20.", "Those of Marsh Ltd. fell."],
        ["It was No. 3 on the list.", "Version 2.0 is next."],
        ["``We stay.", "We wait,'' he said.", "They waited."],
        ["Sen. Bob Marsh, R-S.C., voted no.", "He said why."],
    ],
)
def test_a_paragraph_is_split_where_a_reader_would(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("de", ["Er kam am 3. Mai.", "Dr. Brandt war z. B. nicht da."]),
        ("fr", ["Il a dit : « Pars.", "Maintenant. »", "Puis il est parti."]),
        ("es", ["El Sr. Marsh llegó.", "¿Por qué?", "Nadie lo sabe."]),
        ("ja", ["船が沈んだ。", "港は閉まった。"]),
        ("und", ["Nobody knows.", "It is so."]),
        ("xx-unknown", ["Nobody knows.", "It is so."]),
        ("", ["Nobody knows.", "It is so."]),
    ],
)
def test_other_languages_and_unknown_ones_are_split_too(language: str, parts: list[str]) -> None:
    joint = "" if language == "ja" else " "
    assert split(joint.join(parts), language) == parts


def test_a_quotation_that_goes_on_in_the_next_paragraph_does_not_hide_the_stops_behind_it() -> None:
    text = "“It began at noon. The water came.\n\n“It ended at one,” he said. They went home."
    assert split(text) == [
        "“It began at noon.",
        "The water came.",
        "“It ended at one,” he said.",
        "They went home.",
    ]


def test_a_sentence_may_run_over_wrapped_lines_but_not_over_paragraphs() -> None:
    text = "\n".join(
        [
            "The harbour of Port Ellery stayed shut for a third day while some",
            "divers looked for the barge that sank there on Sunday night, the",
            "mayor said. Nobody goes out before the channel is measured anew",
            "by the navy, which has sent a boat.",
            "",
            "A headline without a stop",
            "",
            "More text.",
        ]
    )
    assert [" ".join(sentence.split())[:20] for sentence in split(text)] == [
        "The harbour of Port ",
        "Nobody goes out befo",
        "A headline without a",
        "More text.",
    ]


@given(
    st.lists(
        st.sampled_from(
            [*'Ab“”‘’…\xa0\u200b"\n', "word ", ". ", "! ", "''", "``", "...", "U.S. ", "Mr. ", "\n\n", "\r\n"]
        )
        | st.characters(),
        max_size=60,
    ).map("".join)
)
def test_every_printing_character_of_a_paragraph_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert spans == sorted(spans)
    held = [at for span in spans for at in range(*span)]
    assert len(held) == len(set(held))
    printing = {at for at, character in enumerate(text) if not is_blank(character)}
    assert printing <= set(held)
    assert all(any(whole.contains(span) for whole in paragraphs(text)) for span in spans)
    assert all(not is_blank(text[span.start]) and not is_blank(text[span.end - 1]) for span in spans)


@pytest.mark.parametrize(
    "unit", ["“", '"a ', "''", "‘a ", "A. ", "A.", "… ", ". . . ", "! A", ".” ", "(", "。", "“a. ‘b. "]
)
def test_a_long_paragraph_of_one_odd_unit_comes_to_an_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert sentences(text)[-1].end == len(text.rstrip())
