"""Statements that turn the text around: one "not" too much or too little, an opposite, an accusation, a swap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.document import Document
from bot.domain.draft import Evidence
from tests.support.drafts import checked, codes, event, events_of, point, points_of

TEXT = """The council of Lund approved the new harbour plan on Monday after a debate of nine hours.

Mayor Ola Berg beat the banker Ada Lind in the election last spring. Berg thanked Lind for a fair campaign.

Rents in the old town rose by four percent in May. Prices for bread fell in the same month, the bureau said.

The ferry company did not sign the contract with the port. Its owners never visited the shipyard in Malmo.

Prosecutors accused the treasurer of stealing money from the school fund. The treasurer denied taking any bribe.

The ministry plans to close the border crossing at Tolk. The bridge to the island may collapse in a heavy storm.

The museum failed to find the missing painting. The mayor ruled out a second vote on the tunnel.

Villagers say the river stayed above six metres for a week. The rescue team found all of the hikers alive."""

ARTICLE = Document(text=TEXT, language="en")


def kept(text: str) -> list[str]:
    return [item.text for item in points_of(checked(ARTICLE, summary=(point(text),)))]


def why(text: str, article: Document = ARTICLE) -> list[str]:
    return [code for code in codes(checked(article, summary=(point(text),))) if code.startswith("point-")]


@pytest.mark.parametrize(
    "text",
    [
        "The council of Lund did not approve the new harbour plan on Monday.",
        "The council of Lund rejected the new harbour plan on Monday.",
        "The council of Lund never approved the new harbour plan.",
        "Rents in the old town fell by four percent in May.",
        "Prices for bread rose in the same month, the bureau said.",
        "The ferry company signed the contract with the port.",
        "Owners of the ferry company visited the shipyard in Malmo.",
        "The river stayed below six metres for a week, villagers say.",
        "The rescue team found all of the hikers dead.",
        "Mayor Ola Berg never beat the banker Ada Lind in the election last spring.",
    ],
)
def test_point_that_says_yes_to_the_texts_no_is_dropped(text: str) -> None:
    assert kept(text) == []
    assert why(text)


@pytest.mark.parametrize(
    "text",
    [
        "The council of Lund approved the harbour plan after nine hours.",
        "Lund's council said yes to the new harbour plan on Monday.",
        "The ferry company refused to sign the contract with the port.",
        "The ferry company did not sign a contract with the port.",
        "No owner of the ferry company ever visited the shipyard in Malmo.",
        "Rents in the old town increased by four percent in May.",
        "Bread prices did not rise in May but fell, the bureau said.",
        "The museum did not find the missing painting.",
        "There will be no second vote on the tunnel, the mayor said.",
        "The river did not fall below six metres for a week, villagers say.",
        "All of the hikers survived and were found by the rescue team.",
    ],
)
def test_point_that_says_the_same_in_other_words_is_kept(text: str) -> None:
    assert kept(text) == [text], why(text)


@pytest.mark.parametrize(
    "text",
    [
        "The treasurer stole money from the school fund.",
        "The ministry closes the border crossing at Tolk.",
        "The bridge to the island collapsed in a heavy storm.",
    ],
)
def test_what_the_text_only_fears_plans_or_charges_is_no_fact(text: str) -> None:
    assert kept(text) == []
    assert "point-attribution" in why(text)


@pytest.mark.parametrize(
    "text",
    [
        "The treasurer is accused of stealing money from the school fund.",
        "Prosecutors say the treasurer stole money from the school fund.",
        "The ministry will close the border crossing at Tolk.",
        "The bridge to the island could collapse in a heavy storm.",
        "The treasurer denied taking any bribe.",
    ],
)
def test_point_that_keeps_the_owner_or_the_doubt_is_kept(text: str) -> None:
    assert kept(text) == [text], why(text)


def test_names_that_changed_places_around_the_verb_are_found() -> None:
    assert why("Ada Lind beat Mayor Ola Berg in the election last spring.") == ["point-roles"]
    assert why("Lind thanked Berg for a fair campaign.") == ["point-roles"]


def test_names_in_the_other_order_with_the_same_meaning_are_kept() -> None:
    for text in (
        "Ada Lind was beaten by Mayor Ola Berg in the election last spring.",
        "Mayor Ola Berg beat Ada Lind in the election last spring.",
        "Lind was thanked by Berg for a fair campaign.",
    ):
        assert kept(text) == [text], why(text)


def test_events_are_held_to_the_same() -> None:
    brief = checked(ARTICLE, timeline=(event("The council of Lund did not approve the harbour plan.", "Monday"),))
    assert events_of(brief) == []
    assert "event-negation" in codes(brief)


def test_each_sentence_of_the_text_bears_itself_out() -> None:
    for paragraph in TEXT.split("\n\n"):
        for sentence in paragraph.split(". "):
            whole = sentence.rstrip(".") + "."
            assert kept(whole) == [whole], why(whole)


def test_other_languages_are_not_asked() -> None:
    text = "Der Rat von Lund hat den Plan am Montag nicht gebilligt, sagte die Sprecherin der Stadt."
    document = Document(text=text, language="de")
    brief = checked(document, summary=(point("Der Rat von Lund hat den Plan am Montag nicht gebilligt."),))
    assert len(points_of(brief)) == 1


@given(st.lists(st.sampled_from([*TEXT.split(), "not", "never", "no", "may", "denied", "by", "was"]), max_size=25))
def test_no_shuffle_of_words_breaks_the_check(words: list[str]) -> None:
    whole = Evidence(source=ARTICLE.id, start=0, end=len(TEXT))
    checked(ARTICLE, summary=(point(" ".join(words), whole),))


@pytest.mark.parametrize(
    "text",
    [
        "The council of Lund approved the new harbour plan on Monday after not a debate of nine hours.",
        "Villagers say the river never stayed above six metres for a week.",
        "Its owners visited the shipyard in Malmo.",
    ],
)
def test_sentence_that_differs_by_one_not_is_dropped(text: str) -> None:
    assert kept(text) == []


def test_names_days_and_figures_that_changed_places_are_found() -> None:
    text = (
        "The talks of Senara began on Monday and were to end on Wednesday. "
        "The newspaper Tagblatt had reported on Friday that the fund paid 12 guards and 40 drivers."
    )
    document = Document(text=text, language="en")
    for swapped in (
        "The talks of Senara began on Wednesday and were to end on Monday.",
        "The newspaper Friday had reported on Tagblatt that the fund paid 12 guards.",
        "The newspaper Tagblatt had reported that the fund paid 40 guards and 12 drivers.",
    ):
        brief = checked(document, summary=(point(swapped),))
        assert points_of(brief) == [], swapped
        assert "point-roles" in codes(brief)


HARBOUR = Document(
    language="en",
    text="Ferries stood still in Lund on Monday.\n\n"
    "Olsen bought the harbour in March, a month after Marta Dahl had left the board. Dahl said she would build a "
    "second pier and ask the council for money.\n\n"
    "The owners plan to close the old dock. The council will vote on the plan.",
)


@pytest.mark.parametrize(
    "said",
    [
        "Marta Dahl built a second pier.",
        "The owners closed the old dock.",
        "The council voted on the plan.",
    ],
)
def test_what_is_to_come_is_not_told_as_done(said: str) -> None:
    assert why(said, HARBOUR) == ["point-attribution"]


@pytest.mark.parametrize(
    "said",
    [
        "Marta Dahl wants to build a second pier.",
        "Dahl would ask the council for money.",
        "The owners want the old dock closed.",
        "The council votes on the plan.",
        "Olsen bought the harbour in March.",
        "Marta Dahl left the board.",
    ],
)
def test_what_is_to_come_may_be_told_as_such(said: str) -> None:
    assert why(said, HARBOUR) == []


def test_deed_of_one_is_not_told_of_another_who_is_named_beside() -> None:
    assert why("Dahl bought the harbour.", HARBOUR) == ["point-roles"]
