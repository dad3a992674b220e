"""Which stories a run tells, and why each of the others is out. Pure: the same Question has the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest, Story
from bot.domain.edition import Choice, ChosenStory, Tastes, Telling
from bot.domain.feed import FeedItem
from bot.services.clustering import clustering_of
from bot.services.differences import Told, differences
from bot.text.links import url_key
from bot.text.stories import Candidate, Clustering, Keywords, ranked, same_headline, spread, title_roots
from bot.text.stories.clusters import NEIGHBOUR
from bot.wording import say, written_day, written_weekday

LATE_ITEMS: Final = timedelta(hours=12)  # feeds list an article that much after the time it bears
COPIES_WITHIN: Final = timedelta(hours=72)  # that long others go on to tell what was told already
ITEMS_COMPARED: Final = 3_000  # the newest
SHOWN_OUT: Final = 25  # stories left out that are listed; the others are only counted
SUMMARY_KEPT: Final = 300  # characters
TELLINGS_KEPT: Final = 12
WORDS_AGREEING: Final = 3.0  # liked words of a title that make it a liked story


@dataclass(frozen=True, slots=True)
class Question:
    """All that the choice depends on. `told` holds the keys of stories told before and when that was."""

    digest: Digest
    now: datetime
    since: datetime  # when the last run was due, or where the first window begins
    items: Sequence[FeedItem]
    told: dict[str, datetime] = field(default_factory=dict)
    tastes: Tastes = field(default_factory=Tastes)


@dataclass(frozen=True, slots=True)
class _Group:
    """One event: its new items, the one to be read first at the front, and when it was told, if it was."""

    items: tuple[FeedItem, ...]
    feeds: frozenset[str]
    told: datetime | None
    number: int  # its place in the Clustering

    @property
    def text(self) -> str:
        return "\n".join(f"{item.title}\n{item.summary}" for item in self.items)


def choose_stories(question: Question) -> Choice:
    """The stories of this run, best first, and those left out, the nearest misses first."""
    fresh, old = _by_age(question)
    unique, feeds_of = _by_address(fresh)
    clustering = clustering_of(tuple(unique))
    refused: list[tuple[_Group, str]] = []
    groups: list[_Group] = []
    for number, members in enumerate(clustering.groups):
        group = _group([unique[member] for member in members], number, feeds_of, question)
        if group is None:
            continue
        if reason := _refusal(group, question):
            refused.append((group, reason))
        else:
            groups.append(group)
    chosen, outranked = _ranked(groups, clustering, question)
    nearest = (*outranked, *((group, 0.0, reason) for group, reason in refused))
    # Results are kept by the durable engine for each run: what a preview does not show is not carried along.
    bare = {"summary": "", "urls": ()}
    shown = [
        _story(group, question, score, reason).model_copy(update=bare)
        for group, score, reason in nearest[:SHOWN_OUT]
    ]
    shown += [_old(item) for item in old[: SHOWN_OUT - len(shown)]]
    return Choice(chosen=tuple(chosen), left_out=tuple(shown), counted_out=len(nearest) + len(old))


def story_key(url: str) -> str:
    """16 hex digits that stand for the story at `url`, in this run and the next."""
    return url_key(url)[:16]


@lru_cache(maxsize=2_048)
def title_key(title: str) -> str | None:
    """What stands for a headline wherever it is put; None for one too short to be told apart."""
    roots = title_roots(title)
    if len(roots) < 4:
        return None
    return "t" + hashlib.sha256(" ".join(sorted(roots)).encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _keys(item: FeedItem) -> tuple[str, ...]:
    return tuple(key for key in (story_key(item.url), title_key(item.title)) if key)


def _told(item: FeedItem, question: Question) -> datetime | None:
    return max((question.told[key] for key in _keys(item) if key in question.told), default=None)


def _moment(item: FeedItem, question: Question) -> datetime:
    return item.moment or question.now


def _is_new(item: FeedItem, question: Question) -> bool:
    return _moment(item, question) > question.since - LATE_ITEMS


def _by_age(question: Question) -> tuple[list[FeedItem], list[FeedItem]]:
    """Items to compare, the newest first: the new, and told ones that these may be copies of. And the rest."""
    order = sorted(question.items, key=lambda item: (-_moment(item, question).timestamp(), item.url, item.feed))
    fresh: list[FeedItem] = []
    old: list[FeedItem] = []
    for item in order:
        recent = _moment(item, question) > question.since - COPIES_WITHIN
        is_fresh = _is_new(item, question) or (recent and _told(item, question) is not None)
        (fresh if is_fresh and len(fresh) < ITEMS_COMPARED else old).append(item)
    return fresh, old


def _by_address(items: Iterable[FeedItem]) -> tuple[list[FeedItem], dict[str, frozenset[str]]]:
    """One item an address, and the feeds that count for it: one, though a site may list it in several of its own;
    a channel where people posted it counts besides."""
    first: dict[str, FeedItem] = {}
    channels: dict[str, set[str]] = {}
    for item in items:
        key = story_key(item.url)
        if key in first and first[key].feed.startswith("channel:") and not item.feed.startswith("channel:"):
            first[key] = item  # a feed knows title and date, a posted link does not
        first.setdefault(key, item)
        if item.feed.startswith("channel:"):
            channels.setdefault(key, set()).add(item.feed)
    feeds = {key: frozenset({item.feed, *channels.get(key, ())}) for key, item in first.items()}
    return list(first.values()), feeds


def _group(
    items: Sequence[FeedItem], number: int, feeds_of: dict[str, frozenset[str]], question: Question
) -> _Group | None:
    """The event that `items` tell; None where all of it is old and told."""
    told = {item.url: when for item in items if (when := _told(item, question)) is not None}
    new = [item for item in items if _is_new(item, question)]
    if told:
        tellers = {item.feed for item in items if item.url in told}
        heard = [item for item in items if item.url in told]
        # A feed that told it and tells on has news of it; what other feeds bring now is the same again.
        later = [
            item
            for item in new
            if item.url not in told
            and item.feed in tellers
            and not any(same_headline(item.title, other.title) for other in heard)
        ]
        if not new:
            return None
        new = later or [item for item in new if item.url not in told] or new
        told_at = None if later else max(told.values())
    else:
        told_at = None
    if not new:
        return None
    order = {feed: place for place, feed in enumerate(question.digest.feeds)}
    # The guild's own order of feeds says whom it trusts; links that people posted come first.
    new = sorted(new, key=lambda item: order.get(item.feed, -1))
    feeds = frozenset(feed for item in new for feed in feeds_of[story_key(item.url)])
    return _Group(tuple(new), feeds, told_at, number)


def _refusal(group: _Group, question: Question) -> str | None:
    """Why a story is out before any ranking."""
    if group.told is not None:
        return say("out: already told on {day}", day=_day_name(group.told, question))
    text = group.text
    if word := Keywords(question.digest.exclude).first_in(text):
        return say("out: has the word “{word}”", word=word)
    include = Keywords(question.digest.include)
    if include and not include.first_in(text):
        return say("out: has none of the words asked for")
    return None


def _ranked(
    groups: Sequence[_Group], clustering: Clustering, question: Question
) -> tuple[list[ChosenStory], list[tuple[_Group, float, str]]]:
    candidates = [_candidate(group, question) for group in groups]
    order = ranked(candidates, now=question.now, window=question.now - question.since)
    taken, passed = spread(
        order,
        candidates,
        wanted=question.digest.stories,
        likeness=lambda one, other: clustering.likeness(groups[one].number, groups[other].number),
        neighbour=NEIGHBOUR,
    )
    chosen = [_chosen(groups[place.index], question, place.score, place.reason) for place in taken]
    out = [(groups[place.index], place.score, passed[place.index]) for place in order if place.index in passed]
    return chosen, out


def _candidate(group: _Group, question: Question) -> Candidate:
    tastes, text = question.tastes, group.text
    liked = [tastes.feeds[feed] for feed in sorted(group.feeds) if feed in tastes.feeds]
    liked += [tastes.terms[word] for word in Keywords(tastes.terms).all_in(text)]
    if tastes.roots:
        liked.append(_liked_words(group, tastes))
    return Candidate(
        key=_key(group, question),
        feeds=group.feeds,
        moment=max(_moment(item, question) for item in group.items),
        interests=Keywords(tastes.interests).all_in(text),
        likings=tuple(liked),
    )


def _liked_words(group: _Group, tastes: Tastes) -> float:
    """What the words of its titles weigh together. Most words of a title are in it by chance: three must agree."""
    roots = sorted({root for item in group.items for root in title_roots(item.title)} & tastes.roots.keys())
    return sum(tastes.roots[root] for root in roots) / WORDS_AGREEING


def _key(group: _Group, question: Question) -> str:
    earliest = min(group.items, key=lambda item: (_moment(item, question), item.url))
    return story_key(earliest.url)


def _chosen(group: _Group, question: Question, score: float, reason: str) -> ChosenStory:
    tellings = tuple(Telling(outlet=item.outlet, title=item.title, url=item.url) for item in group.items)
    return ChosenStory(
        story=_story(group, question, score, reason),
        tellings=tellings[:TELLINGS_KEPT],
        differences=differences(
            [Told(item.outlet or item.feed, f"{item.title}.\n{item.summary}") for item in group.items]
        ),
        told_keys=tuple(dict.fromkeys(key for item in group.items for key in _keys(item))),
    )


def _story(group: _Group, question: Question, score: float, reason: str) -> Story:
    first = group.items[0]
    zone = ZoneInfo(question.digest.schedule.zone)
    return Story(
        key=_key(group, question),
        title=first.title,
        url=first.url,
        urls=tuple(item.url for item in group.items[:TELLINGS_KEPT]),
        feeds=tuple(sorted(group.feeds)),
        published=first.published,
        day=first.published.astimezone(zone).date() if first.published else None,
        summary=first.summary[:SUMMARY_KEPT],
        score=score,
        reason=reason,
    )


def _old(item: FeedItem) -> Story:
    return Story(
        key=story_key(item.url),
        title=item.title,
        url=item.url,
        feeds=(item.feed,),
        published=item.published,
        reason=say("out: from before the last digest"),
    )


def _day_name(when: datetime, question: Question) -> str:
    """`Tuesday` within a week, else the date; in the digest's zone."""
    zone = ZoneInfo(question.digest.schedule.zone)
    day, today = when.astimezone(zone).date(), question.now.astimezone(zone).date()
    return written_weekday(day.weekday()) if (today - day).days < 7 else written_day(day)
