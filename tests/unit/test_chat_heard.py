"""What of a message is briefed: links, files, pasted text, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.heard import (
    ARTICLE_WORDS,
    PASTED_WORDS,
    Choice,
    Heard,
    Offered,
    choose,
    choose_or_explain,
    links,
    mentions,
    typed_links,
    without_mention,
)
from bot.domain.errors import NoTextError, UnsupportedError, UsageError

pytestmark = pytest.mark.unit

NOTES = Offered(1, "notes.txt", 10, "text/plain; charset=utf-8")
CAT = Offered(2, "cat.PNG", 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/wiki/Lund_(city)", ["https://a.example/wiki/Lund_(city)"]),
        ("[title](https://a.example/x) **https://b.example**", ["https://a.example/x", "https://b.example"]),
        ("||https://a.example/x||", ["https://a.example/x"]),
        ("https://a.example/x https://a.example/x", ["https://a.example/x"]),
        ("<https://a.example/x>", []),
        ("https://a.example/cat.jpg https://tenor.com/view/1 https://i.imgur.com/2 https://www.giphy.com/3", []),
        ("HTTPS://A.example/x, then “https://b.example/y”", ["HTTPS://A.example/x", "https://b.example/y"]),
        ("ftp://a.example www.b.example mail@c.example", []),
        ("http://[bad", ["http://[bad"]),
    ],
)
def test_links_of_a_message(text: str, found: list[str]) -> None:
    assert links(text) == found


@given(st.text())
def test_any_text_is_looked_through_without_an_error(text: str) -> None:
    assert all(link.lower().startswith("http") for link in links(text))
    typed_links(text)


def test_links_come_before_short_text_and_with_files() -> None:
    heard = Heard("what does this say? https://a.example/x", (NOTES, CAT))
    assert choose(heard) == Choice(("https://a.example/x",), (NOTES,))


def test_text_counts_from_forty_words() -> None:
    assert choose(Heard("word " * (PASTED_WORDS - 1))) is None
    assert choose(Heard("word " * PASTED_WORDS)) == Choice(text=("word " * PASTED_WORDS).strip())


def test_an_article_that_was_pasted_wins_over_the_links_inside_it() -> None:
    text = "word " * ARTICLE_WORDS + "https://a.example/related"
    assert choose(Heard(text)) == Choice(text=text)
    assert choose(Heard("word " * PASTED_WORDS + "https://a.example/x")) == Choice(("https://a.example/x",))


def test_a_text_without_blanks_is_an_article_from_as_many_words() -> None:
    sentence = "港は九週間の修理を終えて月曜日に再開した。"
    assert choose(Heard(sentence)) is None
    assert choose(Heard(sentence * 5)) == Choice(text=sentence * 5)
    article = sentence * 20
    assert choose(Heard(f"{article} https://a.example/x")) == Choice(text=f"{article} https://a.example/x")


def test_a_link_held_in_angle_brackets_counts_only_where_there_is_nothing_else() -> None:
    assert choose(Heard("<https://a.example/x>")) == Choice(("https://a.example/x",))
    assert choose(Heard("<https://a.example/x> https://b.example/y")) == Choice(("https://b.example/y",))


def test_a_link_that_only_an_embed_shows_is_read() -> None:
    assert choose(Heard("", cited=("https://a.example/x",))) == Choice(("https://a.example/x",))


def test_pictures_alone_are_refused_with_a_reason() -> None:
    with pytest.raises(UnsupportedError, match="pictures"):
        choose(Heard("", (CAT, Offered(3, "a", 1, "video/mp4"))))


def test_more_than_five_are_refused() -> None:
    with pytest.raises(UsageError, match="6 links"):
        choose(Heard(" ".join(f"https://a.example/{n}" for n in range(5)), (NOTES,)))


def test_nothing_is_none_and_said_where_it_was_pointed_at() -> None:
    assert choose(Heard()) is None
    with pytest.raises(NoTextError, match="fewer than 40 words in that message"):
        choose_or_explain(Heard("good morning"), "that message")


def test_a_forwarded_message_is_read_with_the_one_that_carries_it() -> None:
    both = Heard("look").plus(Heard("https://a.example/x", (NOTES,)))
    assert choose(both) == Choice(("https://a.example/x",), (NOTES,))
    assert Heard().is_blank
    assert not both.is_blank


def test_typed_links_need_no_scheme() -> None:
    typed = "a.example/x, <https://b.example/y> http://c.example localhost"
    assert typed_links(typed) == ["https://a.example/x", "https://b.example/y", "http://c.example", "localhost"]


def test_the_mention_is_not_part_of_the_text() -> None:
    assert without_mention("<@12> brief <@!12> this <@13>", 12) == "brief this <@13>"
    assert mentions("hi <@!12>", 12)
    assert not mentions("hi <@123>", 12)
