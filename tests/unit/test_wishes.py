"""What a person may wish of a briefing reaches everything that has to know: length, order, model, own prompts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.document import Document
from bot.domain.draft import Draft
from bot.domain.errors import SettingsError, UsageError
from bot.domain.keeping import BriefKey
from bot.domain.length import at_length
from bot.domain.order import Length
from bot.domain.section import Section
from bot.domain.source import LinkSource, Source, TextSource
from bot.domain.task import Task
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.prompting import PromptSet, load_prompts
from bot.prompting.files import packaged_prompts
from bot.services.briefing import Briefer, BriefOptions
from bot.services.models import Models, offered_models
from bot.services.shelf import ShelvedBriefer, ShelvedReader, Writer
from bot.settings import Settings
from tests.gold import load_gold
from tests.support.digest_parts import MemoryShelf
from tests.support.dutiful_model import asked_of, dutiful
from tests.support.fake_endpoint import FakeEndpoint

PROMPTS = load_prompts()
GUILD = 7
TEXT = "\n\n".join(article.text for article in load_gold() if article.name.startswith(("wire-", "science-")))


class PlainReader:
    async def read(self, source: Source) -> Document:
        return Document(text=source.text if isinstance(source, TextSource) else TEXT)


class Recording:
    """Proposes nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    async def write(self, task: Task) -> Draft:
        self.tasks.append(task)
        return Draft(engine="llm")


class OneGuild:
    """PromptSets of a single guild."""

    def __init__(self, prompts: PromptSet) -> None:
        self.prompts = prompts

    async def of_guild(self, guild_id: int) -> PromptSet | None:
        return self.prompts if guild_id == GUILD else None


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> PromptSet:
    """A guild's set: one section of its own beside the packaged ones."""
    folder = tmp_path_factory.mktemp("guild")
    copied = Path(shutil.copytree(packaged_prompts(), folder / "prompts"))
    (copied / "sections" / "money.md").write_text(
        "---\nname: money\ntitle: Money\nkind: points\norder: 5\nmax_items: 3\n---\n"
        "At most {{ max_items }} sums of money{% if length == 'long' %}, and what was bought{% endif %}.\n"
    )
    return load_prompts(copied)


def sections(*limits: int) -> tuple[Section, ...]:
    return tuple(
        Section(name=f"s{at}", title="S", kind="points", max_items=most) for at, most in enumerate(limits)
    )


@pytest.mark.parametrize(
    ("length", "limits"), [("short", (1, 1, 3, 20)), ("standard", (1, 2, 5, 40)), ("long", (2, 4, 10, 40))]
)
def test_length_halves_or_doubles_every_limit_within_one_and_forty(
    length: Length, limits: tuple[int, ...]
) -> None:
    assert tuple(section.max_items for section in at_length(sections(1, 2, 5, 40), length)) == limits


async def items(length: Length) -> int:
    briefer = Briefer(reader=PlainReader(), prompts=PROMPTS, engines={"auto": ExtractiveEngine()})
    made = await briefer.brief([TextSource(text=TEXT)], BriefOptions(length=length, sections=("summary",)))
    return len(made.sections[0].items)


async def test_the_built_in_engine_writes_fewer_or_more_points() -> None:
    assert [await items(length) for length in ("short", "standard", "long")] == [1, 2, 4]


async def test_a_model_is_asked_for_fewer_or_more_and_its_prompt_may_say_so(own: PromptSet) -> None:
    endpoint = FakeEndpoint(default=dutiful)
    engine = LlmEngine(endpoint, own)
    briefer = Briefer(reader=PlainReader(), prompts=own, engines={"auto": engine})
    for length in ("short", "long"):
        await briefer.brief([TextSource(text=TEXT)], BriefOptions(length=length))
    short, long = endpoint.requests
    assert (asked_of(short)["summary"], asked_of(long)["summary"]) == (3, 10)
    assert "what was bought" not in short.user
    assert "what was bought" in long.user


async def test_sections_come_in_the_order_in_which_they_were_named() -> None:
    wanted = ("timeline", "summary", "quotes")
    assert tuple(section.name for section in PROMPTS.section_values(wanted)) == wanted
    for engine in (ExtractiveEngine(), LlmEngine(FakeEndpoint(default=dutiful), PROMPTS)):
        briefer = Briefer(reader=PlainReader(), prompts=PROMPTS, engines={"auto": engine})
        made = await briefer.brief([TextSource(text=TEXT)], BriefOptions(sections=wanted))
        assert tuple(section.name for section in made.sections) == wanted


def settings(**values: str) -> Settings:
    return Settings(_env_file=None, llm_base_url="http://127.0.0.1:9/v1", llm_model="big", **values)  # type: ignore[arg-type,call-arg]


def test_the_models_offered_are_the_first_one_and_those_listed_by_name_or_as_they_are() -> None:
    offered = offered_models(settings(llm_models=" quick = vendor/small , vendor/deep,,"))
    assert offered.names == ("big", "quick", "vendor/deep")
    assert [offered.model_id(name) for name in (None, "big", "quick", "vendor/deep")] == [
        None,
        "big",
        "vendor/small",
        "vendor/deep",
    ]


def test_without_an_endpoint_no_model_is_offered() -> None:
    assert offered_models(Settings(_env_file=None, llm_models="quick=small")).names == ()  # type: ignore[call-arg]


async def test_a_model_nobody_offers_is_refused_with_those_that_are_before_anything_is_read() -> None:
    briefer = Briefer(
        reader=PlainReader(), prompts=PROMPTS, engines={"auto": Recording()}, models=Models({"big": "b", "q": "s"})
    )
    with pytest.raises(UsageError, match="big, q"):
        await briefer.brief([TextSource(text=TEXT)], BriefOptions(model="grand"))


async def test_each_request_of_a_briefing_names_the_model_chosen_and_the_brief_tells_it() -> None:
    endpoint = FakeEndpoint(default=dutiful)
    briefer = Briefer(
        reader=PlainReader(),
        prompts=PROMPTS,
        engines={"auto": LlmEngine(endpoint, PROMPTS)},
        models=Models({"fake-1": "fake-1", "quick": "vendor/small"}),
    )
    chosen = await briefer.brief([TextSource(text=TEXT)], BriefOptions(model="quick"))
    default = await briefer.brief([TextSource(text=TEXT)])
    assert {request.model for request in endpoint.requests} == {"vendor/small", None}
    assert (chosen.model, default.model) == ("vendor/small", "fake-1")


async def test_a_guilds_own_prompts_reach_model_and_brief_and_nobody_else(own: PromptSet) -> None:
    endpoint = FakeEndpoint(default=dutiful)
    briefer = Briefer(
        reader=PlainReader(),
        prompts=PROMPTS,
        engines={"auto": LlmEngine(endpoint, PROMPTS)},
        prompt_sets=OneGuild(own),
    )
    theirs = await briefer.brief([TextSource(text=TEXT)], BriefOptions(prompts=GUILD))
    others = await briefer.brief([TextSource(text=TEXT)], BriefOptions(prompts=GUILD + 1))
    assert theirs.sections[0].name == "money"
    assert (theirs.prompts_digest, others.prompts_digest) == (own.digest, PROMPTS.digest)
    assert ["sums of money" in request.user for request in endpoint.requests] == [True, False]


class Shelf:
    """A ShelvedBriefer whose engine is counted."""

    def __init__(self, prompts: PromptSet) -> None:
        self.engine, shelf = Recording(), MemoryShelf()
        briefer = Briefer(
            reader=ShelvedReader(PlainReader(), shelf),
            prompts=PROMPTS,
            engines={"auto": self.engine},
            prompt_sets=OneGuild(prompts),
            models=Models({"big": "big", "quick": "small"}),
        )
        self.briefer = ShelvedBriefer(briefer, shelf, lambda: Writer(PROMPTS.digest, "llm", "big"))

    async def written(self, wishes: Sequence[BriefOptions]) -> int:
        """How many of `wishes`, one after the other, were written anew."""
        for wish in wishes:
            await self.briefer.brief([LinkSource(url="https://example.org/a")], wish)
        return len(self.engine.tasks)


@pytest.mark.parametrize(
    "wish",
    [
        BriefOptions(length="short"),
        BriefOptions(length="long"),
        BriefOptions(model="quick"),
        BriefOptions(prompts=GUILD),
        BriefOptions(sections=("quotes", "summary")),
    ],
)
async def test_a_wish_is_never_answered_with_what_was_written_for_another(
    wish: BriefOptions, own: PromptSet
) -> None:
    assert await Shelf(own).written([BriefOptions(), wish, wish]) == 2


@pytest.mark.parametrize("wish", [BriefOptions(model="big"), BriefOptions(prompts=GUILD + 1)])
async def test_the_default_by_another_name_is_found_on_the_shelf(wish: BriefOptions, own: PromptSet) -> None:
    assert await Shelf(own).written([BriefOptions(), wish]) == 1


async def test_a_guild_that_forges_the_operators_digest_still_has_a_shelf_of_its_own(own: PromptSet) -> None:
    forged = replace(own, digest=PROMPTS.digest)
    assert await Shelf(forged).written([BriefOptions(prompts=GUILD), BriefOptions()]) == 2


def test_the_order_of_sections_is_part_of_the_key() -> None:
    document = Document(text=TEXT)
    one, other = (
        BriefKey.of([document], prompts_digest="d", engine="llm", sections=names)
        for names in (("a", "b"), ("b", "a"))
    )
    assert one.digest != other.digest


async def test_an_engine_that_is_not_there_is_told_before_a_guild_is_looked_up() -> None:
    briefer = Briefer(reader=PlainReader(), prompts=PROMPTS, engines={"auto": Recording()})
    with pytest.raises(SettingsError):
        await briefer.choose(BriefOptions(engine="llm", prompts=GUILD))
