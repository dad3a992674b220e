"""How many tokens a text costs, counted on this machine alone.

tiktoken fetches its vocabulary at first use, and waits for ever for a host that does not answer. So the vocabulary
is shipped with us, its sum is checked, and the encoding is built from it, once and only when the first text is
counted: it takes half a second and some 60 MB. Models of other families count differently (`bot.llm` learns by
how much); this count is the common measure.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import tiktoken

VOCABULARY: Final = "o200k_base.tiktoken.gz"
VOCABULARY_SHA256: Final = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
SPECIAL_TOKENS: Final = {"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}

# How o200k_base parts a text before it merges bytes: part of the vocabulary's definition, so kept as it is there.
_SUFFIX: Final = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PATTERN: Final = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + _SUFFIX,
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + _SUFFIX,
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)

# Merging takes more than linear time in the length of one unbroken run, and the pattern's stack is not endless.
# Nobody writes such words; a run this long is data, or an attack, and a cut in it costs a token at most.
LONGEST_RUN: Final = 2_000
_LONG_RUN: Final = re.compile(rf"\S{{{LONGEST_RUN}}}|\s{{{LONGEST_RUN}}}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The encoding, and how many bytes each token stands for, by its number."""

    encoding: tiktoken.Encoding
    lengths: list[int]


_loading = Lock()
_vocabulary: Vocabulary | None = None
_tried = False


def count_tokens(text: str) -> int:
    """Tokens of `text` in o200k_base; where that cannot be loaded, a third of the UTF-8 bytes, rounded up.

    Special tokens that stand in the text count as the plain characters they are. Safe to call from any thread.
    """
    loaded = vocabulary()
    if loaded is None:
        return guess_tokens(text)
    return sum(len(loaded.encoding.encode_ordinary(piece)) for piece in bounded(text))


def guess_tokens(text: str) -> int:
    """An estimate that needs no vocabulary, high for prose: UTF-8 bytes / 3, rounded up."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // 3)


def bounded(text: str) -> Iterator[str]:
    """`text` in order, in as few pieces as leave no run of one kind longer than LONGEST_RUN; most often in one."""
    if not may_hold_long_run(text):
        yield text
        return
    start = 0
    for run in _LONG_RUN.finditer(text):
        yield text[start : run.end()]
        start = run.end()
    if start < len(text):
        yield text[start:]


def may_hold_long_run(text: str) -> bool:
    """Whether a run could be that long: it would fill one of these blocks, wherever it began."""
    block = LONGEST_RUN // 2
    return any(
        len(text[start : start + block].split(None, 1)) < 2 for start in range(0, len(text) - block + 1, block)
    )


def vocabulary() -> Vocabulary | None:
    """The vocabulary, loaded at the first call; None where that is not possible."""
    global _vocabulary, _tried  # noqa: PLW0603  one vocabulary a process: 60 MB that nobody should hold twice
    if not _tried:
        with _loading:
            if not _tried:
                _vocabulary = _build()
                _tried = True
    return _vocabulary


def _build() -> Vocabulary | None:
    try:
        import tiktoken  # noqa: PLC0415  it brings a native library: loaded with the vocabulary, not before

        packed = (resources.files("bot.text") / "data" / VOCABULARY).read_bytes()
        listing = gzip.decompress(packed)
    except (ImportError, OSError, EOFError):
        return None
    if hashlib.sha256(listing).hexdigest() != VOCABULARY_SHA256:
        return None
    ranks: dict[bytes, int] = {}
    for line in listing.splitlines():
        token, _, rank = line.partition(b" ")
        ranks[a2b_base64(token)] = int(rank)
    lengths = [0] * (max(ranks.values()) + 1)
    for token, number in ranks.items():
        lengths[number] = len(token)
    encoding = tiktoken.Encoding(
        "o200k_base", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens=SPECIAL_TOKENS
    )
    encoding._mergeable_ranks = {}  # its own copy is native; this one is 28 MB that only pickling would need
    return Vocabulary(encoding, lengths)
