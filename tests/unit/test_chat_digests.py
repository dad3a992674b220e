"""What is typed into /digest, and the texts it answers with."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import card_view
from bot.chat.digests import wishes, words
from bot.chat.digests.zones import offered, ranked, zone_named
from bot.domain.digest import Delivery, Digest
from bot.domain.errors import UsageError
from bot.domain.keeping import FeedState
from bot.domain.schedule import Schedule
from bot.wording import in_locale

pytestmark = pytest.mark.unit

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DIGEST = Digest(
    id=7,
    guild_id=1,
    channel_id=2,
    name="Harbour *news*",
    schedule=Schedule(zone="Europe/Berlin", times=(time(7, 30), time(18)), days=frozenset(range(5))),
    feeds=("https://courier.example/feed.xml",),
    created_by=3,
    next_run=NOON,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("07:30", ["07:30"]),
        ("7:30, 18:00", ["07:30", "18:00"]),
        ("18.30 and 7h15", ["07:15", "18:30"]),
        ("7:30 18:00", ["07:30", "18:00"]),
        ("7", ["07:00"]),
        ("7pm; 7 a.m.", ["07:00", "19:00"]),
        ("12am", ["00:00"]),
        ("12 PM", ["12:00"]),
        ("24:00", ["00:00"]),
        ("9:00, 9", ["09:00"]),
        ("7 Uhr und 18 Uhr", ["07:00", "18:00"]),
        ("7:30 Uhr", ["07:30"]),
        ("7h et 18h30", ["07:00", "18:30"]),
        ("8 heures", ["08:00"]),
        ("7:30 y 18:00 horas", ["07:30", "18:00"]),
        ("7h e 18h", ["07:00", "18:00"]),
        ("7時と18時30分", ["07:00", "18:30"]),
        ("7:30、18:00", ["07:30", "18:00"]),
    ],
)
def test_times_are_taken_as_people_write_them(typed: str, meant: list[str]) -> None:
    assert [f"{moment:%H:%M}" for moment in wishes.times(typed)] == meant


@pytest.mark.parametrize("typed", ["25:00", "7:60", "noon", "13pm", "0am", "", " , ", "-7", "7:30:15"])
def test_what_is_no_time_is_named_with_a_sample(typed: str) -> None:
    with pytest.raises(UsageError, match=r"Write it as 07:30"):
        wishes.times(typed)


def test_thirteen_times_a_day_are_too_many() -> None:
    with pytest.raises(UsageError, match="12 a day"):
        wishes.times(",".join(str(hour) for hour in range(13)))


@given(st.text(max_size=60))
def test_any_text_is_times_or_a_sentence(typed: str) -> None:
    try:
        found = wishes.times(typed)
    except UsageError:
        return
    assert 1 <= len(found) <= wishes.MOST_TIMES


@given(st.times())
def test_a_time_as_we_write_it_is_read_back(moment: time) -> None:
    assert wishes.times(f"{moment:%H:%M}") == (moment.replace(second=0, microsecond=0),)


def test_days_have_the_names_that_they_were_chosen_by() -> None:
    assert [wishes.days_name(days) for days in wishes.DAYS.values()] == list(wishes.DAYS)
    assert wishes.days_name(frozenset({0, 3})) == "Mondays, Thursdays"


def test_lists_are_split_and_each_entry_counts_once() -> None:
    assert wishes.words("climate change, rail ,rail,") == ("climate change", "rail")
    assert wishes.words("none") == wishes.words("Keine") == wishes.words("なし") == wishes.words("rien") == ()
    assert wishes.addresses("bbc.example, https://a.example/feed <https://b.example>") == (
        "bbc.example",
        "https://a.example/feed",
        "https://b.example",
    )
    assert wishes.channels("<#123456> and <#99>,<#99>") == (123456, 99)
    assert wishes.sections("Quotes, timeline") == ("quotes", "timeline")
    assert wishes.sections("none") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "America/New_York"),
        ("berl", "Europe/Berlin"),
        ("germ", "Europe/Berlin"),
        ("york", "America/New_York"),
        ("new y", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("sao", "America/Sao_Paulo"),
        ("são", "America/Sao_Paulo"),
        ("kol", "Asia/Kolkata"),
        ("sweden", "Europe/Stockholm"),
        ("par", "Europe/Paris"),
        ("lon", "Europe/London"),
        ("europe/b", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_the_zone_that_is_likely_meant_is_offered_first(typed: str, first: str) -> None:
    assert ranked(typed)[0].name == first


def test_zones_are_offered_with_the_time_there() -> None:
    assert offered("kathmandu", NOON) == [("Asia/Kathmandu: 17:45 now, UTC+05:45", "Asia/Kathmandu")]
    assert offered("st john", NOON)[0][0].endswith("UTC-03:30")
    assert len(offered("a", NOON)) == 25
    assert offered("xyzzy", NOON) == []


@pytest.mark.parametrize(
    ("locale", "typed", "zone"),
    [
        ("de", "Wien", "Europe/Vienna"),
        ("de", "österreich", "Europe/Vienna"),
        ("ja", "東京", "Asia/Tokyo"),
        ("ja", "日本", "Asia/Tokyo"),
        ("pt-BR", "Nova York", "America/New_York"),
        ("fr", "londres", "Europe/London"),
        ("es-419", "Japón", "Asia/Tokyo"),
        ("de", "Vienna", "Europe/Vienna"),
        ("en-US", "vienna", "Europe/Vienna"),
    ],
)
def test_zones_are_found_by_what_people_call_cities_and_countries(locale: str, typed: str, zone: str) -> None:
    with in_locale(locale):
        assert ranked(typed)[0].name == zone
        assert zone_named(typed) == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Germany", "Europe/Berlin"),
        ("EST", "America/New_York"),  # not the zone of that name, which knows no summer
        ("utc", "UTC"),
    ],
)
def test_a_zone_may_be_typed_without_picking_it(typed: str, zone: str) -> None:
    assert zone_named(typed) == zone


@pytest.mark.parametrize("typed", ["Mars", "brazil and chile", "Indonesia", "../etc/passwd", ""])
def test_what_is_no_one_zone_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="such as Europe/Berlin"):
        zone_named(typed)


def test_settings_show_the_name_as_it_is_and_the_next_run_as_a_stamp() -> None:
    (page,) = words.settings_page(DIGEST, "It is set up.")
    shown = "\n".join(page.texts)
    assert r"Harbour \*news\*" in shown
    assert "Weekdays at 07:30 and 18:00 (Europe/Berlin)" in shown
    assert "<t:1772625600:F>" in shown
    assert "**Notifies:** nobody" in shown


def test_history_tells_each_state_with_its_reason_and_the_link() -> None:
    runs = [
        Delivery(digest_id=7, run_key="d", due=NOON, state="posted", channel_id=2, message_ids=(55, 56)),
        Delivery(digest_id=7, run_key="c", due=NOON, state="failed", reason="I may not post in <#2>. @everyone"),
        Delivery(digest_id=7, run_key="b", due=NOON, state="skipped", reason="The bot was not running."),
        Delivery(digest_id=7, run_key="a", due=NOON, state="empty"),
    ]
    (page,) = words.history_pages(DIGEST, runs)
    shown = "\n".join(page.texts)
    assert "https://discord.com/channels/1/2/55" in shown
    assert "I may not post in <#2>." in shown  # a channel is a link, all else is as it was said
    assert "@everyone" not in shown
    assert "nothing new" in shown


def test_twenty_five_digests_fill_pages_within_discords_limits() -> None:
    many = [DIGEST.model_copy(update={"id": number, "name": "n" * 80}) for number in range(25)]
    for page in words.list_pages(many):
        view = card_view(page, above="<@&1234567890123456789>")
        assert view.content_length() <= 4_000


@given(st.lists(st.text(min_size=1, max_size=700), max_size=50), st.text(min_size=1, max_size=80))
def test_any_feeds_fit_on_pages(feeds: list[str], name: str) -> None:
    digest = DIGEST.model_copy(update={"feeds": tuple(feeds), "name": name})
    states = {url: FeedState(url=url, asked=NOON, failures=1, reason=url, title=url[:80]) for url in feeds[::2]}
    for page in (*words.feeds_pages(digest, states), *words.settings_page(digest)):
        view = card_view(page)
        assert view.content_length() <= 4_000
        assert sum(1 for _ in view.walk_children()) <= 40
