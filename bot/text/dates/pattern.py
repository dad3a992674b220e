"""A small notation for patterns over grammar symbols, compiled to regular expressions over drawn tokens.

`UPPER` names a symbol or a macro, `lower` is that very word, `name:( ... )` is a named group; `( ) | ? *` and the
look-around brackets `(?! (?= (?<! (?<=` mean what they mean in regular expressions. Blanks only separate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.text.dates.tokens import Alphabet

_NAME = re.compile(r"([a-z_0-9]+):\(|([A-Z][A-Z_0-9]*)|([a-zà-ÿ]+)")


def read_rules(source: str) -> list[tuple[str, str]]:
    """Rows of (name, pattern) from lines `name = pattern`; indented lines continue the one above."""
    joined = re.sub(r"\n[ \t]+", " ", source.strip())
    return [
        (name.strip(), pattern.strip())
        for name, _, pattern in (line.partition("=") for line in joined.splitlines())
    ]


def expand(source: str, macros: Mapping[str, str]) -> str:
    """Replace the macros in `source` by their own (expanded) text, in brackets."""

    def swap(found: re.Match[str]) -> str:
        name = found[2]
        return f"( {expand(macros[name], macros)} )" if name in macros else found[0]

    return _NAME.sub(swap, source)


def literals(sources: Iterable[str]) -> set[str]:
    """The words that stand literally in expanded patterns; each becomes a symbol of its own."""
    return {found[3] for source in sources for found in _NAME.finditer(source) if found[3]}


def compile_pattern(source: str, alphabet: Alphabet) -> re.Pattern[str]:
    """Compile an expanded pattern. Plain brackets do not capture."""

    def swap(found: re.Match[str]) -> str:
        if found[1]:
            return f"(?P<{found[1]}>"
        return alphabet.char_class(found[2] or found[3])

    plain = re.sub(r"(?<![:\w])\((?!\?)", "(?:", source)
    return re.compile(re.sub(r"\s+", "", _NAME.sub(swap, plain)))
