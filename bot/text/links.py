"""One article, one address: the normal form that keys of articles and stories are made from.

Sites hang the way a reader came by on the address; two addresses that differ in nothing else are one article.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# Parameters that say how the reader came, never what is shown. A trailing * stands for any ending.
TRACKING: Final = (
    ("utm_*", "campaign marks of most newsletters and networks"),
    ("at_*", "campaign marks of broadcasters"),
    ("mc_*", "mailing lists"),
    ("mkt_tok", "mailing lists"),
    ("pk_*", "visitor statistics"),
    ("mtm_*", "visitor statistics"),
    ("piwik_*", "visitor statistics"),
    ("hsa_*", "advertising"),
    ("_hs*", "mailing lists"),
    ("vero_*", "mailing lists"),
    ("oly_*", "mailing lists"),
    ("fbclid", "a social network's click"),
    ("igshid", "a social network's click"),
    ("igsh", "a social network's click"),
    ("gclid", "an advertisement's click"),
    ("gclsrc", "an advertisement's click"),
    ("gbraid", "an advertisement's click"),
    ("wbraid", "an advertisement's click"),
    ("dclid", "an advertisement's click"),
    ("msclkid", "an advertisement's click"),
    ("yclid", "an advertisement's click"),
    ("twclid", "a social network's click"),
    ("ttclid", "a social network's click"),
    ("li_fat_id", "a social network's click"),
    ("_ga", "visitor statistics"),
    ("_gl", "visitor statistics"),
    ("ncid", "campaign marks"),
    ("cmpid", "campaign marks"),
    ("cmp", "campaign marks"),
    ("cid_source", "campaign marks"),
    ("ocid", "campaign marks"),
    ("icid", "campaign marks"),
    ("ito", "campaign marks"),
    ("wt_mc", "campaign marks"),
    ("wt.mc_id", "campaign marks"),
    ("smid", "share buttons"),
    ("smtyp", "share buttons"),
    ("sharetype", "share buttons"),
    ("ref_src", "share buttons"),
    ("ref_url", "share buttons"),
    ("feature", "share buttons"),
    ("traffic_source", "feeds' marks"),
    ("ftag", "feeds' marks"),
    ("rss", "feeds' marks"),
    ("partner", "feeds' marks"),
    ("xtor", "visitor statistics"),
    ("spm", "a market place's marks"),
)
_TRACKING: Final = re.compile(
    "|".join(re.escape(name.rstrip("*")) + (".*" if name.endswith("*") else "") for name, _ in TRACKING),
    re.IGNORECASE,
)
_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 4_096
_KEPT: Final = "/:@!$&'()*+,;=~-._"
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f\\]")


def normalised(url: str) -> str | None:
    """The normal form of an absolute http(s) address: no tracking, no fragment; None for anything else."""
    url = url.strip()
    if len(url) > _LONGEST or _UNSEEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host or host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return None
    if scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        return None
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port not in {None, _PORTS[scheme]} else ""
    path = quote(unquote(parts.path, errors="surrogateescape"), safe=_KEPT, errors="surrogateescape")
    if "%2f" in parts.path.lower():  # an escaped slash is another path than a slash
        path = parts.path
    return f"{scheme}://{place}{path or '/'}{_query(parts.query)}"


@lru_cache(maxsize=8_192)
def url_key(url: str) -> str:
    """32 hex digits that stand for the article at `url`: the same for http and https, with and without www."""
    form = normalised(url) or url.strip()
    bare = re.sub(r"^https?://(?:www\.)?", "", form).rstrip("/")
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _query(query: str) -> str:
    kept = [
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    ]
    if len(kept) == len(parse_qsl(query, keep_blank_values=True)):
        return f"?{query}" if query else ""  # nothing to take away: some servers mind their own spelling
    return f"?{urlencode(kept)}" if kept else ""
