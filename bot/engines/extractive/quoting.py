"""The quotes worth showing when nobody chose them: whole, by a known speaker, of a length that can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.document import Document
from bot.domain.draft import Evidence, ProposedQuote
from bot.engines.extractive.candidates import story_sentences
from bot.engines.extractive.features import Likeness
from bot.text.speech import AttributedQuote, attributed_quotes
from bot.text.speech.lexicon import ARTICLES
from bot.text.words import content_stems, folded_words

FEWEST_WORDS, MOST_WORDS = 5, 60
BEST_WORDS: Final = range(10, 41)
_OPENING: Final = 2  # sentences of the story that tell, with the title, what the news is

# What a quote gains or loses; the frequency of its words adds up to about 0.3.
_NEWS: Final = 0.25  # it speaks of what the title and the opening speak of
_ENOUGH_NEWS: Final = 3  # words in common with them that tell as much as more would
_FIGURE: Final = 0.1  # it gives a number
_BEST_LENGTH: Final = 0.2
_NAMED: Final = 0.2  # the speaker has a name, not only a description
_WHOLE: Final = 0.5  # a sentence, or long enough to be a statement of its own, not a scrap of one
_STATEMENT_WORDS: Final = 10
_IN_TITLE: Final = 0.3  # lost where the headline says these words already
_LATE: Final = 0.15  # lost by the end of the article
_SAME_SPEAKER: Final = 0.6  # lost for each quote of that speaker taken before


class _Choice(NamedTuple):
    document: Document
    quote: AttributedQuote
    worth: float

    @property
    def order(self) -> int:
        return self.quote.span.start

    @property
    def speaker(self) -> str:
        """The speaker, alike for "an official from Kiel" and "the official from Kiel"."""
        words = (self.quote.speaker or "").casefold().split()
        return " ".join(words[1:] if words and words[0] in ARTICLES else words)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(folded_words(self.quote.words.of(self.document.text)))


def propose_quotes(documents: Sequence[Document], most: int) -> tuple[ProposedQuote, ...]:
    """Up to `most` quotes, spread over speakers, in reading order."""
    left = [choice for document in documents for choice in _choices(document)]
    heard: Counter[str] = Counter()
    said: set[tuple[str, ...]] = set()
    taken: list[_Choice] = []
    while left and len(taken) < most:
        best = max(left, key=lambda choice: choice.worth - _SAME_SPEAKER * heard[choice.speaker])
        left.remove(best)
        if best.words in said:  # the same words, told twice
            continue
        said.add(best.words)
        taken.append(best)
        heard[best.speaker] += 1
    place = {document.id: number for number, document in enumerate(documents)}
    taken.sort(key=lambda choice: (place[choice.document.id], choice.order))
    return tuple(_proposal(choice) for choice in taken)


def _choices(document: Document) -> list[_Choice]:
    text = document.text
    language = document.language if document.language != "und" else "en"
    story = story_sentences(document)
    stems = [frozenset(content_stems(sentence.of(text))) for sentence in story]
    likeness = Likeness(stems)
    news = frozenset(content_stems(document.title or "")).union(*stems[:_OPENING])
    found = []
    for quote in attributed_quotes(text, language=language, blocks=document.block_quotes):
        words = folded_words(quote.words.of(text))
        told = any(sentence.overlaps(quote.words) for sentence in story)
        if quote.key and told and quote.speaker and FEWEST_WORDS <= len(words) <= MOST_WORDS:
            found.append(_Choice(document, quote, _worth(quote, document, words, likeness, news)))
    return found


def _worth(
    quote: AttributedQuote, document: Document, words: Sequence[str], likeness: Likeness, news: frozenset[str]
) -> float:
    said, speaker = quote.words.of(document.text), quote.speaker or ""
    stems = set(content_stems(said))
    return (
        likeness.frequency(stems)
        + _NEWS * min(1.0, len(stems & news) / _ENOUGH_NEWS)
        + _FIGURE * any(word.isdigit() for word in words)
        + _BEST_LENGTH * (len(words) in BEST_WORDS)
        + _NAMED * any(word[:1].isupper() for word in speaker.split())
        + _WHOLE * (said[:1].isupper() and (said.rstrip()[-1:] in ".!?,…" or len(words) >= _STATEMENT_WORDS))
        - _IN_TITLE * (" ".join(words) in " ".join(folded_words(document.title or "")))
        - _LATE * quote.span.start / len(document.text)
    )


def _proposal(choice: _Choice) -> ProposedQuote:
    place = Evidence(source=choice.document.id, start=choice.quote.words.start, end=choice.quote.words.end)
    said = choice.quote.words.of(choice.document.text)
    return ProposedQuote(text=said, speaker=choice.quote.speaker, evidence=(place,))
