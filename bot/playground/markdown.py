"""Discord's Markdown as HTML: markdown-it with most of CommonMark off and Discord's own few rules on.

Everything a message says is escaped; the only tags and addresses that come out are written here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

NameOf = Callable[[str, int], str]
"""Gives the name to show for a mention: kind "user", "role" or "channel", and the id."""

_HEADING = re.compile(r"(#{1,3}|-#)[ \t]+(\S.*)")
_ANGLE = re.compile(
    r"<(?:(?P<user>@!?)(?P<uid>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|/(?P<command>[^:>]+):\d+"
    r"|t:(?P<time>-?\d{1,13})(?::(?P<style>[tTdDfFR]))?|a?:(?P<emoji>\w+):\d+|(?P<link>https?://[^\s<>]+))>"
)
_EVERYONE = re.compile(r"@(everyone|here)\b")
_BARE = re.compile(r"://[^\s<>|]+")
_WORDS = re.compile(r"[^\n\\`*_~|:<>@!\[\]&]+")
_TRAILING = ".,:;!?\"'”’»)]}*_~"

_FORMATS = {
    "t": "%H:%M",
    "T": "%H:%M:%S",
    "d": "%d/%m/%Y",
    "D": "%-d %B %Y",
    "f": "%-d %B %Y %H:%M",
    "F": "%A, %-d %B %Y %H:%M",
    "R": "%-d %B %Y %H:%M",
}


def to_html(text: str, name_of: NameOf | None = None) -> str:
    """The HTML of a message's text or a text display."""
    return str(_PARSER.render(text, {"name_of": name_of or _plain_name}))


def _plain_name(kind: str, identity: int) -> str:
    return f"unknown-{kind}" if kind != "user" else str(identity)


# --- blocks ---------------------------------------------------------------------------------------------------


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`#` to `###`, and `-#` for small print; nothing else is a heading in Discord."""
    found = _HEADING.fullmatch(_line(state, start).rstrip())
    if found is None:
        return False
    if silent:
        return True
    tag = "small" if found[1] == "-#" else f"h{len(found[1])}"
    state.line = start + 1
    opened = state.push("heading_open", tag, 1)
    opened.attrSet("class", "subtext" if tag == "small" else "heading")
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = found[2], [start, state.line], []
    state.push("heading_close", tag, -1)
    return True


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`> ` quotes its line only, `>>> ` all that follows."""
    first = _line(state, start)
    if not first.startswith(("> ", ">>> ")):
        return False
    if silent:
        return True
    if first.startswith(">>> "):
        lines, stop = [first[4:]], end
        lines += [state.src[state.bMarks[n] : state.eMarks[n]] for n in range(start + 1, end)]
    else:
        stop = start
        while stop < end and _line(state, stop).startswith("> "):
            stop += 1
        lines = [_line(state, n)[2:] for n in range(start, stop)]
    state.push("blockquote_open", "blockquote", 1)
    state.md.block.parse("\n".join(lines), state.md, state.env, state.tokens)
    state.push("blockquote_close", "blockquote", -1)
    state.line = stop
    return True


def _no_lazy_lines(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that is not indented ends a list; CommonMark would take it into the last item."""
    return silent and state.sCount[start] < state.blkIndent


# --- inline ---------------------------------------------------------------------------------------------------


def _text(state: StateInline, silent: bool) -> bool:
    """Plain words up to the next character that any rule starts at; unlike the built-in rule it stops at `|`."""
    found = _WORDS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _angle(state: StateInline, silent: bool) -> bool:
    """Mentions, timestamps, custom emoji and `<https://...>`."""
    found = _ANGLE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        if found["link"]:
            _push_link(state, found["link"])
        else:
            token = state.push("discord", "", 0)
            token.meta = found.groupdict()
    state.pos = found.end()
    return True


def _everyone(state: StateInline, silent: bool) -> bool:
    found = _EVERYONE.match(state.src, state.pos)
    if found is None or (state.pos > 0 and state.src[state.pos - 1].isalnum()):
        return False
    if not silent:
        state.push("discord", "", 0).meta = {"everyone": found[1]}
    state.pos = found.end()
    return True


def _bare_link(state: StateInline, silent: bool) -> bool:
    """An address that just stands there. The scheme is already in `pending` when its colon is met."""
    found = _BARE.match(state.src, state.pos)
    scheme = re.search(r"https?$", state.pending)
    if found is None or scheme is None or state.linkLevel > 0:
        return False
    rest = found[0]
    while rest and rest[-1] in _TRAILING and not (rest[-1] == ")" and "(" in rest):
        rest = rest[:-1]
    if len(rest) <= 3:
        return False
    if not silent:
        state.pending = state.pending[: scheme.start()]
        _push_link(state, scheme[0] + rest)
    state.pos += len(rest)
    return True


def _push_link(state: StateInline, address: str) -> None:
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": address}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)


def _spoiler(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("||", state.pos):
        return False
    end = state.src.find("||", state.pos + 2, state.posMax)
    if end <= state.pos + 2:
        return False
    start, most = state.pos, state.posMax
    if not silent:
        state.pos, state.posMax = start + 2, end
        state.push("spoiler_open", "span", 1)
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "span", -1)
    state.pos, state.posMax = end + 2, most
    return True


# --- drawing --------------------------------------------------------------------------------------------------


def _draw_strong(self: RendererHTML, tokens: list[Token], at: int, _options: Any, _env: Any) -> str:
    tag = "u" if tokens[at].markup == "__" else "strong"
    return f"<{tag}>" if tokens[at].nesting == 1 else f"</{tag}>"


def _draw_link(self: RendererHTML, tokens: list[Token], at: int, _options: Any, _env: Any) -> str:
    address = escape(str(tokens[at].attrs.get("href", "")), quote=True)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">'


def _draw_spoiler(self: RendererHTML, _tokens: list[Token], _at: int, _options: Any, _env: Any) -> str:
    return '<span class="spoiler" tabindex="0" role="button" aria-label="Spoiler"><span>'


def _close_spoiler(self: RendererHTML, _tokens: list[Token], _at: int, _options: Any, _env: Any) -> str:
    return "</span></span>"


def _draw_discord(self: RendererHTML, tokens: list[Token], at: int, _options: Any, env: Any) -> str:
    meta = tokens[at].meta
    if meta.get("time"):
        return _time(int(meta["time"]), meta["style"] or "f")
    if meta.get("emoji"):
        return f'<span class="emoji">:{escape(meta["emoji"])}:</span>'
    name_of: NameOf = env["name_of"]
    if meta.get("uid"):
        label = "@" + name_of("user", int(meta["uid"]))
    elif meta.get("role"):
        label = "@" + name_of("role", int(meta["role"]))
    elif meta.get("channel"):
        label = "#" + name_of("channel", int(meta["channel"]))
    else:
        label = f"/{meta['command']}" if meta.get("command") else f"@{meta['everyone']}"
    return f'<span class="mention">{escape(label)}</span>'


def _time(seconds: int, style: str) -> str:
    try:
        at = dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return "Invalid date"
    shown = at.strftime(_FORMATS[style].replace("%-d", str(at.day)))
    title = f"{at:%A, %d %B %Y %H:%M} UTC"
    return f'<time datetime="{at.isoformat()}" data-style="{style}" title="{title}">{shown}</time>'


class _WebOnly(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Links lead to the web or nowhere."""
        return url.lower().startswith(("https://", "http://"))


def _parser() -> MarkdownIt:
    md = _WebOnly("zero", {"breaks": True, "html": False, "linkify": False, "maxNesting": 20})
    md.enable(["fence", "list", "newline", "escape", "backticks", "emphasis", "strikethrough", "link"])
    may_interrupt: RuleOptionsType = {"alt": ["paragraph", "list", "blockquote"]}
    md.block.ruler.before("list", "discord_heading", _heading, may_interrupt)
    md.block.ruler.before("list", "discord_quote", _quote, may_interrupt)
    md.block.ruler.before("list", "no_lazy_lines", _no_lazy_lines, {"alt": ["paragraph"]})
    md.inline.ruler.at("text", _text)
    md.inline.ruler.before("escape", "discord_bare_link", _bare_link)
    md.inline.ruler.push("discord_angle", _angle)
    md.inline.ruler.push("discord_everyone", _everyone)
    md.inline.ruler.push("discord_spoiler", _spoiler)
    for name in ("strong_open", "strong_close"):
        md.add_render_rule(name, _draw_strong)
    md.add_render_rule("link_open", _draw_link)
    md.add_render_rule("spoiler_open", _draw_spoiler)
    md.add_render_rule("spoiler_close", _close_spoiler)
    md.add_render_rule("discord", _draw_discord)
    return md


_PARSER = _parser()
