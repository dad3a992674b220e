"""The messages of the program: found in its code, its commands and its prompts, and merged into the catalogues.

    python -m scripts.messages          brings each .po up to date, new messages empty, and counts those

`make docs` writes the template (nutgraf.pot). A test wants every message translated in every catalogue.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import discord
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from bot.chat.actions.feature import ActionFeature
from bot.chat.automatic import AutomaticFeature
from bot.chat.brief import BriefFeature
from bot.chat.digests.feature import DigestFeature
from bot.chat.privacy.feature import PrivacyFeature
from bot.chat.prompts.feature import PromptFeature
from bot.chat.settings.feature import SettingsFeature
from bot.chat.translator import NAMES
from bot.prompting import load_prompts
from bot.wording import LANGUAGES

ROOT: Final = Path(__file__).parents[1]
CATALOGUES: Final = ROOT / "bot" / "wording" / "catalogues"
TEMPLATE: Final = "nutgraf.pot"
KEYWORDS: Final = {"say": None, "say_n": (1, 2), "Phrase": None, "phrase_n": (1, 2)}
# What brings commands along. Their words come from what Discord is sent, for they stand in no call of ours.
FEATURES: Final[tuple[type[Any], ...]] = (
    ActionFeature,
    AutomaticFeature,
    BriefFeature,
    DigestFeature,
    PrivacyFeature,
    PromptFeature,
    SettingsFeature,
)


def template() -> str:
    """The text of nutgraf.pot."""
    return _written(messages())


def catalogue(language: str) -> Catalog:
    """The catalogue of `language` as it lies in its file."""
    return read_po(io.BytesIO((CATALOGUES / f"{language}.po").read_bytes()), locale=language, abort_invalid=True)


def merged(language: str) -> Catalog:
    """The catalogue with the messages of today, those that nobody says any more left out."""
    known = catalogue(language)
    known.update(messages(), no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def write(language: str, messages: Catalog) -> None:
    """Write the catalogue under the header that its file has: what was decided for the language stands there."""
    file = CATALOGUES / f"{language}.po"
    header = file.read_text(encoding="utf-8").split("\n\n", 1)[0]
    file.write_text(f"{header}\n\n{_written(messages)}", encoding="utf-8")


def command_records() -> list[dict[str, Any]]:
    """All commands as Discord is sent them, in English."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    return [command.to_dict(tree) for feature in FEATURES for command in _empty(feature).commands()]


def _empty(feature: type[Any]) -> Any:
    """The feature over nothing: its commands are not called."""
    wanted = inspect.signature(feature).parameters.values()
    return feature(**{parameter.name: None for parameter in wanted if parameter.default is parameter.empty})


def _words(record: Mapping[str, Any]) -> Iterator[tuple[str | None, str]]:
    is_menu = record.get("type") in {2, 3} and "description" not in record
    yield None if is_menu else NAMES, record["name"]
    if record.get("description"):
        yield None, record["description"]
    for choice in record.get("choices", ()):
        yield None, choice["name"]
    for option in record.get("options", ()):
        yield from _words(option)


def messages() -> Catalog:
    """Every message that the code says, its commands and its own prompts included."""
    found = Catalog(project="Nutgraf", charset="utf-8")
    for file in sorted((ROOT / "bot").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if name.startswith("bot/wording/"):
            continue
        for line, message, _, context in extract("python", io.BytesIO(file.read_bytes()), KEYWORDS):
            found.add(message, locations=[(name, line)], context=context)
    for section in load_prompts(None).section_values(None):
        found.add(section.title, locations=[("prompts/sections", 0)])
    for record in command_records():
        for context, word in _words(record):
            found.add(word, locations=[("bot/chat", 0)], context=context)
    return found


def _written(messages: Catalog) -> str:
    body = io.BytesIO()
    write_po(body, messages, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    return body.getvalue().decode()


def main() -> None:
    """Merge, and name what is missing."""
    for language in LANGUAGES:
        found = merged(language)
        write(language, found)
        missing = [message.id for message in found if message.id and not all(strings(message))]
        print(f"{language}: {len(found)} messages, {len(missing)} without a translation")


def strings(message: Message) -> tuple[str, ...]:
    """The translations of one message: one, or one for each plural form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


if __name__ == "__main__":
    main()
