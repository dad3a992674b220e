"""What asking reaches on the gold set without a model; a test holds the floors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from bot.domain.document import Document
from bot.engines.extractive import ExtractiveEngine
from bot.services.asking import QuestionDesk
from tests.gold import FOLDER, load_gold

KNOWN, UNSEEN = "known", "unseen"


class Asked(NamedTuple):
    """A question about a gold article, and the stretch that answers it; None: the article does not say."""

    document: Document
    question: str
    says: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """`found`: share of answerable questions whose answer is shown; `silent`: of the others, told so."""

    questions: int
    found: float
    silent: float


def questions(part: str) -> Iterator[Asked]:
    """The questions of one list. Raises ValueError where an answer does not stand in its article."""
    listed = yaml.safe_load((FOLDER.parent / "questions.yaml").read_text(encoding="utf-8"))[part]
    for article in load_gold():
        document = Document(
            text=article.text, title=article.title, published=article.published, language=article.language
        )
        for row in listed.get(article.name, []):
            if row["says"] is not None and row["says"] not in document.text:
                raise ValueError(f"{article.name}: not in the text: {row['says']}")
            yield Asked(document, row["ask"], row["says"])


async def measured(part: str) -> Figures:
    """The figures over one list."""
    desk = QuestionDesk({"auto": ExtractiveEngine()})
    found: list[bool] = []
    silent: list[bool] = []
    for asked in questions(part):
        reply = await desk.ask([asked.document], asked.question)
        if asked.says is None:
            silent.append(reply.state == "not said")
            continue
        start = asked.document.text.index(asked.says)
        items = (*reply.statements, *reply.quotes)
        places = [place for item in items for place in item.evidence]
        found.append(
            any(place.start < start + len(asked.says) and start < place.end for place in places)
            or any(asked.says in item.text for item in items)
        )
    return Figures(len(found) + len(silent), sum(found) / len(found), sum(silent) / len(silent))
