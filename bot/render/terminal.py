"""A Brief on a terminal, with rich. An article's text is a `Text`, never markup, without control characters."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from bot.domain.brief import Brief
from bot.render.card import Block, Item, Moment, Quotation, Spot, make_card
from bot.render.escape import one_line, web_address
from bot.render.paragraphs import paragraphs

_DOT = " · "


def print_brief(brief: Brief, console: Console) -> None:
    """Print `brief` to `console`, wrapped to its width."""
    card = make_card(brief)
    console.print(_text(card.title, "bold", link=card.url))
    for pieces in (card.byline, *((origin.title, *origin.details) for origin in card.origins)):
        if pieces:
            console.print(_joined(pieces))
    for warning in card.warnings:
        console.print(_text(f"! {warning}", "yellow"))
    for block in card.blocks:
        console.print()
        console.print(Rule(_text(block.title, "bold"), align="left", style="dim"))
        _print_block(block, console)
    console.print()
    for note in card.notes:
        console.print(_text(note, "dim"))
    console.print(_joined(card.footer))


def _print_block(block: Block, console: Console) -> None:
    if block.note:
        console.print(_text(block.note, "dim"))
    if not block.items:
        console.print(_text(block.empty, "dim italic"))
    for number, item in enumerate(block.items):
        if number and block.kind in {"quotes", "text"}:
            console.print()
        for line, indent in _lines(item, block.kind == "text"):
            console.print(Padding(line, (0, 0, 0, indent)))


def _lines(item: Item, prose: bool) -> list[tuple[Text, int]]:
    if isinstance(item, Quotation):
        said = [(_text(part, "italic"), 2) for part in paragraphs(item.text)]
        if item.translation:
            said.append((_text(f"({item.note}) {item.translation}"), 2))
        return [*said, (_text(f"— {item.speaker or item.nobody}", "dim") + _place(item.spot), 4)]
    if isinstance(item, Moment):
        when = f"{item.label} ({item.background}): " if item.background else f"{item.label}: "
        return [(_text(when, "bold") + _text(item.text) + _place(item.spot), 0)]
    if prose:
        *parts, last = [_text(part) for part in paragraphs(item.text)]
        return [*((part, 0) for part in parts), (last + _place(item.spot), 0)]
    return [(_text(f"• {item.text}") + _place(item.spot), 0)]


def _place(spot: Spot | None) -> Text:
    """The passage's number, a link where the terminal can follow one."""
    return Text(" ") + _text(spot.number, "dim", link=spot.link) if spot else Text()


def _joined(pieces: Iterable[str]) -> Text:
    return _text(_DOT.join(pieces), "dim")


def _text(text: str, style: str = "", *, link: str | None = None) -> Text:
    shown = Text(one_line(text) if not text.endswith(" ") else f"{one_line(text)} ", style=style)
    if target := web_address(link):
        shown.stylize(f"link {target}")
    return shown
