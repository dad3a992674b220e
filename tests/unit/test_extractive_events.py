"""The built-in engine's timeline: events, short, each once; seasons that date nothing are left out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.document import Document
from bot.domain.draft import Draft, ProposedEvent
from bot.domain.value import Span
from bot.engines.extractive.engine import write_sections
from bot.engines.extractive.shortening import shortened
from bot.verify import verify
from tests.gold import GoldArticle, load_gold
from tests.support.drafts import TIMELINE, events_of


def events(text: str) -> list[ProposedEvent]:
    document = Document(text=text, published=date(2024, 6, 14), language="en")
    (section,) = write_sections([document], (TIMELINE,))
    return [item for item in section.items if isinstance(item, ProposedEvent)]


def short(sentence: str, when: str) -> str:
    at = sentence.index(when)
    return shortened(sentence, Span(0, len(sentence)), Span(at, at + len(when))).of(sentence)


@pytest.mark.parametrize(
    ("sentence", "when", "left"),
    [
        (
            "The probe sent a signal on Tuesday after eleven months of silence, its operators said.",
            "Tuesday",
            "The probe sent a signal on Tuesday after eleven months of silence",
        ),
        (
            "According to the harbour office, Ferries of the north line stopped on Monday for good.",
            "Monday",
            "Ferries of the north line stopped on Monday for good.",
        ),
        (
            "The council closed the swimming pool on Monday, which had lost money for years.",
            "Monday",
            "The council closed the swimming pool on Monday",
        ),
        (
            "The ministry said that Lund was flooded in 2019 and again in 2021.",
            "2019",
            "Lund was flooded in 2019 and again in 2021.",
        ),
    ],
)
def test_clause_that_only_tells_who_said_it_or_adds_to_it_is_cut(sentence: str, when: str, left: str) -> None:
    assert short(sentence, when) == left


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("The clinic in Oster will stay open for now, the county decided on Tuesday.", "Tuesday"),
        ("The lighthouse at the point has been sold for one pound, the council said on Thursday.", "Thursday"),
        ("The treasurer stole the money in May from the school fund, prosecutors alleged.", "May"),
        ("The minister knew of the plan in May or even earlier, he denied having said.", "May"),
        ("“We left on Monday,” she said, and the door, which was open, “stayed so.”", "Monday"),
        ("The school closed on Monday, which was not what the parents had asked for.", "Monday"),
    ],
)
def test_sentence_stays_whole_where_the_cut_clause_holds_the_date_or_a_doubt(sentence: str, when: str) -> None:
    assert short(sentence, when) == sentence


def test_season_that_people_fear_for_is_no_event() -> None:
    assert events("Farmers on the island fear for the winter after a summer without any rain at all.") == []


def test_season_in_which_something_happened_is_one() -> None:
    told = events("The old mill burned down in the winter of 2019 and was never built again.")
    assert [event.date_text for event in told] == ["the winter of 2019"]


def test_standfirst_told_again_is_one_event() -> None:
    text = (
        "The council of Lund closed the old swimming pool in June after nine years of losses.\n\n"
        "The council of Lund closed the old swimming pool on Monday after nine years of losses and repairs."
    )
    assert [event.date_text for event in events(text)] == ["Monday"]


def test_stretch_of_time_is_one_date() -> None:
    (told,) = events("The bridge was closed from May 3 to May 20 because of a crack in its main pillar.")
    assert told.date_text == "May 3 to May 20"


@pytest.mark.parametrize("article", load_gold(), ids=lambda article: article.name)
def test_events_are_stretches_of_the_articles_own_text_with_their_date(article: GoldArticle) -> None:
    document = Document(
        text=article.text, title=article.title, published=article.published, language=article.language
    )
    sections = write_sections([document], (TIMELINE,))
    flat = " ".join(article.text.split())
    for item in sections[0].items:
        assert isinstance(item, ProposedEvent)
        assert item.text in flat
        assert item.date_text
        assert " ".join(item.date_text.split()) in item.text
    brief = verify(Draft(engine="extractive", sections=sections), [document], (TIMELINE,))
    assert len(events_of(brief)) == len(sections[0].items)
