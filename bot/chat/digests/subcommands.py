"""What each subcommand of /digest does. Every answer is for the asker alone; only runs post where all can see."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

import discord
from discord import app_commands

from bot.chat.answers import InteractionAnswer
from bot.chat.cards import card_view, card_views, notice_view, told_view, upload_view
from bot.chat.digests import words
from bot.chat.digests.given import Given, changes, listed
from bot.chat.digests.previews import Previews
from bot.chat.digests.wishes import addresses
from bot.chat.digests.zones import offered
from bot.chat.failures import Gone, kind, place_of, sentence
from bot.chat.watching import reads_words
from bot.chat.whispers import MANAGERS_ONLY, Interaction, View, manages
from bot.domain.digest import Digest
from bot.domain.errors import NutgrafError, UsageError
from bot.render.layout import Page
from bot.services.digest_desk import DigestDesk
from bot.wording import Phrase, phrase_n, say

_log = logging.getLogger(__name__)
Work = Callable[[discord.Guild, InteractionAnswer], Awaitable[Sequence[View]]]

_RUN_WATCHED: Final = timedelta(minutes=10)  # an interaction can be answered for 15
_NO_WORDS: Final = Phrase(
    "Discord does not show me the words of messages there, so only links in messages that mention me count. "
    "The person who runs this bot can change that: Message Content Intent, in Discord's developer portal."
)
_LISTED: Final = 25  # Discord's limit for what autocomplete offers


class Subcommands:
    """/digest over the DigestDesk."""

    def __init__(self, desk: DigestDesk, previews: Previews) -> None:
        self._desk = desk
        self._previews = previews

    # --- setting up -----------------------------------------------------------------------------------------

    async def create(self, interaction: Interaction, given: Given) -> None:
        """A new digest."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            asked = await changes(given, self._desk, guild, None, interaction.channel)
            known = {"guild_id": guild.id, "created_by": interaction.user.id}
            digest = await self._desk.create(Digest.model_validate(known | asked.values))
            notes = [*asked.notes, *await self._notes(interaction, digest)]
            head = say("It is set up. Try it with /digest preview, or post it at once with /digest run-now.")
            return card_views(words.settings_page(digest, head, notes))

        await self._serve(interaction, work)

    async def edit(self, interaction: Interaction, name: str, given: Given) -> None:
        """Change what was given, and nothing else."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            before = await self._desk.named(guild.id, name)
            asked = await changes(given, self._desk, guild, before, interaction.channel)
            if not asked.values:
                return card_views(words.settings_page(before, say("Nothing was changed: name what to change.")))
            digest = await self._desk.change(before, **asked.values)
            notes = [*asked.notes, *(await self._notes(interaction, digest) if given.watch else [])]
            return card_views(words.settings_page(digest, say("It is changed."), notes))

        await self._serve(interaction, work)

    async def pause(self, interaction: Interaction, name: str, *, paused: bool) -> None:
        """Stop it until it is resumed, or let it go on."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            before = await self._desk.named(guild.id, name)
            digest = await self._desk.change(before, paused=paused)
            if paused:
                said = say("“{name}” is paused. It runs again after /digest resume.", name=digest.name)
                return [told_view(said)]
            head = say("It goes on. What came up meanwhile is told by the next run.")
            return card_views(words.settings_page(digest, head))

        await self._serve(interaction, work)

    async def delete(self, interaction: Interaction, name: str) -> None:
        """Remove it for good."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            digest = await self._desk.named(guild.id, name)
            await self._desk.delete(digest)
            said = say("“{name}” is deleted with its history. What it posted stays.", name=digest.name)
            return [told_view(said)]

        await self._serve(interaction, work)

    # --- looking --------------------------------------------------------------------------------------------

    async def show(self, interaction: Interaction, name: str | None) -> None:
        """All digests, or all of one."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            if name is not None:
                return card_views(words.settings_page(await self._desk.named(guild.id, name)))
            digests = await self._desk.of_guild(guild.id)
            if not digests:
                return [notice_view(say("There is no digest here yet. Set one up with /digest create."))]
            return card_views(words.list_pages(digests))

        await self._serve(interaction, work)

    async def history(self, interaction: Interaction, name: str) -> None:
        """How its latest runs ended."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            digest = await self._desk.named(guild.id, name)
            return card_views(words.history_pages(digest, await self._desk.history(digest)))

        await self._serve(interaction, work)

    async def feeds(
        self,
        interaction: Interaction,
        name: str,
        *,
        add: str | None,
        remove: str | None,
        opml: discord.Attachment | None,
        export: bool,
    ) -> None:
        """Its feeds and how they do; add some, remove some, take an OPML file, hand one out."""

        async def work(guild: discord.Guild, answer: InteractionAnswer) -> Sequence[View]:
            digest = await self._desk.named(guild.id, name)
            notes: list[str] = []
            urls = list(digest.feeds)
            if remove:
                urls = _without(urls, remove)
            if add:
                urls += [link.url for link in await self._desk.find_feeds(addresses(add))]
            if opml is not None:
                found, note = await listed(opml, self._desk)
                urls += found
                notes.append(note)
            if tuple(dict.fromkeys(urls)) != digest.feeds:
                digest = await self._desk.change(digest, feeds=tuple(dict.fromkeys(urls)))
            views = card_views(words.feeds_pages(digest, await self._desk.states(digest), notes))
            if not export:
                return views
            await _show(answer, views)
            view, file = _file_view(digest, await self._desk.opml_of(digest))
            await interaction.followup.send(view=view, file=file, ephemeral=True)
            return ()

        await self._serve(interaction, work)

    # --- trying ---------------------------------------------------------------------------------------------

    async def run_now(self, interaction: Interaction, name: str) -> None:
        """Post it at once; the asker is told how it went."""

        async def work(guild: discord.Guild, answer: InteractionAnswer) -> Sequence[View]:
            digest = await self._desk.named(guild.id, name)
            run = await self._desk.run_now(digest)
            place = f"<#{digest.channel_id}>"
            making = say("“{name}” is being made; it will stand in {channel}.", name=digest.name, channel=place)
            await answer.update(told_view(making))
            ended = await self._desk.ended(run, within=_RUN_WATCHED)
            said = words.outcome(digest, ended)
            return [card_view(Page((f"{words.said(digest.name)}: {said}",)))]

        await self._serve(interaction, work)

    async def preview(self, interaction: Interaction, name: str) -> None:
        """What a run would post now, and why."""

        async def work(guild: discord.Guild, _: InteractionAnswer) -> Sequence[View]:
            digest = await self._desk.named(guild.id, name)
            token = str(interaction.id)
            return [(await self._previews.made(digest, token))[0]]

        await self._serve(interaction, work)

    # --- autocomplete ---------------------------------------------------------------------------------------

    async def offer_digests(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The guild's digests whose name holds what was typed, those that begin with it first."""
        if interaction.guild_id is None:
            return []
        wanted = typed.strip().casefold()
        fitting = [
            digest
            for digest in await self._desk.of_guild(interaction.guild_id)
            if wanted in digest.name.casefold()
        ]
        fitting.sort(key=lambda digest: not digest.name.casefold().startswith(wanted))
        return [app_commands.Choice(name=words.offer(digest), value=digest.name) for digest in fitting[:_LISTED]]

    async def offer_zones(self, typed: str) -> list[app_commands.Choice[str]]:
        """Time zones, and the time there."""
        # In a thread: each zone's file is read.
        rows = await asyncio.to_thread(offered, typed, self._desk.clock())
        return [app_commands.Choice(name=label, value=zone) for label, zone in rows]

    # --- answering ------------------------------------------------------------------------------------------

    async def _serve(self, interaction: Interaction, work: Work) -> None:
        """Acknowledge to the asker alone, do the work, show its views, or a sentence. Raises nothing."""
        answer = InteractionAnswer(interaction, private=True)
        try:
            guild = interaction.guild
            if guild is None or not manages(interaction):
                await answer.say(notice_view(str(MANAGERS_ONLY)))
                return
            await answer.open(notice_view(""))
            try:
                views = await work(guild, answer)
            except NutgrafError as failure:
                views = [told_view(str(failure))]
            except Exception as error:  # the last net: whatever it was, the person reads a sentence
                views = [notice_view(sentence(error))]
            await _show(answer, views)
        except Gone:
            pass
        except Exception as error:
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))

    async def _notes(self, interaction: Interaction, digest: Digest) -> list[str]:
        """What the person should know although all is well."""
        if digest.watched_channels and not await reads_words(interaction.client):
            return [str(_NO_WORDS)]
        return []


async def _show(answer: InteractionAnswer, views: Sequence[View]) -> None:
    for number, view in enumerate(views):
        await (answer.add(view) if number else answer.finish(view))


def _file_view(digest: Digest, opml: bytes) -> tuple[View, discord.File]:
    """What shows an OPML file, and the file."""
    name = f"{re.sub('[^a-z0-9]+', '-', digest.name.lower()).strip('-') or 'digest'}.opml"
    return upload_view(say("The feeds as an OPML file, which other readers take, too:"), name, opml)


def _without(urls: Sequence[str], typed: str) -> list[str]:
    """`urls` without those that were named, by address or by a part of it that fits only one."""
    left = list(urls)
    for wanted in addresses(typed):
        fitting = [url for url in left if url == wanted] or [
            url for url in left if wanted.casefold() in url.casefold()
        ]
        if len(fitting) != 1:
            none = Phrase("None of its feeds fits “{address}”.", address=wanted)
            many = phrase_n(
                "{count} of its feeds fits “{address}”.",
                "{count} of its feeds fit “{address}”.",
                len(fitting),
                address=wanted,
            )
            raise UsageError(many if fitting else none, cure=Phrase("Give the feed's address as it is listed."))
        left.remove(fitting[0])
    return left
