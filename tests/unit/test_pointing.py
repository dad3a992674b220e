"""Where does it say that: every item's evidence is found again in its passage, character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brief import Point
from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.text.pointing import passage_of, passages_of

FIRST = "The harbour of Lund reopened on Friday. Nobody slept much."
SECOND = "The repair cost 4.2 million crowns. A second crane comes on Tuesday."
DOCUMENT = Document(text=f"{FIRST}\n\n{SECOND}")


def at(words: str, document: Document = DOCUMENT) -> Evidence:
    start = document.text.index(words)
    return Evidence(source=document.id, start=start, end=start + len(words))


def point(*evidence: Evidence) -> Point:
    return Point(text="Something.", evidence=evidence)


def test_the_passage_is_shown_whole_with_the_evidence_marked_in_it() -> None:
    pointed = passage_of(DOCUMENT, point(at("4.2 million")))
    assert pointed is not None
    assert (pointed.number, pointed.text) == (2, SECOND)
    assert [mark.of(pointed.text) for mark in pointed.marked] == ["4.2 million"]


def test_the_first_evidence_says_which_passage_is_shown_and_all_of_it_is_marked() -> None:
    item = point(at("second crane"), at("Nobody"), at("repair"))
    pointed = passage_of(DOCUMENT, item)
    assert pointed is not None
    assert pointed.number == 2
    assert [mark.of(SECOND) for mark in pointed.marked] == ["repair", "second crane"]
    assert [passage.number for passage in passages_of(DOCUMENT, item)] == [1, 2]


def test_evidence_over_two_passages_is_marked_in_both() -> None:
    item = point(at("Nobody slept much.\n\nThe repair"))
    assert [[mark.of(passage.text) for mark in passage.marked] for passage in passages_of(DOCUMENT, item)] == [
        ["Nobody slept much."],
        ["The repair"],
    ]


def test_marks_that_touch_or_overlap_are_one() -> None:
    (passage,) = passages_of(DOCUMENT, point(at("The harbour of"), at("of Lund"), at(" reopened")))
    assert [mark.of(passage.text) for mark in passage.marked] == ["The harbour of Lund reopened"]


def test_another_documents_evidence_points_nowhere_here() -> None:
    other = Document(text="The bridge is closed.")
    assert passage_of(DOCUMENT, point(at("bridge", other))) is None
    assert passages_of(DOCUMENT, point(Evidence(source=DOCUMENT.id, start=9_000, end=9_010))) == ()


@given(st.text(alphabet="ab .\n“”é😀", min_size=1, max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_what_is_marked_is_what_the_evidence_covers(text: str, start: int, length: int) -> None:
    document = Document(text=text)
    evidence = Evidence(source=document.id, start=start, end=start + length)
    marked = "".join(
        mark.of(passage.text) for passage in passages_of(document, point(evidence)) for mark in passage.marked
    )
    assert "".join(marked.split()) == "".join(text[start : start + length].split())
