"""The main use case, over honest fakes of its seams."""

from __future__ import annotations

import pytest

from bot.domain.document import Document
from bot.domain.draft import Draft
from bot.domain.errors import NoTextError, SettingsError, UnreachableError, UsageError
from bot.domain.section import Section
from bot.domain.source import LinkSource, Source, TextSource
from bot.domain.task import Progress, Task
from bot.services.briefing import Briefer, BriefOptions

TEXT = "The harbour of Lund reopened on Monday after nine weeks of repairs. Ferries left at noon."


class PlainReader:
    """Reads texts as they are; every link fails."""

    async def read(self, source: Source) -> Document:
        if isinstance(source, TextSource):
            return Document(text=source.text)
        raise UnreachableError


class OneSection:
    def section_values(self, names: object = None) -> tuple[Section, ...]:
        return (Section(name="summary", title="Summary", kind="points"),)


class SilentEngine:
    """Proposes nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    async def write(self, task: Task) -> Draft:
        self.tasks.append(task)
        return Draft(engine="silent")


def make(engine: SilentEngine | None = None) -> Briefer:
    return Briefer(reader=PlainReader(), prompts=OneSection(), engines={"auto": engine or SilentEngine()})


async def test_stages_are_reported_in_order() -> None:
    seen: list[Progress] = []
    await make().brief([TextSource(text=TEXT)], report=seen.append)
    assert [progress.stage for progress in seen] == ["reading", "reading", "checking"]


async def test_a_source_that_fails_is_told_as_long_as_another_was_read() -> None:
    brief = await make().brief([TextSource(text=TEXT), LinkSource(url="https://example.org/")])
    assert next(finding.code for finding in brief.findings) == "source-unreachable"
    assert len(brief.sources) == 1


async def test_the_same_text_twice_is_read_once() -> None:
    engine = SilentEngine()
    await make(engine).brief([TextSource(text=TEXT), TextSource(text=TEXT)])
    assert len(engine.tasks[0].documents) == 1


async def test_nothing_readable_raises_the_first_reason() -> None:
    with pytest.raises(UnreachableError):
        await make().brief([LinkSource(url="https://example.org/")])


async def test_no_source_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        await make().brief([])


async def test_an_engine_that_is_not_configured_is_a_settings_error_with_the_cure() -> None:
    with pytest.raises(SettingsError, match="LLM_BASE_URL"):
        await make().brief([TextSource(text=TEXT)], BriefOptions(engine="llm"))


def test_each_error_says_what_happened_and_what_to_do_next() -> None:
    assert str(NoTextError()).count(".") >= 2
