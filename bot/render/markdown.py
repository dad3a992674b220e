"""A Brief as a Markdown page (CommonMark), for files and for pasting elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.brief import Brief
from bot.render.card import Block, Card, Item, Moment, Quotation, Spot, make_card
from bot.render.escape import commonmark, commonmark_link, one_line
from bot.render.paragraphs import paragraphs
from bot.wording import in_locale, say


def render_markdown(brief: Brief) -> str:
    """The page, ending in a newline."""
    card = make_card(brief)
    with in_locale(card.locale):
        return "\n\n".join(_parts(card)) + "\n"


def _parts(card: Card) -> Iterator[str]:
    yield f"# {commonmark_link(card.title, card.url)}"
    if card.byline:
        yield _joined(card.byline)
    if card.origins:
        yield "\n".join(
            f"- {commonmark_link(origin.title, origin.url)} — {_joined(origin.details)}" for origin in card.origins
        )
    yield from (say("**Note:** {warning}", warning=_line(warning)) for warning in card.warnings)
    for block in card.blocks:
        yield f"## {_line(block.title)}"
        yield _block(block)
    yield from (f"*{_line(note)}*" for note in card.notes)
    if card.footer:
        yield f"---\n\n*{_joined(card.footer)}*"


def _block(block: Block) -> str:
    note = f"*{_line(block.note)}*\n\n" if block.note else ""
    if not block.items:
        return f"{note}*{block.empty}*"
    return note + ("\n" if block.kind in {"points", "timeline"} else "\n\n").join(
        _item(item, block.kind == "text") for item in block.items
    )


def _item(item: Item, prose: bool) -> str:
    mark = _mark(item.spot)
    if isinstance(item, Quotation):
        parts = [commonmark(part) for part in paragraphs(item.text)]
        if item.translation:
            parts.append(f"*({_line(item.note)})* {_line(item.translation)}")
        parts.append(f"— {_line(item.speaker) if item.speaker else f'*{_line(item.nobody)}*'}{mark}")
        return "\n>\n".join(f"> {part}" for part in parts)
    if isinstance(item, Moment):
        background = f" · *{_line(item.background)}*" if item.background else ""
        return f"- **{_line(item.label)}**{background} — {_line(item.text)}{mark}"
    if prose:
        return "\n\n".join(map(commonmark, paragraphs(item.text))) + mark
    return f"- {_line(item.text)}{mark}"


def _mark(spot: Spot | None) -> str:
    """A link to the words in the source, or the number of their passage."""
    if spot is None:
        return ""
    return f" {commonmark_link(spot.arrow, spot.link) if spot.link else spot.number}"


def _line(text: str) -> str:
    return commonmark(one_line(text))


def _joined(pieces: Iterable[str]) -> str:
    return " · ".join(map(_line, pieces))
