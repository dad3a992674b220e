"""Statements that tell of one person what the text tells of another whom it names, too."""

from __future__ import annotations

import pytest

from bot.domain.document import Document
from tests.support.drafts import checked, codes, event, events_of, point

FERRY = Document(
    language="en",
    text="""Peter Olsen sold the ferry Nora to the town museum in June. He had run the boat for thirty years.

Anna Dahl, who leads the museum, said the ship would open to visitors in spring. The director wants a café on deck.

Maria Lund was arrested at the harbour on Sunday after she had painted the hull red. Officers from Tolk held her \
for a night.

Thomas Berg's brother resigned from the harbour board on Friday. Berg stayed and voted for the sale.

Dahl said Olsen wept when the whistle blew. "I will miss the smell of the engine," Olsen said.

Julia Marsh and Robert Kane restored the engine in a shed behind the school. The mayor thanked them.

Police chief Martin Holt questioned the welder at the station on Tuesday. Laura Finch, a welder, had lent Lund \
the paint.""",
)

_QUIET = "The wind came from the west and the water lay flat under the pier. "
PIER = Document(
    language="en",
    text=f"""Helen Ross has drawn bridges since her school days. She lives above a bakery.

{_QUIET * 9}

David Wynn carried the last stone of the old lighthouse up to the chapel on Sunday. Children walked beside him.""",
)


def why(text: str, article: Document = FERRY) -> list[str]:
    return [code for code in codes(checked(article, summary=(point(text),))) if code.startswith("point-")]


@pytest.mark.parametrize(
    "said",
    [
        "Anna Dahl sold the ferry Nora to the town museum in June.",
        "Maria Lund had sold the ferry Nora.",
        "Thomas Berg said the ship would open to visitors in spring.",
        "Thomas Berg was arrested at the harbour on Sunday after painting the hull red.",
        "Robert Kane stayed and voted for the sale.",
        "Maria Lund restored the engine in a shed behind the school.",
    ],
)
def test_what_is_told_of_one_is_not_told_of_another(said: str) -> None:
    assert why(said) == ["point-roles"]


@pytest.mark.parametrize(
    "said",
    [
        "Olsen sold the ferry Nora to the town museum in June.",
        "Peter Olsen ran the boat for thirty years.",
        "Anna Dahl said the ship would open to visitors in spring.",
        "Dahl leads the museum.",
        "Anna Dahl wants a café on deck.",
        "Lund was arrested at the harbour on Sunday.",
        "Maria Lund had painted the hull red.",
        "Berg voted for the sale.",
        "Peter Olsen said he would miss the smell of the engine.",
        "Julia Marsh restored the engine in a shed behind the school.",
        "Kane restored the engine in a shed.",
        "Marsh and Kane restored the engine in a shed behind the school.",
    ],
)
def test_what_is_told_of_a_person_may_be_said_of_them_under_any_name(said: str) -> None:
    assert why(said) == []


def test_what_somebody_says_of_another_is_the_others() -> None:
    assert why("Anna Dahl wept when the whistle blew.") == ["point-roles"]
    assert why("Olsen wept when the whistle blew.") == []
    assert why("Olsen wept when the whistle blew, Dahl said.") == []


def test_what_one_reports_of_anothers_words_is_the_others() -> None:
    letter = Document(
        language="en",
        text="Peter Olsen quoted Anna Dahl as saying the ship would open in spring. She had written to him.",
    )
    assert why("Anna Dahl said the ship would open in spring.", letter) == []


def test_subject_of_all_the_talk_is_not_held_against_what_one_says_of_it() -> None:
    talk = Document(
        language="en",
        text="""The council will decide on the harbour bridge plan in May. "This is clearly a toy," Anna Dahl said.

Maria Lund, who builds boats, said the harbour bridge plan was clearly a gift to the town.""",
    )
    assert why("Anna Dahl said the harbour bridge plan is clearly a toy.", talk) == []


def test_what_one_did_is_not_anothers_because_the_occasion_is_told_beside_both() -> None:
    match = Document(
        language="en",
        text="Peter Olsen scored twice in the 3-0 win over Tolk. Thomas Berg opened the win over Tolk early.",
    )
    assert why("Thomas Berg scored in the 3-0 win over Tolk.", match) == []


def test_what_ones_family_did_is_theirs() -> None:
    assert why("Thomas Berg resigned from the harbour board on Friday.") == ["point-roles"]
    assert why("Thomas Berg's brother resigned from the harbour board.") == []


def test_description_behind_a_name_is_stepped_over() -> None:
    assert why("Anna Dahl, who leads the museum, sold the ferry Nora in June.") == ["point-roles"]
    assert why("Peter Olsen, who had run the boat, sold the ferry Nora in June.") == []


def test_one_to_whom_it_was_done_may_stand_there_as_a_description() -> None:
    assert why("Laura Finch was questioned at the station on Tuesday.") == []
    assert why("Laura Finch questioned at the station on Tuesday.") == []


def test_towns_and_houses_are_told_of_in_the_place_of_those_who_speak_for_them() -> None:
    assert why("The museum said the ship would open to visitors in spring.") == []
    assert why("Tolk held Lund for a night.") == []


def test_person_named_nowhere_near_what_is_told_is_another() -> None:
    assert why("Helen Ross brought the final stone of the lighthouse to the chapel on Sunday.", PIER) == [
        "point-roles"
    ]
    assert why("David Wynn brought the final stone of the lighthouse to the chapel on Sunday.", PIER) == []


def test_description_may_mean_one_named_shortly_before() -> None:
    near = Document(language="en", text=PIER.text.replace(_QUIET * 9, "The architect rested. " * 3))
    assert why("Helen Ross brought the final stone of the lighthouse to the chapel on Sunday.", near) == []


def test_author_of_a_column_is_not_named_beside_what_is_said() -> None:
    column = Document(
        language="en",
        text=f"Helen Ross teaches law in Marn.\n\n{_QUIET * 9}\n\n"
        "David Wynn has a point, but I think the harbour tax should fall on empty houses first.",
    )
    assert why("Helen Ross wants the harbour tax to fall on empty houses first.", column) == []


def test_events_are_held_to_the_same() -> None:
    brief = checked(FERRY, timeline=(event("Anna Dahl sold the ferry Nora to the town museum.", "June"),))
    assert events_of(brief) == []
    assert "event-roles" in codes(brief)


def test_other_languages_are_not_asked() -> None:
    text = (
        "Peter Olsen verkaufte die Fähre im Juni an das Museum der Stadt. Anna Dahl leitet das Museum seit Jahren."
    )
    document = Document(language="de", text=text)
    assert why("Anna Dahl verkaufte die Fähre im Juni an das Museum.", document) == []
