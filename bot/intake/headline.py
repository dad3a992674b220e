"""Which of a page's several titles is the article's headline.

The tags for sharing often hold a shortened or advertising form with the site's name behind it; the first-level
heading is what the reader saw, but it may be the site's logo. So the heading counts where it resembles the tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

SEPARATOR: Final = re.compile(r"\s+(?:[|–—·•»:]|-|::)\s+")
WORD: Final = re.compile(r"\w+")
ALIKE: Final = 0.5  # share of the shorter title's words that both must have
LONGEST: Final = 250  # characters; a longer "heading" is a whole block that is styled as one


def headline(headings: Iterable[str], declared: str | None, site: str | None) -> str | None:
    """The best title out of the page's headings and the title it declares; None where there is neither."""
    named = _words(site or "")
    candidates = [heading for heading in headings if len(heading) <= LONGEST and not _words(heading) <= named]
    if not declared:
        return candidates[0] if len(candidates) == 1 else None
    likely = max(candidates, key=lambda heading: _alike(heading, declared), default=None)
    if likely and _alike(likely, declared) >= ALIKE and len(_words(likely)) > 1:
        return likely
    return without_site(declared, site)


def without_site(title: str, site: str | None) -> str:
    """`title` without a part at its end or start that names the site."""
    parts = SEPARATOR.split(title)
    if len(parts) < 2 or not site:
        return title
    named = _words(site)
    if _words(parts[-1]) <= named:
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
    if _words(parts[0]) <= named:
        return title[len(parts[0]) :].lstrip(" |–—·•»:-")
    return title


def _alike(one: str, other: str) -> float:
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}
