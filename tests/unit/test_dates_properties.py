"""Claims about time expressions that hold for any text and any publication date."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.dates import document_time, time_expressions
from bot.text.dates.values import bounds, iso_of

pytestmark = pytest.mark.unit

_ISO = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:/(\d{4}(?:-\d\d(?:-\d\d)?)?))?")
_TEXT = (
    "the a an of in on at by to and from between until last next this past coming following previous same "
    "every each twice once about nearly more than ago later earlier before after early late mid end "
    "beginning Monday Friday Tuesdays Sun. May March June Sept. Aug. December spring fall summer winter "
    "day days week weeks weekend month months quarter year years decade century centuries millennia hour "
    "minutes second half morning night evening noon midnight tonight overnight today yesterday tomorrow "
    "now recently current future one two nineteen twenty ninety-six hundred thousand million dozen first "
    "second third twentieth several few couple Christmas Easter Day Eve Thanksgiving New Year's fiscal "
    "period year-ago daily annually 1 2 3 13 28 29 30 31 99 1998 2000 2021 9999 0000 1000 2,000 1.5 1/2 "
    "3-5 '98 '80s 1980s 3rd 31st 10:35 99:99 p.m. a.m. EST 2021-08-13 2021-02-30 8/13/2021 13.08.2021 "
    "0/0/0000 31/12/0001 9/11 Q3 H1 FY2020 BC $ % - – — , . ( ) / ' ’s will said was had been 99999999999 "
)
_WORDS = _TEXT.split()
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*_WORDS, "\n", "\n\n", "²", "٣", "½", "Ǆ", "İ"]), max_size=40).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=12).map("".join),
)
days = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2024, 2, 29), date(1, 1, 31)]))


def day_of(form: str) -> tuple[int, ...]:
    parts = tuple(int(part) for part in form.split("-"))
    date(*(*parts, 1, 1)[:3])
    return parts


@settings(max_examples=400)
@given(texts, days, st.sampled_from(["en", "de", "fr", "es", "pt", "ja", "auto", "xx"]))
def test_any_text_and_any_day_give_ordered_expressions_with_valid_dates(
    text: str, published: date | None, language: str
) -> None:
    end = 0
    for found in time_expressions(text, published, language=language):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.span.of(text) == found.text == found.text.strip()
        end = found.span.end
        assert found.value
        assert (found.start_day is None) == (found.end_day is None)
        assert (found.iso is None) == (found.precision is None)
        if found.start_day and found.end_day:
            assert found.start_day <= found.end_day
        if found.iso:
            assert found.type in ("DATE", "TIME")
            match = _ISO.fullmatch(found.iso)
            assert match
            start = day_of(match[1])
            assert match[2] is None or start <= day_of(match[2])


@given(texts)
def test_any_text_has_a_document_time_or_none(text: str) -> None:
    found = document_time(text)
    assert found is None or found[1].of(text).strip()


@given(texts)
def test_without_publication_date_a_date_is_only_given_where_figures_or_number_words_are(text: str) -> None:
    for found in time_expressions(text, None):
        if found.iso:
            assert any(letter.isdigit() for letter in text) or "hundred" in text or "t" in text.lower()


@given(st.dates())
def test_value_of_a_day_is_that_day(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day)
    assert iso_of(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "value", ["", "PAST_REF", "P3M", "XXXX-05", "0000", "2021-13", "2021-02-30", "2021-W54", "XXXX-WXX-5"]
)
def test_values_that_are_no_resolved_date_have_no_days(value: str) -> None:
    assert bounds(value) is None
    assert iso_of(value) is None


_PIECES = (
    "one |the |May |1 |at least |the last |of |1998-|12:|two hundred and |Sunday, |"
    "early |-|a few |9 p.m. |the end of |\n|.|1,|'|ago |year-ago |x"
)


@pytest.mark.parametrize(
    "piece",
    _PIECES.split("|"),
)
def test_long_monotonous_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    """No clock: steps that grow with the square would let this test run for minutes."""
    time_expressions(piece * (100_000 // len(piece)), date(2021, 8, 13))
