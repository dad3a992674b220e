r"""Escaping: whatever an article says, a reader sees those characters and nothing else happens.

`discord(text)` and `commonmark(text)` put a backslash before each character that could act, and only there.
`undiscord` is the exact inverse for printable text, which the tests use to prove that nothing got lost.

Two things a backslash does not defuse:

* `@everyone` and `@here`: Discord looks for these in the raw message, so an invisible ZERO WIDTH SPACE is put
  after the `@`. (The bot's posts allow no mentions anyway; this is the second lock.)
* control characters, which are dropped by `printable` before anything else: an escape sequence in an article must
  not repaint a terminal, and an override of the writing direction must not turn the rest of a line around.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

_SPACER: Final = "\u200b"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# C0 but tab and newline, DEL, C1, and the two overrides of writing direction (RTL needs the marks and isolates)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202d\u202e]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDS_DIRECTION: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}

_LINE_START = re.compile(
    r"""(?mx) ^(?P<indent>[ \t]*)
        (?: (?P<marker>[-+\#>=])       # list, heading, quote, subtext ("-#"), a rule or an underlined heading
          | (?P<number>\d{1,9})(?P<after>[.)]) (?=\s|$)   # numbered list
        )"""
)
_DISCORD_INLINE = re.compile(
    r"""(?x)
      (?P<acts> [\\*_~`|<\[\]]                      # emphasis, strike, code, spoiler, mentions and stamps, links
        | (?<=\w) : (?=//)                          # a bare address with any scheme
        | : (?=[\w+-]+:)                            # :shortcode:
        | (?<=\b[wW][wW][wW]) \. (?=\w)             # www.
        | (?<=\bdiscord) \. (?=(?:gg|com|me|io|li|new)\b)   # invites need no scheme
        | (?<=\bdiscordapp) \. (?=com\b)
      )
    | (?P<ping> @) (?= \u200b* (?:everyone|here) )
    """,
    re.IGNORECASE,
)
_UNDISCORD = re.compile("\\\\([^0-9A-Za-z\\s])|(?<=@)\u200b(?=\u200b*(?:everyone|here))", re.IGNORECASE)
_COMMONMARK_INLINE = re.compile(
    r"""(?x) [\\*_~`|<>\[\]&$] | (?<=\w) : (?=//) | (?<=\b[wW][wW][wW]) \. (?=\w) | (?<=\S) @ (?=\S)"""
)

_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", re.IGNORECASE)
# What may stand in the target of a masked link; everything else is percent-encoded.
_URL_SAFE: Final = "/:?#@!$&'+,;=%~-._"
_LINK_TEXT_MAY_BE_MASKED = re.compile(r"^(?!.*(?:[\[\]]|\w+://|www\.)).+$", re.IGNORECASE)


def printable(text: str) -> str:
    """`text` as it may be shown anywhere: newlines end lines, no control characters, encodes as UTF-8."""
    return _LONE_SURROGATE.sub("\ufffd", _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """`printable(text)` with every run of white space as one space."""
    return " ".join(printable(text).split())


def closed(text: str) -> str:
    """`text`, and after it an end for each change of writing direction that it begins and leaves open.

    So an author's name cannot turn the date beside it around. What is added is invisible.
    """
    still_open: list[str] = []
    for mark in _DIRECTION.findall(text):
        if mark in _ENDS_DIRECTION:
            still_open.append(_ENDS_DIRECTION[mark])
        elif mark in still_open:  # an isolate's end closes what was begun inside it, too
            del still_open[len(still_open) - 1 - still_open[::-1].index(mark) :]
    return text + "".join(reversed(still_open))


def discord(text: str) -> str:
    """Discord Markdown that shows exactly `printable(text)`; safe at the start of a line, too."""
    return _LINE_START.sub(_escape_line_start, _DISCORD_INLINE.sub(_escape_inline, printable(text)))


def undiscord(markdown: str) -> str:
    """The text that Discord shows for the output of `discord`."""
    return _UNDISCORD.sub(r"\1", markdown)


def commonmark(text: str) -> str:
    """CommonMark (with GitHub's extensions) that shows exactly `printable(text)`."""
    return _LINE_START.sub(_escape_line_start, _COMMONMARK_INLINE.sub(r"\\\g<0>", printable(text)))


def web_address(url: str | None) -> str | None:
    """`url` in ASCII, without a user name, unable to leave a link's brackets; None if it is no http(s) address."""
    if not url:
        return None
    try:
        parts = urlsplit(one_line(url))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one: no such host can exist
        return None
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    return quote(parts._replace(netloc=f"{host}{port}").geturl(), safe=_URL_SAFE)


def discord_link(text: str, url: str | None) -> str:
    """A masked link, or only the text where Discord would not read it as one (brackets or an address inside)."""
    target, label = web_address(url), one_line(text)
    if target is None or not _LINK_TEXT_MAY_BE_MASKED.match(label):
        return discord(label)
    return f"[{discord(label)}](<{target}>)"


def commonmark_link(text: str, url: str | None) -> str:
    """A link in CommonMark, or only the text where `url` is no http(s) address."""
    target = web_address(url)
    label = commonmark(one_line(text))
    return label if target is None else f"[{label}](<{target}>)"


def _escape_inline(match: re.Match[str]) -> str:
    return f"@{_SPACER}" if match["ping"] else f"\\{match['acts']}"


def _escape_line_start(match: re.Match[str]) -> str:
    if match["marker"]:
        return f"{match['indent']}\\{match['marker']}"
    return f"{match['indent']}{match['number']}\\{match['after']}"
