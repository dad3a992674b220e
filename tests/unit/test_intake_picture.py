"""The lead picture: what a page declares for sharing, and nothing that gives itself away as no such picture."""

from __future__ import annotations

import json

import pytest

from bot.domain.document import Document, Picture
from bot.domain.keeping import fingerprint
from bot.domain.source import FileSource, Known
from bot.intake import Reader
from bot.settings import load_settings
from tests.support.drafts import checked, point

pytestmark = pytest.mark.unit

BODY = "<article><h1>Harbour talks fail in Lund</h1>" + "".join(
    f"<p>The harbour of Lund stays closed after {weeks} weeks of talks, the council said on Monday.</p>"
    for weeks in ("nine", "ten", "eleven")
)
WALL = "https://pictures.example/2026/wall.jpg"


async def picture_of(*tags: str, url: str | None = "https://courier.example/talks/1") -> Picture | None:
    page = f"<html><head><title>Talks</title>{''.join(tags)}</head><body>{BODY}</article></body></html>"
    async with Reader.open(load_settings(_env_file=None)) as reader:
        source = FileSource(name="talks.html", data=page.encode(), known=Known(url=url))
        return (await reader.read(source)).picture


def meta(name: str, content: object, by: str = "property") -> str:
    return f'<meta {by}="{name}" content="{content}">'


def json_ld(image: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Talks", "image": image}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


async def test_picture_for_sharing_comes_with_its_words() -> None:
    found = await picture_of(meta("og:image", WALL), meta("og:image:alt", "The  flood wall\nat dusk"))
    assert found == Picture(url=WALL, alt="The flood wall at dusk")


@pytest.mark.parametrize(
    "tag",
    [
        meta("twitter:image", WALL, "name"),
        meta("twitter:image:src", WALL, "name"),
        meta("og:image:url", WALL),
        json_ld(WALL),
        json_ld([WALL]),
        json_ld({"@type": "ImageObject", "url": WALL, "width": 1200, "height": 800}),
        json_ld([{"@type": "ImageObject", "contentUrl": WALL}]),
    ],
)
async def test_picture_is_found_wherever_a_page_declares_it(tag: str) -> None:
    assert await picture_of(tag) == Picture(url=WALL)


async def test_words_of_another_tag_for_the_same_picture_are_taken() -> None:
    tags = meta("og:image", WALL), meta("twitter:image", WALL, "name"), meta("twitter:image:alt", "A wall", "name")
    assert await picture_of(*tags) == Picture(url=WALL, alt="A wall")


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("/img/wall.jpg", "https://courier.example/img/wall.jpg"),
        ("//cdn.example/wall.jpg", "https://cdn.example/wall.jpg"),
        ("https://cdn.example/the wall.jpg", "https://cdn.example/the%20wall.jpg"),
    ],
)
async def test_an_address_is_made_complete(told: str, address: str) -> None:
    assert await picture_of(meta("og:image", told)) == Picture(url=address)


@pytest.mark.parametrize(
    "told",
    [
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "ftp://cdn.example/wall.jpg",
        "https://user:secret@cdn.example/wall.jpg",
        "http://[bad",
        "https://cdn.example/site-logo.png",
        "https://cdn.example/assets/Logo_1200.png",
        "https://cdn.example/1x1.gif",
        "https://cdn.example/placeholder.jpg",
        "https://cdn.example/drawing.svg",
        "https://cdn.example/" + "w" * 2_100 + ".jpg",
    ],
)
async def test_what_is_no_picture_of_the_article_is_left_out(told: str) -> None:
    assert await picture_of(meta("og:image", told)) is None


async def test_a_word_that_only_begins_like_logo_is_no_logo() -> None:
    assert await picture_of(meta("og:image", "https://cdn.example/logorrhoea.jpg")) is not None


async def test_an_address_without_a_host_needs_the_pages_own() -> None:
    assert await picture_of(meta("og:image", "/img/wall.jpg"), url=None) is None


@pytest.mark.parametrize(("width", "height"), [(1, 1), (64, 64), (1200, 60), (1200, 200), ("90px", 600)])
async def test_pixels_badges_and_banners_are_left_out_by_their_declared_size(
    width: object, height: object
) -> None:
    tags = meta("og:image", WALL), meta("og:image:width", width), meta("og:image:height", height)
    assert await picture_of(*tags) is None


async def test_the_next_picture_is_taken_where_the_first_is_none() -> None:
    first = meta("og:image", "https://cdn.example/p.gif"), meta("og:image:width", 1), meta("og:image:height", 1)
    second = meta("og:image", WALL), meta("og:image:width", 1200), meta("og:image:height", 630)
    assert await picture_of(*first, *second) == Picture(url=WALL)


async def test_a_page_without_one_has_none() -> None:
    assert await picture_of() is None


def test_picture_goes_on_to_the_brief_but_not_into_what_a_document_is_known_by() -> None:
    plain = Document(text="The wall held on Friday. It cost 41 million.", title="Wall")
    pictured = plain.model_copy(update={"picture": Picture(url=WALL, alt="A wall")})
    assert checked(pictured, summary=(point("The wall held."),)).sources[0].picture == Picture(
        url=WALL, alt="A wall"
    )
    assert fingerprint(plain) == fingerprint(pictured)


def test_documents_and_briefs_kept_before_there_were_pictures_are_still_read() -> None:
    kept = Document(text="The wall held.").model_dump(mode="json")
    del kept["picture"]
    assert Document.model_validate(kept).picture is None


@pytest.mark.parametrize("rating", ["adult", "Mature", "RTA-5042-1996-1400-1577-RTA"])
async def test_a_page_that_says_it_is_for_adults_gives_none(rating: str) -> None:
    assert await picture_of(meta("og:image", WALL), meta("rating", rating, by="name")) is None


async def test_a_page_for_everybody_gives_its_picture() -> None:
    shown = await picture_of(meta("og:image", WALL), meta("rating", "general", by="name"))
    assert shown is not None
    assert shown.url == WALL
