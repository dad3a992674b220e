"""People whom a statement in another language than the article names: only those who surely are people.

Places and institutions have other names in other languages, so a name that the article does not write is no
invention yet. But whoever is said to have spoken has one name in all languages of one script, and so has a person
whose first name the article gives with a last name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.domain.value import Span
from bot.text.words import STOPWORDS, fold
from bot.verify.exonyms import has_namesake
from bot.verify.ground import Ground
from bot.verify.lexicon import SAME, STARTERS
from bot.verify.names import Name

_ALIKE: Final = 4  # letters that two spellings of one name begin with: "Londres", "London"
_NAME: Final = r"[^\W\d_a-zà-ÿ][\w’'-]+(?:\s[^\W\d_a-zà-ÿ][\w’'-]+){0,3}"
_VERBS: Final = (
    "said|says|announced|warned|wrote|sagte|sagt|erklärte|betonte|warnte|forderte|schrieb"
    "|a déclaré|a dit|a affirmé|a annoncé|a expliqué|dijo|afirmó|declaró|explicó|anunció|señaló|aseguró"
    "|disse|afirmou|declarou|anunciou"
    "|ha detto|ha dichiarato|ha annunciato|zei"
)
_SPEAKERS: Final = re.compile(
    rf"(?P<before>(?<![\w’'-]){_NAME})\s(?:{_VERBS})\b|\b(?:{_VERBS})\s(?P<after>{_NAME})"
)
_PRECEDED: Final = re.compile(r"[\w’']\s$")  # an article or a title in small letters: no bare name


def one_script(*texts: str) -> bool:
    """Whether all `texts` are in Latin letters, so that names are spelled alike."""
    return all(
        "LATIN" in unicodedata.name(letter, "")
        for text in texts
        for letter in [character for character in text[:2_000] if character.isalpha()][:200]
    )


def people(text: str, ground: Ground) -> Iterator[Name]:
    """The words of `text` that name a person and that the article writes nowhere, nor anything like them."""
    firsts = _first_names(ground)
    for match in re.finditer(_NAME, text):
        words = match[0].split()
        for one, other in pairwise(words):
            if fold(one) in firsts and fold(other) not in firsts[fold(one)]:
                yield from _strange(other, match.start() + match[0].index(other), ground)
    for match in _SPEAKERS.finditer(text):
        place = "before" if match["before"] else "after"
        first, *_, last = [*match[place].split()] * 2
        bare = place == "after" or not _PRECEDED.search(text[: match.start(place)])
        if bare and fold(first) not in STOPWORDS and "’" not in first and "'" not in first:
            yield from _strange(last, match.end(place) - len(last), ground)


def _first_names(ground: Ground) -> dict[str, set[str]]:
    """The first names of those whom the article quotes, with all other words of their names."""
    found: dict[str, set[str]] = {}
    for quote in ground.quotes:
        first, *rest = [fold(word) for word in (quote.speaker or "").split()] or [""]
        if rest and (quote.speaker or "")[0].isupper():
            found.setdefault(first, set()).update(rest)
    return found


def _strange(word: str, at: int, ground: Ground) -> Iterator[Name]:
    folded = fold(word)
    known = ground.known.words
    if folded in known or folded in STARTERS or folded in SAME or has_namesake(folded, known):
        return
    if not any(other[:_ALIKE] == folded[:_ALIKE] for other in known):
        yield Name(Span(at, at + len(word)), word, leading=False)
