"""A digest as pages: an overview first, links, sources that differ, and nothing said of what was not read."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.brief import Event, Point, Quote
from bot.domain.digest import Story
from bot.domain.edition import ChosenStory, DigestEdition, StoryBrief, Telling
from bot.domain.feed import FeedTrouble
from bot.render.digest_card import make_digest_card, make_preview_card
from bot.render.digest_pages import digest_pages, preview_pages
from bot.render.escape import printable
from bot.render.layout import MAX_COMPONENTS, MAX_TEXT, size
from tests.support.briefs import EVIDENCE
from tests.support.shown import Shown, squashed


def story(title: str, *points: str, **changes: object) -> StoryBrief:
    url = "https://aster.example/a"
    chosen = ChosenStory(
        story=Story(key="k", title=title, url=url, reason="in: told by 2 feeds"),
        tellings=(
            Telling(outlet="Aster", title=title, url=url),
            Telling(outlet="Birch", title=title, url="https://birch.example/b"),
        ),
        differences=("sources differ: 12 dead (Aster), 14 dead (Birch)",),
    )
    known: dict[str, object] = {
        "chosen": chosen,
        "points": tuple(Point(text=text, evidence=EVIDENCE) for text in points),
        "url": url,
        "outlet": "Aster",
        "engine": "llm",
    }
    return StoryBrief.model_validate(known | changes)


def edition(*stories: StoryBrief, **changes: object) -> DigestEdition:
    known: dict[str, object] = {
        "digest_id": 4,
        "name": "Morning",
        "day": date(2026, 3, 10),
        "prepared": datetime(2026, 3, 10, 6, tzinfo=UTC),
        "stories": stories,
    }
    return DigestEdition.model_validate(known | changes)


def text_of(given: DigestEdition) -> str:
    return "\n".join(text for page in digest_pages(make_digest_card(given)) for text in page.texts)


def test_the_overview_comes_first_with_a_line_a_story() -> None:
    text = text_of(edition(story("Harbour reopens", "It is open."), story("Bridge closed", "It is shut.")))
    assert text.index("1. Harbour reopens\n2. Bridge closed") < text.index("### 1. [Harbour reopens]")
    assert "10 Mar 2026 · 2 stories" in text


def test_a_single_story_needs_no_overview() -> None:
    assert "1. Harbour" not in text_of(edition(story("Harbour reopens", "It is open.")))


def test_a_story_has_its_points_its_link_the_other_sources_and_where_they_differ() -> None:
    text = text_of(edition(story("Harbour reopens", "It is open.", "Ferries left.")))
    assert "### [Harbour reopens](<https://aster.example/a>)" in text
    assert "- It is open.\n- Ferries left." in text
    assert "Sources differ: 12 dead (Aster), 14 dead (Birch)" in text
    assert "-# Aster · [Birch](<https://birch.example/b>)" in text


def test_quotes_and_events_stand_where_the_digest_asked_for_them() -> None:
    text = text_of(
        edition(
            story(
                "Harbour reopens",
                quotes=(Quote(text="We are open.", evidence=EVIDENCE, speaker="Ola Lind"),),
                events=(Event(text="It opened.", evidence=EVIDENCE, date="2026-03", date_text="March"),),
            )
        )
    )
    assert text.index("We are open.") < text.index("> — Ola Lind")
    assert "**Mar 2026** — It opened." in text


def test_each_item_ends_in_a_link_to_its_words_or_the_number_of_their_passage() -> None:
    link = "https://aster.example/a#:~:text=It%20is%20open."
    text = text_of(
        edition(
            story(
                "Harbour reopens",
                points=(Point(text="It is open.", evidence=EVIDENCE, passage=2, link=link),),
                quotes=(Quote(text="We are open.", evidence=EVIDENCE, speaker="Ola Lind", passage=3),),
                events=(Event(text="It opened.", evidence=EVIDENCE, date="2026-03", passage=4, link=link),),
            )
        )
    )
    assert f"- It is open. [↗](<{link}>)\n" in text
    assert "> — Ola Lind ¶3\n" in text
    assert f"**Mar 2026** — It opened. [↗](<{link}>)" in text


def test_what_was_not_read_is_listed_with_link_and_reason_and_not_in_the_overview() -> None:
    unread = story("Behind a wall", unread="not read: That page wants to be paid for (402).")
    text = text_of(edition(story("Harbour reopens", "It is open."), unread))
    assert "- [Behind a wall](<https://aster.example/a>): not read: That page wants to be paid for (402)." in text
    assert text.count("Behind a wall") == 1


def test_nothing_new_is_one_line_and_lateness_is_told() -> None:
    text = text_of(edition(line="Nothing new since the last digest.", notice="Due at 07:00, 20 minutes late."))
    assert "Nothing new since the last digest." in text
    assert "20 minutes late" in text


def test_a_preview_shows_the_very_pages_and_then_the_reasons() -> None:
    out = Story(
        key="o", title="Old harbour news", url="https://aster.example/o", reason="out: already told on Tuesday"
    )
    trouble = FeedTrouble(
        feed="https://cedar.example/feed", sentence="The feed Cedar could not be read: It broke."
    )
    given_ = edition(story("Harbour reopens", "It is open."), left_out=(out,), counted_out=40, troubles=(trouble,))
    card = make_digest_card(given_)
    posted = digest_pages(card)[0].texts
    shown = preview_pages(card, make_preview_card(given_))[0].texts
    assert shown[: len(posted)] == posted
    rest = "\n".join(shown[len(posted) :])
    assert "[Harbour reopens](<https://aster.example/a>): in: told by 2 feeds" in rest
    assert "out: already told on Tuesday" in rest
    assert "and 39 more" in rest
    assert "The feed Cedar could not be read" in rest


def test_what_an_article_says_cannot_act() -> None:
    text = text_of(
        edition(story("@everyone [free](https://evil.example)", "**@here** <@&1> https://evil.example"))
    )
    assert "@everyone" not in text
    assert "@here" not in text
    assert "<@&1>" not in text.replace("\\<@&1>", "")
    assert "https://evil.example" not in text.replace("https\\://evil.example", "")


TEXTS = st.text(max_size=900)
STORIES = st.builds(
    lambda title, points, why: story(title, points=tuple(points), unread=why),
    st.text(max_size=400),
    st.lists(
        st.builds(
            lambda text, link: Point(text=text, evidence=EVIDENCE, passage=1, link=link),
            TEXTS,
            st.none() | st.just("https://aster.example/a#:~:text=" + "w" * 300),
        ),
        max_size=3,
    ),
    st.none() | st.text(max_size=300),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STORIES, max_size=6))
def test_every_point_can_be_read_back_from_the_pages(stories: list[StoryBrief]) -> None:
    seen = Shown(text for page in digest_pages(make_digest_card(edition(*stories))) for text in page.texts)
    for told in stories:
        if told.unread is None:
            assert all(squashed(printable(point.text)) in seen.words for point in told.points)


@given(st.lists(STORIES, max_size=15))
def test_every_page_fits_a_message(stories: list[StoryBrief]) -> None:
    given_ = edition(*stories)
    card = make_digest_card(given_)
    for page in (*digest_pages(card), *preview_pages(card, make_preview_card(given_))):
        assert sum(map(size, page.texts)) <= MAX_TEXT
        assert 2 * len(page.texts) + 2 <= MAX_COMPONENTS
