"""Which time zones to offer while somebody types: by city, country or the zone's own name, the common ones first.

Looking at a zone reads its file, so `offered` and `zone_named` belong in a thread.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.errors import UsageError
from bot.wording import Phrase, say, spoken_language, written_city, written_country

MOST: Final = 25  # Discord shows no more
# Offered before anything is typed, and first among equals: where most people of Discord live.
COMMON: Final = (
    "America/New_York", "Europe/London", "America/Los_Angeles", "America/Chicago", "Europe/Berlin", "Europe/Paris",
    "UTC", "Asia/Kolkata", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Sydney", "America/Denver",
    "America/Toronto", "Europe/Madrid", "Europe/Rome", "Europe/Amsterdam", "Europe/Stockholm", "Europe/Warsaw",
    "Europe/Istanbul", "Africa/Lagos", "Africa/Johannesburg", "Asia/Shanghai", "Asia/Singapore", "Asia/Manila",
    "America/Mexico_City",
)  # fmt: skip
# What people type that is neither a zone's city nor its country.
ALSO: Final = {
    "America/New_York": ("est", "edt", "et", "eastern", "boston", "washington", "miami", "atlanta", "usa"),
    "America/Chicago": ("cst", "cdt", "central", "houston", "dallas", "austin", "minneapolis"),
    "America/Denver": ("mst", "mdt", "mountain", "salt lake city"),
    "America/Los_Angeles": ("pst", "pdt", "pt", "pacific", "san francisco", "seattle", "san diego", "las vegas"),
    "America/Toronto": ("ottawa", "montreal", "quebec"),
    "America/Sao_Paulo": ("brt", "rio de janeiro", "brasilia"),
    "Asia/Kolkata": ("ist", "mumbai", "delhi", "new delhi", "bangalore", "bengaluru", "chennai", "calcutta"),
    "Asia/Shanghai": ("beijing", "shenzhen", "guangzhou"),
    "Asia/Ho_Chi_Minh": ("hanoi", "saigon"),
    "Asia/Tokyo": ("jst", "osaka", "kyoto"),
    "Europe/Kyiv": ("kiev",),
    "Europe/Berlin": ("cet", "cest", "munich", "hamburg", "frankfurt", "cologne"),
    "Europe/Zurich": ("geneva", "bern", "basel"),
    "Europe/London": ("gmt", "bst", "uk", "england", "scotland", "edinburgh", "manchester", "great britain"),
    "Europe/Amsterdam": ("the hague", "rotterdam", "holland"),
    "Europe/Madrid": ("barcelona",),
    "Europe/Rome": ("milan", "naples"),
    "Europe/Istanbul": ("ankara",),
    "Australia/Sydney": ("canberra", "aest"),
    "Pacific/Auckland": ("wellington", "nzst"),
    "UTC": ("gmt", "zulu", "universal"),
}  # fmt: skip
_SPLIT: Final = re.compile(r"[/_\s-]+")


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone to offer. Texts are folded: lower case, without accents."""

    name: str
    city: str
    countries: tuple[str, ...]
    also: tuple[str, ...]
    place: int  # among the common ones


def offered(typed: str, now: datetime) -> list[tuple[str, str]]:
    """(label, zone) for what was typed so far, the likeliest first; the label tells the time there at `now`."""
    return [(_labelled(zone.name, now), zone.name) for zone in ranked(typed)[:MOST]]


def zone_named(typed: str) -> str:
    """The zone that was meant: its name, or a city or country that has one. Raises UsageError."""
    wanted = _folded(typed)
    full = {_folded(name): name for name in sorted(available_timezones()) if "/" in name or name == "UTC"}
    if wanted in full:
        return full[wanted]
    meant = [zone for zone in ranked(typed) if wanted in {zone.city, *zone.countries, *zone.also}]
    likely = [zone for zone in meant if zone.place < len(COMMON)] or meant  # a village with a zone of its own
    if len(likely) == 1:
        return likely[0].name
    named = typed.strip()
    said = Phrase("“{zone}” has several time zones.", zone=named)
    if not meant:
        said = Phrase("“{zone}” is no time zone.", zone=named)
    raise UsageError(
        said, cure=Phrase("Pick one from the list that appears while you type, such as Europe/Berlin.")
    )


def ranked(typed: str) -> list[Zone]:
    """The zones that fit what was typed: names that begin with it before names that hold it."""
    wanted = _folded(typed)
    if not wanted:
        return [zone for zone in _zones(spoken_language()) if zone.place < len(COMMON)]
    found = [
        (rank, zone.place, zone.city, zone)
        for zone in _zones(spoken_language())
        if (rank := _rank(zone, wanted)) is not None
    ]
    return [zone for *_, zone in sorted(found, key=lambda row: row[:3])]


def _rank(zone: Zone, wanted: str) -> int | None:
    names = (zone.city, *zone.also)
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(country.startswith(wanted) for country in zone.countries):
        return 2
    name = _folded(zone.name)
    if name.startswith(wanted) or any(f" {wanted}" in other for other in (*names, *zone.countries)):
        return 3
    return 4 if wanted in name else None


def _labelled(name: str, now: datetime) -> str:
    """`Europe/Berlin: 10:15 now, UTC+01:00`."""
    there = now.astimezone(ZoneInfo(name))
    offset = f"{there:%z}"
    return say(
        "{zone}: {time} now, UTC{offset}",
        zone=name,
        time=f"{there:%H:%M}",
        offset=f"{offset[:3]}:{offset[3:5]}",
    )


@cache
def _zones(_: str) -> tuple[Zone, ...]:
    """The zones that people live in, the common ones first, as they are called in the language spoken now."""
    countries = dict(_countries())
    inhabited = set(countries) or {name for name in available_timezones() if "/" in name}
    names = [*COMMON, *sorted((inhabited & available_timezones()) - set(COMMON))]
    return tuple(
        Zone(
            name=name,
            city=_folded(name.rpartition("/")[2]),
            countries=countries.get(name, ()),
            also=(*ALSO.get(name, ()), *_known(written_city(name))),
            place=place,
        )
        for place, name in enumerate(names)
    )


def _countries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(zone, names of the countries that use it), from the tables that come with the zones themselves."""
    try:
        folder = files("tzdata.zoneinfo")
        countries = {row[0]: _folded(row[1]) for row in _rows((folder / "iso3166.tab").read_text("utf-8"))}
        rows = list(_rows((folder / "zone.tab").read_text("utf-8")))
    except (ModuleNotFoundError, OSError):
        return
    for code, _, name, *_ in rows:
        yield name, (countries.get(code, ""), *_known(written_country(code)))


def _known(name: str) -> tuple[str, ...]:
    return (_folded(name),) if name else ()


def _rows(table: str) -> Iterator[list[str]]:
    yield from (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))


def _folded(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(part for part in _SPLIT.split(plain.casefold()) if part)
