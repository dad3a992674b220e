"""A question about a briefing's article: asked by a form or by a reply, answered from the stored text alone.

Who asks by the form is answered alone, and may show the answer to everybody; a reply is answered by a reply.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final, TypeVar

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, TheDesk, desk_of, record, whisper
from bot.chat.actions.delete import delete_button
from bot.chat.actions.forms import field, form, lines
from bot.chat.actions.item import Press, ask_button, button
from bot.chat.actions.parts import ActionParts, unavailable
from bot.chat.answers import Answer, InteractionAnswer
from bot.chat.cards import card_view, notice_view
from bot.chat.whispers import asked, whispered
from bot.domain.answer import Answered, OpenQuestion
from bot.domain.asking import LONGEST_QUESTION
from bot.domain.errors import ModelError
from bot.domain.order import ArticleOrder
from bot.jobs.orders import options_of
from bot.render.escape import discord as escaped
from bot.render.escape import one_line
from bot.render.evidence import reply_pages
from bot.render.layout import Page
from bot.services.manners import Asker
from bot.wording import Phrase, say

T = TypeVar("T")
_SAID: Final = frozenset(ArticleOrder.model_fields)
_NAME: Final = 32  # characters of a name that stands above an answer


async def ask(interaction: Interaction, press: Press, parts: ActionParts) -> None:
    """Show the form; answer what was sent in."""
    if press.typed:
        await _answer_form(interaction, press, parts)
        return

    async def question() -> ui.Modal:
        label = say("What do you want to know?")
        return form(press, "ask", say("Ask the article"), field(label, lines(most=LONGEST_QUESTION)))

    await asked(interaction, question)


async def show(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Show to everybody what stands in the message that was pressed on: nothing has to be looked up for that."""
    granted, message = interaction.permissions, interaction.message
    thread = isinstance(interaction.channel, discord.Thread)
    speaks = granted.send_messages_in_threads if thread else granted.send_messages
    if interaction.guild_id is not None and not speaks:
        await whisper(interaction, say("You may not post in this channel, so I do not post for you either."))
        return
    if message is None:
        return
    name = one_line(interaction.user.display_name)[:_NAME]
    above = "-# " + say("Asked by {person}", person=escaped(name))
    children = ui.LayoutView.from_message(message, timeout=None).walk_children()
    texts = tuple(child.content for child in children if isinstance(child, ui.TextDisplay))
    rows = [] if press.private else [[ask_button(press)]]
    await interaction.response.send_message(view=card_view(Page(texts), above=above, rows=rows))


async def answer_reply(
    parts: ActionParts, desk: TheDesk, answer: Answer, question: str, answered: Answered
) -> Sequence[ui.LayoutView]:
    """The pages of the answer to a question that was asked by a reply. Raises NutgrafError leaves."""
    shown = await _pages(parts, desk, (answer.key, answer.asker), question, answered)
    row = [ask_button(Press.on(answered)), delete_button(answer.key, answer.asker.user_id)]
    return [card_view(page, rows=[] if number else [row]) for number, page in enumerate(shown)]


async def meanwhile(work: Coroutine[Any, Any, T], patience: float, tell: Callable[[], Awaitable[None]]) -> T:
    """The outcome of `work`; `tell` is called once where it is not there after `patience` seconds."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=patience)
        if not task.done():
            await tell()
        return await task
    finally:
        task.cancel()


def still_reading() -> ui.LayoutView:
    """While an answer takes its time."""
    return notice_view(say("Reading the article for your question …"))


async def _answer_form(interaction: Interaction, press: Press, parts: ActionParts) -> None:
    question = press.typed.get("words", "")
    answer = InteractionAnswer(interaction, private=True)

    async def reply() -> tuple[Page, ...]:
        answered = await record(interaction, press.key)
        return await _pages(parts, desk_of(interaction), (answer.key, answer.asker), question, answered)

    async def work() -> list[ui.LayoutView]:
        async with parts.asking.kept(OpenQuestion(key=answer.key, place=answer.place)):
            shown = await meanwhile(reply(), parts.patience, lambda: answer.update(still_reading()))
        row = [ask_button(press), button(press, "show", say("Show to everyone"))]
        return [card_view(page, rows=[row]) for page in shown]

    await whispered(interaction, work)


async def _pages(
    parts: ActionParts, desk: TheDesk, asks: tuple[str, Asker], question: str, answered: Answered
) -> tuple[Page, ...]:
    brief, (key, asker) = answered.brief, asks
    if parts.questions is None or brief is None:
        raise unavailable()
    documents = await parts.documents_of(brief)
    order = answered.order
    if desk.behind.admission is not None:
        order = (await desk.behind.admission.admit(asker, order, _SAID)).order
    try:
        async with asyncio.timeout(parts.longest):
            reply = await parts.asking.answer(parts.questions.ask(documents, question, options_of(order)))
    except TimeoutError:
        raise ModelError(
            Phrase("The answer took longer than {minutes:.0f} minutes, so I stopped.", minutes=parts.longest / 60),
            cure=Phrase("Try again, or ask a shorter question."),
        ) from None
    if parts.usage is not None and reply.usage.calls:
        day = parts.clock().date()
        await parts.usage.spend(f"ask:{key}", asker.guild_id, day, reply.usage, asker.user_id)
    return await asyncio.to_thread(reply_pages, question, reply, brief.sources)
