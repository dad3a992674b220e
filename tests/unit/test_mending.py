"""Mending: what did not hold is asked for once more, takes its old place, and never costs what was proven."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.domain.brief import Brief
from bot.domain.completion import Completion, CompletionRequest
from bot.domain.document import Document
from bot.domain.draft import Draft, Finding, ProposedPoint, Usage
from bot.domain.errors import EndpointDownError, ModelError, RateLimitedError
from bot.domain.section import Section
from bot.domain.source import Source, TextSource
from bot.domain.task import Engine, Mends, Rejected, Task
from bot.engines.cascade import FELL_BACK, CascadeEngine
from bot.engines.extractive import ExtractiveEngine
from bot.engines.llm import LlmEngine
from bot.prompting import load_prompts
from bot.render.notes import notes
from bot.services.briefing import Briefer
from bot.services.mending import worth_mending
from bot.verify import examine
from tests.support.drafts import ARTICLE, SECTIONS, SUMMARY, codes, draft, passage, point, points_of, quote
from tests.support.fake_endpoint import FakeEndpoint

HELD = point("The new flood wall held on Friday as the river crested.", passage("The new flood wall held"))
WRONG = point("The wall cost $42 million and was finished in May.", passage("The wall cost $41 million"))
RIGHT = "The wall cost $41 million and was finished in May."
WHEAT = point("Water covered nearly two hundred hectares of wheat.", passage("Water covered nearly"))
WRITTEN = draft(summary=(HELD, WRONG, WHEAT))


class Mender:
    """Writes one Draft, and mends with another (or fails to)."""

    def __init__(self, written: Draft, mended: Draft | ModelError) -> None:
        self.written = written
        self.mended = mended
        self.asked: list[Sequence[Rejected]] = []

    async def write(self, task: Task) -> Draft:
        return self.written

    async def mend(self, task: Task, draft: Draft, rejected: Sequence[Rejected]) -> Draft:
        self.asked.append(rejected)
        if isinstance(self.mended, ModelError):
            raise self.mended
        return self.mended


class Writer:
    """An engine that does not mend."""

    async def write(self, task: Task) -> Draft:
        return WRITTEN


class ArticleReader:
    async def read(self, source: Source) -> Document:
        return ARTICLE


class Offered:
    def __init__(self, sections: tuple[Section, ...]) -> None:
        self._sections = sections

    def section_values(self, names: object = None) -> tuple[Section, ...]:
        return self._sections


async def briefed(engine: Engine, sections: tuple[Section, ...] = (SUMMARY,)) -> Brief:
    briefer = Briefer(reader=ArticleReader(), prompts=Offered(sections), engines={"auto": engine})
    return await briefer.brief([TextSource(text=ARTICLE.text)])


def said(brief: Brief) -> list[str]:
    return [kept.text for kept in points_of(brief)]


async def test_corrected_item_stands_in_the_place_of_the_wrong_one() -> None:
    mended = draft(summary=(point(RIGHT),)).model_copy(update={"usage": Usage(calls=1, prompt_tokens=9)})
    engine = Mender(WRITTEN, mended)
    brief = await briefed(engine)
    assert said(brief) == [HELD.text, RIGHT, WHEAT.text]
    assert codes(brief) == []
    assert brief.usage.calls == 1
    ((sent,),) = engine.asked
    assert (sent.section, sent.proposal, sent.finding.detail) == ("summary", WRONG, "number: 42")


async def test_what_fails_again_is_dropped_and_counted_once() -> None:
    brief = await briefed(Mender(WRITTEN, draft(summary=(point("The wall cost $43 million in May."),))))
    assert said(brief) == [HELD.text, WHEAT.text]
    assert [(finding.code, finding.detail) for finding in brief.findings] == [("point-unsupported", "number: 43")]


async def test_what_is_left_out_stays_dropped_and_counted_once() -> None:
    brief = await briefed(Mender(WRITTEN, draft(summary=())))
    assert said(brief) == [HELD.text, WHEAT.text]
    assert codes(brief) == ["point-unsupported"]


async def test_failing_call_changes_nothing_but_is_told() -> None:
    brief = await briefed(Mender(WRITTEN, RateLimitedError()))
    assert said(brief) == [HELD.text, WHEAT.text]
    assert codes(brief) == ["mend-failed", "point-unsupported"]


async def test_reader_is_told_of_what_was_turned_around_and_of_a_mending_that_failed() -> None:
    flipped = point(
        "The new flood wall never held on Friday as the river crested.", passage("The new flood wall held")
    )
    brief = await briefed(Mender(draft(summary=(flipped, WHEAT)), RateLimitedError()))
    assert codes(brief) == ["mend-failed", "point-negation"]
    told = notes(brief)
    assert any("was not corrected" in line for line in told)
    assert "Summary: 1 item dropped, not borne out by the text." in told


async def test_nothing_is_sent_back_where_all_holds_or_no_room_is_left() -> None:
    whole = Mender(draft(summary=(HELD, WHEAT)), draft())
    assert codes(await briefed(whole)) == []
    full = Mender(WRITTEN, draft())
    await briefed(full, (SUMMARY.model_copy(update={"max_items": 2}),))
    assert whole.asked == full.asked == []


async def test_mending_never_pushes_out_what_was_proven() -> None:
    engine = Mender(WRITTEN, draft(summary=(point("Water covered nearly two hundred hectares of the wheat."),)))
    brief = await briefed(engine)
    assert said(brief) == [HELD.text, WHEAT.text]


async def test_more_items_than_were_sent_are_not_taken() -> None:
    more = draft(summary=(point(RIGHT), point("Farmers downstream were less happy."), quote("Nobody slept")))
    assert said(await briefed(Mender(WRITTEN, more))) == [HELD.text, RIGHT, WHEAT.text]


async def test_engine_that_does_not_mend_is_not_asked() -> None:
    assert codes(await briefed(Writer())) == ["point-unsupported"]


def test_only_what_can_be_repaired_is_worth_a_call() -> None:
    written = draft(
        summary=(HELD, HELD, point("see https://evil.example now please"), WRONG),
        quotes=(quote("Nobody wept there"),),
    )
    verdict = examine(written, [ARTICLE], SECTIONS)
    chosen = worth_mending(verdict.brief, verdict.rejected, SECTIONS)
    assert [item.finding.code for item in chosen] == ["point-unsupported", "quote-not-verbatim"]


async def test_cascade_lets_the_engine_that_wrote_mend() -> None:
    task = Task(documents=(ARTICLE,), sections=(SUMMARY,))
    mender = Mender(WRITTEN, draft(summary=(point(RIGHT),)))
    cascade = CascadeEngine(mender, ExtractiveEngine())
    assert isinstance(cascade, Mends)
    assert (await cascade.mend(task, WRITTEN, ())).sections
    fallen = WRITTEN.model_copy(update={"findings": (Finding(code=FELL_BACK),)})
    assert (await cascade.mend(task, fallen, ())).sections == ()


PROMPTS = load_prompts()
PROMPT_TASK = Task(documents=(ARTICLE,), sections=PROMPTS.section_values())
REJECTED = (
    Rejected("summary", WRONG, Finding(code="point-unsupported", section="summary", detail="number: 42")),
    Rejected("quotes", quote("Nobody wept"), Finding(code="quote-not-verbatim", section="quotes")),
)


def answering(**sections: object) -> FakeEndpoint:
    return FakeEndpoint([json.dumps(sections)])


async def test_model_is_shown_the_items_the_reasons_and_the_passages_beside_them_only() -> None:
    endpoint = answering(summary=[{"text": RIGHT, "passages": [4]}], quotes=[])
    engine = LlmEngine(endpoint, PROMPTS)
    mended = await engine.mend(PROMPT_TASK, WRITTEN, REJECTED)
    (request,) = endpoint.requests
    assert "$42 million" in request.user
    assert "number: 42" in request.user
    assert "copy them letter by letter" in request.user
    assert "The wall cost $41 million" in request.user
    assert "ask parliament for a second wall" not in request.user
    assert set(request.json_schema["properties"]) == {"summary", "quotes"}
    (kept,) = mended.sections[0].items
    assert isinstance(kept, ProposedPoint)
    assert kept.text == RIGHT
    assert "The wall cost $41 million" in ARTICLE.text[kept.evidence[0].start : kept.evidence[0].end]
    assert mended.usage.calls == 1


async def test_items_and_passages_stand_inside_the_boundary() -> None:
    endpoint = answering(summary=[])
    await LlmEngine(endpoint, PROMPTS).mend(PROMPT_TASK, WRITTEN, REJECTED[:1])
    boundary, material, _ = (
        endpoint.requests[0].user.partition("\n")[0],
        *endpoint.requests[0].user.split("\n\n", 1),
    )
    fenced = endpoint.requests[0].user.split(boundary)[1]
    assert "$42 million" in fenced
    assert material


async def test_endpoint_that_is_down_raises_its_error() -> None:
    with pytest.raises(EndpointDownError):
        await LlmEngine(FakeEndpoint(), PROMPTS).mend(PROMPT_TASK, WRITTEN, REJECTED)


async def test_refusal_is_an_error_and_no_answer() -> None:
    endpoint = FakeEndpoint([Completion(text="", finish="refusal")])
    with pytest.raises(ModelError):
        await LlmEngine(endpoint, PROMPTS).mend(PROMPT_TASK, WRITTEN, REJECTED)


async def test_switched_off_it_asks_nothing() -> None:
    endpoint = FakeEndpoint()
    mended = await LlmEngine(endpoint, PROMPTS, mends=False).mend(PROMPT_TASK, WRITTEN, REJECTED)
    assert mended.sections == ()
    assert endpoint.requests == []


async def test_request_stays_under_a_small_context_by_leaving_items_out() -> None:
    endpoint = FakeEndpoint(default=json.dumps({"summary": []}), context_tokens=2_000)
    await LlmEngine(endpoint, PROMPTS, max_answer_tokens=400).mend(PROMPT_TASK, WRITTEN, REJECTED[:1] * 40)
    from bot.text.tokens import count_tokens  # noqa: PLC0415

    assert all(count_tokens(sent.system + sent.user) < 2_000 for sent in endpoint.requests)


async def test_whole_briefing_with_a_model_that_corrects_itself() -> None:
    def reply(request: CompletionRequest) -> str:
        text = RIGHT if "did not hold" in request.user else WRONG.text
        empty: dict[str, list[dict[str, object]]] = {name: [] for name in request.json_schema["properties"]}
        return json.dumps(empty | {"summary": [{"text": text, "passages": [4]}]})

    endpoint = FakeEndpoint(default=reply)
    briefer = Briefer(
        reader=ArticleReader(),
        prompts=PROMPTS,
        engines={"auto": CascadeEngine(LlmEngine(endpoint, PROMPTS), Writer())},
    )
    brief = await briefer.brief([TextSource(text=ARTICLE.text)])
    assert said(brief) == [RIGHT]
    assert brief.usage.calls == len(endpoint.requests) == 2
