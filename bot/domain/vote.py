"""Votes: what reactions to stories say of a guild's taste."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from bot.domain.value import Value


class ToldStory(Value):
    """A story that was posted, as far as a reaction to it says something: who told it, and the words of its title.

    `pages`: the messages of the Delivery that it stands on, from 0; none where that is not known.
    """

    feeds: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()  # of the words, as `bot.text.stories.title_roots` gives them
    pages: tuple[int, ...] = ()


class Vote(Value):
    """One person's reaction to one message. The person's id is there so that it counts once, for nothing else."""

    message_id: int
    user_id: int
    guild_id: int
    made: AwareDatetime
    emoji: str
    sign: int = Field(ge=-1, le=1)
    digest_id: int = 0
    stories: tuple[ToldStory, ...] = ()  # those it stands under; the vote is spread over them
