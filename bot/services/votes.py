"""Reactions to what a digest told, as votes; and what votes come to: a weight for each feed and each word.

A message tells several stories, and a reaction does not say which it means. So a vote is spread over the stories
on its page, and it is many votes that make a taste. Each weighs half as much after a month, and a few doubtful
votes stand against every topic from the start: one enthusiast does not decide what a server reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.domain.clock import Clock
from bot.domain.digest import Delivery
from bot.domain.edition import DigestEdition, StoryBrief, Tastes
from bot.domain.vote import ToldStory, Vote
from bot.render.digest_card import make_digest_card
from bot.render.digest_pages import digest_pages
from bot.services.books import DeliveryBook
from bot.text.stories import title_roots

LIKED: Final = frozenset("👍❤🧡💛💚💙💜🤍🔥🎉😍🥰😀😃😄😁👏💯⭐🌟🙌✅🤩💪➕")
DISLIKED: Final = frozenset("👎💩😴🥱😒🙄❌🤮😡😠🗑➖")
HALF_LIFE: Final = timedelta(days=30)
LOOKED_BACK: Final = timedelta(days=180)  # an older vote would weigh a hundredth
MOST_VOTES: Final = 500  # a guild, the newest
DOUBT: Final = 2.0  # votes' worth of indifference that every topic begins with
MOST_TOPICS: Final = 300  # words that are remembered, the strongest
_SHADES: Final = {0xFE0F, 0x200D, *range(0x1F3FB, 0x1F400)}  # how an emoji is drawn, and whose hand it is


class VoteBook(Protocol):
    """The votes of all guilds; one a person and message."""

    async def put(self, vote: Vote) -> None:
        """Keep it; the person's earlier vote on that message is replaced."""
        ...

    async def remove(self, message_id: int, user_id: int, emoji: str) -> bool:
        """Take that vote back; False where the person's vote there is another one, or none."""
        ...

    async def of_guild(self, guild_id: int, since: datetime, limit: int) -> list[Vote]:
        """Its votes made after `since`, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Votes:
    """Takes reactions. Raises StorageError."""

    book: VoteBook
    deliveries: DeliveryBook
    clock: Clock

    async def cast(self, guild_id: int, message_id: int, user_id: int, emoji: str) -> bool:
        """Count a reaction; False where it says nothing, or does not stand under a digest's post."""
        sign = sign_of(emoji)
        if not sign:
            return False
        delivery = await self.deliveries.of_message(guild_id, message_id)
        if delivery is None or not delivery.told:
            return False
        vote = Vote(
            message_id=message_id,
            user_id=user_id,
            guild_id=guild_id,
            made=self.clock(),
            emoji=emoji,
            sign=sign,
            digest_id=delivery.digest_id,
            stories=stories_at(delivery, message_id),
        )
        await self.book.put(vote)
        return True

    async def withdraw(self, message_id: int, user_id: int, emoji: str) -> bool:
        """The reaction was taken back; False where it was not counted."""
        return bool(sign_of(emoji)) and await self.book.remove(message_id, user_id, emoji)


def sign_of(emoji: str) -> int:
    """1 where the emoji is praise, -1 where it is blame, else 0; skin and style make no difference."""
    bare = "".join(character for character in emoji if ord(character) not in _SHADES)
    return 1 if bare in LIKED else -1 if bare in DISLIKED else 0


def told_stories(edition: DigestEdition, messages: int) -> tuple[ToldStory, ...]:
    """What a Delivery keeps of its stories. `messages`: how many it took; the last pages are the digest's."""
    if not edition.stories:
        return ()
    if messages <= 1:
        return tuple(_told(story, (0,)) for story in edition.stories)
    pages = digest_pages(make_digest_card(edition))
    before = messages - len(pages)  # a thread hangs on a message of its own
    texts = ["\n".join(page.texts) for page in pages]
    return tuple(
        _told(
            story,
            tuple(
                number
                for number, text in enumerate(texts, before)
                if (story.url or story.chosen.story.url) in text
            ),
        )
        for story in edition.stories
    )


def stories_at(delivery: Delivery, message_id: int) -> tuple[ToldStory, ...]:
    """The stories on that message of the delivery; all where none is, as on a thread's first message."""
    page = delivery.message_ids.index(message_id)
    return tuple(story for story in delivery.told if page in story.pages) or delivery.told


def learned(votes: Iterable[Vote], now: datetime) -> Tastes:
    """What the votes come to: a weight between -1 and 1 for each feed and each word, the strongest words only."""
    feeds: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    roots: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for vote in votes:
        if not vote.stories:
            continue
        weight = 0.5 ** (max(now - vote.made, timedelta(0)) / HALF_LIFE) / len(vote.stories)
        for story in vote.stories:
            for topics, names in ((feeds, story.feeds), (roots, story.roots)):
                for name in dict.fromkeys(names):
                    topics[name][0] += vote.sign * weight
                    topics[name][1] += weight
    strongest = sorted(_weights(roots).items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:MOST_TOPICS]
    return Tastes(feeds=_weights(feeds), roots=dict(strongest))


def _weights(topics: Mapping[str, list[float]]) -> dict[str, float]:
    weights = {name: round(total / (count + DOUBT), 4) for name, (total, count) in topics.items()}
    return {name: weight for name, weight in weights.items() if weight}


def _told(story: StoryBrief, pages: tuple[int, ...]) -> ToldStory:
    found = story.chosen.story
    return ToldStory(feeds=found.feeds, roots=tuple(sorted(title_roots(found.title))), pages=pages)
