"""What a page says of itself for machines: JSON-LD and meta tags. Read before the visible page is guessed at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from bot.domain.document import PublishedFrom
from bot.intake.written_dates import written_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

# schema.org types; what else has a datePublished (a review, a comment, a video) is not the article.
ARTICLE_TYPES: Final = re.compile(
    r"(NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|CreativeWork)$"
)
PAGE_TYPES: Final = re.compile(r"WebPage$")

# Names of meta tags (property, name, itemprop), the surer first. Times of change are not among them.
DATE_TAGS: Final = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "article.published",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
)
TITLE_TAGS: Final = ("og:title", "twitter:title", "headline", "parsely-title", "dc.title", "citation_title")
SITE_TAGS: Final = ("og:site_name", "application-name")
DEEPEST: Final = 12  # levels of JSON-LD that are walked
BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class PageHead:
    """Reads one parsed page. Every fact is None where the page does not give it."""

    tree: HtmlElement

    @property
    def published(self) -> tuple[date, PublishedFrom] | None:
        """The publication day and which of the two told it."""
        for node in self.articles:
            if day := written_date(node.get("datePublished")) or written_date(node.get("dateCreated")):
                return day, "json-ld"
        day = next((day for tag in DATE_TAGS if (day := written_date(self._meta.get(tag)))), None)
        return (day, "meta") if day else None

    @property
    def title(self) -> str | None:
        """The article's title as the page declares it, often with the site's name behind it."""
        given = next((self._meta[tag] for tag in TITLE_TAGS if self._meta.get(tag)), None)
        headline = next((text for node in self.articles if (text := _text(node.get("headline")))), None)
        return given or headline

    @cached_property
    def site(self) -> str | None:
        """The site's name as it writes it."""
        named = next((self._meta[tag] for tag in SITE_TAGS if self._meta.get(tag)), None)
        publishers = (node.get("publisher") for node in self.articles)
        return named or next(
            (name for it in publishers if isinstance(it, dict) and (name := _text(it.get("name")))), None
        )

    @property
    def language(self) -> str | None:
        """The primary subtag of <html lang>."""
        declared = self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        primary = re.split(r"[-_]", declared.strip().lower())[0]
        return primary if re.fullmatch(r"[a-z]{2}", primary) else None

    @property
    def address(self) -> str | None:
        """The canonical address, where it is a complete one."""
        links = self.tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
        found = [str(link).strip() for link in links] + [self._meta.get("og:url") or ""]
        return next((link for link in found if re.match(r"https?://[^\s/]+\.", link)), None)

    @property
    def is_for_subscribers(self) -> bool:
        """Whether the page marks itself as not free to read (schema.org isAccessibleForFree)."""
        return any(str(node.get("isAccessibleForFree")).lower() == "false" for node in self.articles)

    @cached_property
    def _meta(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tag in self.tree.iter("meta"):
            content = _text(tag.get("content"))
            for key in ("property", "name", "itemprop"):
                name = (tag.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, content)
        return found

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The nodes of JSON-LD that speak of the article, the surest first."""
        nodes = [node for data in self._json_ld() for node in _nodes(data)]
        articles = [node for node in nodes if _is(node, ARTICLE_TYPES)]
        return articles + [node for node in nodes if _is(node, PAGE_TYPES) and node not in articles]

    def _json_ld(self) -> Iterator[Any]:
        for script in self.tree.iter("script"):
            if "ld+json" in (script.get("type") or "").lower() and script.text:
                try:
                    # strict=False: line breaks inside strings are common and harmless
                    yield json.loads(script.text.strip().removesuffix(";"), strict=False)
                except (ValueError, RecursionError):
                    continue


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(data, dict):
        yield data
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for child in children:
        if isinstance(child, dict | list):
            yield from _nodes(child, depth + 1)


def _is(node: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and pattern.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _text(value: object) -> str | None:
    """One line of plain text; entities are resolved twice, since many templates escape twice."""
    return BLANKS.sub(" ", unescape(value)).strip() or None if isinstance(value, str) else None
