"""Parts of the actions under a briefing: custom_ids, orders, passages with marks, replies as pages, reports."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.actions.feature import DOES
from bot.chat.actions.files import MAKERS, file_name
from bot.chat.actions.item import PATTERN, Press, button, menu
from bot.chat.actions.panel import panel
from bot.chat.actions.reorder import CHANGES, changed, stepped
from bot.chat.actions.rows import buttons_after_failure, buttons_of
from bot.domain.answer import Answered, Place
from bot.domain.asking import Reply
from bot.domain.brief import Brief, Point, PointsSection, Quote
from bot.domain.document import Document
from bot.domain.draft import Evidence
from bot.domain.errors import UsageError
from bot.domain.order import ArticleOrder
from bot.domain.report import LONGEST_REPORT, Report, told
from bot.domain.source import Known, LinkSource
from bot.domain.value import Span
from bot.render.escape import printable, undiscord
from bot.render.evidence import Passages, evidence_pages, marked, reply_pages
from bot.render.layout import MAX_TEXT, size
from bot.text.pointing import Pointed, passages_of
from tests.support.briefs import any_brief, brief, points, quotes, source, texts
from tests.support.harbour import DOCUMENT, at, harbour

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LINK = LinkSource(url="https://courier.example/harbour", known=Known(title="The title"))


def answered(made: Brief | None = None, **order: Any) -> Answered:
    """A briefing that somebody asked for in a server."""
    place = Place(kind="reply", guild_id=1, channel_id=2, asker_id=2**63, asked=NOON)
    return Answered(
        key="1" * 20, place=place, order=ArticleOrder(sources=(LINK,), **order), brief=made or harbour()
    )


def pressed(custom_id: str, **data: Any) -> Press | None:
    """What an interaction with that custom_id pressed."""
    return Press.of(cast("Any", SimpleNamespace(data={"custom_id": custom_id, **data})))


@pytest.mark.parametrize("what", sorted(DOES))
def test_every_custom_id_fits_and_is_read_back(what: str) -> None:
    press = Press.on(answered())
    custom_id = press.id(what, "12.25")
    assert len(custom_id) <= 100
    read = pressed(custom_id, values=["a"])
    assert read is not None
    assert (read.what, read.key, read.asker, read.private) == (what, press.key, press.asker, False)
    assert (read.rest, read.picked) == ("12.25", ("a",))


def test_every_button_that_is_shown_does_something() -> None:
    given = answered(sections=("summary", "quotes", "timeline"))
    view = panel(Press.on(given), given)
    rows = [*buttons_of(given, 0, 3), buttons_after_failure(given)]
    shown = [getattr(item, "custom_id", None) for row in rows for item in row]
    shown += [getattr(item, "custom_id", None) for item in view.walk_children()]
    ours = [press for custom_id in shown if custom_id and (press := pressed(custom_id))]
    assert {press.what for press in ours} <= set(DOES)
    assert {press.rest for press in ours if press.what == "file"} == set(MAKERS)
    assert len(ours) == len(set(map(repr, ours)))


@given(st.text(max_size=40), st.text(max_size=20))
def test_what_is_no_custom_id_of_ours_is_read_as_nothing(one: str, other: str) -> None:
    for custom_id in (one, f"nutgraf:do:{one}", f"nutgraf:do:ask:{one}:{other}:o"):
        assert (pressed(custom_id) is not None) == bool(PATTERN.fullmatch(custom_id))


def test_labels_are_cut_to_what_discord_takes() -> None:
    press = Press.on(answered())
    assert len(cast("Any", button(press, "ask", "x" * 200)).label) == 80
    assert len(menu(press, "where", "x" * 200).placeholder or "") == 100


def test_a_wish_changes_one_thing_and_leaves_the_others() -> None:
    given = answered(language="sv", length="short", fresh=True)
    for what in set(CHANGES) - {"language"}:
        press = Press(what=what, key="1", asker=1, private=False)
        order = changed(given, press)
        assert (order.sources, order.language) == (given.order.sources, "sv")
        assert order.fresh == (what in {"redo", "again"})
    assert changed(given, Press(what="shorter", key="1", asker=1, private=False)).length == "short"


def test_the_scale_of_lengths_ends() -> None:
    assert [stepped(length, -1) for length in ("short", "standard", "long")] == [None, "short", "standard"]
    assert [stepped(length, +1) for length in ("short", "standard", "long")] == ["standard", "long", None]


@pytest.mark.parametrize("code", ["", "s", "sve", "1a", "xx"])
def test_what_is_no_language_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="I do not know a language"):
        changed(answered(), Press(what="language", key="1", asker=1, private=False, typed={"code": code}))


@given(texts, st.data())
def test_a_passage_shows_its_characters_as_they_are_whatever_is_marked(text: str, data: st.DataObject) -> None:
    cut = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = tuple(Span(a, b) for a, b in zip(cut[::2], cut[1::2], strict=False))
    shown = marked(Pointed(1, text, spans))
    plain = "".join(printable(text[a:b]) for a, b in _pieces(text, spans))
    assert undiscord(shown.replace("**__", "").replace("__**", "")) == plain


def _pieces(text: str, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return list(pairwise(edges))


def test_the_words_that_an_item_rests_on_are_marked_and_linked() -> None:
    item = Point(
        text="It cost *4* million.", evidence=at("4 million euros"), link="https://courier.example/#:~:text=4"
    )
    found = [Passages("Harbour", None, passages_of(DOCUMENT, item))]
    (page,) = evidence_pages(item.text, found, controls=10)
    assert "**__4 million euros__**" in page.texts[1]
    assert r"The repairs \*cost\* " in page.texts[1]
    assert r"It cost \*4\* million." in page.texts[0]


@given(st.lists(texts, min_size=1, max_size=30))
def test_passages_fit_their_pages(paragraphs: list[str]) -> None:
    document = Document(text="\n\n".join(paragraphs))
    item = Point(text=paragraphs[0], evidence=(Evidence(source=document.id, start=0, end=len(document.text)),))
    for page in evidence_pages(item.text, [Passages("T", None, passages_of(document, item))], controls=22):
        assert sum(map(size, page.texts)) <= MAX_TEXT


@given(texts, st.lists(texts, max_size=5), st.lists(st.tuples(texts, st.none() | texts), max_size=3))
def test_a_reply_fits_its_pages_and_says_whether_the_article_says_it(
    question: str, statements: list[str], said: list[tuple[str, str | None]]
) -> None:
    found = points(*statements).items
    spoken = cast("tuple[Quote, ...]", quotes(*said).items)
    state: Any = "answered" if found or spoken else "not said"
    reply = Reply(state=state, statements=found, quotes=spoken, engine="extractive")
    shown = reply_pages(question, reply, (source(),))
    assert all(sum(map(size, page.texts)) <= MAX_TEXT for page in shown)
    assert ("The article does not say." in "".join(shown[0].texts)) == (state == "not said")


@given(any_brief())
def test_a_file_has_a_name_that_every_system_takes(made: Brief) -> None:
    assert file_name(made)
    assert all(character in "abcdefghijklmnopqrstuvwxyz0123456789-" for character in file_name(made))


@given(any_brief(), texts)
def test_a_report_holds_nothing_of_the_article(made: Brief, words: str) -> None:
    report = Report.on(answered(made), made, made_by=1, made=NOON, words=words)
    assert len(report.words) <= LONGEST_REPORT
    assert report.order.sources[0].known == Known()
    assert len(report.items) == sum(len(section.items) for section in made.sections)
    assert told(report).isprintable() or "\n" in told(report)


def test_a_report_reads_well() -> None:
    secret = PointsSection(name="summary", title="Summary", items=(Point(text="SECRET", evidence=at("Ola Lind")),))
    report = Report.on(
        answered(length="long"),
        brief(sections=(secret,)),
        made_by=1,
        made=NOON,
        trace="ab",
        words="Wrong\x1b[31m day",
    )
    shown = told(report)
    assert "said: Wrong [31m day" in shown
    assert "{'length': 'long'}" in shown
    assert "SECRET" not in shown
