"""Which stories come first, and that they are not all of one feed or one subject."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.wording import say, say_n

INTEREST: Final = 0.8  # for one word of the guild's interests; a second adds half of it
REACTION: Final = 0.6  # for a feed or word that was always liked; as much off for one never liked
FELT: Final = 0.2  # liking that is named as a reason
SHORTEST_HALF_LIFE: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What ranking needs to know of a story. `likings` are weights from -1 to 1 of its feeds and words."""

    key: str
    feeds: frozenset[str]
    moment: datetime
    interests: tuple[str, ...] = ()
    likings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place: its index in what was given, its score, and the strongest reason for it."""

    index: int
    score: float
    reason: str


def ranked(candidates: Sequence[Candidate], *, now: datetime, window: timedelta) -> list[Ranked]:
    """The candidates, best first; ties go to the newer, then by key, so that the order never depends on luck."""
    half_life = max(window / 2, SHORTEST_HALF_LIFE)
    scored = [(_score(candidate, now, half_life), number) for number, candidate in enumerate(candidates)]
    scored.sort(key=lambda pair: (-pair[0], -candidates[pair[1]].moment.timestamp(), candidates[pair[1]].key))
    return [Ranked(number, round(score, 4), _reason(candidates[number])) for score, number in scored]


def spread(
    order: Sequence[Ranked],
    candidates: Sequence[Candidate],
    *,
    wanted: int,
    likeness: Callable[[int, int], float],
    neighbour: float,
) -> tuple[list[Ranked], Mapping[int, str]]:
    """Up to `wanted` of `order`, and why each of the others is out (by its index).

    At most half come from one feed and at most a third are on one subject; these caps yield where nothing else is
    left to fill the digest with.
    """
    of_feed, of_subject = math.ceil(wanted / 2), max(1, wanted // 3)
    several = len({feed for candidate in candidates for feed in candidate.feeds}) > 1
    taken: list[Ranked] = []
    passed: dict[int, str] = {}
    feeds: Counter[str] = Counter()
    for place in order:
        if len(taken) == wanted:
            break
        mine = candidates[place.index].feeds
        near = sum(likeness(place.index, other.index) >= neighbour for other in taken)
        if near >= of_subject:
            passed[place.index] = say("out: close to a story that is in")
        elif several and len(mine) == 1 and feeds[next(iter(mine))] >= of_feed:
            passed[place.index] = say("out: enough from that feed already")
        else:
            taken.append(place)
            feeds.update(mine if len(mine) == 1 else ())
    if len(taken) < wanted:
        refill = [place for place in order if place.index in passed][: wanted - len(taken)]
        taken += refill
        for place in refill:
            del passed[place.index]
    chosen = {place.index for place in taken}
    out = {
        place.index: passed.get(place.index)
        or say("out: others ranked higher (place {number} of {count})", number=number, count=len(order))
        for number, place in enumerate(order, 1)
        if place.index not in chosen
    }
    return sorted(taken, key=lambda place: -place.score), out


def _score(candidate: Candidate, now: datetime, half_life: timedelta) -> float:
    age = max(now - candidate.moment, timedelta(0))
    score: float = math.log2(1 + len(candidate.feeds)) + 0.5 ** (age / half_life)
    hits = len(candidate.interests)
    score += INTEREST * (1 if hits else 0) + INTEREST / 2 * (1 if hits > 1 else 0)
    return score + REACTION * _liking(candidate)


def _liking(candidate: Candidate) -> float:
    """What reactions to earlier stories say of it, between -1 and 1: no more than a coverage by half a feed."""
    return max(-1.0, min(1.0, sum(max(-1.0, min(1.0, weight)) for weight in candidate.likings)))


def _reason(candidate: Candidate) -> str:
    feeds = len(candidate.feeds)
    told_by = say_n("told by {count} feed", "told by {count} feeds", feeds) if feeds > 1 else ""
    words = say("has “{word}”", word=candidate.interests[0]) if candidate.interests else ""
    liked = say("your server liked similar stories") if _liking(candidate) > FELT else ""
    reasons = ", ".join(part for part in (told_by, words, liked) if part)
    return say("in: {reasons}", reasons=reasons or say("new, and among the freshest"))
