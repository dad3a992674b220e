"""The picture that a page puts beside its title when it is shared: og:image, twitter:image, JSON-LD's image.

Only its address is taken; nothing is fetched here. Left out is what the page itself gives away as no picture of
the article: a counting pixel or a badge by its declared size, a logo by its name, drawings that chats do not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from bot.domain.document import Picture

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

LONGEST_ADDRESS: Final = 2048  # what Discord takes for media
LONGEST_ALT: Final = 1024
LEAST_WIDTH, LEAST_HEIGHT = 200, 100  # declared pixels; pictures for sharing have 600 and more
MOST_STRETCHED: Final = 4.0  # a banner or a divider is longer

_STARTS: Final = {"og:image": "og", "og:image:url": "og", "twitter:image": "tw", "twitter:image:src": "tw"}
_BLANKS: Final = re.compile(r"\s+")
_UNSHOWN: Final = re.compile(r"\.(svgz?|ico|tiff?|pdf|mp4|webm)$", re.IGNORECASE)
# Whole words of the file's name: "logo-large.png" and "site_logo.jpg", but not "logorrhoea.jpg".
_NO_PICTURE: Final = re.compile(
    r"(?<![a-z])(logo(type)?|favicon|sprite|placeholder|spacer|pixel|blank|avatar|gravatar|1x1)(?![a-z])",
    re.IGNORECASE,
)
_ADULT: Final = re.compile(r"adult|mature|restricted|RTA-[\d-]+-RTA", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One picture as declared; sizes in pixels, 0 where not told."""

    address: str
    alt: str = ""
    width: int = 0
    height: int = 0


def lead_picture(tree: HtmlElement, articles: Iterable[Mapping[str, Any]], base: str | None) -> Picture | None:
    """The first declared picture that is one; none of a page that says it is for adults.

    `articles` are JSON-LD nodes, `base` is the page's own address.
    """
    if _is_for_adults(tree):
        return None
    declared = list(_of_meta(tree))
    by_kind = [
        *(candidate for kind, candidate in declared if kind == "og"),
        *(candidate for kind, candidate in declared if kind == "tw"),
        *(candidate for node in articles for candidate in _of_json(node.get("image"))),
    ]
    for candidate in by_kind:
        if (address := _address(candidate.address, base)) and _is_a_picture(candidate, address):
            return Picture(url=address, alt=_clipped(candidate.alt) or _alt_of(address, by_kind, base))
    return None


def _is_for_adults(tree: HtmlElement) -> bool:
    """By its own word: `<meta name="rating">`, as search engines and filters read it."""
    return any(
        (tag.get("name") or "").strip().lower() == "rating"
        and _ADULT.fullmatch((tag.get("content") or "").strip())
        for tag in tree.iter("meta")
    )


def _of_meta(tree: HtmlElement) -> Iterator[tuple[str, _Candidate]]:
    """Pictures in the order of the tags; what follows a picture's address belongs to it."""
    kind, known = "", dict[str, str]()
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if not content:
            continue
        if name in _STARTS:
            # og:image:url repeats og:image, and twitter's two names are one thing: neither opens another picture
            if known and (kind != _STARTS[name] or name in {"og:image", "twitter:image"}):
                yield kind, _candidate(known)
                known = {}
            kind = _STARTS[name]
            known.setdefault("address", content)
        elif known and name.startswith(("og:image:", "twitter:image:")):
            known.setdefault(name.rpartition(":")[2], content)
    if known:
        yield kind, _candidate(known)


def _of_json(image: object, depth: int = 0) -> Iterator[_Candidate]:
    if isinstance(image, str):
        yield _Candidate(image)
    elif isinstance(image, list) and depth == 0:
        for one in image:
            yield from _of_json(one, depth + 1)
    elif isinstance(image, Mapping):
        known = {str(key).lower(): str(value) for key, value in image.items() if isinstance(value, str | int)}
        known["address"] = known.get("url") or known.get("contenturl") or ""
        known["alt"] = known.get("caption") or known.get("description") or ""
        yield _candidate(known)


def _candidate(known: Mapping[str, str]) -> _Candidate:
    return _Candidate(
        address=known.get("address", ""),
        alt=known.get("alt", ""),
        width=_pixels(known.get("width")),
        height=_pixels(known.get("height")),
    )


def _pixels(told: str | None) -> int:
    found = re.match(r"\s*(\d{1,6})(?:\.\d*)?\s*(?:px)?\s*$", told or "")
    return int(found[1]) if found else 0


def _address(told: str, base: str | None) -> str | None:
    """The absolute http(s) address; None where there is none. Never one with a user name."""
    try:
        address = urljoin(base or "", _BLANKS.sub("%20", told.strip()))
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return address if usable and len(address) <= LONGEST_ADDRESS else None


def _is_a_picture(candidate: _Candidate, address: str) -> bool:
    width, height = candidate.width, candidate.height
    if 0 < width < LEAST_WIDTH or 0 < height < LEAST_HEIGHT:
        return False
    if width and height and max(width / height, height / width) > MOST_STRETCHED:
        return False
    path = unquote(urlsplit(address).path)
    return not _UNSHOWN.search(path) and not _NO_PICTURE.search(path.rpartition("/")[2])


def _alt_of(address: str, candidates: Iterable[_Candidate], base: str | None) -> str:
    """What another tag says of the same picture."""
    told = (c.alt for c in candidates if c.alt and _address(c.address, base) == address)
    return _clipped(next(told, ""))


def _clipped(alt: str) -> str:
    line = _BLANKS.sub(" ", alt).strip()
    return line if len(line) <= LONGEST_ALT else f"{line[: LONGEST_ALT - 1].rstrip()}…"
