"""Whether the words around an expression speak of what was or what will be: that decides which Friday is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.text.dates.lexicon import words_of
from bot.text.dates.tokens import Token

Tense = Literal["past", "future"]

_FUTURE = frozenset(
    words_of(
        """
        will shall 'll would could should may might can going plans planned planning expects expected
        scheduled due set slated upcoming intends intend hopes hope aims vows promises proposed tomorrow
        until till payable must expires matures maturing redeemable effective deadline wo won forecast
        forecasts projected projects unless if
        """
    )
)
_PAST = frozenset(
    words_of(
        """
        was were had did been said told went came got made took gave found left began fell rose won lost
        met saw became kept held brought thought wrote stood heard let meant set ran paid sat spoke led
        grew sent built understood struck broke spent cut hit shot drew knew put read flew drove sought
        bought sold caught fought taught threw chose rode wore hung swore shook froze woke ended has have
        ago slid sank posted dropped
        """
    )
) - {"set", "hit", "put", "cut", "let", "read"}
_BEFORE, _AFTER = 24, 14


def _sentence_ends(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` ends a sentence (a full stop after an abbreviation or initial does not)."""
    token = tokens[index]
    if token.kind == "BREAK" or token.text in "?!":
        return True
    if token.text != "." or index == 0:
        return False
    before = tokens[index - 1]
    follows = tokens[index + 1].text[:1] if index + 1 < len(tokens) else ""
    return len(before.text) > 3 and not follows.islower() and (before.text.islower() or before.text.isdigit())


def _cue(tokens: Sequence[Token], index: int) -> Tense | None:
    low = tokens[index].low
    if low in _FUTURE:
        return "future"
    regular = len(low) > 4 and low.endswith("ed") and tokens[index].text.islower()
    if low in _PAST:
        return "past"
    if not regular:
        return None
    for back in range(index - 1, max(index - 4, -1), -1):  # "will be released", "to be released"
        word = tokens[back].low
        if word in ("be", "will", "to"):
            return "future"
        if word not in ("not", "also", "being", "likely"):
            break
    return "past"


def tense_at(tokens: Sequence[Token], first: int, end: int) -> Tense | None:
    """Tense of the clause around tokens [first, end): the nearest cue before it, else the nearest after it."""
    for index in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if _sentence_ends(tokens, index):
            break
        if found := _cue(tokens, index):
            return found
    for index in range(end, min(end + _AFTER, len(tokens))):
        if _sentence_ends(tokens, index):
            break
        if found := _cue(tokens, index):
            return found
    return None
