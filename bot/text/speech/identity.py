"""From the words that name a speaker to the speaker: full name, role, and where the text says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.value import Span
from bot.text.speech.lexicon import COURTESIES, NAME_PARTICLES
from bot.text.speech.monologue import Credit
from bot.text.speech.people import Register, split_name
from bot.text.speech.pronouns import antecedents, stands_for
from bot.text.speech.tokens import Token


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker: `name` is None where a pronoun has no antecedent."""

    name: str | None
    role: str | None
    evidence: tuple[Span, ...]


class Identities:
    """The people of one text, asked by credit."""

    def __init__(self, text: str, sentences: Sequence[Sequence[Token]], credited: Iterable[Credit]) -> None:
        self.text = text
        self.register = Register(text, sentences)
        speaking = {t.start for credit in credited for t in credit.tokens if t.tag in {"CAP", "PRON"}}
        self.referents = antecedents(sentences, self.register, speaking)

    def of(self, credit: Credit) -> Identity:
        """Who the credited words stand for; a common noun phrase stands for itself."""
        mention = credit.span
        first = credit.tokens[0]
        if first.tag == "PRON" or (len(credit.tokens) == 1 and first.tag == "DET") or stands_for(credit.tokens):
            known = self.referents.get(credit.tokens[-1].start)
            if known is None:
                return Identity(None, None, (mention,))
            person, antecedent = known
            return Identity(person.name, person.role, (mention, Span(antecedent.start, antecedent.end)))
        title, name = split_name(credit.tokens)
        if not name:
            return Identity(mention.of(self.text), None, (mention,))
        spelled = self.text[name[0].start : name[-1].end]
        asked = spelled.title() if credit.rule == "transcript" else spelled
        bearer = self.register.bearer(asked, before=mention.end)
        if bearer is None:
            return Identity(spelled, self._role(title) or self._role(credit.described), (mention,))
        evidence: tuple[Span, ...] = (mention,)
        if bearer.name != spelled:
            full = bearer.mentions[0]
            evidence = (mention, Span(full.start, full.end))
        return Identity(bearer.name, self._role(title) or self._role(credit.described) or bearer.role, evidence)

    def _role(self, title: Sequence[Token]) -> str | None:
        """The words before the name, without article and genitive: "State Department spokesman", "NPR"."""
        last = max((i for i, t in enumerate(title) if t.tag == "CONJ" or t.word == "&"), default=-1)
        kept = list(title[last + 1 :])
        while kept and kept[-1].tag == "GEN":
            kept.pop()
        while kept and (kept[0].tag in {"DET", "GEN", "ADV"} or kept[0].word[0] in "#@"):
            kept = kept[1:]
        if {t.low.rstrip(".") for t in kept if t.tag in {"CAP", "W"}} <= COURTESIES | NAME_PARTICLES:
            return None
        return " ".join(self.text[kept[0].start : kept[-1].end].split())
