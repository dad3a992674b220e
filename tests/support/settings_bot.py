"""The bot with /settings, in the local Discord, over a real store; briefings are no part of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.chat.client import NutgrafClient, make_client, run_client
from bot.chat.desk import Behind
from bot.chat.settings import SettingsFeature
from bot.chat.wire import Wire
from bot.domain.brief import Brief
from bot.domain.keeping import Choices
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource, Source
from bot.jobs.orders import BriefOrder
from bot.playground import Channel, Message, Person, Playground
from bot.playground.state import Interaction, JsonObject
from bot.prompting import load_prompts
from bot.services.admitting import DEFAULTS
from bot.services.models import Models
from bot.services.settings_desk import SettingsDesk
from bot.settings import load_settings
from bot.store.store import Store, open_store
from tests.support.small_bot import until
from tests.support.stores import sqlite_address

MODELS = Models({"big": "vendor/big", "quick": "vendor/quick"})


class NoOrders:
    """Jobs that nobody has."""

    async def keep(self, source: Source) -> LinkSource:
        raise NotImplementedError

    async def at_hand(self, order: ArticleOrder) -> Brief | None:
        raise NotImplementedError

    def holds(self, order: ArticleOrder) -> bool:
        return False

    def hold(self, order: BriefOrder) -> None:
        raise NotImplementedError

    async def accept(self, order: BriefOrder) -> str:
        raise NotImplementedError

    async def ahead(self, key: str) -> int:
        raise NotImplementedError

    async def cancel(self, key: str) -> None:
        raise NotImplementedError


@dataclass
class SettingsBot:
    """The bot online, and what a person does with its panel."""

    playground: Playground
    client: NutgrafClient
    store: Store
    desk: SettingsDesk

    async def open(self, who: Person, **given: Any) -> Message:
        """`/settings show` in #general, answered."""
        return await self._answered(await who.slash("settings show", given, self.playground.channel("general")))

    async def click(self, who: Person, panel: Message, label: str) -> Message:
        """A button of the panel, and what is shown then."""
        seen = panel.revisions
        return await self._shown(await who.click(panel, label), panel, seen)

    async def pick(self, who: Person, panel: Message, does: str, *picked: Any) -> Message:
        """A menu of the panel, known by what its custom_id says, and what is shown then."""
        seen = panel.revisions
        return await self._shown(await who.select(panel, _menu(panel, does)["custom_id"], *picked), panel, seen)

    async def change(self, who: Person, panel: Message, name: str, *picked: Any) -> Message:
        """Open a setting and pick there; what is shown then."""
        await self.pick(who, panel, "open", name)
        return await self.pick(who, panel, "set", *picked)

    async def write(self, who: Person, panel: Message, name: str, text: str) -> Message:
        """Open a setting and write there; what is shown then."""
        await self.pick(who, panel, "open", name)
        form = await who.click(panel, "Write it")
        seen = panel.revisions
        return await self._shown(await who.submit_modal(form, {"value": text}), panel, seen)

    def options(self, panel: Message, does: str) -> list[str]:
        """What a menu offers."""
        return [option["value"] for option in _menu(panel, does).get("options") or []]

    async def own(self, channel: Channel | None = None) -> Choices:
        """What is stored for exactly that place."""
        return await self.store.choices.own(self.playground.guild.id, channel.id if channel else None)

    async def _answered(self, used: Interaction) -> Message:
        assert used.original is not None
        await self.playground.wait_until(used.original, lambda message: not message.loading, 10)
        return used.original

    async def _shown(self, used: Interaction, panel: Message, seen: int) -> Message:
        """The panel once it has changed, or the sentence that appeared beside it."""

        def shown() -> Message | None:
            beside = [*used.followups, *([used.original] if used.original else [])]
            told = next((message for message in beside if message.id != panel.id), None)
            return told or (panel if panel.revisions > seen else None)

        return await self.playground.world.until(shown, timeout=10, waiting_for="what was pressed")


def _menu(panel: Message, does: str) -> JsonObject:
    return next(
        part for part in panel.walk() if str(part.get("custom_id", "")).startswith(f"nutgraf:settings:{does}")
    )


@asynccontextmanager
async def settings_bot(playground: Playground, folder: Path) -> AsyncIterator[SettingsBot]:
    """The bot ready inside the block, closed after it. What is in `folder` is found again by the next one."""
    settings = load_settings(_env_file=None, llm_base_url=None)
    prompts = await asyncio.to_thread(load_prompts, None)
    wire = Wire()
    async with open_store(sqlite_address(folder / "nutgraf.db")) as store:
        desk = SettingsDesk(
            choices=store.choices,
            audit=store.audit,
            sections=prompts,
            models=MODELS,
            operators=DEFAULTS.model_copy(update={"daily_tokens": 500_000}),
            clock=playground.world.clock.now,
        )
        feature = SettingsFeature(desk)
        client = make_client(
            Behind(orders=NoOrders(), book=store.answers), settings, wire=wire, more=[feature], ready_timeout=0.05
        )
        run = asyncio.create_task(run_client(client, playground.token))
        try:
            await until(lambda: run.done() or client.is_ready())
            if run.done():
                run.result()
            yield SettingsBot(playground, client, store, desk)
        finally:
            await client.close()
            await asyncio.wait({run})
