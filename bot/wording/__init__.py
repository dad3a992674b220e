"""All words that are said to people pass through here: English as written in the code, or a catalogue's.

    say("I brief at most {most} sources together.", most=5)           now, in the locale of whom we answer
    say_n("{count} story", "{count} stories", count)                  the plural that the language wants
    raise UsageError(Phrase("“{day}” is not a day.", day=typed))      later, in the reader's own locale
    phrase_n("{count} story", "{count} stories", count)               later, with its plural

A message is its own English template with plain `str.format` fields, so that code reads well and the catalogues
can be made from it. Three kinds of field are written as the language wants it, where their format asks for it:

    {count:,}  {seconds:.1f}  {share:.0%}                              numbers
    {day:short}  {day:long}                                            days: 19 Aug 2021, 19 August 2021
    {why}                                                              a Phrase, in the language of the sentence

Nothing here is imported from the other rooms: every room may speak.
"""

from bot.wording.catalogue import LANGUAGES, SOURCE, language_of
from bot.wording.loading import load_catalogues
from bot.wording.locale import in_locale, speak, spoken_language, spoken_locale
from bot.wording.numbers import written_day, written_month, written_number, written_weekday, written_year
from bot.wording.phrase import Phrase, kept, phrase_n, told
from bot.wording.places import written_city, written_country
from bot.wording.saying import say, say_all, say_n

__all__ = [
    "LANGUAGES",
    "SOURCE",
    "Phrase",
    "in_locale",
    "kept",
    "language_of",
    "load_catalogues",
    "phrase_n",
    "say",
    "say_all",
    "say_n",
    "speak",
    "spoken_language",
    "spoken_locale",
    "told",
    "written_city",
    "written_country",
    "written_day",
    "written_month",
    "written_number",
    "written_weekday",
    "written_year",
]
