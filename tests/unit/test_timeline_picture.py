"""The timeline as a picture: readable on a phone, in every script that it can draw, and in no other."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.brief import Brief
from bot.render.card import Card, make_card
from bot.render.font_coverage import Coverage
from bot.render.timeline_picture import COLOURS, Ground, has_timeline, timeline_alt, timeline_picture
from tests.support.briefs import any_brief, brief, points, source, timeline
from tests.support.png import read_png

pytestmark = pytest.mark.unit

WIDTH = 840  # pixels: 420 points, sharp on a phone
GROUNDS: tuple[Ground, ...] = ("dark", "light")


def card_of(*events: tuple[str, str | None, str | None], language: str = "en", title: str = "Harbour") -> Card:
    return make_card(
        brief(
            language=language,
            sources=(source(title=title, site=None, author=None),),
            sections=(timeline(*events),),
        )
    )


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
def test_colours_stand_out_enough_to_read(ground: Ground) -> None:
    colours = COLOURS[ground]
    for name in ("text", "muted", "accent"):
        assert contrast(colours[name], colours["ground"]) >= 4.5, name
    assert contrast(colours["rail"], colours["ground"]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_picture_is_as_wide_as_a_phone_and_in_its_own_colours(ground: Ground) -> None:
    made = timeline_picture(card_of(("The harbour reopened.", "2026-03-02", None)), ground)
    assert made is not None
    picture = read_png(made)
    assert picture.width == WIDTH
    for name in ("ground", "text", "accent"):
        wanted = bytes.fromhex(COLOURS[ground][name][1:])
        assert any(all(abs(a - b) <= 2 for a, b in zip(wanted, c, strict=True)) for c in picture.colours), name


@pytest.mark.parametrize(
    "text",
    [
        "Ferries left at noon; „Größe“, ‘œuvre’, Ωμέγα, Жёлтый, İstanbul, Đà Nẵng, €5 → 10 %, ✓",
        "افتتح الميناء يوم الاثنين بعد 9 أسابيع",
        "הנמל נפתח מחדש ביום שני",
        "बंदरगाह सोमवार को फिर से खुल गया। क्षत्रिय",
        "ท่าเรือเปิดอีกครั้งในวันจันทร์",
        "港は月曜日に再開した。",
        "港口于星期一重新开放。",
        "항구가 월요일에 다시 문을 열었다.",
        "ნავსადგური ორშაბათს გაიხსნა",
    ],
)
def test_scripts_of_the_packed_fonts_are_drawn(text: str) -> None:
    assert timeline_picture(card_of((text, None, None))) is not None


@pytest.mark.parametrize("text", ["A party 🎉", "ကမ္ဘာ", "\U00012000", "\ue000"])
def test_no_picture_rather_than_empty_boxes(text: str) -> None:
    card = card_of((text, None, None))
    assert has_timeline(card)
    assert timeline_picture(card) is None


def test_no_events_no_picture() -> None:
    card = make_card(brief(sections=(points("One."), timeline(("", None, None)))))
    assert not has_timeline(card)
    assert timeline_picture(card) is None


def test_what_an_article_says_is_set_and_never_run() -> None:
    words = '#panic("no") $x$ *b* _i_ `r` @label <tag> \\ = Head // gone /* gone */ #include "/etc/passwd"'
    hostile, plain = (timeline_picture(card_of((text, None, None))) for text in (words, "x" * 40))
    assert hostile is not None
    assert plain is not None
    assert read_png(hostile).ink(0, WIDTH) > read_png(plain).ink(0, WIDTH)


def test_a_timeline_that_runs_from_the_right_stands_on_the_right() -> None:
    left, right = (
        timeline_picture(card_of((text, "2026", None), title=text)) for text in ("Dawn broke", "هذا صباح")
    )
    assert left is not None
    assert right is not None
    third = WIDTH // 3
    assert read_png(left).ink(0, third) > 0 == read_png(left).ink(2 * third, WIDTH)
    assert read_png(right).ink(2 * third, WIDTH) > 0 == read_png(right).ink(0, third)


def test_a_long_timeline_stays_a_picture_that_opens() -> None:
    made = timeline_picture(card_of(*(("Word after word. " * 200, "2026-03-02", None) for _ in range(60))))
    assert made is not None
    width, height = struct.unpack_from(">II", made, 16)
    assert width == WIDTH
    assert height < 12_000
    assert len(made) < 8_000_000


@pytest.mark.parametrize("word", ["w" * 4_000, "https://courier.example/" + "path/" * 60])
def test_an_endless_word_stays_inside_the_picture(word: str) -> None:
    made = timeline_picture(card_of((word, None, None)))
    assert made is not None
    picture = read_png(made)
    assert picture.ink(0, 20) == picture.ink(WIDTH - 20, WIDTH) == 0


def test_several_threads_may_draw_at_once() -> None:
    card = card_of(("The harbour reopened.", "2026-03-02", None))
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _: timeline_picture(card), range(12)))) == 1


def test_who_does_not_see_it_is_told_what_is_on_it() -> None:
    card = card_of(("The harbour reopened.", "2026-03-02", None), ("Works end.", None, "some day"))
    assert timeline_alt(card) == (
        "Timeline of “Harbour”: 2 Mar 2026: The harbour reopened.; “some day”: Works end."
    )
    assert len(timeline_alt(card_of(*[("Word " * 900, None, None)] * 3))) <= 1_000


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_brief())
def test_any_brief_has_a_picture_or_none(made: Brief) -> None:
    picture = timeline_picture(make_card(made))
    assert picture is None or picture.startswith(b"\x89PNG")


@given(st.lists(st.tuples(st.integers(0x20, 0x10FFFF), st.integers(0, 50)), max_size=20))
def test_coverage_knows_its_ranges(starts: list[tuple[int, int]]) -> None:
    ranges, last = [], 0
    for start, length in sorted(starts):
        if start > last:
            ranges.append((start, last := start + length))
    covered = Coverage(ranges)
    for first, end in ranges:
        assert first in covered
        assert end in covered
        assert end + 1 not in covered or any(first == end + 1 for first, _ in ranges)
    assert 0 not in covered


# What our fonts draw, joined in every way: both directions, marks without a letter, endless words, nothing to see.
DRAWN = st.lists(
    st.sampled_from(
        [
            *("word ", "w" * 90, "مرحبا", "שלום", "नमस्ते", "กำ", "日本語", "한국어", "\u0301", "\u064b", "\u093f"),
            *(
                "\u202b",
                "\u2067",
                "\u2069",
                "\u200d",
                "\u200b",
                "\u00ad",
                "\ufe0f",
                "1,5 % ",
                "(",
                ")",
                "#x",
                "\\",
                '"',
            ),
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(DRAWN, st.none(), DRAWN), min_size=1, max_size=5), DRAWN)
def test_whatever_the_fonts_have_is_drawn(events: list[tuple[str, None, str]], title: str) -> None:
    card = card_of(*events, title=title)
    assert (timeline_picture(card) is not None) == has_timeline(card)
