"""Roots of words, those as one that mean the same in news and in questions: "how many died", "killing twelve".

Looser than `words`, for finding where a text speaks of something; two of them alike prove nothing by themselves.
English only beyond the roots.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from bot.text.words import STOPWORDS, fold, stem, word_spans

# One row, one meaning.
_SAME_LIST: Final = """
die died dies dead death deaths dying kill killed kills killing victims fatal
injured injure injuries injury hurt wounded wound
cost costs price priced
paid pay pays paying spent spend
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
married marry marries
money funds funding
picture pictures
passenger passengers
"""
_MEANINGS: Final[Mapping[str, str]] = {
    stem(fold(word)): stem(fold(row.split()[0])) for row in _SAME_LIST.strip().splitlines() for word in row.split()
}


def meanings(text: str) -> frozenset[str]:
    """The roots of the meaningful words of a sentence, words for the same thing as one."""
    folded = (fold(span.of(text)) for span in word_spans(text))
    return frozenset(meaning(word) for word in folded if word not in STOPWORDS)


@lru_cache(maxsize=16_384)
def meaning(folded: str) -> str:
    """The root of a folded word, or of the first that means the same."""
    bare = folded.partition("'")[2] if folded[1:2] == "'" else folded  # French: "l'école"
    root = stem(bare)
    return _MEANINGS.get(root, root)
