"""The texts of /prompts, as pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.domain.prompt_version import PromptVersion
from bot.render.escape import discord as escaped
from bot.render.escape import one_line
from bot.render.layout import Page, Part, paged, size
from bot.services.prompt_desk import Drafted, Listed
from bot.wording import Phrase, say, say_n

_ROOM: Final = 3_000  # for a text in a code block; the file holds all of it
_FENCE: Final = "```"
_LONGEST_OFFER: Final = 100  # of a choice's label

NOT_YOURS_TO_CHANGE: Final = Phrase(
    "The rules for evidence, for merging and for the shape of the answer are not among them: the checks that keep "
    "unproven statements out rest on them, and they hold in every server."
)


def list_pages(rows: Sequence[Listed]) -> list[Page]:
    """All prompts of a server."""
    head = say(
        "What a model is told here, section by section. Change one with /prompts edit; "
        "try them all with /prompts try."
    )
    lines = [f"- {_row(row)}" for row in rows]
    return _pages([escaped(head), "\n".join(lines), f"-# {escaped(str(NOT_YOURS_TO_CHANGE))}"])


def _row(row: Listed) -> str:
    name = escaped(row.title or row.name)
    whose = (
        say("this server's, version {version}", version=row.version)
        if row.version is not None
        else say("the operator's")
    )
    what = say("shared by all sections") if row.kind is None else str(KINDS[row.kind])
    hidden = [] if row.enabled else [say("only when it is asked for")]
    return f"**{name}** (`{row.name}`): {escaped(', '.join([what, whose, *hidden]))}"


KINDS: Final = {
    "points": Phrase("points"),
    "quotes": Phrase("quotes"),
    "timeline": Phrase("events"),
    "text": Phrase("a running text"),
}


def named(row: Listed) -> str:
    """A prompt as autocomplete shows it."""
    label = f"{row.title} ({row.name})" if row.title else row.name
    own = [] if row.version is None else [say("version {version}", version=row.version)]
    return " · ".join([label, *own])[:_LONGEST_OFFER]


def text_page(name: str, text: str, whose: int | None) -> Page:
    """One prompt; a long one is in the file beside it only."""
    head = (
        say("“{name}” is this server's own, version {version}:", name=name, version=whose)
        if whose is not None
        else say("“{name}” is the operator's:", name=name)
    )
    shown = _block(text) if size(text) <= _ROOM and _FENCE not in text else escaped(say("It is in the file."))
    return Page((f"{escaped(head)}\n{shown}",))


def history_pages(name: str, versions: Sequence[PromptVersion]) -> list[Page]:
    """How a prompt came about, newest first."""
    if not versions:
        return _pages([escaped(say("“{name}” has never been changed here: it is the operator's.", name=name))])
    head = say("“{name}”, the newest first. Go back with /prompts rollback.", name=name)
    return _pages([escaped(head), *(f"- {_version(version)}" for version in versions)])


def _version(version: PromptVersion) -> str:
    by = f" · <@{version.made_by}>" if version.made_by else ""
    return f"**{version.version}** · <t:{_seconds(version.made)}:f>{by} · {escaped(_what(version))}"


def _what(version: PromptVersion) -> str:
    if version.text is None:
        return say("the operator's again")
    if version.equals is not None:
        return say("as version {version} was", version=version.equals)
    return say_n("{count} character", "{count} characters", len(version.text))


def offer(version: PromptVersion) -> str:
    """A version as autocomplete shows it."""
    label = f"{version.version} · {version.made:%Y-%m-%d %H:%M} UTC · {_what(version)}"
    return label[:_LONGEST_OFFER]


def draft_page(name: str, drafted: Drafted, changes: Iterable[Phrase]) -> Page:
    """What is wrong with a draft, or what it changes."""
    if drafted.problems:
        head = say("This draft of “{name}” is not valid yet:", name=name)
        return _bullets(head, drafted.problems)
    listed = tuple(changes)
    if not listed:
        return _bullets(say("This draft of “{name}” changes nothing.", name=name), ())
    return _bullets(say("This draft of “{name}” is valid. It is not saved yet.", name=name), listed)


def trial_page(head: str, changes: Iterable[Phrase], remarks: Iterable[Phrase]) -> Page:
    """What is said below a trial's card."""
    texts = [escaped(head)]
    if lines := _lines(changes):
        texts[0] += f"\n{lines}"
    if told := _lines(remarks):
        heading = say("On the sample")
        texts.append(f"**{escaped(heading)}**\n{told}")
    return Page(tuple(texts))


def saved(version: PromptVersion) -> str:
    """That it is in force from now on."""
    if version.text is None:
        return say(
            "“{name}” is the operator's again. Its earlier versions stay in /prompts history.", name=version.name
        )
    if version.equals is not None:
        return say(
            "Version {version} of “{name}” is in force; it is as version {earlier} was.",
            version=version.version,
            name=version.name,
            earlier=version.equals,
        )
    return say(
        "Version {version} of “{name}” is in force for every new briefing here.",
        version=version.version,
        name=version.name,
    )


def _bullets(head: str, phrases: Iterable[Phrase]) -> Page:
    lines = _lines(phrases)
    return Page((f"{escaped(head)}\n{lines}" if lines else escaped(head),))


def _lines(phrases: Iterable[Phrase]) -> str:
    return "\n".join(f"- {escaped(one_line(str(phrase)))}" for phrase in phrases)


def _block(text: str) -> str:
    return f"{_FENCE}\n{text.strip()}\n{_FENCE}"


def _pages(texts: Sequence[str]) -> list[Page]:
    return list(paged(Part(number, text) for number, text in enumerate(texts)))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
