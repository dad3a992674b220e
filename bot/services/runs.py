"""When a Digest runs: which run is due, which are skipped, when the next one is. Pure; the clock is given."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.digest import Delivery, Digest
from bot.domain.schedule import Occurrence, Schedule, due
from bot.wording import Phrase, kept, phrase_n

LATE_FROM: Final = timedelta(minutes=5)  # less is not worth a sentence
SKIPS_NOTED: Final = 60  # skipped runs that are written down after a long outage; older ones leave no trace
MOMENT: Final = timedelta(microseconds=1)
SHORTEST_WINDOW: Final = timedelta(days=1)
LONGEST_WINDOW: Final = timedelta(days=8)


class RunPlan(NamedTuple):
    """What one look at the clock asks for. `digest` holds the next run and is to be stored with the Deliveries."""

    digest: Digest
    run: Delivery | None  # in state "due"
    skipped: tuple[Delivery, ...]  # in state "skipped", with the reason
    notice: str | None  # what the post says of coming late


def advance(digest: Digest, now: datetime) -> Digest:
    """The digest with its first run after `now` (aware); a paused one has none."""
    following = None if digest.paused else digest.schedule.next_after(now).instant
    return digest.model_copy(update={"next_run": following})


def plan_run(digest: Digest, now: datetime, grace: timedelta) -> RunPlan:
    """What is to be done at `now`: at most one run, and that at most `grace` late; older ones are skipped."""
    following = advance(digest, now)
    if digest.paused or digest.next_run is None or digest.next_run > now:
        return RunPlan(digest if not digest.paused and digest.next_run else following, None, (), None)
    found = due(digest.schedule, digest.next_run - MOMENT, now, grace)
    skipped = tuple(
        _delivery(digest, missed, "skipped").model_copy(
            update={"reason": _why_skipped(digest, missed, found.run, grace)}
        )
        for missed in found.skipped[-SKIPS_NOTED:]
    )
    run = _delivery(digest, found.run, "due") if found.run else None
    notice = late_notice(digest.schedule, found.run, now) if found.run else None
    return RunPlan(following, run, skipped, notice)


def manual_run(digest: Digest, now: datetime) -> Delivery:
    """The Delivery of a run that a person asked for; its key holds seconds, so that no scheduled run has it."""
    local = now.astimezone(ZoneInfo(digest.schedule.zone))
    return Delivery(
        digest_id=digest.id, run_key=f"{local:%Y-%m-%dT%H:%M:%S}-now", due=now, channel_id=digest.channel_id
    )


def late_notice(schedule: Schedule, run: Occurrence, now: datetime) -> str | None:
    """`Due at 07:00, posted 40 minutes late: I was not running.`, as it is kept; None where it is on time."""
    late = now - run.instant
    if late < LATE_FROM:
        return None
    minutes = int(late.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    full = phrase_n("{count} hour", "{count} hours", hours)
    more = phrase_n("{count} minute", "{count} minutes", rest)
    late_by = Phrase("{hours} {minutes}", hours=full, minutes=more) if hours and rest else full if hours else more
    return kept(
        Phrase(
            "Due at {time} ({zone}), {late} late: the bot was not running or busy.",
            time=f"{run.local_time:%H:%M}",
            zone=schedule.zone,
            late=late_by,
        )
    )


def first_window(schedule: Schedule, now: datetime) -> timedelta:
    """How far a digest without a last run looks back: as long as its runs lie apart, a day at least."""
    first, second = islice(schedule.after(now), 2)
    return min(max(second.instant - first.instant, SHORTEST_WINDOW), LONGEST_WINDOW)


def _delivery(digest: Digest, run: Occurrence, state: str) -> Delivery:
    return Delivery.model_validate(
        {
            "digest_id": digest.id,
            "run_key": run.key,
            "due": run.instant,
            "state": state,
            "channel_id": digest.channel_id,
        }
    )


def _why_skipped(digest: Digest, missed: Occurrence, made: Occurrence | None, grace: timedelta) -> str:
    if made:
        time = f"{made.local_time:%H:%M}"
        return kept(Phrase("The run due at {time} on {day:short} stands for it.", time=time, day=made.local_date))
    hours = f"{grace.total_seconds() / 3600:g}"
    return kept(
        Phrase("The bot was not running, and came back more than {hours} hours after it was due.", hours=hours)
    )
