"""Touches, runs of the same event, headings, cursors. No database, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby
from typing import Final, Literal

Touch = Literal["theirs", "attempt", "first_response"]  # values of the fact log's own Touch


class Kind(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    MAIL = "mail"


class Outcome(StrEnum):
    """How it went. ``unanswered`` and ``voicemail`` are attempts; a talk answers."""

    UNANSWERED = "unanswered"
    VOICEMAIL = "voicemail"
    CONVERSATION = "conversation"
    HELD = "held"
    NO_SHOW = "no_show"
    SENT = "sent"  # a one-to-one mail
    RECEIVED = "received"


class Direction(StrEnum):
    """Who reached out."""

    OURS = "ours"
    THEIRS = "theirs"


OUTCOMES: Final[Mapping[Kind, tuple[Outcome, ...]]] = {
    Kind.CALL: (Outcome.UNANSWERED, Outcome.VOICEMAIL, Outcome.CONVERSATION),
    Kind.MEETING: (Outcome.HELD, Outcome.NO_SHOW),
    Kind.MAIL: (Outcome.SENT, Outcome.RECEIVED),
}
_ANSWERS: Final = {Outcome.CONVERSATION, Outcome.HELD, Outcome.SENT}


def touch_of(kind: str, *, outcome: str, direction: str = Direction.OURS) -> Touch:
    """What it means to the clocks of a handoff (docs/words.md, "First response").

    A conversation, a held meeting and a one-to-one mail of ours are the first response, whoever
    rang; what did not reach them is an attempt; what did not reach us is theirs alone. Raises
    ValueError for an outcome that such a thing cannot have.
    """
    if outcome not in OUTCOMES[Kind(kind)]:
        raise ValueError(f"A {kind} does not end in {outcome!r}")
    if outcome in _ANSWERS:
        return "first_response"
    is_theirs = outcome == Outcome.RECEIVED or direction == Direction.THEIRS
    return "theirs" if is_theirs and outcome != Outcome.NO_SHOW else "attempt"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a timeline. ``count`` facts make it; the earliest of them was at ``since``."""

    fact_id: int
    name: str  # of the fact
    at: datetime
    title: str
    icon: str = ""
    hue: str = "gray"
    touch: str = "none"
    detail: str = ""
    quote: str = ""
    url: str = ""
    edit_url: str = ""
    pin_url: str = ""
    is_pinned: bool = False
    who: str = ""
    actor_id: int | None = None
    person_id: int | None = None  # as known today
    people: tuple[str, ...] = ()  # their names; several where one entry tells of several
    count: int = 1
    since: datetime | None = None


def collapse(entries: Iterable[Entry], *, zone: tzinfo) -> Iterator[Entry]:
    """Newest first in, the same out: a run of one event on one day becomes one entry.

    What somebody wrote stands alone: an entry with a quote is never folded into another.
    """

    def alike(entry: Entry) -> tuple[object, ...]:
        alone = entry.fact_id if entry.quote or entry.edit_url else 0
        day = entry.at.astimezone(zone).date()
        return (alone, day, entry.name, entry.title, entry.detail, entry.who, entry.person_id)

    for _alike, run in groupby(entries, key=alike):
        first, *others = run
        count = len(others) + 1
        yield replace(first, count=count, since=others[-1].at) if others else first


def gather(entries: Iterable[Entry], *, zone: tzinfo) -> list[Entry]:
    """Newest first in, the same out: what is alike on a day is one entry, of whomever it tells.

    It stands where its newest stood, and links only to what all of it shares.
    """
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        alone = entry.fact_id if entry.quote or entry.edit_url else 0
        day = entry.at.astimezone(zone).date()
        alike.setdefault((alone, day, entry.name, entry.title, entry.detail), []).append(entry)
    return [_gathered(same) for same in alike.values()]


def _gathered(same: list[Entry]) -> Entry:
    first, *others = same
    people = dict.fromkeys(name for entry in same for name in entry.people)
    is_one_place = all(entry.url == first.url for entry in others)
    return replace(
        first,
        people=tuple(people),
        count=len(same),
        since=others[-1].at if others else None,
        url=first.url if is_one_place else "",
    )


class Nearness(StrEnum):
    """How a day is called: the further away, the less the weekday says and the more the year."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEKDAY = "weekday"  # Friday 20 November
    THIS_YEAR = "this_year"  # 24 September
    OTHER_YEAR = "other_year"  # 24 September 2025


WEEKDAYS_HELP: Final = timedelta(days=31)


def nearness(on: date, *, today: date) -> Nearness:
    """What to call that day, seen from today; days to come are called by their weekday."""
    if on == today:
        return Nearness.TODAY
    if today - on == timedelta(days=1):
        return Nearness.YESTERDAY
    if abs(today - on) <= WEEKDAYS_HELP:
        return Nearness.WEEKDAY
    return Nearness.THIS_YEAR if on.year == today.year else Nearness.OTHER_YEAR


@dataclass(frozen=True, kw_only=True)
class Day:
    on: date
    entries: list[Entry] = field(default_factory=list)


def days_of(entries: Iterable[Entry], *, zone: tzinfo) -> list[Day]:
    """The entries under the days on which they happened, in that zone, order kept."""
    by_day = groupby(entries, key=lambda entry: entry.at.astimezone(zone).date())
    return [Day(on=on, entries=list(run)) for on, run in by_day]


YEARS: Final = range(1900, 2200)  # all that anybody means; beyond them dates overflow


@dataclass(frozen=True, kw_only=True)
class Before:
    """Where a page of a timeline goes on: older than this fact."""

    at: datetime
    fact_id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.fact_id}"

    @classmethod
    def read(cls, text: str) -> "Before":
        """Raises ValueError for a text that ``str`` did not make."""
        at, _mark, fact_id = text.partition("_")
        moment, number = datetime.fromisoformat(at), int(fact_id)
        if moment.tzinfo is None or moment.year not in YEARS or not 0 <= number < 2**63:
            raise ValueError("Not a moment and a number that a database keeps")
        return cls(at=moment, fact_id=number)


END_OF_DAY: Final = time(23, 59)  # until when a task is due that has a day and no hour


class Due(StrEnum):
    """The groups of a list of tasks, in their order."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"
    NO_DATE = "no_date"


def due_group(due_at: datetime | None, *, at: datetime, zone: tzinfo) -> Due:
    """Where a task stands now. Late = its moment has passed, today's earlier hours included."""
    if due_at is None:
        return Due.NO_DATE
    if due_at < at:
        return Due.LATE
    is_today = due_at.astimezone(zone).date() == at.astimezone(zone).date()
    return Due.TODAY if is_today else Due.LATER
