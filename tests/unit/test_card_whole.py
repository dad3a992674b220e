"""Any Brief on its card: whole over its pages, with its characters as they are, and nothing in it acts.

The judge is the playground's drawing of Discord's Markdown, which knows nothing of how the card was escaped.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.brief import Brief
from bot.render.card import make_card
from bot.render.escape import printable, web_address
from bot.render.layout import Page, pages
from tests.support.briefs import any_brief, brief, points, quotes, source, texts
from tests.support.shown import Shown, squashed

pytestmark = pytest.mark.unit

# What a card itself is made of; whatever else comes up, an article has made.
OURS = {
    *("h2.heading", "h3.heading", "small.subtext", "p", "ul", "li", "blockquote", "br"),
    *("strong", "em", "a", "time"),
}
# Several code points that a reader sees as one character.
SEEN_AS_ONE = (
    *("👩‍👩‍👧‍👦", "🇸🇪", "👍🏽", "🏴\U000e0067\U000e0062\U000e007f"),
    *("e\u0301\u0302", "กำ", "\u1100\u1161\u11a8", "क्षि"),
)


def shown(made: Brief) -> tuple[tuple[Page, ...], Shown]:
    found = pages(make_card(made))
    return found, Shown(text for page in found for text in page.texts)


def addresses(made: Brief) -> set[str]:
    items = (item for section in made.sections for item in section.items)
    told = [*(source.url for source in made.sources), *(item.link for item in items)]
    return {address for url in told if (address := web_address(url))}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief())
def test_any_item_can_be_read_back_from_the_pages_in_order(made: Brief) -> None:
    _, seen = shown(made)
    position = 0
    for section in made.sections:
        for item in section.items:
            wanted = squashed(printable(item.text))
            found = seen.words.find(wanted, position)
            assert found >= 0, (wanted, seen.words[position:])
            position = found + len(wanted)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief())
def test_nothing_in_any_article_acts_on_a_card(made: Brief) -> None:
    found, seen = shown(made)
    assert seen.tags <= OURS
    assert set(seen.links) <= addresses(made)
    assert not re.search("@(everyone|here)", "".join(text for page in found for text in page.texts), re.IGNORECASE)


@settings(deadline=None)
@given(texts | st.text(max_size=300))
@example("1. [x](https://a.example)")
@example("**@everyone** ||no|| `code` ~~gone~~")
def test_any_title_and_speaker_read_as_they_are(text: str) -> None:
    short = printable(text)[:200]
    _, seen = shown(brief(sources=(source(title=short),), sections=(quotes(("We are open.", short)),)))
    assert squashed(short) in seen.headings or not short.strip()
    assert squashed(short) in seen.words


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(SEEN_AS_ONE), st.integers(3_000, 5_000))
def test_no_character_that_a_reader_sees_is_cut(character: str, count: int) -> None:
    found, seen = shown(brief(sections=(points(character * count),)))
    assert len(found) > 1
    assert squashed(character * count) in seen.words
    assert sum("".join(page.texts).count(character) for page in found) == count
