"""The words by which two tellings of an event know each other: roots with weights, and the names among them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.text.words import STOPWORDS, fold, stem, word_spans

TITLE_WEIGHT: Final = 2.0
NAME_WEIGHT: Final = 1.6  # factor for names and numbers
SUMMARY_WORDS: Final = 60
SAME_TITLE: Final = 0.85  # Jaccard of the words of two titles
FEWEST_TITLE_WORDS: Final = 4  # shorter titles ("Weather", "Live updates") come again and again
SHOUTED: Final = 0.6  # share of capitalised words from which a title's capitals say nothing
_TAIL: Final = re.compile(r"\s+[|–—-]\s+[^|–—]{1,40}$")  # " | The Outlet"
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”’)\]]*\s*$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CALENDAR: Final = """
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
"""
_NO_NAMES: Final = frozenset(_CALENDAR.split())
_LABELS: Final = "live update updates breaking watch video photos exclusive explainer"
_SAYS_NOTHING: Final = STOPWORDS | frozenset(_LABELS.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """`weights` root -> weight, `title` the roots of the title, `names` those of the names."""

    weights: dict[str, float]
    title: frozenset[str]
    names: frozenset[str]

    def has_headline_of(self, other: Terms) -> bool:
        """Whether the two titles are one headline, but for a word."""
        if min(len(self.title), len(other.title)) < FEWEST_TITLE_WORDS:
            return False
        return len(self.title & other.title) >= SAME_TITLE * len(self.title | other.title)


def bare_title(title: str) -> str:
    """`title` without the outlet's name behind it."""
    bare = _TAIL.sub("", title)
    return bare if len(bare.split()) >= 4 else title


def title_roots(title: str) -> frozenset[str]:
    """The roots of a title's words that carry meaning."""
    return terms_of(title, "").title


def same_headline(one: str, other: str) -> bool:
    """Whether two titles are one headline, but for a word or the outlet's name behind it."""
    return terms_of(one, "").has_headline_of(terms_of(other, ""))


@lru_cache(maxsize=1_024)  # some 5 KB each; whole clusterings are kept, too
def terms_of(title: str, summary: str) -> Terms:
    """The Terms of one item."""
    title = bare_title(title)
    in_title, names_in_title = _read(title, is_title=True)
    in_summary, names = _read(" ".join(summary.split()[:SUMMARY_WORDS]), is_title=False)
    names = names | names_in_title
    counts: defaultdict[str, float] = defaultdict(float)
    for root in in_title:
        counts[root] = max(counts[root], TITLE_WEIGHT)
    for root in in_summary:
        counts[root] += 1.0 if counts[root] < TITLE_WEIGHT else 0.5
    weights = {
        root: min(count, 2 * TITLE_WEIGHT) * (NAME_WEIGHT if root in names or root.isdigit() else 1.0)
        for root, count in counts.items()
    }
    return Terms(weights=weights, title=frozenset(in_title), names=frozenset(names))


def _read(text: str, *, is_title: bool) -> tuple[list[str], frozenset[str]]:
    """The roots of the words that carry meaning, and which of them are names."""
    spans = list(word_spans(text))
    words = [span.of(text) for span in spans]
    capitals = [word[:1].isupper() for word in words]
    lettered = [flag for flag, word in zip(capitals, words, strict=True) if len(word) > 3]
    tells_names = not (is_title and lettered and sum(lettered) / len(lettered) > SHOUTED)
    roots: list[str] = []
    names: set[str] = set()
    for number, (span, word) in enumerate(zip(spans, words, strict=True)):
        folded = fold(word)
        if folded in _SAYS_NOTHING or _YEAR.fullmatch(folded) or not (len(folded) > 1 or folded.isdigit()):
            continue
        root = stem(folded)
        roots.append(root)
        opens = number == 0 or bool(_SENTENCE_END.search(text[max(0, span.start - 4) : span.start]))
        if tells_names and capitals[number] and not opens and folded not in _NO_NAMES:
            names.add(root)
    return roots, frozenset(names)
