"""Words of a paragraph with each outermost quotation as a single token, cut into sentences.

Attribution is a matter of what stands around a quotation, so what stands inside it is hidden here: a full stop in
a quotation does not end the sentence that carries it, a name in it is nobody's subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.speech.cues import Cue
from bot.text.speech.grammar import Grammar
from bot.text.speech.lexicon import ABBREVIATIONS, NOT_ADVERBS, words
from bot.text.speech.quotations import Quotation

_TOKEN: Final = re.compile(
    r"""[@\#]\w+
      | [A-Za-z](?:\.[A-Za-z])+\.?
      | \d+(?:[\-‑][^\W\d_]+)+
      | \d[\d,.:/%]*(?:st|nd|rd|th|s)?\b
      | [^\W_]+(?:[’'&.\-‑][^\W_]+)*
      | \n | \.{2,} | [^\w\s]
    """,
    re.VERBOSE,
)
_GENITIVE: Final = re.compile(r"(?<=\w)['’][sS]$")
_LABEL: Final = re.compile(r"\s*([A-Z][A-Z’'.\-]{2,30}(?: [A-Z][A-Z’'.\-]{1,30}){0,3}):\s")
_IRREGULAR_PAST: Final = words(
    "went came took got made saw met won lost left ran held kept led sent spent became began knew brought "
    "built bought broke chose drew drove fell felt found fought gave grew heard hit let paid put rose sat "
    "sold sought spoke stood struck taught threw thought told understood wore wrote said"
)
_ALSO_NAMES: Final = frozenset({"us", "may", "will", "who", "it"})
_NAMES_TOO: Final = frozenset({"will", "may"})
_TAKES_IS: Final = words("he she it that who there here what where how this let everybody everyone")
_TAKES_PERSON: Final = words("tell ask remind inform assure reassure advise warn urge thank call order")
_LONGEST_SENTENCE: Final = 300  # tokens; what is longer is no sentence, and every search below stays bounded
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
    cue: Cue | None = None
    quote: int = -1


@lru_cache(maxsize=8192)
def _classified(word: str, grammar: Grammar) -> tuple[str, str, Cue | None]:
    low = word.lower().translate(_FOLD)
    tag = _tag(word, low, grammar)
    return low, tag, grammar.cues.get(low)


def _tag(word: str, low: str, grammar: Grammar) -> str:
    known = grammar.classes.get(low)
    if known is not None and not (low in _ALSO_NAMES and word.isupper() and len(word) > 1):
        return known
    first = word[0]
    if not first.isalnum():
        return "CAP" if first in "@#" and len(word) > 1 else "PUNCT"
    if first.isdigit():
        return "W" if low[-1].isalpha() and "-" in low else "NUM"
    if first.isupper():
        return "CAP"
    if grammar.code == "en" and low.endswith("ly") and low not in NOT_ADVERBS:
        return "ADV"
    cue = grammar.cues.get(low)
    if (cue is not None and cue.finite and not cue.noun) or low in _IRREGULAR_PAST:
        return "VERB"
    return "W"


def _make(text: str, start: int, end: int, grammar: Grammar) -> Token:
    word = text[start:end]
    low, tag, cue = _classified(word, grammar)
    return Token(start, end, word, low, tag, cue)


def _words(text: str, start: int, end: int, grammar: Grammar) -> Iterator[Token]:
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
            and (word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I"))
        ):
            done = stop = stop + 1
        genitive = _GENITIVE.search(word) if word[-1] in "sS" else None
        if genitive and stop == match.end():
            cut = begin + genitive.start()
            yield _make(text, begin, cut, grammar)
            is_verb = word[: genitive.start()].lower() in _TAKES_IS
            yield Token(cut, stop, text[cut:stop], "'s", "AUX" if is_verb else "GEN")
            continue
        enclitic = grammar.enclitic.search(word) if grammar.enclitic is not None else None
        if enclitic and enclitic.start():
            yield _make(text, begin, begin + enclitic.start(), grammar)
            yield _make(text, begin + enclitic.start(1), stop, grammar)
            continue
        if word in "'’" and begin > start and text[begin - 1] in "sS":
            yield Token(begin, stop, word, "'s", "GEN")
            continue
        yield _make(text, begin, stop, grammar)


def paragraph_tokens(
    text: str, block: Span, quotes: Sequence[tuple[int, Quotation]], grammar: Grammar
) -> list[Token]:
    """The tokens of one paragraph; `quotes` are its outermost quotations with their numbers, in order."""
    tokens: list[Token] = []
    at = block.start
    for number, quote in quotes:
        tokens.extend(_words(text, at, quote.span.start, grammar))
        last = text[quote.words.end - 1]
        tokens.append(Token(quote.span.start, quote.span.end, "", last, "QUOTE", None, number))
        at = quote.span.end
    tokens.extend(_words(text, at, block.end, grammar))
    for index in range(1, len(tokens)):
        token = tokens[index]
        if token.low in _NAMES_TOO and token.word[0].isupper() and tokens[index - 1].word not in _SENTENCE_END:
            tokens[index] = token._replace(tag="CAP")
    for index in range(len(tokens) - 1):
        if tokens[index].low == "her" and tokens[index].tag == "PRON" and _owns(tokens, index):
            tokens[index] = tokens[index]._replace(tag="DET")
    return tokens


def _owns(tokens: Sequence[Token], at: int) -> bool:
    """Whether "her" stands before what is hers and is no verb's object: "her colleague", not "told her"."""
    if tokens[at + 1].tag not in {"W", "CAP", "NUM"}:
        return False
    cue = tokens[at - 1].cue if at else None
    return cue is None or cue.lemma not in _TAKES_PERSON


def sentences_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens cut where a sentence ends outside a quotation, or inside it with a new one after it."""
    found: list[list[Token]] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or len(current) >= _LONGEST_SENTENCE or _ends(tokens, index):
            found.append(current)
            current = []
    return found


def _ends(tokens: Sequence[Token], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.tag not in {"PUNCT", "QUOTE"} and token.word[-1] != ".":
        return False
    starts = (
        following.tag == "QUOTE"
        or following.word[:1].isupper()
        or following.tag == "NUM"
        or following.word in "[(•"
    )
    if token.tag == "PUNCT":
        return token.word[0] in _SENTENCE_END and starts
    if token.tag == "QUOTE":
        last = token.low
        if last in ".…":
            return starts and not _says_and_stops(tokens, index + 1)
        return last in "?!" and starts and not _attribution_follows(tokens, index + 1)
    if len(token.word) > 2 and following.tag in {"DET", "PRON", "CONJ", "PREP", "ADV", "QUOTE"}:
        return starts and following.low not in {"of", "as"}
    return False


def _attribution_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether `John asked` stands at `at`: after "?" or "!" a capital does not yet start a new sentence."""
    if tokens[at].tag in {"PRON", "CONJ", "QUOTE"}:
        return False
    for token in tokens[at : at + 9]:
        if token.tag in {"PUNCT", "QUOTE", "AUX"}:
            return False
        if token.cue is not None and token.cue.kind in {"say", "weak"} and token.cue.finite and not token.cue.noun:
            return True
    return False


def _says_and_stops(tokens: Sequence[Token], at: int) -> bool:
    """Whether `Jane Roe said.` stands at `at`: a full stop where a comma should be."""
    for index in range(at, min(at + 7, len(tokens) - 1)):
        token = tokens[index]
        cue = token.cue
        if cue is not None and cue.kind == "say" and cue.finite and token.tag != "CAP" and index > at:
            return tokens[index + 1].word == "."
        if token.tag not in {"CAP", "DET", "W", "PRON"}:
            return False
    return False


def transcript_labels(text: str, quotes: Sequence[Quotation]) -> dict[int, Token]:
    """The label of each quotation that opens like a line of a transcript: `"ROE: Did you?"`."""
    found = {}
    for number, quote in enumerate(quotes):
        match = _LABEL.match(text, *quote.words)
        if match:
            start, end = match.span(1)
            found[number] = Token(start, end, match.group(1), match.group(1).lower(), "CAP")
    return found
