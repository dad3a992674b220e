"""Choosing stories: which items are one event, which words they have, which come first. Pure, deterministic."""

from bot.text.stories.clusters import Clustering, clustered
from bot.text.stories.keywords import Keywords
from bot.text.stories.ranking import Candidate, Ranked, ranked, spread
from bot.text.stories.terms import same_headline, title_roots

__all__ = [
    "Candidate",
    "Clustering",
    "Keywords",
    "Ranked",
    "clustered",
    "ranked",
    "same_headline",
    "spread",
    "title_roots",
]
