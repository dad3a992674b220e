"""Words of a paragraph with each outermost quotation as a single token, cut into sentences.

Attribution is a matter of what stands around a quotation, so what stands inside it is hidden here: a full stop in
a quotation does not end the sentence that carries it, a name in it is nobody's subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.speech import lexicon
from bot.text.speech.cues import AMBIGUOUS, VERBS
from bot.text.speech.lexicon import words
from bot.text.speech.quotations import Quotation

_TOKEN: Final = re.compile(
    r"""[@\#]\w+
      | [A-Za-z](?:\.[A-Za-z])+\.?
      | \d[\d,.:/%]*(?:st|nd|rd|th|s)?\b
      | [^\W_]+(?:[’'&.\-‑][^\W_]+)*
      | \n | \.{2,} | [^\w\s]
    """,
    re.VERBOSE,
)
_GENITIVE: Final = re.compile(r"(?<=\w)['’][sS]$")
_IRREGULAR_PAST: Final = words(
    "went came took got made saw met won lost left ran held kept led sent spent became began knew brought "
    "built bought broke chose drew drove fell felt found fought gave grew heard hit let paid put rose sat "
    "sold sought spoke stood struck taught threw thought told understood wore wrote said"
)
_NAMES_TOO: Final = frozenset({"will", "may"})
_TAKES_IS: Final = frozenset("he she it that who there here what where how this let everybody everyone".split())
_SENTENCE_END: Final = frozenset(".!?…")
_FOLD: Final = str.maketrans("’‑", "'-")


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation. `tag` is one of

    QUOTE, PUNCT, PRON, DET, PREP, CONJ, AUX, ADV, NUM, CAP (capitalised), GEN, VERB (by its form), W.
    """

    start: int
    end: int
    word: str
    low: str
    tag: str
    quote: int = -1


_CLASSES: Final[dict[str, str]] = {
    **dict.fromkeys(lexicon.PREPOSITIONS, "PREP"),
    **dict.fromkeys(lexicon.CONJUNCTIONS, "CONJ"),
    **dict.fromkeys(lexicon.DETERMINERS, "DET"),
    **dict.fromkeys(lexicon.ADVERBS | lexicon.NEGATIONS, "ADV"),
    **dict.fromkeys(lexicon.AUXILIARIES, "AUX"),
    **dict.fromkeys(lexicon.PRONOUNS, "PRON"),
    **dict.fromkeys(("that",), "CONJ"),
    **dict.fromkeys(("one", "this", "these", "those"), "DET"),
}


def _tag(word: str, low: str) -> str:
    known = _CLASSES.get(low)
    first = word[0]
    if known is not None and not (
        first.isupper() and low in {"us", "may", "will", "who", "it"} and word != word.capitalize()
    ):
        return known
    if not first.isalnum():
        return "CAP" if first in "@#" and len(word) > 1 else "PUNCT"
    if first.isdigit():
        return "NUM"
    if first.isupper():
        return "CAP"
    if low.endswith("ly") and low not in lexicon.NOT_ADVERBS:
        return "ADV"
    if low in VERBS and low not in AMBIGUOUS and VERBS[low].form in {"past", "third"}:
        return "VERB"
    if low in _IRREGULAR_PAST:
        return "VERB"
    return "W"


def _make(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    low = word.lower().translate(_FOLD)
    return Token(start, end, word, low, _tag(word, low))


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    done = start
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        if begin < done:
            continue
        done = stop
        word = match.group()
        if (
            stop < end
            and text[stop] == "."
            and (word.lower() in lexicon.ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I"))
        ):
            done = stop = stop + 1
        genitive = _GENITIVE.search(word)
        if genitive and stop == match.end():
            cut = begin + genitive.start()
            yield _make(text, begin, cut)
            is_verb = word[: genitive.start()].lower() in _TAKES_IS
            yield Token(cut, stop, text[cut:stop], "'s", "AUX" if is_verb else "GEN")
            continue
        if word in "'’" and begin > start and text[begin - 1] in "sS":
            yield Token(begin, stop, word, "'s", "GEN")
            continue
        yield _make(text, begin, stop)


def paragraph_tokens(text: str, block: Span, quotes: Sequence[tuple[int, Quotation]]) -> list[Token]:
    """The tokens of one paragraph; `quotes` are its outermost quotations with their numbers, in order."""
    tokens: list[Token] = []
    at = block.start
    for number, quote in quotes:
        tokens.extend(_words(text, at, quote.span.start))
        last = text[quote.words.end - 1]
        tokens.append(Token(quote.span.start, quote.span.end, "", last, "QUOTE", number))
        at = quote.span.end
    tokens.extend(_words(text, at, block.end))
    for index in range(1, len(tokens)):
        token = tokens[index]
        if token.low in _NAMES_TOO and token.word[0].isupper() and tokens[index - 1].word not in _SENTENCE_END:
            tokens[index] = token._replace(tag="CAP")
    return tokens


def sentences_of(text: str, tokens: Sequence[Token], quotes: Sequence[Quotation]) -> list[list[Token]]:
    """The tokens cut where a sentence ends outside a quotation, or inside it with a new one after it."""
    found: list[list[Token]] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or _ends(text, tokens, index, quotes):
            found.append(current)
            current = []
    return found


def _ends(text: str, tokens: Sequence[Token], index: int, quotes: Sequence[Quotation]) -> bool:
    token, following = tokens[index], tokens[index + 1]
    starts = (
        following.tag == "QUOTE"
        or following.word[:1].isupper()
        or following.tag == "NUM"
        or following.word in "[(•"
    )
    if token.tag == "PUNCT":
        return token.word[0] in _SENTENCE_END and starts
    if token.tag == "QUOTE":
        last = text[quotes[token.quote].words.end - 1]
        if last in ".…":
            return starts and not _says_and_stops(tokens, index + 1)
        return last in "?!" and starts and not _attribution_follows(tokens, index + 1)
    if (
        token.word.endswith(".")
        and len(token.word) > 2
        and following.tag in {"DET", "PRON", "CONJ", "PREP", "ADV", "QUOTE"}
    ):
        return starts and following.low not in {"of", "as"}
    return False


def _attribution_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether `John asked` stands at `at`: after "?" or "!" a capital does not yet start a new sentence."""
    if tokens[at].tag in {"PRON", "CONJ", "QUOTE"}:
        return False
    for token in tokens[at : at + 9]:
        if token.tag in {"PUNCT", "QUOTE", "AUX"}:
            return False
        cue = VERBS.get(token.low)
        if cue is not None and cue.kind == "say" and cue.form in {"past", "third"} and token.low not in AMBIGUOUS:
            return True
    return False


def _says_and_stops(tokens: Sequence[Token], at: int) -> bool:
    """Whether `Jane Roe said.` stands at `at`: a full stop where a comma should be."""
    for index in range(at, min(at + 7, len(tokens) - 1)):
        token = tokens[index]
        cue = VERBS.get(token.low)
        if cue is not None and cue.kind == "say" and cue.form in {"past", "third"} and token.tag != "CAP" and index > at:
            return tokens[index + 1].word == "."
        if token.tag not in {"CAP", "DET", "W", "PRON"}:
            return False
    return False
