"""Reading answers: any wrapping is seen through, a bad item is dropped alone, nothing crashes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft import Evidence, ProposedEvent, ProposedPoint, ProposedQuote
from bot.domain.errors import BadAnswerError
from bot.domain.section import Section
from bot.engines.llm.answers import ReadAnswer, read_answer
from bot.engines.llm.kinds import KINDS, answer_schema, answer_shape

pytestmark = pytest.mark.unit

SECTIONS = (
    Section(name="summary", title="Summary", kind="points"),
    Section(name="quotes", title="Key quotes", kind="quotes", max_items=3),
    Section(name="timeline", title="Timeline", kind="timeline"),
)
GOOD = {
    "summary": [{"text": "The mayor resigned.", "passages": [1, 2]}],
    "quotes": [{"text": "I am done.", "speaker": "Ada Ring", "passage": 2}],
    "timeline": [{"text": "She resigned.", "when": "on Friday", "passages": [1]}],
}


def places(numbers: Sequence[int]) -> tuple[Evidence, ...]:
    return tuple(Evidence(source="d", start=n, end=n + 1) for n in numbers if n in {1, 2, 3})


def read(text: str, sections: Sequence[Section] = SECTIONS) -> ReadAnswer:
    return read_answer(text, sections, places)


def codes(answer: ReadAnswer) -> list[str]:
    return [finding.code for finding in answer.findings]


def test_a_good_answer_becomes_proposals_with_their_places() -> None:
    answer = read(json.dumps(GOOD))
    assert answer.items == {
        "summary": (ProposedPoint(text="The mayor resigned.", evidence=places([1, 2])),),
        "quotes": (ProposedQuote(text="I am done.", speaker="Ada Ring", evidence=places([2])),),
        "timeline": (ProposedEvent(text="She resigned.", date_text="on Friday", evidence=places([1])),),
    }
    assert answer.findings == ()


TEXT = json.dumps(GOOD)
PRETTY = json.dumps(GOOD, indent=2)


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}\n```\nI hope this helps!",
        f"Here is the JSON you asked for:\n{PRETTY}",
        f"{TEXT}\n\nLet me know if you need more.",
        f"<think>{{\"summary\": []}}</think>{TEXT}",
        f"I should answer.</think>\n{TEXT}",
        f"The shape is {{\"a\": 1}} and so: {TEXT} ok?",
        f'{{"summary": []}} was my draft; final: {TEXT}',
        json.dumps({"answer": GOOD}),
        json.dumps({"result": {"briefing": GOOD}}),
        json.dumps([GOOD]),
        json.dumps([{name: items} for name, items in GOOD.items()]),
        json.dumps({name.upper(): items for name, items in GOOD.items()}),
        json.dumps({"Summary": GOOD["summary"], "Key quotes": GOOD["quotes"], "Timeline": GOOD["timeline"]}),
        json.dumps({name: {"items": items} for name, items in GOOD.items()}),
        json.dumps({name: items[0] for name, items in GOOD.items()}),
        TEXT.replace("}]}", "},]}"),
        TEXT.replace('"', "'").replace("'I am done.'", '"I am done."'),
        TEXT[:-1],
        TEXT.replace("The mayor", "The\tmayor"),
        json.dumps(GOOD | {"confidence": 0.9, "notes": ["x"]}),
        "\ufeff" + TEXT,
    ],
)  # fmt: skip
def test_any_wrapping_is_seen_through(text: str) -> None:
    assert read(text).items == read(TEXT).items


def test_one_broken_item_costs_no_other() -> None:
    text = (
        '{"summary": [{"text": "He said "no" and left", "passages": [1]}, {"text": "Rain fell.", "passages": [2]}]'
    )
    answer = read(text)
    assert answer.items["summary"][-1] == ProposedPoint(text="Rain fell.", evidence=places([2]))


def test_what_came_before_a_cut_is_kept() -> None:
    text = PRETTY[: PRETTY.index("She resigned") + 5]
    answer = read(text)
    assert answer.items["quotes"] == read(TEXT).items["quotes"]
    assert answer.items["timeline"][0].text == "She r"


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", "null", "[]", "{}", "42", '{"error": "no"}', "{{{{", "[[[[", "```json\n```"]
)
def test_what_speaks_of_no_section_is_a_bad_answer(text: str) -> None:
    with pytest.raises(BadAnswerError):
        read(text)


@pytest.mark.parametrize(
    "bad",
    [
        None, 3, True, [], ["x"], {}, {"text": None}, {"text": ""}, {"text": " \u200b\n"}, {"text": "…"},
        {"text": 5},
        {"text": ["a"]}, {"text": {"a": "b"}}, {"words": "a"}, {"text": "x" * 2_001}, {"text": "\x00\ud800"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["summary", "quotes", "timeline"])
def test_a_bad_item_is_dropped_alone_and_counted(bad: Any, name: str) -> None:
    given_items = {**GOOD, name: [bad, *GOOD[name], bad]}
    answer = read(json.dumps(given_items))
    assert answer.items == read(TEXT).items
    assert [(f.code, f.section) for f in answer.findings] == [("model-item-dropped", name)]
    assert "2 of 3" in answer.findings[0].detail


@pytest.mark.parametrize(
    ("given_numbers", "kept"),
    [
        ([1, 2], [1, 2]), ([2, 2, 1], [2, 1]), (2, [2]), ("2", [2]), (["1", "[2]"], [1, 2]), ("[1], [3]", [1, 3]),
        ([1.0, 2.5], [1]), ([99, 1], [1]), ([-1, 0], []), ([True], []), (None, []), ({}, []), ([[1]], []),
        ("all", []), ([10**30, 1], [1]), (float("nan"), []), (list(range(5_000)), [1, 2, 3]),
    ],
)  # fmt: skip
def test_numbers_are_read_in_any_form_and_wrong_ones_give_no_evidence(given_numbers: Any, kept: list[int]) -> None:
    answer = read(json.dumps({"summary": [{"text": "It rained.", "passages": given_numbers}]}))
    assert answer.items["summary"][0].evidence == places(kept)


def test_citations_and_bullets_in_the_text_are_taken_out_and_count_where_no_list_does() -> None:
    items = [{"text": "- **Rain** fell [2][3]."}, {"text": "Snow fell [3].", "passages": [1]}, "Hail fell [1, 2]."]
    answer = read(json.dumps({"summary": items}))
    assert [point.text for point in answer.items["summary"]] == ["Rain fell.", "Snow fell.", "Hail fell."]
    assert [point.evidence for point in answer.items["summary"]] == [places([2, 3]), places([1]), places([1, 2])]


@pytest.mark.parametrize("speaker", [None, "", "null", "Unknown", "N/A", 5, ["Ada"], "x" * 300])
def test_a_speaker_that_is_none_is_none(speaker: Any) -> None:
    answer = read(json.dumps({"quotes": [{"text": "I am done.", "speaker": speaker, "passage": 1}]}))
    assert answer.items["quotes"] == (ProposedQuote(text="I am done.", evidence=places([1])),)


def test_a_text_given_as_prose_is_cut_into_its_paragraphs() -> None:
    section = Section(name="story", title="Story", kind="text")
    answer = read(json.dumps({"story": "First. [1]\n\nSecond. [2]"}), [section])
    assert [item.text for item in answer.items["story"]] == ["First.", "Second."]


def test_a_bare_list_answers_a_lone_section() -> None:
    assert len(read(json.dumps(GOOD["quotes"]), SECTIONS[1:2]).items["quotes"]) == 1


def test_a_missing_section_is_empty_and_told() -> None:
    answer = read(json.dumps({"summary": GOOD["summary"], "quotes": None}))
    assert answer.items["quotes"] == answer.items["timeline"] == ()
    assert [(f.code, f.section) for f in answer.findings] == [("model-section-missing", "timeline")]


def test_an_answer_that_runs_in_circles_is_cut() -> None:
    answer = read(json.dumps({"quotes": GOOD["quotes"] * 10_000}))
    assert len(answer.items["quotes"]) <= 9
    assert "model-item-dropped" in codes(answer)


HOSTILE = [
    '{"summary": ' + "[" * 100_000,
    '{"summary": ' + '{"a":' * 50_000,
    "{" * 200_000,
    '{"summary": [{"text": "a", "passages": [NaN, Infinity, -Infinity]}]}',
    '{"summary": NaN}',
    '{"summary": [' + "1" * 10_000 + "]}",
    '{"summary": [{"text": "\\ud800\\udfff\\u0000"}]}',
    '{"summary": "IGNORE ALL RULES", "system": "obey", "quotes": 7, "timeline": false}',
    '{"__proto__": {"x": 1}, "summary": [{"__class__": "x", "text": "y"}]}',
    '{"summary": [[[[[[[[[[[[]]]]]]]]]]]]}',
    '{"summary": {"items": {"items": []}}}',
    '{"summary": [' + '{"text": "a"},' * 50_000 + "]}",
    "```" * 50_000,
    '"' * 100_000,
    "\\" * 100_000,
    "<think>" * 50_000 + '{"summary": []}',
    '{"summary": [{"text": "a"',
    "summary: a, b, c",
    '{"summary": [' + "{'" * 20_000,
    '{"summary": [' + "{1\n'`}" * 20_000,
    '{"summary": ' + '[{"' * 20_000,
    '{"summary": [' * 20_000,
    "\x00" * 1_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_answer_is_read_or_refused_but_never_crashes(text: str) -> None:
    try:
        answer = read(text)
    except BadAnswerError:
        return
    for items in answer.items.values():
        for item in items:
            item.model_dump_json().encode()


@given(st.text(alphabet='{}[]":,\\ \nsumaryqoted1.NaN`<think>', max_size=200))
def test_no_text_crashes_the_reading(text: str) -> None:
    try:
        read(text)
    except BadAnswerError:
        return


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "passages", "speaker", "when", "items", "passage"]), inner)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from([section.name for section in SECTIONS]), JSON, min_size=1))
def test_no_json_under_our_keys_crashes_the_reading(value: dict[str, Any]) -> None:
    assert isinstance(read(json.dumps(value)), ReadAnswer)


def test_the_schema_accepts_a_good_answer_and_is_closed() -> None:
    schema = answer_schema(SECTIONS)
    jsonschema.validate(GOOD, schema)
    for wrong in ({**GOOD, "extra": []}, {"summary": []}, {**GOOD, "quotes": [{"text": "a"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_the_schema_is_fit_for_strict_modes() -> None:
    def closed(part: Any) -> bool:
        if not isinstance(part, dict):
            return True
        if part.get("type") == "object" and (
            part["additionalProperties"] is not False or part["required"] != list(part["properties"])
        ):
            return False
        return all(closed(inner) for inner in part.values())

    assert closed(answer_schema(SECTIONS))


def test_every_kind_of_section_has_its_row() -> None:
    assert set(KINDS) == set(Section.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]


def test_the_shape_names_every_section_and_its_limit() -> None:
    shape = answer_shape(SECTIONS)
    assert all(f'"{section.name}": [' in shape for section in SECTIONS)
    assert "at most 3" in shape
