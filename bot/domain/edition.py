"""Edition: what one run of a Digest has to say. Preview and post are made from the same one.

    FeedState... --choose--> Choice --brief each--> StoryBrief... --compose--> DigestEdition

Every arrow is one step of the durable engine, and every value here survives JSON unchanged.
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from bot.domain.brief import Event, Point, Quote
from bot.domain.digest import Story
from bot.domain.draft import Usage
from bot.domain.feed import FeedTrouble
from bot.domain.value import Value


class Tastes(Value):
    """What a guild cares for: words it named, and what reactions to earlier stories say. 0 is indifferent."""

    interests: tuple[str, ...] = ()
    feeds: dict[str, float] = Field(default_factory=dict)  # feed address -> -1 .. 1
    terms: dict[str, float] = Field(default_factory=dict)  # word -> -1 .. 1
    roots: dict[str, float] = Field(default_factory=dict)  # root of a word in titles -> -1 .. 1


class Telling(Value):
    """One feed's way of telling a Story."""

    outlet: str
    title: str
    url: str


class ChosenStory(Value):
    """A Story that is in, every telling of it (the one to be read first), and where the tellings differ."""

    story: Story
    tellings: tuple[Telling, ...] = ()
    differences: tuple[str, ...] = ()  # "sources differ: 12 dead (A), 14 dead (B)"
    told_keys: tuple[str, ...] = ()  # what a Delivery keeps, so that no telling of it comes again


class Choice(Value):
    """The stories that are in, and those that are out with their reasons: the first few, and all counted."""

    chosen: tuple[ChosenStory, ...] = ()
    left_out: tuple[Story, ...] = ()
    counted_out: int = 0
    troubles: tuple[FeedTrouble, ...] = ()


class StoryBrief(Value):
    """A chosen Story with its proven points, or the reason why its article was not read."""

    chosen: ChosenStory
    points: tuple[Point, ...] = ()
    quotes: tuple[Quote, ...] = ()  # where the digest asks for such a section by name
    events: tuple[Event, ...] = ()  # the same
    url: str = ""  # the telling that was read
    title: str = ""  # the article's own, where it was read
    outlet: str = ""
    engine: str = ""
    notes: tuple[str, ...] = ()  # e.g. that the model failed and the built-in engine wrote this
    unread: str | None = None  # why not
    usage: Usage = Usage()  # what was paid for it now: nothing, where the Brief lay on the shelf


class DigestEdition(Value):
    """What a run posts. Without stories it is `silent`, unless the digest asked for a line (`line`)."""

    digest_id: int
    name: str
    day: date  # local to the digest
    prepared: AwareDatetime
    stories: tuple[StoryBrief, ...] = ()
    line: str | None = None  # said instead of stories
    notice: str | None = None  # above the stories, e.g. that this run comes late
    left_out: tuple[Story, ...] = ()
    counted_out: int = 0
    troubles: tuple[FeedTrouble, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether there is nothing to post."""
        return not self.stories and self.line is None

    @property
    def told_keys(self) -> tuple[str, ...]:
        """What `Delivery.stories` keeps once this was posted."""
        return tuple(dict.fromkeys(key for story in self.stories for key in story.chosen.told_keys))
