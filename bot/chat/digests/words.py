"""What /digest answers with, as pages. Pure; times are Discord's stamps: each reader's own zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.chat.cards import with_channels
from bot.chat.digests.wishes import days_name
from bot.domain.digest import Delivery, Digest, Placement
from bot.domain.keeping import FeedState
from bot.domain.order import Length
from bot.render.escape import discord, discord_link, one_line
from bot.render.layout import Page, Part, paged

HELD: Final = {
    "due": "under way",
    "posted": "posted",
    "empty": "nothing new",
    "skipped": "skipped",
    "failed": "failed",
}
PLACES: Final[dict[Placement, str]] = {
    "channel": "as messages",
    "thread": "in a thread of its own",
    "forum": "as a post of the forum",
}
LENGTHS: Final[dict[Length, str]] = {
    "short": "a sentence each",
    "standard": "two or three sentences each",
    "long": "four or five sentences each",
}
_LONGEST: Final = 600  # characters of a sentence or an address
_FEEDS_NAMED: Final = 8
_LONGEST_LABEL: Final = 100  # Discord's, for what autocomplete offers


def said(text: str) -> str:
    """A sentence with its characters as they are, but channels as links: they notify nobody."""
    line = one_line(text)
    line = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
    return with_channels(discord(line))


def stamp(moment: datetime, style: str = "F") -> str:
    """`moment` as Discord shows it to each reader: F in full, R as "in 3 hours"."""
    return f"<t:{int(moment.timestamp())}:{style}>"


def when(digest: Digest) -> str:
    """`Weekdays at 07:30 and 18:00 (Europe/Berlin)`."""
    *others, last = (f"{moment:%H:%M}" for moment in digest.schedule.times)
    times = f"{', '.join(others)} and {last}" if others else last
    return f"{days_name(digest.schedule.days)} at {times} ({digest.schedule.zone})"


def following(digest: Digest) -> str:
    """When it runs next."""
    if digest.paused:
        return "paused"
    return f"{stamp(digest.next_run)} ({stamp(digest.next_run, 'R')})" if digest.next_run else "not planned"


def offer(digest: Digest) -> str:
    """What autocomplete shows of it."""
    text = f"{digest.name}: {when(digest)}{', paused' if digest.paused else ''}"
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def settings_page(digest: Digest, head: str = "", notes: Sequence[str] = ()) -> tuple[Page, ...]:
    """All that a digest is set to. `head` is a sentence of ours above it, `notes` stand below."""
    return paged(_settings(digest, head, notes))


def _settings(digest: Digest, head: str, notes: Sequence[str]) -> Iterator[Part]:
    yield Part(0, f"## {said(digest.name)}")
    if head:
        yield Part(0, said(head))
    for label, value in _rows(digest):
        yield Part(1, f"**{label}:** {value}")
    for note in notes:
        yield Part(2, f"-# {said(note)}")


def _rows(digest: Digest) -> Iterator[tuple[str, str]]:
    yield "When", said(when(digest))
    yield "Next", following(digest)
    yield "Where", f"<#{digest.channel_id}>, {PLACES[digest.placement]}"
    language = "in the article's language" if digest.language == "auto" else f"in “{digest.language}”"
    yield "Stories", f"up to {digest.stories}, {LENGTHS[digest.length]}, {language}"
    if digest.sections is not None:
        yield "Sections", said(", ".join(digest.sections))
    if digest.feeds:
        named = [feed_link(feed) for feed in digest.feeds[:_FEEDS_NAMED]]
        more = len(digest.feeds) - len(named)
        yield "Feeds", ", ".join(named) + (f" and {more} more" if more else "")
    if digest.watched_channels:
        yield "Links posted in", ", ".join(f"<#{channel}>" for channel in digest.watched_channels)
    if digest.include:
        yield "Only with", said(", ".join(digest.include))
    if digest.exclude:
        yield "Never with", said(", ".join(digest.exclude))
    yield "Notifies", f"<@&{digest.role_id}>" if digest.role_id else "nobody"
    yield "With nothing new", "says so in a line" if digest.says_nothing_new else "stays silent"


def list_pages(digests: Sequence[Digest]) -> tuple[Page, ...]:
    """The digests of a guild."""
    head = [Part(0, f"## {len(digests)} {'digest' if len(digests) == 1 else 'digests'}")]
    rows = [
        Part(
            number,
            f"**{said(digest.name)}** in <#{digest.channel_id}>\n{said(when(digest))}\nNext: {following(digest)}",
        )
        for number, digest in enumerate(digests, 1)
    ]
    return paged((*head, *rows))


def history_pages(digest: Digest, runs: Sequence[Delivery]) -> tuple[Page, ...]:
    """How the latest runs ended, and why."""
    parts = [Part(0, f"## {said(digest.name)}: latest runs")]
    if not runs:
        parts.append(Part(1, f"It has not run yet. Next: {following(digest)}"))
    parts += [Part(1, f"- {stamp(run.due, 'f')}: {outcome(digest, run)}") for run in runs]
    return paged(parts)


def outcome(digest: Digest, run: Delivery) -> str:
    """How a run ended, in Markdown: its state, the link to the post, the reason."""
    words = [f"**{HELD[run.state]}**"]
    if run.state == "posted" and run.message_ids:
        words.append(post_link(digest, run))
    if run.reason:
        words.append(said(run.reason))
    return " · ".join(words)


def post_link(digest: Digest, run: Delivery) -> str:
    """The address of a run's first message."""
    first = run.message_ids[0]
    channel = first if digest.placement == "forum" else run.channel_id or digest.channel_id
    return f"https://discord.com/channels/{digest.guild_id}/{channel}/{first}"


def feeds_pages(digest: Digest, states: Mapping[str, FeedState], notes: Iterable[str] = ()) -> tuple[Page, ...]:
    """The feeds of a digest, and how each of them does."""
    parts = [Part(0, f"## {said(digest.name)}: feeds")]
    parts += [Part(0, f"-# {said(note)}") for note in notes]
    if not digest.feeds:
        parts.append(Part(1, "It has no feeds; it tells links that are posted in the channels it watches."))
    parts += [Part(1, _feed(url, states.get(url))) for url in digest.feeds]
    return paged(parts)


def feed_link(url: str) -> str:
    """A feed by its address, without the part that all addresses have."""
    bare = url.partition("://")[2].removeprefix("www.") or url
    link = discord_link(bare if len(bare) <= _LONGEST_LABEL else f"{bare[: _LONGEST_LABEL - 1]}…", url)
    return link if len(link) <= _LONGEST else said(bare)


def _feed(url: str, state: FeedState | None) -> str:
    name = discord_link(state.title, url) if state and state.title else feed_link(url)
    if state is None or state.asked is None:
        return f"- {name}: not read yet"
    if not state.failures:
        return f"- {name}: read {stamp(state.asked, 'R')}"
    again = f" Tried again {stamp(state.retry_after, 'R')}." if state.retry_after else ""
    return f"- {name}: **fails**. {said(state.reason or 'No reason was given.')}{again}"


def about_page(digest: Digest, run: Delivery | None) -> Page:
    """What the button under a post tells anyone. Not the feeds: an address may be a secret of whoever gave it."""
    due = f" This run was due {stamp(run.due, 'f')}." if run else ""
    lines = (
        f"## {said(digest.name)}",
        f"A digest that someone who manages this server set up.{due}",
        f"**When:** {said(when(digest))}",
        f"**Next:** {following(digest)}",
        "-# Who manages the server can change it with /digest edit.",
    )
    return Page(("\n".join(lines),))
