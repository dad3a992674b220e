"""The engine without a model: the story's own sentences, quotes and dates, and nothing of the page around them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document import Document
from bot.domain.draft import Draft, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.section import Section
from bot.domain.task import Progress, Task
from bot.engines.extractive import ExtractiveEngine
from bot.engines.extractive.candidates import candidates
from bot.engines.extractive.engine import write_sections
from bot.verify import verify
from tests.gold import GoldArticle, load_gold
from tests.support.drafts import ARTICLE, PROSE, QUOTES, SECTIONS, SUMMARY, TEXT, TIMELINE

pytestmark = pytest.mark.unit

GOLD = load_gold()


def written(*documents: Document, sections: tuple[Section, ...] = SECTIONS) -> Draft:
    return Draft(engine="extractive", sections=write_sections(documents or (ARTICLE,), sections))


def points(draft: Draft) -> list[ProposedPoint]:
    return [item for section in draft.sections for item in section.items if isinstance(item, ProposedPoint)]


def quotes(draft: Draft) -> list[ProposedQuote]:
    return [item for section in draft.sections for item in section.items if isinstance(item, ProposedQuote)]


def events(draft: Draft) -> list[ProposedEvent]:
    return [item for section in draft.sections for item in section.items if isinstance(item, ProposedEvent)]


def document_of(article: GoldArticle) -> Document:
    return Document(text=article.text, title=article.title, published=article.published, language=article.language)


async def test_engine_fills_the_extractive_sections_and_leaves_the_others_empty() -> None:
    seen: list[Progress] = []
    draft = await ExtractiveEngine().write(Task((ARTICLE,), SECTIONS, report=seen.append))
    assert draft.engine == "extractive"
    assert draft.model is None
    assert [(part.name, bool(part.items)) for part in draft.sections] == [
        (section.name, section.extractive) for section in SECTIONS
    ]
    assert [(step.stage, step.done) for step in seen] == [("writing", 0), ("writing", 1)]


async def test_same_task_gives_the_same_draft() -> None:
    task = Task((ARTICLE, document_of(GOLD[0])), SECTIONS)
    assert await ExtractiveEngine().write(task) == await ExtractiveEngine().write(task)


def test_points_are_whole_sentences_of_the_story_without_dateline_or_furniture() -> None:
    said = [point.text for point in points(written())]
    assert said[0].startswith("The new flood wall held on Friday")
    for text in said:
        assert text in " ".join(TEXT.split())
        assert not any(
            word in text for word in ("CLICK HERE", "Related Content", "(Relay)", "Flood wall holds as")
        )


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Lind and Noor Amari",
        "Flood wall holds as river crests at Ostrava Bend",
        "WATCH: The river seen from the air as it rises over the fields of the valley.",
        "Editor's note: This story was updated with comments by the union of farmers.",
        "© 2024 The Relay. All rights reserved by the Relay and its owners in the valley.",
        "Ada Lind contributed to this report from the town of Ostrava Bend on the river.",
        "About the Relay: The Relay is a newspaper for the valley of the river Marn.",
        "Sign up for our newsletter about the river, the town and the flood wall.",
        "What the river left behind",
    ],
)
def test_line_that_belongs_to_the_page_never_becomes_a_point(line: str) -> None:
    for text in (f"{line}\n\n{TEXT}", f"{TEXT}\n\n{line}"):
        document = Document(text=text, title=ARTICLE.title, language="en")
        assert line not in [candidate.text for candidate in candidates(document)]


@pytest.mark.parametrize(
    ("opening", "rest"),
    [
        ("WASHINGTON (AP) — ", "The senate passed the river bill by one vote."),
        ("(CNN)", "The senate passed the river bill by one vote."),
        ("LUND HARBOUR, March 6 (Coastline) — ", "The senate passed the river bill by one vote."),
        ("KESSEL, Oct. 5, 2026 — ", "The senate passed the river bill by one vote."),
        ("Berlin (dpa) - ", "The senate passed the river bill by one vote."),
        ("", "Senator Lee (Republican) passed the river bill on."),
        ("", "The board (Ada Lind and two others) passed the river bill."),
    ],
)
def test_only_a_dateline_is_cut_off(opening: str, rest: str) -> None:
    document = Document(text=f"{opening}{rest} Nobody in the chamber voted against the new law.", language="en")
    assert candidates(document)[0].text == rest


def test_quotes_are_spread_over_speakers_and_stand_in_reading_order() -> None:
    told = quotes(written(sections=(QUOTES.model_copy(update={"max_items": 2}),)))
    assert len({quote.speaker for quote in told}) == 2
    places = [quote.evidence[0].start for quote in told]
    assert places == sorted(places)


def test_quotes_speak_of_the_news_and_one_official_is_one_speaker() -> None:
    text = (
        "The harbour of Kiel will close for repairs in May.\n\n"
        "“My father liked to fish here as a boy,” said a pilot from Kiel. "
        "“The repairs of the harbour will take until May,” the pilot from Kiel said.\n\n"
        "“I have a boat with a red sail at home,” said a dentist."
    )
    document = Document(text=text, language="en")
    one = quotes(written(document, sections=(QUOTES.model_copy(update={"max_items": 1}),)))
    assert [quote.text for quote in one] == ["The repairs of the harbour will take until May,"]
    two = quotes(written(document, sections=(QUOTES.model_copy(update={"max_items": 2}),)))
    assert [quote.speaker for quote in two] == ["the pilot from Kiel", "a dentist"]


def test_timeline_holds_the_dated_events_and_no_clock_or_duration() -> None:
    when = {event.date_text for event in events(written())}
    assert {"Friday", "May", "Wednesday", "Sept. 30"} <= when
    assert not when & {"six hours", "four years ago", "now"}


def test_one_date_has_one_event() -> None:
    text = (
        "The bridge was closed on Monday after a crack was found. Engineers inspected the bridge on Monday. "
        "On Tuesday the council ordered a new bridge for the town."
    )
    document = Document(text=text, published=date(2024, 6, 14), language="en")
    assert [event.date_text for event in events(written(document))] == ["Monday", "Tuesday"]


def test_second_section_of_points_repeats_none_of_the_first() -> None:
    more = SUMMARY.model_copy(update={"name": "more"})
    draft = written(sections=(SUMMARY.model_copy(update={"max_items": 2}), more))
    first, second = ({item.text for item in part.items} for part in draft.sections)
    assert first
    assert second
    assert not first & second


def test_section_gets_no_more_than_its_limit() -> None:
    for section in (SUMMARY, QUOTES, TIMELINE):
        (part,) = written(sections=(section.model_copy(update={"max_items": 1}),)).sections
        assert len(part.items) <= 1


def test_two_articles_on_one_story_do_not_say_it_twice() -> None:
    other = Document(
        text=TEXT.replace("some 3,000 homes", "3,000 homes") + "\n\nMore rain is expected.", language="en"
    )
    said = [point.text for point in points(written(ARTICLE, other))]
    assert sum(text.startswith("The new flood wall held") for text in said) == 1


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "\n\n",
        "Word",
        "...",
        "“”",
        "1",
        "堤防は金曜日に持ちこたえた。市長は喜んだ。",
        "NO END IN SIGHT " * 50,
        "a. " * 500,
    ],
)
def test_text_with_nothing_to_choose_gives_an_empty_draft_and_no_error(text: str) -> None:
    document = Document(text=text)
    assert verify(written(document), [document], SECTIONS).engine == "extractive"


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article.name)
def test_verifier_drops_nothing_of_what_the_engine_writes(article: GoldArticle) -> None:
    document = document_of(article)
    draft = written(document)
    brief = verify(draft, [document], SECTIONS)
    assert [finding for finding in brief.findings if finding.code != "section-empty"] == []
    kept = {section.name: len(section.items) for section in brief.sections}
    assert kept == {section.name: len(section.items) for section in draft.sections}


SENTENCES = (
    "Mayor Zoë O’Brien opened the {n}-metre bridge on {day}.",
    "“We waited {n} years for this,” said Bruno d’Este, who sells bread. “It was worth it.”",
    "The U.S. firm McAllister & Sons lost $1.{n} million, or {n} percent of its sales, in {month}.",
    "Dr. Ana María Núñez of the World Health Office said the illness spread to {n} villages since {month} 2021.",
    "According to the report, about {n},000 people — two thirds of the town — left on {day} night.",
    "The so\u00adcalled co\u200boperation plan was signed on {n} {month} 2019 by Côte d’Ivoire and San Léon.",
    "He did not say why the No. {n} bus was late.",
    "Read more about it at www.bus.example or write to news@bus.example before {day}.",
    "\u202eThe hidden line\u202c was shown on {day} to the council of Lund.",
    "CLICK HERE TO READ MORE",
    "Die Zahl stieg um {n},5 Prozent auf 3.{n} Millionen Euro.",
    "iPhone sales at e-Trade rose {n}% while COVID-{n} cases fell, the FT's Ed Roe wrote {day}.",
    "‘It is a {n} per cent cut,’ the union’s leader, Jo Kerr, told The Times.",
    "“One.\n\n“Two parts of a long speech that ran over {n} pages,” said Ola Berg.",
    "Between {n} and 3{n} ships — the Anna, the Berta and the Q-{n}.5 — left at {n}:30 on {day}, {month} {n}.",
)
fillings = st.fixed_dictionaries(
    {
        "n": st.integers(1, 28),
        "day": st.sampled_from(["Monday", "Friday", "Sunday"]),
        "month": st.sampled_from(["January", "May", "October", "Sept."]),
    }
)
lines = st.builds(lambda pattern, words: pattern.format(**words), st.sampled_from(SENTENCES), fillings)
articles = st.builds(
    lambda parts, gap, published: Document(text=gap.join(parts), published=published, language="en"),
    st.lists(lines, min_size=1, max_size=14),
    st.sampled_from([" ", "\n\n", "\n"]),
    st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)


@given(st.lists(articles, min_size=1, max_size=2))
def test_verifier_drops_nothing_whatever_the_articles_are_made_of(documents: list[Document]) -> None:
    draft = written(*documents, sections=(SUMMARY, QUOTES, TIMELINE, PROSE))
    brief = verify(draft, documents, SECTIONS)
    assert {finding.code for finding in brief.findings} <= {"section-empty"}, (draft, brief.findings)
