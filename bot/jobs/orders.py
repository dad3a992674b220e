"""What is accepted and what comes of it, as values that survive JSON: the parameters and results of jobs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

from pydantic import Field

from bot.domain.answer import Place
from bot.domain.brief import Brief
from bot.domain.errors import NutgrafError
from bot.domain.order import ATTACHED, ArticleOrder
from bot.domain.source import LinkSource
from bot.domain.value import Value
from bot.services.briefing import BriefOptions
from bot.services.shelf import Shelved
from bot.text.links import url_key
from bot.wording import SOURCE, Phrase, in_locale

Json = dict[str, Any]
ORDER: Final = "brief-"  # how the ids of orders' jobs begin; what follows is the order's key


def article_key(order: ArticleOrder) -> str:
    """The same for the same articles and wishes, however their addresses are spelled."""
    wish = order.model_dump(mode="json", exclude={"sources"})
    wish["sources"] = [
        [url_key(source.url), source.known.model_dump(mode="json", exclude={"url"})] for source in order.sources
    ]
    return hashlib.sha256(json.dumps(wish, sort_keys=True).encode()).hexdigest()[:32]


def options_of(order: ArticleOrder) -> BriefOptions:
    """The wishes as the use case takes them."""
    return BriefOptions(**{name: getattr(order, name) for name in _WISHES})


def article_order(sources: Sequence[LinkSource], options: BriefOptions) -> ArticleOrder:
    """The order for a briefing of `sources` as `options` wish it."""
    return ArticleOrder(sources=tuple(sources), **{name: getattr(options, name) for name in _WISHES})


_WISHES = ("engine", "language", "sections", "length", "model", "prompts", "fresh")


class BriefOrder(Value):
    """A person's order: what to brief, for which guild, and where the answer goes.

    `key` names the order (the id of the message or interaction that asked): accepted twice, it is one job.
    `place`: where the answer goes; None: nobody is answered but who waits in this process.
    """

    key: str = Field(min_length=1, max_length=80)
    guild_id: int = 0
    article: ArticleOrder
    place: Place | None = None


def has_attached(order: Json) -> bool:
    """Whether files that hang in Discord have to be fetched for the BriefOrder in `order`."""
    return any(source["url"].startswith(ATTACHED) for source in order["article"]["sources"])


class Failure(Value):
    """A failure of the tree in `bot.domain.errors`, as JSON.

    `said` and `advice` are English, for logs; `told` and `told_cure` are the Phrases behind them, where there are
    such, so that whoever reads of the failure does so in their own language.
    """

    code: str
    said: str
    advice: str
    told: str | None = None
    told_cure: str | None = None

    @classmethod
    def of(cls, error: NutgrafError) -> Self:
        """The value for `error`."""
        with in_locale(SOURCE):
            return cls(
                code=error.code,
                said=error.said,
                advice=error.advice,
                told=_json(error.told),
                told_cure=_json(error.told_cure),
            )

    def error(self) -> NutgrafError:
        """The leaf with that code, or the root where the code is not known any more."""
        kind = next((leaf for leaf in _tree(NutgrafError) if leaf.code == self.code), NutgrafError)
        return kind(_phrase(self.told) or self.said, cure=_phrase(self.told_cure) or self.advice)


class Outcome(Value):
    """How an article job ended: with a Brief or with a Failure."""

    brief: Brief | None = None
    failure: Failure | None = None
    paid: bool = False  # whether it was written for this job, not found on the shelf
    job: str = ""  # of the article: orders that share it share its bill

    def shelved(self) -> Shelved:
        """The Brief. Raises the failure where there is none."""
        if self.brief is None:
            raise self.failure.error() if self.failure else NutgrafError()
        return Shelved(self.brief, self.paid)


def _json(told: str | Phrase) -> str | None:
    return told.to_json() if isinstance(told, Phrase) else None


def _phrase(told: str | None) -> Phrase | None:
    return Phrase.from_json(told) if told else None


def _tree(root: type[NutgrafError]) -> Iterator[type[NutgrafError]]:
    yield root
    for kind in root.__subclasses__():
        yield from _tree(kind)
