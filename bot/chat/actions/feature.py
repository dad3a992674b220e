"""All that one can do with a briefing: which press does what, questions asked by replies, forms sent in late."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

import discord
from discord import ui

from bot.chat.actions.asking import Interaction, unknown, whisper
from bot.chat.actions.evidence import evidence, where
from bot.chat.actions.files import file
from bot.chat.actions.item import Press, action_item, asked_of
from bot.chat.actions.panel import language, more
from bot.chat.actions.parts import ActionParts
from bot.chat.actions.question import answer_reply, ask, meanwhile, show, still_reading
from bot.chat.actions.reorder import CHANGES, reorder
from bot.chat.actions.report import report, reported
from bot.chat.actions.share import share
from bot.chat.actions.under_way import lost_words
from bot.chat.answers import MessageAnswer, apologise
from bot.chat.cards import notice_view
from bot.chat.desk import Desk
from bot.chat.failures import Gone, kind, place_of, sentence
from bot.chat.gather import heard_in
from bot.chat.heard import choose, mentions, without_mention
from bot.chat.surfaces import Surfaces
from bot.domain.answer import Answered, OpenQuestion
from bot.domain.errors import NutgrafError
from bot.domain.words import word_count
from bot.wording import in_locale, say

_log = logging.getLogger(__name__)
Does = Callable[[Interaction, Press, ActionParts], Awaitable[None]]

DOES: Final[Mapping[str, Does]] = {
    **dict.fromkeys(CHANGES, reorder),
    "language": language,
    "more": more,
    "ask": ask,
    "show": show,
    "evidence": evidence,
    "where": where,
    "share": share,
    "file": file,
    "report": report,
    "reported": reported,
}
_QUESTION_MARKS: Final = ("?", "\uff1f", "\u061f", "\u037e")  # Latin, full-width, Arabic, Greek
_NOD_WORDS: Final = 2
_NOD_LENGTH: Final = 24  # characters
_NOD_UNSPACED: Final = 6  # words in scripts without blanks
_QUICK: Final = 0.7  # seconds until a question asked by a reply is acknowledged, where its answer is not there yet


class ActionFeature:
    """Buttons, menus and forms under briefings, and replies to them."""

    def __init__(self, parts: ActionParts, desk: Desk, surfaces: Surfaces) -> None:
        self._parts = parts
        self._desk = desk
        self._surfaces = surfaces
        self.dynamic_items: tuple[type[ui.DynamicItem[Any]], ...] = (action_item(self.act),)

    def commands(self) -> tuple[()]:
        """None: everything here begins at a briefing."""
        return ()

    async def on_message(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Replies come by the door of briefings, which knows what else they may be: see `hear_reply`."""

    # --- servers ----------------------------------------------------------------------------------------------

    async def member_of(self, guild_ids: Collection[int], ours: Callable[[int], bool]) -> None:
        """We hear of these servers now: whoever waits there for an answer of a process that died is told."""
        for question in await self._parts.asking.lost():
            if ours(question.place.guild_id):
                await self._tell_lost(question)
                await self._parts.asking.close(question)

    async def joined(self, guild_id: int) -> None:
        """A new server has no questions of ours."""

    async def left(self, guild_id: int) -> None:
        """Nobody is there to be told."""

    # --- what people do ---------------------------------------------------------------------------------------

    async def act(self, interaction: Interaction, press: Press) -> None:
        """Do what was pressed."""
        does = DOES.get(press.what)
        if does is None:
            await whisper(interaction, unknown())
            return
        await does(interaction, press, self._parts)

    async def hear_form(self, interaction: Interaction) -> bool:
        """Do what a form wants that was sent in; False where it is none of ours. Raises nothing."""
        press = Press.of(interaction)
        if press is None:
            return False
        try:
            await self.act(interaction, press)
        except Exception as error:
            await apologise(interaction, error)
        return True

    async def hear_reply(self, message: discord.Message, me: discord.ClientUser) -> bool:
        """Answer what `message` asks by replying to a briefing; False where it is no such reply. Raises nothing.

        Among people, a reply that asks nothing is left alone. In direct messages it is meant for us, so whoever
        says more than a few words is told how to ask; who says "thanks!" wants nothing.
        """
        words, reference = said_in(message, me.id), message.reference
        if words is None or reference is None or reference.message_id is None:
            return False
        question = asks(message, words, me.id)
        if not question:
            if message.guild is not None:
                return False
            if is_nod(words):
                return _ours(reference, me.id) is not None
        answer = MessageAnswer(message, self._surfaces)
        try:
            with in_locale(answer.place.locale):
                return await self._replied(answer, reference, me.id, words if question else None)
        except Gone:
            pass
        except Exception as error:  # Discord would not take the answer, so there is no way to tell the person
            _log.warning("answer lost error=%s at=%s", kind(error), place_of(error))
        return True

    async def _tell_lost(self, question: OpenQuestion) -> None:
        place, note = question.place, question.note_id
        with in_locale(place.locale):
            view = notice_view(lost_words())
        try:
            if place.kind == "interaction" or note is not None:
                await self._surfaces.progress(place, view, note)
            else:  # posted or not: its nonce finds it, or this is the first that is heard of us
                await self._surfaces.show(place, question.key, view, None)
        except Gone:
            pass
        except discord.HTTPException as error:
            _log.warning("answer lost error=%s", kind(error))

    async def _replied(
        self, answer: MessageAnswer, reference: discord.MessageReference, bot_id: int, question: str | None
    ) -> bool:
        try:
            answered = await self._replied_to(reference, bot_id)
        except NutgrafError as error:
            await answer.say(notice_view(str(error)))
            return True
        if answered is None or answered.brief is None:
            return False
        if question is None:
            await answer.say(notice_view(how_to_ask()))
            return True
        notes: list[int] = []
        reply = _told(answer_reply(self._parts, self._desk, answer, question, answered))
        async with AsyncExitStack() as stack:

            async def acknowledge() -> None:
                waiting = OpenQuestion(key=answer.key, place=answer.place)
                await stack.enter_async_context(self._parts.asking.kept(waiting))
                notes.append(await answer.open(still_reading()))
                await self._parts.asking.write(waiting.model_copy(update={"note_id": notes[0]}))

            first, *others = await meanwhile(reply, _QUICK, acknowledge)
            if notes:
                await self._surfaces.show(answer.place, answer.key, first, notes[0])
            else:
                await answer.show(first)
        for number, view in enumerate(others, 1):
            await self._surfaces.add(answer.place.channel_id, answer.key, number, view)
        return True

    async def _replied_to(self, reference: discord.MessageReference, bot_id: int) -> Answered | None:
        """The briefing, or the one that was asked about in the answer that was replied to."""
        assert reference.message_id is not None  # noqa: S101  it is a reply
        if briefed := await self._desk.book.of_message(reference.message_id):
            return briefed
        ours = _ours(reference, bot_id)
        key = asked_of(ours) if ours else None
        return await self._desk.book.get(key) if key else None


def said_in(message: discord.Message, bot_id: int) -> str | None:
    """The words of a reply; None where it has none, or is no reply, or holds something to brief."""
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    words = without_mention(message.content, bot_id)
    try:
        return None if not words or choose(heard_in(message, bot_id=bot_id)) else words
    except NutgrafError:  # more links than are briefed together
        return None


def asks(message: discord.Message, words: str, bot_id: int) -> bool:
    """Whether a reply asks: whoever names us does, and who only replies where it ends like a question."""
    return mentions(message.content, bot_id) or words.endswith(_QUESTION_MARKS)


def is_nod(words: str) -> bool:
    """Whether it is too short to wish for anything: a "thanks!", an "ok"."""
    return len(words.split()) <= _NOD_WORDS and len(words) <= _NOD_LENGTH and word_count(words) <= _NOD_UNSPACED


def how_to_ask() -> str:
    """To whoever replied to a briefing without a question."""
    return say(
        "If you want to know something about this article, end your reply with a question mark, or press “{ask}”.",
        ask=say("Ask"),
    )


def _ours(reference: discord.MessageReference, bot_id: int) -> discord.Message | None:
    """The message of ours that is replied to, as far as Discord tells."""
    resolved = reference.resolved
    return resolved if isinstance(resolved, discord.Message) and resolved.author.id == bot_id else None


async def _told(views: Awaitable[Sequence[ui.LayoutView]]) -> Sequence[ui.LayoutView]:
    try:
        return await views
    except Exception as error:  # the last net: whatever it was, the person reads a sentence
        return [notice_view(sentence(error))]
