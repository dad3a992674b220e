"""How many words a text has, in whichever script it is written."""

from __future__ import annotations

import re
from typing import Final

# What a character class needs for the scripts that set no blanks between words: Thai, Burmese, Khmer, kana, Han.
UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_A_WORD: Final = 2  # characters there


def word_count(text: str) -> int:
    """Words between blanks; where a script sets none, every two characters count as one."""
    spaced, unspaced = _UNSPACED.subn(" ", text)
    words = sum(any(map(str.isalnum, word)) for word in spaced.split()) if unspaced else len(spaced.split())
    return words + -(-unspaced // _A_WORD)
