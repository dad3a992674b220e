"""How fast, how full and how clean chunks are: `python -m bench.chunking`.

The text is written here, from a fixed seed, so that the figures of two machines or two versions can be compared.
Raw tiktoken (one encoding of the whole text) and `chunks()` are timed in turns in one run; the ratio is the median
over the rounds, with every cache emptied before each.
"""

from __future__ import annotations

import random
from statistics import fmean, median
from time import perf_counter

from bot.text import paragraphs as paragraphs_module
from bot.text import sentences as sentences_module
from bot.text.chunks import chunks
from bot.text.paragraphs import paragraphs
from bot.text.sentences import sentences
from bot.text.tokens import count_tokens, vocabulary

WORDS = 30_000
ROUNDS = 15
BUDGETS = (400, 1_000, 4_000)

WHO = (
    "the mayor",
    "Ina Brandt",
    "a spokesman for the port",
    "Gov. Tom Marsh",
    "the U.S. owner",
    "divers from the navy",
)
DID = (
    "asked for patience",
    "refused to give a date",
    "put the damage at $4.2 million",
    "blamed the 1,250-ton barge",
)
WHERE = (
    "on the quay",
    "at 3 p.m. on Friday",
    "in a letter to the council",
    "after the storm of Jan. 5",
    "without a word",
)
WHY = (
    "because nobody had measured the channel",
    "although the insurers had warned them",
    "which surprised no one here",
)
SAID = ("“We will look again tomorrow. We owe it to the crews,”", "“It is over,”", "“Why would we stop now?”")


def article(words: int = WORDS, gap: str = "\n\n", seed: int = 7) -> str:
    """Prose of about `words` words, in paragraphs of one to five sentences, as a newspaper sets it."""
    chance = random.Random(seed)
    told: list[str] = []
    written = 0
    while written < words:
        part = " ".join(_sentence(chance) for _ in range(chance.randint(1, 5)))
        written += len(part.split())
        told.append(part)
    return gap.join(told)


def _sentence(chance: random.Random) -> str:
    who = chance.choice(WHO)
    if chance.random() < 0.25:
        return f"{chance.choice(SAID)} {who} said {chance.choice(WHERE)}."
    clauses = [who, chance.choice(DID)]
    clauses += chance.sample(
        [chance.choice(WHERE), chance.choice(WHY), f"in round {chance.randint(2, 99)}"], chance.randint(1, 3)
    )
    line = " ".join(clauses) + "."
    return line[0].upper() + line[1:]


def measure(text: str, budget: int, rounds: int = ROUNDS) -> dict[str, float]:
    """Speed against raw tiktoken, fill of all chunks but the last, and cuts that fall inside a sentence."""
    loaded = vocabulary()
    if loaded is None:
        raise SystemExit("The vocabulary could not be loaded; see bot/text/data.")
    ratios, speeds = [], []
    for _ in range(rounds):
        paragraphs_module._paragraphs.cache_clear()
        sentences_module._split.cache_clear()
        begin = perf_counter()
        loaded.encoding.encode_ordinary(text)
        encoded = perf_counter()
        found = chunks(text, max_tokens=budget)
        packed = perf_counter()
        ratios.append((encoded - begin) / (packed - encoded))
        speeds.append(len(text.encode()) / (packed - encoded) / 1e6)
    sizes = [count_tokens(chunk.of(text)) for chunk in found]
    sentence_ends = {end for _, end in sentences(text)}
    paragraph_ends = {end for _, end in paragraphs(text)}
    return {
        "ratio to raw tiktoken": round(median(ratios), 3),
        "MB a second": round(median(speeds), 2),
        "chunks": len(found),
        "fill": round(fmean(sizes[:-1] or sizes) / budget, 3),
        "most tokens": max(sizes),
        "cuts inside a sentence": sum(chunk.end not in sentence_ends for chunk in found),
        "cuts at a paragraph's end": sum(chunk.end in paragraph_ends for chunk in found),
    }


def main() -> dict[str, float]:
    """Measure every budget, print a line a figure, and return the figures by name."""
    figures: dict[str, float] = {}
    for shape, gap in (("paragraphs", "\n\n"), ("one paragraph", " ")):
        text = article(gap=gap)
        for budget in BUDGETS:
            for name, value in measure(text, budget).items():
                figures[f"{shape}, {budget} tokens: {name}"] = value
    for name, value in figures.items():
        print(f"{name}: {value}")
    return figures


if __name__ == "__main__":
    main()
