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
from bot.wording import Phrase, say, say_all, say_n, told

HELD: Final = {
    "due": Phrase("under way"),
    "posted": Phrase("posted"),
    "empty": Phrase("nothing new"),
    "skipped": Phrase("skipped"),
    "failed": Phrase("failed"),
}
PLACES: Final[dict[Placement, Phrase]] = {
    "channel": Phrase("as messages"),
    "thread": Phrase("in a thread of its own"),
    "forum": Phrase("as a post of the forum"),
}
LENGTHS: Final[dict[Length, Phrase]] = {
    "short": Phrase("a sentence each"),
    "standard": Phrase("two or three sentences each"),
    "long": Phrase("four or five sentences each"),
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
    times = say("{times} and {last}", times=", ".join(others), last=last) if others else last
    return say(
        "{days} at {times} ({zone})", days=days_name(digest.schedule.days), times=times, zone=digest.schedule.zone
    )


def following(digest: Digest) -> str:
    """When it runs next."""
    if digest.paused:
        return say("paused")
    return f"{stamp(digest.next_run)} ({stamp(digest.next_run, 'R')})" if digest.next_run else say("not planned")


def offer(digest: Digest) -> str:
    """What autocomplete shows of it."""
    text = f"{digest.name}: {when(digest)}"
    if digest.paused:
        text = say("{digest}, paused", digest=text)
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def settings_page(digest: Digest, head: str = "", notes: Sequence[str] = ()) -> tuple[Page, ...]:
    """All that a digest is set to. `head` is a sentence of ours above it, `notes` stand below."""
    return paged(_settings(digest, head, notes))


def _settings(digest: Digest, head: str, notes: Sequence[str]) -> Iterator[Part]:
    yield Part(0, f"## {said(digest.name)}")
    if head:
        yield Part(0, said(head))
    for label, value in _rows(digest):
        yield Part(1, _row(label, value))
    for note in notes:
        yield Part(2, f"-# {said(note)}")


def _rows(digest: Digest) -> Iterator[tuple[str, str]]:
    yield say("When"), said(when(digest))
    yield say("Next run"), following(digest)
    yield say("Where"), f"<#{digest.channel_id}>, {PLACES[digest.placement]}"
    yield say("Stories"), _stories(digest)
    if digest.sections is not None:
        yield say("Sections"), said(", ".join(digest.sections))
    if digest.feeds:
        yield say("Feeds"), _feeds_named(digest)
    if digest.watched_channels:
        yield say("Links posted in"), ", ".join(f"<#{channel}>" for channel in digest.watched_channels)
    if digest.include:
        yield say("Only with"), said(", ".join(digest.include))
    if digest.exclude:
        yield say("Never with"), said(", ".join(digest.exclude))
    yield say("Notifies"), f"<@&{digest.role_id}>" if digest.role_id else say("nobody")
    yield say("With nothing new"), say("says so in a line") if digest.says_nothing_new else say("stays silent")


def _row(label: str, value: str) -> str:
    return say("**{label}:** {value}", label=label, value=value)


def _stories(digest: Digest) -> str:
    language = say("in the article's language")
    if digest.language != "auto":
        language = say("in “{language}”", language=digest.language)
    return ", ".join((say("up to {count}", count=digest.stories), str(LENGTHS[digest.length]), language))


def _feeds_named(digest: Digest) -> str:
    named = ", ".join(feed_link(feed) for feed in digest.feeds[:_FEEDS_NAMED])
    more = len(digest.feeds) - _FEEDS_NAMED
    return say_n("{feeds} and {count} more", "{feeds} and {count} more", more, feeds=named) if more > 0 else named


def list_pages(digests: Sequence[Digest]) -> tuple[Page, ...]:
    """The digests of a guild."""
    head = [Part(0, "## " + say_n("{count} digest", "{count} digests", len(digests)))]
    rows = [
        Part(
            number,
            f"**{said(digest.name)}** · <#{digest.channel_id}>\n{said(when(digest))}\n{_next(digest)}",
        )
        for number, digest in enumerate(digests, 1)
    ]
    return paged((*head, *rows))


def history_pages(digest: Digest, runs: Sequence[Delivery]) -> tuple[Page, ...]:
    """How the latest runs ended, and why."""
    parts = [Part(0, "## " + say("{digest}: latest runs", digest=said(digest.name)))]
    if not runs:
        parts.append(Part(1, say_all(say("It has not run yet."), _next(digest))))
    parts += [Part(1, f"- {stamp(run.due, 'f')}: {outcome(digest, run)}") for run in runs]
    return paged(parts)


def _next(digest: Digest) -> str:
    return say("Next: {when}", when=following(digest))


def outcome(digest: Digest, run: Delivery) -> str:
    """How a run ended, in Markdown: its state, the link to the post, the reason."""
    words = [f"**{HELD[run.state]}**"]
    if run.state == "posted" and run.message_ids:
        words.append(post_link(digest, run))
    if run.reason:
        words.append(said(told(run.reason)))
    return " · ".join(words)


def post_link(digest: Digest, run: Delivery) -> str:
    """The address of a run's first message."""
    first = run.message_ids[0]
    channel = first if digest.placement == "forum" else run.channel_id or digest.channel_id
    return f"https://discord.com/channels/{digest.guild_id}/{channel}/{first}"


def feeds_pages(digest: Digest, states: Mapping[str, FeedState], notes: Iterable[str] = ()) -> tuple[Page, ...]:
    """The feeds of a digest, and how each of them does."""
    parts = [Part(0, "## " + say("{digest}: feeds", digest=said(digest.name)))]
    parts += [Part(0, f"-# {said(note)}") for note in notes]
    if not digest.feeds:
        parts.append(Part(1, say("It has no feeds; it tells links that are posted in the channels it watches.")))
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
        return say("- {feed}: not read yet", feed=name)
    if not state.failures:
        return say("- {feed}: read {when}", feed=name, when=stamp(state.asked, "R"))
    reason = said(told(state.reason)) if state.reason else say("No reason was given.")
    again = say("Tried again {when}.", when=stamp(state.retry_after, "R")) if state.retry_after else ""
    return say("- {feed}: **fails**. {reason}", feed=name, reason=say_all(reason, again))


def about_page(digest: Digest, run: Delivery | None) -> Page:
    """What the button under a post tells anyone. Not the feeds: an address may be a secret of whoever gave it."""
    due = say("This run was due {when}.", when=stamp(run.due, "f")) if run else ""
    lines = (
        f"## {said(digest.name)}",
        say_all(say("A digest that someone who manages this server set up."), due),
        _row(say("When"), said(when(digest))),
        _row(say("Next run"), following(digest)),
        "-# " + say("Who manages the server can change it with /digest edit."),
    )
    return Page(("\n".join(lines),))
