"""What a question asks for: the words that an answer should hold, and the kind of thing that it has to name.

Lexical throughout: roots of words, a table of question words by language, and a short table of English words that
news and readers use for the same thing ("how many died", "killing twelve").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bot.text.words import STOPWORDS, fold, stem, word_spans

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

# One row, one meaning. English only.
_SAME_LIST: Final = """
die died dies dead death deaths dying kill killed kills killing victims fatal
injured injure injuries injury hurt wounded wound
cost costs price priced paid pay pays paying spent spend worth
buy buys bought buyer buyers purchase purchased
sell sells sold seller
win wins won winner winning victory
begin begins began begun start starts started
close closes closed closure shut shuts
employ employs employed employees worker workers jobs job staff workforce
lead leads led leader leaders head heads headed
own owns owned owner owners belongs
write writes wrote written author authors
rise rises rose risen increase increased grow grows grew grown
fall falls fell fallen drop dropped decline declined slip slipped
lose loses lost
find finds found
take takes took taken
leave leaves left
build builds built
break breaks broke broken
steal steals stole stolen theft
burn burns burned burnt fire
give gives gave given
send sends sent
hold holds held
speak speaks spoke spoken
meet meets met meeting
choose chooses chose chosen
resign resigns resigned resignation
vote votes voted
hit hits struck strike
draw draws drew drawn
run runs ran
drive drives drove driver
study studies studied research researchers
married marry husband wife spouse
money funds funding
picture pictures
passenger passengers
"""
_MEANINGS: Final[Mapping[str, str]] = {
    stem(fold(word)): stem(fold(row.split()[0])) for row in _SAME_LIST.strip().splitlines() for word in row.split()
}
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


def meanings(text: str) -> frozenset[str]:
    """The roots of the meaningful words of a sentence, words for the same thing as one."""
    folded = (fold(span.of(text)) for span in word_spans(text))
    return frozenset(meaning(word) for word in folded if word not in STOPWORDS)


@lru_cache(maxsize=65_536)
def meaning(folded: str) -> str:
    """The root of a folded word, or of the first that means the same."""
    bare = folded.partition("'")[2] if folded[1:2] == "'" else folded  # French: "l'école"
    root = stem(bare)
    return _MEANINGS.get(root, root)
