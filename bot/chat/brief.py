"""The doors to a briefing: a mention, a reply that mentions us, a direct message, /brief and its form, Apps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

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
from bot.chat.paste_form import paste_form, pasted
from bot.chat.recent import Recent
from bot.chat.surfaces import Surfaces
from bot.chat.wishes import Typed, Wish
from bot.domain.errors import NoTextError, NutgrafError, UsageError
from bot.domain.languages import OWN_NAMES
from bot.domain.order import ArticleOrder
from bot.jobs.orders import article_order
from bot.wording import Phrase

Interaction = discord.Interaction[Any]
# Takes a message that asks about a briefing by replying to it; False where it does not.
HearsReply = Callable[[discord.Message, discord.ClientUser], Awaitable[bool]]
Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu

_ABOUT: Final = "Brief an article: summary, key quotes, timeline"
_MAX_TEXT_OPTION: Final = 6_000  # Discord's own limit for an option
_MOST_OFFERED: Final = 25


class BriefFeature:
    """Hears people, and hands what they point at to the Desk."""

    dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = BUTTONS

    def __init__(
        self, desk: Desk, surfaces: Surfaces, *, max_bytes: int, hear_reply: HearsReply | None = None
    ) -> None:
        self._desk = desk
        self._surfaces = surfaces
        self._hear_reply = hear_reply
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
        if self._hear_reply is not None and await self._hear_reply(message, me):
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
            raise UsageError(Phrase("There is nothing to brief in that message."), cure=HOW_TO_MENTION)
        if original.author.id == bot_id:
            raise NoTextError(Phrase("That message is mine, and I do not brief my own briefings."), cure=HOW_TO)
        heard = heard_in(original, bot_id=bot_id)
        if heard.is_blank and message.guild is not None:
            raise hidden()
        return choose_or_explain(heard, Phrase("the message you replied to")), files_in(original)

    async def _serve(
        self, answer: MessageAnswer | InteractionAnswer, choice: Choice, files: Files, wish: Wish
    ) -> None:
        async def ordered() -> ArticleOrder:
            keep, most = self._desk.keep, self._max_bytes
            return article_order(
                await links_to(choice, files, wish.known, keep=keep, max_bytes=most), wish.options
            )

        await self._desk.serve(answer, ordered, said=wish.said)

    # --- commands -------------------------------------------------------------------------------------------

    def commands(self) -> tuple[Command, ...]:
        """/brief and Apps > Brief this."""

        @app_commands.describe(
            link="The article's address; several, separated by spaces, make one joined briefing",
            file="A .txt, .md or .html file",
            text="The article's text",
            published="The day it was published, as 2026-03-31, where the page does not say",
            language="The language to write in; left out: the article's own",
            length="How much to write",
            sections="Only these sections, in this order, as summary, quotes, timeline",
            model="Which model writes",
            private="Only you see the briefing",
        )
        @app_commands.choices(length=_LENGTHS)
        @app_commands.autocomplete(language=self._languages, model=self._models)
        async def brief(  # noqa: PLR0913, PLR0917  one parameter an option: Discord's form of it
            interaction: Interaction,
            link: str | None = None,
            file: discord.Attachment | None = None,
            text: app_commands.Range[str, 1, _MAX_TEXT_OPTION] | None = None,
            published: str | None = None,
            language: str | None = None,
            length: str | None = None,
            sections: str | None = None,
            model: str | None = None,
            private: bool = False,
        ) -> None:
            typed = Typed(published=published, language=language, sections=sections, length=length, model=model)
            try:
                wish = typed.wish(private=private)
                form = None if link or file or text else paste_form(wish)
            except NutgrafError as failure:
                await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
                return
            if form is not None:
                await interaction.response.send_modal(form)
                return
            await self._serve_options(interaction, wish, link, file, text)

        async def brief_this(interaction: Interaction, message: discord.Message) -> None:
            await self._serve_target(interaction, message)

        command: app_commands.Command[Any, ..., Any] = app_commands.Command(
            name="brief", description=_ABOUT, callback=brief
        )
        menu = app_commands.ContextMenu(name="Brief this", callback=brief_this)
        return _everywhere(command), _everywhere(menu)

    async def _languages(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        word = typed.strip().casefold()
        fitting = [code for code, name in OWN_NAMES.items() if word in name.casefold() or word == code]
        return [app_commands.Choice(name=OWN_NAMES[code], value=code) for code in fitting[:_MOST_OFFERED]]

    async def _models(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        word = typed.strip().casefold()
        fitting = [name for name in self._desk.behind.models.names if word in name.casefold()]
        return [app_commands.Choice(name=name[:100], value=name[:100]) for name in fitting[:_MOST_OFFERED]]

    async def _serve_options(
        self,
        interaction: Interaction,
        wish: Wish,
        link: str | None,
        file: discord.Attachment | None,
        text: str | None,
    ) -> None:
        """Brief what was typed into the command, all of it together."""
        links = typed_links(link or "")
        if len(links) + bool(file) + bool(text) > MAX_SOURCES:
            failure = UsageError(
                Phrase("I brief at most {most} sources together.", most=MAX_SOURCES),
                cure=Phrase("Send fewer at a time."),
            )
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
            return
        choice = Choice(tuple(links), (offered(file),) if file else (), text)
        files = {file.id: file} if file else {}
        await self._serve(InteractionAnswer(interaction, private=wish.private), choice, files, wish)

    async def hear_form(self, interaction: Interaction) -> bool:
        """Brief the text that was pasted into our form, or the links in it; False where it is another's form."""
        form = pasted(interaction)
        if form is None:
            return False
        try:
            wish = form.typed.wish(private=form.private)
            choice = choose(Heard(form.text)) or Choice(text=form.text)
            await self._serve(InteractionAnswer(interaction, private=wish.private), choice, {}, wish)
        except NutgrafError as failure:
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
        except Exception as error:
            await apologise(interaction, error)
        return True

    async def _serve_target(self, interaction: Interaction, message: discord.Message) -> None:
        try:
            heard = heard_in(message, bot_id=interaction.client.user.id)
            choice = choose_or_explain(heard, Phrase("that message"))
        except NutgrafError as failure:
            await self._desk.refuse(InteractionAnswer(interaction, private=True), failure)
            return
        await self._serve(InteractionAnswer(interaction), choice, files_in(message), Wish())


def _everywhere(command: Command) -> Command:
    """Offered wherever people are: in servers and direct messages, and anywhere to those who installed us."""
    command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
    return command


_LENGTHS: Final = [
    app_commands.Choice(name=app_commands.locale_str(name), value=value)
    for name, value in (("Short", "short"), ("Standard", "standard"), ("Long", "long"))
]
