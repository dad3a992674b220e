"""The texts of /privacy and /forget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.render.escape import discord as escaped
from bot.render.layout import Page, Part, paged
from bot.services.kept import KEPT
from bot.services.privacy import Forgotten
from bot.settings import Settings
from bot.wording import Phrase, say, say_all, say_n

POSTED_STAYS: Final = Phrase(
    "What I have posted in Discord stays there until somebody deletes it there; each briefing has a Delete button."
)


def privacy_pages(settings: Settings, asked_for: int) -> list[Page]:
    """What is kept, and for how long; `asked_for`: how many briefings of this person."""
    rows = [f"- {escaped(str(kept.what))}: **{escaped(str(kept.how_long(settings)))}**" for kept in KEPT]
    return _pages(
        [
            "### " + escaped(say("What I keep, and for how long")),
            *rows,
            escaped(_mine(asked_for)),
            escaped(_sent(settings)),
            escaped(
                say(
                    "I read messages that mention me or are sent to me, and those of channels where a server has "
                    "me brief links. I keep no list of members."
                )
            ),
            escaped(
                say(
                    "With /forget me all that I keep of you goes; those who manage a server can have a channel "
                    "or all of the server forgotten. When I am removed from a server, all that I keep of it is "
                    "deleted after this many days: {days}.",
                    days=settings.forget_guilds_after_days,
                )
            ),
            escaped(str(POSTED_STAYS)),
        ]
    )


def _mine(asked_for: int) -> str:
    if not asked_for:
        return say("I keep no briefing that you asked for.")
    return say_n(
        "I keep {count} briefing that you asked for.", "I keep {count} briefings that you asked for.", asked_for
    )


def _sent(settings: Settings) -> str:
    if settings.llm_base_url:
        return say(
            "To be briefed, the text of an article is sent to the language model that the person who runs this "
            "bot has chosen. Who asked is not sent with it. The log holds no article's text."
        )
    return say(
        "Briefings are written in this bot itself; no text is sent anywhere. The log holds no article's text."
    )


def ask_me() -> str:
    """What would be forgotten of a person."""
    return say(
        "I would forget every briefing that you asked for, with the texts and files that you handed in, your "
        "reactions and your reports, in all servers and direct messages. The buttons of those briefings stop "
        "working. Digests, settings and prompts that you made stay with their server, made by nobody."
    )


def ask_channel(channel_id: int) -> str:
    """What would be forgotten of a channel."""
    return say(
        "I would forget every briefing that was asked for in {channel} and its open threads, with the texts and "
        "files that were handed in there, and what was chosen for that channel. The buttons of those briefings "
        "stop working. Digests that post there stay; remove them with /digest delete.",
        channel=f"<#{channel_id}>",
    )


def ask_server() -> str:
    """What would be forgotten of a server."""
    return say(
        "I would forget all that I keep of this server: every briefing that was asked for here with the texts and "
        "files that were handed in, all digests with their history, the settings, the prompts, and who changed "
        "them. Nothing of it can be brought back."
    )


def forgotten(what: Forgotten) -> str:
    """What was forgotten."""
    briefings = say_n(
        "It is forgotten, with {count} briefing.", "It is forgotten, with {count} briefings.", what.answers
    )
    texts = say_n("{count} text or file went with it.", "{count} texts or files went with it.", what.texts)
    return say_all(briefings, texts if what.texts else "", POSTED_STAYS)


def _pages(texts: Sequence[str]) -> list[Page]:
    """The list stays in one text display, the paragraphs stand apart."""
    groups = [0 if text.startswith(("- ", "###")) else number for number, text in enumerate(texts)]
    return list(paged(Part(group, text) for group, text in zip(groups, texts, strict=True)))
