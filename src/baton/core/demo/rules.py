"""How a year goes by: which days bring how much, who comes from where, dice that do not disturb
each other. No database, no clock."""

from bisect import bisect
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

DAYS = 364  # whole weeks
USUAL = 4000  # people of a year that is told without a number
# How much a day brings, beside an ordinary one. Strangers write at weekends, too.
WEEK = (1.05, 1.2, 1.15, 1.05, 0.8, 0.22, 0.18)
MONTHS = (0.95, 1.0, 1.1, 1.0, 0.95, 0.95, 0.75, 0.65, 1.2, 1.25, 1.15, 0.6)
HOLIDAY = 0.25
GROWTH = 0.5  # by how much more the last day brings than the first
OPENS, CLOSES = 9, 18  # o'clock
HALF_HOUR = 0.5


def dice_for(seed: int, *names: object) -> Random:
    """Dice of their own for each chapter and bite: what one throws moves no other's."""
    return Random(":".join(map(str, (seed, *names))))  # noqa: S311 -- dice of a story, not a secret


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A way on which people come, between two days before the story is told (0 = that day).

    ``weight`` beside the others; ``warmth`` of the first and of the last day: the share whom sales
    takes on. A campaign that goes bad cools down.
    """

    origin: str
    channel: str = ""
    campaign: str = ""
    landing_page: str = ""
    said: str = ""
    weight: float
    from_day: float = DAYS + 1
    to_day: float = 0
    warmth: tuple[float, float] = (0.85, 0.85)

    def warm_on(self, days_ago: float) -> float:
        """Between the two, by how much of its time has gone by."""
        whole = max(self.from_day - self.to_day, 1)
        gone = min(max((self.from_day - days_ago) / whole, 0), 1)
        first, last = self.warmth
        return first + (last - first) * gone


@dataclass(frozen=True)
class Calendar:
    """The year that ends when the story is told, in the company's zone."""

    at: datetime
    zone: ZoneInfo
    days_off: Container[date]

    def days(self) -> list[date]:
        """Oldest first."""
        today = self.at.astimezone(self.zone).date()
        return [today - timedelta(days=DAYS - number) for number in range(DAYS + 1)]

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days_off

    def volume(self, day: date, *, place: float) -> float:
        """How much a day brings; ``place`` of it in the year, from 0 to 1."""
        usual = WEEK[day.weekday()] * MONTHS[day.month - 1] * (1 + GROWTH * place)
        return usual * HOLIDAY if day in self.days_off else usual

    def latest(self) -> datetime:
        """Noon of the last working day that is over: who came until then has been answered."""
        return self._latest

    @cached_property
    def _latest(self) -> datetime:
        over = (day for day in reversed(self.days()) if self.moment(day, hour=CLOSES) <= self.at)
        return self.moment(next(filter(self.is_working, over)), hour=12)

    def counts(self, total: int) -> list[int]:
        """How many of the total come on each of the days."""
        days, last = self.days(), self.latest().astimezone(self.zone).date()
        brings = (
            self.volume(day, place=n / DAYS) if day <= last else 0.0 for n, day in enumerate(days)
        )
        sums = list(accumulate(brings))
        until = [round(total * part / sums[-1]) for part in sums]
        return [now - before for before, now in zip([0, *until], until, strict=False)]

    def arrivals(self, total: int, *, seed: int) -> Iterator[datetime]:
        """When each of so many people comes, in order: most in the morning, some in the evening."""
        latest = self.latest()
        for day, count in zip(self.days(), self.counts(total), strict=True):
            dice = dice_for(seed, "arrivals", day.isoformat())
            start = self.moment(day, hour=0)
            ends = 12 if start + timedelta(days=1) > latest > start else 22
            hours = sorted(dice.triangular(6, ends, 10.5) for _ in range(count))
            yield from (start + timedelta(hours=hour) for hour in hours)

    def moment(self, day: date, *, hour: float) -> datetime:
        """That hour of the wall clock."""
        wall = datetime.combine(day, time(), tzinfo=self.zone) + timedelta(hours=hour)
        return wall.astimezone(self.at.tzinfo)

    def at_work(self, moment: datetime, *, dice: Random) -> datetime:
        """The moment itself, or when somebody comes to it: in the morning of a working day."""
        local = moment.astimezone(self.zone)
        day, hour = local.date(), local.hour + local.minute / 60
        if self.is_working(day) and 8 <= hour < 17:
            return moment
        if hour >= 17:
            day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return self.moment(day, hour=8 + dice.random() * HALF_HOUR)

    def planned(self, moment: datetime) -> datetime:
        """When somebody would put down what is to be done about then: at a full or half hour of a
        working day, in the past or ahead as the moment is."""
        local, is_past = moment.astimezone(self.zone), moment < self.at
        day, hour = local.date(), round(2 * (local.hour + local.minute / 60)) / 2
        step = timedelta(days=-1 if is_past else 1)
        found = self.moment(day, hour=min(max(hour, OPENS), CLOSES - 1))
        while not self.is_working(day) or (found < self.at) != is_past:
            day += step
            found = self.moment(day, hour=min(max(hour, OPENS), CLOSES - 1))
        return found

    def days_ago(self, moment: datetime) -> float:
        return (self.at - moment) / timedelta(days=1)


def choose_stream(streams: Sequence[Stream], *, days_ago: float, dice: Random) -> Stream:
    """One of those that flow on that day, by their weights."""
    flowing = [one for one in streams if one.to_day <= days_ago <= one.from_day]
    sums = list(accumulate(one.weight for one in flowing))
    return flowing[min(bisect(sums, dice.random() * sums[-1]), len(flowing) - 1)]
