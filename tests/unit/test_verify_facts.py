"""The readers of numbers, calendar words and names that the verifier's checks rest on."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verify.calendar_words import calendar_words
from bot.verify.names import KnownWords, names
from bot.verify.numbers import numbers
from bot.verify.sanitise import clean, glimpse

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,000", "3 thousand"),
        ("3,000", "three thousand"),
        ("1.2 million", "1,200,000"),
        ("$5bn", "5 billion dollars"),
        ("40%", "forty percent"),
        ("40 per cent", "40%"),
        ("240,000", "two hundred and forty thousand"),
        ("third", "3rd"),
        ("21", "twenty-one"),
    ],
)
def test_one_quantity_in_two_forms_agrees(one: str, other: str) -> None:
    (first,), (second,) = numbers(one), numbers(other)
    assert first.agrees(second)
    assert second.agrees(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3,000", "3"), ("40%", "40"), ("€5", "$5"), ("1.2 million", "1.2"), ("12", "20"), ("2,000", "2")],
)
def test_different_quantities_do_not_agree(one: str, other: str) -> None:
    (first,), (second,) = numbers(one), numbers(other)
    assert not first.agrees(second)


def test_decimal_mark_is_the_languages() -> None:
    assert numbers("3.000 Mann", marks=",")[0].values == {Decimal(3000)}
    assert numbers("3,5 Millionen", marks=",")[0].values == {Decimal("3.5")}


@given(st.text())
def test_any_text_can_be_read_for_numbers_names_and_dates(text: str) -> None:
    for number in numbers(text):
        assert 0 <= number.span.start < number.span.end <= len(text)
    for word in (*calendar_words(text), *names(text)):
        assert 0 <= word.span.start < word.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained on Friday.", ["Friday"]),
        ("He may march in august company.", []),
        ("May is when the farmers sow.", []),
        ("In May and on 3 March 2021 it rained", ["May", "March", "2021"]),
        ("On Sept. 30, or Fri., we close.", ["Sept", "Fri"]),
        ("It cost 2021 dollars in the 1990s", ["2021", "1990"]),
        ("It cost $2,021", []),
        ("The Sun wrote it first", []),
        ("Thus, they came on Thurs. or Tue.", ["Thurs", "Tue"]),
    ],
)
def test_calendar_words_are_found_and_their_twins_are_not(text: str, found: list[str]) -> None:
    assert [word.span.of(text) for word in calendar_words(text)] == found


def test_month_has_one_key_however_it_is_written() -> None:
    assert {word.key for text in ("September 3", "Sept. 3", "Sep 3") for word in calendar_words(text)} == {
        "month:8"
    }


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Officials met in Kabul", True),
        ("He spoke to Afghan officials", True),
        ("The UN was told", True),
        ("He met NATO there", False),
        ("Macron met officials", False),
        ("He met Macron", False),
        ("He met Erdogan", True),
        ("The Australian minister", False),
        ("Protesters met the minister", True),
    ],
)
def test_name_is_known_only_where_the_text_mentions_it(said: str, known: bool) -> None:
    text = "Officials of Afghanistan and Austria met Erdoğan’s envoy in Kabul at the United Nations office."
    words = KnownWords(text)
    assert all(words.knows(name) for name in names(said)) is known


@given(st.text())
def test_cleaned_text_is_one_printable_line(text: str) -> None:
    cleaned = clean(text)
    assert all(character.isprintable() or character in "\u200c\u200d" for character in cleaned)
    assert clean(cleaned) == cleaned
    assert len(glimpse(text)) <= 40


@pytest.mark.parametrize(
    ("said", "real"),
    [
        ("nearly 4,000", "3,987"),
        ("almost 4,000", "3,900"),
        ("about a third of them", "34 percent"),
        ("a third of them", "33 percent"),
        ("two-thirds", "66.7%"),
        ("half of the town", "50 percent"),
        ("nearly half of the town", "47 percent"),
        ("more than half of the town", "54 percent"),
        ("one in ten", "10%"),
        ("some 3 thousand", "3,012"),
        ("about $41 million", "$41.3 million"),
        ("more than 3,000", "3,214"),
        ("fewer than 200", "191"),
        ("20 or so", "20.4"),
        ("two weeks", "14 days"),
        ("1.5 kilometres", "1,500 metres"),
        ("three days", "three"),
        ("two percentage points", "2 percentage points"),
        ("USD 5 million", "$5 million"),
        ("5 million euros", "EUR 5 million"),
        ("an 11-year-old", "11"),
    ],
)
def test_figure_rounded_or_measured_aloud_is_borne_out(said: str, real: str) -> None:
    (first,), (second,) = numbers(said), numbers(real)
    assert first.agrees(second)


@pytest.mark.parametrize(
    ("said", "real"),
    [
        ("nearly 4,000", "4,100"),
        ("nearly 4,000", "3,400"),
        ("4,000", "3,987"),
        ("about a third of them", "40 percent"),
        ("a third of them", "3"),
        ("more than half of the town", "47 percent"),
        ("one in ten", "12%"),
        ("more than 3,000", "2,990"),
        ("more than 3,000", "5,000"),
        ("fewer than 200", "204"),
        ("about 12 percent", "15 percent"),
        ("three days", "three hours"),
        ("6.4 metres", "6.4 feet"),
        ("2 percent", "2 percentage points"),
        ("2 percentage points", "2 percent"),
        ("EUR 5 million", "$5 million"),
        ("10 square metres", "10 metres"),
        ("about 11", "12"),
    ],
)
def test_figure_that_is_not_the_texts_is_not_rounded_into_it(said: str, real: str) -> None:
    (first,), (second,) = numbers(said), numbers(real)
    assert not first.agrees(second)
