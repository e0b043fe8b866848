"""Days on which somebody, or everybody, does not work, as dates of a wall clock."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.worktime.rules.hours import FIRST_YEAR, LATEST_YEAR, Leave, find_zone, instant

DAY = timedelta(days=1)
NOON = time(12)
LONGEST = 732  # days: who is away longer has left


class BadLeave(RuleViolation, ValueError):
    """Days off that cannot be."""


@dataclass(frozen=True, kw_only=True)
class DaysAway:
    """From a day to a day, both included; half of either where it begins or ends at noon."""

    from_on: date
    to_on: date
    starts_at_noon: bool = False
    ends_at_noon: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR < self.from_on.year < LATEST_YEAR:
            raise BadLeave(gettext_noop("Nobody plans leave in that year."))
        if self.to_on < self.from_on:
            raise BadLeave(gettext_noop("The last day off lies before the first one."))
        if self.halves[0] >= self.halves[1]:
            raise BadLeave(
                gettext_noop("From noon until noon of one day is no time off: choose one half.")
            )
        if (self.to_on - self.from_on).days > LONGEST:
            raise BadLeave(gettext_noop("Two years of leave are the most that can be kept."))

    @property
    def halves(self) -> tuple[int, int]:
        """First half day, and the one after the last; by them two are compared."""
        begin = self.from_on.toordinal() * 2 + self.starts_at_noon
        return begin, self.to_on.toordinal() * 2 + (1 if self.ends_at_noon else 2)

    @property
    def days(self) -> float:
        """How many, weekends included."""
        begin, end = self.halves
        return (end - begin) / 2

    def overlaps(self, other: "DaysAway") -> bool:
        """Whether somebody would be away twice."""
        return self.halves[0] < other.halves[1] and other.halves[0] < self.halves[1]

    def as_leave(self, *, zone: str) -> Leave:
        """The moments between which the wall clock there shows these days."""
        where = find_zone(zone)
        begin = datetime.combine(self.from_on, NOON if self.starts_at_noon else time())
        end_day = self.to_on if self.ends_at_noon else self.to_on + DAY
        end = datetime.combine(end_day, NOON if self.ends_at_noon else time())
        return instant(begin, zone=where), instant(end, zone=where)


def leave_of(away: Iterable[DaysAway], *, zone: str) -> tuple[Leave, ...]:
    """All of it as moments; a day that a zone left out (Apia, 30 December 2011) is no time."""
    spans = [one.as_leave(zone=zone) for one in away]
    return tuple(span for span in spans if span[0] < span[1])


@dataclass(frozen=True)
class FreeDays:
    """Public holidays and the company's own free days; a yearly one from its first year on."""

    public: Container[date] = frozenset()
    own: frozenset[date] = frozenset()
    yearly: frozenset[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        assert isinstance(day, date)
        return day in self.own or day in self.public or self._comes_again(day)

    def _comes_again(self, day: date) -> bool:
        return any(
            (first.month, first.day) == (day.month, day.day) and first.year <= day.year
            for first in self.yearly
        )

    @classmethod
    def of(cls, days: Iterable[tuple[date, bool]], *, public: Container[date]) -> "FreeDays":
        """Of (day, whether it comes each year)."""
        told = list(days)
        return cls(
            public=public,
            own=frozenset(day for day, is_yearly in told if not is_yearly),
            yearly=frozenset(day for day, is_yearly in told if is_yearly),
        )
