"""Feeds as bytes: what is understood, what is forgiven, and what a hostile one cannot do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NotFoundError, SourceError, TooLargeError, UnsupportedError
from bot.domain.feed import FeedLink
from bot.intake.feeds import FeedReader, read_opml, write_opml
from bot.intake.feeds.declared import declared_feeds
from bot.intake.feeds.parsing import MOST_ITEMS, ParsedFeed, bounded, parse_feed
from bot.intake.feeds.plain import plain
from bot.intake.fetch import NOTHING_MORE, Page
from bot.settings import Settings

BASE = "https://lund.example/news/feed.xml"
HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>Lund Courier</title>'
TAIL = "</channel></rss>"
ENTRY = (
    "<item><title>Harbour {0} reopens</title><link>https://lund.example/a/{0}?utm_source=rss</link>"
    "<description>&lt;p&gt;The &lt;b&gt;harbour&lt;/b&gt; is open.&lt;/p&gt;</description>"
    "<pubDate>Mon, 09 Mar 2026 08:30:00 +0100</pubDate><guid>id-{0}</guid></item>"
)


def parsed(data: str | bytes, content_type: str = "") -> ParsedFeed:
    raw = data.encode() if isinstance(data, str) else data
    return parse_feed(raw, address=BASE, base=BASE, content_type=content_type)


def rss(*items: str) -> str:
    return f"{HEAD}{''.join(items)}{TAIL}"


def test_rss_gives_plain_items_with_clean_addresses_in_utc() -> None:
    feed = parsed(rss(ENTRY.format(1)))
    (item,) = feed.items
    assert (feed.title, feed.kind) == ("Lund Courier", "rss")
    assert item.url == "https://lund.example/a/1"
    assert item.title == "Harbour 1 reopens"
    assert item.summary == "The harbour is open."
    assert item.published == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    assert (item.guid, item.feed, item.outlet) == ("https://lund.example/news/id-1", BASE, "Lund Courier")


def test_atom_with_relative_links_and_markup_in_titles() -> None:
    feed = parsed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry>'
        '<title type="html">&lt;i&gt;Rye&lt;/i&gt;</title><link href="../bread"/>'
        "<id>urn:7</id><updated>2026-03-09T08:00:00Z</updated></entry></feed>"
    )
    (item,) = feed.items
    assert (feed.kind, item.title, item.url) == ("atom", "Rye", "https://lund.example/bread")
    assert item.published == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_json_feed_forgives_a_bad_entry() -> None:
    feed = parsed(
        '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"url":"/x",'
        '"content_html":"<p>Hi you</p>","date_published":"2026-03-09T00:00:00-05:00"},3,{"id":"https://j.example/q","title":"Q"}]}'
    )
    assert [(item.url, item.title) for item in feed.items] == [
        ("https://lund.example/x", "Hi you"),
        ("https://j.example/q", "Q"),
    ]
    assert feed.items[0].published == datetime(2026, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 99 Foo 2026 25:61:00", "0000-00-00", "999999999999"],
)
def test_nonsense_dates_count_as_missing(date: str) -> None:
    (item,) = parsed(rss(f"<item><title>A title</title><link>/a</link><pubDate>{date}</pubDate></item>")).items
    assert item.published is None


def test_broken_xml_still_gives_its_items() -> None:
    feed = parsed(f"{HEAD}{ENTRY.format(1)}<item><title>Salt & pepper <b>now</title><link>/b</link>")
    assert [item.url for item in feed.items] == ["https://lund.example/a/1", "https://lund.example/b"]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_charsets_are_understood(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = rss("<item><title>Zürich öffnet</title><link>/a</link></item>").replace(
        '"1.0"?>', f'"1.0" encoding="{declared}"?>', 1
    )
    assert parsed(text.encode(encoding)).items[0].title == "Zürich öffnet"


def test_only_addresses_that_may_be_read_become_items() -> None:
    links = (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://e.org/x",
        "https://u:p@e.org/",
        "",
        "#",
    )
    items = "".join(f"<item><title>Title here</title><link>{link}</link></item>" for link in links)
    urls = {item.url for item in parsed(rss(items, ENTRY.format(1))).items}
    assert urls <= {"https://lund.example/a/1", "https://lund.example/news/feed.xml"}


def test_a_hundred_thousand_items_are_cut_to_the_first_few_hundred() -> None:
    data = rss(*(ENTRY.format(number) for number in range(100_000))).encode()
    feed = parsed(data)
    assert len(feed.items) == MOST_ITEMS
    assert feed.items[-1].url == f"https://lund.example/a/{MOST_ITEMS - 1}"


@pytest.mark.parametrize("flood", ["<b>", "<", "&", "<a ", "<![CDATA[", "<!--", "a='b' "])
def test_floods_of_markup_are_cut_before_they_are_parsed(flood: str) -> None:
    data = f"{rss(ENTRY.format(1))[: -len(TAIL)]}<item><title>x{flood * (8_000_000 // len(flood))}".encode()
    cut = bounded(data)
    assert len(cut) <= 3_000_100
    assert cut.count(b"<") <= 100_010
    assert cut.endswith(b"</item></channel></rss>")


def test_entities_do_not_multiply() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]>' + rss(
        "<item><title>A &l9; title</title><link>/a</link></item>"
    ).removeprefix('<?xml version="1.0"?>')
    assert all(len(item.title) <= 301 for item in parsed(bomb).items)


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + rss(
        "<item><title>The word is &e; here</title><link>/a</link></item>"
    ).removeprefix('<?xml version="1.0"?>')
    assert all("swordfish" not in item.title for item in parsed(text).items)


@pytest.mark.parametrize(
    "data",
    [b"", b"just text", b"/etc/passwd", b"http://127.0.0.1:9/", b'{"version":1}', b"[" * 99_999, b'{"a":' * 9_999],
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(UnsupportedError, match="no feed"):
        parsed(data)


def test_a_web_page_is_no_feed() -> None:
    with pytest.raises(UnsupportedError):
        parsed("<!doctype html><html><title>x</title><body><p>hello")


@given(st.binary(max_size=300), st.sampled_from([b"", HEAD.encode(), b"{", b"<feed>", b"<rss><item><title>"]))
def test_any_bytes_give_a_feed_or_a_refusal(data: bytes, head: bytes) -> None:
    try:
        feed = parsed(head + data)
    except SourceError:
        return
    assert all(item.url.startswith(("http://", "https://")) and item.title for item in feed.items)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One Two & three"),
        ("A<script>alert(1)</script>B", "AB"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("&amp;lt;b&amp;gt;Twice&amp;lt;/b&amp;gt; escaped", "Twice escaped"),
        ("A long story.\x00 The post A long story appeared first on The Blog.", "A long story."),
        ("Words […]", "Words"),
    ],
)
def test_markup_becomes_the_text_it_shows(markup: str, text: str) -> None:
    assert plain(markup, 500) == text


@given(st.text(max_size=300), st.integers(20, 120))
def test_plain_text_keeps_its_length_and_one_line(markup: str, longest: int) -> None:
    text = plain(markup, longest)
    assert len(text) <= longest
    assert "\n" not in text


PAGE = """<!doctype html><html><head><base href="https://lund.example/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" title="News" href="news.atom">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/xml" href="/x">
</head><body><a href="/other.rss">RSS</a></body></html>"""


def test_a_page_names_its_feeds_those_of_comments_last() -> None:
    assert declared_feeds(PAGE.encode(), base="https://lund.example/start") == (
        FeedLink(url="https://lund.example/news.atom", title="News", kind="atom"),
        FeedLink(url="https://lund.example/comments/feed", title="Comments", kind="rss"),
    )


def test_links_in_the_text_are_taken_where_the_head_names_none() -> None:
    page = b"<html><body><a href='/blog/feed.xml'>Subscribe</a><a href='/feeding-birds'>x</a></body></html>"
    assert [link.url for link in declared_feeds(page, base="https://e.example/")] == [
        "https://e.example/blog/feed.xml"
    ]


class Site:
    """A site as a table of addresses; everything else is not there."""

    def __init__(self, **pages: str) -> None:
        self.pages = {f"https://lund.example/{path}": body for path, body in pages.items()}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    async def fetch(self, url: str, *, asking: object = NOTHING_MORE) -> Page:
        self.asked.append(url)
        self.headers.append(dict(asking))  # type: ignore[call-overload]
        if url not in self.pages:
            raise NotFoundError
        return Page(url=url, data=self.pages[url].encode(), content_type="", etag='"v1"')


def reader(site: Site) -> FeedReader:
    return FeedReader(Settings(_env_file=None), fetcher=site)


async def test_discovery_takes_what_the_page_names() -> None:
    found = await reader(Site(start=PAGE)).discover("lund.example/start")
    assert found[0].url == "https://lund.example/news.atom"


async def test_discovery_takes_the_address_of_a_feed_itself() -> None:
    site = Site(odd=rss(ENTRY.format(1)))
    assert await reader(site).discover("https://lund.example/odd") == (
        FeedLink(url="https://lund.example/odd", title="Lund Courier", kind="rss"),
    )


async def test_discovery_tries_the_usual_places_and_stops_at_the_first_that_answers() -> None:
    site = Site(home="<html><body>Hello</body></html>", rss=rss(ENTRY.format(1)))
    found = await reader(site).discover("https://lund.example/home")
    assert [link.url for link in found] == ["https://lund.example/rss"]
    assert len(site.asked) <= 4


async def test_a_site_without_feeds_is_said_to_have_none() -> None:
    with pytest.raises(NotFoundError, match="no feed on that site"):
        await reader(Site(home="<html><body>Hello</body></html>")).discover("https://lund.example/home")


async def test_validators_that_could_break_a_request_are_not_sent_back() -> None:
    site = Site(feed=rss(ENTRY.format(1)))
    read = await reader(site).read_feed("https://lund.example/feed", etag='"x"\r\nX-Evil: 1', modified="é")
    assert read.etag == '"v1"'
    assert set(site.headers[0]) == {"Accept"}
    await reader(site).read_feed(
        "https://lund.example/feed", etag='"v1"', modified="Mon, 09 Mar 2026 08:30:00 GMT"
    )
    assert site.headers[1]["If-None-Match"] == '"v1"'
    assert "If-Modified-Since" in site.headers[1]


LINKS = st.builds(
    FeedLink,
    url=st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z?=&;'\"<>]{0,12}", fullmatch=True),
    title=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=40),
    kind=st.sampled_from(["rss", "atom", "json"]),
)


@given(st.lists(LINKS, max_size=8, unique_by=lambda link: link.url), st.text(max_size=30))
def test_opml_comes_back_as_it_was_written(feeds: list[FeedLink], title: str) -> None:
    again = read_opml(write_opml(feeds, title))
    assert again.left_out == 0
    assert [(link.url, link.kind) for link in again.feeds] == [(link.url, link.kind) for link in feeds]
    for link, before in zip(again.feeds, feeds, strict=True):
        assert link.title == before.title or before.url.startswith(before.title)


def test_opml_folders_are_flattened_and_what_is_no_web_address_is_counted() -> None:
    data = b"""<?xml version="1.0"?><opml version="1.0"><body><outline text="Folder"><outline text="A"
    XMLURL="https://a.example/feed"/><outline text="B" xmlUrl="javascript:alert(1)"/></outline></body></opml>"""
    found = read_opml(data)
    assert found.feeds == (FeedLink(url="https://a.example/feed", title="A"),)
    assert found.left_out == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<html></html>",
        b"<opml><body>",
        b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>',
        b'<?xml version="1.0" encoding="nonsense"?><opml/>',
    ],
)
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(UnsupportedError, match="not an OPML file"):
        read_opml(data)


def test_a_huge_opml_is_refused_unread() -> None:
    with pytest.raises(TooLargeError):
        read_opml(b"<opml>" + b" " * 1_000_001)
