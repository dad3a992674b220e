"""Planning: whole passages under the budget, evenly, and a token factor that learns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document import Document
from bot.domain.draft import Evidence, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.errors import ContextOverflowError
from bot.domain.section import Section
from bot.engines.llm.choosing import Text, chosen, distinct
from bot.engines.llm.passages import Header, Passage, article_text, headers_of, number_passages, one_line
from bot.engines.llm.plan import Chunk, TokenFactor, answer_room, article_budget, plan, share
from bot.engines.llm.reading import places_in

pytestmark = pytest.mark.unit

DOCUMENTS = (
    Document(
        text="First rain fell.\n\nThen [9]\tsnow  fell.", title="Weather\n[7] fake", published=date(2026, 11, 20)
    ),
    Document(text="The sun shone."),
)


def passage(number: int, tokens: int = 10, text: str = "x", document: int = 0) -> Passage:
    evidence = Evidence(source=f"d{document}", start=number * 10, end=number * 10 + 5)
    return Passage(number, document, evidence, f"[{number}] {text}", tokens)


def test_numbers_run_on_over_documents_and_point_to_the_exact_places() -> None:
    numbered = number_passages(DOCUMENTS)
    assert [p.number for p in numbered] == [1, 2, 3]
    for p in numbered:
        document = DOCUMENTS[p.document]
        assert p.evidence.source == document.id
        assert p.evidence.span.of(document.text).split() == p.words.split()


def test_a_passage_is_one_line_and_a_document_stands_under_its_header() -> None:
    text = article_text(number_passages(DOCUMENTS), headers_of(DOCUMENTS))
    assert text.split("\n") == [
        "Article 1: Weather [7] fake · published 2026-11-20",
        "[1] First rain fell.",
        "[2] Then [9] snow fell.",
        "",
        "Article 2: no title",
        "[3] The sun shone.",
    ]


def test_a_line_of_the_article_never_looks_like_one_of_ours() -> None:
    assert one_line("a\n[9] b\u2028[10] c\r[11] d\x85e") == "a [9] b [10] c [11] d e"


def test_numbers_that_were_not_given_stand_for_nothing() -> None:
    numbered = number_passages(DOCUMENTS)
    places = places_in(numbered[:2])
    assert places([2, 3, 99, 2]) == (numbered[1].evidence,)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60), st.integers(60, 200))
def test_chunks_hold_all_passages_in_order_and_never_exceed_the_budget(sizes: list[int], budget: int) -> None:
    passages = [passage(number, tokens) for number, tokens in enumerate(sizes, start=1)]
    chunks = plan(passages, [Header("h", 5)], budget)
    assert [p for chunk in chunks for p in chunk.passages] == passages
    assert all(sum(p.tokens for p in chunk.passages) + 5 <= budget for chunk in chunks)
    assert [chunk.part for chunk in chunks] == list(range(1, len(chunks) + 1))


def test_what_fits_is_one_chunk() -> None:
    assert len(plan([passage(n) for n in range(1, 10)], [Header("h", 5)], 95)) == 1


def test_chunks_are_about_the_same_size() -> None:
    chunks = plan([passage(n) for n in range(1, 31)], [Header("h", 5)], 105)
    assert len(chunks) == 3
    assert min(len(chunk.passages) for chunk in chunks) >= 8


def test_a_passage_above_the_budget_stands_alone() -> None:
    chunks = plan([passage(1, 500), passage(2)], [Header("h", 5)], 100)
    assert [len(chunk.passages) for chunk in chunks] == [1, 1]


@given(st.lists(st.integers(1, 50), min_size=2, max_size=30))
def test_halves_are_two_and_lose_nothing(sizes: list[int]) -> None:
    chunk = Chunk(tuple(passage(n, tokens) for n, tokens in enumerate(sizes, start=1)), part=3, parts=7)
    first, second = chunk.halves()
    assert first.passages
    assert second.passages
    assert first.passages + second.passages == chunk.passages
    assert str(first.name) == "a piece of part 3 of 7"


def test_prompts_that_fill_the_context_are_told() -> None:
    assert article_budget(16_000, 2_000, 1_000, 1.0) == 12_968
    with pytest.raises(ContextOverflowError, match="LLM_CONTEXT_TOKENS"):
        article_budget(2_000, 500, 1_400, 1.2)


def test_the_answer_never_takes_more_than_a_quarter_of_a_small_context() -> None:
    assert answer_room(16_000, 2_000) == 2_000
    assert answer_room(2_000, 2_000) == 500


def test_the_factor_is_learned_from_usage_with_a_margin() -> None:
    factor = TokenFactor(1.2)
    assert factor.value == 1.2
    assert factor.observe(1_000, 1_500)
    assert factor.value == pytest.approx(1.575)
    factor = TokenFactor(1.2)
    assert factor.observe(1_000, 800)
    assert factor.value == pytest.approx(1.05)


def test_a_short_prompt_teaches_nothing() -> None:
    factor = TokenFactor(1.2)
    assert factor.observe(20, 90)
    assert factor.value == 1.2


def test_a_prompt_that_shrank_to_less_than_half_seems_cut_and_teaches_nothing() -> None:
    factor = TokenFactor(1.2)
    assert not factor.observe(8_000, 2_048)
    assert factor.value == 1.2


def test_an_overflow_raises_the_factor() -> None:
    factor = TokenFactor(1.2)
    factor.overflowed()
    assert factor.value > 1.4


@pytest.mark.parametrize(("parts", "asked"), [(1, 8), (2, 8), (4, 4), (23, 2)])
def test_a_chunk_is_asked_for_fewer_the_more_there_are(parts: int, asked: int) -> None:
    assert share(Section(name="a", title="A", kind="points", max_items=8), parts).max_items == asked


def test_a_section_of_one_is_never_asked_for_more() -> None:
    assert share(Section(name="a", title="A", kind="points", max_items=1), 9).max_items == 1


PASSAGES = [passage(n, text=f"He said “word {n} here” on Friday") for n in range(1, 21)]
TEXT = Text(PASSAGES)


def point(number: int, text: str | None = None) -> ProposedPoint:
    return ProposedPoint(text=text or f"Thing {number} took place", evidence=(PASSAGES[number - 1].evidence,))


def quote(number: int, words: str | None = None) -> ProposedQuote:
    return ProposedQuote(text=words or f"word {number} here", evidence=(PASSAGES[number - 1].evidence,))


def test_quotes_that_hold_one_another_are_one_and_the_longer_stays() -> None:
    assert distinct([quote(1, "word 1"), quote(2), quote(1, "“Word 1 here”")]) == [
        quote(1, "“Word 1 here”"),
        quote(2),
    ]


def test_events_with_the_same_words_at_another_time_both_stay() -> None:
    march = ProposedEvent(text="Rates rose", date_text="in March")
    june = ProposedEvent(text="Rates rose", date_text="in June")
    assert distinct([march, june, march]) == [march, june]


def test_every_part_has_its_turn_and_the_text_gives_the_order() -> None:
    lists = [[point(2), point(1)], [point(12), point(11)], [point(20)]]
    assert chosen(lists, TEXT, most=4) == [point(1), point(2), point(12), point(20)]


def test_with_more_parts_than_places_the_parts_lie_all_over_the_text() -> None:
    lists = [[point(n)] for n in range(1, 21)]
    numbers = [TEXT.numbers(item)[0] for item in chosen(lists, TEXT, most=4)]
    assert numbers == [1, 6, 11, 16]


def test_quotes_that_stand_in_their_passage_go_before_those_that_do_not() -> None:
    lists = [[quote(1, "made up"), quote(2)], [quote(9)]]
    assert chosen(lists, TEXT, most=2) == [quote(2), quote(9)]


def test_the_reserve_stands_behind_the_chosen() -> None:
    lists = [[quote(5), quote(1)], [quote(9)]]
    assert chosen(lists, TEXT, most=2, spare=1) == [quote(5), quote(9), quote(1)]


def test_nothing_to_choose_from_is_nothing() -> None:
    assert chosen([], TEXT, most=3) == []
    assert chosen([[], []], TEXT, most=3) == []
