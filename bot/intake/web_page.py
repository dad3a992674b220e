"""A web page to article text. trafilatura finds the article; it is given a parsed tree, never an address.

The canonical text: NFC, one paragraph (heading, list item, table row) a block with a blank line between blocks,
single plain spaces inside, nothing invisible, no navigation and no furniture. So a paragraph is what lies between
blank lines, whatever the page did with its line breaks.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.domain.document import PublishedFrom
from bot.intake.content import Extract, Raw
from bot.intake.decode import decoded
from bot.intake.page_head import PageHead
from bot.intake.written_dates import written_date
from bot.text.furniture import furniture

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]
    from trafilatura.settings import Document as Found

INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")  # soft hyphen, zero-width space, marks
BLANKS: Final = re.compile(r"[^\S\n]+")

# What trafilatura logs on broken pages is no news to anyone: the person is told by a SourceError.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract_page(raw: Raw) -> Extract:
    """The Extract of an HTML page; its text is "" where no article was found."""
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415  0.3 s that a text file need not wait for

    tree = load_html(decoded(raw.data, content_type=raw.content_type, is_markup=True))
    if tree is None:
        return Extract(text="")
    head = PageHead(tree)
    found = bare_extraction(tree, url=raw.url, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):  # a dict only on request, which its types cannot say
        return Extract(text="")
    published, published_from = _published(head, found)
    return Extract(
        text=canonical(found.text or ""),
        title=head.title or _heading(tree) or found.title,
        author=found.author,
        site=head.site or found.sitename or _host(raw.url),
        url=head.address,
        language=head.language,
        published=published,
        published_from=published_from,
        is_stub=head.is_for_subscribers,
    )


def canonical(text: str) -> str:
    """`text` (one block a line) in the canonical form of the module's head."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    blocks = (BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _without_furniture("\n\n".join(block for block in blocks if block))


def _without_furniture(text: str) -> str:
    kept, start = [], 0
    for span in furniture(text):
        kept.append(text[start : span.start])
        start = span.end
    kept.append(text[start:])
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def _published(head: PageHead, found: Found) -> tuple[date | None, PublishedFrom]:
    if told := head.published:
        return told
    guessed = written_date(found.date)
    return (guessed, "page") if guessed else (None, "unknown")


def _heading(tree: HtmlElement) -> str | None:
    headings = tree.findall(".//h1")
    return " ".join(headings[0].text_content().split()) or None if len(headings) == 1 else None


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
