import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from baton.core.errors import RuleViolation, Word, gettext_noop

DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
TOO_MANY = gettext_noop("%(day)s has more than %(most)s spans of hours.")
MIDNIGHT = 24 * 60
MAX_SPANS = 12  # a day cut into more pieces is a mistake, and each costs time in every count
TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)", re.ASCII)


class BadHours(RuleViolation, ValueError):
    """Weekly hours that nobody can keep."""


class Span(NamedTuple):
    """Minutes after local midnight; ``closes`` may be 1440, the next midnight."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_of(self.opens)} to {clock_of(self.closes)}"


@dataclass(frozen=True)
class WeeklyHours:
    """Local opening times of the seven weekdays, Monday first; each day in order of time.

    A night shift is written as "22:00"-"24:00" and "00:00"-"06:00" of the next day.
    """

    days: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        if len(self.days) != len(DAY_KEYS):
            raise BadHours(gettext_noop("A week has seven days."))
        for name, spans in zip(DAY_NAMES, self.days, strict=True):
            check_day(spans, name=name)

    @classmethod
    def parse(cls, plain: object) -> "WeeklyHours":
        """Read ``{"mon": [["09:00", "17:30"]], ...}``; a day left out is a day off."""
        if not isinstance(plain, Mapping):
            raise BadHours(gettext_noop('Weekly hours look like {"mon": [["09:00", "17:30"]]}.'))
        for key in plain:
            if key not in DAY_KEYS:
                raise BadHours(
                    gettext_noop("“%(key)s” is not a day: use %(days)s."),
                    key=str(key)[:20],
                    days=", ".join(DAY_KEYS),
                )
        return cls(
            tuple(
                _parse_day(plain.get(key, []), name=name)
                for key, name in zip(DAY_KEYS, DAY_NAMES, strict=True)
            )
        )

    def as_json(self) -> dict[str, list[list[str]]]:
        """All seven days, so that a reader sees which are free."""
        return {
            key: [[clock_of(span.opens), clock_of(span.closes)] for span in spans]
            for key, spans in zip(DAY_KEYS, self.days, strict=True)
        }

    @property
    def is_empty(self) -> bool:
        return not any(self.days)


def clock_of(minutes: int) -> str:
    """Minutes after midnight as a wall clock shows them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def check_day(spans: tuple[Span, ...], *, name: str) -> None:
    """Raises BadHours for spans that are too many, turned round or overlap; in order of time."""
    if len(spans) > MAX_SPANS:
        raise BadHours(TOO_MANY, day=Word(name), most=MAX_SPANS)
    for span in spans:
        if not 0 <= span.opens < span.closes <= MIDNIGHT:
            raise BadHours(
                gettext_noop(
                    "%(day)s closes before it opens (%(opens)s to %(closes)s): "
                    "end the evening at 24:00 and go on from 00:00 the next day."
                ),
                day=Word(name),
                opens=clock_of(span.opens),
                closes=clock_of(span.closes),
            )
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise BadHours(
                gettext_noop("%(day)s has hours that overlap: %(one)s and %(other)s."),
                day=Word(name),
                one=earlier,
                other=later,
            )


def _parse_day(spans: object, *, name: str) -> tuple[Span, ...]:
    if not isinstance(spans, list | tuple):
        raise BadHours(
            gettext_noop('%(day)s needs a list of hours, like [["09:00", "17:30"]].'),
            day=Word(name),
        )
    if len(spans) > MAX_SPANS:
        raise BadHours(TOO_MANY, day=Word(name), most=MAX_SPANS)
    return tuple(sorted(_parse_span(span, name=name) for span in spans))


def _parse_span(span: object, *, name: str) -> Span:
    if not isinstance(span, list | tuple) or len(span) != 2:
        raise BadHours(
            gettext_noop(
                '%(day)s needs a start and an end for each span, like ["09:00", "17:30"].'
            ),
            day=Word(name),
        )
    opens, closes = span
    return Span(_parse_time(opens, name=name), _parse_time(closes, name=name))


def _parse_time(text: object, *, name: str) -> int:
    match = TIME.fullmatch(text) if isinstance(text, str) else None
    minutes = int(match[1]) * 60 + int(match[2]) if match else MIDNIGHT + 1
    if minutes > MIDNIGHT:
        raise BadHours(
            gettext_noop("%(day)s has “%(text)s”, which is not a time like 09:00."),
            day=Word(name),
            text=str(text)[:20],
        )
    return minutes


_NINE_TO_FIVE = (Span(9 * 60, 17 * 60),)
DEFAULT_WEEK = WeeklyHours((_NINE_TO_FIVE,) * 5 + ((), ()))
