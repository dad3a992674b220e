"""Where an item stands, what language our own words are in, what is marked as a translation: on every surface."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.domain.brief import Brief, Point, PointsSection, Quote, QuotesSection
from bot.domain.draft import Evidence
from bot.render.card import make_card
from bot.render.layout import MAX_TEXT, pages, size
from bot.render.markdown import render_markdown
from bot.render.phrases import in_marks
from bot.render.terminal import print_brief
from tests.support.briefs import EVIDENCE, any_brief, brief, points, quotes, source, timeline

pytestmark = pytest.mark.unit

LINK = "https://courier.example/harbour#:~:text=We%20are%20open,again."


def card_text(made: Brief) -> str:
    return "\n".join(text for page in pages(make_card(made)) for text in page.texts)


def on_terminal(made: Brief) -> str:
    out = io.StringIO()
    print_brief(made, Console(file=out, width=120, force_terminal=False, color_system=None))
    return out.getvalue()


def quoted(**changes: object) -> Brief:
    known: dict[str, object] = {"text": "We are open again.", "speaker": "Ola Lind", "evidence": EVIDENCE}
    section = QuotesSection(name="quotes", title="Key quotes", items=(Quote.model_validate(known | changes),))
    return brief(sections=(section,))


def test_item_of_a_web_page_ends_in_a_link_to_its_words() -> None:
    made = quoted(passage=3, link=LINK)
    assert f"> “We are open again.”\n> — Ola Lind [↗](<{LINK}>)" in card_text(made)
    assert f"> — Ola Lind [↗](<{LINK}>)" in render_markdown(made)
    assert "— Ola Lind ¶3" in on_terminal(made)
    assert "¶ counts" not in card_text(made)


def test_item_of_a_text_without_an_address_ends_in_the_number_of_its_passage() -> None:
    made = quoted(passage=12)
    for shown in (card_text(made), render_markdown(made), on_terminal(made)):
        assert "— Ola Lind ¶12" in shown
        assert "¶ counts the passages of the text" in shown


def test_of_several_sources_the_mark_says_which() -> None:
    sources = (source(), source(id="b", url="https://b.example/"))
    items = (
        Point(text="From the first.", evidence=EVIDENCE, passage=2),
        Point(text="From the second.", evidence=(Evidence(source="b", start=0, end=2),), passage=5, link=LINK),
    )
    made = brief(sources=sources, sections=(PointsSection(name="summary", title="Summary", items=items),))
    assert "- From the first. 1¶2\n" in card_text(made)
    assert f"- From the second. [2↗](<{LINK}>)" in card_text(made)


def test_links_of_a_page_are_dropped_before_any_word_of_it() -> None:
    items = tuple(
        Point(text=f"Point {n}. " + "w" * 700, evidence=EVIDENCE, passage=n, link=LINK) for n in range(5)
    )
    made = brief(sections=(PointsSection(name="summary", title="Summary", items=items),))
    (page,) = pages(make_card(made))
    text = "\n".join(page.texts)
    assert all(f"Point {n}." in text for n in range(5))
    assert 0 < text.count("↗") < 5
    assert sum(map(size, page.texts)) <= MAX_TEXT


@given(any_brief(), st.integers(1, 10**6), st.none() | st.just(LINK))
def test_every_page_fits_with_its_marks(made: Brief, passage: int, link: str | None) -> None:
    sections = tuple(
        section.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update={"passage": passage, "link": link}) for item in section.items
                )
            }
        )
        for section in made.sections
    )
    for page in pages(make_card(made.model_copy(update={"sections": sections}))):
        assert sum(map(size, page.texts)) <= MAX_TEXT


def test_translation_is_shown_as_one_on_every_surface() -> None:
    made = quoted(translation="Wir haben wieder *offen*.")
    assert (
        "> “We are open again.”\n"
        "> *(translation by the model, not verbatim)* Wir haben wieder \\*offen\\*.\n"
        "> — Ola Lind"
    ) in card_text(made)
    assert "> *(translation by the model, not verbatim)* Wir haben wieder" in render_markdown(made)
    assert "(translation by the model, not verbatim) Wir haben wieder *offen*." in on_terminal(made)
    assert "“Wir" not in card_text(made)


def test_quote_that_fits_a_page_is_not_cut_for_its_translation() -> None:
    words = ("We were told to wait. " * 200)[:3_799] + "."
    made = quoted(text=words, translation="Wir sollten warten. " * 20)
    shown = ["\n".join(page.texts) for page in pages(make_card(made))]
    assert any(f"“{words}”" in text for text in shown)
    assert any("Wir sollten warten." in text for text in shown)
    assert all(size(text) <= MAX_TEXT for text in shown)


@pytest.mark.parametrize(
    ("language", "title", "said", "nobody"),
    [
        ("en", "### Key quotes", "“We are open again.”", "speaker not named"),
        ("de", "### Wichtige Zitate", "„We are open again.“", "ohne Namen im Text"),
        ("fr", "### Citations clés", "« We are open again. »", "auteur non nommé"),
        ("es", "### Citas clave", "«We are open again.»", "sin atribuir en el texto"),
        ("pt", "### Citações principais", "“We are open again.”", "autor não identificado"),
        ("ja", "### 主な発言", "「We are open again.」", "話者不明"),
        ("fi", "### Key quotes", "“We are open again.”", "speaker not named"),
        (None, "### Key quotes", "“We are open again.”", "speaker not named"),
    ],
)
def test_our_own_words_and_marks_follow_the_briefings_language(
    language: str | None, title: str, said: str, nobody: str
) -> None:
    text = card_text(brief(language=language))
    assert title in text
    assert said in text
    assert nobody in text


def test_titles_of_the_operators_own_stay_as_they_are() -> None:
    section = points("One thing.").model_copy(update={"title": "Who is who"})
    assert "### Who is who" in card_text(brief(language="de", sections=(section,)))
    assert "ohne Datum" in card_text(brief(language="de", sections=(timeline(("Ende.", None, None)),)))


@pytest.mark.parametrize(
    ("published", "told_by", "shown"),
    [
        (date(2026, 3, 4), "given", " 4 Mar 2026 ·"),
        (date(2026, 3, 4), "json-ld", " 4 Mar 2026 ·"),
        (date(2026, 3, 4), "feed", " 4 Mar 2026 ·"),
        (date(2026, 3, 4), "page", " 4 Mar 2026 (date from the page's text) ·"),
        (date(2026, 3, 4), "dateline", " 4 Mar 2026 (date from the text's own dateline) ·"),
        (None, "unknown", " date unknown: weekdays are not resolved ·"),
    ],
)
def test_byline_tells_where_a_date_comes_from_unless_it_is_sure(
    published: date | None, told_by: str, shown: str
) -> None:
    made = brief(sources=(source(published=published, published_from=told_by),))
    assert shown in re.sub(r"\\(.)", r"\1", card_text(made))


def test_marks_hug_the_words() -> None:
    assert in_marks(" Words, \n", "de") == "„Words,“"
    assert "> “”" not in card_text(brief(sections=(quotes(("", "Ola")),)))
