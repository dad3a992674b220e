"""The article site: whole pages, a feed, and the odd pages that real sites serve."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
import pytest

from bot.playground import Playground
from bot.playground.images import size_of

pytestmark = pytest.mark.integration


async def get(playground: Playground, name: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        return await client.get(playground.article_url(name))


async def test_every_article_has_metadata_quotes_and_boilerplate(playground: Playground) -> None:
    assert len(playground.site.articles) == 4
    for article in playground.site.articles:
        page = (await get(playground, article.slug)).text
        assert article.title
        assert article.published.startswith("2026-11-")
        assert "application/ld+json" in page
        assert page.count("“") >= 4
        assert playground.url in page
        assert "{{base}}" not in page


async def test_every_article_has_a_picture_with_words(playground: Playground) -> None:
    for article in playground.site.articles:
        page = (await get(playground, article.slug)).text
        assert f'content="{playground.article_url("pictures/" + article.slug + ".png")}"' in page
        assert 'property="og:image:alt" content="Drawing: ' in page
        picture = await get(playground, f"pictures/{article.slug}.png")
        assert picture.headers["Content-Type"] == "image/png"
        assert size_of(picture.content) == (640, 336)
    assert (await get(playground, "pictures/nothing.png")).status_code == 404


async def test_feed_lists_the_articles_newest_first(playground: Playground) -> None:
    root = ElementTree.fromstring((await get(playground, "feed.xml")).text)  # noqa: S314 - our own
    titles = [item.findtext("title") for item in root.iter("item")]
    assert titles == [article.title for article in playground.site.articles]
    assert titles[0] == "Night bus drivers call off weekend strike after late deal"


@pytest.mark.parametrize(
    ("name", "status"),
    [("", 200), ("nowhere", 404), ("gone", 404), ("forbidden", 403), ("too-many", 429), ("redirect-loop", 302)],
)
async def test_pages_answer_with_their_status(playground: Playground, name: str, status: int) -> None:
    assert (await get(playground, name)).status_code == status


async def test_odd_encodings_and_types(playground: Playground) -> None:
    assert "Café du Port" in (await get(playground, "latin-1")).text
    assert "Ferry timetable" in (await get(playground, "gzip")).text
    assert (await get(playground, "picture")).headers["content-type"] == "image/png"
    assert len((await get(playground, "huge")).content) > 10_000_000
    with pytest.raises(httpx.TransportError):
        await get(playground, "cut")
