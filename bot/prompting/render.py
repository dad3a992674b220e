"""The messages to a model: system, one chunk of the article, the merge.

The article is data. It stands inside a boundary that nobody can know beforehand, as the value of a variable, and
the marks by which model servers tell one role from another are broken up in it (some servers read them in content
as if they were their own).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.order import Length
from bot.domain.section import Section
from bot.domain.task import Prompts
from bot.prompting.languages import language_words
from bot.prompting.template import fill

_ROLE_MARKS = re.compile(
    r"<(?=\|)|(?<=\|)>|<(?=/?(?:s|system|user|assistant|think|start_of_turn|end_of_turn)>)"
    r"|<(?=</?SYS>)|\[(?=/?INST\])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What one user message asks: `sections` from `article`, in `shape`, which is part `part` of `parts`.

    `translated`: the article, or a part of it, is in another language than `language`.
    """

    sections: Sequence[Section]
    article: str
    shape: str
    boundary: str
    language: str = "auto"
    part: int = 1
    parts: int = 1
    articles: int = 1
    translated: bool = False
    length: Length = "standard"


def new_boundary() -> str:
    """A line that no article holds, for one request."""
    return f"=== {secrets.token_hex(12)} ==="


def inert(text: str) -> str:
    """`text` with chat-role marks broken up by a space, otherwise as it was."""
    return _ROLE_MARKS.sub(lambda mark: f" {mark[0]}" if mark[0] == ">" else f"{mark[0]} ", text)


def system_message(prompts: Prompts, *, language: str, boundary: str) -> str:
    """The voice and the evidence rules, with the boundary that fences the material of this request."""
    voice = fill(prompts.parts["voice"], {"language": language_words(language)})
    return f"{voice}\n\n{fill(prompts.parts['evidence'], {'boundary': boundary})}"


def user_message(prompts: Prompts, ask: Ask) -> str:
    """The message for one chunk: the fenced article, what to write from it, and the shape of the answer."""
    values = {
        "article": inert(ask.article),
        "boundary": ask.boundary,
        "sections": _instructions(prompts, ask),
        "shape": ask.shape,
        "language": language_words(ask.language),
        "part": ask.part,
        "parts": ask.parts,
        "articles": ask.articles,
        "length": ask.length,
    }
    return fill(prompts.parts["task"], values)


def merge_message(prompts: Prompts, ask: Ask) -> str:
    """The message that makes final sections of drafted points; `ask.article` holds the numbered points."""
    values = {
        "points": inert(ask.article),
        "boundary": ask.boundary,
        "sections": _instructions(prompts, ask),
        "shape": ask.shape,
        "language": language_words(ask.language),
    }
    return fill(prompts.parts["merge"], values)


def mend_message(prompts: Prompts, ask: Ask, *, items: str) -> str:
    """The message that asks for `items`, which did not hold, again; `ask.article` holds the pieces they are of."""
    values = {
        "article": inert(ask.article),
        "items": inert(items),
        "boundary": ask.boundary,
        "shape": ask.shape,
        "language": language_words(ask.language),
    }
    return fill(prompts.parts["mend"], values)


def ask_message(prompts: Prompts, ask: Ask, *, question: str) -> str:
    """The message that asks for the answer to a reader's `question`, one line, which is data like the article."""
    values = {
        "article": inert(ask.article),
        "question": inert(question),
        "boundary": ask.boundary,
        "shape": ask.shape,
        "language": language_words(ask.language),
    }
    return fill(prompts.parts["ask"], values)


def again_message(prompts: Prompts, user: str, *, shape: str) -> str:
    """`user` once more, with the note that the last answer could not be read."""
    return f"{user}\n\n{fill(prompts.parts['again'], {'shape': shape})}"


def _instructions(prompts: Prompts, ask: Ask) -> str:
    language = language_words(ask.language)
    return "\n\n".join(
        f'Section "{section.name}" ({section.title})\n'
        + fill(
            prompts.body(section.name),
            {
                "max_items": section.max_items,
                "language": language,
                "translated": ask.translated,
                "length": ask.length,
            },
        )
        for section in ask.sections
    )
