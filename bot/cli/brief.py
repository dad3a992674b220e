"""`nutgraf brief`: Sources in, one proven Brief out; or one a line with --jsonl; or only the plan of it."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from bot.app import App, open_app
from bot.cli.inputs import Row, published, rows, sources_of
from bot.cli.outputs import end_progress, print_rows, progress
from bot.cli.plan import print_plan
from bot.domain.brief import Brief
from bot.domain.errors import NutgrafError, UsageError
from bot.domain.languages import language_code
from bot.domain.source import Known, Source, TextSource
from bot.domain.task import Report, say_nothing
from bot.services.briefing import BriefOptions
from bot.settings import Settings, load_settings


def brief(arguments: Namespace) -> int:
    """Run the command; the exit code. Raises NutgrafError leaves."""
    options = _options(arguments)
    settings = load_settings()
    if arguments.jsonl:
        if arguments.plan or arguments.text is not None:
            raise UsageError("--jsonl goes with neither --plan nor --text.", cure="Leave one of them out.")
        return asyncio.run(_brief_rows(arguments, options, settings))
    known = Known(published=published(arguments.published))
    sources = sources_of(arguments.sources, arguments.text, known, max_bytes=settings.fetch_max_bytes)
    if arguments.plan:
        asyncio.run(_plan(sources, options, settings, as_json=arguments.format == "json"))
    else:
        _print(asyncio.run(_brief_one(sources, options, settings)), arguments.format)
    return 0


async def _plan(sources: Sequence[Source], options: BriefOptions, settings: Settings, *, as_json: bool) -> None:
    async with open_app(settings) as app:
        await print_plan(app, sources, options, as_json=as_json)


async def _brief_one(sources: Sequence[Source], options: BriefOptions, settings: Settings) -> Brief:
    async with open_app(settings) as app:
        try:
            return await _made(app, sources, options, progress())
        finally:
            end_progress()


async def _made(app: App, sources: Sequence[Source], options: BriefOptions, report: Report = say_nothing) -> Brief:
    seconds = app.settings.brief_timeout_seconds
    try:
        async with asyncio.timeout(seconds):
            return await app.briefer.brief(sources, options, report)
    except TimeoutError:
        raise NutgrafError(
            f"The briefing was not done within {seconds:g} seconds.",
            cure="Raise BRIEF_TIMEOUT_SECONDS, or give less to read.",
        ) from None


async def _brief_rows(arguments: Namespace, options: BriefOptions, settings: Settings) -> int:
    default = published(arguments.published)
    given = rows(arguments.sources, max_bytes=settings.fetch_max_bytes)
    async with open_app(settings) as app:

        async def one(row: Row) -> dict[str, Any]:
            return await _brief_row(app, row, options, Known(published=default))

        return await print_rows(given, one, at_once=settings.brief_concurrency if app.endpoint else 1)


async def _brief_row(app: App, row: Row, options: BriefOptions, default: Known) -> dict[str, Any]:
    from bot.render.json import brief_json  # noqa: PLC0415

    text = row.text("text")
    if text is None:
        raise UsageError('The line has no "text".', cure='Each line needs at least {"id", "text"}.')
    known = Known(
        published=published(row.text("published")) or default.published,
        title=row.text("title"),
        url=row.text("url"),
    )
    made = await _made(app, [TextSource(text=text, known=known)], options)
    data: dict[str, Any] = json.loads(brief_json(made, indent=None))
    return data


def _options(arguments: Namespace) -> BriefOptions:
    names = None
    if arguments.sections is not None:
        names = tuple(name.strip() for name in arguments.sections.split(",") if name.strip())
        if not names:
            raise UsageError(
                "--sections names none.", cure="Give names with commas between; see `nutgraf prompts show`."
            )
    return BriefOptions(
        engine=arguments.engine,
        language=language_code(arguments.language),
        sections=names,
        with_text=arguments.with_text,
        length=arguments.length,
        model=arguments.model,
    )


def _print(made: Brief, style: str) -> None:
    # One renderer is imported, the one that is asked for: rich alone takes 50 ms.
    if style == "json":
        from bot.render.json import brief_json  # noqa: PLC0415

        print(brief_json(made))
    elif style == "markdown":
        from bot.render.markdown import render_markdown  # noqa: PLC0415

        print(render_markdown(made))
    else:
        from rich.console import Console  # noqa: PLC0415

        from bot.render.terminal import print_brief  # noqa: PLC0415

        print_brief(made, Console(file=sys.stdout, highlight=False, soft_wrap=False))
