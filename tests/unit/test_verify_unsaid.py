"""Points must be told, not only named: whose names open a sentence, and what short statements say of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.verify.names import KnownWords, full_names, names
from bot.verify.senses import Words
from tests.support.drafts import ARTICLE, checked, passage, point, points_of

pytestmark = pytest.mark.unit

CLINIC = Document(
    text=(
        "Dorvale clinic shuts after inquiry\n\n"
        "DORVALE (Relay) — The clinic on Park Street shut on Tuesday, two weeks after its director, Ansel Brandt, "
        "stepped down. Prices rose for parking beside it, and drivers were angry.\n\n"
        "Three patients were killed last autumn when a boiler blew up. An inquiry found in March that warnings "
        "had been ignored for years.\n\n"
        "“We should have listened,” said the mayor, Lotte Vesper, who was re-elected in January. She said she was "
        "sorry.\n\n"
        "A caretaker, Imre Falk, was taken into custody in April. His lawyer said he had done nothing wrong and "
        "would fight the case.\n\n"
        "The council plans to build a new hospital beside the fields north of the town and may sell the old one."
    ),
    title="Dorvale clinic shuts after inquiry",
    published=date(2025, 5, 8),
    language="en",
)


def one(text: str, document: Document = CLINIC) -> Brief:
    return checked(document, summary=(point(text),))


@pytest.mark.parametrize(
    "text",
    [
        "Maren Holt resigned.",
        "Holt stepped down in Dorvale.",
        "Holt shut the clinic on Tuesday.",
        "Maren Brandt stepped down as director of the clinic.",
        "Parker was taken into custody in April.",
        "Fielding was re-elected in January.",
        "Rose Vesper was re-elected in January.",
        "Maren Holt, the mayor, was re-elected in January.",
        "Macron visited the clinic on Park Street.",
    ],
)
def test_name_that_opens_a_sentence_has_to_stand_in_the_text(text: str) -> None:
    assert points_of(one(text)) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "Lotte Vesper resigned.",
        "Vesper resigned on Tuesday.",
        "Mayor Lotte Vesper resigned.",
        "Lotte Vesper died.",
        "Lotte Vesper was arrested.",
        "Vesper was arrested in Dorvale.",
        "Ansel Brandt was sued.",
        "Imre Falk confessed in April.",
        "Imre Falk was acquitted.",
        "Imre Falk escaped from the clinic.",
        "Brandt won the election.",
        "Lotte Vesper divorced.",
        "The clinic went bankrupt.",
        "The mayor was kidnapped on Tuesday.",
        "Mayor Lotte Vesper donated the clinic.",
        "Ansel Brandt was convicted in March.",
    ],
)
def test_deed_that_the_text_does_not_tell_is_dropped_whoever_is_named(text: str) -> None:
    assert points_of(one(text)) == [], text


@pytest.mark.parametrize(
    "text", ["People died when the roof fell.", "Hanna Velk was arrested.", "Piet Aldous died."]
)
def test_deed_in_an_article_without_any_like_it_is_dropped(text: str) -> None:
    assert points_of(one(text, ARTICLE)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ansel Brandt resigned.",
        "Brandt quit as director of the clinic.",
        "The clinic closed on Tuesday.",
        "Three patients died in an explosion.",
        "Last autumn a blast killed three patients.",
        "Lotte Vesper won re-election in January.",
        "Mayor Lotte Vesper apologized.",
        "Imre Falk was arrested in April.",
        "Caretaker Imre Falk was detained in April.",
        "Investigators said warnings were ignored.",
        "Drivers were angry about parking prices.",
        "Parking prices went up.",
    ],
)
def test_true_statement_in_other_words_stays(text: str) -> None:
    brief = one(text)
    assert [kept.text for kept in points_of(brief)] == [text], brief.findings


def test_reason_names_the_word_that_is_not_told() -> None:
    brief = one("The clinic on Park Street was robbed on Tuesday.")
    assert [finding.detail for finding in brief.findings if finding.code == "point-unsupported"] == [
        "word: robbed"
    ]


def test_deed_of_another_part_of_the_article_does_not_bear_out_a_short_statement() -> None:
    assert (
        points_of(checked(CLINIC, summary=(point("Lotte Vesper was killed.", passage("We should have", CLINIC)),)))
        == []
    )


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("the director stepped down", "resigned", True),
        ("the director walked the dog", "resigned", False),
        ("the annexation of the valley", "annexed", True),
        ("the bill was apologetic", "apologised", True),
        ("police took him into custody", "arrested", True),
        ("police told him the way", "arrested", False),
        ("twelve deaths", "died", True),
        ("the deadline was met", "died", False),
        ("a favourite colour", "favorite", True),
    ],
)
def test_words_tell_a_thing_in_any_of_its_words(text: str, word: str, told: bool) -> None:
    assert Words(text.split()).tell(word) is told


@pytest.mark.parametrize(
    ("said", "confused"),
    [("Rose Vesper", True), ("Grant Brandt", True), ("Lotte Vesper", False), ("Ansel", False)],
)
def test_first_name_that_is_a_word_is_known_only_where_it_is_written_as_a_name(said: str, confused: bool) -> None:
    known = KnownWords(CLINIC.text)
    assert any(known.confuses(full) for full in full_names(said, names(said))) is confused
