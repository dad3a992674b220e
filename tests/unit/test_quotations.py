"""Every quoted stretch is found, in any language's marks, and nothing that only looks like a mark is one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.speech import Quotation, quotations

pytestmark = pytest.mark.unit

MARKS = "“”\"‘’'„‟«»‹›「」『』`‚"
PROSE = st.text(st.sampled_from(list(MARKS + "ab sS.,!?\n90(-— ")), max_size=200)


def words(text: str) -> list[str]:
    return [found.words.of(text) for found in quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” she said.",
        '"It is late," she said.',
        "‘It is late,’ she said.",
        "'It is late,' she said.",
        "„It is late,“ sagte sie.",
        "„It is late,” powiedziała.",
        "«It is late,» dit-elle.",
        "»It is late,« sagte sie.",
        "‹It is late,› dit-elle.",
        "›It is late,‹ sagte sie.",
        "彼女は「It is late,」と言った。",
        "彼女は『It is late,』と言った。",
        "”It is late,” sa hon.",
        "``It is late,'' she said.",
    ],
)
def test_every_pair_of_marks_is_known(text: str) -> None:
    assert words(text) == ["It is late,"]


def test_span_has_the_marks_and_words_has_not() -> None:
    text = "Then “no” came."
    assert [(f.span.of(text), f.words.of(text)) for f in quotations(text)] == [("“no”", "no")]


def test_an_interrupted_quotation_is_two() -> None:
    assert words("“The dam,” she said, “will hold.”") == ["The dam,", "will hold."]


def test_a_quotation_inside_another_comes_after_it_and_deeper() -> None:
    text = "“He called it ‘a gift’ twice,” she said."
    assert [(f.words.of(text), f.depth) for f in quotations(text)] == [
        ("He called it ‘a gift’ twice,", 0),
        ("a gift", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ pay and the dogs’ dinner didn’t change.",
        "The workers' pay and the dogs' dinner didn't change.",
        "It was the ’90s, and rock ’n’ roll.",
        "It was the '90s, and rock 'n' roll, 'til the '20s.",
        'The door is 6\'2" high and 30" wide.',
        "O'Neill's and D’Arcy’s boats.",
    ],
)
def test_apostrophes_decades_and_inches_are_no_marks(text: str) -> None:
    assert words(text) == []


def test_apostrophes_do_not_close_a_single_quotation() -> None:
    assert words("‘The workers’ pay isn’t safe,’ he said.") == ["The workers’ pay isn’t safe,"]
    assert words("'The workers' pay isn't safe,' he said.") == ["The workers' pay isn't safe,"]


def test_a_speech_over_paragraphs_continues() -> None:
    text = "“First of all.\n\n“Then this,” he said."
    first, second = quotations(text)
    assert (first.words.of(text), first.closed, first.continues) == ("First of all.", False, True)
    assert (second.words.of(text), second.closed, second.continues) == ("Then this,", True, False)


def test_a_forgotten_mark_ends_with_its_paragraph() -> None:
    text = "He said “this is it.\n\nThe rest is prose."
    assert [(f.words.of(text), f.closed, f.continues) for f in quotations(text)] == [("this is it.", False, False)]


def test_a_closing_mark_of_the_wrong_shape_still_closes() -> None:
    assert words("The “old quay“ is shut. He said “no“ again.") == ["old quay", "no"]


def test_a_headline_in_single_marks_is_one() -> None:
    assert words("‘Nothing is left’: harbour shuts its gates") == ["Nothing is left"]


def valid(text: str, found: list[Quotation]) -> None:
    open_until: list[int] = []
    for before, after in pairwise(found):
        assert before.span.start < after.span.start
    for each in found:
        assert 0 <= each.span.start <= each.words.start <= each.words.end <= each.span.end <= len(text)
        assert each.words.start < each.words.end
        assert "\n\n" not in each.span.of(text)
        open_until = [end for end in open_until if end > each.span.start]
        assert len(open_until) == each.depth
        assert all(each.span.end <= end for end in open_until)
        open_until.append(each.span.end)


@given(st.text(max_size=300))
def test_any_text_gives_ordered_and_nested_spans(text: str) -> None:
    valid(text, quotations(text))


@given(PROSE)
@example("“a “b”")
@example("'a ‘b' c’")
def test_any_run_of_marks_gives_ordered_and_nested_spans(text: str) -> None:
    valid(text, quotations(text))


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "“‘", '"a" ', "s' 'a \"", "„"])
def test_a_hundred_thousand_marks_are_read(mark: str) -> None:
    text = mark * (100_000 // len(mark))
    valid(text, quotations(text))


def test_the_value_of_an_attribute_left_in_the_text_is_no_quotation() -> None:
    assert quotations('He was tired.<post date="a Monday in May">“So was I.”') == quotations(
        "He was tired.<post date=_a Monday in May_>“So was I.”"
    )
