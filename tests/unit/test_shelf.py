"""Reading and writing through the shelf: once for everybody, and never one thing in place of another."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.source import Known, LinkSource
from bot.engines.extractive import ExtractiveEngine
from bot.services.briefing import Briefer, BriefOptions
from bot.services.shelf import FRESH, ShelvedBriefer, ShelvedReader, Writer
from tests.support.digest_parts import GONE, NOW, CountingEngine, MemoryShelf, OneSection, TableArticles

URL = "https://aster.example/harbour-reopens"


class Desk:
    """A briefer over an empty shelf, and what stands around it."""

    def __init__(self) -> None:
        self.articles, self.engine, self.shelf = TableArticles(), CountingEngine(), MemoryShelf()
        self.now = NOW
        self.writer = Writer(prompts_digest="", engine="extractive")
        self.reader = ShelvedReader(self.articles, self.shelf, clock=lambda: self.now)
        briefer = Briefer(
            reader=self.reader,
            prompts=OneSection(),
            engines={"auto": self.engine, "extractive": ExtractiveEngine()},
        )
        self.briefer = ShelvedBriefer(briefer, self.shelf, lambda: self.writer, clock=lambda: self.now)


async def test_an_article_is_read_and_written_about_once_however_its_link_is_spelled() -> None:
    desk = Desk()
    first = await desk.briefer.brief_once([LinkSource(url=URL)])
    again = await desk.briefer.brief_once([LinkSource(url=f"{URL}/?utm_source=x#top")])
    assert (first.paid, again.paid) == (True, False)
    assert again.brief == first.brief
    assert desk.articles.asked.total() == desk.engine.written.total() == 1


async def test_many_who_ask_at_once_pay_once() -> None:
    desk = Desk()
    found = await asyncio.gather(*(desk.briefer.brief_once([LinkSource(url=URL)]) for _ in range(50)))
    assert sum(shelved.paid for shelved in found) == 1
    assert desk.articles.asked.total() == desk.engine.written.total() == 1


async def test_an_article_is_read_again_after_some_hours_and_not_written_about_unless_it_changed() -> None:
    desk = Desk()
    await desk.briefer.brief([LinkSource(url=URL)])
    desk.now += FRESH + timedelta(minutes=1)
    assert not (await desk.briefer.brief_once([LinkSource(url=URL)])).paid
    assert (desk.articles.asked.total(), desk.engine.written.total()) == (2, 1)


@pytest.mark.parametrize(
    "options", [BriefOptions(language="de"), BriefOptions(sections=("summary",)), BriefOptions(with_text=True)]
)
async def test_another_wish_is_another_briefing(options: BriefOptions) -> None:
    desk = Desk()
    await desk.briefer.brief([LinkSource(url=URL)])
    assert (await desk.briefer.brief_once([LinkSource(url=URL)], options)).paid


async def test_what_is_wanted_afresh_is_written_anew_and_takes_the_place_of_what_lay_there() -> None:
    desk = Desk()
    await desk.briefer.brief([LinkSource(url=URL)])
    afresh = await desk.briefer.brief_once([LinkSource(url=URL)], BriefOptions(fresh=True))
    assert afresh.paid
    document = await desk.reader.read(LinkSource(url=URL))
    assert await desk.briefer.kept([document], BriefOptions(fresh=True)) is None
    assert not (await desk.briefer.brief_once([LinkSource(url=URL)])).paid
    assert desk.engine.written.total() == 2


async def test_what_the_fallback_wrote_does_not_stand_in_for_the_model() -> None:
    desk = Desk()
    desk.writer = Writer(prompts_digest="", engine="llm", model="small")
    assert (await desk.briefer.brief_once([LinkSource(url=URL)])).brief.engine == "extractive"
    assert (await desk.briefer.brief_once([LinkSource(url=URL)])).paid  # the model is asked again
    asked = await desk.briefer.brief_once([LinkSource(url=URL)], BriefOptions(engine="extractive"))
    assert not asked.paid  # and who wants the extractive engine finds its Brief


async def test_what_a_feed_knows_of_the_day_outranks_what_lies_on_the_shelf() -> None:
    desk = Desk()
    await desk.reader.read(LinkSource(url=URL))
    day = date(2026, 3, 9)
    document = await desk.reader.read(LinkSource(url=URL, known=Known(published=day)))
    assert (document.published, document.published_from) == (day, "given")
    assert desk.articles.asked.total() == 1


async def test_a_failure_is_not_kept() -> None:
    desk = Desk()
    desk.articles.failing[URL] = GONE
    with pytest.raises(NotFoundError):
        await desk.briefer.brief([LinkSource(url=URL)])
    desk.articles.failing.clear()
    assert (await desk.briefer.brief_once([LinkSource(url=URL)])).paid
