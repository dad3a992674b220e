"""All words that are said to people pass through here: English as written in the code, or a catalogue's.

    say("I brief at most {most} sources together.", most=5)           now, in the locale of whom we answer
    say_n("{count} story", "{count} stories", count)                  the plural that the language wants
    raise UsageError(Phrase("“{day}” is not a day.", day=typed))      later, in the reader's own locale

A message is its own English template with `str.format` fields, so that code reads well and the catalogues can be
made from it. Nothing here is imported from the other rooms: every room may speak.
"""

from bot.wording.locale import in_locale, spoken_locale
from bot.wording.phrase import Phrase
from bot.wording.saying import say, say_n

__all__ = ["Phrase", "in_locale", "say", "say_n", "spoken_locale"]
