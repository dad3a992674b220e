"""Small parts of the Discord front: the line, the progress in words, buttons' state, the commands' fingerprint."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.actions.delete import delete_button
from bot.chat.actions.owned import owned_item
from bot.chat.actions.turn import turning
from bot.chat.failures import sentence
from bot.chat.progress import Watch
from bot.chat.recent import Recent
from bot.chat.sync import fingerprint
from bot.chat.wishes import Typed, day_of
from bot.domain.errors import NoTextError, UsageError
from bot.domain.task import Progress
from bot.wording import in_locale

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("reading", 0, 3), "Reading source 1 of 3…"),
        (Progress("reading", 3, 3), "Reading source 3 of 3…"),
        (Progress("writing"), "Writing…"),
        (Progress("writing", 2, 7), "Writing, part 3 of 7…"),
        (Progress("checking"), "Checking quotes, dates and numbers against the text…"),
    ],
)
def test_progress_in_words_is_told_once(progress: Progress, words: str) -> None:
    watch = Watch()
    assert watch.news() is None
    watch.report(progress)
    assert [watch.news(), watch.news()] == [words, None]


def test_recent_forgets_the_oldest() -> None:
    recent = Recent(size=2)
    assert [recent.is_new(key) for key in (1, 1, 2, 3, 1)] == [True, False, True, True, True]


async def test_a_button_carries_the_answers_key_and_the_asker() -> None:
    key, asker = "1574021183014174720", 2**63 - 1
    did: list[tuple[str, int]] = []

    async def delete(_: Any, key: str, asker: int) -> None:
        did.append((key, asker))

    button = delete_button(key, asker)
    custom_id = button.to_component_dict()["custom_id"]
    assert len(custom_id) <= 100
    item = owned_item("delete", delete)
    match = item.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    press: Any = SimpleNamespace(user=SimpleNamespace(id=asker))
    await (await item.from_custom_id(press, button, match)).callback(press)
    assert did == [(key, asker)]


@pytest.mark.parametrize("page", range(3))
def test_the_buttons_that_turn_pages_have_ids_of_their_own(page: int) -> None:
    row = [item.to_component_dict() for item in turning("15", page, 3)]
    back, here, onward = row
    assert len({button["custom_id"] for button in row}) == 3
    assert (back["disabled"], here["disabled"], onward["disabled"]) == (page == 0, True, page == 2)


def test_the_fingerprint_ignores_order_ids_and_defaults_told() -> None:
    ours = [{"name": "b", "type": 3}, {"name": "a", "description": "x", "options": [{"name": "o", "type": 3}]}]
    theirs = [
        {
            "id": "1",
            "name": "a",
            "type": 1,
            "description": "x",
            "options": [{"name": "o", "type": 3, "required": False}],
        },
        {"id": "2", "name": "b", "type": 3, "description": "", "options": [], "nsfw": False, "contexts": None},
    ]
    assert fingerprint(ours) == fingerprint(theirs)
    assert fingerprint(ours) != fingerprint([*ours[:1], ours[1] | {"description": "y"}])


def test_a_known_failure_speaks_for_itself_and_an_unknown_one_keeps_its_secrets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert sentence(NoTextError()) == str(NoTextError())
    told = sentence(ValueError("token=abc"))
    assert "trace" in told
    assert "abc" not in told + caplog.text


@pytest.mark.parametrize(
    ("published", "language", "words"),
    [("3/4/2026", None, "2026-03-31"), ("2026-02-30", None, "not a day"), (None, "Elvish", "en, sv")],
)
def test_options_that_cannot_be_used_say_how_to_write_them(
    published: str | None, language: str | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        Typed(published=published, language=language).wish()


@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en-GB", "2026-03-31", "2026-03-31"),
        ("en-GB", " 31 March 2026 ", "2026-03-31"),
        ("en-US", "Mar 31, 2026", "2026-03-31"),
        ("en-US", "3/31/2026", "2026-03-31"),
        ("en-US", "3/3/2026", "2026-03-03"),
        ("en-US", "Friday", "2026-11-20"),
        ("de", "31.3.2026", "2026-03-31"),
        ("de", "gestern", "2026-11-21"),
        ("de", "31 March 2026", "2026-03-31"),
        ("fr", "31 mars 2026", "2026-03-31"),
        ("pt-BR", "31 de março de 2026", "2026-03-31"),
        ("ja", "2026年3月31日", "2026-03-31"),
    ],
)
def test_the_day_of_an_article_is_read_as_articles_write_days(locale: str, typed: str, day: str) -> None:
    with in_locale(locale):
        assert str(day_of(typed, date(2026, 11, 22))) == day


@pytest.mark.parametrize(
    "typed", ["3/4/2026", "March 2026", "2026", "next week", "noon", "30.2.2026", "on Friday"]
)
def test_what_is_no_single_day_is_asked_for_again(typed: str) -> None:
    with pytest.raises(UsageError, match="Write it as 2026-03-31"):
        day_of(typed, date(2026, 11, 22))


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_asked_for_again(typed: str) -> None:
    with suppress(UsageError):
        day_of(typed, date(2026, 11, 22))


def test_what_was_left_out_is_left_to_the_servers_choices() -> None:
    assert Typed().wish().said == frozenset()
    wish = Typed(language="Deutsch", sections="Quotes, timeline quotes", length="short").wish()
    assert wish.said == {"language", "sections", "length"}
    assert (wish.options.language, wish.options.sections) == ("de", ("quotes", "timeline"))
