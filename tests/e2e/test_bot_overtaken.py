"""A worker that is faster than the bot which took the order."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import aiohttp
from discord import ui

from bot.chat.answerer import DiscordAnswerer
from bot.chat.desk import Behind, Desk
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Answered, Place
from bot.domain.brief import Brief
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.jobs.orders import BriefOrder
from bot.playground import Channel, Person, Playground
from bot.playground.state import Interaction
from bot.services.manners import Asker
from bot.store.store import Store
from tests.support.briefs import brief
from tests.support.places import ARTICLE, interacting, replying, surfaces
from tests.support.stores import store_in_a_file

__all__ = ["store_in_a_file", "surfaces"]


class Overtaken:
    """Orders whose worker is done just when the Desk hears that they still wait in line."""

    def __init__(self, worker: DiscordAnswerer) -> None:
        self._worker = worker
        self._order: BriefOrder | None = None
        self.looks = 0

    async def keep(self, source: Source) -> LinkSource:
        raise NotImplementedError

    async def at_hand(self, order: ArticleOrder) -> Brief | None:
        return None

    def holds(self, order: ArticleOrder) -> bool:
        return False

    def hold(self, order: BriefOrder) -> None:
        raise NotImplementedError

    async def accept(self, order: BriefOrder) -> str:
        self._order = order
        return order.key

    async def ahead(self, key: str) -> int:
        self.looks += 1
        if self.looks > 1:
            return 0
        assert self._order
        await self._worker.answer(self._order, brief())
        return 1

    async def cancel(self, key: str) -> None:
        raise NotImplementedError


class Reply:
    """An answer to somebody's message."""

    def __init__(self, surfaces: Surfaces, place: Place) -> None:
        self._surfaces = surfaces
        self.key = str(place.message_id)
        self.place = place
        self.asker = Asker(user_id=place.asker_id, guild_id=place.guild_id, channel_id=place.channel_id)

    async def say(self, view: ui.LayoutView) -> None:
        raise AssertionError("there is nothing to say")

    async def open(self, view: ui.LayoutView) -> int | None:
        return await self._surfaces.note(self.place, self.key, view)

    async def show(self, view: ui.LayoutView) -> int | None:
        raise AssertionError("nothing lies ready")


async def test_the_place_in_line_does_not_stand_where_the_card_stood(
    playground: Playground, surfaces: Surfaces, store: Store, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, "an article")
    place = replying(playground, ada, general, asked, asked=datetime.now(UTC))
    orders = Overtaken(DiscordAnswerer(surfaces, store.answers))
    desk = Desk(Behind(orders=orders, book=store.answers), surfaces, edit_every=0.01)

    async def ordered() -> ArticleOrder:
        return ARTICLE

    await desk.serve(Reply(surfaces, place), ordered)
    async with asyncio.timeout(10):
        while orders.looks < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    (posted,) = playground.messages(general, by_bot=True)
    assert "Key quotes" in posted.text


async def test_an_interaction_that_is_not_acknowledged_yet_is_waited_for(
    playground: Playground, surfaces: Surfaces, store: Store, ada: Person, general: Channel
) -> None:
    world = playground.world
    used = Interaction(world.mint(), "token", 2, ada.user, general.id, playground.guild.id, {}, world.clock.now())
    world.interactions[used.id] = used
    place = interacting(playground, ada, general, used.token, asked=used.created)
    await store.answers.put(Answered(key=str(used.id), place=place, order=ARTICLE))
    order = BriefOrder(key=str(used.id), article=ARTICLE, place=place)
    answering = asyncio.create_task(DiscordAnswerer(surfaces, store.answers).answer(order, brief()))
    await playground.wait_for_request("PATCH", "/messages/@original")
    callback = f"{playground.api_url}/interactions/{used.id}/{used.token}/callback"
    async with aiohttp.ClientSession() as client, client.post(callback, json={"type": 5}) as answer:
        assert answer.status == 204
    await answering
    (posted,) = playground.messages(general, by_bot=True)
    assert posted is used.original
    assert "Key quotes" in posted.text
