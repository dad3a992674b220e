"""What a person reads on a card's pages, as an independent judge draws them: the playground's Markdown, then HTML.

Nothing here is written with `bot.render`: were both wrong in the same way, no test would see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from bot.playground.markdown import to_html

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "small", "blockquote", "ul", "ol", "li", "br", "pre", "div"})
_ADDED = frozenset({"(continues)", "(continued)"})  # in italics, around a cut: the card's words, not the text's
_SPACER = re.compile("(?<=@)\u200b+(?=everyone|here)", re.IGNORECASE)


class _Reading(HTMLParser):
    """Collects words, where links lead, and which tags came up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.add(f"{tag}.{known['class']}" if known.get("class") else tag)
        if tag in _BLOCKS:
            self.text.append("\n")
        if tag == "a":
            self.links.append(known.get("href") or "")
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if "h2" in self._open or "h3" in self._open:
            self.headings.append(data)
        elif not ("em" in self._open and data in _ADDED):
            self.text.append(data)


class Shown:
    """The texts of pages, read. `words` leaves out headings and what stands around a cut."""

    def __init__(self, markdown: Iterable[str]) -> None:
        reading = _Reading()
        for text in markdown:
            reading.feed(to_html(text))
            reading.text.append("\n")
        reading.close()
        self.words = squashed("".join(reading.text))
        self.headings = squashed("".join(reading.headings))
        self.links = reading.links
        self.tags = reading.tags


def squashed(text: str) -> str:
    """`text` without white space, and without what keeps `@everyone` from calling everyone."""
    return _SPACER.sub("", "".join(text.split()))
