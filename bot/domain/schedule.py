"""Schedule: when a digest is due, by local date and wall-clock time in an IANA zone.

A run is known by its *local* date and time, never by its instant: that key is what makes it happen once over both
clock changes. The rules, which the docs repeat:

- A time that the clocks skip (spring) is due at the moment of the change.
- A time that the clocks show twice (autumn) is due at the first of the two.
- Times of one local day that fall on one moment are one run, that of the earlier time.
- A local day that a zone leaves out altogether has no run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from bot.domain.value import Value

EVERY_DAY = frozenset(range(7))  # Monday is 0
WEEKDAYS = frozenset(range(5))
_LONGEST_WAIT = timedelta(days=9)  # a weekly run, and a day that its zone left out


class Occurrence(NamedTuple):
    """One run: its key (local date and time) and the instant it is due, in UTC."""

    local_date: date
    local_time: time
    instant: datetime

    @property
    def key(self) -> str:
        """`2026-03-29T02:30`: unique within one Schedule, the same on every machine."""
        return f"{self.local_date.isoformat()}T{self.local_time:%H:%M}"


class Schedule(Value):
    """Local times of day, on days of the week (Monday is 0), in a zone."""

    zone: str
    times: tuple[time, ...] = Field(min_length=1, max_length=12)
    days: frozenset[int] = EVERY_DAY

    @field_validator("zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone; choose one such as Europe/Berlin") from None
        return name

    @model_validator(mode="after")
    def _days_are_days(self) -> Self:
        if not self.days or not self.days <= EVERY_DAY:
            raise ValueError("days are numbers from 0 (Monday) to 6 (Sunday), at least one")
        whole = tuple(sorted({moment.replace(second=0, microsecond=0, tzinfo=None) for moment in self.times}))
        object.__setattr__(self, "times", whole)
        return self

    def on(self, day: date) -> tuple[Occurrence, ...]:
        """The runs of one local day, in order; empty where the day is not asked for or does not exist there."""
        if day.weekday() not in self.days:
            return ()
        zone = ZoneInfo(self.zone)
        if day < date.max and _instant(day, time(0), zone) >= _instant(day + timedelta(days=1), time(0), zone):
            return ()
        runs: list[Occurrence] = []
        for moment in self.times:
            instant = _instant(day, moment, zone)
            if not runs or runs[-1].instant < instant:
                runs.append(Occurrence(day, moment, instant))
        return tuple(runs)

    def after(self, instant: datetime) -> Iterator[Occurrence]:
        """The runs due strictly after `instant` (aware), in order, without end."""
        day = instant.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        while True:
            yield from (run for run in self.on(day) if run.instant > instant)
            day += timedelta(days=1)

    def next_after(self, instant: datetime) -> Occurrence:
        """The first run due strictly after `instant` (aware)."""
        return next(self.after(instant))

    def between(self, since: datetime, until: datetime) -> list[Occurrence]:
        """The runs due in (since, until], in order."""
        runs: list[Occurrence] = []
        for run in self.after(since):
            if run.instant > until:
                return runs
            runs.append(run)
        return runs


class Due(NamedTuple):
    """What a late start finds: the run to make now, if any, and the runs that are skipped."""

    run: Occurrence | None
    skipped: tuple[Occurrence, ...]


def due(schedule: Schedule, since: datetime, now: datetime, grace: timedelta) -> Due:
    """Of the runs due in (since, now]: the latest is made when at most `grace` late, the others are skipped."""
    missed = schedule.between(since, now)
    if missed and now - missed[-1].instant <= grace:
        return Due(missed[-1], tuple(missed[:-1]))
    return Due(None, tuple(missed))


def _instant(day: date, moment: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the zone's clocks show this time first, or pass it by."""
    wall = datetime.combine(day, moment, zone)  # fold=0: the first of two
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _change_between(wall.replace(fold=1).astimezone(UTC), instant, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant in (before, after] at which the zone's offset from UTC changes; both are UTC, a gap apart."""
    offset = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
