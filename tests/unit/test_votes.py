"""Reactions to stories: which count, what they are about, and what they come to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.digest import Delivery
from bot.domain.edition import DigestEdition, Tastes
from bot.domain.vote import ToldStory, Vote
from bot.services.choosing import Question, choose_stories
from bot.services.votes import DOUBT, HALF_LIFE, Votes, learned, sign_of, stories_at, told_stories
from bot.text.stories import title_roots
from tests.support.digest_parts import NOW, SITE_A, SITE_B, House, digest, item

HARBOUR = ToldStory(feeds=("https://aster.example/feed",), roots=("harbour", "council"), pages=(0,))
BREAD = ToldStory(feeds=("https://cedar.example/feed",), roots=("bread", "rye"), pages=(1,))
RUN = Delivery(
    digest_id=4, run_key="2026-03-10T07:00", due=NOW, state="posted", message_ids=(70, 71), told=(HARBOUR, BREAD)
)


def vote(*stories: ToldStory, user: int = 1, sign: int = 1, days: float = 0) -> Vote:
    return Vote(
        message_id=70,
        user_id=user,
        guild_id=10,
        made=NOW - timedelta(days=days),
        emoji="👍" if sign > 0 else "👎",
        sign=sign,
        stories=stories,
    )


class MemoryVotes:
    """`VoteBook` in a dict."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, int], Vote] = {}

    async def put(self, vote: Vote) -> None:
        self.kept[vote.message_id, vote.user_id] = vote

    async def remove(self, message_id: int, user_id: int, emoji: str) -> bool:
        known = self.kept.get((message_id, user_id))
        if known is None or known.emoji != emoji:
            return False
        del self.kept[message_id, user_id]
        return True

    async def of_guild(self, guild_id: int, since: object, limit: int) -> list[Vote]:
        return list(self.kept.values())


class OneRun:
    """The part of `DeliveryBook` that finds a message's run."""

    async def of_message(self, guild_id: int, message_id: int) -> Delivery | None:
        return RUN if guild_id == 10 and message_id in RUN.message_ids else None


def votes(book: MemoryVotes) -> Votes:
    return Votes(book, OneRun(), lambda: NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("emoji", "sign"),
    [
        ("👍", 1),
        ("👍🏽", 1),
        ("❤️", 1),
        ("🔥", 1),
        ("👎", -1),
        ("👎🏿", -1),
        ("😴", -1),
        ("🐸", 0),
        ("", 0),
        ("<:a:1>", 0),
    ],
)
def test_an_emoji_is_praise_blame_or_neither(emoji: str, sign: int) -> None:
    assert sign_of(emoji) == sign


async def test_a_reaction_counts_for_the_stories_on_its_page() -> None:
    book = MemoryVotes()
    assert await votes(book).cast(10, 71, 5, "👍")
    assert book.kept[71, 5].stories == (BREAD,)
    assert book.kept[71, 5].sign == 1


async def test_one_person_has_one_vote_a_message_and_may_take_it_back() -> None:
    book = MemoryVotes()
    desk = votes(book)
    await desk.cast(10, 70, 5, "👍")
    await desk.cast(10, 70, 5, "👎")
    assert [vote.sign for vote in book.kept.values()] == [-1]
    assert not await desk.withdraw(70, 5, "👍")
    assert await desk.withdraw(70, 5, "👎")
    assert not book.kept


@pytest.mark.parametrize(("guild", "message", "emoji"), [(10, 70, "🐸"), (10, 99, "👍"), (11, 70, "👍")])
async def test_what_says_nothing_of_a_digest_is_not_kept(guild: int, message: int, emoji: str) -> None:
    book = MemoryVotes()
    assert not await votes(book).cast(guild, message, 5, emoji)
    assert not book.kept


def test_under_a_message_without_stories_all_are_meant() -> None:
    starter = RUN.model_copy(update={"told": tuple(s.model_copy(update={"pages": ()}) for s in RUN.told)})
    assert stories_at(starter, 70) == starter.told


def test_a_vote_is_spread_over_the_stories_it_stands_under() -> None:
    alone, shared = learned([vote(HARBOUR)], NOW), learned([vote(HARBOUR, BREAD)], NOW)
    assert alone.feeds[HARBOUR.feeds[0]] > shared.feeds[HARBOUR.feeds[0]] > 0
    assert alone.roots["harbour"] == pytest.approx(1 / (1 + DOUBT), abs=1e-3)


def test_votes_weigh_half_as_much_after_a_month_and_end_in_indifference() -> None:
    now, month = learned([vote(HARBOUR)], NOW), learned([vote(HARBOUR, days=HALF_LIFE.days)], NOW)
    assert month.roots["harbour"] == pytest.approx(0.5 / (0.5 + DOUBT), abs=1e-3)
    assert now.roots["harbour"] > month.roots["harbour"]
    assert learned([vote(HARBOUR, days=3_000)], NOW).roots == {}


def test_however_many_vote_a_weight_stays_within_bounds_and_opposites_cancel() -> None:
    many = learned([vote(HARBOUR, user=user) for user in range(400)], NOW)
    assert 0.9 < many.roots["harbour"] < 1
    both = learned([vote(HARBOUR, user=1), vote(HARBOUR, user=2, sign=-1)], NOW)
    assert both == Tastes()


async def test_an_edition_knows_what_was_told_on_which_page() -> None:
    house = House(
        item(SITE_A, "Havenport bridge closed after cracks found", "Inspectors found cracks."),
        item(SITE_B, "Rye bread recipe wins county fair", "A baker from Elm won."),
    )
    edition = await house.runner.prepare(digest(), NOW)
    told = told_stories(edition, 1)
    assert [story.pages for story in told] == [(0,), (0,)]
    assert {root for story in told for root in story.roots} >= title_roots("Havenport bridge closed")
    in_thread = told_stories(edition, 2)  # one page, behind the message that the thread hangs on
    assert [story.pages for story in in_thread] == [(1,), (1,)]
    assert told_stories(DigestEdition(digest_id=1, name="x", day=NOW.date(), prepared=NOW), 1) == ()


def test_what_was_liked_comes_first_and_the_preview_says_why() -> None:
    liked = item(SITE_A, "Harbour council opens new ferry harbour", "A plan.", hours=5)
    other = item(SITE_B, "Orchard owners count their apples again", "A plan.", hours=2)
    tastes = learned([vote(HARBOUR, user=user) for user in range(9)], NOW)
    known = {"digest": digest(stories=1), "now": NOW, "since": NOW - timedelta(days=1), "items": (liked, other)}
    plain = choose_stories(Question(**known))  # type: ignore[arg-type]
    warm = choose_stories(Question(**known, tastes=tastes))  # type: ignore[arg-type]
    assert plain.chosen[0].story.title == other.title
    assert warm.chosen[0].story.title == liked.title
    assert "your server liked similar stories" in warm.chosen[0].story.reason


def test_liking_does_not_fill_a_digest_with_one_subject() -> None:
    harbour = [
        item(SITE_A, f"Harbour council opens ferry line {number} in the harbour", path=str(number))
        for number in range(8)
    ]
    others = [
        item(SITE_B, title)
        for title in ("Orchard owners count apples", "Museum shows old maps", "Bakers raise prices of rye")
    ]
    tastes = learned([vote(HARBOUR, user=user) for user in range(400)], NOW)
    known = {
        "digest": digest(stories=4),
        "now": NOW,
        "since": NOW - timedelta(days=1),
        "items": (*harbour, *others),
    }
    chosen = choose_stories(Question(**known, tastes=tastes)).chosen  # type: ignore[arg-type]
    assert sum("Harbour" in found.story.title for found in chosen) <= 2
