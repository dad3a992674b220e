"""What anybody may type as a prompt: it reaches nothing but its variables, and costs no more than its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import ENGLISH_NAMES
from bot.prompting import load_prompts
from bot.prompting.guarded import refusals
from bot.prompting.overlay import MOST_CHARACTERS, overlaid, problems_of_own, problems_of_set, section_file
from bot.prompting.prompt_set import PromptSet, SectionPrompt
from bot.prompting.template import SECTION, fill

REACHING_OUT = [
    "{{ ''.__class__ }}",
    "{{ max_items.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ max_items|attr('__class__') }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace() }}",
    "{{ config }}",
    "{{ settings.discord_token }}",
    "{% include '/etc/passwd' %}",
    "{% import 'parts/evidence.md' as e %}",
    "{% from 'parts/evidence.md' import x %}",
    "{% extends 'sections/quotes.md' %}",
    "{% set max_items = 9 %}",
    "{% macro m() %}{% endmacro %}",
    "{{ [].append(1) }}",
    "{{ {}.items() }}",
]
BOMBS = [
    "{% for a in range(10**9) %}x{% endfor %}",
    "{% for a in 'aaaa' %}{% for b in 'aaaa' %}{% for c in 'aaaa' %}x{% endfor %}{% endfor %}{% endfor %}",
    "{{ 10**9**9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ ('a' * 999999) ~ 'b' }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ max_items|string|replace('', 'x' * 99999999) }}",
    "{{ " + "(" * 1_500 + "1" + ")" * 1_500 + " }}",
    "{% if " + "not " * 900 + "translated %}x{% endif %}",
    "{% if translated %}" * 150 + "x" + "{% endif %}" * 150,
    "{% if max_items == " + "9" * 3_900 + " %}x{% endif %}{{ max_items }}{{ nothing }}",
    "{{ " + "[" * 1_900 + "]" * 1_900 + " }}",
]


@pytest.fixture(scope="module")
def operators() -> PromptSet:
    return load_prompts()


def quotes(operators: PromptSet, **changes: object) -> str:
    """The file of a changed section of quotes; `body` is its text."""
    theirs = operators.prompt("quotes")
    body = str(changes.pop("body", theirs.body))
    return section_file(SectionPrompt(theirs.section.model_copy(update=changes), body))


@pytest.mark.parametrize("body", [*REACHING_OUT, *BOMBS])
def test_what_reaches_out_or_grows_is_refused_before_anything_runs(body: str, operators: PromptSet) -> None:
    assert refusals(body + "{{ max_items }}", SECTION)
    assert problems_of_own(operators, "quotes", quotes(operators, body=body + "{{ max_items }}"))
    assert problems_of_own(operators, "voice", body + "{{ language }}")


def test_a_refusal_names_the_line_and_what_is_wrong_there() -> None:
    body = "At most {{ max_items }}.\n\n{% for a in language %}x{% endfor %}\n{{ langage }}"
    assert [str(problem) for problem in refusals(body, SECTION)] == ["Line 3: a loop is not allowed here."]
    unknown = "At most {{ max_items }}.\n{{ langage }}"
    (misspelt,) = map(str, refusals(unknown, SECTION))
    assert misspelt.startswith("Line 2: {{ langage }} is no variable here. There are: {{ language }}, ")
    assert [str(problem) for problem in refusals("Quotes.", SECTION)] == [
        "{{ max_items }} has to stand in the text."
    ]
    (broken,) = refusals("one\ntwo {{ max_items }\n", SECTION)
    assert str(broken).startswith("Line 2 is no valid template: ")
    assert [str(problem) for problem in refusals("  \n", SECTION)] == ["There is no text."]


def test_the_packaged_prompts_that_may_be_changed_pass_as_they_are(operators: PromptSet) -> None:
    for prompt in operators.sections:
        assert problems_of_own(operators, prompt.section.name, section_file(prompt)) == []
    assert problems_of_own(operators, "voice", operators.parts["voice"]) == []


@pytest.mark.parametrize("name", ["evidence", "task", "merge", "mend", "again"])
def test_parts_that_the_checks_rest_on_are_not_a_guilds_to_change(name: str, operators: PromptSet) -> None:
    (problem,) = problems_of_own(operators, name, operators.parts[name])
    assert "the checks rest on it" in str(problem)


def test_keys_of_the_front_matter_are_checked(operators: PromptSet) -> None:
    good = quotes(operators)
    (unknown,) = problems_of_own(operators, "quotes", good.replace("order:", "colour: red\norder:"))
    assert "colour is no known key" in str(unknown)
    assert problems_of_own(operators, "quotes", good.replace("max_items: 12", "max_items: 4000"))
    assert problems_of_own(operators, "quotes", good.replace("name: quotes", "name: summary"))
    assert problems_of_own(operators, "quotes", "no front matter {{ max_items }}")
    (kind,) = problems_of_own(operators, "quotes", quotes(operators, kind="points"))
    assert str(kind) == "The kind of “quotes” cannot change: it is quotes."
    (long,) = problems_of_own(operators, "quotes", quotes(operators, body="{{ max_items }}" + "a" * 4_000))
    assert "4,000" in str(long) or "4000" in str(long)


def test_a_guilds_texts_take_the_place_of_the_operators(operators: PromptSet) -> None:
    body = "At most {{ max_items }} people, each with a role."
    who = operators.prompt("summary").section.model_copy(update={"name": "who", "title": "Who", "order": 5})
    texts = {
        "quotes": quotes(operators, title="Voices", max_items=3, order=1),
        "timeline": section_file(
            SectionPrompt(operators.prompt("timeline").section, "{{ max_items }}", enabled=False)
        ),
        "who": section_file(SectionPrompt(who, body)),
        "voice": "You write in {{ language }}, like a poet.",
    }
    made, bad = overlaid(operators, texts)
    assert bad == ()
    assert [section.title for section in made.section_values()] == ["Voices", "Who", "Summary"]
    assert made.section_values(["timeline"])[0].name == "timeline"
    assert made.section_values(["quotes"])[0].max_items == 3
    assert made.parts["voice"].endswith("poet.")
    assert made.parts["evidence"] == operators.parts["evidence"]
    assert made.digest != operators.digest
    assert overlaid(operators, texts)[0].digest == made.digest
    assert problems_of_set(made) == []


def test_what_is_not_valid_any_more_is_left_out_and_named(operators: PromptSet) -> None:
    made, bad = overlaid(
        operators, {"quotes": quotes(operators, body="{{ gone }}"), "voice": "In {{ language }}."}
    )
    assert bad == ("quotes",)
    assert made.section_values() == operators.section_values()
    assert made.parts["voice"] == "In {{ language }}."


def test_a_set_has_a_section_and_not_too_many(operators: PromptSet) -> None:
    off = {
        prompt.section.name: section_file(SectionPrompt(prompt.section, prompt.body, enabled=False))
        for prompt in operators.sections
    }
    assert [str(problem) for problem in problems_of_set(overlaid(operators, off)[0])] == [
        "No section would be left in a briefing."
    ]
    section = operators.prompt("summary").section
    many = {
        f"own{n}": section_file(
            SectionPrompt(section.model_copy(update={"name": f"own{n}"}), "{{ max_items }}" + "a" * 1_500)
        )
        for n in range(10)
    }
    assert len(problems_of_set(overlaid(operators, many)[0])) == 2


_TAGS = ("{{ max_items }}", "{{ language }}", "{% if translated %}", "{% else %}", "{% endif %}", "{% raw %}")
_SCRAPS = (
    "{% endraw %}",
    "{%",
    "}}",
    "{#",
    "#}",
    "{{ 'a' * 9 }}",
    "{% if max_items > 3 and language %}",
    "\n",
    "é",
)
_PIECES = st.sampled_from(_TAGS + _SCRAPS)


@given(st.lists(_PIECES | st.text(max_size=20), max_size=40).map("".join))
def test_whatever_passes_is_filled_and_stays_small(body: str) -> None:
    body = body[:MOST_CHARACTERS]
    if refusals(body, SECTION):
        return
    longest = max(len(name) for name in ENGLISH_NAMES.values())
    values: dict[str, object] = dict.fromkeys(SECTION.must | SECTION.may, "x" * longest)
    filled = fill(body, values | {"max_items": 40, "translated": True})
    assert len(filled) <= len(body) * (longest + 1)
