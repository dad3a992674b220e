"""What the settings are called, what each does, and its values in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.domain.audit import AuditEntry
from bot.domain.languages import OWN_NAMES
from bot.render.escape import discord, one_line
from bot.services.settings_desk import Held, Panel
from bot.wording import Phrase, phrase_n, say

TITLES: Final[Mapping[str, Phrase]] = {
    "language": Phrase("Language"),
    "length": Phrase("Length"),
    "sections": Phrase("Sections"),
    "engine": Phrase("Engine"),
    "model": Phrase("Model"),
    "pictures": Phrase("Pictures"),
    "threads": Phrase("Long briefings"),
    "automatic": Phrase("Unasked briefings"),
    "roles": Phrase("Who may ask"),
    "only_channels": Phrase("Only in channels"),
    "not_channels": Phrase("Never in channels"),
    "cooldown": Phrase("Pause"),
    "daily_tokens": Phrase("Tokens a day"),
    "daily_tokens_each": Phrase("Tokens a day for each"),
    "over_budget": Phrase("When they are spent"),
    "interests": Phrase("Interests"),
}
ABOUT: Final[Mapping[str, Phrase]] = {
    "language": Phrase("The language that I write in, unless somebody asks for another one."),
    "length": Phrase("How much of an article a briefing tells."),
    "sections": Phrase("What a briefing consists of, and in which order."),
    "engine": Phrase("Who writes: the model, or the built-in engine, which picks sentences and needs no model."),
    "model": Phrase("Which of the models writes."),
    "pictures": Phrase("Whether a briefing shows the article's picture."),
    "threads": Phrase("Where the further pages of a long briefing go."),
    "automatic": Phrase("Whether I brief links that people post, without being asked."),
    "roles": Phrase("Only people with one of these roles may ask me. Who manages the server always may."),
    "only_channels": Phrase("If any are chosen, I answer in these channels and categories only."),
    "not_channels": Phrase("I never answer in these channels and categories."),
    "cooldown": Phrase("How long one person waits between two briefings."),
    "daily_tokens": Phrase(
        "How many tokens of the model this server may spend in a day (UTC). 0: no model is asked."
    ),
    "daily_tokens_each": Phrase("How many of them one person may spend in a day. 0: no model is asked."),
    "over_budget": Phrase("What I do for the rest of the day."),
    "interests": Phrase("Words that lift a story in the digests of this server."),
}
# What there is to pick, where that is the same everywhere.
PICKS: Final[Mapping[str, Sequence[tuple[str, Phrase]]]] = {
    "length": (("short", Phrase("Short")), ("standard", Phrase("Standard")), ("long", Phrase("Long"))),
    "engine": (
        ("auto", Phrase("The model, and the built-in engine when it fails")),
        ("extractive", Phrase("The built-in engine only")),
        ("llm", Phrase("The model only")),
    ),
    "pictures": (("true", Phrase("Show them")), ("false", Phrase("Leave them out"))),
    "threads": (
        ("false", Phrase("Pages to turn in one message")),
        ("true", Phrase("A thread below the first page")),
    ),
    "automatic": (
        ("off", Phrase("Never unasked")),
        ("reaction", Phrase("Links that somebody reacts to with 📰")),
        ("links", Phrase("Every link")),
    ),
    "over_budget": (
        ("extractive", Phrase("Answer with the built-in engine")),
        ("refuse", Phrase("Refuse until midnight UTC")),
    ),
}
_ORIGINS: Final = {
    "here": Phrase("chosen here"),
    "server": Phrase("inherited from the server"),
    "default": Phrase("the bot's default"),
}
_LISTED: Final = 5
_LISTED_IN_AUDIT: Final = 3
_LONGEST: Final = 60  # characters of a name or a word


def line(held: Held, panel: Panel) -> str:
    """One setting, its value and where that comes from, as Markdown."""
    value = value_of(held.name, held.value, panel)
    return f"**{TITLES[held.name]}:** {value} · *{_ORIGINS[held.origin]}*"


def place(channel_id: int) -> str:
    """Where settings hold, as Markdown."""
    return f"<#{channel_id}>" if channel_id else say("the whole server")


def value_of(name: str, value: Any, panel: Panel, most: int = _LISTED) -> str:
    """A value in words, as Markdown; at most so many parts of a list."""
    if name in PICKS:
        picked = str(value).lower() if isinstance(value, bool) else value
        return next((str(words) for key, words in PICKS[name] if key == picked), _plain(str(value)))
    if name in _NOTHING and not value and value != 0:
        return str(_NOTHING[name])
    if name in _VALUES:
        return _VALUES[name](value, panel, most)
    return _plain(str(value))


def entry_line(entry: AuditEntry, panel: Panel) -> str:
    """One change: when, who, what, from what to what; as Markdown that notifies nobody."""
    when, who = f"<t:{int(entry.made.timestamp())}:f>", f"<@{entry.made_by}>" if entry.made_by else "—"
    if entry.kind == "prompt":
        what = say("Prompt {name}", name=_plain(entry.what))
        before, after = (
            say("the bot's own") if version is None else say("version {version}", version=_plain(str(version)))
            for version in (entry.before, entry.after)
        )
    else:
        what = str(TITLES.get(entry.what, _plain(entry.what)))
        before, after = (
            say("inherited") if value is None else value_of(entry.what, value, panel, _LISTED_IN_AUDIT)
            for value in (entry.before, entry.after)
        )
    where = f" ({place(entry.channel_id)})" if entry.channel_id else ""
    return f"{when} {who}: **{what}**{where}: {before} → {after}"


def _language(value: Any, panel: Panel, most: int) -> str:
    return say("Each article's own") if value == "auto" else OWN_NAMES.get(value, _plain(str(value)))


def _sections(value: Any, panel: Panel, most: int) -> str:
    titles = {section.name: _plain(say(section.title)) for section in panel.sections}
    return _listed([titles.get(name, _plain(name)) for name in value or titles], most)


def _model(value: Any, panel: Panel, most: int) -> str:
    name = value or (panel.models[0] if panel.models else "")
    return _plain(name) if name else say("None")


def _roles(value: Any, panel: Panel, most: int) -> str:
    return _listed([f"<@&{role}>" for role in value], most)


def _channels(value: Any, panel: Panel, most: int) -> str:
    return _listed([f"<#{channel}>" for channel in value], most)


def _seconds(value: Any, panel: Panel, most: int) -> str:
    return str(phrase_n("{count} second", "{count} seconds", value)) if value else say("None")


def _tokens(value: Any, panel: Panel, most: int) -> str:
    return say("{tokens:,}", tokens=value) if value else say("No model is asked")


def _interests(value: Any, panel: Panel, most: int) -> str:
    return _listed([_plain(word) for word in value], most)


_NOTHING: Final[Mapping[str, Phrase]] = {
    "roles": Phrase("Everyone"),
    "only_channels": Phrase("Everywhere"),
    "not_channels": Phrase("None"),
    "interests": Phrase("None"),
    "daily_tokens": Phrase("No limit"),
    "daily_tokens_each": Phrase("No limit"),
}
_VALUES: Final[Mapping[str, Callable[[Any, Panel, int], str]]] = {
    "language": _language,
    "sections": _sections,
    "model": _model,
    "roles": _roles,
    "only_channels": _channels,
    "not_channels": _channels,
    "cooldown": _seconds,
    "daily_tokens": _tokens,
    "daily_tokens_each": _tokens,
    "interests": _interests,
}


def _listed(parts: Sequence[str], most: int) -> str:
    shown = ", ".join(parts[:most])
    if len(parts) <= most:
        return shown
    return say("{shown} and {count} more", shown=shown, count=len(parts) - most)


def _plain(text: str) -> str:
    """What somebody else wrote, with its characters as they are."""
    short = one_line(text)
    return discord(short if len(short) <= _LONGEST else f"{short[: _LONGEST - 1].rstrip()}…")
