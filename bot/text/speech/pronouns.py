"""Whom "he" and "she" stand for: the most salient bearer of a fitting name.

Salience is what the text has spent on somebody, fading with every sentence: much for a subject, more for a
speaker, less for an object, and a pronoun renews it. One pass from left to right, outside quotations only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.text.speech.people import Mention, Person, Register
from bot.text.speech.phrases import is_verb
from bot.text.speech.tokens import Token

_GENDER: Final = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_AGED: Final = re.compile(r"\d+-(?:year-old|jährigen?)")
_ARTICLES: Final = {"der": "m", "the": None, "die": None}
_FADE: Final = 0.25
_SUBJECT, _OBJECT, _GENITIVE, _SPEAKER, _AGAIN = 80.0, 40.0, 30.0, 60.0, 40.0
_FLOOR: Final = 0.3


def antecedents(
    sentences: Sequence[Sequence[Token]], register: Register, speaking: Iterable[int]
) -> dict[int, tuple[Person, Mention]]:
    """For each he or she, by the offset where it starts: the person, and the last mention by name."""
    by_sentence: dict[int, list[tuple[Mention, Person]]] = {}
    for mention, person in register.mentions:
        by_sentence.setdefault(mention.sentence, []).append((mention, person))
    speakers = set(speaking)
    salience: dict[str, float] = {}
    last: dict[str, Mention] = {}
    found: dict[int, tuple[Person, Mention]] = {}
    for number, tokens in enumerate(sentences):
        for name in list(salience):
            salience[name] *= _FADE
            if salience[name] < _FLOOR:
                del salience[name]
        named = {m.start: (m, p) for m, p in by_sentence.get(number, ())}
        for at, token in enumerate(tokens):
            if token.start in named:
                mention, person = named[token.start]
                weight = _weight(tokens, at, mention) + _SPEAKER * (mention.start in speakers)
                salience[person.name] = salience.get(person.name, 0.0) + weight * _likeness(
                    person, spoke=mention.start in speakers
                )
                last[person.name] = mention
                continue
            gender = _GENDER.get(token.low)
            aged = at > 0 and token.low[:1].isdigit() and stands_for(tokens[at - 1 : at + 1]) and _ends(tokens, at)
            if gender is None and not aged:
                continue
            person_ = _best(register, salience, gender)
            if person_ is None:
                continue
            found[token.start] = (person_, last[person_.name])
            again = _AGAIN + _SPEAKER * (token.start in speakers)
            if token.low in {"he", "she"} or aged:
                salience[person_.name] += again
            else:
                salience[person_.name] += again / 3
    return found


def stands_for(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is "the 27-year-old": somebody known, by an age."""
    return len(tokens) == 2 and tokens[0].low in _ARTICLES and _AGED.fullmatch(tokens[1].low) is not None


def _ends(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 == len(tokens) or tokens[at + 1].cue is not None or tokens[at + 1].tag not in {"W", "CAP", "GEN"}


def _weight(tokens: Sequence[Token], at: int, mention: Mention) -> float:
    after = at
    while after < len(tokens) and tokens[after].start < mention.end:
        after += 1
    if after < len(tokens) and tokens[after].tag == "GEN":
        return _GENITIVE
    while after < len(tokens) and tokens[after].tag == "ADV":
        after += 1
    if after < len(tokens) and (is_verb(tokens, after) or tokens[after].word in {",", "("}):
        return _SUBJECT if at == 0 or tokens[at - 1].tag != "PREP" else _OBJECT
    return _OBJECT


def _likeness(person: Person, *, spoke: bool) -> float:
    """How much a name looks like a person's."""
    if person.gender is not None:
        return 1.0
    if spoke and not person.is_body:
        return 0.9
    if person.role is not None:
        return 0.9
    return 0.5 if " " in person.name and not person.is_body else 0.1


def _best(register: Register, salience: dict[str, float], gender: str | None) -> Person | None:
    best: Person | None = None
    top = _FLOOR
    for name, value in salience.items():
        person = register.people[name]
        if gender is not None and person.gender not in {None, gender}:
            continue
        if value > top:
            best, top = person, value
    return best
