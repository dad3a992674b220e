"""The people and bodies a text names: what "Saleh" is short for, what they are, and whether "he" or "she" fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.names import FEMALE, FEMALE_NOUNS, MALE, MALE_NOUNS
from bot.text.speech.tokens import Token

_APPOSED: Final = frozenset({"DET", "W", "CAP", "PREP", "GEN", "NUM", "ADV"})
_LONGEST_APPOSITION: Final = 14  # tokens


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: `name` without title, `role` and `apposition` stand before and after it."""

    start: int
    end: int
    name: str
    role: str | None
    apposition: str | None
    sentence: int
    inner: bool = True

    @property
    def office(self) -> str | None:
        """The role, if it is more than a courtesy."""
        if self.role is None or self.role.strip(".").lower() in lexicon.COURTESIES | lexicon.NAME_PARTICLES:
            return None
        return " ".join(self.role.split())


@dataclass(slots=True)
class Person:
    """Everything the text says of one bearer of a name."""

    name: str
    mentions: list[Mention] = field(default_factory=list)
    roles: Counter[str] = field(default_factory=Counter)
    female: int = 0
    male: int = 0

    @property
    def role(self) -> str | None:
        """What the text calls them most often; of equals, what says most."""
        return max(self.roles, key=lambda role: (self.roles[role], len(role)), default=None)

    @property
    def gender(self) -> str | None:
        """ "f", "m" or None when the text gives no sign."""
        if self.female == self.male:
            return None
        return "f" if self.female > self.male else "m"

    @property
    def is_body(self) -> bool:
        """Whether the name is an organisation's by one of its words."""
        return any(word.lower().strip(".") in lexicon.ORGANISATION_HEADS for word in self.name.split())


def split_name(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Title or affiliation, and the name proper, of the tokens of one noun phrase (empty when it has no name)."""
    end = next((i for i, t in enumerate(tokens) if i and t.tag == "PREP"), len(tokens))
    if not end or tokens[end - 1].tag != "CAP" or tokens[end - 1].low.rstrip(".") in lexicon.TITLES:
        return list(tokens), []
    begin = end
    while begin and _in_name(tokens, begin - 1, end):
        begin -= 1
    run = tokens[begin:end]
    cut = 0 if run[-1].low in lexicon.ORGANISATION_HEADS else _titles(run)
    if not cut and begin and tokens[begin - 1].tag == "DET":
        cut = _common_nouns(run)
    return list(tokens[: begin + cut]), list(run[cut:])


def _titles(run: Sequence[Token]) -> int:
    """How many words of a run of capitals are titles, or stand before one."""
    return max((at + 1 for at, token in enumerate(run[:-1]) if _is_title(token.low.rstrip("."))), default=0)


def _is_title(word: str) -> bool:
    return word in lexicon.TITLES or word.endswith(lexicon.OFFICES)


def _common_nouns(run: Sequence[Token]) -> int:
    """In "die Bürgermeisterin Petra Kühn", after an article: how many words stand before the given name."""
    given = MALE | FEMALE
    if run[0].low in given or len(run[0].low.rstrip(".")) < 2:
        return 0
    return next((at for at, token in enumerate(run[:-1]) if at and token.low in given), 0)


def _in_name(tokens: Sequence[Token], at: int, end: int) -> bool:
    token = tokens[at]
    if token.tag == "CAP":
        return True
    return token.low in lexicon.NAME_PARTICLES and 0 < at < end - 1 and tokens[at - 1].tag == "CAP"


def _is_headline(tokens: Sequence[Token]) -> bool:
    """Whether nearly every word has a capital: names cannot be told from other words there."""
    weighty = [t for t in tokens if t.tag in {"CAP", "W", "VERB"}]
    return len(weighty) > 3 and all(t.tag == "CAP" for t in weighty) and tokens[-1].word not in {",", ":"}


class Register:
    """Names of a text, found once, asked often."""

    def __init__(self, text: str, sentences: Sequence[Sequence[Token]]) -> None:
        self.text = text
        self.people: dict[str, Person] = {}
        self.by_last: dict[str, list[Person]] = {}
        self.mentions: list[tuple[Mention, Person]] = []
        runs = list(self._runs(sentences))
        lasts = {mention.name.split()[-1] for mention in runs if mention.inner}
        runs = [self._without_opener(mention, lasts) for mention in runs]
        for mention in runs:
            if " " in mention.name:
                self._add(mention)
        for mention in runs:
            if " " not in mention.name:
                self._add_short(mention)
        self.mentions.sort(key=lambda pair: pair[0].start)

    def _runs(self, sentences: Sequence[Sequence[Token]]) -> list[Mention]:
        found = []
        for number, tokens in enumerate(sentences):
            if _is_headline(tokens):
                continue
            at = 0
            while at < len(tokens):
                if tokens[at].tag != "CAP":
                    at += 1
                    continue
                end = at + 1
                while end < len(tokens) and (
                    tokens[end].tag == "CAP"
                    or (
                        tokens[end].low in lexicon.NAME_PARTICLES
                        and end + 1 < len(tokens)
                        and tokens[end + 1].tag == "CAP"
                    )
                ):
                    end += 1
                found.append(self._mention(tokens, at, end, number))
                at = end
        return [m for m in found if m is not None]

    def _mention(self, tokens: Sequence[Token], at: int, end: int, number: int) -> Mention | None:
        begin = at
        while begin > 0 and tokens[begin - 1].tag in {"W", "GEN"} and tokens[begin - 1].low not in {"s"}:
            if (
                tokens[begin - 1].low.rstrip(".") not in lexicon.TITLES
                and tokens[begin - 1].low not in MALE_NOUNS | FEMALE_NOUNS
            ):
                break
            begin -= 1
        title, name = split_name(tokens[begin:end])
        name = [t for t in name if t.low.rstrip(".") not in lexicon.TIME_WORDS]
        if not name:
            return None
        role = self.text[title[0].start : title[-1].end] if title else None
        spelled = self.text[name[0].start : name[-1].end]
        apposition = self._apposition(tokens, end) if name[-1].end == tokens[end - 1].end else None
        inner = name[0].start > tokens[0].start
        return Mention(name[0].start, name[-1].end, spelled, role, apposition, number, inner)

    def _apposition(self, tokens: Sequence[Token], comma: int) -> str | None:
        """In `Jane Roe, a pilot from Ohio, said`: "a pilot from Ohio"."""
        first = comma + 1
        if first + 1 >= len(tokens) or tokens[comma].word != ",":
            return None
        if tokens[first].low not in lexicon.ARTICLES and tokens[first].low not in lexicon.TITLES:
            return None
        end = first + 1
        while end < len(tokens) and end - first < _LONGEST_APPOSITION and tokens[end].tag in _APPOSED:
            end += 1
        if any(token.cue is not None and token.cue.form == "third" for token in tokens[first + 1 : end]):
            return None  # a clause
        closed = end == len(tokens) or tokens[end].tag in {"PUNCT", "QUOTE"} or tokens[end].low in {"who", "which"}
        told = any(token.tag == "W" or token.low in lexicon.TITLES for token in tokens[first + 1 : end])
        return self.text[tokens[first].start : tokens[end - 1].end] if closed and told else None

    @staticmethod
    def _without_opener(mention: Mention, lasts: set[str]) -> Mention:
        """`Top Roe advisers` at the head of a sentence names Roe: "Top" has its capital from there."""
        first, _, rest = mention.name.partition(" ")
        if mention.inner or not rest or " " in rest or rest not in lasts or first.lower() in MALE | FEMALE:
            return mention
        return replace(mention, start=mention.end - len(rest), name=rest)

    def _add(self, mention: Mention) -> None:
        person = self.people.get(mention.name)
        if person is None:
            person = self.people[mention.name] = Person(mention.name)
            first = mention.name.split()[0].lower().strip(".")
            person.female += 3 * (first in FEMALE)
            person.male += 3 * (first in MALE)
            words = mention.name.split()
            while len(words) > 1 and words[-1].lower().strip(".") in lexicon.NAME_SUFFIXES:
                words.pop()
            self.by_last.setdefault(words[-1], []).append(person)
        self._note(person, mention)

    def _add_short(self, mention: Mention) -> None:
        known = self.by_last.get(mention.name)
        if known:
            before = [p for p in known if p.mentions[0].start < mention.start]
            person = (before or known)[0]
        else:
            person = self.people.setdefault(mention.name, Person(mention.name))
        self._note(person, mention)

    def _note(self, person: Person, mention: Mention) -> None:
        person.mentions.append(mention)
        self.mentions.append((mention, person))
        said_of_them = " ".join(filter(None, (mention.role, mention.apposition)))
        if said_of_them:
            words = {w.strip(".").lower() for w in said_of_them.split()}
            person.female += 3 * bool(words & FEMALE_NOUNS)
            person.male += 3 * bool(words & MALE_NOUNS)
            told = mention.office or mention.apposition
            if told:
                person.roles[told] += 1

    def bearer(self, name: str, *, before: int) -> Person | None:
        """Whom a name, full or last, stands for at offset `before`; None for a name nobody else bears in full."""
        if " " in name and name in self.people:
            return self.people[name]
        last = name.rpartition(" ")[2]
        known = self.by_last.get(last, [])
        if " " in name:
            given = name.partition(" ")[0]
            known = [p for p in known if p.name.partition(" ")[0] == given]
        earlier = [p for p in known if p.mentions[0].start < before]
        return next(iter(earlier or known), None) or self.people.get(name)
