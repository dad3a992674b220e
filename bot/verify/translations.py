"""A translation of a proven quote: never verbatim, so it must at least add nothing that can be looked up."""

from __future__ import annotations

from typing import Final

from bot.domain.draft import Finding
from bot.text.language import detect_language
from bot.text.words import fold
from bot.verify.exonyms import has_namesake
from bot.verify.foreign import one_script
from bot.verify.ground import Ground
from bot.verify.lexicon import STARTERS
from bot.verify.names import names
from bot.verify.numbers import ANY_FORM, decimal_mark, numbers
from bot.verify.sanitise import clean, glimpse, is_safe
from bot.verify.statements import LONGEST

_GROWTH: Final = 4  # times the quote's length: Chinese grows that much in European letters
_ALIKE: Final = 4
_CAPITAL_NOUNS: Final = frozenset({"de", "lb"})


def check_translation(proposed: str, quote: str, ground: Ground) -> str | Finding:
    """The translation on one line, or why it is dropped; `quote` is the proven original."""
    if len(proposed) > 4 * LONGEST or len(said := clean(proposed)) > min(LONGEST, _GROWTH * len(quote) + 40):
        return Finding(code="translation-too-long")
    if not is_safe(proposed, (quote,)):
        return Finding(code="translation-unsafe")
    if not any(map(str.isalpha, said)):
        return Finding(code="translation-empty")
    strange = _strange_number(said, quote, ground) or _strange_name(said, quote)
    return Finding(code="translation-unsupported", detail=glimpse(strange)) if strange else said


def _strange_number(said: str, quote: str, ground: Ground) -> str | None:
    """A number of the translation that the quote does not have."""
    known = numbers(quote, marks=decimal_mark(ground.document.language), language=ground.language)
    for number in numbers(said, marks=ANY_FORM, language=detect_language(said)):
        if not any(number.agrees(other) for other in known):
            return number.span.of(said)
    return None


def _strange_name(said: str, quote: str) -> str | None:
    """A capitalised word inside a sentence that is no word of the quote, nor like one.

    Not asked across scripts, nor of German, which writes every noun so.
    """
    if not one_script(said, quote) or detect_language(said) in _CAPITAL_NOUNS:
        return None
    known = {fold(word.strip(".,;:!?")) for word in quote.split()}
    for name in names(said):
        word = fold(name.word)
        if name.leading or word in STARTERS:
            continue
        if (
            word not in known
            and not has_namesake(word, known)
            and not any(other[:_ALIKE] == word[:_ALIKE] for other in known)
        ):
            return name.word
    return None
