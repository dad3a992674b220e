"""Passages of an article with the words marked that an item rests on, and a Reply to a question, as pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.asking import Reply
from bot.domain.brief import BriefSource, Found
from bot.render.card import Block, Card, Quotation, Spot, Statement
from bot.render.clusters import clipped
from bot.render.escape import discord, one_line, web_address
from bot.render.layout import Page, Part, label, mark_of, paged, pages, size
from bot.render.phrases import in_marks
from bot.text.pointing import Pointed
from bot.wording import say, say_n, spoken_locale

_LONGEST: Final = 300  # characters of an item that is repeated above its passages
_LONGEST_ADDRESS: Final = 512  # of a button
_ROOM: Final = 3_600  # of a page, for one passage; a passage has 1,800 characters at most


@dataclass(frozen=True, slots=True)
class Passages:
    """Where an item stands in one Document; `title` and `spot` are that Document's."""

    title: str
    spot: Spot | None
    passages: tuple[Pointed, ...]


def evidence_pages(item: str, found: Iterable[Passages], *, controls: int) -> tuple[Page, ...]:
    """Pages of an item's text and the passages that it rests on; each leaves room for so many components."""
    given = list(found)
    first, *others = paged(_evidence(item, given), controls=controls)
    links = [(say("Open source"), url) for of_document in given for url in [_address(of_document)] if url]
    return (replace(first, links=tuple(links[:1])), *others)


def marked(passage: Pointed) -> str:
    """Discord Markdown of a passage that shows its characters as they are, what is marked bold and underlined."""
    shown, at = [], 0
    for span in passage.marked:
        words = span.of(passage.text)
        shown.append(discord(passage.text[at : span.start]))
        shown.append(f"**__{discord(words)}__**" if words.strip() else discord(words))
        at = span.end
    return "".join([*shown, discord(passage.text[at:])])


def reply_pages(question: str, reply: Reply, sources: Sequence[BriefSource]) -> tuple[Page, ...]:
    """Pages of the answer to a question, from the articles that the briefing has as `sources`."""
    statements = tuple(Statement(item.text, spot_of(item, sources)) for item in reply.statements)
    quotes = tuple(
        Quotation(
            text=in_marks(item.text, sources[0].language if sources else None),
            speaker=item.speaker,
            translation=item.translation,
            spot=spot_of(item, sources),
        )
        for item in reply.quotes
    )
    blocks = []
    if statements:
        blocks.append(Block("statements", say("Answer"), "points", statements, ""))
    if reply.state == "not said":
        unsaid = say_n("The article does not say.", "The articles do not say.", len(sources))
        blocks.append(Block("statements", say("Answer"), "text", (Statement(unsaid),), ""))
    if quotes:
        blocks.append(Block("quotes", say("In its own words"), "quotes", quotes, ""))
    card = Card(
        title=one_line(question),
        url=None,
        byline=(say("From the article alone; every sentence was checked against it."),)
        if reply.state == "answered"
        else (),
        origins=(),
        warnings=tuple(finding.sentence for finding in reply.findings if finding.phrase),
        blocks=tuple(blocks),
        notes=(),
        footer=tuple(_footer(reply)),
        locale=spoken_locale(),
    )
    return pages(card)


def spot_of(item: Found, sources: Sequence[BriefSource]) -> Spot | None:
    """Where an item stands in the sources of its briefing."""
    if item.passage is None:
        return None
    order = [source.id for source in sources]
    source = item.evidence[0].source
    return Spot(item.passage, item.link, order.index(source) + 1 if len(order) > 1 and source in order else None)


def _evidence(item: str, found: Iterable[Passages]) -> Iterator[Part]:
    yield Part(0, "### " + say("Where it says that"))
    yield Part(0, discord(clipped(one_line(item), _LONGEST)))
    group = 0
    for of_document in found:
        by_arrow = of_document.spot is not None and of_document.spot.link and not _address(of_document)
        arrow = mark_of(of_document.spot) if by_arrow else ""
        for passage in of_document.passages:
            group += 1
            told = [f"¶{passage.number}", *([label(of_document.title)] if of_document.title else [])]
            yield Part(group, f"-# {' · '.join(told)}{arrow}", leads=True)
            shown = marked(passage)
            yield Part(group, shown if size(shown) <= _ROOM else discord(passage.text[: _ROOM // 2]))


def _address(found: Passages) -> str | None:
    """Where the words stand on the web, as a button takes it."""
    address = web_address(found.spot.link) if found.spot else None
    return address if address and len(address) <= _LONGEST_ADDRESS else None


def _footer(reply: Reply) -> Iterator[str]:
    if reply.engine == "extractive":
        yield say("Built-in extractive engine, no model")
    else:
        yield say("Engine: {engine}", engine=reply.engine)
    if reply.model:
        yield reply.model
    tokens = reply.usage.prompt_tokens + reply.usage.completion_tokens
    if tokens:
        yield say_n("{count:,} token", "{count:,} tokens", tokens)
    if reply.usage.seconds:
        yield say("{seconds:.1f} s", seconds=reply.usage.seconds)
