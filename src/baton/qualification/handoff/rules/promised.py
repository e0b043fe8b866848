"""Clocks that run beside the handoff's own: until when an answer is due, when a deal lies idle, and
by when it has a next step again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from baton.core.worktime.rules import BusinessHours, add_working_time, working_time_between
from baton.core.worktime.rules.hours import day_start
from baton.qualification.handoff.rules.clocks import working_days_end
from baton.qualification.handoff.rules.terms import LADDER, Terms

SECOND, SOON, DAY = timedelta(seconds=1), timedelta(minutes=10), timedelta(days=1)


class ClockKind(StrEnum):
    """What is promised beside the handoff."""

    REPLY = "reply"  # they wrote: until when somebody answers
    IDLE = "idle"  # an open deal without a touch or a move
    STEP = "step"  # an open deal without a next step, or with one whose day is past


class Ended(StrEnum):
    """Why a clock stopped."""

    ANSWERED = "answered"  # a touch of ours, or a next step
    CLOSED = "closed"  # the deal was won or lost
    WITHDRAWN = "withdrawn"  # nothing is owed any more: deleted, or no longer promised


class Step(StrEnum):
    """What is told of a clock, in this order; after these two the roles of the ladder."""

    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True)
class Pause:
    """From when until when a clock stood still."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Now:
    """A deal as it is: from when on it lies there, and what comes next."""

    is_open: bool
    touched_at: datetime  # the latest touch or move
    has_step: bool
    step_on: date | None
    zone: str  # of the company: its days are those of the step


@dataclass(frozen=True)
class Running:
    """A clock that runs."""

    since: datetime
    due_at: datetime


@dataclass(frozen=True)
class Change:
    """What becomes of a clock: it stops at a moment, and another begins, or it runs since another
    moment. ``since`` without ``stops_at`` moves the one that runs, if any."""

    since: datetime | None = None
    stops_at: datetime | None = None
    ended: Ended = Ended.ANSWERED


def promised(kind: str, *, terms: Terms, part: str = "") -> int | None:
    """Minutes of a reply, working days of the others; None: nothing is promised.

    ``part`` is the stage of the deal, which may have a number of its own; 0: none there.
    """
    if kind == ClockKind.REPLY:
        return terms.reply_minutes or None
    if kind == ClockKind.STEP:
        return terms.step_days or None
    return terms.idle_by_stage.get(part, terms.idle_days) or None


def promise_due(
    kind: str,
    since: datetime,
    *,
    amount: int,
    hours: BusinessHours,
    pauses: Iterable[Pause] = (),
) -> datetime:
    """In working time of whoever owes; what was left when it paused is left when it goes on."""
    if kind == ClockKind.REPLY:
        due = add_working_time(since, budget=timedelta(minutes=amount), hours=hours)
    else:
        due = working_days_end(since, days=amount, hours=hours)
    for pause in pauses:
        if since <= pause.since < due:
            left = working_time_between(pause.since, due, hours=hours)
            due = add_working_time(pause.until, budget=left, hours=hours)
    return due


def steps_of_clock(
    kind: str, since: datetime, due: datetime, *, ladder: Mapping[str, int], hours: BusinessHours
) -> list[tuple[datetime, str]]:
    """When what is told: soon due (a reply ten minutes before, a deal on the morning of that day),
    late, and then each role of the ladder."""
    steps = []
    if (soon := _soon(kind, due, hours=hours)) > since:
        steps.append((soon, Step.SOON.value))
    steps.append((due, Step.LATE.value))
    for role in LADDER:
        if role in ladder:
            budget = timedelta(minutes=ladder[role])
            steps.append((add_working_time(due, budget=budget, hours=hours), role))
    return steps


def _soon(kind: str, due: datetime, *, hours: BusinessHours) -> datetime:
    if kind == ClockKind.REPLY:
        return due - SOON
    stretches = hours.stretches_of(due.astimezone(ZoneInfo(hours.zone)).date())
    return min([begin for begin, _end in stretches if begin < due], default=due - SOON)


def what_is_due(
    steps: Sequence[tuple[datetime, str]], *, told: int, at: datetime
) -> tuple[list[str], datetime | None]:
    """Which steps are to be told by ``at`` beyond those that were, and when the next one is.

    Who is late already is not told that it will be soon.
    """
    due = [name for when, name in steps[told:] if when <= at]
    if Step.LATE in due:
        due = [name for name in due if name != Step.SOON]
    following = [when for when, _name in steps if when > at]
    return due, min(following, default=None)


def idle_change(now: Now, running: Running | None, *, at: datetime, floor: datetime) -> Change:
    """A touch or a move starts it anew; one that was late by then stops, and is kept.

    ``floor``: nothing was promised before.
    """
    if not now.is_open:
        return Change(stops_at=at, ended=Ended.CLOSED)
    since = max(now.touched_at, floor)
    if running is None:
        return Change(since=since)
    if since <= running.since:
        return Change()
    return Change(since=since, stops_at=since if running.due_at < since else None)


def step_change(now: Now, running: Running | None, *, at: datetime, floor: datetime) -> Change:
    """It runs from the end of the day of the step, and from now on where there is none.

    A step without a day is one: then nothing runs.
    """
    if not now.is_open:
        return Change(stops_at=at, ended=Ended.CLOSED)
    is_late = running is not None and running.due_at < at
    if now.has_step and now.step_on is None:
        return Change(stops_at=at)
    if now.has_step and now.step_on and (end := day_end(now.step_on, zone=now.zone)) > at:
        same = running is not None and running.since == end
        return Change() if same else Change(since=end, stops_at=at if is_late else None)
    if running is not None and running.since <= at:
        return Change()
    ended = day_end(now.step_on, zone=now.zone) if now.has_step and now.step_on else at
    return Change(since=max(ended, floor))


def day_end(day: date, *, zone: str) -> datetime:
    """The latest second of a day of the company."""
    return day_start(day + DAY, zone=ZoneInfo(zone)) - SECOND
