"""Cards as Components V2: what Discord allows holds for any Brief, whatever stands around its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings

from bot.chat.cards import card_view, file_view, notice_view
from bot.domain.brief import Brief
from bot.domain.document import Picture
from bot.render.card import make_card
from bot.render.files import BriefFile
from bot.render.layout import MAX_COMPONENTS, MAX_TEXT, PAGE_LINE, Page, pages, size
from bot.wording import LANGUAGES, SOURCE, in_locale
from tests.support.briefs import any_brief, brief, prose, source
from tests.support.discord_schema import AT_HAND, REASON, problems_of

pytestmark = pytest.mark.unit

WALL = Picture(url="https://pictures.example/wall.jpg", alt="The flood wall at dusk")
ROLE = f"<@&{2**63 - 1}>"


def button(number: int) -> ui.Item[Any]:
    return ui.Button(label="Shorter", custom_id=f"nutgraf:shorter:{number}")


def all_controls() -> list[list[ui.Item[Any]]]:
    """The most that a page leaves room for: three rows of five buttons, and a select."""
    options = [discord.SelectOption(label="Deutsch", value="de")]
    select: ui.Item[Any] = ui.Select(custom_id="nutgraf:language", options=options)
    return [*([button(5 * row + n) for n in range(5)] for row in range(3)), [select]]


def walked(components: list[Any]) -> Iterator[dict[str, Any]]:
    """Every component of a body, nested ones too; our own count."""
    for component in components:
        yield component
        yield from walked(component.get("components", []))
        if "accessory" in component:
            yield component["accessory"]


def body_of(view: ui.LayoutView) -> dict[str, Any]:
    return {"components": view.to_components(), "flags": 1 << 15}


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief())
def test_any_page_with_all_its_controls_is_what_discord_allows(brief: Brief) -> None:
    for page in pages(make_card(brief)):
        view = card_view(page, rows=all_controls(), above=ROLE)
        found = list(walked(view.to_components()))
        assert len(found) <= MAX_COMPONENTS
        assert sum(size(c["content"]) for c in found if c["type"] == 10) <= MAX_TEXT
        assert all(c["content"].strip() for c in found if c["type"] == 10)
        assert view.content_length() <= MAX_TEXT
        assert view.has_components_v2()


@pytest.mark.skipif(not AT_HAND, reason=REASON)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief())
def test_discords_own_schema_takes_any_page(brief: Brief) -> None:
    for page in pages(make_card(brief)):
        view = card_view(page, rows=all_controls(), above=ROLE)
        assert problems_of("POST", "/channels/1/messages", body_of(view)) == []


def test_rows_stand_below_the_links_in_their_order() -> None:
    odd = "Lies [video]"  # no text for a link
    sources = tuple(source(id=str(n), title=odd, url=f"https://a.example/{n}") for n in range(5))
    page, *_ = pages(make_card(brief(sources=sources)))
    (container,) = card_view(page, buttons=[button(1)], rows=[[button(2)], []]).to_components()
    rows = [[b.get("custom_id") for b in row["components"]] for row in container["components"] if row["type"] == 1]
    assert rows == [[None] * 5, ["nutgraf:shorter:1"], ["nutgraf:shorter:2"]]


def test_picture_stands_beside_the_title_with_its_words() -> None:
    (page,) = pages(make_card(brief(sources=(source(picture=WALL),))))
    (container,) = card_view(page).to_components()
    head = container["components"][0]
    assert head["type"] == 9
    assert head["components"][0]["content"].startswith("## [Harbour reopens")
    assert head["accessory"]["type"] == 11
    assert head["accessory"]["media"]["url"] == WALL.url
    assert head["accessory"]["description"] == WALL.alt


def test_picture_without_words_of_its_own_says_whose_it_is() -> None:
    card = make_card(brief(sources=(source(picture=Picture(url=WALL.url)),)))
    assert card.picture is not None
    assert card.picture.alt == "Lead picture of “Harbour reopens after nine weeks”"


def test_picture_is_left_out_where_none_is_wanted() -> None:
    made = brief(sources=(source(picture=WALL),))
    assert pages(make_card(made, picture=False))[0].picture is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://intranet/wall.jpg", "https://a.example/" + "w" * 3_000]
)
def test_picture_that_discord_would_refuse_is_left_out(url: str) -> None:
    made = brief(sources=(source(picture=Picture(url=url)),))
    assert pages(make_card(made))[0].picture is None


def test_each_page_of_several_says_which_it_is() -> None:
    shown = pages(make_card(brief(sections=(prose(*["Sentence after sentence. " * 60] * 6),))))
    lines = [list(walked(card_view(page).to_components()))[-1]["content"] for page in shown[1:]]
    assert lines == ["-# Page 2 of 3", "-# Page 3 of 3"]
    assert not any("Page" in c.get("content", "") for c in walked(card_view(Page(("One.",))).to_components()))


@pytest.mark.parametrize("language", [SOURCE, *LANGUAGES])
def test_every_language_has_room_to_say_which_page_it_is(language: str) -> None:
    with in_locale(language):
        view = card_view(Page(("One.",), number=99, count=99))
    (line,) = [c["content"] for c in walked(view.to_components()) if c.get("content", "").startswith("-# ")]
    assert size(line) <= PAGE_LINE


async def test_a_file_is_shown_by_a_component_and_a_picture_says_what_is_on_it() -> None:
    text, upload = file_view(BriefFile("harbour.md", b"# Harbour\n"), "The whole *briefing*.")
    (container,) = text.to_components()
    assert [c["type"] for c in container["components"]] == [10, 13]
    assert container["components"][0]["content"] == r"The whole \*briefing\*."
    assert (
        container["components"][1]["file"]["url"] == "attachment://harbour.md" == f"attachment://{upload.filename}"
    )
    picture, drawn = file_view(BriefFile("harbour.png", b"\x89PNG", alt="Two events"))
    (gallery,) = picture.to_components()[0]["components"]
    assert gallery["type"] == 12
    assert gallery["items"][0]["description"] == "Two events" == drawn.description
    if AT_HAND:
        for view in (text, picture):
            assert problems_of("POST", "/channels/1/messages", body_of(view), has_files=True) == []


async def test_discord_py_keeps_no_view_in_memory() -> None:
    (page,) = pages(make_card(brief()))
    assert card_view(page, buttons=[button(7)]).is_finished()


def test_a_notice_shows_its_characters_as_they_are() -> None:
    assert notice_view("*x*").to_components()[0]["components"][0]["content"] == r"\*x\*"
