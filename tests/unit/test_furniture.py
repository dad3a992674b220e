"""Site furniture is told from the article, and the article never taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.furniture import furniture
from bot.text.paragraphs import paragraphs

pytestmark = pytest.mark.unit

BEFORE = "The harbour stayed shut on Tuesday while divers looked for the barge, the mayor of Port Ellery said."
AFTER = "“Nobody goes out before Thursday,” she told reporters on the quay, where some ninety people had gathered."


def taken(line: str) -> bool:
    """Whether the line, alone between two paragraphs, is furniture, and nothing else is."""
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    spans = furniture(text)
    assert all(span.of(text) == line.strip() for span in spans)
    return bool(spans)


@pytest.mark.parametrize(
    "line",
    [
        "‘NOTHING LEFT TO SELL’: FISHMONGERS COUNT LOSSES AS HARBOUR CLOSURE DRAGS ON",
        "MAYOR UNDER FIRE OVER HARBOUR PLAN",
        "WHAT WE KNOW",
        "CLICK HERE TO READ MORE FROM THE ELLERY COURIER",
        "Click here to sign up for alerts",
        "Related Content",
        "Related:",
        "Read more: Why the barge was there",
        "READ MORE",
        "See also",
        "More from the Courier",
        "Advertisement",
        "Article continues below advertisement",
        "Sign up for our daily newsletter",
        "Get the morning briefing in your inbox.",
        "Subscribe",
        "Subscribe to our podcast for more.",
        "Share this article",
        "Share on Facebook",
        "Follow us on Twitter and Instagram.",
        "Follow @ellerycourier on X",
        "© 2024 Ellery Courier Ltd. All rights reserved.",
        "Copyright 2024 The Courier.",
        "(Photo by Tom Marsh/Getty Images)",
        "Tom Marsh / Reuters",
        "AP Photo/Tom Marsh",
        "Getty Images.",
        "Lesen Sie auch: Der Hafen und das Geld",
        "Mehr zum Thema",
        "Anzeige",
        "Melden Sie sich für unseren Newsletter an",
        "Alle Rechte vorbehalten",
        "Foto: Tom Marsh/dpa",
        "Lire aussi : Le port et l’argent",
        "Publicité",
        "Abonnez-vous à notre lettre",
        "Tous droits réservés",
        "Lea también: El puerto y el dinero",
        "Publicidad",
        "Suscríbase a nuestro boletín",
        "Contenido relacionado",
    ],
)
def test_a_line_of_the_site_is_furniture(line: str) -> None:
    assert taken(line)


@pytest.mark.parametrize(
    "line",
    [
        "WASHINGTON, Aug. 13 /PRNewswire/ -- Ellery Ports said today that it would pay for the search.",
        "PORT ELLERY (AP) — The search goes on.",
        "PORT ELLERY, NOV. 3 /PRNEWSWIRE/ --",
        "9:45 A.M. DIVERS FIND AN ANCHOR",
        "14.20 GMT MINISTER ARRIVES IN ELLERY",
        "TUESDAY, NOV. 3: THE SEARCH BEGINS",
        "“WE WILL FIND HER”",
        "NO BOATS BEFORE THURSDAY!",
        "BRANDT: We have nothing to hide.",
        "NATO",
        "1. CANON HARBOUR CAMERA",
        "Related companies paid for the search, the port said.",
        "Subscribers fell by three percent in May.",
        "Advertising fell by three percent in May.",
        "Copyright law does not cover the chart, the court said.",
        "Sign-ups for the search doubled, and more than ninety people came.",
        "Reading more books is what the mayor wants.",
        "More from the navy than from the port was said at the hearing.",
        "Share prices of the owner fell.",
        "Photographs of the wreck were shown in court.",
        "Reuters first reported the find on Monday.",
        "Following the talks, the mayor left on Friday.",
        "Click.",
        "Kommentatoren nannten den Plan gewagt.",
        "Publicité mensongère : la cour condamne le port.",
    ],
)
def test_a_line_of_the_article_is_not(line: str) -> None:
    assert not taken(line)


def test_three_lines_of_the_site_in_an_article_are_all_that_is_taken() -> None:
    lines = [
        "‘WE ARE DONE HERE’: CREWS LEAVE ELLERY AS SEARCH STALLS",
        "CLICK HERE FOR MORE FROM THE COURIER",
        "Related Content",
    ]
    text = f"Harbour shut\n\n{BEFORE}\n\n{lines[0]}\n\n{AFTER}\n\n{lines[1]}\n\n{BEFORE}\n\n{lines[2]}"
    assert [span.of(text) for span in furniture(text)] == lines


def test_an_article_wholly_in_capitals_keeps_its_lines() -> None:
    text = "THE HARBOUR IS SHUT\n\nDIVERS LOOK FOR THE BARGE\n\nTHE MAYOR ASKS FOR PATIENCE\n\nRelated Content"
    assert [span.of(text) for span in furniture(text)] == ["Related Content"]


def test_a_title_in_capitals_is_kept() -> None:
    assert furniture(f"HARBOUR SHUT FOR A THIRD DAY\n\n{BEFORE}\n\n{AFTER}") == []


def test_words_of_the_site_inside_a_paragraph_are_left_alone() -> None:
    text = f"{BEFORE} Click here to read more from the Courier. {AFTER} " * 3
    assert furniture(text) == []


@given(st.text(alphabet=st.sampled_from("AB c.\n“”©:/-") | st.characters(), max_size=200))
def test_furniture_is_whole_paragraphs_in_order(text: str) -> None:
    spans = furniture(text)
    assert spans == sorted(spans)
    assert set(spans) <= set(paragraphs(text))


@pytest.mark.parametrize(
    "unit", ["READ MORE ", "more from ", "© ", "A/", "get a ", "follow a a a a ", "[", "A\n", "1|"]
)
def test_a_long_text_of_one_odd_unit_comes_to_an_end(unit: str) -> None:
    furniture(unit * (100_000 // len(unit)))
    furniture((unit * (250 // len(unit)) + "\n") * 400)
