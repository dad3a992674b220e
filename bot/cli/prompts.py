"""`nutgraf prompts check | show | render`: for the people who write the prompt files."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from typing import Final

from bot.cli.inputs import source_of
from bot.domain.document import Document
from bot.domain.errors import PromptError
from bot.domain.source import Known
from bot.prompting import check_prompts, load_prompts
from bot.settings import Settings, load_settings

SAMPLE: Final = "[1] (the article, as numbered passages)"


def prompts(arguments: Namespace) -> int:
    """Run one of the three. Raises PromptError when the files are not valid."""
    settings = load_settings()
    return {"check": _check, "show": _show, "render": _render}[arguments.action](arguments, settings)


def _check(_: Namespace, settings: Settings) -> int:
    problems = check_prompts(settings.prompts_dir)
    for problem in problems:
        print(problem)
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
        raise PromptError(f"The prompts are not valid: {count}.", cure="Mend the places listed above.")
    loaded = load_prompts(settings.prompts_dir)
    print(f"{len(loaded.sections)} sections, all valid; digest {loaded.digest}.")
    return 0


def _show(arguments: Namespace, settings: Settings) -> int:
    loaded = load_prompts(settings.prompts_dir)
    if arguments.section:
        print(loaded.prompt(arguments.section).body)
        return 0
    for prompt in loaded.sections + loaded.disabled:
        section = prompt.section
        state = "" if prompt.enabled else "  (off unless named)"
        print(f"{section.name:<14}{section.kind:<10}up to {section.max_items:<4}{section.title}{state}")
    return 0


def _render(arguments: Namespace, settings: Settings) -> int:
    from bot.engines.llm.kinds import answer_shape  # noqa: PLC0415
    from bot.prompting.render import Ask, new_boundary, system_message, user_message  # noqa: PLC0415

    loaded = load_prompts(settings.prompts_dir)
    names = [name.strip() for name in arguments.sections.split(",")] if arguments.sections else None
    sections = loaded.section_values(names)
    boundary = new_boundary()
    ask = Ask(
        sections=sections,
        article=_article(arguments.source, settings) if arguments.source else SAMPLE,
        shape=answer_shape(sections),
        boundary=boundary,
        language=arguments.language,
    )
    print(f"--- system ---\n{system_message(loaded, language=arguments.language, boundary=boundary)}\n")
    print(f"--- user ---\n{user_message(loaded, ask)}")
    return 0


def _article(name: str, settings: Settings) -> str:
    """The numbered passages of one Source, as a model reads them."""
    from bot.engines.llm.passages import article_text, headers_of, number_passages  # noqa: PLC0415
    from bot.intake import Reader  # noqa: PLC0415

    source = source_of(name, Known(), max_bytes=settings.fetch_max_bytes)

    async def read() -> Document:
        async with Reader.open(settings) as reader:
            return await reader.read(source)

    documents = [asyncio.run(read())]
    return article_text(number_passages(documents), headers_of(documents))
