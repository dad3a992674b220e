"""What a model's words must be rid of before they are held against a text, and what no reader may be shown.

Markup is not our matter: every renderer escapes for its own place. Here falls what would act on a reader or on a
chat whatever the place: links and mentions that the article does not hold, and characters nobody can see.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_TOKEN: Final = 40  # characters of a model's text that a Finding may show

# Written without a need in any script; dropped in silence.
_HARMLESS: Final = frozenset("\u00ad\ufeff")
# Joiners that Persian, Indic scripts and emoji need; kept where the article writes them too.
_JOINERS: Final = frozenset("\u200c\u200d")
_ACTIVE: Final = re.compile(
    r"""https?:|ftp:|\bwww\.|\bdiscord\.gg|\]\(          # links, also in Markdown
    | \b[\w-]+\.(?:com|net|org|io|gg|co|ru|info|biz|xyz|me|app|dev|link|click|top|site|online|uk|de)\b
    | @\s?(?:everyone|here)\b | <\s?(?:@[!&]?|\#|:\w+:|a:\w+:|t:|/)  # pings and other commands of a chat
    | \b(?:javascript|mailto): """,
    re.VERBOSE | re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` on one line, without control, private or invisible characters; joiners stay."""
    composed = unicodedata.normalize("NFC", text)
    table = {ord(character): _in_place_of(character) for character in set(composed) if not character.isprintable()}
    return _BLANKS.sub(" ", composed.translate(table)).strip()


def hidden(text: str) -> frozenset[str]:
    """The characters of `text` that print nothing or turn the writing around."""
    return frozenset(
        character
        for character in set(text)
        if unicodedata.category(character) == "Cf" and character not in _HARMLESS
    )


def active(text: str) -> list[str]:
    """The stretches of `text` that a chat or a browser would act on: links, mentions, commands."""
    words = text.split()
    return [word for word in words if _ACTIVE.search(word)] or [match[0] for match in _ACTIVE.finditer(text)]


def is_safe(text: str, sources: tuple[str, ...]) -> bool:
    """Whether all that is active or hidden in a model's `text` stands so in one of the `sources`."""
    for stretch in active(text):
        if not any(stretch.strip("\"'“”‘’.,;:!?()") in source for source in sources):
            return False
    return all(any(character in source for source in sources) for character in hidden(text))


def glimpse(text: str) -> str:
    """The first words of a model's text, few enough for a Finding; nothing where they are not safe to show."""
    if active(text) or hidden(text):
        return ""
    return " ".join(clean(text[: 4 * LONGEST_TOKEN]).split()[:4])[:LONGEST_TOKEN]


def _in_place_of(character: str) -> str:
    """What stands for a character that does not print: a blank for a blank or a control, else nothing."""
    if character in _JOINERS:
        return character
    return " " if character.isspace() or unicodedata.category(character) == "Cc" else ""
