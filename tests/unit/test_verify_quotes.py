"""Quotes: the text's own characters, from between its marks, with its own speaker."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document import Document
from bot.domain.draft import Evidence
from tests.support.drafts import ARTICLE, TEXT, checked, codes, passage, quote, quotes_of

pytestmark = pytest.mark.unit

SLEPT = "Nobody slept, but nobody drowned."


def test_quote_is_the_sources_own_characters_at_its_evidence() -> None:
    (kept,) = quotes_of(checked(quotes=(quote('"nobody slept, but nobody drowned"', passage(SLEPT)),)))
    place = kept.evidence[0]
    assert kept.text == TEXT[place.start : place.end] == "Nobody slept, but nobody drowned"


def test_quote_is_dropped_when_one_word_differs() -> None:
    brief = checked(quotes=(quote("Nobody slept, but somebody drowned.", passage(SLEPT)),))
    assert quotes_of(brief) == []
    assert "quote-not-verbatim" in codes(brief)


def test_narrative_between_marks_is_no_quote() -> None:
    brief = checked(quotes=(quote("Farmers downstream were less happy"),))
    assert quotes_of(brief) == []
    assert "quote-not-quoted" in codes(brief)


def test_scare_quote_is_not_key() -> None:
    text = TEXT + "\n\nThe “summer of rain” came early."
    document = Document(text=text, language="en")
    brief = checked(document, quotes=(quote("summer of rain"),))
    assert quotes_of(brief) == []
    assert "quote-not-key" in codes(brief)


def test_two_quotations_joined_over_an_attribution_are_trimmed_to_one() -> None:
    joined = "The wall did what we paid for,” Mayor Hanna Velk told reporters. “Nobody slept, but nobody drowned."
    (kept,) = quotes_of(brief := checked(quotes=(quote(joined),)))
    assert kept.text == "Nobody slept, but nobody drowned."
    assert "quote-trimmed" in codes(brief)


def test_two_quotations_joined_without_the_attribution_are_trimmed_to_one() -> None:
    joined = "The wall did what we paid for. Nobody slept, but nobody drowned."
    (kept,) = quotes_of(brief := checked(quotes=(quote(joined),)))
    assert kept.text == "Nobody slept, but nobody drowned."
    assert "quote-trimmed" in codes(brief)


def test_joined_quote_with_an_invented_half_is_dropped_whole() -> None:
    brief = checked(quotes=(quote("The wall did what we paid for. It is the pride of the valley."),))
    assert quotes_of(brief) == []


def test_quote_that_runs_on_into_the_narrative_is_cut_at_the_marks() -> None:
    brief = checked(quotes=(quote("Nobody slept, but nobody drowned.” The wall cost $41 million"),))
    (kept,) = quotes_of(brief)
    assert kept.text == "Nobody slept, but nobody drowned."
    assert "quote-trimmed" in codes(brief)


def test_part_of_a_quotation_may_be_claimed() -> None:
    (kept,) = quotes_of(brief := checked(quotes=(quote("We had six hours of warning"),)))
    assert kept.text == "We had six hours of warning"
    assert "quote-trimmed" not in codes(brief)


def test_speaker_comes_from_the_text_and_not_from_the_model() -> None:
    (kept,) = quotes_of(brief := checked(quotes=(quote(SLEPT, speaker="King Otto"),)))
    assert kept.speaker is not None
    assert "Velk" in kept.speaker
    assert "speaker-corrected" in codes(brief)
    evidence = kept.speaker_evidence[0]
    assert "Velk" in TEXT[evidence.start : evidence.end]


def test_right_speaker_is_not_reported_as_corrected() -> None:
    brief = checked(quotes=(quote("We had six hours of warning", speaker="Aldous"),))
    assert "speaker-corrected" not in codes(brief)


def test_speaker_is_unknown_where_the_text_does_not_say() -> None:
    document = Document(
        text="“Nothing of this was ever planned by us.”\n\nThe note lay on the table.", language="en"
    )
    brief = checked(document, quotes=(quote("Nothing of this was ever planned by us.", speaker="The queen"),))
    assert all(kept.speaker is None for kept in quotes_of(brief))


def test_second_quote_over_the_same_words_is_a_duplicate() -> None:
    brief = checked(quotes=(quote(SLEPT), quote("Nobody slept, but nobody")))
    assert len(quotes_of(brief)) == 1
    assert "duplicate" in codes(brief)


def test_evidence_in_another_document_does_not_hide_the_quote() -> None:
    other = Document(text="A page about bees, who have said nothing so far this year.", language="en")
    wrong = Evidence(source=other.id, start=0, end=20)
    (kept,) = quotes_of(checked(other, ARTICLE, quotes=(quote(SLEPT, wrong),)))
    assert kept.evidence[0].source == ARTICLE.id


def test_words_that_stand_outside_of_marks_too_are_found_inside_them() -> None:
    text = "The dam is safe again tonight. So it goes.\n\n“The dam is safe again tonight,” said Ida Roe."
    (kept,) = quotes_of(
        checked(Document(text=text, language="en"), quotes=(quote("The dam is safe again tonight"),))
    )
    assert kept.evidence[0].start > text.index("“")


def test_comma_before_the_closing_mark_is_not_shown() -> None:
    (kept,) = quotes_of(checked(quotes=(quote("The wall did what we paid for,"),)))
    assert kept.text == "The wall did what we paid for"


def test_words_of_a_headline_are_found_where_somebody_says_them() -> None:
    text = "‘The bridge is lost’: town despairs\n\n“The bridge is lost,” said Judge Ida Roe in the town hall."
    (kept,) = quotes_of(checked(Document(text=text, language="en"), quotes=(quote("The bridge is lost."),)))
    assert kept.evidence[0].start > text.index("“")
    assert kept.speaker == "Judge Ida Roe"


@pytest.mark.parametrize(
    ("mention", "shown"),
    [
        ("Radio Kiel’s Tom Marsh", "Tom Marsh, Radio Kiel"),
        ("Fisheries Board Deputy Secretary Tom Marsh", "Tom Marsh, Fisheries Board Deputy Secretary"),
        ("Danish Vice President Tom Marsh", "Tom Marsh, Danish Vice President"),
        ("the buyer, Tom Marsh", "Tom Marsh, buyer"),
        ("Mayor Tom Marsh", "Mayor Tom Marsh"),
        ("Mr. Tom Marsh", "Tom Marsh"),
        ("a fisherman from Kiel", "a fisherman from Kiel"),
    ],
)
def test_speaker_is_shown_as_a_newspaper_does(mention: str, shown: str) -> None:
    text = f"“The bridge is lost to us,” said {mention}."
    (kept,) = quotes_of(checked(Document(text=text, language="en"), quotes=(quote("The bridge is lost to us"),)))
    assert kept.speaker == shown


def test_quote_out_of_site_furniture_is_no_quote() -> None:
    text = TEXT.replace("CLICK HERE TO READ MORE FROM THE RELAY", "‘THE WATER IS COMING NOW’: SEE THE PICTURES")
    brief = checked(Document(text=text, language="en"), quotes=(quote("the water is coming now"),))
    assert quotes_of(brief) == []


@given(st.text(max_size=120), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_whatever_is_claimed_only_quoted_characters_come_through(claim: str, start: int, end: int) -> None:
    for kept in quotes_of(checked(quotes=(quote(claim, Evidence(source=ARTICLE.id, start=start, end=end)),))):
        place = kept.evidence[0]
        assert kept.text == TEXT[place.start : place.end]
        assert TEXT.rfind("“", 0, place.start) > TEXT.rfind("”", 0, place.start)
