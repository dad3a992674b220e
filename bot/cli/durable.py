"""The composition root's durable part: store, jobs and digests over the parts of an App.

Imported by `run`, `try` and `worker` only: it brings the workflow engine and the database along.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app import App
from bot.chat.actions.parts import ActionParts
from bot.chat.actions.under_way import Asking
from bot.chat.answerer import DiscordAnswerer
from bot.chat.client import Feature
from bot.chat.desk import Behind
from bot.chat.digests import DigestFeature, digest_seams
from bot.chat.settings import SettingsFeature
from bot.chat.surfaces import Surfaces
from bot.cli.server_privacy import private
from bot.cli.server_prompts import own_prompts, prompt_feature
from bot.cli.watching import watch_jobs, watch_store
from bot.domain.clock import utc_now
from bot.domain.watching import UNWATCHED
from bot.intake.feeds import FeedReader, read_opml, write_opml
from bot.jobs.making import parts_of
from bot.jobs.opening import Jobs, Manner, open_jobs
from bot.jobs.ports import DigestParts
from bot.services.admitting import Admission, operators_choices, operators_rates
from bot.services.asking import QuestionDesk
from bot.services.books import SettingsBook
from bot.services.digest_desk import DigestDesk
from bot.services.own_prompts import OwnPrompts
from bot.services.remembered import RememberedChoices, RememberedPrompts
from bot.services.settings_desk import SettingsDesk
from bot.services.shelf import Writer
from bot.services.tastes import GuildTastes
from bot.services.votes import Votes
from bot.services.watched import WatchedFeeds
from bot.store.store import Store, open_store
from bot.wording import load_catalogues

if TYPE_CHECKING:
    from bot.chat.wire import Wire
    from bot.watch.watching import Watching


@dataclass(frozen=True, slots=True)
class Durable:
    """What a front needs of durable work. `features`: those beside briefings; `behind`: what their Desk asks."""

    store: Store
    jobs: Jobs
    features: tuple[Feature, ...]
    behind: Behind


@asynccontextmanager
async def durable(
    app: App,
    wire: Wire | None,
    *,
    manner: Manner | None = None,
    watching: Watching | None = None,
) -> AsyncIterator[Durable]:
    """The durable engine over the parts of `app`.

    Without `wire` digests and orders are left to other processes.

    Close the Discord client before leaving: what is under way may still want to post.
    """
    settings = app.settings
    observer = watching.metrics if watching else UNWATCHED
    feeds = WatchedFeeds(FeedReader(settings), observer)
    await asyncio.to_thread(load_catalogues)
    async with open_store(settings.database_url.get_secret_value()) as store:
        seams = digest_seams(wire, store) if wire else None
        own = own_prompts(app, store.prompts)
        choices, prompts = RememberedChoices(store.choices), RememberedPrompts(store.prompts)
        heard = own_prompts(app, prompts)  # for what is asked at every message
        admission = _admission(app, store, choices, heard)
        parts = parts_of(
            store,
            reader=app.reader,
            feeds=feeds,
            prompts=app.prompts,
            engines=app.engines,
            models=app.models,
            prompt_sets=own,
            writer=Writer(app.prompts.digest, "llm" if app.endpoint else "extractive", settings.llm_model),
            poster=seams.poster if seams else None,
            admins=seams.admins if seams else None,
            channels=seams.channels if seams else None,
            tastes=GuildTastes(store.choices, store.reactions, clock=utc_now),
            locale_of=seams.locale_of if seams else None,
            answerer=DiscordAnswerer(Surfaces(wire), store.answers) if wire else None,
            bills=admission,
            observer=observer,
        )
        async with (
            open_jobs(settings, parts, manner or Manner()) as jobs,
            private(settings, store, jobs, wire) as privacy,
        ):
            if watching:
                watch_store(watching, store)
                watch_jobs(watching, jobs)
                watching.sample("feeds", feeds.readings)
            features: list[Feature] = [privacy]
            if parts.digest:
                features.append(_digests(app, store, feeds, parts.digest, jobs))
                features.append(await prompt_feature(app, store, prompts, heard, admission))
                features.append(SettingsFeature(_settings(app, store, choices, heard)))
            behind = Behind(
                orders=jobs,
                book=store.answers,
                admission=admission,
                prompts_of=heard.prompts_of,
                models=app.models,
                actions=ActionParts(
                    documents=store.shelf,
                    questions=QuestionDesk(app.engines, prompt_sets=own, models=app.models),
                    reports=store.reports,
                    usage=store.usage,
                    asking=Asking(store.questions),
                ),
            )
            if wire:
                await jobs.take_up(store.answers)
            yield Durable(store, jobs, tuple(features), behind)


def _admission(app: App, store: Store, choices: SettingsBook, own: OwnPrompts) -> Admission:
    return Admission(
        choices=choices,
        usage=store.usage,
        sections=app.prompts,
        own=own,
        models=app.models,
        operators=operators_choices(app.settings),
        rates=operators_rates(app.settings),
    )


def _settings(app: App, store: Store, choices: SettingsBook, own: OwnPrompts) -> SettingsDesk:
    return SettingsDesk(
        choices=choices,
        audit=store.audit,
        sections=app.prompts,
        own=own,
        models=app.models,
        operators=operators_choices(app.settings),
    )


def _digests(app: App, store: Store, feeds: WatchedFeeds, parts: DigestParts, jobs: Jobs) -> DigestFeature:
    votes = Votes(store.reactions, store.deliveries, utc_now)
    return DigestFeature(
        DigestDesk(
            digests=store.digests,
            deliveries=store.deliveries,
            feeds=store.feeds,
            finder=feeds,
            sections=app.prompts,
            runner=parts.runner(jobs.articles),
            runs=jobs,
            read_opml=read_opml,
            write_opml=write_opml,
            most=app.settings.digests_per_guild,
        ),
        votes,
    )
