"""What cities and countries are called in the spoken language, as Babel knows it."""

from __future__ import annotations

from bot.wording.catalogue import SOURCE
from bot.wording.locale import spoken_language


def written_city(zone: str) -> str:
    """The city that a time zone is named after: `Tokio` for `Asia/Tokyo` in German; "" in English."""
    if (language := spoken_language()) == SOURCE:
        return ""
    from babel.dates import get_timezone, get_timezone_location  # noqa: PLC0415

    return str(get_timezone_location(get_timezone(zone), locale=language, return_city=True))


def written_country(code: str) -> str:
    """The country of an ISO 3166 code: `Österreich` for `AT` in German; "" in English and where nobody knows."""
    if (language := spoken_language()) == SOURCE:
        return ""
    from babel import Locale  # noqa: PLC0415

    return str(Locale.parse(language).territories.get(code, ""))
