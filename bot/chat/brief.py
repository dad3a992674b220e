"""The doors to a briefing: a mention, a reply that mentions us, a direct message, /brief and its form, Apps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import discord
from discord import app_commands, ui

from bot.chat.actions import BUTTONS
from bot.chat.answers import InteractionAnswer, MessageAnswer, apologise
from bot.chat.desk import Desk
from bot.chat.gather import Files, files_in, heard_in, hidden, links_to, offered, replied_to
from bot.chat.heard import (
    HOW_TO,
    HOW_TO_MENTION,
    MAX_SOURCES,
    Choice,
    Heard,
    choose,
    choose_or_explain,
    mentions,
    typed_links,
)
from bot.chat.recent import Recent
from bot.chat.surfaces import Surfaces
from bot.domain.errors import NoTextError, NutgrafError, UsageError
from bot.domain.order import ArticleOrder
from bot.domain.source import Known
from bot.jobs.orders import article_order
from bot.services.briefing import BriefOptions

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu

_ABOUT = "Brief an article: summary, key quotes, timeline"
_MAX_TEXT_OPTION = 6_000
_MAX_TEXT_FIELD = 4_000  # Discord's own limits for an option and for a form's field


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options of /brief say, checked."""

    known: Known = field(default_factory=Known)
    options: BriefOptions = field(default_factory=BriefOptions)
    private: bool = False


class BriefFeature:
    """Hears people, and hands what they point at to the Desk."""

    dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = BUTTONS

    def __init__(self, desk: Desk, surfaces: Surfaces, *, max_bytes: int) -> None:
        self._desk = desk
        self._surfaces = surfaces
        self._max_bytes = max_bytes
        self._recent = Recent()

    # --- messages -------------------------------------------------------------------------------------------

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Brief what `message` asks for; messages that do not address us pass by."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        named = message.guild is None or mentions(message.content, me.id)
        if not (named or me in message.mentions) or not self._recent.is_new(message.id):
            return
        answer = MessageAnswer(message, self._surfaces)
        try:
            choice, files = await self._chosen(message, me.id)
        except NutgrafError as failure:
            if named:  # a "thanks!" in reply to a briefing only pings us, and asks for nothing
                await self._desk.refuse(answer, failure)
            return
        await self._serve(answer, choice, files, Wish())

    async def _chosen(self, message: discord.Message, bot_id: int) -> tuple[Choice, Files]:
        """What `message` holds, or else the message it replies to. Raises UsageError and SourceError."""
        choice = choose(heard_in(message, bot_id=bot_id))
        if choice is not None:
            return choice, files_in(message)
        original = await replied_to(message)
        if original is None:
            raise UsageError("There is nothing to brief in that message.", cure=HOW_TO_MENTION)
        if original.author.id == bot_id:
            raise NoTextError("That message is mine, and I do not brief my own briefings.", cure=HOW_TO)
        heard = heard_in(original, bot_id=bot_id)
        if heard.is_blank and message.guild is not None:
            raise hidden()
        return choose_or_explain(heard, "the message you replied to"), files_in(original)

    async def _serve(
        self, answer: MessageAnswer | InteractionAnswer, choice: Choice, files: Files, wish: Wish
    ) -> None:
        async def ordered() -> ArticleOrder:
            keep, most = self._desk.keep, self._max_bytes
            return article_order(
                await links_to(choice, files, wish.known, keep=keep, max_bytes=most), wish.options
            )

        await self._desk.serve(answer, ordered)

    # --- commands -------------------------------------------------------------------------------------------

    def commands(self) -> tuple[Command, ...]:
        """/brief and Apps > Brief this."""

        @app_commands.describe(
            link="The article's address; several, separated by spaces, make one joined briefing",
            file="A .txt, .md or .html file",
            text="The article's text",
            published="The day it was published, as 2026-03-31, where the page does not say",
            language="The language to write in, as en or sv; left out: the article's own",
            sections="Only these sections, as summary, quotes, timeline",
            private="Only you see the briefing",
        )
        async def brief(  # noqa: PLR0913, PLR0917  one parameter an option: Discord's form of it
            interaction: Interaction,
            link: str | None = None,
            file: discord.Attachment | None = None,
            text: app_commands.Range[str, 1, _MAX_TEXT_OPTION] | None = None,
            published: str | None = None,
            language: str | None = None,
            sections: str | None = None,
            private: bool = False,
        ) -> None:
            try:
                wish = wished(published, language, sections, private=private)
            except NutgrafError as failure:
                await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
                return
            if not (link or file or text):
                await interaction.response.send_modal(PasteForm(self, wish))
                return
            await self.serve_options(interaction, wish, link=link, file=file, text=text)

        async def brief_this(interaction: Interaction, message: discord.Message) -> None:
            await self._serve_target(interaction, message)

        return (
            app_commands.Command(name="brief", description=_ABOUT, callback=brief),
            app_commands.ContextMenu(name="Brief this", callback=brief_this),
        )

    async def serve_options(
        self,
        interaction: Interaction,
        wish: Wish,
        *,
        link: str | None = None,
        file: discord.Attachment | None = None,
        text: str | None = None,
    ) -> None:
        """Brief what was typed into the command or the form, all of it together."""
        links = typed_links(link or "")
        if len(links) + bool(file) + bool(text) > MAX_SOURCES:
            failure = UsageError(f"I brief at most {MAX_SOURCES} sources together.", cure="Send fewer at a time.")
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
            return
        choice = Choice(tuple(links), (offered(file),) if file else (), text)
        files = {file.id: file} if file else {}
        await self._serve(InteractionAnswer(interaction, private=wish.private), choice, files, wish)

    async def serve_form(self, interaction: Interaction, wish: Wish, text: str, day: str) -> None:
        """Brief what was pasted into the form: an article's text, or links."""
        try:
            published = wished(day, None, None, private=wish.private).known.published
            choice = choose(Heard(text)) or Choice(text=text)
        except NutgrafError as failure:
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
            return
        wish = replace(wish, known=Known(published=published)) if published else wish
        await self._serve(InteractionAnswer(interaction, private=wish.private), choice, {}, wish)

    async def _serve_target(self, interaction: Interaction, message: discord.Message) -> None:
        try:
            choice = choose_or_explain(heard_in(message, bot_id=interaction.client.user.id), "that message")
        except NutgrafError as failure:
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
            return
        await self._serve(InteractionAnswer(interaction), choice, files_in(message), Wish())


class PasteForm(ui.Modal, title="Brief a text"):
    """Where to paste an article, when /brief came without anything."""

    words: ui.Label[Any] = ui.Label(
        text="The article",
        description="Its text, or links to articles",
        component=ui.TextInput(style=discord.TextStyle.paragraph, max_length=_MAX_TEXT_FIELD, custom_id="text"),
    )
    day: ui.Label[Any] = ui.Label(
        text="Published on",
        description="As 2026-03-31, so that “Friday” finds its date",
        component=ui.TextInput(required=False, max_length=10, custom_id="published"),
    )

    def __init__(self, feature: BriefFeature, wish: Wish) -> None:
        super().__init__(timeout=_FORM_SECONDS)
        self._feature = feature
        self._wish = wish

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Brief what was pasted."""
        await self._feature.serve_form(interaction, self._wish, _typed(self.words), _typed(self.day))

    # discord.py gives a form fewer arguments than a view here, and ignores the difference in its own types, too.
    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """The last net."""
        await apologise(interaction, error)


_FORM_SECONDS = 3_600.0  # how long a form may stay open before its text is not taken any more


def wished(published: str | None, language: str | None, sections: str | None, *, private: bool) -> Wish:
    """The options of /brief, checked. Raises UsageError naming the one that cannot be used."""
    day = None
    if published and published.strip():
        try:
            day = date.fromisoformat(published.strip())
        except ValueError:
            raise UsageError(f"“{published}” is not a day.", cure="Write it as 2026-03-31.") from None
    code = (language or "auto").strip().lower()
    if code != "auto" and not re.fullmatch(r"[a-z]{2}", code):
        raise UsageError(f"“{language}” is not a language code.", cure="Write it as en, sv or de.")
    names = tuple(name for name in re.split(r"[\s,;]+", (sections or "").strip().lower()) if name)
    return Wish(
        known=Known(published=day), options=BriefOptions(language=code, sections=names or None), private=private
    )


def _typed(label: ui.Label[Any]) -> str:
    component = label.component
    return component.value.strip() if isinstance(component, ui.TextInput) else ""
