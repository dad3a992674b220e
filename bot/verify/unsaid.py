"""Deeds and other words of a statement that its text does not tell: "Velk resigned", where she built a wall.

Evidence asks for a share of a statement's words, and in a short one a name alone fills that share. Here it is
asked what is told of the names. A word that no row of the tables knows may be a fair rewording, so a single one
decides only where nothing else is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.verify.claims import Claim, Place
from bot.verify.senses import Words, is_deed

_SHORT: Final = 2  # telling words: in a statement of no more, a deed has to stand around its evidence
_BEFORE: Final = 3  # sentences before a deed that may name whom it is told of: "he" refers back
_BEHIND: Final = 1
# What a court says of somebody has to stand near, however long the statement: an accusation stands there as well.
_VERDICTS: Final = frozenset({"guilty", "convict", "convicts", "convicted"})
_STRANGE: Final = 0.67  # share of the telling words that may stand nowhere in the Documents


def first_unsaid(claim: Claim, places: Sequence[Place]) -> str | None:
    """The first word of `claim` that decides what it says and that the text does not tell; English only."""
    if not claim.is_english:
        return None
    grounds = list(dict.fromkeys(place.ground for place in places))
    whole = Words(word for ground in grounds for word in ground.known.words)
    near = Words(word for place in places for word in place.words_around)
    short = len(claim.told) <= _SHORT
    for word in filter(is_deed, claim.told):
        if not (near if word in _VERDICTS else whole).tell(word) or (
            short and not _is_told_of(word, claim, places)
        ):
            return word
    strange = [word for word in claim.told if not whole.tell(word)]
    return strange[0] if len(strange) > _STRANGE * len(claim.told) else None


def _is_told_of(deed: str, claim: Claim, places: Sequence[Place]) -> bool:
    """Whether a sentence around `places` tells the deed, and one near it names whom the claim speaks of."""
    for place in places:
        ground = place.ground
        for at in ground.beside(place.at):
            if Words(ground.words(at)).tell(deed):
                spoken = range(max(0, at - _BEFORE), min(len(ground.sentences), at + 1 + _BEHIND))
                if not claim.subject or any(claim.subject & ground.words(index) for index in spoken):
                    return True
    return False
