"""A Brief as a Markdown page (CommonMark), for files and for pasting elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.brief import Brief
from bot.render.card import Block, Card, Item, Moment, Quotation, make_card
from bot.render.escape import commonmark, commonmark_link, one_line
from bot.render.paragraphs import paragraphs


def render_markdown(brief: Brief) -> str:
    """The page, ending in a newline."""
    return "\n\n".join(_parts(make_card(brief))) + "\n"


def _parts(card: Card) -> Iterator[str]:
    yield f"# {commonmark_link(card.title, card.url)}"
    if card.byline:
        yield _joined(card.byline)
    if card.origins:
        yield "\n".join(
            f"- {commonmark_link(origin.title, origin.url)} — {_joined(origin.details)}" for origin in card.origins
        )
    yield from (f"**Note:** {_line(warning)}" for warning in card.warnings)
    for block in card.blocks:
        yield f"## {_line(block.title)}"
        yield _block(block)
    yield from (f"*{_line(note)}*" for note in card.notes)
    if card.footer:
        yield f"---\n\n*{_joined(card.footer)}*"


def _block(block: Block) -> str:
    if not block.items:
        return f"*{block.empty}*"
    return ("\n" if block.kind in {"points", "timeline"} else "\n\n").join(
        _item(item, block.kind == "text") for item in block.items
    )


def _item(item: Item, prose: bool) -> str:
    if isinstance(item, Quotation):
        speaker = f"— {_line(item.speaker)}" if item.speaker else "— *speaker not named*"
        return "\n>\n".join(f"> {commonmark(part)}" for part in paragraphs(item.text)) + f"\n>\n> {speaker}"
    if isinstance(item, Moment):
        return f"- **{_line(item.label)}** — {_line(item.text)}"
    return "\n\n".join(map(commonmark, paragraphs(item.text))) if prose else f"- {_line(item.text)}"


def _line(text: str) -> str:
    return commonmark(one_line(text))


def _joined(pieces: Iterable[str]) -> str:
    return " · ".join(map(_line, pieces))
