"""Pages: any Brief fits Discord's messages, whole, in order, with every character as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brief import Brief, QuotesSection
from bot.render.card import make_card
from bot.render.layout import CONTINUED, CONTINUES, MAX_TEXT, Page, notice, pages, size
from tests.support.briefs import brief, points, prose, quotes, source, texts, timeline

pytestmark = pytest.mark.unit


def shown(brief: Brief) -> tuple[Page, ...]:
    return pages(make_card(brief))


@given(st.lists(texts, min_size=1, max_size=8))
def test_a_quote_that_fits_a_page_is_never_cut(said: list[str]) -> None:
    for page in shown(brief(sections=(quotes(*((text, "Ola Lind") for text in said)),))):
        for text in page.texts:
            for piece in re.findall(r"(?:^> .*\n?)+", text, re.MULTILINE):
                if str(CONTINUES) in piece or str(CONTINUED) in piece:
                    continue
                assert piece.rstrip("\n").endswith("— Ola Lind")


def test_a_quote_of_3800_characters_stays_whole_on_a_page_of_its_own() -> None:
    words = ("We were told to wait. " * 200)[:3_799] + "."
    found = shown(brief(sections=(points("One."), quotes((words, "Ola Lind")), timeline(("Two.", None, None)))))
    holders = [page for page in found if "We were told" in "".join(page.texts)]
    assert len(holders) == 1
    assert str(CONTINUES) not in "".join(holders[0].texts)


def test_a_longer_quote_is_continued_at_sentence_ends_and_says_so() -> None:
    words = "We were told to wait by the gate. " * 300
    found = shown(brief(sections=(quotes((words, "Ola Lind")),)))
    holders = ["".join(page.texts) for page in found if "We were told" in "".join(page.texts)]
    assert len(holders) == 3
    assert [str(CONTINUED) in text for text in holders] == [False, True, True]
    assert [str(CONTINUES) in text for text in holders] == [True, True, False]
    assert all(text.split(f"\n> {CONTINUES}")[0].endswith("gate.") for text in holders[:2])
    assert "Ola Lind" in holders[-1]


def test_an_ordinary_brief_is_one_page_with_all_parts() -> None:
    (page,) = shown(brief())
    text = "\n".join(page.texts)
    assert page.links == (("Open source", "https://courier.example/harbour"),)
    assert text.startswith("## [Harbour reopens after nine weeks](<https://courier.example/harbour>)")
    assert "Lund Courier · Ina Berg · 4 Mar 2026 · 920 words · 4 min read saved" in text
    assert "### Summary\n- The harbour reopened on Monday.\n- Ferries left at noon." in text
    assert "> “We are open again.”\n> — Harbour master Ola Lind" in text
    assert "> “It took too long.”\n> — *speaker not named*" in text
    assert "- **<t:1772445900:D>** — The harbour reopened." in text
    assert "- **“some day”** — Works end." in text
    assert text.endswith("-# Built-in extractive engine, no model · 0.4 s")


def test_a_stamp_stands_only_where_the_day_is_certain() -> None:
    events = timeline(
        ("a", "2021", None), ("b", "2021-08", None), ("c", "2021-08-01/2021-08-03", None), ("d", None, None)
    )
    text = "".join(shown(brief(sections=(events,)))[0].texts)
    assert "<t:" not in text
    assert all(
        label in text for label in ("**2021**", "**Aug 2021**", "**1 Aug 2021 – 3 Aug 2021**", "**undated**")
    )


@given(st.integers(1, 60))
def test_no_page_holds_small_print_alone(count: int) -> None:
    *_, last = shown(brief(sections=(points(*["A sentence of some length about the harbour. " * 2] * count),)))
    assert "- A sentence" in "".join(last.texts)
    assert last.texts[-1].startswith("-# Built-in")


@given(st.integers(100, 3_500))
def test_no_page_holds_the_title_alone_where_the_first_item_fits_below_it(length: int) -> None:
    first, *_ = shown(brief(sections=(points("é" * length),)))
    assert "é" in "".join(first.texts)


def test_the_count_of_quotes_stays_with_the_first_of_them() -> None:
    for before in range(30, 46):
        summary = points(*["A sentence of some length about the harbour. " * 2] * before)
        for page in shown(brief(sections=(summary, quotes(("We are open. " * 40, "Ola Lind"))))):
            text = "\n".join(page.texts)
            assert ("1 of 1 quote" in text) == ("> — Ola Lind" in text)


def test_pages_are_numbered_and_links_stand_on_the_first() -> None:
    found = shown(brief(sections=(prose(*["Sentence after sentence. " * 60] * 6),)))
    assert [(page.number, page.count) for page in found] == [(1, 3), (2, 3), (3, 3)]
    assert [bool(page.links) for page in found] == [True] + [False] * (len(found) - 1)


def test_several_sources_are_listed_and_linked() -> None:
    (page,) = shown(brief(sources=(source(), source(id="b", title="Second", url="https://b.example/"))))
    assert page.links == ()
    assert "One briefing from 2 sources" in page.texts[0]
    assert r"2\. [Second](<https://b.example/>) · Lund Courier" in page.texts[1]


def test_a_source_whose_title_cannot_be_a_link_has_a_button() -> None:
    odd = source(id="b", title="Lies [video]", url="https://b.example/")
    (page,) = shown(brief(sources=(source(), odd)))
    assert page.links == (("Source 2", "https://b.example/"),)


def test_an_address_in_an_article_is_never_live() -> None:
    (page,) = shown(
        brief(sources=(source(url=None),), sections=(points("See https://evil.example/x or www.y.example"),))
    )
    assert "https://" not in "".join(page.texts)
    assert page.links == ()


@given(texts)
def test_a_notice_fits_whatever_it_quotes(text: str) -> None:
    page = notice(f"I could not read {text}")
    assert sum(map(size, page.texts)) <= MAX_TEXT


def test_empty_sections_say_so() -> None:
    text = "".join(
        shown(brief(sections=(points(), QuotesSection(name="quotes", title="Quotes"), timeline())))[0].texts
    )
    assert "No quotes that stand verbatim" in text
    assert "No dated events" in text
