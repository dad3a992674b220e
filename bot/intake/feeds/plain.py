"""A feed's markup to one line of plain text, cut at a word."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

LONGEST_MARKUP: Final = 20_000  # characters that are looked at

_BLOCK: Final = re.compile(r"<(?=/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|blockquote|figure|figcaption)\b)", re.I)
_MARKUP: Final = re.compile(r"<[a-z/!?]|&[a-z#]", re.IGNORECASE)
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# What blog programs put behind every summary.
_FURNITURE: Final = re.compile(
    r"\s*(?:The post .{1,300} (?:appeared first|first appeared) on .{1,120}"
    r"|(?:Continue reading|Read (?:more|on))\b.{0,120}"
    r"|\[?(?:…|\.\.\.|&hellip;)\]?)\s*$",
    re.IGNORECASE,
)
_NOT_TEXT: Final = ("script", "style", "noscript", "template", "svg")


def plain(markup: str, longest: int) -> str:
    """At most `longest` characters of the text that `markup` shows."""
    markup = _UNSEEN.sub("", markup[:LONGEST_MARKUP])
    text = _text(markup) if _MARKUP.search(markup) else markup
    text = " ".join(text.split())
    if longest > 100:
        text = _FURNITURE.sub("", text)
    if len(text) <= longest:
        return text
    cut = text.rfind(" ", longest // 2, longest)
    return f"{text[: cut if cut > 0 else longest - 1].rstrip()}…"


def _text(markup: str) -> str:
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415

    spaced = _BLOCK.sub(" <", markup)
    try:
        tree = html.fromstring(f"<div>{spaced}</div>")
    except (etree.LxmlError, ValueError, AssertionError):
        return unescape(re.sub(r"<[^>]{0,2000}>", " ", spaced))
    for element in list(tree.iter(*_NOT_TEXT)):
        element.drop_tree()
    text = str(tree.text_content())
    # Many feeds escape twice: what is left of entities is resolved, what is left of tags goes.
    return (
        re.sub(r"</?[a-z][^<>]{0,500}>", " ", unescape(text), flags=re.IGNORECASE)
        if "&" in text or "<" in text
        else text
    )
