"""From Discord's objects to Sources: what a message holds, the message it replies to, the bytes of its files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

import discord

from bot.chat.heard import Choice, Heard, Offered, without_mention
from bot.domain.errors import NoTextError, TooLargeError
from bot.domain.order import ATTACHED
from bot.domain.source import Known, LinkSource, Source, TextSource
from bot.wording import Phrase

Files = Mapping[int, discord.Attachment]
Keep = Callable[[Source], Awaitable[LinkSource]]


def heard_in(message: discord.Message, *, bot_id: int) -> Heard:
    """What `message` holds, the messages forwarded in it included."""
    heard = _heard(without_mention(message.content, bot_id), message.attachments, message.embeds)
    for snapshot in message.message_snapshots:
        heard = heard.plus(_heard(snapshot.content, snapshot.attachments, snapshot.embeds))
    return heard


def files_in(message: discord.Message) -> Files:
    """The attachments of `message` and of what is forwarded in it, by id."""
    forwarded = [attachment for snapshot in message.message_snapshots for attachment in snapshot.attachments]
    return {attachment.id: attachment for attachment in (*message.attachments, *forwarded)}


async def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that `message` replies to; None where it is no reply. Raises NoTextError where it is gone."""
    reference = message.reference
    if (
        reference is None
        or reference.message_id is None
        or reference.type is not discord.MessageReferenceType.reply
    ):
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    gone = NoTextError(
        Phrase("The message you replied to is gone."),
        cure=Phrase("Give me the link, the file or the text itself."),
    )
    if reference.resolved is not None or reference.channel_id != message.channel.id:
        raise gone
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.Forbidden:
        raise hidden() from None
    except discord.HTTPException:
        raise gone from None


def hidden() -> NoTextError:
    """The failure for a message whose words Discord keeps from a bot that is not mentioned in it."""
    return NoTextError(
        Phrase("Discord does not show me the words of that message."),
        cure=Phrase("Use Apps > Brief this on it (right-click it, or press and hold), or paste its link here."),
    )


async def links_to(
    choice: Choice, files: Files, known: Known, *, keep: Keep, max_bytes: int
) -> tuple[LinkSource, ...]:
    """Where the sources of `choice` are found later; text is kept at once. Raises SourceError leaves."""
    found = [LinkSource(url=url, known=known) for url in choice.links]
    for offered in choice.files:
        if offered.size > max_bytes:
            raise TooLargeError(
                Phrase("“{name}” is larger than the {size} MB I read.", name=offered.name, size=max_bytes // 10**6)
            )
        found.append(LinkSource(url=f"{ATTACHED}{files[offered.key].url}", known=known))
    if choice.text is not None:
        kept = await keep(TextSource(text=choice.text, known=known))
        found.append(kept.model_copy(update={"known": known}))
    return tuple(found)


def offered(attachment: discord.Attachment) -> Offered:
    """What is known of `attachment` before it is downloaded."""
    return Offered(attachment.id, attachment.filename, attachment.size, attachment.content_type or "")


def _heard(text: str, attachments: Iterable[discord.Attachment], embeds: Iterable[discord.Embed]) -> Heard:
    cited = dict.fromkeys(embed.url for embed in embeds if embed.url and embed.type in {"rich", "article", "link"})
    return Heard(text, tuple(map(offered, attachments)), tuple(cited))
