"""What a question asks for: the words that an answer should hold, and the kind of thing that it has to name.

Lexical throughout: the roots of its words, and a table of question words by language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.text.meanings import meaning
from bot.text.words import STOPWORDS, fold, word_spans

Wanted = Literal["person", "time", "number", "place", "reason", "anything"]

NAME: Final = 1.4  # what a name or a number weighs in a question, a common word weighing one

# What a question opens with, or has behind a preposition ("since when"), and what its answer then has to name.
_OPENINGS: Final[tuple[tuple[Wanted, str], ...]] = (
    (
        "number",
        r"how (?:many|much|old|long|far|tall|large|big|high|deep|heavy|strong|fast|often|wide|small|expensive)"
        r"|(?:what|which) (?:share|percentage|proportion|number|amount|price|rate|magnitude|score)"
        r"|what is the (?:\w+ ){0,3}(?:rate|price|number|salary|profit|target|cost|score|size|age|magnitude)"
        r"|wie ?(?:viele?|hoch|gross|groß|alt|lange|weit|oft|stark|teuer|schnell)|combien"
        r"|cu[aá]nt[oa]s?|quant[oaie]+s?|hoeveel|hur (?:många|mycket)",
    ),
    (
        "time",
        r"when|(?:what|which) (?:day|date|year|month|time|week)|how soon|wann|welche[snm]? (?:tag|jahr|datum)"
        r"|quand|cu[aá]ndo|quando|wanneer|när",
    ),
    (
        "person",
        r"who|whose|whom|what is the name|wer|wem|wen|wessen|wie hei(?:ß|ss)t|qui|qui[eé]n(?:es)?|chi|quem|wie is",
    ),
    (
        "place",
        r"where|(?:what|which) (?:town|city|country|place|village|street)"
        r"|wo|wohin|woher|où|d'où|d[oó]nde|dove|onde|waar",
    ),
    (
        "reason",
        r"why|how come|what (?:caused|led to|is the reason)"
        r"|warum|wieso|weshalb|pourquoi|por qu[eé]|perch[eé]|waarom",
    ),
)
_PREPOSITION: Final = (
    r"(?:(?:in|at|on|by|to|from|with|since|until|of|for|about|seit|bis|von|mit|depuis|desde|de|à|a) )?"
)
_KINDS: Final = tuple(
    (wanted, re.compile(rf"\W*{_PREPOSITION}(?:{words})\b", re.IGNORECASE)) for wanted, words in _OPENINGS
)

# Words of questions that no answer repeats.
_ASKING_LIST: Final = """
who whose whom what which when where why how many much name old long far tall large big high deep heavy strong
fast often wide small expensive day date year month time percent percentage share proportion amount number
please tell know question answer article text story happen happened happens exactly currently people person
wer wem wen wessen was wann wo wohin woher warum wieso weshalb welche welcher welches wie viel viele alt lange
hoch heisst name hat ist sind wird
qui quoi quand ou comment pourquoi combien quel quelle quels quelles est que a t
quien quienes cuando donde cuanto cuantos cuanta cuantas cual cuales por
"""
_ASKING: Final = frozenset(_ASKING_LIST.split())

_STARTS_ANEW: Final = re.compile(r"[.!?:…]['\"”’»)]*\s+$")


@dataclass(frozen=True, slots=True)
class Question:
    """`roots`: the meaningful words, each with its weight beside its rarity; `wanted`: what has to be named."""

    roots: Mapping[str, float]
    wanted: Wanted


def question_of(text: str, language: str = "en") -> Question:
    """What `text` asks. A question without a meaningful word has no roots."""
    roots: dict[str, float] = {}
    for span in word_spans(text):
        word = span.of(text)
        folded = fold(word)
        if folded in STOPWORDS or folded in _ASKING or (len(folded) < 2 and not folded.isdigit()):
            continue
        first = span.start == 0 or _STARTS_ANEW.search(text, 0, span.start) is not None
        name = (word[:1].isupper() and not first and language not in {"de", "lb"}) or word[:1].isdigit()
        root = meaning(folded)
        roots[root] = max(roots.get(root, 0.0), NAME if name else 1.0)
    return Question(roots, next((wanted for wanted, kind in _KINDS if kind.match(text)), "anything"))
