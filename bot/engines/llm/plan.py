"""How much is read at once: the token budget of one call, and the chunks of whole passages that fit it.

Our count is not the model's. The factor between them is learned from the usage that the endpoint reports.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from bot.domain.errors import ContextOverflowError
from bot.domain.section import Section
from bot.engines.llm.passages import Header, Passage
from bot.wording import Phrase

CHAT_TOKENS: Final = 32  # what a chat template adds around two messages
LEAST_BUDGET: Final = 120  # tokens; below it a call reads less than it costs
_LEARNT_FROM: Final = 300  # tokens; the ratio of a shorter prompt says little
_MARGIN: Final = 1.05
_SEEMS_CUT: Final = 0.5


class TokenFactor:
    """How many tokens of the model's one of ours may be: a guess until its figures teach better, never below 1."""

    def __init__(self, guess: float) -> None:
        self._guess = guess
        self._seen: deque[float] = deque(maxlen=16)

    @property
    def value(self) -> float:
        """The factor to plan with: the largest of the last ratios, with a margin."""
        return max(1.0, *self._seen) * _MARGIN if self._seen else self._guess

    def observe(self, counted: int, reported: int) -> bool:
        """Learns from one call; False where the endpoint counted so few that it must have cut the prompt."""
        if counted < _LEARNT_FROM or reported <= 0:
            return True
        ratio = reported / counted
        if ratio < _SEEMS_CUT:
            return False
        self._seen.append(min(ratio, 4.0))
        return True

    def overflowed(self) -> None:
        """Learns from a prompt that was too long although we thought that it fitted."""
        self._seen.append(min(self.value * 1.25, 4.0))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Passages that one call reads: part `part` of `parts`, `depth` times halved since it was planned."""

    passages: tuple[Passage, ...]
    part: int = 1
    parts: int = 1
    depth: int = 0

    @property
    def name(self) -> Phrase:
        """How a person is told of it, inside a sentence."""
        numbers = {"part": self.part, "parts": self.parts}
        if self.parts > 1:
            piece, part = (
                Phrase("a piece of part {part} of {parts}", **numbers),
                Phrase("part {part} of {parts}", **numbers),
            )
            return piece if self.depth else part
        return Phrase("a piece of the text") if self.depth else Phrase("the text")

    def not_read(self, why: str | Phrase) -> Phrase:
        """The sentence that says so."""
        numbers = {"part": self.part, "parts": self.parts, "why": why}
        if self.parts > 1 and self.depth:
            return Phrase("A piece of part {part} of {parts} was not read: {why}", **numbers)
        if self.parts > 1:
            return Phrase("Part {part} of {parts} was not read: {why}", **numbers)
        if self.depth:
            return Phrase("A piece of the text was not read: {why}", why=why)
        return Phrase("The text was not read: {why}", why=why)

    def halves(self) -> tuple[Chunk, Chunk]:
        """The chunk in two, at the passage nearest to half of its tokens. Needs two passages."""
        half, cut = sum(passage.tokens for passage in self.passages) / 2, 0
        while cut < len(self.passages) - 1 and half > 0:
            half -= self.passages[cut].tokens
            cut += 1
        return (
            Chunk(self.passages[:cut], self.part, self.parts, self.depth + 1),
            Chunk(self.passages[cut:], self.part, self.parts, self.depth + 1),
        )


def answer_room(context: int, wanted: int) -> int:
    """Tokens kept for the answer: what is wanted, but never more than a quarter of a small context."""
    return min(wanted, context // 4)


def article_budget(context: int, answer: int, overhead: int, factor: float) -> int:
    """Tokens of ours that the article may take in one call. Raises ContextOverflowError where nothing is left."""
    budget = int((context - answer) / factor) - overhead - CHAT_TOKENS
    if budget < LEAST_BUDGET:
        raise ContextOverflowError(
            Phrase("The prompts alone fill what the model reads."),
            cure=Phrase("The prompts have to be shorter, or LLM_CONTEXT_TOKENS higher, if the model reads more."),
        )
    return budget


def plan(passages: Sequence[Passage], headers: Sequence[Header], budget: int) -> tuple[Chunk, ...]:
    """The fewest chunks of whole passages under `budget` tokens, of about the same size; order is kept."""
    packs = _packed(passages, headers, budget)
    if len(packs) > 1:
        even = ceil(sum(map(_tokens, packs)) / len(packs) * _MARGIN)
        balanced = _packed(passages, headers, min(budget, even))
        packs = balanced if len(balanced) == len(packs) else packs
    return tuple(Chunk(tuple(pack), part, len(packs)) for part, pack in enumerate(packs, start=1))


def _tokens(pack: Sequence[Passage]) -> int:
    return sum(passage.tokens for passage in pack)


def _packed(passages: Sequence[Passage], headers: Sequence[Header], budget: int) -> list[list[Passage]]:
    packs: list[list[Passage]] = []
    held = 0
    for passage in passages:
        new_document = not packs or packs[-1][-1].document != passage.document
        tokens = passage.tokens + (headers[passage.document].tokens if new_document else 0)
        if packs and held + tokens <= budget:
            packs[-1].append(passage)
            held += tokens
        else:
            packs.append([passage])
            held = passage.tokens + headers[passage.document].tokens
    return packs


def share(section: Section, parts: int) -> Section:
    """The Section as it is asked of one of `parts` chunks: twice what is needed in all, at least two a chunk."""
    asked = max(2, ceil(2 * section.max_items / parts))
    return section if parts == 1 or asked >= section.max_items else section.model_copy(update={"max_items": asked})
