"""Escaping: whatever an article says is shown as it stands, and nothing in it acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.render.escape import (
    closed,
    commonmark,
    commonmark_link,
    discord,
    discord_link,
    one_line,
    printable,
    undiscord,
    web_address,
)
from tests.support.briefs import texts

pytestmark = pytest.mark.unit

# What Discord acts on, each as its client looks for it, once escaped characters are out of the way.
ACTS = {
    "emphasis": r"[*_]",
    "strike": r"~~",
    "code": r"`",
    "spoiler": r"\|\|",
    "angle": r"<[@#:/a-z+]",
    "link": r"\[[^\]]*\]\(",
    "address": r"\b\w+://\S",
    "www": r"(?i)\bwww\.\w",
    "invite": r"(?i)\bdiscord(app)?\.(gg|com)",
    "heading": r"(?m)^\s*#{1,3} ",
    "subtext": r"(?m)^\s*-# ",
    "list": r"(?m)^\s*([-*]|\d+\.) ",
    "quote": r"(?m)^\s*>",
    "everyone": r"(?i)@(everyone|here)",
    "shortcode": r":[\w+-]+:",
}


def inert(markdown: str) -> str:
    """`markdown` with each escaped character replaced by a letter that means nothing."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", markdown)


@given(texts | st.text())
def test_discord_shows_exactly_the_printable_text(text: str) -> None:
    assert undiscord(discord(text)) == printable(text)


@given(texts | st.text())
def test_nothing_in_an_article_acts_on_discord(text: str) -> None:
    shown = inert(discord(text))
    assert {name for name, pattern in ACTS.items() if re.search(pattern, shown)} == set()


@pytest.mark.parametrize(
    "text",
    [
        "s***", "[within]", "f(x) [y](https://z.example)", "1. first", "12) twelfth", "-# small", ">>> all",
        "# head", "@everyone", "<@123>", "<@&1>", "<#1>", "<t:1:R>", "</brief:1>", "<:a:1>",
        "https://x.example/a_b_c", "www.x.example", "discord.gg/abc", ":tada:", "¯\\_(ツ)_/¯", "a\\*b",
        "@\u200beveryone", "> quoted\n> twice", "```py\nx\n```", "||no||",
    ],
)  # fmt: skip
def test_known_traps_stay_as_they_are(text: str) -> None:
    assert undiscord(discord(text)) == text
    assert not any(re.search(pattern, inert(discord(text))) for pattern in ACTS.values())


def test_ordinary_prose_is_not_touched() -> None:
    text = "Lund's harbour (closed since 2 January) reopens at 10:30 — for €4, says A. Berg; e-mail a@b.example!"
    assert discord(text) == text


@given(texts)
def test_commonmark_shows_exactly_the_text_on_one_line(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(commonmark(one_line(text)))
    )
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}
    # CommonMark itself trims some white space and replaces NUL, which printable() already dropped.
    assert "".join("".join(child.content for child in inline).split()) == "".join(one_line(text).split())


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]", printable(text))
    printable(text).encode("utf-8")


def test_terminal_sequences_and_overrides_are_dropped() -> None:
    assert printable("a\x1b[31mb\x07\u202ec\r\nd\u2028e\ud800") == "a[31mbc\nd\ne\ufffd"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/b(c)", "https://a.example/b%28c%29"),
        ("https://a.example/>x<", "https://a.example/%3Ex%3C"),
        ("https://user:secret@a.example:8443/x", "https://a.example:8443/x"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("javascript:alert(1)", None),
        ("discord://x", None),
        ("https://", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


@given(texts)
def test_a_web_address_cannot_leave_its_brackets(text: str) -> None:
    address = web_address(f"https://a.example/{text}")
    assert address is None or re.fullmatch(r"[!-;=?-Z_a-z~]+", address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\u2067turned", "\u2067turned\u2069"),
        ("\u202bturned\u202c", "\u202bturned\u202c"),
        ("\u2067one \u202btwo", "\u2067one \u202btwo\u202c\u2069"),
        ("\u2067one \u202btwo\u2069 three", "\u2067one \u202btwo\u2069 three"),
        ("\u202c\u2069stray ends", "\u202c\u2069stray ends"),
    ],
)
def test_no_text_turns_its_neighbours_around(text: str, shown: str) -> None:
    assert closed(text) == shown


def test_a_link_whose_text_discord_would_not_mask_is_text() -> None:
    assert discord_link("A *bold* title", "https://a.example/") == r"[A \*bold\* title](<https://a.example/>)"
    assert discord_link("Lies [video]", "https://a.example/") == r"Lies \[video\]"
    assert "(<" not in discord_link("https://bank.example", "https://evil.example/")
    assert commonmark_link("a [b]", "https://a.example/") == r"[a \[b\]](<https://a.example/>)"
    assert commonmark_link("a", "file:///etc/passwd") == "a"
