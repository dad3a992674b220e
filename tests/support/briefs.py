"""Briefs for tests of renderers: a small ordinary one, and a Hypothesis strategy for any that the types allow."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.domain.brief import (
    Brief,
    BriefSource,
    Event,
    Found,
    Point,
    PointsSection,
    Quote,
    QuotesSection,
    TextSection,
    TimelineSection,
)
from bot.domain.document import Picture
from bot.domain.draft import Evidence, Finding, Usage

EVIDENCE = (Evidence(source="abc", start=0, end=5),)


def source(**changes: object) -> BriefSource:
    """An article about a harbour."""
    known: dict[str, object] = {
        "id": "abc",
        "title": "Harbour reopens after nine weeks",
        "author": "Ina Berg",
        "site": "Lund Courier",
        "url": "https://courier.example/harbour",
        "published": date(2026, 3, 4),
        "published_from": "meta",
        "language": "en",
        "words": 920,
        "coverage": 1.0,
    }
    return BriefSource.model_validate(known | changes)


def brief(**changes: object) -> Brief:
    """An ordinary Brief with one section of each kind but prose."""
    known: dict[str, object] = {
        "sources": (source(),),
        "engine": "extractive",
        "sections": (
            points("The harbour reopened on Monday.", "Ferries left at noon."),
            quotes(("We are open again.", "Harbour master Ola Lind"), ("It took too long.", None)),
            timeline(("The harbour reopened.", "2026-03-02", "Monday"), ("Works end.", None, "some day")),
        ),
        "usage": Usage(seconds=0.4),
    }
    return Brief.model_validate(known | changes)


def points(*texts: str) -> PointsSection:
    """A summary."""
    return PointsSection(
        name="summary", title="Summary", items=tuple(Point(text=t, evidence=EVIDENCE) for t in texts)
    )


def prose(*texts: str) -> TextSection:
    """Running text."""
    return TextSection(name="story", title="Story", items=tuple(Point(text=t, evidence=EVIDENCE) for t in texts))


def quotes(*said: tuple[str, str | None]) -> QuotesSection:
    """Quotes as (words, speaker)."""
    items = tuple(Quote(text=text, speaker=speaker, evidence=EVIDENCE) for text, speaker in said)
    return QuotesSection(name="quotes", title="Key quotes", items=items)


def timeline(*events: tuple[str, str | None, str | None]) -> TimelineSection:
    """Events as (text, ISO date, the article's words)."""
    items = tuple(Event(text=text, date=day, date_text=words, evidence=EVIDENCE) for text, day, words in events)
    return TimelineSection(name="timeline", title="Timeline", items=items)


# Text as hostile as articles get: every script, marks that act in Markdown, invisible characters, endless words.
_NASTY = st.sampled_from(
    [
        "`", "```", "**", "__", "~~", "||", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\", "s***", "[within]",
        "[a](https://b.example)", "<@1234>", "<#5>", "<t:0:R>", "<https://x.example>", "@everyone", "@here",
        "https://evil.example/x", "www.evil.example", "discord.gg/abc", ":smile:", "\u200b", "\u200d", "\u202eabc",
        "👩‍👩‍👧‍👦", "🇸🇪", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "👍🏽",
        "กำลัง", "한국어", "مرحبا بالعالم", "שלום", "नमस्ते", "日本語。終わり",
        "e\u0301", "\r\n\r\n", "\n", "\x1b[31m", " ", "a\u0301\u0302\u0303\u0304" * 40, "—", "> — x",
    ]
)  # fmt: skip
words = st.one_of(
    _NASTY,
    st.text(min_size=1, max_size=30),
    st.tuples(st.text(min_size=1, max_size=2), st.sampled_from([1, 50, 2_100])).map(lambda x: x[0] * x[1]),
)
texts = st.lists(words, min_size=1, max_size=10).map(" ".join) | st.lists(words, min_size=1, max_size=6).map(
    "".join
)
_dates = st.dates().map(str) | st.sampled_from(["2021", "2021-08", "2021-08-01/2021-09-02", "soon", "0001-01-01"])

_addresses = st.just("https://a.example/b_c(d)?q=*x*") | st.just("https://a.example/" + "w" * 2_000)
_places = st.none() | st.just("https://a.example/1#:~:text=We%20are,open.") | texts


def _placed(draw: st.DrawFn, item: Found) -> Found:
    """`item` with a place in its source, and whatever else its kind may have."""
    update: dict[str, object] = {"passage": draw(st.none() | st.integers(1, 10**4)), "link": draw(_places)}
    if isinstance(item, Quote):
        update["translation"] = draw(st.none() | texts)
    if isinstance(item, Event):
        update["background"] = draw(st.booleans())
    return item.model_copy(update=update)


@st.composite
def any_brief(draw: st.DrawFn) -> Brief:
    """Any Brief that the types allow."""
    some = {"min_size": 0, "max_size": 4}
    sections = [
        points(*draw(st.lists(texts, **some))),
        prose(*draw(st.lists(texts, **some))),
        quotes(*draw(st.lists(st.tuples(texts, st.none() | texts), **some))),
        timeline(*draw(st.lists(st.tuples(texts, st.none() | _dates, st.none() | texts), **some))),
    ]
    sections = [
        section.model_copy(
            update={"title": draw(texts), "items": tuple(_placed(draw, item) for item in section.items)}
        )
        for section in sections
    ]
    findings = st.builds(
        Finding,
        code=st.sampled_from(["quote-not-verbatim", "fallback-extractive", "source-unreachable"]),
        section=st.sampled_from([None, "quotes", "summary"]),
        detail=texts,
    )
    sources = st.builds(
        source,
        title=st.none() | texts,
        author=st.none() | texts,
        site=st.none() | texts,
        url=st.none() | texts | _addresses,
        published=st.none() | st.dates(),
        coverage=st.floats(0, 1),
        words=st.integers(0, 10**6),
        picture=st.none() | st.builds(Picture, url=_addresses | texts, alt=texts),
    )
    return brief(
        sources=tuple(draw(st.lists(sources, min_size=1, max_size=5))),
        sections=tuple(draw(st.permutations(sections))),
        findings=tuple(draw(st.lists(findings, max_size=5))),
        engine=draw(st.sampled_from(["extractive", "llm"])),
        model=draw(st.none() | texts),
    )
