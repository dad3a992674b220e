"""Where a reader finds what an item rests on: the passage's number, and a link to the very words on a web page.

Renderers see no text of a Document, so the places are worked out here, after everything else is decided.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TypeVar

from bot.domain.brief import BriefSection, Found
from bot.domain.document import Document
from bot.text.fragments import link_to
from bot.text.passages import passages
from bot.verify.ground import Grounds

_Item = TypeVar("_Item", bound=Found)


def located(section: BriefSection, grounds: Grounds) -> BriefSection:
    """`section` with the passage and the link of every item."""
    documents = {ground.document.id: ground.document for ground in grounds}
    items = tuple(_located(item, documents[item.evidence[0].source]) for item in section.items)
    return section.model_copy(update={"items": items})


def _located(item: _Item, document: Document) -> _Item:
    place = item.evidence[0].span
    passage = max(1, bisect_right(_starts(document.text), place.start))
    return item.model_copy(update={"passage": passage, "link": link_to(document.url, document.text, place)})


@lru_cache(maxsize=8)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(passage.start for passage in passages(text))
