"""Claims about time expressions in English text: where they stand and what they mean on the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.dates import TimeExpression, date_ranges, time_expressions

pytestmark = pytest.mark.unit

FRIDAY = date(2021, 8, 13)


def read(text: str, published: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(found.text, found.value) for found in time_expressions(text, published)]


def only(text: str, published: date | None = FRIDAY) -> TimeExpression:
    found = time_expressions(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "published", "stretch"),
    [
        ("It was open from May 3 to June 20.", date(2026, 4, 15), "2026-05-03/2026-06-20"),
        ("It was open from May 3 to June 20.", date(2026, 2, 1), "2025-05-03/2025-06-20"),
        ("It will be open from May 3 to June 20.", date(2026, 7, 15), "2027-05-03/2027-06-20"),
        ("It was closed from March 2 until May 1.", date(2026, 7, 15), "2026-03-02/2026-05-01"),
        ("The strike lasted from November 20 to January 5.", date(2026, 4, 15), "2025-11-20/2026-01-05"),
    ],
)
def test_a_stretch_ends_on_the_first_such_day_behind_its_beginning(
    sentence: str, published: date, stretch: str
) -> None:
    (found,) = date_ranges(sentence, time_expressions(sentence, published))
    assert found.iso == stretch


def test_a_day_moved_back_over_the_year_is_no_end_of_a_stretch() -> None:
    found = read("The vote was moved from June 20 to May 3.", date(2026, 4, 15))
    assert [value for _, value in found] == ["2025-06-20", "2026-05-03"]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The assessment was released on Friday.", "2021-08-13"),
        ("The envoy said Friday that talks had failed.", "2021-08-13"),
        ("It was the first alert since Saturday.", "2021-08-07"),
        ("The agency published its estimate Monday.", "2021-08-09"),
        ("The bulletin went out Wednesday.", "2021-08-11"),
        ("A spokesman spoke on Thursday.", "2021-08-12"),
    ],
)
def test_weekday_in_past_tense_is_the_most_recent_one_the_day_of_publication_included(
    sentence: str, day: str
) -> None:
    assert only(sentence).iso == day
    assert only(sentence).precision == "day"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The court will rule on Saturday.", "2021-08-14"),
        ("On Monday, parliament will vote.", "2021-08-16"),
        ("The trial is due to start on Tuesday.", "2021-08-17"),
        ("It is scheduled for Wednesday.", "2021-08-18"),
        ("They meet next Monday.", "2021-08-16"),
        ("Results are expected this coming Sunday.", "2021-08-15"),
        ("The ship will be released Thursday.", "2021-08-19"),
    ],
)
def test_weekday_that_is_still_to_come_is_the_next_one(sentence: str, day: str) -> None:
    assert only(sentence).iso == day


def test_last_friday_on_a_friday_is_a_week_ago() -> None:
    assert only("The mayor left last Friday.").iso == "2021-08-06"


def test_what_was_reported_does_not_put_a_future_day_into_the_past() -> None:
    assert read("He said on Monday he would visit on Thursday.") == [
        ("Monday", "2021-08-09"),
        ("Thursday", "2021-08-19"),
    ]


def test_ruling_of_a_weekday_is_past_although_the_clause_looks_ahead() -> None:
    assert read("They will appeal Wednesday's ruling.") == [("Wednesday", "2021-08-11")]


def test_plan_that_had_been_made_is_past() -> None:
    assert only("The offer had been scheduled to expire Tuesday.").iso == "2021-08-10"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Half a million have fled since May.", "2021-05"),
        ("The law passed in May.", "2021-05"),
        ("The army left in October.", "2020-10"),
        ("Elections will be held in November.", "2021-11"),
        ("The bridge will close until March.", "2022-03"),
        ("She resigned last June.", "2021-06"),
        ("He was arrested in July last year.", "2020-07"),
        ("It began in early September 2019.", "2019-09"),
        ("It ended in mid-June.", "2021-06"),
        ("The March accession was a surprise.", "2021-03"),
    ],
)
def test_month_takes_its_year_from_tense_preposition_or_words(sentence: str, value: str) -> None:
    assert only(sentence).value == value
    assert only(sentence).iso == value
    assert only(sentence).precision == "month"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Aug. 3", "2021-08-03"),
        ("Aug. 3, 2019", "2019-08-03"),
        ("13 August 2021", "2021-08-13"),
        ("the 5th of March", "2021-03-05"),
        ("March the fifth", "2021-03-05"),
        ("Tuesday, Aug. 10", "2021-08-10"),
        ("August 13th, 2020", "2020-08-13"),
        ("8/13/2021", "2021-08-13"),
        ("13.08.2021", "2021-08-13"),
        ("25/12/2020", "2020-12-25"),
        ("2021-08-13", "2021-08-13"),
        ("today", "2021-08-13"),
        ("yesterday", "2021-08-12"),
        ("tomorrow", "2021-08-14"),
        ("the day before yesterday", "2021-08-11"),
        ("the day after tomorrow", "2021-08-15"),
    ],
)
def test_days_are_read_in_every_usual_form(words: str, day: str) -> None:
    assert only(f"It is written down: {words}.").iso == day


def test_yearless_day_is_on_the_side_of_publication_that_the_tense_says() -> None:
    assert only("He died on Nov. 2.").iso == "2020-11-02"
    assert only("The shop opens on Nov. 2.").iso == "2021-11-02"
    assert only("It will be paid Jan. 5.").iso == "2022-01-05"


def test_day_far_in_the_tenses_direction_is_rather_the_near_one() -> None:
    assert only("The increased dividend was payable Sept. 1.").iso == "2021-09-01"


@pytest.mark.parametrize(
    ("words", "value", "iso"),
    [
        ("last week", "2021-W31", "2021-08-02/2021-08-08"),
        ("next week", "2021-W33", "2021-08-16/2021-08-22"),
        ("this month", "2021-08", "2021-08"),
        ("last month", "2021-07", "2021-07"),
        ("next year", "2022", "2022"),
        ("earlier this year", "2021", "2021"),
        ("two weeks ago", "2021-W30", "2021-07-26/2021-08-01"),
        ("ten days ago", "2021-08-03", "2021-08-03"),
        ("five months ago", "2021-03", "2021-03"),
        ("20 years ago", "2001", "2001"),
        ("a decade ago", "2011", "2011"),
        ("the week before last", "2021-W30", "2021-07-26/2021-08-01"),
        ("last summer", "2020-SU", "2020-06/2020-08"),
        ("this spring", "2021-SP", "2021-03/2021-05"),
        ("the winter of 2014", "2014-WI", "2014-12/2015-02"),
        ("the 1990s", "199", "1990/1999"),
        ("the late '80s", "198", "1980/1989"),
        ("the sixties", "196", "1960/1969"),
        ("late 2003", "2003", "2003"),
        ("fiscal 1997", "1997", "1997"),
        ("the first quarter", "2021-Q1", "2021-01/2021-03"),
        ("the third quarter of 1990", "1990-Q3", "1990-07/1990-09"),
        ("Q3 2020", "2020-Q3", "2020-07/2020-09"),
        ("the second half of 2020", "2020-H2", "2020-07/2020-12"),
        ("the 20th century", "19", "1900/1999"),
        ("next weekend", "2021-W33-WE", "2021-08-21/2021-08-22"),
        ("year-end", "2021", "2021"),
        ("nineteen ninety-six", "1996", "1996"),
    ],
)
def test_periods_have_a_value_and_a_range(words: str, value: str, iso: str) -> None:
    found = only(f"That was {words}.")
    assert (found.value, found.iso) == (value, iso)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On Aug. 3 the vote failed. The following day the king fled.", ["2021-08-03", "2021-08-04"]),
        ("On Aug. 3 the vote failed. Two days later he was dead.", ["2021-08-03", "2021-08-05"]),
        ("In 1995 she won. The following year she lost.", ["1995", "1996"]),
        ("It struck on May 6, 2019. That month was dry.", ["2019-05-06", "2019-05"]),
        ("Quakes hit on May 6, 2019. The day before, birds fled.", ["2019-05-06", "2019-05-05"]),
    ],
)
def test_relative_to_the_text_starts_from_the_date_named_before(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text)] == values


def test_a_year_earlier_is_the_quarter_before_when_quarters_are_compared() -> None:
    text = "Profit rose in the second quarter from a year earlier. Sales in the quarter doubled."
    assert [value for _, value in read(text)] == ["2021-Q2", "2020-Q2", "2021-Q2"]


def test_a_year_ago_without_quarters_is_the_year_before() -> None:
    assert only("Rents are higher than a year ago.").value == "2020"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3 p.m. on Tuesday", "2021-08-10T15:00"),
        ("Tuesday night", "2021-08-10TNI"),
        ("10:30 a.m. EST Tuesday", "2021-08-10T10:30"),
        ("Tuesday at 9 a.m.", "2021-08-10T09:00"),
        ("noon Saturday", "2021-08-07T12:00"),
        ("this morning", "2021-08-13TMO"),
        ("last night", "2021-08-12TNI"),
        ("tonight", "2021-08-13TNI"),
    ],
)
def test_times_of_day_stand_on_their_day(words: str, value: str) -> None:
    found = only(f"It happened {words}.")
    assert (found.type, found.value) == ("TIME", value)
    assert found.iso == value[:10]
    assert found.precision == "time"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("three months", "P3M"),
        ("nearly four decades", "P40Y"),
        ("24 hours", "PT24H"),
        ("a two-day", "P2D"),
        ("an hour and a half", "PT1H30M"),
        ("two and a half years", "P2Y6M"),
        ("half an hour", "PT30M"),
        ("several weeks", "PXW"),
        ("six to eight months", "P6M"),
        ("1,000 years", "P1000Y"),
        ("the past three months", "P3M"),
        ("decades", "PXE"),
    ],
)
def test_durations_are_lengths_without_a_date(words: str, value: str) -> None:
    found = only(f"They faced {words} of drought.")
    assert (found.type, found.value, found.iso) == ("DURATION", value, None)


def test_duration_up_to_publication_knows_its_days_but_gives_no_date() -> None:
    found = only("Prices fell over the past three months.")
    assert (found.start_day, found.end_day, found.iso) == (date(2021, 5, 13), FRIDAY, None)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("every day", "P1D"),
        ("annually", "P1Y"),
        ("twice a week", "P1W"),
        ("every other week", "P2W"),
        ("each Friday", "XXXX-WXX-5"),
        ("on Sundays", "XXXX-WXX-7"),
    ],
)
def test_sets_repeat(words: str, value: str) -> None:
    found = only(f"They march {words}.")
    assert (found.type, found.value, found.iso) == ("SET", value, None)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("He ruled from May to July.", ["2021-05", "2021-07"]),
        ("It grew between 1990 and 1995.", ["1990", "1995"]),
        ("The fair was held May 3-5.", ["2021-05-03", "2021-05-05"]),
        ("The fair was held on 3-5 May 2019.", ["2019-05-03", "2019-05-05"]),
        ("The war of 1990-95 was long.", ["1990", "1995"]),
    ],
)
def test_both_ends_of_a_range_are_expressions(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text)] == values


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Christmas Day", "2020-12-25"),
        ("Thanksgiving", "2020-11-26"),
        ("Memorial Day", "2021-05-31"),
        ("Easter Sunday", "2021-04-04"),
        ("Good Friday 2019", "2019-04-19"),
        ("New Year's Eve", "2020-12-31"),
        ("Independence Day", "2021-07-04"),
        ("Election Day 2020", "2020-11-03"),
    ],
)
def test_holidays_fall_where_the_calendar_puts_them(words: str, day: str) -> None:
    assert only(f"The shops were shut on {words}.").iso == day


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("now", "PRESENT_REF"),
        ("currently", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("in the future", "FUTURE_REF"),
    ],
)
def test_vague_words_are_references_without_a_date(word: str, value: str) -> None:
    found = only(f"It is so {word}.")
    assert (found.value, found.iso, found.start_day) == (value, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "You may leave. May I come in?",
        "Theresa May spoke to the crowd.",
        "They march on, and the march goes uphill.",
        "He came in second and got a second chance.",
        "The sun rose while he sat.",
        "It drew 2,000 people.",
        "They met in Room 2001.",
        "He paid $1990 for it.",
        "Call 555-2021.",
        "Call 1-800-555-2020.",
        "They won 3-2 and scored 21-7.",
        "It was in The Sunday Times and USA Today.",
        "A 35-year-old man was hurt.",
        "The driver, 52 years old, was hurt.",
        "He took Flight 1999 along Highway 2020.",
        "Prices fall when the leaves spring up.",
        "A quarter of the crops failed, and three-quarters of the cows.",
        'He told "This Week" that it was over.',
        "Good evening from the harbour.",
        "April Jones and August Wilson read aloud.",
    ],
)
def test_words_that_only_look_like_time_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_attacks_of_eleventh_september_are_of_2001_whatever_the_year() -> None:
    assert [value for _, value in read("Since the Sept. 11 attacks and 9/11 much has changed.")] == [
        "2001-09-11"
    ] * 2


def test_history_is_told_from_news() -> None:
    text = "Since 2001, and in 1969, it was so; in May it was not, nor on Monday."
    assert [found.background for found in time_expressions(text, FRIDAY)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Friday.", "XXXX-WXX-5"),
        ("He left in May.", "XXXX-05"),
        ("He left on Aug. 13.", "XXXX-08-13"),
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left last week.", "XXXX-WXX"),
        ("He left last year.", "XXXX"),
        ("He left two weeks ago.", "XXXX-WXX"),
    ],
)
def test_nothing_is_dated_when_neither_text_nor_publication_say_so(text: str, value: str) -> None:
    found = only(text, None)
    assert (found.value, found.iso, found.start_day, found.end_day) == (value, None, None, None)


def test_full_dates_need_no_publication_date() -> None:
    text = "It began in 2001, went on in May 2003 and ended on Aug. 13, 2021. The following day was quiet."
    assert [found.iso for found in time_expressions(text, None)] == ["2001", "2003-05", "2021-08-13", "2021-08-14"]


def test_line_break_inside_a_hard_wrapped_expression_is_only_a_blank() -> None:
    found = only("The statement was issued on Tuesday, Aug.\n10, in the capital.")
    assert (found.text, found.iso) == ("Tuesday, Aug.\n10", "2021-08-10")


def test_paragraph_break_parts_expressions() -> None:
    assert [value for _, value in read("He left in May\n\n2019 was better.")] == ["2021-05", "2019"]


def test_text_and_span_are_the_same_words() -> None:
    text = "On Monday — “yesterday”, he said — it was 3 p.m. on Tuesday."
    assert all(found.span.of(text) == found.text for found in time_expressions(text, FRIDAY))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("He ruled from May to July.", "2021-05/2021-07"),
        ("It grew between 1990 and 1995.", "1990/1995"),
        ("The fair was held May 3-5.", "2021-05-03/2021-05-05"),
        ("Shares rose Monday through Wednesday.", "2021-08-09/2021-08-11"),
        ("It lasted from the 1980s until 2001.", "1980/2001"),
    ],
)
def test_two_ends_that_are_joined_make_a_range(text: str, iso: str) -> None:
    found = date_ranges(text, time_expressions(text, FRIDAY))
    assert [(one.iso, one.precision) for one in found] == [(iso, "range")]
    assert found[0].span.of(text) == found[0].text


@pytest.mark.parametrize(
    "text", ["It grew in 1990 and 1995.", "It fell from July to May 2020.", "Since Friday to now."]
)
def test_dates_that_are_not_joined_or_run_backwards_make_no_range(text: str) -> None:
    assert date_ranges(text, time_expressions(text, FRIDAY)) == []


def test_a_text_about_another_time_keeps_to_its_own_year() -> None:
    history = "The war of 1914 was lost in 1918. Towns fell in 1915, 1916 and 1917. "
    text = history + "In 1918 the front broke. On 29 September the king asked for peace, and in November it came."
    values = [found.value for found in time_expressions(text, FRIDAY)]
    assert values[-2:] == ["1918-09-29", "1918-11"]


def test_two_numbers_joined_by_and_are_not_added_up() -> None:
    assert only("Bans last between three and ten years.").value == "P3Y"


def test_a_home_for_summer_is_no_season() -> None:
    assert read("She went to her summer home.") == []


def test_what_happened_later_does_not_happen_after_publication() -> None:
    text = "He fell ill in 2019, aged 49, and died seven years later."
    assert [found.iso for found in time_expressions(text, FRIDAY)] == ["2019", None]


def test_clock_time_belongs_to_a_day_of_its_own_paragraph_only() -> None:
    assert only("Sirens were heard at 8 p.m.").value == "2021-08-13T20:00"
    assert [value for _, value in read("It began on Tuesday. Sirens went at 8 p.m.")][1] == "2021-08-10T20:00"
    assert [value for _, value in read("It began on Tuesday.\n\n18:40 Sirens.")][1] == "2021-08-13T18:40"


def test_night_before_a_noun_is_no_time() -> None:
    assert read("The night train is late.") == []


def test_what_had_been_set_aside_is_past() -> None:
    assert only("It cost more than the city had set aside in January.").iso == "2021-01"


def test_news_that_recalls_history_keeps_the_year_of_publication() -> None:
    years = "Floods came in 1953, 1962, 1976, 1983, 1990 and 1999. "
    assert read(years + "On Friday and Monday it rained; on Thursday it did not. On Aug. 3 the dam held.")[-1] == (
        "Aug. 3",
        "2021-08-03",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The quake hit at 4:12 a.m.",
        "It was 14:30.",
        "A ferry runs between six in the morning and midnight.",
        "It ended at midnight.",
    ],
)
def test_a_clock_time_without_a_day_names_no_day(sentence: str) -> None:
    found = time_expressions(sentence, date(2021, 8, 13))
    assert found
    assert {expression.iso for expression in found} == {None}
    assert all(expression.start_day is None for expression in found)


def test_a_clock_time_beside_its_day_is_on_that_day() -> None:
    (found,) = time_expressions("He arrived at 8 p.m. on Tuesday.", date(2021, 8, 13))
    assert found.iso == "2021-08-10"


@pytest.mark.parametrize(
    "text",
    [
        "It was stolen in 2018. A man was arrested and released two days later.",
        "The gates opened in May 2018 and shut three days later.",
        "The fleet left in 2018; a storm hit it two months later.",
    ],
)
@pytest.mark.parametrize("published", [None, date(2026, 6, 9)])
def test_days_are_not_counted_from_a_year_or_a_month(text: str, published: date | None) -> None:
    later = time_expressions(text, published)[-1]
    assert later.text.endswith("later")
    assert later.start_day is None


@pytest.mark.parametrize(
    "thing", ["market opens on December 4", "card came", "tree was felled", "shopping begins"]
)
def test_what_is_called_by_a_holiday_is_not_of_that_day(thing: str) -> None:
    found = [expression.iso for expression in time_expressions(f"The Christmas {thing}.", date(2026, 11, 20))]
    assert "2026-12-25" not in found


def test_a_holiday_itself_is_a_day() -> None:
    found = [
        e.iso for e in time_expressions("It closes at Christmas and opens on Easter Monday.", date(2026, 11, 20))
    ]
    assert found[0] == "2026-12-25"
