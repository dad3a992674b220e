"""Extractors: plain text, Markdown, web pages."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.content import Raw
from bot.intake.headline import headline, without_site
from bot.intake.markdown_text import extract_markdown, plain
from bot.intake.plain_text import extract_plain, title_line
from bot.intake.web_page import canonical, extract_page
from bot.intake.written_dates import written_date

pytestmark = pytest.mark.unit

PARAGRAPHS = (
    "The harbour council of Brannock voted on Tuesday night to rebuild the old ferry pier before the winter "
    "storms, after a survey found that eleven of its forty timbers had rotted through.",
    "“We have waited nine years, and the sea does not wait,” said Maren Ilves, who has run the ticket office "
    "since she was nineteen. She expects the first boats to land again in April.",
    "The work will cost 2.4 million crowns. Two thirds of it comes from the region, the rest from a levy on "
    "parking that the council passed with seven votes against five.",
    "Opponents called the levy unfair. Tomas Reik, a baker, said that his customers already park in the next "
    "town, and that he would rather see the pier closed than pay for it twice.",
)


def page(*, head: str = "", lang: str = "en", heading: str = "Brannock will rebuild its ferry pier") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='{lang}'><head><meta charset=utf-8><title>x</title>{head}</head><body>"
        f"<nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a></ul></nav>"
        f"<main><article><h1>{heading}</h1>{body}</article></main>"
        f"<footer><p>Copyright the Brannock Bell. All rights reserved.</p></footer></body></html>"
    ).encode()


def linked_data(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_plain_text_is_kept_character_for_character(text: str) -> None:
    assert extract_plain(Raw(text.encode())).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Pier to be rebuilt\n\nThe council voted.", "Pier to be rebuilt"),
        ("Pier to be rebuilt\r\n\r\nThe council voted.", "Pier to be rebuilt"),
        ("‘Who pays?’ asks the baker\n\nWords.", "‘Who pays?’ asks the baker"),
        ("Is the pier lost?\n\nWords.", "Is the pier lost?"),
        ("The council voted on Tuesday.\n\nMore.", None),
        ("Pier to be rebuilt\nThe council voted.", None),
        ("Pier to be rebuilt", None),
        ("x" * 201 + "\n\nWords.", None),
        ("* * *\n\nWords.", None),
        ("", None),
    ],
)
def test_first_line_is_a_title_only_when_it_reads_like_one(text: str, title: str | None) -> None:
    assert title_line(text) == title


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    source = (
        "---\ntitle: The pier\nauthor: Ana Bel\ndate: 2024-05-17\n---\n\n# Pier, *again*\n\n"
        "The [council](https://a.example/x_(y)) **voted**; see ![a map](m.png) and `plan.txt`.\n"
        "It is snake_case_name, 2 * 3 * 4 and <https://b.example>.\n\n> “We _wait_,” she said.\n\n"
        "- first\n- second\n\n---\n\n[ref]: https://c.example\nRead [more][ref]. \\*Not emphasis\\*.\n\n"
        "```\n# no heading\n[no](link)\n```\n"
    )
    extract = extract_markdown(Raw(source.encode()))
    assert extract.text == (
        "Pier, again\n\nThe council voted; see  and plan.txt.\n"
        "It is snake_case_name, 2 * 3 * 4 and https://b.example.\n\n“We wait,” she said.\n\n"
        "- first\n- second\n\nRead more. *Not emphasis*.\n\n# no heading\n[no](link)"
    )
    assert (extract.title, extract.author, extract.published) == ("The pier", "Ana Bel", date(2024, 5, 17))
    assert extract.published_from == "meta"


def test_markdown_without_front_matter_is_titled_by_its_first_heading() -> None:
    assert extract_markdown(Raw(b"Intro.\n\n## The [pier](x) ##\n\nWords.")).title == "The pier"


@given(st.text(alphabet="ab*_[]()`#>-\\!<\n ~", max_size=200))
def test_markdown_of_any_shape_is_read_in_reasonable_time(source: str) -> None:
    assert isinstance(plain(source), str)


def test_page_gives_article_and_nothing_around_it() -> None:
    extract = extract_page(Raw(page(), url="https://www.bell.example/news/1"))
    assert extract.text.split("\n\n")[-4:] == list(PARAGRAPHS)
    assert "Sport" not in extract.text
    assert "Copyright" not in extract.text
    assert extract.title == "Brannock will rebuild its ferry pier"
    assert (extract.site, extract.language) == ("bell.example", "en")


def test_furniture_is_taken_out_of_pages() -> None:
    whole = page().replace(b"</p>", b"</p><p>CLICK HERE TO READ MORE FROM THE BRANNOCK BELL</p>", 2)
    assert "CLICK HERE" not in extract_page(Raw(whole)).text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_canonical_text_has_one_form(text: str) -> None:
    once = canonical(text)
    assert unicodedata.is_normalized("NFC", once)
    assert "\n\n\n" not in once
    assert "\xa0" not in once
    assert once == once.strip()


def test_long_block_that_comes_twice_is_kept_once() -> None:
    assert canonical(f"{PARAGRAPHS[0]}\nPros\n{PARAGRAPHS[0]}\nPros") == f"{PARAGRAPHS[0]}\n\nPros\n\nPros"


@pytest.mark.parametrize(
    ("head", "day", "told_by"),
    [
        (linked_data(datePublished="2024-03-05T23:30:00-05:00"), date(2024, 3, 5), "json-ld"),
        (
            linked_data(datePublished="2024-03-05")
            + '<meta property="article:published_time" content="2024-04-01">',
            date(2024, 3, 5),
            "json-ld",
        ),
        ('<meta property="article:published_time" content="2024-04-01T08:00:00Z">', date(2024, 4, 1), "meta"),
        ('<meta name="DC.date" content="2 April 2024">', date(2024, 4, 2), "meta"),
        ('<script type="application/ld+json">{"broken"</script>', None, "unknown"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"Comment","datePublished":"2024-01-01"},'
            '{"@type":["Article"],"datePublished":"2024-02-02"}]}</script>',
            date(2024, 2, 2),
            "json-ld",
        ),
    ],
)
def test_machine_readable_date_is_preferred_and_told(head: str, day: date | None, told_by: str) -> None:
    extract = extract_page(Raw(page(head=head)))
    assert (extract.published, extract.published_from) == (day, told_by)


def test_visible_date_is_the_last_resort() -> None:
    whole = page().replace(b"</h1>", b"</h1><time datetime='2023-11-04'>4 November 2023</time>")
    extract = extract_page(Raw(whole))
    assert (extract.published, extract.published_from) == (date(2023, 11, 4), "page")


def test_day_in_the_address_corrects_a_utc_date_by_one_day_only() -> None:
    head = linked_data(datePublished="2024-03-06T03:30:00Z")
    assert extract_page(Raw(page(head=head), url="https://b.example/2024/03/05/pier/")).published == date(
        2024, 3, 5
    )
    assert extract_page(Raw(page(head=head), url="https://b.example/2023/03/05/pier/")).published == date(
        2024, 3, 6
    )


def test_subscriber_page_is_marked() -> None:
    assert extract_page(Raw(page(head=linked_data(isAccessibleForFree="False")))).is_stub
    assert not extract_page(Raw(page(head=linked_data(isAccessibleForFree=True)))).is_stub


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"<p>x</p>", b"<!doctype html>", b"words without markup"])
def test_page_without_article_gives_no_text(data: bytes) -> None:
    assert len(extract_page(Raw(data)).text.split()) < 25


def test_heading_is_preferred_where_it_resembles_the_declared_title() -> None:
    declared = "Brannock rebuilds pier | The Brannock Bell"
    assert headline(["Brannock rebuilds its old ferry pier"], declared, "The Brannock Bell") == (
        "Brannock rebuilds its old ferry pier"
    )
    assert headline(["The Bell"], declared, "The Brannock Bell") == "Brannock rebuilds pier"
    assert headline([], None, None) is None
    assert headline(["One"], None, None) == "One"


def test_site_name_is_cut_from_either_end_of_a_title() -> None:
    assert without_site("Pier lost - The Bell", "The Bell") == "Pier lost"
    assert without_site("The Bell | Pier lost", "The Bell") == "Pier lost"
    assert without_site("Pier – lost", "The Bell") == "Pier – lost"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-17", date(2024, 5, 17)),
        ("2024-05-17T23:59:59+02:00", date(2024, 5, 17)),
        ("20240517", date(2024, 5, 17)),
        ("2024/5/7", date(2024, 5, 7)),
        ("May 17, 2024", date(2024, 5, 17)),
        ("Friday, 17 May 2024", date(2024, 5, 17)),
        ("Fri, 17 May 2024 10:00:00 GMT", date(2024, 5, 17)),
        ("2024-13-45", None),
        ("1970-01-01", None),
        ("2999-01-01", None),
        ("soon", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_written_dates(written: object, day: date | None) -> None:
    assert written_date(written) == day


@given(st.text(max_size=40))
def test_written_date_never_fails(text: str) -> None:
    assert written_date(text) is None or isinstance(written_date(text), date)
