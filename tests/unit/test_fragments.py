"""Text fragments: a link that a browser follows to exactly those words, and no shorter way to write it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.value import Span
from bot.text.fragments import Directive, directive_for, found, link_to

pytestmark = pytest.mark.unit

TEXT = """The wall held. The wall held, well-known, says A&B, on Friday.

The wall cost $41 million and was finished in May by the town of Lund, which will go on paying for it.

The wall cost more than was planned, and the town of Lund said so."""


def at(words: str, *, last: bool = False) -> Span:
    start = TEXT.rindex(words) if last else TEXT.index(words)
    return Span(start, start + len(words))


def test_short_words_are_written_whole_with_the_directives_own_marks_escaped() -> None:
    link = link_to("https://a.example/x", TEXT, at("well-known, says A&B"))
    assert link == "https://a.example/x#:~:text=well%2Dknown%2C%20says%20A%26B"


def test_long_stretch_is_named_by_its_first_and_last_words() -> None:
    directive = directive_for(TEXT, at(TEXT.split("\n\n")[1]))
    assert directive == Directive("The wall cost", "paying for it.")
    assert directive.written == "The%20wall%20cost,paying%20for%20it."


def test_long_stretch_over_paragraphs_takes_no_part_that_runs_over_a_paragraphs_end() -> None:
    span = at("Friday.\n\nThe wall cost $41 million and was finished in May by the town of Lund")
    directive = directive_for(TEXT, span)
    assert directive is not None
    assert directive.start == "Friday."
    assert found(directive, TEXT) == span


def test_words_that_come_before_too_get_a_prefix() -> None:
    directive = directive_for(TEXT, at("The wall", last=True))
    assert directive is not None
    assert directive.prefix == "on paying for it."
    assert found(directive, TEXT) == at("The wall", last=True)
    assert directive.written == "on%20paying%20for%20it.-,The%20wall"


def test_words_that_only_what_follows_tells_apart_get_a_suffix() -> None:
    text = "We wait for rain and rest.\n\nWe wait for rain and work."
    start = text.rindex("rain")
    directive = directive_for(text, Span(start, start + 4))
    assert directive is not None
    assert directive.suffix
    assert directive.written.endswith("and%20work.")


def test_part_of_a_word_is_no_match() -> None:
    assert found(Directive("wall"), "wallpaper and a wall") == Span(16, 20)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x#part", "https://a.example/x#part:~:text=wall%20held"),
        ("https://a.example/x#", "https://a.example/x#:~:text=wall%20held"),
        ("https://a.example/x?q=1#:~:text=old", "https://a.example/x?q=1#:~:text=wall%20held"),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_link_keeps_the_pages_own_fragment_and_leads_to_web_pages_only(
    url: str | None, expected: str | None
) -> None:
    assert link_to(url, TEXT, at("wall held")) == expected


def test_script_without_blanks_is_found() -> None:
    text = "堤防は金曜日に持ちこたえた。費用は4100万ドルだった。町長は感謝した。"
    start = text.index("費用")
    span = Span(start, text.index("町長"))
    directive = directive_for(text, span)
    assert directive is not None
    assert found(directive, text) == span


@given(st.text(alphabet="ab A-,&.\n«é日", min_size=1, max_size=120), st.integers(0, 119), st.integers(1, 60))
def test_any_span_gives_an_address_without_the_directives_marks_unescaped(
    text: str, start: int, length: int
) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    directive = directive_for(text, span)
    if directive is None:
        assert not re.sub(r"\s|[。、！？「」]", "", span.of(text))
        return
    written = directive.written
    assert re.fullmatch(r"(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", written, re.ASCII)
    assert "\n" not in directive.start + directive.end
