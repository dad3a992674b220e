"""A year of simulated days in every zone: each local day once, over both clock changes, and after outages."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.schedule import EVERY_DAY, WEEKDAYS, Schedule, due

# Names for machines that no person chooses; the others are every zone there is, old names included.
ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
NIGHT = (time(0, 0), time(2, 30))  # when clocks are changed
DAY = (time(7, 0), time(23, 45))
YEAR = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]  # a leap year
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_there_are_some_400_zones_and_more() -> None:
    assert len(ZONES) >= 400


@pytest.mark.parametrize(
    ("zones", "times"),
    [pytest.param(ZONES, NIGHT, id="every zone by night"), pytest.param(ZONES[::6], DAY, id="by day")],
)
def test_each_local_day_of_a_year_runs_once_in_every_zone(zones: list[str], times: tuple[time, ...]) -> None:
    for zone in zones:
        local = ZoneInfo(zone)
        schedule = Schedule(zone=zone, times=times)
        runs = schedule.between(datetime(2023, 12, 31, 0, tzinfo=local), datetime(2025, 1, 2, 0, tzinfo=local))
        days = Counter((run.local_date, run.local_time) for run in runs if run.local_date.year == 2024)
        assert list(days) == [(day, moment) for day in YEAR for moment in times], zone
        assert set(days.values()) == {1}, zone
        assert all(one.instant < other.instant for one, other in pairwise(runs)), zone
        assert len({run.key for run in runs}) == len(runs), zone
        for run in runs:
            # Off the wall time only where the clocks pass it by, and then by no more than the change.
            assert timedelta(0) <= _after(run.instant.astimezone(local), run.local_date, run.local_time) <= HOUR, (
                zone
            )


def _after(local: datetime, day: date, moment: time) -> timedelta:
    return local.replace(tzinfo=None) - datetime.combine(day, moment)


def test_walking_with_next_after_meets_the_same_runs_as_the_whole_year() -> None:
    for zone in ZONES[::16]:
        schedule = Schedule(zone=zone, times=(*NIGHT, *DAY))
        start, end = at("2024-03-01T00:00"), at("2024-04-15T00:00")
        walked, now = [], start
        while (run := schedule.next_after(now)).instant <= end:
            walked.append(run)
            now = run.instant
        assert walked == schedule.between(start, end), zone


@pytest.mark.parametrize(
    ("zone", "day", "moment", "instant"),
    [
        pytest.param("Europe/Berlin", "2024-03-31", "02:30", "2024-03-31T01:00", id="gap: at the change"),
        pytest.param("Europe/Berlin", "2024-10-27", "02:30", "2024-10-27T00:30", id="overlap: the first of two"),
        pytest.param("America/New_York", "2024-03-10", "02:30", "2024-03-10T07:00", id="gap in New York"),
        pytest.param("America/New_York", "2024-11-03", "01:30", "2024-11-03T05:30", id="overlap in New York"),
        pytest.param("Africa/Cairo", "2024-04-26", "00:00", "2024-04-25T22:00", id="gap at midnight"),
        pytest.param("America/Havana", "2024-11-03", "00:30", "2024-11-03T04:30", id="overlap after midnight"),
        pytest.param("Australia/Lord_Howe", "2024-10-06", "02:15", "2024-10-05T15:30", id="half an hour's gap"),
        pytest.param("Asia/Kathmandu", "2024-02-29", "07:00", "2024-02-29T01:15", id="leap day, quarter hour"),
        pytest.param("Pacific/Kiritimati", "2024-06-01", "07:00", "2024-05-31T17:00", id="fourteen hours ahead"),
        pytest.param("Europe/Dublin", "2024-03-31", "01:30", "2024-03-31T01:00", id="negative summer time"),
    ],
)
def test_gap_and_overlap_rules(zone: str, day: str, moment: str, instant: str) -> None:
    (run,) = Schedule(zone=zone, times=(time.fromisoformat(moment),)).on(date.fromisoformat(day))
    assert run.instant == at(instant)
    assert run.key == f"{day}T{moment}"


def test_a_day_that_a_zone_leaves_out_has_no_run() -> None:
    schedule = Schedule(zone="Pacific/Apia", times=(time(7), time(23)))
    assert schedule.on(date(2011, 12, 30)) == ()
    runs = schedule.between(at("2011-12-29T00:00"), at("2012-01-02T00:00"))
    mornings = [run.local_date.isoformat() for run in runs if run.local_time == time(7)]
    assert mornings == ["2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]


def test_times_that_fall_on_one_moment_are_one_run_of_the_earlier_time() -> None:
    schedule = Schedule(zone="Europe/Berlin", times=(time(2, 0), time(2, 30), time(3, 0), time(3, 30)))
    assert [run.key for run in schedule.on(date(2024, 3, 31))] == ["2024-03-31T02:00", "2024-03-31T03:30"]


def test_a_weekly_run_finds_its_day_past_a_day_left_out() -> None:
    fridays = Schedule(zone="Pacific/Apia", times=(time(7),), days=frozenset({4}))
    assert fridays.next_after(at("2011-12-24T00:00")).key == "2012-01-06T07:00"


def test_weekdays_leave_the_weekend_out() -> None:
    schedule = Schedule(zone="America/Sao_Paulo", times=(time(8),), days=WEEKDAYS)
    runs = schedule.between(at("2024-01-01T00:00"), at("2024-12-31T23:00"))
    assert {run.local_date.weekday() for run in runs} == set(WEEKDAYS)
    assert len(runs) == 262


@pytest.mark.parametrize("outage", [HOUR, timedelta(days=3)], ids=["an hour", "three days"])
@pytest.mark.parametrize("grace", [timedelta(minutes=30), 6 * HOUR], ids=["grace 30 min", "grace 6 h"])
def test_after_an_outage_each_run_was_made_once_or_skipped_by_the_rule(
    outage: timedelta, grace: timedelta
) -> None:
    """A tick a quarter of an hour over two months with both kinds of change, in every ninth zone, with outages."""
    step = timedelta(minutes=15)
    for number, zone in enumerate(ZONES[::9]):
        schedule = Schedule(zone=zone, times=(time(0, 0), time(7, 10)))
        start, end = at("2024-03-05T00:00"), at("2024-04-10T00:00")
        outages = [start + timedelta(days=4 + 9 * part, hours=number % 24) for part in range(4)]
        made: list[str] = []
        skipped: dict[str, datetime] = {}
        seen = now = following = start
        while now < end:
            now += step
            down = any(begin <= now < begin + outage for begin in outages)
            if down or now < following:
                continue
            found = due(schedule, seen, now, grace)
            seen, following = now, schedule.next_after(now).instant
            skipped |= {run.key: now for run in found.skipped}
            if found.run:
                assert now - found.run.instant <= grace
                made.append(found.run.key)
        asked = {run.key: run for run in schedule.between(start, seen)}
        assert sorted([*made, *skipped]) == sorted(asked), zone
        assert len(set(made)) == len(made), zone
        for key, when in skipped.items():
            too_late = when - asked[key].instant > grace
            assert too_late or schedule.next_after(asked[key].instant).instant <= when, zone


def test_of_several_missed_runs_the_latest_within_the_grace_is_made() -> None:
    schedule = Schedule(zone="UTC", times=(time(6), time(12), time(18)))
    found = due(schedule, at("2024-05-01T05:00"), at("2024-05-02T06:40"), HOUR)
    assert found.run is not None
    assert found.run.key == "2024-05-02T06:00"
    assert [run.key for run in found.skipped] == ["2024-05-01T06:00", "2024-05-01T12:00", "2024-05-01T18:00"]
    assert due(schedule, at("2024-05-01T05:00"), at("2024-05-02T07:01"), HOUR).run is None


@given(
    zone=st.sampled_from(ZONES),
    times=st.sets(st.times(), min_size=1, max_size=5),
    days=st.sets(st.sampled_from(sorted(EVERY_DAY)), min_size=1),
    start=st.integers(min_value=0, max_value=46 * 365),
)
def test_runs_increase_and_keys_never_repeat(zone: str, times: set[time], days: set[int], start: int) -> None:
    schedule = Schedule(zone=zone, times=tuple(times), days=frozenset(days))
    begin = at("1990-01-01T00:00") + timedelta(days=start)
    runs = schedule.between(begin, begin + timedelta(days=40))
    assert all(one.instant < other.instant for one, other in pairwise(runs))
    assert len({run.key for run in runs}) == len(runs)
    assert all(run.local_date.weekday() in days for run in runs)
    if runs:
        assert schedule.next_after(begin) == runs[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus", "times": (time(7),)},
        {"zone": "../etc/passwd", "times": (time(7),)},
        {"zone": "", "times": (time(7),)},
        {"zone": "UTC", "times": ()},
        {"zone": "UTC", "times": (time(7),), "days": frozenset()},
        {"zone": "UTC", "times": (time(7),), "days": frozenset({7})},
    ],
)
def test_what_is_no_schedule_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Schedule.model_validate(wrong)
