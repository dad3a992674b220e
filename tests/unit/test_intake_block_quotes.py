"""Block quotes of a page: found again in the text, marked on the Document, and quotable with their speaker."""

from __future__ import annotations

import pytest

from bot.domain.document import Document
from bot.domain.source import FileSource
from bot.domain.value import Span
from bot.intake import Reader
from bot.intake.block_quotes import spans_of
from bot.settings import load_settings
from tests.support.drafts import checked, quote, quotes_of

pytestmark = pytest.mark.unit

PAGE = """<html><head><title>Harbour talks fail</title></head><body><article><h1>Harbour talks fail in Lund</h1>
<p>The harbour of Lund stays closed after nine weeks of talks, the council said on Monday evening.</p>
<p>In a statement the mayor, Mira Holm, wrote:</p>
<blockquote><p>We have waited long enough for the <em>money</em> that was promised.</p>
<p>Nobody should have to wait for a bridge this long.</p></blockquote>
<p>The minister answered on a social network, and his words were read by many in the town and beyond.</p>
<blockquote class="twitter-tweet"><p dir="ltr">The bridge will be paid for, and the harbour opens in May.</p>
&mdash; Ivo Stern (@ivostern) <a href="https://social.example/1">May 3, 2024</a></blockquote>
<p>The council meets again in a week to discuss what it can do about it, as the contract says it must.</p>
</article></body></html>"""


async def read(page: str) -> Document:
    async with Reader.open(load_settings(_env_file=None)) as reader:
        return await reader.read(FileSource(name="talks.html", data=page.encode()))


async def test_page_marks_what_it_sets_apart_as_quoted() -> None:
    document = await read(PAGE)
    statement, post = (span.of(document.text) for span in document.block_quotes)
    assert statement.startswith("We have waited long enough for the money that was promised.")
    assert statement.endswith("Nobody should have to wait for a bridge this long.")
    assert post.startswith("The bridge will be paid for")
    assert "Ivo Stern (@ivostern)" in post


async def test_words_of_a_block_are_accepted_as_a_quote_with_their_speaker() -> None:
    document = await read(PAGE)
    brief = checked(
        document,
        quotes=(
            quote("Nobody should have to wait for a bridge this long."),
            quote("The bridge will be paid for, and the harbour opens in May."),
            quote("The harbour of Lund stays closed after nine weeks of talks"),
        ),
    )
    first, second = quotes_of(brief)
    assert first.text == "Nobody should have to wait for a bridge this long."
    assert first.speaker is not None
    assert "Mira Holm" in first.speaker
    assert second.speaker == "Ivo Stern"
    assert [finding.code for finding in brief.findings if finding.section == "quotes"] == ["quote-not-quoted"]


def test_page_that_sets_most_of_itself_apart_uses_the_element_for_its_looks() -> None:
    text = "One short line here.\n\nA long line that fills nearly all of the whole page by itself."
    assert spans_of([["A long line that fills nearly all of the whole page by itself."]], text) == ()


def test_line_that_comes_twice_is_found_where_the_page_has_it() -> None:
    text = "Wait for the rain.\n\nSomething else happened in the town that day.\n\nWait for the rain.\n\nEnd."
    first, second = spans_of([["Wait for the rain."], ["Wait for the rain."]], text)
    assert first == Span(0, 18)
    assert second.start == text.rindex("Wait")


def test_line_that_the_extraction_dropped_is_left_out() -> None:
    text = "Wait for the rain.\n\nEnd of a story that goes on for a while after that."
    (span,) = spans_of([["Not kept at all.", "Wait for the rain.", "— Ola Lind"]], text)
    assert span.of(text) == "Wait for the rain."
