"""Events: the date is read from the text's own words by code, and stands in calendar order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document import Document
from bot.domain.draft import Evidence
from tests.support.drafts import ARTICLE, TEXT, checked, codes, event, events_of, passage

pytestmark = pytest.mark.unit

GATES = "Engineers opened two sluice gates on Wednesday"


def test_date_is_computed_from_the_articles_words_and_its_publication_date() -> None:
    (kept,) = events_of(
        checked(timeline=(event("Engineers opened two sluice gates.", "Wednesday", passage(GATES)),))
    )
    assert (kept.date, kept.precision, kept.date_text) == ("2024-06-12", "day", "Wednesday")
    place = kept.evidence[0]
    assert "Wednesday" in TEXT[place.start : place.end]


def test_articles_own_words_are_shown_whatever_the_model_wrote() -> None:
    (kept,) = events_of(
        checked(timeline=(event("Engineers opened two sluice gates.", "on WEDNESDAY", passage(GATES)),))
    )
    assert kept.date_text == "Wednesday"


def test_date_that_does_not_stand_in_the_text_is_left_out() -> None:
    (kept,) = events_of(
        brief := checked(
            timeline=(event("Engineers opened two sluice gates.", "on 3 March 1987", passage(GATES)),)
        )
    )
    assert (kept.date, kept.date_text) == (None, None)
    assert "date-not-in-text" in codes(brief)


def test_date_of_another_event_is_not_borrowed() -> None:
    (kept,) = events_of(brief := checked(timeline=(event("Engineers opened two sluice gates.", "Sept. 30"),)))
    assert kept.date is None
    assert "date-not-near-event" in codes(brief)


def test_event_whose_own_words_name_a_foreign_date_is_dropped() -> None:
    brief = checked(
        timeline=(event("On Tuesday engineers opened two sluice gates.", "Wednesday", passage(GATES)),)
    )
    assert events_of(brief) == []
    assert "event-unsupported" in codes(brief)


def test_no_day_is_invented_without_a_publication_date() -> None:
    undated = Document(text=TEXT, language="en")
    (kept,) = events_of(checked(undated, timeline=(event("Engineers opened two sluice gates.", "Wednesday"),)))
    assert (kept.date, kept.precision, kept.date_text) == (None, None, "Wednesday")


def test_events_stand_in_calendar_order_with_the_undated_last() -> None:
    brief = checked(
        timeline=(
            event("Farmers downstream were less happy.", None),
            event("Velk would ask parliament for a second wall.", "Sept. 30"),
            event("The flood wall held as the river crested.", "Friday"),
            event("The wall was finished.", "May", passage("The wall cost")),
            event("Engineers opened two sluice gates.", "Wednesday"),
        )
    )
    assert [kept.date for kept in events_of(brief)] == ["2024-05", "2024-06-12", "2024-06-14", "2024-09-30", None]


def test_one_event_told_twice_is_kept_once() -> None:
    twice = (
        event("Engineers opened two sluice gates.", "Wednesday", passage(GATES)),
        event("Two sluice gates were opened by engineers to lower the lake.", "on Wednesday", passage(GATES)),
    )
    assert len(events_of(brief := checked(timeline=twice))) == 1
    assert "duplicate" in codes(brief)


def test_events_of_two_documents_are_sorted_together() -> None:
    other = Document(
        text="A second gate broke on Thursday in Lower Marn.", published=date(2024, 6, 14), language="en"
    )
    brief = checked(
        ARTICLE,
        other,
        timeline=(
            event("The flood wall held.", "Friday"),
            event("A second gate broke in Lower Marn.", "Thursday"),
        ),
    )
    assert [kept.date for kept in events_of(brief)] == ["2024-06-13", "2024-06-14"]


@given(st.text(max_size=60) | st.dates().map(str) | st.sampled_from(["next Friday", "2031", "May 2019", "Monday"]))
def test_no_claimed_words_bring_in_a_date_that_the_text_does_not_give(claimed: str) -> None:
    given_by_text = {"2024-06-12", "2024-06-14", "2024-05", "2024-09-30", "2020", None}
    brief = checked(timeline=(event("Engineers opened two sluice gates.", claimed, passage(GATES)),))
    for kept in events_of(brief):
        assert kept.date in given_by_text
        assert kept.date_text is None or kept.date_text in TEXT


TWO_SOURCES = (
    Document(
        text="The council of Lund closed the swimming pool on Monday. In 2001 the pool was opened by the queen.",
        published=date(2024, 6, 14),
        language="en",
    ),
    Document(
        text="Lund's council closed its swimming pool for good on Monday. Three pumps broke on Monday.",
        published=date(2024, 6, 14),
        language="en",
    ),
)


def test_one_event_in_two_sources_rests_on_both() -> None:
    (kept,) = events_of(
        checked(
            *TWO_SOURCES,
            timeline=(
                event("The council of Lund closed the swimming pool.", "Monday"),
                event("Lund's council closed its swimming pool for good.", "Monday"),
            ),
        )
    )
    assert kept.text == "The council of Lund closed the swimming pool."
    assert {place.source for place in kept.evidence} == {document.id for document in TWO_SOURCES}


@pytest.mark.parametrize(
    "pair",
    [
        ("The council closed the swimming pool.", "Three pumps broke."),
        ("Mayor Velk met Piet Aldous.", "Mayor Velk dismissed Piet Aldous."),
        ("Three people died in the flood.", "Five people died in the flood."),
    ],
)
def test_two_events_of_one_day_stay_two(pair: tuple[str, str]) -> None:
    text = " ".join(said.removesuffix(".") + " on Monday." for said in pair)
    document = Document(text=f"The wall held. {text}", published=date(2024, 6, 14), language="en")
    whole = Evidence(source=document.id, start=0, end=len(document.text))
    brief = checked(document, timeline=tuple(event(said, "Monday", whole) for said in pair))
    assert [kept.text for kept in events_of(brief)] == list(pair), brief.findings


def test_history_is_told_apart_from_news() -> None:
    brief = checked(
        *TWO_SOURCES,
        timeline=(
            event("The council of Lund closed the swimming pool.", "Monday"),
            event("The pool was opened by the queen.", "2001"),
        ),
    )
    assert [(kept.date, kept.background) for kept in events_of(brief)] == [("2001", True), ("2024-06-10", False)]


def test_stretch_between_two_dates_is_one_range() -> None:
    text = "The bridge was closed from May 3 to May 20, the harbour said. Ships had to wait outside."
    document = Document(text=text, published=date(2024, 6, 14), language="en")
    (kept,) = events_of(checked(document, timeline=(event("The bridge was closed.", "from May 3 to May 20"),)))
    assert (kept.date, kept.precision) == ("2024-05-03/2024-05-20", "range")
    assert kept.date_text == "May 3 to May 20"
