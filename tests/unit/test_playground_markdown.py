"""Discord's Markdown as HTML: its own rules hold, and nothing a message says becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.markdown import to_html

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("**b** *i* _i_ ~~s~~", "<strong>b</strong> <em>i</em> <em>i</em> <s>s</s>"),
        ("__under__", "<u>under</u>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("one\ntwo", "one<br>\ntwo"),
        ("# One", '<h1 class="heading">One</h1>'),
        ("### Three", '<h3 class="heading">Three</h3>'),
        ("-# small *print*", '<small class="subtext">small <em>print</em></small>'),
        (r"\*plain\* \# no", "*plain* # no"),
        ("a :smile: b", "a :smile: b"),
        ("it is 5 < 6 & 7", "it is 5 &lt; 6 &amp; 7"),
    ],
)
def test_words_are_drawn_as_discord_draws_them(written: str, drawn: str) -> None:
    assert drawn in to_html(written)


@pytest.mark.parametrize(
    "written", ["#### four", "#none", "====\n", "a\n---", "![x](https://a.b/c.png)", "| a | b |"]
)
def test_what_discord_does_not_know_stays_text(written: str) -> None:
    assert not re.search(r"<(h\d|hr|img|table)", to_html(written))


def test_quotes_end_with_their_line_and_three_marks_quote_the_rest() -> None:
    assert to_html("> a\nb").endswith("</blockquote>\n<p>b</p>\n")
    assert to_html(">>> a\nb\n\nc").count("</blockquote>") == 1
    assert to_html(">>> a\nb\n\nc").endswith("<p>c</p>\n</blockquote>\n")


def test_list_ends_where_the_indent_ends() -> None:
    assert to_html("- a\n- b\nc").endswith("</ul>\n<p>c</p>\n")
    assert "<ol>" in to_html("1. a\n2. b")
    assert to_html("- a\n  - b").count("<ul>") == 2


def test_spoilers_hold_formatting() -> None:
    html = to_html("||**no**||")
    assert 'class="spoiler"' in html
    assert "<strong>no</strong>" in html
    assert to_html("a || b") == "<p>a || b</p>\n"


def test_links_bare_masked_and_in_angles_go_to_the_web_only() -> None:
    for written in ("https://a.b/c_d_e", "<https://a.b/c_d_e>", "[x](https://a.b/c_d_e)", "(https://a.b/c_d_e)."):
        assert 'href="https://a.b/c_d_e"' in to_html(written)
    for written in ("[x](javascript:alert(1))", "[x](data:text/html,x)", "javascript:alert(1)", "[x](/local)"):
        assert "<a" not in to_html(written)


def test_mentions_and_times_are_named() -> None:
    names = {"user": "Ada", "role": "Editors", "channel": "general"}
    html = to_html("<@1> <@!1> <@&2> <#3> @everyone a@everyone.org", lambda kind, _id: names[kind])
    assert html.count('<span class="mention">@Ada</span>') == 2
    assert ">@Editors<" in html
    assert ">#general<" in html
    assert html.count(">@everyone<") == 1
    assert ">14 November 2023</time>" in to_html("<t:1700000000:D>")
    assert "Invalid date" in to_html("<t:9999999999999>")


def test_code_blocks_keep_everything() -> None:
    assert "**x** &lt;b&gt;" in to_html("```\n**x** <b>\n```")
    assert 'class="language-py"' in to_html("```py\nx\n```")


class Tags(HTMLParser):
    allowed = frozenset(
        [
            "p",
            "br",
            "strong",
            "em",
            "u",
            "s",
            "h1",
            "h2",
            "h3",
            "small",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "a",
            "span",
            "time",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.allowed, tag
        known = {
            "class",
            "href",
            "target",
            "rel",
            "tabindex",
            "role",
            "aria-label",
            "datetime",
            "data-style",
            "title",
            "start",
        }
        for name, value in attrs:
            assert name in known, name
            if name == "href":
                assert value
                assert value.lower().startswith(("http://", "https://"))


PIECES = st.sampled_from(
    [
        "<script>",
        "<b onload=x>",
        "**",
        "__",
        "||",
        "`",
        "```",
        "[a](",
        "javascript:",
        ")",
        "https://x.y/",
        '"',
        "'",
        "> ",
        ">>> ",
        "# ",
        "-# ",
        "- ",
        "\n",
        "\n\n",
        "<@1>",
        "<t:1:R>",
        "&lt;",
        "\\",
        "word",
        "é",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join))
def test_no_text_ever_becomes_markup(text: str) -> None:
    Tags().feed(to_html(text))
