"""The messages a digest is posted as: within Discord's limits, marked with their run, for one role alone."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.digests.buttons import about_button
from bot.chat.posting import about_id, allowed_mentions, mention_of, post_view
from bot.domain.digest import Delivery, Digest
from bot.domain.schedule import Schedule
from bot.jobs.ports import nonce_of
from bot.render.layout import ABOVE, MAX_TEXT, PAGE_LINE, Page
from bot.services.runs import manual_run

pytestmark = pytest.mark.unit

BIGGEST = 2**63 - 1  # a snowflake
DIGEST = Digest(
    id=7,
    guild_id=1,
    channel_id=2,
    name="News",
    schedule=Schedule(zone="UTC", times=(time(7),)),
    created_by=3,
    role_id=BIGGEST,
)


@given(st.integers(min_value=1, max_value=99))
def test_a_full_page_has_room_for_the_role(pages: int) -> None:
    page = Page(("x" * (MAX_TEXT - PAGE_LINE - ABOVE),), count=pages)
    view = post_view(page, "digest-7-2026-03-04T07:00", 0, mention_of(DIGEST))
    assert view.content_length() <= 4_000


def test_only_the_chosen_role_is_notified() -> None:
    assert allowed_mentions(DIGEST).to_dict() == {"parse": [], "roles": [BIGGEST]}
    nobody = DIGEST.model_copy(update={"role_id": None})
    assert allowed_mentions(nobody).to_dict() == {"parse": []}
    assert not mention_of(nobody)


@pytest.mark.parametrize(
    "run",
    [
        Delivery(digest_id=10**14, run_key="2026-03-29T02:30", due=datetime(2026, 3, 29, tzinfo=UTC)),
        manual_run(DIGEST, datetime(2026, 3, 29, 2, 30, 59, tzinfo=UTC)),
    ],
)
def test_the_button_under_a_page_knows_its_run_whatever_the_key(run: Delivery) -> None:
    custom_id = about_id(run.key, 12)
    assert len(custom_id) <= 100
    template = about_button(_nothing).__discord_ui_compiled_template__
    match = template.fullmatch(custom_id)
    assert match is not None
    assert (int(match["digest"]), match["run"], match["page"]) == (run.digest_id, run.run_key, "12")


def test_nonces_are_short_the_same_on_every_machine_and_differ_by_page() -> None:
    key = "digest-7-2026-03-04T07:00"
    assert nonce_of(key) == nonce_of(key, 0)
    assert len({nonce_of(key, page) for page in range(1_000)}) == 1_000
    assert len(nonce_of(key, 999)) <= 25


async def _nothing(*_: object) -> None: ...
