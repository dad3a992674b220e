"""Cards as Components V2: discord.py's own count of what Discord allows holds for any Brief."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.chat.buttons import DeleteButton
from bot.chat.cards import card_view, notice_view
from bot.domain.brief import Brief
from bot.render.card import make_card
from bot.render.layout import pages
from tests.support.briefs import any_brief, brief, source

pytestmark = pytest.mark.unit


@given(any_brief())
def test_any_page_is_a_view_within_discords_limits(brief: Brief) -> None:
    shown = pages(make_card(brief))
    for number, page in enumerate(shown):
        view = card_view(page, buttons=[DeleteButton(7, range(number))])
        assert view.content_length() <= 4_000
        assert sum(1 for _ in view.walk_children()) <= 40
        assert view.has_components_v2()


def test_five_sources_and_the_delete_button_take_two_rows() -> None:
    sources = tuple(source(id=str(number), url=f"https://a.example/{number}") for number in range(5))
    (page,) = pages(make_card(brief(sources=sources)))
    (container,) = card_view(page, buttons=[DeleteButton(7)]).to_components()
    rows = [row["components"] for row in container["components"] if row["type"] == 1]
    assert [len(row) for row in rows] == [5, 1]


async def test_discord_py_keeps_no_view_in_memory() -> None:
    (page,) = pages(make_card(brief()))
    assert card_view(page, buttons=[DeleteButton(7)]).is_finished()


def test_a_notice_shows_its_characters_as_they_are() -> None:
    assert notice_view("*x*").to_components()[0]["components"][0]["content"] == r"\*x\*"
