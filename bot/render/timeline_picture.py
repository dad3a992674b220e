"""A Card's timeline as a picture (PNG), wide as a phone, for saving and showing elsewhere.

Typst sets the page: it joins Arabic letters, orders lines that run both ways, breaks lines as each script wants.
The fonts come with packages, none from the machine, so that the picture is the same everywhere. Where they lack a
character there is no picture: a row of empty boxes says less than a sentence.
"""

from __future__ import annotations

import atexit
import importlib
import importlib.resources
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from bot.render.card import Card, Moment
from bot.render.clusters import boundaries, clipped
from bot.render.escape import one_line
from bot.wording import in_locale, say, say_n

if TYPE_CHECKING:
    from typst import Fonts

    from bot.render.font_coverage import Coverage

Ground = Literal["dark", "light"]

# Each of text, muted and accent stands out from its ground by 4.5 to 1 and more, the rail by 3 (WCAG 2.2, AA).
COLOURS: Final[Mapping[Ground, Mapping[str, str]]] = {
    "dark": {"ground": "#1b1d22", "text": "#f2f3f5", "muted": "#b5bac1", "accent": "#8ab4f8", "rail": "#80848e"},
    "light": {"ground": "#ffffff", "text": "#1b1d22", "muted": "#5c5f66", "accent": "#1a56c4", "rail": "#80848e"},
}
PIXELS_AN_INCH: Final = 144  # 840 pixels across: sharp on a phone's width
_MOST_EVENTS: Final = 24
_LONGEST_TEXT: Final = 300  # characters of an event; the card has it whole
_LONGEST_LABEL: Final = 80
_LONGEST_ALT: Final = 1_000  # Discord takes 1,024

_FAMILIES: Final = ("FiraGO", "Noto Sans CJK JP", "Noto Sans Symbols2")
_PACKED: Final = ("FiraGO_Regular", "FiraGO_Bold", "NotoSansSymbols2_Regular")  # modules of pymupdf_fonts
_EAST_ASIAN: Final = ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf")
_ENDLESS: Final = re.compile(r"\S{25,}")
_BREAK_EVERY: Final = 12  # characters
_MAY_BREAK: Final = "\u200b"
# Categories of characters that leave no mark of their own: controls, formats, separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SELECTORS: Final = range(0xFE00, 0xFE10)  # choose between two looks of the character before


def has_timeline(card: Card) -> bool:
    """Whether there is an event to draw."""
    return any(True for _ in _moments(card))


def timeline_picture(card: Card, ground: Ground = "dark") -> bytes | None:
    """The picture as PNG; None where there is no event, or a character that our fonts lack.

    Takes 20 ms, the first time 200: call it in a thread.
    """
    data = _data(card, ground)
    if data is None:
        return None
    drawing = _drawing()
    if not all(drawing.can_draw(text) for text in _texts(data)):
        return None
    import typst  # noqa: PLC0415  84 MB that only this needs

    made = typst.compile(
        _template(),
        font_paths=drawing.fonts,
        sys_inputs={"data": json.dumps(data)},
        format="png",
        ppi=PIXELS_AN_INCH,
    )
    assert isinstance(made, bytes)  # noqa: S101  one page, so no list of them
    return made


def timeline_alt(card: Card) -> str:
    """What is on the picture, for who does not see it; at most 1,000 characters."""
    with in_locale(card.locale):
        events = "; ".join(f"{_label(moment)}: {one_line(moment.text)}" for moment in _moments(card))
        return clipped(say("Timeline of “{title}”: {events}", title=card.title, events=events), _LONGEST_ALT)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The fonts, and what they can draw together."""

    fonts: Fonts
    coverage: tuple[Coverage, ...]

    def can_draw(self, text: str) -> bool:
        return all(any(ord(c) in covered for covered in self.coverage) for c in set(text) if _leaves_a_mark(c))


@cache
def _drawing() -> _Drawing:
    """Lays the fonts where the typesetter finds them, for as long as the process lives."""
    import typst  # noqa: PLC0415

    from bot.render.font_coverage import Coverage  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="nutgraf-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    coverage = []
    for name in _PACKED:
        font: bytes = importlib.import_module(f"pymupdf_fonts.{name}").fontbuffer
        (folder / f"{name}.ttf").write_bytes(font)
        coverage.append(Coverage.of(font))
    with importlib.resources.as_file(importlib.resources.files(_EAST_ASIAN[0]).joinpath(_EAST_ASIAN[1])) as path:
        coverage.append(Coverage.of(path.read_bytes()))
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder), str(path.parent)],  # packages are unpacked, so the path stays
        )
    return _Drawing(fonts, tuple(coverage))


@cache
def _template() -> bytes:
    return Path(__file__).with_name("timeline.typ").read_bytes()


def _data(card: Card, ground: Ground) -> dict[str, object] | None:
    """All that the template says; None where there is nothing to say."""
    moments = list(_moments(card))
    if not moments:
        return None
    shown = moments[:_MOST_EVENTS]
    titles = [block.title for block in card.blocks if block.kind == "timeline"]
    with in_locale(card.locale):
        left = len(moments) - len(shown)
        more = say_n("and {count} more", "and {count} more", left) if left else ""
        labels = [clipped(_label(moment), _LONGEST_LABEL) for moment in shown]
    direction = _direction(" ".join([card.title, *(moment.text for moment in shown)]))
    return {
        "language": card.locale[:2],
        "direction": direction,
        "fonts": _FAMILIES,
        "colours": dict(COLOURS[ground]),
        "kind": _said(titles[0], direction),
        "title": _said(clipped(one_line(card.title), _LONGEST_TEXT), direction),
        "byline": _said(
            " · ".join(_isolated(clipped(part, _LONGEST_LABEL)) for part in card.byline[:3]), direction
        ),
        "events": [
            {
                "label": _said(label, direction),
                "text": _said(clipped(one_line(moment.text), _LONGEST_TEXT), direction),
                "background": bool(moment.background),
            }
            for label, moment in zip(labels, shown, strict=True)
        ],
        "more": _said(more, direction),
    }


def _isolated(text: str) -> str:
    """`text` so that its direction does not turn its neighbours around."""
    return f"\u2068{text}\u2069"


def _said(text: str, otherwise: str) -> dict[str, str]:
    return {"text": _ENDLESS.sub(_breakable, one_line(text)), "direction": _direction(text, otherwise)}


def _breakable(word: re.Match[str]) -> str:
    """A word that may be wider than the picture, with places where its line may break."""
    ends = [0, *boundaries(word[0], len(word[0]))[_BREAK_EVERY - 1 :: _BREAK_EVERY], len(word[0])]
    return _MAY_BREAK.join(word[0][start:end] for start, end in pairwise(ends))


def _moments(card: Card) -> Iterator[Moment]:
    for block in card.blocks:
        for item in block.items:
            if isinstance(item, Moment) and one_line(item.text):
                yield item


def _label(moment: Moment) -> str:
    return f"{moment.label} · {moment.background}" if moment.background else moment.label


def _texts(value: object) -> Iterator[str]:
    """Every text that the template gets, wherever it stands."""
    if isinstance(value, str):
        yield value
    children: Iterable[object] = value.values() if isinstance(value, dict) else ()
    for child in value if isinstance(value, list) else children:
        yield from _texts(child)


def _direction(text: str, otherwise: str = "ltr") -> str:
    """Which way a text runs, by its first letter (Unicode Bidirectional Algorithm, rule P2)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return otherwise


def _leaves_a_mark(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN and ord(character) not in _SELECTORS
