"""English words of time: which grammar symbols each may be, and what each means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def words_of(text: str) -> list[str]:
    """The words of a table written as running text."""
    return text.split()


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mondays mon",
            "tuesday tuesdays tue tues",
            "wednesday wednesdays wed",
            "thursday thursdays thu thur thurs",
            "friday fridays fri",
            "saturday saturdays sat",
            "sunday sundays sun",
        ),
        1,
    )
    for name in names.split()
}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
SEASONS |= {
    "springs": "SP",
    "summers": "SU",
    "autumns": "FA",
    "winters": "WI",
    "springtime": "SP",
    "summertime": "SU",
}
SEASONS |= {"wintertime": "WI", "midsummer": "SU", "midwinter": "WI"}

# Sizes of units; those that live inside a day carry the T of a TIMEX3 duration. FN (fortnight) is two weeks.
UNITS = {
    "day": "D", "days": "D", "night": "D", "nights": "D", "week": "W", "weeks": "W", "wk": "W", "wks": "W",
    "weekend": "WE", "weekends": "WE", "fortnight": "FN", "fortnights": "FN", "month": "M", "months": "M",
    "quarter": "Q", "quarters": "Q", "year": "Y", "years": "Y", "yr": "Y", "yrs": "Y", "decade": "E",
    "decades": "E",
    "century": "C", "centuries": "C", "millennium": "L", "millennia": "L", "hour": "TH", "hours": "TH", "hr": "TH",
    "hrs": "TH", "minute": "TM", "minutes": "TM", "min": "TM", "mins": "TM", "second": "TS", "seconds": "TS",
    "summer": "SE", "summers": "SE", "winter": "SE", "winters": "SE", "spring": "SE", "springs": "SE",
}  # fmt: skip
PARTS = {
    "morning": "MO", "mornings": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "midmorning": "MO",
    "afternoon": "AF", "afternoons": "AF", "midafternoon": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV",
    "sunset": "EV", "night": "NI", "nights": "NI", "overnight": "NI", "tonight": "NI", "nighttime": "NI",
    "daytime": "DT", "lunchtime": "MI",
}  # fmt: skip
MOMENTS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00", "noontime": "T12:00"}

_SMALL = words_of(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
_TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS = {word: number for number, word in enumerate(_SMALL)}
NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_ORDINALS = words_of(
    """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    """
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS)}
ORDINALS |= {word[:-1] + "ieth": 10 * number for number, word in enumerate(_TENS, 2)}

# Holidays on one day of the year: (month, day); the others are rules that holidays.py works out.
FIXED_HOLIDAYS = {
    "christmas": (12, 25),
    "xmas": (12, 25),
    "halloween": (10, 31),
    "juneteenth": (6, 19),
}

_DAYPARTS_SINGULAR = (
    "morning afternoon evening night dawn daybreak dusk sunrise sunset lunchtime daytime nighttime"
)

_SHORT_MONTHS = [name for name in MONTHS if len(name) < 5 and name not in ("may", "june", "july")]

ENGLISH: Mapping[str, Iterable[str]] = {
    "MONTH": [name for name in MONTHS if name not in _SHORT_MONTHS],
    "MABBR": _SHORT_MONTHS,
    "WEEKDAY": [name for name in WEEKDAYS if name.endswith("day")],
    "WEEKDAYS": [name for name in WEEKDAYS if name.endswith("days")],
    "WDABBR": [name for name in WEEKDAYS if len(name) < 6],
    "NEEDSCAP": [*_SHORT_MONTHS, "may", "march", "august",
                 *(name for name in WEEKDAYS if len(name) < 6)],
    "SEASON": words_of("spring summer fall autumn winter springtime summertime wintertime"),
    "SEASONS": words_of("springs summers autumns winters"),
    "BIGUNIT": words_of("day week weekend fortnight month quarter year decade century millennium yr"),
    "BIGUNITS": words_of(
        "days weeks weekends fortnights months quarters years decades centuries millennia nights "
        "yrs"
    ),
    "SMALLUNIT": words_of("hour minute second hr min"),
    "SMALLUNITS": words_of("hours minutes seconds hrs mins"),
    "PART": _DAYPARTS_SINGULAR.split(),
    "PARTS": words_of("mornings afternoons evenings nights"),
    "MOMENT": list(MOMENTS),
    "NUMWORD": [*NUMBERS, *SCALES],
    "ORDWORD": [word for word in ORDINALS if word != "zeroth"],
    "SOME": words_of("several few many some multiple countless numerous"),
    "LAST": words_of("last past previous preceding prior"),
    "NEXT": words_of("next coming upcoming following ensuing subsequent"),
    "THIS": words_of("this current present"),
    "APPROX": words_of(
        "about around nearly almost approximately roughly over under some just barely exactly maybe "
        "perhaps"
    ),
    "EACH": words_of("every each"),
    "STAGE": words_of("early late mid earlier later middle"),
    "HOLIDAY": [*FIXED_HOLIDAYS, "thanksgiving", "easter", "hanukkah", "ramadan", "passover"],
    "ZONE": words_of("est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest"),
    "PREP": words_of(
        "in since of by until till from to through between during after before for and or on around "
        "about as into late early mid next last this every each or than circa beyond throughout "
        "over at both vs versus"
    ),
    "SETADVERB": words_of("daily hourly annually nightly weekly monthly yearly"),
}  # fmt: skip

# Words that expressions hold but none consists of; a stretch of nothing else is not looked at.
FILLERS = words_of(
    "the a an of in on at by to and or for from this that these those than after before over under "
    "about just some "
    "many last next more most less its their his her one as no such same other if back until into around"
)
